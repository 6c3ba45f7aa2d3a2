"""Texts weighed against their candidates, a block of neighbours at a time."""

from __future__ import annotations

import pickle
import zlib

import numpy as np
import pandas as pd

from ...graph import graph_settings, links
from ...match.document import Document
from ..archive import archive_settings, relatives
from . import cluster_settings
from .backend import Schema
from .text_records import frame_of

# The same on all machines of a cluster; and the level that takes no time.
_PROTOCOL, _LEVEL = 5, 1

PAIRS: Schema = {
    "one": "BIGINT",
    "other": "BIGINT",
    "nats": "DOUBLE",
    "p_link": "DOUBLE",
    "odds": "BIGINT",
    "run_words": "INT",
}
CUT: Schema = {"text_no": "BIGINT", "document": "BINARY"}
PARTED: Schema = {"text_no": "BIGINT", "family": "BIGINT"}


def cut(frame: pd.DataFrame) -> pd.DataFrame:
    """Cut texts into sentences with roles, each once, whatever number of others it is held against.

    Parameters
    ----------
    frame : DataFrame
        text_no, text; one row a text.

    Returns
    -------
    DataFrame
        Columns of `CUT`: a `Document` pickled and compressed, some six times as long as the text.
    """
    rows = []
    for number, text in zip(frame["text_no"].tolist(), frame["text"], strict=True):
        # By itself: how rows come together is another on each engine.
        given = pd.DataFrame({"article_id": [str(number)], "text": [text]})
        made = pickle.dumps(relatives.documents(given)[0], protocol=_PROTOCOL)
        rows.append({"text_no": number, "document": zlib.compress(made, _LEVEL)})
    return frame_of(CUT, rows)


def weigh(frame: pd.DataFrame, n_texts: int) -> pd.DataFrame:
    """Weigh the texts of a block against their candidates, each as an archive does.

    Parameters
    ----------
    frame : DataFrame
        Rows of texts (text_no, document; place 0) and of candidates (text_no, other_no, place
        from 1), in any order.
    n_texts : int
        Of the collection.

    Returns
    -------
    DataFrame
        Columns of `PAIRS`; of a pair that is weighed from both sides a row each.
    """
    texts = frame[frame["place"] == 0]
    documents: dict[int, Document] = {
        number: pickle.loads(zlib.decompress(packed))
        for number, packed in zip(texts["text_no"].tolist(), texts["document"], strict=True)
    }
    stars = frame[frame["place"] > 0].sort_values(["text_no", "place"])
    rows = []
    for _, star in stars.groupby("text_no", sort=True):
        number, others = int(star["text_no"].iloc[0]), star["other_no"].tolist()
        around = [documents[each] for each in (number, *others)]
        nats = relatives.weigh(around, [(0, k) for k in range(1, len(around))])
        for other, document, each in zip(others, around[1:], nats.tolist(), strict=True):
            if each > archive_settings.LEAST_NATS:
                p = relatives.p_link(each, n_texts)
                rows.append(
                    {
                        "one": min(number, other),
                        "other": max(number, other),
                        "nats": each,
                        "p_link": p,
                        "odds": _odds(p),
                        "run_words": relatives.longest_run(around[0], document),
                    }
                )
    return frame_of(PAIRS, rows)


def _odds(p: float) -> int:
    odds = p / max(1.0 - p, 1.0 / cluster_settings.MOST_ODDS)
    return round(min(odds, cluster_settings.MOST_ODDS) * cluster_settings.ODDS_UNITS)


def least_odds() -> int:
    """Return the summed odds from which on a text belongs to a family."""
    least = graph_settings.LEAST_RELATED
    return round(least / (1.0 - least) * cluster_settings.ODDS_UNITS)


def part(frame: pd.DataFrame) -> pd.DataFrame:
    """Join the texts of one component to families, as `links.families` does in every trace.

    Parameters
    ----------
    frame : DataFrame
        Pairs of the component: one, other, nats, p_link.

    Returns
    -------
    DataFrame
        Columns of `PARTED`: a family is called by its smallest text. Texts without relatives
        have no row.
    """
    ordered = frame.sort_values(["one", "other"])
    one, other = (ordered[name].to_numpy(dtype=np.int64) for name in ("one", "other"))
    numbers = np.unique(np.concatenate((one, other)))
    a, b = np.searchsorted(numbers, one), np.searchsorted(numbers, other)
    nats = ordered["nats"].to_numpy(dtype=np.float64)
    found = links.Links(len(numbers), a, b, nats, np.zeros((len(a), 0)))
    groups = links.families(found, p=ordered["p_link"].to_numpy(dtype=np.float64))
    rows = [
        {"text_no": int(numbers[k]), "family": int(numbers[group[0]])}
        for group in groups
        if len(group) > 1
        for k in group
    ]
    return frame_of(PARTED, rows)
