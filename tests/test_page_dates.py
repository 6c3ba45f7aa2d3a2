import json
import typing

import pandas as pd
import pytest

from lineage.io.readers.html import page_dates

PROSE = (
    "<p>The ferry between Ostrow and the outer islands was stopped on Friday after a rudder was "
    "found to be bent, the shipping office said, and nobody could tell for how long.</p>"
    "<p>It had been due on 12 January 2019 for its yearly survey, which was put off twice.</p>"
)
TITLE = "Ferry stopped after rudder is found bent"
WHEN = "2024-03-05T18:30:00+01:00"
AT = pd.Timestamp("2024-03-05T17:30", tz="UTC")
OTHER = "2021-09-08T07:00:00Z"


def page(head="", above="", below="", *, lang="en", tail="", wrap="article"):
    body = f"<{wrap}>{above}<h1>{TITLE}</h1>{below}{PROSE}</{wrap}>{tail}"
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><title>{TITLE} | Ostrow Star</title>{head}'
        f"</head><body>{body}</body></html>"
    )


def ld(value):
    text = value if isinstance(value, str) else json.dumps(value)
    return f'<script type="application/ld+json">{text}</script>'


def node(kind="NewsArticle", when=WHEN, **more):
    return {"@type": kind, "datePublished": when} | more


def read(text, **more):
    return page_dates.published(text, **more).date


class TestJson:
    @pytest.mark.parametrize(
        "script",
        [
            ld(node()),
            ld([node("WebSite", OTHER), node()]),
            ld({"@graph": [node("WebPage", OTHER), node("WebSite", OTHER), node()]}),
            ld({"@graph": [{"@graph": [node(["Article", "NewsArticle"])]}]}),
            ld([[node("ReportageNewsArticle")]]),
            ld({"@type": "WebPage", "datePublished": OTHER, "mainEntity": node("BlogPosting")}),
            ld({"@type": "WebPage", "mainEntityOfPage": node("https://schema.org/NewsArticle")}),
            ld({"@type": "schema:NewsArticle", "schema:datePublished": WHEN}),
            ld(node(dateModified=OTHER, dateCreated=OTHER, uploadDate=OTHER)),
            ld(node(when=[WHEN])),
            ld(node(when={"@type": "Date", "@value": WHEN})),
            ld(node(comment=[node("Comment", OTHER)], isPartOf=node("WebSite", OTHER))),
            # Other articles of a list are not the page's.
            ld(node(headline=TITLE)) + ld(node(headline="Bus fares rise", when=OTHER)),
            ld([node(headline="Bus fares rise", when=OTHER), node(headline=TITLE)]),
            ld({"@type": "ItemList", "itemListElement": [node(when=OTHER)]}) + ld(node()),
            # One article told twice.
            ld(node()) + ld(node("Article", "2024-03-05T17:30:00+00:00")),
            # As templates leave it.
            ld('<!-- {"@type": "NewsArticle", "datePublished": "' + WHEN + '",} -->'),
            ld('{"@type": "NewsArticle", "headline": "a\nb", "datePublished": "' + WHEN + '"};'),
            ld("{broken") + ld(node()),
        ],
    )
    def test_the_article_s_own_date_is_taken(self, script):
        assert read(page(script)).at == AT

    def test_the_address_tells_which_article_is_the_page_s(self):
        link = '<link rel="canonical" href="https://ostrow.example/ferry">'
        own = node(url="https://ostrow.example/ferry/", headline="Ferry stops")
        script = ld([node(when=OTHER, url="https://ostrow.example/bus"), own])
        assert read(page(link + script)).at == AT

    @pytest.mark.parametrize(
        "script",
        [
            ld(node("WebSite")),
            ld(node("Organization")),
            ld(node("Comment")),
            ld(node("VideoObject", uploadDate=WHEN)),
            ld({"@type": "NewsArticle", "dateModified": WHEN}),
            ld({"@type": "NewsArticle", "dateCreated": WHEN}),
            ld({"@type": "ItemList", "itemListElement": [node()]}),
            # Two articles, neither of them known to be this one.
            ld([node(headline="Bus fares rise"), node(headline="Mayor resigns", when=OTHER)]),
            ld(node(when="03/05/2024")),
            ld(node(when="")),
            ld(node(when="null")),
            ld(node(when="0001-01-01T00:00:00Z")),
        ],
    )
    def test_what_is_not_its_date_is_not(self, script):
        assert read(page(script)) is None

    def test_the_page_counts_where_no_article_is_described(self):
        assert read(page(ld(node("WebPage")))).at == AT

    def test_what_cannot_be_read_gives_way_to_the_next_and_is_told_alone(self):
        bad = ld(node(when="03/05/2024"))
        meta = f'<meta property="article:published_time" content="{WHEN}">'
        assert read(page(bad + meta)).at == AT
        assert page_dates.published(page(bad)).unread == "03/05/2024"

    def test_a_date_of_the_future_is_none(self):
        latest = pd.Timestamp("2024-01-01", tz="UTC")
        assert read(page(ld(node())), latest=latest) is None


