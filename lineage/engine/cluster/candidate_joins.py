"""Which texts are candidates of which: joins on runs of words and on rare words, in SQL."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from ..archive import archive_settings
from . import cluster_settings, star_pairs, text_records
from .backend import PREFIX as T
from .backend import Backend
from .text_records import RUN, WORD


@dataclass(frozen=True)
class Found:
    """How the candidates came about.

    Attributes
    ----------
    n_texts : int
        Texts that differ.
    n_candidates : int
        Pairs that are weighed, those weighed from both sides twice.
    limits : tuple of str
        What was not looked at.
    """

    n_texts: int
    n_candidates: int
    limits: tuple[str, ...]


def find(engine: Backend) -> Found:
    """Find the candidates of each text, as `relatives.nearest` does in an archive.

    Makes the table ``blocks``, whose groups by block and chunk `star_pairs.weigh` takes.

    Parameters
    ----------
    engine : Backend
        With the table ``articles``.

    Returns
    -------
    Found
    """
    n_texts = _marks(engine)
    limits = _pairs(engine)
    _nearest(engine)
    _blocks(engine)
    count = f"SELECT CAST(count(*) AS BIGINT) AS n FROM {T}stars"
    return Found(n_texts, int(engine.ask(count)["n"].iloc[0]), limits)


def _marks(engine: Backend) -> int:
    """Make ``held``: what each text is found by, how many have it, and what it weighs."""
    engine.map(
        f"{T}marked",
        f"SELECT text_no, text FROM {T}articles WHERE text_no IS NOT NULL",
        text_records.marks,
        text_records.MARKS,
    )
    # A text that several articles have was marked with each of them.
    engine.make(f"{T}marks", f"SELECT DISTINCT text_no, kind, mark FROM {T}marked")
    engine.make(
        f"{T}holders",
        "SELECT kind, mark, CAST(count(*) AS BIGINT) AS n_texts, min(text_no) AS low, "
        f"max(text_no) AS high FROM {T}marks GROUP BY kind, mark",
    )
    counted = engine.ask(
        "SELECT CAST(count(DISTINCT text_no) AS BIGINT) AS n, "
        "CAST(count(DISTINCT text_sha256) AS BIGINT) AS n_hashes "
        f"FROM {T}articles WHERE text_no IS NOT NULL"
    )
    n = int(counted["n"].iloc[0])
    # Weights are worked out here, so that no engine's logarithm has another last digit.
    sizes = engine.ask(f"SELECT DISTINCT n_texts FROM {T}holders")["n_texts"].tolist()
    weights = pd.DataFrame({"n_texts": sizes, "weight": [_weight(n, each) for each in sizes]})
    engine.give(f"{T}weights", weights, {"n_texts": "BIGINT", "weight": "BIGINT"})
    engine.make(
        f"{T}held",
        f"""
        SELECT text_no, kind, mark, n_texts, low, high, weight FROM (
            SELECT m.text_no, m.kind, m.mark, h.n_texts, h.low, h.high, w.weight,
                row_number() OVER (
                    PARTITION BY m.text_no, m.kind ORDER BY h.n_texts, m.mark
                ) AS place
            FROM {T}marks m
            JOIN {T}holders h ON m.kind = h.kind AND m.mark = h.mark
            JOIN {T}weights w ON h.n_texts = w.n_texts
        ) ranked
        WHERE kind = {RUN} OR place <= {archive_settings.FINDING_WORDS}
        """,
    )
    engine.make(
        f"{T}own",
        "SELECT text_no, kind, CAST(count(*) AS BIGINT) AS n_marks, "
        f"CAST(sum(weight) AS BIGINT) AS weight FROM {T}held GROUP BY text_no, kind",
    )
    return n


def _weight(n: int, n_texts: int) -> int:
    idf = math.log1p(max(0.0, n - n_texts + 0.5) / (n_texts + 0.5))
    return max(1, round(idf * cluster_settings.WEIGHT_UNITS))


def _pairs(engine: Backend) -> tuple[str, ...]:
    """Make ``shared``: what pairs of texts have in common, summed."""
    most = cluster_settings.MOST_HOLDERS
    engine.make(
        f"{T}shared",
        f"""
        SELECT one, other, kind, CAST(sum(weight) AS BIGINT) AS weight FROM (
            SELECT a.text_no AS one, b.text_no AS other, a.kind, a.weight
            FROM {T}held a JOIN {T}held b ON a.kind = b.kind AND a.mark = b.mark
            WHERE a.text_no < b.text_no
                AND a.n_texts BETWEEN 2 AND {most} AND b.n_texts BETWEEN 2 AND {most}
            UNION ALL
            SELECT low AS one, text_no AS other, kind, weight
            FROM {T}held WHERE kind = {RUN} AND n_texts > {most} AND text_no > low
            UNION ALL
            SELECT text_no AS one, high AS other, kind, weight
            FROM {T}held
            WHERE kind = {RUN} AND n_texts > {most} AND text_no > low AND text_no < high
        ) pairs
        GROUP BY one, other, kind
        """,
    )
    common = engine.ask(
        f"SELECT kind, CAST(count(*) AS BIGINT) AS n FROM {T}holders "
        f"WHERE n_texts > {most} GROUP BY kind"
    )
    n_common = dict(zip(common["kind"].tolist(), common["n"].tolist(), strict=True))
    limits = []
    if WORD in n_common:
        limits.append(
            f"{n_common[WORD]:,} rare words that more than {most} texts have were not used to find "
            "relatives"
        )
    if RUN in n_common:
        limits.append(
            f"{n_common[RUN]:,} runs of words that more than {most} texts have: each of these "
            "texts was held only against the first and the last of them"
        )
    return tuple(limits)


def _nearest(engine: Backend) -> None:
    """Make ``stars``: of each text the candidates that are weighed, by place."""
    own = engine.ask(
        f"SELECT kind, n_marks, CAST(count(*) AS BIGINT) AS n FROM {T}own GROUP BY kind, n_marks"
    )
    engine.give(
        f"{T}lengths",
        _lengths(own),
        {"kind": "INT", "n_marks": "BIGINT", "by_length": "BIGINT"},
    )
    engine.make(
        f"{T}scored",
        f"""
        SELECT d.text_no, d.other_no,
            CAST(sum(CASE WHEN d.kind = {RUN} THEN d.weight * l.by_length ELSE 0 END) AS BIGINT)
                AS runs,
            CAST(sum(CASE WHEN d.kind = {WORD} THEN d.weight * l.by_length ELSE 0 END) AS BIGINT)
                AS words
        FROM (
            SELECT one AS text_no, other AS other_no, kind, weight FROM {T}shared
            UNION ALL
            SELECT other AS text_no, one AS other_no, kind, weight FROM {T}shared
        ) d
        JOIN {T}own o ON d.other_no = o.text_no AND d.kind = o.kind
        JOIN {T}lengths l ON o.kind = l.kind AND o.n_marks = l.n_marks
        GROUP BY d.text_no, d.other_no
        """,
    )
    # In turns the best by runs and the best by words: neither waits for the other.
    engine.make(
        f"{T}stars",
        f"""
        SELECT text_no, other_no, CAST(place AS INT) AS place FROM (
            SELECT text_no, other_no, promising,
                row_number() OVER (PARTITION BY text_no ORDER BY turn) AS place
            FROM (
                SELECT text_no, other_no, promising,
                    CASE WHEN runs > 0 AND by_runs <= {archive_settings.BEST_BY_RUNS}
                            AND (words = 0 OR by_runs <= by_words) THEN 2 * by_runs - 1
                        WHEN words > 0 AND by_words <= {archive_settings.BEST_BY_WORDS}
                            THEN 2 * by_words
                        WHEN runs > 0 AND by_runs <= {archive_settings.BEST_BY_RUNS}
                            THEN 2 * by_runs - 1
                    END AS turn
                FROM (
                    SELECT s.text_no, s.other_no, s.runs, s.words,
                        row_number() OVER (
                            PARTITION BY s.text_no ORDER BY s.runs DESC, s.other_no
                        ) AS by_runs,
                        row_number() OVER (
                            PARTITION BY s.text_no ORDER BY s.words DESC, s.other_no
                        ) AS by_words,
                        max(CASE WHEN s.runs > 0 OR s.words >= o.least THEN 1 ELSE 0 END) OVER (
                            PARTITION BY s.text_no
                        ) AS promising
                    FROM {T}scored s
                    LEFT JOIN (
                        SELECT text_no, weight * {_least_share()} AS least
                        FROM {T}own WHERE kind = {WORD}
                    ) o ON s.text_no = o.text_no
                ) ordered
            ) turns
            WHERE turn IS NOT NULL AND promising = 1
        ) placed
        WHERE place <= {archive_settings.WEIGHED_TEXTS}
        """,
    )
    engine.drop(f"{T}marked", f"{T}marks", f"{T}held", f"{T}shared", f"{T}scored")


def _least_share() -> int:
    """The share of its rare words that a text has to share, in the units of a score."""
    return round(archive_settings.PROMISING_SHARE * cluster_settings.WEIGHT_UNITS)


def _lengths(own: pd.DataFrame) -> pd.DataFrame:
    """Say how much what a text shares counts by its length, as in BM25; whole numbers."""
    k, b = cluster_settings.BM25_K, cluster_settings.BM25_B
    n_marks, n = own["n_marks"].astype("int64"), own["n"].astype("int64")
    totals = (n_marks * n).groupby(own["kind"]).sum()
    texts = n.groupby(own["kind"]).sum()
    usual = own["kind"].map(totals / texts)
    part = (1.0 + k) / (1.0 + k * (1.0 - b + b * n_marks / usual))
    return own[["kind", "n_marks"]].assign(
        by_length=(part * cluster_settings.WEIGHT_UNITS).round().astype("int64")
    )


def _blocks(engine: Backend) -> None:
    """Make ``blocks``: texts with their candidates, neighbours together.

    A text and what is nearest to it come to one block, so that fewer documents are moved. No
    number is missing in it: where one is, pandas has fractions, which do not hold numbers of
    texts.
    """
    engine.make(
        f"{T}near",
        f"SELECT text_no, least(text_no, other_no) AS near FROM {T}stars WHERE place = 1",
    )
    engine.make(
        f"{T}chunks",
        f"""
        SELECT text_no, block, CAST(floor((place - 1) / {cluster_settings.BLOCK_TEXTS}) AS INT)
            AS chunk
        FROM (
            SELECT text_no, block,
                row_number() OVER (PARTITION BY block ORDER BY text_no) AS place
            FROM (
                SELECT a.text_no, least(a.near, coalesce(b.near, a.near)) AS block
                FROM {T}near a LEFT JOIN {T}near b ON a.near = b.text_no
            ) hops
        ) placed
        """,
    )
    engine.make(
        f"{T}placed",
        f"SELECT c.block, c.chunk, s.text_no, s.other_no, s.place "
        f"FROM {T}stars s JOIN {T}chunks c ON s.text_no = c.text_no",
    )
    engine.map(
        f"{T}cut",
        f"""
        SELECT a.text_no, min(a.text) AS text FROM {T}articles a
        JOIN (
            SELECT text_no FROM {T}placed UNION SELECT other_no AS text_no FROM {T}placed
        ) w ON a.text_no = w.text_no
        GROUP BY a.text_no
        """,
        star_pairs.cut,
        star_pairs.CUT,
    )
    engine.make(
        f"{T}blocks",
        f"""
        SELECT block, chunk, text_no, other_no, place, CAST(NULL AS BINARY) AS document
        FROM {T}placed
        UNION ALL
        SELECT n.block, n.chunk, n.text_no, n.text_no AS other_no, CAST(0 AS INT) AS place,
            c.document
        FROM (
            SELECT block, chunk, text_no FROM {T}placed
            UNION
            SELECT block, chunk, other_no AS text_no FROM {T}placed
        ) n
        JOIN {T}cut c ON n.text_no = c.text_no
        """,
    )
    engine.drop(f"{T}near", f"{T}chunks", f"{T}placed", f"{T}cut")
