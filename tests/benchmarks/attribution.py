"""Time to attribute every sentence of a pair of articles, vectors given, beside bare opcodes.

Usage: python tests/benchmarks/attribution.py [ROUNDS]
"""

import difflib
import pathlib
import platform
import statistics
import sys
import time

import numpy as np
import pandas as pd

import lineage
from lineage.attribution import attribute, found_sentences, measures, sentence_index
from lineage.io import articles
from lineage.match import document, encoders, pairs

try:
    import cydifflib
except ImportError:
    cydifflib = None

DATA = pathlib.Path(__file__).parents[2] / "data"
WORDS = 700
CANDIDATES = 50


def texts():
    """Bodies of about 700 words: reports of one story joined, from each report on."""
    found = []
    for story in sorted(each for each in DATA.iterdir() if each.is_dir()):
        reports = [
            path.read_text(encoding="utf-8") for path in sorted((story / "articles").glob("*.txt"))
        ]
        for start in range(len(reports)):
            joined = "\n\n".join(reports[start:] + reports[:start])
            kept, n = [], 0
            for line in joined.splitlines(keepends=True):
                n += len(line.split())
                kept.append(line)
                if n >= WORDS:
                    break
            found.append("".join(kept))
    return found


def prepared():
    frame = pd.DataFrame({"text": texts()})
    frame["article_id"] = [f"text-{k:02}" for k in range(len(frame))]
    table = articles.prepare(frame)
    made = document.build(table, document.sentence_table(table))
    encoder = encoders.load(None)
    vectors = {key: encoder.encode(each.sentences["text"].tolist()) for key, each in made.items()}
    return list(made.values()), vectors


def attributed(source, target, vectors):
    pair = pairs.compare(source, target)
    match = pairs.match_sentences(
        source, target, vectors[source.article_id], vectors[target.article_id]
    )
    bits = sentence_index.build([source, target]).bits
    found = found_sentences.answer(target, measures.Parent(source, pair, match), bits)
    certain = np.ones(len(target.roles))
    return attribute.attribute(target, [attribute.Source(found, certain)])


def timed(call, *given):
    began = time.perf_counter()
    call(*given)
    return 1000 * (time.perf_counter() - began)


def main(rounds):
    documents, vectors = prepared()
    keys = [(a, b) for a in documents for b in documents if a is not b][:: max(1, rounds)]
    mine, plain, quick = [], [], []
    for source, target in keys:
        attributed(source, target, vectors)
        mine.append(timed(attributed, source, target, vectors))
        words = list(source.words), list(target.words)
        plain.append(
            timed(
                lambda a, b: difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes(),
                *words,
            )
        )
        if cydifflib is not None:
            quick.append(
                timed(
                    lambda a, b: cydifflib.SequenceMatcher(
                        None, a, b, autojunk=False
                    ).get_opcodes(),
                    *words,
                )
            )
    lengths = [len(each.words) for each in documents]
    print(
        f"lineage {lineage.__version__}, Python {platform.python_version()}, {platform.machine()}"
    )
    print(f"{len(keys)} pairs, median {statistics.median(lengths):.0f} words")
    for name, values in (("attribution", mine), ("difflib", plain), ("cydifflib", quick)):
        if values:
            p95 = np.quantile(values, 0.95)
            print(f"{name}: median {statistics.median(values):.2f} ms, 95 % {p95:.2f} ms")
    target = documents[0]
    many = [documents[1 + k % (len(documents) - 1)] for k in range(CANDIDATES)]
    began = time.perf_counter()
    for source in many:
        attributed(source, target, vectors)
    print(f"one text against {CANDIDATES}: {time.perf_counter() - began:.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