class TestMeta:
    @pytest.mark.parametrize(
        "name",
        [
            "article:published_time",
            "og:article:published_time",
            "datePublished",
            "parsely-pub-date",
            "sailthru.date",
            "DC.date.issued",
            "dcterms.issued",
            "publish-date",
            "pubdate",
            "date",
        ],
    )
    def test_names_of_publication(self, name):
        assert read(page(f'<meta name="{name}" content="{WHEN}">')).at == AT
        assert read(page(f"<META content='{WHEN}' property='{name}'/>")).at == AT

    @pytest.mark.parametrize(
        "name",
        [
            "article:modified_time",
            "og:updated_time",
            "last-modified",
            "revised",
            "DC.date.modified",
            "date-modified",
            "expires",
            "article:expiration_time",
            "copyright",
            "event:start_time",
        ],
    )
    def test_names_of_other_times(self, name):
        assert read(page(f'<meta name="{name}" content="{WHEN}">')) is None

    def test_a_plain_date_gives_way_to_one_that_is_said_to_be_of_publication(self):
        head = f'<meta name="date" content="{OTHER}">'
        assert (
            read(page(head, below=f"<p>Published <time datetime='{WHEN}'>5 March</time></p>")).at
            == AT
        )

    @pytest.mark.parametrize(
        ("lang", "locale", "at"),
        [
            ("en-US", "", "2024-03-05"),
            ("en-GB", "", "2024-05-03"),
            ("de", "", "2024-05-03"),
            ("en", "en_US", "2024-03-05"),
            ("en", "", None),
            ("en-GB", "en_US", None),
            ("en-CA", "", None),
        ],
    )
    def test_numbers_are_read_where_the_language_settles_them(self, lang, locale, at):
        head = '<meta name="pubdate" content="03/05/2024">'
        head += f'<meta property="og:locale" content="{locale}">' if locale else ""
        found = read(page(head, lang=lang))
        assert found is None if at is None else found.at == pd.Timestamp(at, tz="UTC")

    def test_no_address_tells_a_date(self):
        link = '<link rel="canonical" href="https://ostrow.example/2024/03/05/ferry-2024-03-05">'
        assert read(page(link)) is None


