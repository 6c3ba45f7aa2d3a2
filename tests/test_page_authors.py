"""Who wrote the article of a page."""

import json

import pytest

from lineage.io.readers.html import page_authors

PROSE = (
    "<p>The ferry over the Ostrell will not run in the winter, the county said on Monday, because "
    "the two boats are as old as the pier and nobody has money for a third.</p>"
    "<p>The last one leaves on Friday at noon, with a band on board and a cake for the captain "
    "who has steered it for thirty years and will keep bees from now on.</p>"
)


def page(byline="", head="", *, lang="en", below=""):
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><title>Ferry stops - Pier Post</title>{head}'
        f"</head><body><div class=top><a href=/>Pier Post</a></div><main><article><h1>Ferry stops"
        f"</h1>{byline}<div class=story>{PROSE}</div>{below}</article></main></body></html>"
    )


def data(**described):
    node = {"@type": "NewsArticle", "headline": "Ferry stops", **described}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def person(name):
    return {"@type": "Person", "name": name}


@pytest.fixture(autouse=True)
def _needs_lxml():
    pytest.importorskip("lxml")


class TestData:
    @pytest.mark.parametrize(
        ("author", "who"),
        [
            (person("Mara Sund"), ["Mara Sund"]),
            ([person("Mara Sund"), person("Jon Berg")], ["Mara Sund", "Jon Berg"]),
            ("Mara Sund", ["Mara Sund"]),
            ("By Mara Sund and Jon Berg", ["Mara Sund", "Jon Berg"]),
            ("Mara Sund, Jon Berg", ["Mara Sund", "Jon Berg"]),
            (["Mara Sund", "Jon Berg"], ["Mara Sund", "Jon Berg"]),
            (person(["Mara Sund", "Jon Berg"]), ["Mara Sund", "Jon Berg"]),
            ({"name": "Mara Sund"}, ["Mara Sund"]),
            (person("Mara Sund, Harbour Correspondent"), ["Mara Sund"]),
            ([person("Mara Sund"), {"@type": "Organization", "name": "Reuters"}], ["Mara Sund"]),
            (person("Caddis"), ["Caddis"]),
            (person("陳小明"), ["陳小明"]),
            ({"@type": "Organization", "name": "Kestrel Harbour Group"}, []),
            (person("Pier Post"), []),
            (person("Web Desk"), []),
            (person("admin"), []),
            (person("Online-Redaktion"), []),
            (person("Reuters"), []),
            ("https://pier.example/people/mara-sund", []),
        ],
    )
    def test_persons_alone(self, author, who):
        assert list(page_authors.authors(page(head=data(author=author)), "Pier Post")) == who

    def test_an_author_described_elsewhere_in_the_graph(self):
        graph = {
            "@graph": [
                {"@type": "WebSite", "@id": "#site", "name": "Pier Post"},
                {"@type": "Article", "headline": "Ferry stops", "author": {"@id": "#mara"}},
                {"@type": "Person", "@id": "#mara", "name": "Mara Sund"},
            ]
        }
        head = f'<script type="application/ld+json">{json.dumps(graph)}</script>'
        assert page_authors.authors(page(head=head)) == ("Mara Sund",)

    def test_other_articles_have_authors_of_their_own(self):
        other = {"@type": "NewsArticle", "headline": "Pier burns", "author": person("Kit Ro")}
        own = {"@type": "NewsArticle", "headline": "Ferry stops", "author": person("Mara Sund")}
        head = f'<script type="application/ld+json">{json.dumps([other, own])}</script>'
        assert page_authors.authors(page(head=head)) == ("Mara Sund",)

    def test_a_creator_where_no_author_is_given(self):
        assert page_authors.authors(page(head=data(creator=["Mara Sund"]))) == ("Mara Sund",)


