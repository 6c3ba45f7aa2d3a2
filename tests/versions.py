"""Invented cases for fits: versions that grow or shrink, and strangers."""

import itertools
import json
import random

import pandas as pd

from lineage.learn.evaluation import cases

from . import invented

THINGS = "house car water money book school work family team game".split()
SYLLABLES = "bram cal dor fen gal hest lor mun nev ost pell quar ren sal tor vand".split()


def people(rng):
    """Eight names that no other story has."""
    return ["".join(rng.choices(SYLLABLES, k=3)).capitalize() for _ in range(8)]


def line(rng, names):
    return (
        f"{rng.choice(names)} saw {rng.randint(100, 999)} people near the {rng.choice(THINGS)} and "
        f"the {rng.choice(THINGS)} of {rng.choice(names)}."
    )


def growing(seed, n=4, name=None):
    """A case of versions, each with two lines more than the one before."""
    rng = random.Random(seed)
    names = people(rng)
    texts = [[line(rng, names) for _ in range(6)]]
    while len(texts) < n:
        grown = list(texts[-1])
        for _ in range(2):
            grown.insert(rng.randint(0, len(grown)), line(rng, names))
        texts.append(grown)
    ids = [f"t{rng.randint(0, 10**6)}" for _ in texts]
    frame = pd.DataFrame({"article_id": ids, "text": [" ".join(each) for each in texts]})
    edges = tuple(itertools.pairwise(ids))
    return cases.Case("growing", name or f"g{seed}", frame, "graph", edges=edges)


def turned(case):
    """The same texts, but each made from the longer one."""
    edges = tuple((target, source) for source, target in case.edges)
    return cases.Case("shrinking", case.name, case.articles, "graph", edges=edges)


def fork(name="fork", **given):
    """A report, two texts made from it, each with lines of its own, and one made from the first."""
    lines = {
        "root": invented.REPORT,
        "left": (*invented.REPORT[:6], invented.ADDED[0]),
        "right": (*invented.REPORT[2:], invented.ADDED[1]),
        "leaf": (*invented.REPORT[:5], *invented.ADDED[::2]),
    }
    frame = pd.DataFrame(
        {"article_id": list(lines), "text": [invented.text(*each) for each in lines.values()]}
    )
    edges = (("root", "left"), ("root", "right"), ("left", "leaf"))
    return cases.Case("forks", name, frame.assign(**given), "graph", edges=edges)


def strangers(seed):
    rng = random.Random(1000 + seed)
    names = people(rng)
    texts = [" ".join(line(rng, names) for _ in range(6)) for _ in range(3)]
    frame = pd.DataFrame({"article_id": ["x", "y", "z"], "text": texts})
    return cases.Case("strangers", f"s{seed}", frame, "graph")


def dumped(folder, made):
    lines = [
        {
            "set": case.set,
            "case": case.name,
            "articles": [
                {"id": row["article_id"], "text": row["text"]}
                for row in case.articles.to_dict("records")
            ],
            "edges": [list(edge) for edge in case.edges],
        }
        for case in made
    ]
    path = folder / "made.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in lines), encoding="utf-8")
    return path


def fused(seed, n_sentences=6):
    """A line of cases of a sentence that was made from two sentences of an article."""
    rng = random.Random(seed)
    names = people(rng)
    article = [line(rng, names) for _ in range(n_sentences)]
    one, other = rng.sample(range(n_sentences), 2)
    first, second = article[one].split(" near ")[0], article[other].split(" near ")[1]
    return {
        "set": "fusion",
        "id": f"f{seed}",
        "article": article,
        "fused": f"{first}, and it was near {second}",
        "source_idx": [one, other],
    }


def dumped_fusions(folder, seeds):
    path = folder / "fusions.jsonl"
    lines = [json.dumps(fused(seed)) + "\n" for seed in seeds]
    path.write_text("".join(lines), encoding="utf-8")
    return path