class TestMicrodata:
    @pytest.mark.parametrize(
        "markup",
        [
            f'<time itemprop="datePublished" datetime="{WHEN}">5 March</time>',
            f'<meta itemprop="datePublished" content="{WHEN}">',
            f'<span itemprop="datePublished" content="{WHEN}">Tuesday</span>',
            '<span itemprop="datePublished">5 March 2024, 18:30 CET</span>',
            f'<span property="schema:datePublished" content="{WHEN}">x</span>',
            f'<time class="entry-date published" datetime="{WHEN}">x</time>'
            f'<time class="updated" datetime="{OTHER}">y</time>',
            f'<time class="entry-date published updated" datetime="{WHEN}">x</time>',
            f'<abbr class="published" title="{WHEN}">x</abbr>',
            f'<time class="dt-published" datetime="{WHEN}">x</time>',
            f'<time pubdate datetime="{WHEN}">x</time>',
            f'<time itemprop="dateModified" datetime="{OTHER}">Updated</time>'
            f'<time itemprop="datePublished" datetime="{WHEN}">5 March</time>',
            f'<div itemscope itemtype="https://schema.org/NewsArticle">'
            f'<time itemprop="datePublished dateModified" datetime="{WHEN}">x</time></div>',
        ],
    )
    def test_dates_of_publication(self, markup):
        assert read(page(below=f"<div>{markup}</div>")).at == AT

    @pytest.mark.parametrize(
        "markup",
        [
            f'<time itemprop="dateModified" datetime="{WHEN}">5 March 2024</time>',
            f'<time itemprop="startDate" datetime="{WHEN}">5 March 2024</time>',
            f'<time class="updated" datetime="{WHEN}">5 March 2024</time>',
            f'<div itemscope itemtype="https://schema.org/Comment">'
            f'<time itemprop="datePublished" datetime="{WHEN}">x</time></div>',
            f'<div itemscope itemtype="https://schema.org/WebSite">'
            f'<meta itemprop="datePublished" content="{WHEN}"></div>',
            f'<aside><time itemprop="datePublished" datetime="{WHEN}">x</time></aside>',
            f'<div class="related-posts"><time class="published" datetime="{WHEN}">x</time></div>',
            f'<div id="comments"><time pubdate datetime="{WHEN}">x</time></div>',
        ],
    )
    def test_dates_of_something_else(self, markup):
        assert read(page(below=markup)) is None
        assert read(page(tail=markup)) is None

    def test_the_footer_of_what_is_described_as_an_article_is_its_own(self):
        time = f'<footer><time itemprop="datePublished" datetime="{WHEN}">5 March</time></footer>'
        typed = "https://schema.org/NewsArticle"
        text = page(tail="", wrap="section").replace("<section>", f'<section itemtype="{typed}">')
        assert read(text.replace("</section>", f"{time}</section>")).at == AT

    def test_an_article_s_comes_before_a_page_s(self):
        markup = (
            f'<div itemscope itemtype="https://schema.org/WebPage">'
            f'<meta itemprop="datePublished" content="{OTHER}">'
            f'<div itemscope itemtype="https://schema.org/NewsArticle">'
            f'<meta itemprop="datePublished" content="{WHEN}"></div></div>'
        )
        assert read(page(below=markup)).at == AT


def state(value):
    return json.dumps(value)


class TestState:
    """What a page's scripts hold of its article."""

    OWN: typing.ClassVar = {"title": TITLE, "publishedAt": WHEN, "updatedAt": OTHER}
    NEXT: typing.ClassVar = {"title": "Bus fares rise", "publishedAt": OTHER}

    @pytest.mark.parametrize(
        "script",
        [
            f'<script type="application/json">{state({"story": OWN, "next": [NEXT]})}</script>',
            f"<script>window.__STATE__ = {state({'a': [NEXT, OWN]})};</script>",
            f"<script>window.__STATE__ = JSON.parse({state(state(OWN))});</script>",
            f"<script>self.__next_f.push([1,{state('5:' + state(['$', OWN]))}])</script>",
            "<script>x.y = "
            + state({"headline": TITLE, "meta": {"firstPublished": WHEN}})
            + "</script>",
            "<script>dataLayer = ["
            + state({"articlePublishDate": WHEN, "changed": OTHER})
            + "];</script>",
            f"<script>dataLayer.push({{'page': {{publishDate: '{WHEN}'}}}});</script>",
        ],
    )
    def test_the_date_of_the_headline_is_taken(self, script):
        assert read(page(tail=script)).at == AT

    @pytest.mark.parametrize(
        "script",
        [
            f'<script type="application/json">{state({"next": [NEXT]})}</script>',
            f"<script>window.__STATE__ = {state({'title': TITLE, 'updatedAt': WHEN})};</script>",
            f"<script>window.__STATE__ = {state({'title': TITLE, 'published': True})};</script>",
            f"<script>window.__STATE__ = {state({'publishedAt': WHEN})};</script>",
            "<script>dataLayer = ["
            + state([{"publishDate": WHEN}, {"publishDate": OTHER}])
            + "];</script>",
            "<script>window.__STATE__ = {broken: " + WHEN + "};</script>",
        ],
    )
    def test_dates_of_others_are_not(self, script):
        found = page_dates.published(page(tail=script))
        assert found.date is None
        assert found.unread is None