class TestMarkup:
    @pytest.mark.parametrize(
        ("lang", "markup", "who"),
        [
            ("en", '<p class="byline">By Mara Sund</p>', ["Mara Sund"]),
            ("en", '<p class="ArticleByline_author__x1Yz">MARA SUND</p>', ["MARA SUND"]),
            (
                "en",
                '<div class="byline__names">By <a href="/profiles/mara-sund">Mara Sund</a>, '
                '<a href="/profiles/jon-berg">Jon Berg</a> and Kit Ro, Quay TV</div>',
                ["Mara Sund", "Jon Berg", "Kit Ro"],
            ),
            (
                "en",
                '<address><a rel="author" href="/profile/x">Mara Sund</a> and '
                '<a rel="author" href="/profile/y">Jon Berg</a> in Halvane</address>',
                ["Mara Sund", "Jon Berg"],
            ),
            (
                "en",
                '<div data-component="byline-block"><div><span>Mara Sund</span></div>'
                "<div><span>Business reporter, Quay News</span></div></div>",
                ["Mara Sund"],
            ),
            (
                "en",
                '<div class="Page-authors">By <a href="/author/ms">MARA SUND</a> and '
                '<a href="/author/jb">JON BERG</a></div>',
                ["MARA SUND", "JON BERG"],
            ),
            (
                "en",
                '<span itemprop="author" itemscope><span itemprop="name">Mara Sund</span></span>, '
                '<span itemprop="author" itemscope><span itemprop="name">Jon Berg</span></span>',
                ["Mara Sund", "Jon Berg"],
            ),
            (
                "en",
                '<ul class="authors"><li><b class="name">Mara Sund</b><p class="job">Research '
                'Fellow, Halvane</p></li><li><b class="name">Jon Berg</b><p class="job">Senior '
                "Tutor</p></li></ul>",
                ["Mara Sund", "Jon Berg"],
            ),
            (
                "en",
                '<div class="meta"><span class="author vcard"><a class="url fn n" '
                'href="/author/msund/">Mara Sund</a></span></div>',
                ["Mara Sund"],
            ),
            ("en", '<p><a href="https://pier.example/people/ms">Mara Sund</a></p>', ["Mara Sund"]),
            ("en", '<p class="byline">Mara Sund, Harbour Editor | 3 May 2021</p>', ["Mara Sund"]),
            (
                "en",
                '<p class="byline">By Mara Sund with files from The Press Wire</p>',
                ["Mara Sund"],
            ),
            (
                "de",
                '<div class="autor">Von Mara Sund und Jon Berg, Halvane</div>',
                ["Mara Sund", "Jon Berg"],
            ),
            ("de", '<p class="autorenzeile">Ein Kommentar von Mara Sund</p>', ["Mara Sund"]),
            (
                "fr",
                '<span class="auteur">Par Mara Sund et Jon Berg avec AFP</span>',
                ["Mara Sund", "Jon Berg"],
            ),
            ("it", '<span class="firma">di Mara Sund e Jon Berg</span>', ["Mara Sund", "Jon Berg"]),
            (
                "es",
                '<p class="autor">Por Mara Sund y Jon Berg | Halvane</p>',
                ["Mara Sund", "Jon Berg"],
            ),
            ("nl", '<p class="auteur">Door Mara Sund en Jon Berg</p>', ["Mara Sund", "Jon Berg"]),
        ],
    )
    def test_bylines(self, lang, markup, who):
        assert list(page_authors.authors(page(markup, lang=lang), "Pier Post")) == who

    @pytest.mark.parametrize(
        "markup",
        [
            '<p class="byline">By Pier Post staff</p>',
            '<p class="byline">By The Associated Press</p>',
            '<span class="auteur">Texte par : Pier Post</span>',
            '<em class="firma">Redazione ANSA</em>',
            '<p class="credits-author">Edited by Mara Sund</p>',
            '<p class="byline">Photographs by Mara Sund</p>',
            '<p class="byline">Fotos: Mara Sund</p>',
            '<aside class="related"><h3>Pier burns</h3><p class="byline">By Mara Sund</p></aside>',
            '<p>He asked <a href="/people/mara-sund">Mara Sund</a> about it.</p>',
            '<blockquote>A cold bridge. <cite class="author">Mara Sund</cite></blockquote>',
        ],
    )
    def test_nobody_wrote(self, markup):
        assert page_authors.authors(page(markup), "Pier Post") == ()


