"""How well borders of sentences are found: ``python -m tests.measured_borders``.

The borders are those of `tests/borders`, set by hand in sentences written for it. Other splitters
are compared where they are installed. Lines of odd number were looked at while the rules were made,
those of even number were not; en_later.txt was written after them, and nothing changed for it.
"""

import importlib
import itertools
import pathlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lineage.text import sentences

FOLDER = pathlib.Path(__file__).parent / "borders"
BORDER = "¦"

Splitter = Callable[[str], list[str]]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, and where in it sentences after the first begin."""

    text: str
    starts: frozenset[int]


@dataclass
class Counts:
    """Borders found rightly, found where there is none, and missed."""

    right: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.false)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.false + self.missed)


def paragraphs(language: str) -> list[Paragraph]:
    """Read the paragraphs of one language."""
    lines = (FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return [_paragraph(line) for line in lines if line and not line.startswith("#")]


def _paragraph(line: str) -> Paragraph:
    text, starts = "", set()
    for piece in line.replace(f" {BORDER} ", f" {BORDER}").split(BORDER):
        starts.add(len(text))
        text += piece
    return Paragraph(text, frozenset(starts - {0}))


def starts_of(split: Splitter, text: str) -> set[int]:
    """Return where the sentences after the first begin, by a splitter that returns their words."""
    starts, reached = set(), 0
    for piece in split(text):
        shown = piece.strip()
        if not shown:
            continue
        at = text.find(shown, reached)
        if at < 0:
            raise ValueError(f"{shown!r} is not in {text!r}")
        starts.add(at)
        reached = at + len(shown)
    return starts - {0}


def count(split: Splitter, texts: list[Paragraph]) -> Counts:
    """Compare a splitter with the borders set by hand."""
    counts = Counts()
    for each in texts:
        found = starts_of(split, each.text)
        counts.right += len(found & each.starts)
        counts.false += len(found - each.starts)
        counts.missed += len(each.starts - found)
    return counts


def split_here(text: str) -> list[str]:
    """Split with this package."""
    return [text[start:end] for start, end in sentences.split_sentences(text)]


def _others() -> Iterator[tuple[str, Splitter]]:
    def syntok(module, text):
        # Its words are not always those of the text; where they stand is.
        sentences_found = (each for paragraph in module.process(text) for each in paragraph)
        begins = [each[0].offset for each in sentences_found]
        return [text[first:after] for first, after in itertools.pairwise([*begins, len(text)])]

    known = {
        "nupunkt": ("nupunkt", lambda module, text: module.sent_tokenize(text)),
        "pysbd": ("pysbd", lambda module, text: module.Segmenter(clean=False).segment(text)),
        "syntok": ("syntok.segmenter", syntok),
        "sentencex": ("sentencex", lambda module, text: list(module.segment("en", text))),
        "punkt": ("punkt", lambda module, text: module.sent_tokenize(text)),
        "blingfire": ("blingfire", lambda module, text: module.text_to_sentences(text).split("\n")),
        "yasbd": (
            "yasbd",
            lambda module, text: [
                str(each) for each in module.BoundaryDetector("en").segment(text)
            ],
        ),
    }
    for name, (module_name, split) in known.items():
        try:
            module = importlib.import_module(module_name)
        except ImportError:
            continue
        yield name, lambda text, module=module, split=split: split(module, text)


def main() -> None:
    splitters = [("lineage", split_here), *_others()]
    for language in ("en", "en_later", "de", "fr"):
        texts = paragraphs(language)
        n_borders = sum(len(each.starts) for each in texts)
        print(f"{language}: {len(texts)} paragraphs, {n_borders} borders (precision, recall, F1)")
        parts = [("all", texts), ("looked at", texts[::2]), ("not looked at", texts[1::2])]
        for name, split in splitters:
            shown = []
            for part, chosen in parts:
                counts = count(split, chosen)
                figures = f"{counts.precision:.3f} {counts.recall:.3f} {counts.f1:.3f}"
                shown.append(f"{part} {figures}")
            print(f"  {name:10}", "   ".join(shown))


if __name__ == "__main__":
    if "--differences" in sys.argv:
        for language in ("en", "de", "fr"):
            for each in paragraphs(language)[::2]:
                found = starts_of(split_here, each.text)
                if found != each.starts:
                    print(each.text, sorted(found - each.starts), sorted(each.starts - found))
    else:
        main()
