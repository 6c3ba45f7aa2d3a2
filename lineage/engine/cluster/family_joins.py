"""Families of texts: components as iterated joins, then parted as in every trace."""

from __future__ import annotations

from ... import errors
from . import cluster_settings, star_pairs
from .backend import PREFIX as T
from .backend import Backend


def find(engine: Backend) -> tuple[str, ...]:
    """Join texts by probable links; makes ``parted`` (text_no, family).

    Parameters
    ----------
    engine : Backend
        With the tables ``articles`` and ``pairs``.

    Returns
    -------
    tuple of str
        What was not looked at.

    Notes
    -----
    `links.families` joins texts by probable pairs, adds texts that belong to a family by the sum
    of their odds, and parts what only one text holds together. The first two are done here for
    all texts at once, so that whatever `links.families` may join is in one component; it then
    decides about each component.
    """
    engine.make(
        f"{T}edges_0",
        f"""
        SELECT one, other FROM {T}pairs WHERE odds >= {star_pairs.least_odds()}
        UNION ALL
        SELECT other AS one, one AS other FROM {T}pairs
        WHERE odds >= {star_pairs.least_odds()}
        """,
    )
    engine.make(
        f"{T}ends",
        f"SELECT one AS text_no, one AS label FROM {T}pairs "
        f"UNION SELECT other AS text_no, other AS label FROM {T}pairs",
    )
    edges, labels, k = f"{T}edges_0", f"{T}ends", 0
    while True:
        labels = _components(engine, edges, labels, k)
        engine.make(f"{T}belonging_{k}", _belonging(labels))
        n_more = _count(engine, f"{T}belonging_{k}")
        if n_more == 0:
            break
        engine.make(
            f"{T}edges_{k + 1}",
            f"""
            SELECT one, other FROM {edges}
            UNION ALL SELECT text_no AS one, label AS other FROM {T}belonging_{k}
            UNION ALL SELECT label AS one, text_no AS other FROM {T}belonging_{k}
            """,
        )
        engine.drop(edges, f"{T}belonging_{k}")
        edges, k = f"{T}edges_{k + 1}", k + 1
    return _part(engine, labels)


def _components(engine: Backend, edges: str, labels: str, k: int) -> str:
    """Give all texts that hang together one label, the smallest number; return the table.

    In each round every component takes the smallest label that it meets, and the label which
    that one has taken: the rounds grow with the logarithm of the longest path.
    """
    for number in range(cluster_settings.MOST_ROUNDS):
        best, after = f"{T}best_{k}_{number}", f"{T}labels_{k}_{number}"
        engine.make(
            best,
            f"""
            SELECT l.text_no, l.label AS before, least(l.label, coalesce(m.label, l.label)) AS label
            FROM {labels} l
            LEFT JOIN (
                SELECT a.label AS root, min(b.label) AS label
                FROM {edges} e
                JOIN {labels} a ON e.one = a.text_no
                JOIN {labels} b ON e.other = b.text_no
                GROUP BY a.label
            ) m ON l.label = m.root
            """,
        )
        engine.make(
            after,
            f"SELECT a.text_no, a.before, b.label FROM {best} a JOIN {best} b "
            "ON a.label = b.text_no",
        )
        changed = _count(engine, after, "label <> before")
        engine.drop(best, labels)
        labels = after
        if changed == 0:
            return labels
    raise errors.LineageError(
        f"families: labels are not settled after {cluster_settings.MOST_ROUNDS} rounds; report it"
    )


def _belonging(labels: str) -> str:
    """Texts that belong to a component which is not theirs, by the sum of the odds of their pairs.

    Ones that are in the pairs of both directions are summed for each end.
    """
    return f"""
        SELECT a.text_no, b.label FROM (
            SELECT one, other, odds FROM {T}pairs
            UNION ALL SELECT other AS one, one AS other, odds FROM {T}pairs
        ) p
        JOIN {labels} a ON p.one = a.text_no
        JOIN {labels} b ON p.other = b.text_no
        WHERE a.label <> b.label
        GROUP BY a.text_no, b.label
        HAVING CAST(sum(p.odds) AS BIGINT) >= {star_pairs.least_odds()}
    """


def _part(engine: Backend, labels: str) -> tuple[str, ...]:
    most = cluster_settings.MOST_COMPONENT_PAIRS
    engine.make(
        f"{T}inside",
        f"""
        SELECT a.label, p.one, p.other, p.nats, p.p_link FROM {T}pairs p
        JOIN {labels} a ON p.one = a.text_no
        JOIN {labels} b ON p.other = b.text_no AND a.label = b.label
        """,
    )
    engine.make(
        f"{T}components",
        f"SELECT label, CAST(count(*) AS BIGINT) AS n_pairs FROM {T}inside GROUP BY label",
    )
    engine.apply(
        f"{T}small",
        f"SELECT i.label, i.one, i.other, i.nats, i.p_link FROM {T}inside i "
        f"JOIN {T}components c ON i.label = c.label WHERE c.n_pairs <= {most}",
        ("label",),
        star_pairs.part,
        star_pairs.PARTED,
    )
    engine.make(
        f"{T}parted",
        f"""
        SELECT text_no, family FROM {T}small
        UNION ALL
        SELECT l.text_no, l.label AS family FROM {labels} l
        JOIN {T}components c ON l.label = c.label WHERE c.n_pairs > {most}
        """,
    )
    n_large = _count(engine, f"{T}components", f"n_pairs > {most}")
    engine.drop(f"{T}inside", f"{T}small", f"{T}components", labels)
    if n_large == 0:
        return ()
    return (
        f"{n_large:,} families of more than {most:,} pairs were not looked at for texts that alone "
        "hold them together",
    )


def _count(engine: Backend, table: str, where: str = "1 = 1") -> int:
    found = engine.ask(f"SELECT CAST(count(*) AS BIGINT) AS n FROM {table} WHERE {where}")
    return int(found["n"].iloc[0])