class TestLines:
    @pytest.mark.parametrize(
        ("lang", "line", "who"),
        [
            ("en", "By Mara Sund, Post staff writer", ["Mara Sund"]),
            ("en", "Reported by Mara Sund", ["Mara Sund"]),
            ("en", "Words by Mara Sund | Photographs by Jon Berg", ["Mara Sund"]),
            ("en", "By Mara Sund (mara@pier.example)", ["Mara Sund"]),
            ("de", "Text: Mara Sund Fotos: Jon Berg", ["Mara Sund"]),
            ("fr", "Propos recueillis par Mara Sund", ["Mara Sund"]),
        ],
    )
    def test_a_line_below_the_headline(self, lang, line, who):
        assert list(page_authors.authors(page(f"<p>{line}</p>", lang=lang))) == who

    def test_who_reported_at_the_end_and_not_who_edited(self):
        tail = "<p>(Reporting by Mara Sund in Halvane and Jon Berg; Editing by Kit Ro)</p>"
        assert page_authors.authors(page(below=tail)) == ("Mara Sund", "Jon Berg")

    @pytest.mark.parametrize(
        "line", ["The bridge was built by Mara Sund", "Edited by Mara Sund", "A day by the sea"]
    )
    def test_other_lines(self, line):
        assert page_authors.authors(page(f"<p>{line}</p>")) == ()


class TestNameAlone:
    def test_a_name_between_the_headline_and_the_story(self):
        assert page_authors.authors(page("<div>Mara Sundqvist</div>")) == ("Mara Sundqvist",)

    @pytest.mark.parametrize("line", ["Stampa Condividi", "M. K.", "Ferry Stops", "Pier Post"])
    def test_other_lines_there(self, line):
        assert page_authors.authors(page(f"<div>{line}</div>", lang="it"), "Pier Post") == ()


class TestTrust:
    def test_one_that_stands_in_both_counts_once(self):
        made = page('<p class="byline">By MARA SUND</p>', data(author=person("Mara Sund")))
        assert [each.title() for each in page_authors.authors(made)] == ["Mara Sund"]

    def test_a_byline_that_names_more_is_believed(self):
        byline = '<p class="byline">By Mara Sund and Jon Berg</p>'
        made = page(byline, data(author=person("Mara Sund")))
        assert page_authors.authors(made) == ("Mara Sund", "Jon Berg")

    def test_a_byline_that_names_fewer_is_not(self):
        both = [person("Mara Sund"), person("Jon Berg")]
        made = page('<p class="byline">By Mara Sund</p>', data(author=both))
        assert page_authors.authors(made) == ("Mara Sund", "Jon Berg")

    def test_who_put_the_page_up_gives_way_to_who_is_said_to_have_written_it(self):
        made = page('<p class="byline">By Mara Sund</p>', data(author=person("Kit Ro")))
        assert page_authors.authors(made) == ("Mara Sund",)

    @pytest.mark.parametrize(
        ("meta", "who"),
        [
            ('<meta name="author" content="Mara Sund">', ["Mara Sund"]),
            ('<meta name="byl" content="By Mara Sund and Jon Berg">', ["Mara Sund", "Jon Berg"]),
            ('<meta name="author" content="Mara Sund, Jon Berg">', ["Mara Sund", "Jon Berg"]),
            ('<meta name="author" content="Sund, Mara">', ["Mara Sund"]),
            (
                '<meta name="parsely-author" content="Mara Sund">'
                '<meta name="parsely-author" content="Jon Berg">',
                ["Mara Sund", "Jon Berg"],
            ),
            ('<meta property="article:author" content="https://pier.example/ms">', []),
            ('<meta name="author" content="Pier Post">', []),
        ],
    )
    def test_meta_elements_where_nothing_else_names_anybody(self, meta, who):
        assert list(page_authors.authors(page(head=meta), "Pier Post")) == who


@pytest.mark.parametrize("text", ["", "<p>", "no page"])
def test_what_is_no_page_has_no_author(text):
    assert page_authors.authors(text) == ()
