"""Count the words aligned per second by lineage.text.align and by plain difflib, on the same pairs.

usage: words_per_second.py [--repeat N] [FOLDER ...]

Every pair of texts of each folder (default: those of data/*/articles) is aligned. A pair counts
the words of both its texts. Three rows: difflib itself; `align.matching_blocks`, which gives the
same blocks and is checked to; `align.align`, which finds moved passages besides.
"""

import argparse
import difflib
import itertools
import pathlib
import statistics
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

import seeds_cold  # noqa: E402

from lineage.io.readers import read  # noqa: E402
from lineage.text import align, words  # noqa: E402


def plain(a, b):
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    return [tuple(block) for block in matcher.get_matching_blocks() if block.size > 0]


def rate(function, pairs, repeat):
    """Median words per second of aligning all pairs."""
    n_words = sum(len(a) + len(b) for a, b in pairs)
    took = []
    for _ in range(repeat):
        before = time.perf_counter()
        for a, b in pairs:
            function(a, b)
        took.append(time.perf_counter() - before)
    return n_words / statistics.median(took)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=pathlib.Path)
    parser.add_argument("--repeat", type=int, default=5)
    given = parser.parse_args()
    folders = given.folders or sorted((ROOT / "data").glob("*/articles"))
    pairs = []
    for folder in folders:
        texts = read.read(folder).articles["text"]
        split = [words.split_words(text).words for text in texts]
        pairs += itertools.combinations(split, 2)
    for a, b in pairs:
        if align.matching_blocks(a, b) != plain(a, b):
            raise SystemExit("the blocks are not those of difflib")
    peer = rate(plain, pairs, given.repeat)
    print(f"machine           {seeds_cold.machine()}")
    print(f"pairs             {len(pairs)}, {sum(len(a) + len(b) for a, b in pairs):,} words")
    print(f"difflib           {peer:12,.0f} words/s")
    for name in ("matching_blocks", "align"):
        mine = rate(getattr(align, name), pairs, given.repeat)
        print(f"{name:17} {mine:12,.0f} words/s   {mine / peer:.1f} times difflib")
    return 0


if __name__ == "__main__":
    sys.exit(main())
