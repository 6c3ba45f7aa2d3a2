import re

import pandas as pd

from lineage.report.page import comparison_page

OLDER = "A crane fell <b>on</b> a ship & sank.\n\nNobody was hurt on Tuesday."
NEWER = "A crane fell <i>on</i> a boat & sank.\n\nNobody was hurt."


def row(name, text):
    return next(
        pd.DataFrame(
            [
                {
                    "article_id": name,
                    "kind": "supplied",
                    "outlet": None,
                    "text": text,
                    "published_at": None,
                    "published_precision": None,
                }
            ]
        ).itertuples(index=False)
    )


def page(older=OLDER, newer=NEWER, names=("wire", "post")):
    return comparison_page.page(
        row(names[0], older), row(names[1], newer), ["one was made", "  why"]
    )


def tagged(shown, tag):
    return re.findall(rf"<{tag}>(.*?)</{tag}>", shown.partition("<main>")[2])


class TestPage:
    def test_words_of_one_text_alone_are_struck_through_or_underlined(self):
        shown = page()
        assert "ship" in tagged(shown, "del")
        assert "on Tuesday" in tagged(shown, "del")
        assert "boat" in tagged(shown, "ins")
        assert "crane" not in "".join(tagged(shown, "del") + tagged(shown, "ins"))

    def test_the_newer_text_can_be_read_without_what_is_struck_through(self):
        body = page().partition("<main>")[2]
        kept = re.sub(r"<del>.*?</del>", "", body)
        read = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", kept))
        assert "a boat &amp; sank." in read
        assert "Nobody was hurt ." in read or "Nobody was hurt." in read

    def test_paragraphs_are_those_of_the_newer_text(self):
        assert page().partition("<main>")[2].count("<p>") == 2

    def test_texts_and_names_are_escaped(self):
        shown = page(names=("<script>a</script>", "b"))
        assert "<script" not in shown
        assert "&lt;b&gt;" in shown or "&lt;" in shown

    def test_it_refers_to_no_other_file(self):
        shown = page()
        assert not re.search(r"(?:src|href)=|url\(|@import", shown)
        assert "default-src 'none'" in shown

    def test_colour_is_never_alone(self):
        style = page().partition("<style>")[2].partition("</style>")[0]
        assert "text-decoration:line-through" in style.partition("\ndel{")[2].partition("}")[0]
        assert "text-decoration:underline" in style.partition("\nins{")[2].partition("}")[0]
        assert "text-decoration:none" not in style

    def test_numbers_of_words_are_told(self):
        shown = page("one two three", "one two four five")
        assert "1 of 3 words" in shown
        assert "2 of 4 words" in shown
        assert "2 words" in shown

    def test_no_control_character_is_shown(self):
        assert "\x1b" not in page("a \x1b[31m b", "a \x1b[31m c")
