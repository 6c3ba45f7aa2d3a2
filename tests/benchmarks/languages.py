"""How often the language of a short news text is told right, and how long that takes.

Run from the root of the repository: ``python tests/benchmarks/languages.py``.
"""

import collections
import platform
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from lineage.text import words
from lineage.text.languages import detection
from tests.test_languages_detection import snippets


def main():
    listed = list(snippets())
    start = time.perf_counter()
    detection._identifier()
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}")
    print(f"model loaded in {time.perf_counter() - start:.2f} s")
    cut = [words.split_words(text) for _, _, text in listed]
    start = time.perf_counter()
    told = [detection.tell(text, each) for (_, _, text), each in zip(listed, cut, strict=True)]
    seconds = time.perf_counter() - start
    right, wrong, total = (collections.Counter() for _ in range(3))
    for (code, n_words, _), answer in zip(listed, told, strict=True):
        total[n_words] += 1
        right[n_words] += answer == code
        wrong[n_words] += answer not in (code, None)
    for n_words, n in sorted(total.items()):
        open_ = n - right[n_words] - wrong[n_words]
        said = f"{right[n_words]} of {n} right, {wrong[n_words]} wrong, {open_} open"
        print(f"{n_words:3} words: {said}")
    print(f"{1000 * seconds / len(listed):.2f} s per 1,000 texts")


if __name__ == "__main__":
    main()
