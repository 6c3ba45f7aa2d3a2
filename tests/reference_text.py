"""Slow, obvious twins of the text room's fast code."""

import unicodedata

from lineage.text import normalise


def split_words(text):
    """Words by looking at one character after the other."""
    normalised = normalise.normalise(text)
    shown = normalised.text
    found = []
    i = 0
    while i < len(shown):
        j = i
        if shown[i].isdecimal():
            while j < len(shown) and (
                shown[j].isdecimal()
                or (
                    shown[j] in ".,"
                    and j + 1 < len(shown)
                    and shown[j + 1].isdecimal()
                    and shown[j - 1].isdecimal()
                )
            ):
                j += 1
        elif is_letter(shown[i]):
            j += 1
            while j < len(shown) and (
                is_mark(shown[j])
                or (not is_unspaced(shown[i]) and is_letter(shown[j]) and not is_unspaced(shown[j]))
            ):
                j += 1
        if j == i:
            i += 1
            continue
        found.append((shown[i:j], *normalised.to_source(i, j)))
        i = j
    return found


def is_mark(char):
    return unicodedata.category(char) in ("Mn", "Mc", "Me")


def is_letter(char):
    return char.isalnum() and not char.isdecimal() and not is_mark(char)


def is_unspaced(char):
    name = unicodedata.name(char, "")
    scripts = (
        "CJK",
        "HIRAGANA",
        "KATAKANA",
        "THAI",
        "LAO",
        "MYANMAR",
        "KHMER",
        "IDEOGRAPHIC NUMBER",
        "IDEOGRAPHIC ITERATION",
        "IDEOGRAPHIC CLOSING",
    )
    return name.startswith((*scripts, "HANGZHOU", "VERTICAL", "MASU", "HENTAIGANA"))


def normalise_text(text):
    """The normalised text alone: whole strings, no offsets, no look-alikes."""
    shown = text
    for _ in range(5):
        shown = unicodedata.normalize("NFKC", shown.translate(normalise._MARKS))
        shown = unicodedata.normalize("NFKC", shown.translate(normalise._MARKS)).casefold()
    return unicodedata.normalize("NFKC", shown)
