"""What a corpus run does before candidates are looked for, and after families are known."""

from __future__ import annotations

import functools

import pandas as pd

from ... import tables
from ...config import TraceConfig
from ..archive import archive_settings
from . import family_traces, text_records
from .backend import PREFIX as T
from .backend import Backend, Schema

MEMBERS: Schema = {"article_id": "STRING", "text_sha256": "STRING", "family_id": "STRING"}
PROBLEMS: Schema = {"problem": "STRING", "is_left_out": "BOOLEAN", "n_rows": "BIGINT"}
# What a run writes, a Parquet folder each.
WRITTEN = (*tables.TABLES, family_traces.FAMILY, "members", "problems")
# Digits of its text's hash that an id gets which several texts have.
_TOLD_APART = 8
# Of two rows with one id and one text the first by these is kept.
_ORDER = ("outlet", "published_at", "url", "title", "byline", "language")
_BY_DATE = "published_at NULLS LAST, text_sha256, article_id"


def articles(engine: Backend) -> dict[str, int]:
    """Check the rows of ``supplied``, and make ``articles`` with an id for each.

    Parameters
    ----------
    engine : Backend

    Returns
    -------
    dict of str to int
        ``rows``, ``left_out`` (that cannot be used), ``repeated`` (same id and text), and
        ``articles``, what is left.

    Notes
    -----
    Where several texts have one id, each of them gets the beginning of its hash behind it.
    """
    engine.map(
        f"{T}checked",
        f"SELECT * FROM {T}supplied",
        text_records.clean,
        text_records.ARTICLES,
    )
    order = ", ".join(f"{name} NULLS FIRST" for name in _ORDER)
    kept = [name for name in text_records.ARTICLES if name not in ("article_id", "problem")]
    engine.make(
        f"{T}articles",
        f"""
        SELECT CASE WHEN s.n_texts > 1
                THEN concat(u.article_id, '-', substr(u.text_sha256, 1, {_TOLD_APART}))
                ELSE u.article_id END AS article_id,
            {", ".join(f"u.{name}" for name in kept)}
        FROM (
            SELECT *, row_number() OVER (PARTITION BY article_id, text_no ORDER BY {order}) AS copy
            FROM {T}checked WHERE text_no IS NOT NULL
        ) u
        JOIN (
            SELECT article_id, CAST(count(DISTINCT text_no) AS BIGINT) AS n_texts
            FROM {T}checked WHERE text_no IS NOT NULL GROUP BY article_id
        ) s ON u.article_id = s.article_id
        WHERE u.copy = 1
        """,
    )
    n_rows, n_used = _count(engine, "checked"), _count(engine, "checked", "text_no IS NOT NULL")
    n = _count(engine, "articles")
    return {"rows": n_rows, "left_out": n_rows - n_used, "repeated": n_used - n, "articles": n}


