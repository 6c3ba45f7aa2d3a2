"""Hidden characters: listed where they are, passed over where a script or an emoji needs them."""

import struct
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

import lineage
from lineage.cli import main
from lineage.evidence import evidence_settings
from lineage.evidence.row import Evidence
from lineage.graph import mark_bits
from lineage.report.page import hidden_marks_words
from lineage.text import hidden_characters

ZW = {"0": "\u200b", "1": "\u200c"}


def zero_width(bits):
    return "".join(ZW[each] for each in bits)


def selectors(data):
    return "".join(chr(0xFE00 + b) if b < 16 else chr(0xE0100 + b - 16) for b in data)


def wrapper(manifest, magic=b"C2PATXT\0", length=None):
    n = len(manifest) if length is None else length
    return "\ufeff" + selectors(magic + b"\x01" + struct.pack(">I", n) + manifest)


class TestFind:
    @pytest.mark.parametrize(
        ("text", "kind", "n"),
        [
            (f"The quay{zero_width('0110')} is shut.", hidden_characters.ZERO_WIDTH, 4),
            ("The quay\u200b is shut.", hidden_characters.ZERO_WIDTH, 1),
            (f"Shut{selectors(b'hello')} again.", hidden_characters.SELECTORS, 5),
            ("Shut\ufe01 again.", hidden_characters.SELECTORS, 1),
            ("Shut\U000e0068\U000e0069 again.", hidden_characters.TAGS, 2),
            ("Shut\u200b\ufe01\ufe02 again.", hidden_characters.MIXED, 3),
            (f"😀{selectors(b'secret')} and so on", hidden_characters.SELECTORS, 6),
            ("in the mid\ufeffst of it", hidden_characters.ZERO_WIDTH, 1),
            ("Hafen\u200dmeister", hidden_characters.ZERO_WIDTH, 1),
        ],
    )
    def test_is_listed_with_its_place(self, text, kind, n):
        (mark,) = hidden_characters.find(text)
        assert (mark.kind, len(mark.characters)) == (kind, n)
        assert text[mark.start : mark.end] == mark.characters

    @pytest.mark.parametrize(
        "text",
        [
            "plain ASCII",
            "naïve café – “quoted”",
            "\ufeffA mark of byte order at the beginning of a file",
            "a heart ❤️ and a telephone ☎︎",
            "a keycap 3️⃣ and #️⃣",
            "a family 👨‍👩‍👧 and a pilot 👩🏽‍✈️ and a flag 🏳️‍🌈",
            "Scotland 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
            "قایق‌های مسافربری می‌کند",
            "क्‍ष और श्री‌मान",
            "ක්‍රියා",
            "ภาษา\u200bไทย",
            "葛\U000e0100飾区",
            "≨︀ 0.5",
            "Donau\u00addampf\u00adschiff",
            "10\u2060–\u206012 Uhr",
            "שלום\u200f (Reuters)",
        ],
    )
    def test_what_is_needed_is_passed_over(self, text):
        assert hidden_characters.find(text) == ()

    def test_several_are_listed_in_order(self):
        text = "One\u200b two\u200c three\u200d."
        assert [mark.start for mark in hidden_characters.find(text)] == [3, 8, 15]

    def test_codes_are_counted(self):
        (mark,) = hidden_characters.find(f"x{zero_width('0100')}y")
        assert mark.codes == "U+200B 3, U+200C 1"


