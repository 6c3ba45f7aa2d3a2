"""Hidden characters: listed where they are, passed over where a script or an emoji needs them."""

import struct

import pandas as pd
import pytest

import lineage
from lineage.text import hidden

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
            (f"The quay{zero_width('0110')} is shut.", hidden.ZERO_WIDTH, 4),
            ("The quay\u200b is shut.", hidden.ZERO_WIDTH, 1),
            (f"Shut{selectors(b'hello')} again.", hidden.SELECTORS, 5),
            ("Shut\ufe01 again.", hidden.SELECTORS, 1),
            ("Shut\U000e0068\U000e0069 again.", hidden.TAGS, 2),
            ("Shut\u200b\ufe01\ufe02 again.", hidden.MIXED, 3),
            (f"😀{selectors(b'secret')} and so on", hidden.SELECTORS, 6),
            ("in the mid\ufeffst of it", hidden.ZERO_WIDTH, 1),
            ("Hafen\u200dmeister", hidden.ZERO_WIDTH, 1),
        ],
    )
    def test_is_listed_with_its_place(self, text, kind, n):
        (mark,) = hidden.find(text)
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
        assert hidden.find(text) == ()

    def test_several_are_listed_in_order(self):
        text = "One\u200b two\u200c three\u200d."
        assert [mark.start for mark in hidden.find(text)] == [3, 8, 15]

    def test_codes_are_counted(self):
        (mark,) = hidden.find(f"x{zero_width('0100')}y")
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
        (found,) = hidden.find(text)
        assert (found.kind, found.is_whole) == (hidden.C2PA, True)
        assert text[found.start : found.end] == mark

    def test_padding_is_no_damage(self):
        (found,) = hidden.find("x" + wrapper(b"jumb" + b"\0" * 9, length=4))
        assert found.is_whole

    def test_a_cut_one_is_said_to_be_cut(self):
        (found,) = hidden.find("x" + wrapper(b"jumb", length=400))
        assert (found.kind, found.is_whole) == (hidden.C2PA, False)

    @pytest.mark.parametrize(
        "text",
        ["x" + selectors(b"C2PATXT\0"), "x" + wrapper(b"jumb", magic=b"C2PAIMG\0")],
    )
    def test_other_selectors_are_none(self, text):
        assert [mark.kind for mark in hidden.find(text)] != [hidden.C2PA]
        assert len(hidden.find(text)) == 1


class TestShared:
    BITS = "0110100101101"

    def test_the_same_run(self):
        one = hidden.find(f"The quay{zero_width(self.BITS)} is shut.")
        other = hidden.find(f"Shut is{zero_width(self.BITS)} the old quay.")
        first, second, n = hidden.shared(one, other)
        assert (first.start, second.start, n) == (8, 7, len(self.BITS))

    def test_one_between_the_words(self):
        def woven(words):
            pairs = zip(words.split(), self.BITS, strict=False)
            return " ".join(word + zero_width(bit) for word, bit in pairs)

        text = "a b c d e f g h i j k l m"
        one, other = hidden.find(woven(text)), hidden.find(woven("It is. " + text)[14:])
        assert hidden.shared(one, other)[2] >= hidden.LEAST_SHARED

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
        assert hidden.shared(hidden.find(f"x{one}y"), hidden.find(f"x{other}y")) is None