def trace(engine: Backend, settings: TraceConfig) -> tuple[str, ...]:
    """Trace the families of ``parted``; makes ``traced`` and ``families``.

    Parameters
    ----------
    engine : Backend
    settings : TraceConfig

    Returns
    -------
    tuple of str
        What was left out.
    """
    most, same = archive_settings.MOST_STORY_ARTICLES, archive_settings.MOST_SAME_TEXT
    engine.make(
        f"{T}placed",
        "SELECT a.article_id, a.text_no, a.text_sha256, a.outlet, a.published_at, "
        f"coalesce(p.family, a.text_no) AS family FROM {T}articles a "
        f"LEFT JOIN {T}parted p ON a.text_no = p.text_no",
    )
    engine.make(
        f"{T}sizes",
        "SELECT family, CAST(count(*) AS BIGINT) AS n_articles, "
        "CAST(count(DISTINCT text_no) AS BIGINT) AS n_texts, "
        "CAST(count(DISTINCT outlet) AS BIGINT) AS n_outlets "
        f"FROM {T}placed GROUP BY family HAVING count(*) > 1",
    )
    # What a family of any size gives to trace is chosen before its texts are moved.
    engine.make(
        f"{T}chosen",
        f"""
        SELECT article_id, text_no, family, n_articles, n_texts, n_outlets FROM (
            SELECT article_id, text_no, family, n_articles, n_texts, n_outlets,
                row_number() OVER (PARTITION BY family ORDER BY {_BY_DATE}) AS place
            FROM (
                SELECT p.*, s.n_articles, s.n_texts, s.n_outlets,
                    row_number() OVER (
                        PARTITION BY p.family, p.text_no ORDER BY {_BY_DATE}
                    ) AS copy
                FROM {T}placed p JOIN {T}sizes s ON p.family = s.family
            ) copies
            WHERE copy <= {same}
        ) placed
        WHERE place <= {most}
        """,
    )
    supplied = [name for name in text_records.ARTICLES if name not in ("text_no", "problem")]
    engine.apply(
        f"{T}traced",
        f"""
        SELECT c.family, c.n_articles, c.n_texts, c.n_outlets,
            {", ".join(f"a.{name}" for name in supplied)}
        FROM {T}chosen c JOIN {T}articles a
            ON c.article_id = a.article_id AND c.text_no = a.text_no
        """,
        ("family",),
        functools.partial(family_traces.trace, settings=settings.to_dict()),
        family_traces.TRACED,
    )
    engine.map(
        f"{T}families",
        f"SELECT family_id, rows FROM {T}traced WHERE name = '{family_traces.FAMILY}'",
        functools.partial(family_traces.unpack, table=family_traces.FAMILY),
        family_traces.FAMILIES,
    )
    large = _count(engine, "families", "n_traced < n_articles")
    failed = _count(engine, "families", "problem IS NOT NULL")
    said = []
    if large:
        said.append(
            f"{large:,} families were traced by their first {most} articles, and of one text by "
            f"{same} at most; the table members has them all"
        )
    if failed:
        said.append(f"{failed:,} families could not be traced; the table families says why")
    return tuple(said)


def write(engine: Backend) -> dict[str, int]:
    """Write all tables.

    Parameters
    ----------
    engine : Backend

    Returns
    -------
    dict of str to int
        ``families``, ``articles_in_families``, ``edges``.
    """
    for name in tables.TABLES:
        engine.write(
            name,
            f"SELECT family_id, rows FROM {T}traced WHERE name = '{name}'",
            functools.partial(family_traces.unpack, table=name),
            family_traces.schema_of(name),
        )
    engine.write(family_traces.FAMILY, f"SELECT * FROM {T}families", _as_is, family_traces.FAMILIES)
    engine.write(
        "members",
        "SELECT p.article_id, p.text_sha256, p.family "
        f"FROM {T}placed p JOIN {T}sizes s ON p.family = s.family",
        _members,
        MEMBERS,
    )
    engine.write(
        "problems",
        "SELECT problem, text_no IS NULL AS is_left_out, CAST(count(*) AS BIGINT) AS n_rows "
        f"FROM {T}checked WHERE problem IS NOT NULL GROUP BY problem, text_no IS NULL",
        _as_is,
        PROBLEMS,
    )
    found = engine.ask(
        "SELECT CAST(count(*) AS BIGINT) AS families, "
        "CAST(coalesce(sum(n_articles), 0) AS BIGINT) AS articles_in_families, "
        f"CAST(coalesce(sum(n_edges), 0) AS BIGINT) AS edges FROM {T}families"
    )
    return {str(name): int(found[name].iloc[0]) for name in found.columns}


def _members(frame: pd.DataFrame) -> pd.DataFrame:
    names = [family_traces.family_id(int(each)) for each in frame["family"]]
    return frame[["article_id", "text_sha256"]].assign(family_id=names)


def _as_is(frame: pd.DataFrame) -> pd.DataFrame:
    return frame


def _count(engine: Backend, table: str, where: str = "1 = 1") -> int:
    found = engine.ask(f"SELECT CAST(count(*) AS BIGINT) AS n FROM {T}{table} WHERE {where}")
    return int(found["n"].iloc[0])