class TestManifest:
    @pytest.mark.parametrize("at", ["end", "begin", "middle"])
    def test_is_recognised_by_name(self, at):
        mark = wrapper(b"jumb-of-some-kind" * 3)
        text = {
            "end": "The quay is shut." + mark,
            "begin": mark + "The quay is shut.",
            "middle": "The quay" + mark + " is shut.",
        }[at]
        (found,) = hidden_characters.find(text)
        assert (found.kind, found.is_whole) == (hidden_characters.C2PA, True)
        assert text[found.start : found.end] == mark

    def test_padding_is_no_damage(self):
        (found,) = hidden_characters.find("x" + wrapper(b"jumb" + b"\0" * 9, length=4))
        assert found.is_whole

    def test_a_cut_one_is_said_to_be_cut(self):
        (found,) = hidden_characters.find("x" + wrapper(b"jumb", length=400))
        assert (found.kind, found.is_whole) == (hidden_characters.C2PA, False)

    @pytest.mark.parametrize(
        "text",
        ["x" + selectors(b"C2PATXT\0"), "x" + wrapper(b"jumb", magic=b"C2PAIMG\0")],
    )
    def test_other_selectors_are_none(self, text):
        assert [mark.kind for mark in hidden_characters.find(text)] != [hidden_characters.C2PA]
        assert len(hidden_characters.find(text)) == 1


class TestShared:
    BITS = "0110100101101"

    def test_the_same_run(self):
        one = hidden_characters.find(f"The quay{zero_width(self.BITS)} is shut.")
        other = hidden_characters.find(f"Shut is{zero_width(self.BITS)} the old quay.")
        first, second, n = hidden_characters.shared(one, other)
        assert (first.start, second.start, n) == (8, 7, len(self.BITS))

    def test_one_between_the_words(self):
        def woven(words):
            pairs = zip(words.split(), self.BITS, strict=False)
            return " ".join(word + zero_width(bit) for word, bit in pairs)

        text = "a b c d e f g h i j k l m"
        one, other = (
            hidden_characters.find(woven(text)),
            hidden_characters.find(woven("It is. " + text)[14:]),
        )
        assert hidden_characters.shared(one, other)[2] >= hidden_characters.LEAST_SHARED

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("\u200b" * 20, "\u200b" * 20),
            (zero_width("0110"), zero_width("0110")),
            (zero_width("0101010101"), zero_width("0010001000")),
            (zero_width("0110100101101"), ""),
        ],
    )
    def test_habit_few_and_other_characters_are_no_sign(self, one, other):
        assert (
            hidden_characters.shared(
                hidden_characters.find(f"x{one}y"), hidden_characters.find(f"x{other}y")
            )
            is None
        )


STORY = (
    "The harbour authority of Marwick closed the north quay on Tuesday after divers found a crack "
    "below the waterline. Engineers expect the repairs to take six weeks, said Ellen Varga, who "
    "runs the port. Ferries to the islands will leave from the old fish market until the quay has "
    "been made safe again, and the fishing fleet has been told to land at Tollberg."
)
EDITED = STORY.replace("six weeks", "about two months").replace("has been told to", "was asked to")
OTHER = (
    "Choirs from nine towns sang in the abbey of Tollberg on Sunday, and the roof fund received "
    "twelve thousand crowns. The organist, Piet Marsden, played for an hour after the last hymn. "
    "Next year the festival moves to the new concert hall beside the railway museum."
)
MARK = zero_width("0110100101101")
MANIFEST = wrapper(b"jumb" + bytes(range(90)))


def with_mark(text, mark=MARK, at=40):
    at = text.index(" ", at)
    return text[:at] + mark + text[at:]


def traced(*texts):
    frame = pd.DataFrame({"article_id": ["a", "b", "c", "d"][: len(texts)], "text": list(texts)})
    return lineage.trace(frame, encoder="lexical")


