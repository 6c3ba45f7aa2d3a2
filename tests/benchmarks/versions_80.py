"""Time a whole trace of many versions of one text, made from a seed.

usage: versions_80.py [--n N] [--words N] [--seed N] [--limit SECONDS]

Each version is an earlier one, mostly the last, with sentences changed, put in and taken out. The
peer aligns the words of all pairs with difflib and does nothing else. Status 1 above the limit.
The edges found are printed for a look; a figure on made-up texts is no accuracy.
"""

import argparse
import itertools
import pathlib
import random
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

import pandas as pd  # noqa: E402
import seeds_cold  # noqa: E402

import lineage  # noqa: E402
from lineage.text import align, words  # noqa: E402

LIMIT_S = 20.0
_WHO = (
    "harbour council ferry keeper engineer warden baker teacher pilot clerk surveyor mason".split()
)
_DID = "repaired counted measured painted closed moved described ordered refused copied".split()
_WHAT = (
    "bridge tower ledger engine garden archive quay lantern railing station market cellar roof "
    "chart signal warehouse fountain school library orchard"
).split()
_WHERE = "north south harbour market upper lower river station eastern western".split()


def sentence(rng: random.Random) -> str:
    """About fourteen words, seldom the same twice."""
    return (
        f"The {rng.choice(_WHO)} of the {rng.choice(_WHERE)} side {rng.choice(_DID)} the "
        f"{rng.choice(_WHERE)} {rng.choice(_WHAT)} and {rng.randint(2, 99)} parts of its "
        f"{rng.choice(_WHAT)}."
    )


def edit(sentences: list[str], rng: random.Random) -> list[str]:
    """Change, put in and take out a few sentences."""
    made = list(sentences)
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(made))
        kind = rng.random()
        if kind < 0.4:
            made[at] = sentence(rng)
        elif kind < 0.8 or len(made) < 10:
            made.insert(at, sentence(rng))
        else:
            del made[at]
    return made


def versions(n: int, n_words: int, seed: int) -> tuple[list[str], list[int]]:
    """Texts, and which of them each was made from (-1 for the first)."""
    rng = random.Random(seed)
    texts = [[sentence(rng) for _ in range(max(10, n_words // 16))]]
    parents = [-1]
    while len(texts) < n:
        last = len(texts) - 1
        parent = last if rng.random() < 0.8 else rng.randint(0, last)
        texts.append(edit(texts[parent], rng))
        parents.append(parent)
    return [" ".join(each) for each in texts], parents


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--n", type=int, default=80)
    parser.add_argument("--words", type=int, default=700)
    parser.add_argument("--seed", type=int, default=20170803)
    parser.add_argument("--limit", type=float, default=LIMIT_S)
    given = parser.parse_args()
    texts, parents = versions(given.n, given.words, given.seed)
    ids = [f"v{k:03}" for k in range(given.n)]
    before = time.perf_counter()
    split = [words.split_words(text).words for text in texts]
    for a, b in itertools.combinations(split, 2):
        align.matching_blocks(a, b)
    peer = time.perf_counter() - before
    before = time.perf_counter()
    result = lineage.trace(pd.DataFrame({"article_id": ids, "text": texts}))
    took = time.perf_counter() - before
    true = {frozenset((ids[p], ids[k])) for k, p in enumerate(parents) if p >= 0}
    edges = zip(result.edges["source_id"], result.edges["target_id"], strict=True)
    found = {frozenset(each) for each in edges}
    print(f"machine   {seeds_cold.machine()}")
    print(f"texts     {given.n} of {sum(map(len, split)) / given.n:.0f} words, seed {given.seed}")
    print(f"alignment {peer:6.1f} s   word runs of all pairs and nothing else")
    print(
        f"trace     {took:6.1f} s   {took / peer:.1f} times the alignment; limit {given.limit:g} s"
    )
    print(f"edges     {len(found)} drawn, {len(found & true)} of {len(true)} true pairs among them")
    return int(took > given.limit)


if __name__ == "__main__":
    sys.exit(main())
