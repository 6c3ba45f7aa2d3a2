"""The texts with a known lineage that tests read: shipped stories and, where present, real ones."""

import functools
import json
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parent.parent
STORIES = sorted(path.parent for path in (ROOT / "data").glob("*/truth.json"))
SEEDS = ROOT.parent / "shared" / "seeds"
BENCH = ROOT.parent / "shared" / "bench"
FIELD = ROOT.parent / "shared" / "field"


# The one story that the first lane of the tests looks at.
FIRST = "harbour-crane"


def each_story(*others):
    """Parameters of a test for each shipped story; all but one are of the second lane."""
    names = [*(folder.name for folder in STORIES), *others]
    return [name if name == FIRST else pytest.param(name, marks=pytest.mark.slow) for name in names]


def needs(folder):
    return pytest.mark.skipif(
        not folder.exists(), reason=f"{folder.parent.name}/{folder.name} is not beside the project"
    )


def truth(folder):
    return json.loads((folder / "truth.json").read_text(encoding="utf-8"))


def seeds():
    """Frame of the five real texts, with the ids that their truth uses."""
    rows = [
        {"article_id": path.stem[:3], "text": path.read_text(encoding="utf-8")}
        for path in sorted((SEEDS / "articles").glob("*.txt"))
    ]
    return pd.DataFrame(rows)


def gold():
    return json.loads((SEEDS / "gold.json").read_text(encoding="utf-8"))


@functools.lru_cache(maxsize=20_000)
def plain(text):
    return " ".join(text.split())


def find_sentence(result, article_id, prefix):
    """Row of the sentences table that begins with a prefix, or holds its beginning."""
    mine = result.sentences[result.sentences["article_id"] == article_id]
    texts = mine["text"].map(plain)
    hits = mine[texts.str.startswith(plain(prefix))]
    if len(hits) == 0:
        hits = mine[[plain(prefix)[:40] in text or prefix.startswith(text) for text in texts]]
    return None if len(hits) == 0 else hits.iloc[0]


def attributed(result, target_id, prefix):
    """Attribution rows of one sentence."""
    sentence = find_sentence(result, target_id, prefix)
    if sentence is None:
        return None
    return result.attributions[result.attributions["target_sentence"] == sentence["sentence_id"]]