class TestEvidence:
    @pytest.mark.parametrize("mark", [MARK, MANIFEST])
    def test_survival_is_a_row_with_bits_that_points_at_the_characters(self, mark):
        found = traced(with_mark(STORY, mark), with_mark(EDITED, mark, at=100))
        (row,) = found.evidence[found.evidence["signal"] == "hidden_marks"].to_dict("records")
        assert (row["about"], row["weight_bits"]) == ("link", evidence_settings.HIDDEN_MARKS_BITS)
        texts = found.articles.set_index("article_id")["text"]
        for side in ("source", "target"):
            text = texts[row[f"{side}_id"]]
            assert text[row[f"{side}_start"] : row[f"{side}_end"]] == mark
        assert ("C2PA" in row["detail"]) == (mark == MANIFEST)

    def test_bits_of_the_link_add_up_to_its_probability(self):
        found = traced(with_mark(STORY), with_mark(EDITED))
        (edge,) = found.edges.to_dict("records")
        rows = found.evidence[found.evidence["about"] == "link"]
        odds = 2.0 ** rows["weight_bits"].sum()
        assert odds / (1 + odds) == pytest.approx(edge["p_link"], abs=1e-4)

    def test_marks_make_a_link_surer_and_decide_nothing(self):
        plain = traced(STORY, EDITED).relations.iloc[0]
        marked = traced(with_mark(STORY), with_mark(EDITED)).relations.iloc[0]
        assert marked["p_independent"] <= plain["p_independent"]
        assert marked["outcome"] == plain["outcome"]

    def test_texts_that_have_nothing_else_in_common_stay_unrelated(self):
        plain, marked = traced(STORY, OTHER), traced(with_mark(STORY), with_mark(OTHER))
        assert marked.relations["outcome"].tolist() == ["unrelated"]
        assert (
            marked.relations["p_independent"].tolist() == plain.relations["p_independent"].tolist()
        )
        assert len(marked.edges) == 0

    def test_readable_words_choose_the_parent(self):
        # The mark is in the text that shares less: the parent stays the one that shares more.
        near = STORY.replace("on Tuesday", "late on Tuesday")
        far = with_mark(EDITED.replace("Engineers expect", "Builders expect"))
        plain = traced(STORY, near, far.replace(MARK, ""))
        marked = traced(STORY, with_mark(near), far)
        columns = ["source_id", "target_id", "status"]
        assert marked.all_edges[columns].equals(plain.all_edges[columns])

    def test_one_text_with_a_mark_is_no_evidence(self):
        found = traced(with_mark(STORY), EDITED)
        assert "hidden_marks" not in set(found.evidence["signal"])


class TestStrengthen:
    @pytest.mark.parametrize(
        ("derived", "shared", "is_stronger"),
        [(0.6, 0.2, True), (0.3, 0.3, True), (0.2, 0.2, False), (0.0, 0.0, False)],
    )
    def test_only_what_words_say_is_made_surer(self, derived, shared, is_stronger):
        documents = [SimpleNamespace(article_id=name) for name in "ab"]
        row = Evidence("hidden_marks", "link", 8.0, "x")
        rows = {("a", "b"): [row], ("b", "a"): [row]}
        of_pair = np.array([[0, 1.0], [1.0, 0]])
        one, other = mark_bits.strengthen(documents, rows, derived * of_pair, shared * of_pair)
        assert (one[0, 1] + other[0, 1] > derived + shared) == is_stronger
        assert one[0, 1] + other[0, 1] <= 1.0
        assert one[0, 1] * shared == pytest.approx(other[0, 1] * derived)
        assert one[0, 1] == one[1, 0]