class TestLines:
    @pytest.mark.parametrize(
        ("markup", "at", "precision"),
        [
            ("<div>March 5, 2024 / 6:30 PM EST / Ostrow News</div>", "2024-03-05T23:30", "minute"),
            ("<p>Tuesday 5 March 2024 18:30, UK</p>", "2024-03-05T18:30", "minute"),
            (
                "<span>Issued on:</span> <span>25/03/2024 - 18:30</span><span>Modified: 26/03/2024"
                "</span>",
                "2024-03-25T18:30",
                "local",
            ),
            ("<div><span>Published</span><span>5 March 2024</span></div>", "2024-03-05", "day"),
            (
                "<dl><dt>Published<dd>5 March 2024</dd><dt>Updated<dd>6 March 2024</dd></dl>",
                "2024-03-05",
                "day",
            ),
            (f'<time datetime="{WHEN}">2 hours ago</time>', AT, "second"),
            (f'Published <time datetime="{WHEN}">2 hours ago</time>', AT, "second"),
            (f'<p>By Jane Roe <time datetime="{WHEN}">2h</time></p>', AT, "second"),
            (f'<p><a>Jane Roe</a> <time datetime="{WHEN}">2h</time></p>', AT, "second"),
            (f'<p><abbr class="timeago" title="{WHEN}">2 hours ago</abbr></p>', AT, "second"),
            (
                f'<p>Updated <time datetime="{OTHER}">x</time></p>'
                f'<p>Posted <time datetime="{WHEN}">y</time></p>',
                AT,
                "second",
            ),
            ("<p>Jane Roe <time>5 March 2024</time> 18:30 GMT</p>", "2024-03-05T18:30", "minute"),
            (
                "<p><b>WICK</b> <time>5 March 2024</time> <i>18:30</i> NEWS</p>",
                "2024-03-05T18:30",
                "local",
            ),
            (f'<p><time-ago datetime="{WHEN}">2 hours ago</time-ago></p>', AT, "second"),
            (
                "<p>Veröffentlicht am 5. März 2024, 18:30 Uhr</p><p>Stand: 06.03.2024</p>",
                "2024-03-05T18:30",
                "local",
            ),
            (
                "<p>Publié le 5 mars 2024 à 18h30 - Mis à jour le 6 mars 2024</p>",
                "2024-03-05T18:30",
                "local",
            ),
        ],
    )
    @pytest.mark.parametrize("wrap", ["article", "div"])
    def test_below_the_headline(self, markup, at, precision, wrap):
        found = read(page(below=markup, wrap=wrap))
        assert (found.at, found.precision) == (
            pd.Timestamp(at, tz=None if at is AT else "UTC"),
            precision,
        )

    def test_above_the_headline_in_an_article(self):
        assert read(page(above="<p>5 March 2024</p>")).precision == "day"

    def test_a_masthead_says_which_day_it_is_today(self):
        assert read(page(above="<div>Tuesday, 26 November 2024</div>", wrap="div")) is None

    @pytest.mark.parametrize(
        "card",
        [
            f'<article><h2>Bus fares rise</h2><time datetime="{OTHER}">x</time></article>',
            f'<article class="comment"><time datetime="{OTHER}">x</time> Shame.</article>',
            f'<div itemscope itemtype="https://schema.org/NewsArticle"><span itemprop="headline">'
            f'Bus fares rise</span><meta itemprop="datePublished" content="{OTHER}"></div>',
        ],
    )
    @pytest.mark.parametrize("wrap", ["article", "main", "div"])
    def test_teasers_of_other_articles_have_dates_of_their_own(self, card, wrap):
        assert read(page(tail=card, wrap=wrap)) is None
        assert (
            read(page(below="<p>Published 5 March 2024</p>", tail=card, wrap=wrap)).precision
            == "day"
        )
        assert read(page(above=card, below="<p>5 March 2024</p>", wrap=wrap)).precision == "day"

    def test_a_page_without_a_first_heading_begins_at_the_one_of_its_title(self):
        text = page(
            above="<div>Tuesday, 26 November 2024</div>", below="<p>5 March 2024</p>", wrap="div"
        )
        found = read(text.replace("<h1>", "<h2>").replace("</h1>", "</h2>"))
        assert found.at == pd.Timestamp("2024-03-05", tz="UTC")

    def test_a_form_around_the_page_is_no_aside(self):
        assert read(page(below="<p>Published 5 March 2024</p>", wrap="form")).precision == "day"

    @pytest.mark.parametrize(
        "markup",
        [
            "<p>Published 4 hours ago</p>",
            "<p>Updated 5 March 2024</p>",
            "<p>Last modified: 5 March 2024 18:30</p>",
            "<p>Stand: 5. März 2024, 18:30 Uhr</p>",
            "<p>aktualisiert am 05.03.2024</p>",
            "<p>Mis à jour le 5 mars 2024</p>",
            f'<p>Updated: <time datetime="{WHEN}">5 March 2024</time></p>',
            f'<time datetime="{WHEN}">Updated 5 March 2024</time>',
            '<div class="print-only">Published 5 March 2024</div>',
            '<div class="d-print-block">5 March 2024</div>',
            "<p>Printed on 5 March 2024</p>",
            '<p style="display: none">Published 5 March 2024</p>',
            "<p hidden>Published 5 March 2024</p>",
            "<aside><p>Published 5 March 2024</p></aside>",
            f'<aside><time datetime="{WHEN}">5 March 2024</time></aside>',
            f'<ul class="latest-news"><li><time datetime="{WHEN}">x</time> Fares</li></ul>',
            f'<section id="comments"><time datetime="{WHEN}">x</time><p>Shame.</p></section>',
            "<p>5 - 7 March 2024</p>",
            "<p>Published: 03/05/2024</p>",
            "<p>Open from 5 March 2024</p>",
            f'<p>Open from <time datetime="{WHEN}">5 March</time></p>',
            f'<p>Comments close <time datetime="{WHEN}">5 March</time></p>',
            f'<p>The vote was put off <time datetime="{WHEN}">on Tuesday</time> by two weeks.</p>',
            '<blockquote class="tweet">Jane Roe<br>March 5, 2024</blockquote>',
        ],
    )
    def test_lines_that_do_not_say_when_it_was_published(self, markup):
        assert read(page(below=markup)) is None
        assert read(page(tail=markup)) is None

    @pytest.mark.parametrize("name", ["no-print", "d-print-none", "has-sidebar", "commentary-lead"])
    def test_classes_that_only_sound_like_an_aside(self, name):
        markup = f'<div class="{name}">Published 5 March 2024</div>'
        assert read(page(below=markup)).precision == "day"

    @pytest.mark.parametrize("text", ["", " ", "<", "<html></html>", "<p>\x00</p>", "<!-- x -->"])
    def test_what_is_no_page_has_no_date(self, text):
        assert read(text) is None
