import pytest

from lineage.io.readers.html import page_parts, web_page

FIRST = "The harbour board shut the west quay on Monday after divers found two of its piles loose."
SECOND = (
    "Ships will go to Norrow until the end of the month, harbour master Ola Rud told the board."
)
THIRD = "Repairs will take ten weeks and cost about two million crowns, an engineer had reckoned."
LAST = "The fish market on the quay stays open, and so does the cafe in the old customs house."
TOLD = "We can lend them a crane if they ask us nicely before the ice comes"


def of_page(inside="", above="", below="", title="West quay shut"):
    """The lines of a page with something between its paragraphs, above and below them."""
    html = (
        f"<!DOCTYPE html><html lang='en'><head><title>{title}</title></head><body><main><article>"
        f"<h1>West quay shut</h1>{above}<div class='text'><p>{FIRST}</p><p>{SECOND}</p>{inside}"
        f"<p>{THIRD}</p><p>“{TOLD},” said the mayor of Norrow, who owns no crane.</p>"
        f"<p>{LAST}</p></div>{below}</article></main></body></html>"
    )
    return web_page.values(html)["text"].split("\n")


def story_is_whole(lines):
    return all(line in lines for line in (FIRST, SECOND, THIRD, LAST))


class TestStrip:
    @pytest.mark.parametrize(
        ("fragment", "words"),
        [
            ("<ul class='o-share'><li>X.com</li><li>Kopiuj odnośnik</li></ul>", "Kopiuj"),
            ("<ul data-component='shareTools'><li>Send it on</li></ul>", "Send it on"),
            ("<div class='c-newsletter_box'><p>The quay in your post, each day at six.</p></div>",
             "each day at six"),
            ("<div data-testid='promo-box'><p>The Shipping Letter brings you all ports.</p></div>",
             "Shipping Letter"),
            ("<div class='article__related'><h3>Other quays</h3><p>The east quay was mended.</p>"
             "</div>", "east quay"),
            ("<div class='lire-aussi'><p>Le quai est rouvert depuis hier.</p></div>", "rouvert"),
            ("<div class='authorBio'><p>Ola Berg writes of ports. She lives in Norrow.</p></div>",
             "lives in Norrow"),
            ("<section id='disclosure'><p>Ola Berg owns shares in a ferry line.</p></section>",
             "owns shares"),
            ("<div class='media-image'><img src='q.jpg'><p>Divers at the quay on Sunday.</p><span>"
             "Per Oy</span></div>", "Divers at the quay"),
            ("<div class='wrap'><img src='q.jpg'><p class='caption'>Divers on Sunday</p></div>",
             "Divers on Sunday"),
            ("<p><b>More:</b> <a href='/x'>Norrow hands out life jackets to anglers</a></p>",
             "life jackets"),
            ("<p>À lire : <a href='/x'>La grue du port voisin est à vendre</a></p>", "La grue"),
            ("<p>[ <a href='/x'>The crane of Norrow is for sale again</a> ]</p>", "for sale"),
            ("<div itemscope itemtype='http://schema.org/NewsArticle'><h4 itemprop='headline'>"
             "Winter timetable of the ferry</h4><span>By Eli Moe</span></div>", "timetable"),
            (f"<blockquote class='big'>“{TOLD}”</blockquote>", f"“{TOLD}”"),
            (f"<div class='pullquote'><p>{TOLD}</p></div>", TOLD),
            ("<div class='change-history'><ol><li><p>Corrected the name of a pier.</p></li></ol>"
             "</div>", "name of a pier"),
        ],
    )  # fmt: skip
    def test_what_the_markup_calls_no_story_is_left_out(self, fragment, words):
        lines = of_page(inside=fragment)
        assert not any(words in line for line in lines if "owns no crane" not in line)
        assert story_is_whole(lines)

    @pytest.mark.parametrize(
        "fragment",
        [
            "<p class='has-newsletter'>Anglers may walk on the mole while it does not snow.</p>",
            "<div class='category-promo'><p>Anglers may walk on the mole in snow.</p></div>",
            "<p>The plan can be <a href='/plan'>read at the office of the board on weekdays</a>, "
            "the board said.</p>",
            "<p><a href='/plan'>Anglers may walk on the mole as long as it does not snow.</a></p>",
            "<blockquote>“I have fished here for fifty years and will not stop.”</blockquote>",
            "<ul><li>The quay is shut to lorries of any kind</li><li>The mole is open</li></ul>",
        ],
    )  # fmt: skip
    def test_words_of_the_story_stay(self, fragment):
        said = page_parts.strip(
            f"<html><body><div>{fragment}<p>{FIRST * 9}</p></div></body></html>"
        )
        assert fragment.split(">")[1].split("<")[0] in said
        assert story_is_whole(of_page(inside=fragment))

    def test_a_story_in_a_part_with_the_name_of_a_pitch_stays(self):
        html = (
            "<html><head><title>West quay shut</title></head><body><h1>West quay shut</h1>"
            f"<div class='promo-story'><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p><p>{LAST}</p>"
            "</div></body></html>"
        )
        assert story_is_whole(web_page.values(html)["text"].split("\n"))

    def test_entries_of_a_live_page_keep_their_headings_and_paragraphs_apart(self):
        entries = "".join(
            f"<li class='post'><time>1{i}:00</time><h3>{head}</h3><p>{told}</p></li>"
            for i, (head, told) in enumerate(
                (("Quay shut", FIRST), ("Ships go north", SECOND), ("Ten weeks", THIRD))
            )
        )
        html = (
            "<html><head><title>Quay live</title></head><body><main><h1>West quay: latest</h1>"
            f"<ol class='posts'>{entries}<li class='post'><p>{LAST}</p></li></ol></main></body>"
            "</html>"
        )
        lines = web_page.values(html)["text"].split("\n")
        assert story_is_whole(lines)
        assert [line for line in lines if line in ("Quay shut", "Ships go north", "Ten weeks")] == [
            "Quay shut", "Ships go north", "Ten weeks"
        ]  # fmt: skip

    def test_entries_that_are_articles_of_a_live_page_are_all_read(self):
        entries = "".join(
            f"<article class='post'><h2>Entry {i}</h2><p>{told}</p></article>"
            for i, told in enumerate((FIRST, SECOND, THIRD, LAST))
        )
        html = (
            "<html><head><title>Quay live</title><script type='application/ld+json'>"
            '{"@type":"LiveBlogPosting","headline":"West quay: latest"}</script></head><body><main>'
            f"<h1>West quay: latest</h1>{entries}</main></body></html>"
        )
        assert story_is_whole(web_page.values(html)["text"].split("\n"))

    @pytest.mark.parametrize(
        "fragment",
        [
            "<h3>More from the harbour</h3><ul><li><a href='/a'>The east quay was mended</a></li>"
            "<li><a href='/b'>The west mole leans</a></li></ul>",
            "<section><h4>Lo más leído</h4><p>The east quay was mended</p></section>",
            "<div class='x9'><h4>About the author</h4><p>She writes of the east quay.</p></div>",
            "<div><p>Pressekontakt</p><p>The east quay, telephone 555-0101</p></div>",
            "<div class='kicker'>The east quay</div>",
            "<div class='x9'><h4>Sign up for Quay Mornings</h4><p>All of the east quay at six.</p>"
            "</div>",
            "<p class='bildtext'>The east quay at low tide.</p>",
        ],
    )
    def test_a_label_tells_what_stands_below_it(self, fragment):
        lines = of_page(inside=fragment)
        assert not any("east quay" in line for line in lines)
        assert story_is_whole(lines)

    def test_a_kicker_within_the_headline_is_part_of_it(self):
        html = (
            "<html><head><title>Norrow: West quay shut</title></head><body><article>"
            "<h2><span class='kicker'>Norrow</span> <span>West quay shut</span></h2>"
            f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p><p>{LAST}</p></article></body></html>"
        )
        assert web_page.values(html)["text"].startswith("Norrow West quay shut")

    def test_a_teaser_directly_below_the_headline_is_the_summary(self):
        summary = "Divers found two loose piles, and the ships have to go elsewhere."
        lines = of_page(above=f"<p class='teaser-text'>{summary}</p>")
        assert summary in lines
        assert story_is_whole(lines)

    def test_a_caption_in_a_table_of_layout_is_left_out(self):
        box = (
            "<table align='right'><tr><td><img src='q.jpg'><br><i>The quay at low tide. Photo by "
            "Per Oy</i></td></tr></table>"
        )
        lines = of_page(inside=box)
        assert not any("low tide" in line for line in lines)
        assert story_is_whole(lines)

    def test_a_page_with_nothing_of_the_kind_is_as_it_was(self):
        html = f"<html><body><h1>West quay shut</h1><p>{FIRST}</p><p>{SECOND}</p></body></html>"
        assert page_parts.strip(html) == html

    def test_what_names_the_author_is_left_out_of_the_text_and_still_read(self):
        html = (
            "<html><head><title>West quay shut</title></head><body><article><h1>West quay shut</h1>"
            f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p><p>{LAST}</p><div class='author-bio'>"
            "<a rel='author' class='author' href='/oy'>Per Oy</a></div></article></body></html>"
        )
        found = web_page.values(html)
        assert found["byline"] == "Per Oy"
        assert "Per Oy" not in found["text"]