class TestListed:
    def test_rows_say_where_which_and_who_else(self):
        texts = {"a": with_mark(STORY), "b": with_mark(EDITED, at=90), "c": f"Quay\u200b. {OTHER}"}
        rows = hidden_characters.rows(texts)
        assert [(row["article_id"], row["also_in"]) for row in rows] == [
            ("a", ["b"]),
            ("b", ["a"]),
            ("c", []),
        ]
        for row in rows:
            inside = texts[row["article_id"]][row["start"] : row["end"]]
            assert len(inside) == row["n_characters"]
            assert all(char in "\u200b\u200c" for char in inside)

    def test_the_result_has_them(self, tmp_path):
        result = traced(with_mark(STORY, MANIFEST), EDITED)
        (row,) = result.hidden_marks.to_dict("records")
        assert (row["article_id"], row["kind"]) == ("a", hidden_characters.C2PA)
        result.save(tmp_path / "run")
        assert lineage.load(tmp_path / "run").hidden_marks.equals(result.hidden_marks)
        page = (tmp_path / "run" / "report.html").read_text(encoding="utf-8")
        assert "Hidden characters" in page
        assert f"a C2PA text manifest of {len(MANIFEST)} hidden characters" in page

    def test_a_result_without_any_says_nothing(self, tmp_path):
        result = traced(STORY, EDITED)
        assert len(result.hidden_marks) == 0
        result.save(tmp_path / "run")
        page = (tmp_path / "run" / "report.html").read_text(encoding="utf-8")
        assert "Hidden characters" not in page

    @pytest.mark.parametrize("suffix", ["txt", "md", "csv", "html"])
    def test_check_lists_them(self, tmp_path, capsys, suffix):
        marked = with_mark(STORY)
        shown = {
            "txt": marked,
            "md": marked,
            "csv": f'id,text\nquay,"{marked}"\n',
            "html": f"<html><body><article><h1>Quay shut</h1><p>{marked}</p></article></body>",
        }[suffix]
        path = tmp_path / f"quay.{suffix}"
        path.write_text(shown, encoding="utf-8")
        assert main.run(["check", str(path)]) == 0
        printed = capsys.readouterr().out
        assert "hidden: quay: 13 zero-width characters (U+200B 6, U+200C 7)" in printed or (
            "U+200C 7, U+200B 6" in printed
        )

    def test_check_is_silent_on_a_byte_order_mark_and_emoji(self, tmp_path, capsys):
        path = tmp_path / "quay.txt"
        path.write_text(f"\ufeff{STORY} ❤️ 👩🏽‍✈️", encoding="utf-8")
        assert main.run(["check", str(path)]) == 0
        assert "hidden" not in capsys.readouterr().out

    def test_many_places_of_a_text_are_counted(self):
        woven = " ".join(word + "\u200b" for word in STORY.split())
        said = hidden_marks_words.lines(hidden_characters.rows({"a": woven}))
        assert len(said) == hidden_marks_words.MAX_A_TEXT + 1
        assert said[-1].startswith("a: ")
        assert "more hidden characters in" in said[-1]

    def test_a_cut_manifest_and_one_character_are_worded(self):
        texts = {"a": "x" + wrapper(b"jumb", length=400), "b": "Quay\u200b."}
        assert hidden_marks_words.lines(hidden_characters.rows(texts)) == (
            "a: a part of a C2PA text manifest of 18 hidden characters, characters 1 to 19",
            "b: 1 zero-width character (U+200B 1), characters 4 to 5",
        )


class TestVeil:
    @pytest.mark.parametrize("mark", [MARK, MANIFEST, "\u200b", "\U000e0068\U000e0069"])
    def test_comes_back_as_it_was(self, mark):
        page = f"<p>{with_mark(STORY, mark)} ❤️ قایق‌های</p>"
        veiled = hidden_characters.veil(page)
        assert hidden_characters.find(veiled) == ()
        assert hidden_characters.veil(with_mark(STORY, mark)).isprintable()
        assert hidden_characters.unveil(veiled) == page

    def test_entities_are_hidden_characters_too(self):
        veiled = hidden_characters.veil("<p>Quay&#8203;&#x200C; &zwj;shut &amp; safe &lt;</p>")
        assert (
            hidden_characters.unveil(veiled) == "<p>Quay\u200b\u200c \u200dshut &amp; safe &lt;</p>"
        )

    @pytest.mark.parametrize("page", ["<p>Quay ❤️</p>", "<p>Quay \U00030003</p>", "<p>&amp;</p>"])
    def test_what_has_none_stays(self, page):
        assert hidden_characters.veil(page) == page
