"""Boxes of a large picture that are drawn as one: reprints of one text, texts that stand alone.

A picture of many boxes cannot be read. Texts that were made from the same source in the same
way stand as one box first; if that is not enough, whole branches and small families do.
Every article is in exactly one box, and what is drawn stays without a circle.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ... import config, tables
from .. import phrases
from . import box_labels, boxes

# Up to so many boxes every article has its own; more cannot be read in one picture.
MAX_BOXES = 60
# Two alike are still two boxes: a box that must be opened costs more than it saves.
MIN_ALIKE = 3

_IDS = "\x00cluster:"


@dataclass(frozen=True)
class Cluster:
    """Articles that are drawn as one box.

    Attributes
    ----------
    cluster_id : str
        Stands for them in the tables that are laid out; no article has it.
    kind : str
        ``alike`` (most words from one source, in the same way), ``branch`` (most words from
        one source), ``family`` (a text, the first member, and what was made from it),
        ``apart`` (no edge), ``groups`` (small families).
    main : str
        Id, as drawn, of the source that most words are from; empty where there is none.
    relation : str
        Of the edges from it into an ``alike`` cluster; empty for the others.
    members : tuple of str
        Article ids in an order that depends on content alone.
    n_groups : int
        Families in it, for ``groups``.
    """

    cluster_id: str
    kind: str
    main: str
    relation: str
    members: tuple[str, ...]
    n_groups: int = 0


@dataclass(frozen=True)
class Folded:
    """What is drawn: tables for `page_lines.dag_layout`, and the clusters in them.

    Attributes
    ----------
    articles, edges : DataFrame
        With one article for each cluster, and kept edges between what is drawn.
    clusters : dict of str to Cluster
        By their id.
    lines : dict of (str, str) to list
        The kept edges (rows of the edges table) behind each edge that is drawn.
    shown : dict of str to str
        The id under which each article is drawn.
    """

    articles: pd.DataFrame
    edges: pd.DataFrame
    clusters: dict[str, Cluster]
    lines: dict[tuple[str, str], list[Any]]
    shown: dict[str, str]


def fold(
    articles: pd.DataFrame,
    edges: pd.DataFrame,
    *,
    max_boxes: int = MAX_BOXES,
    settings: config.TraceConfig = phrases.SETTINGS,
) -> Folded:
    """Put articles together until a picture of them can be read.

    Parameters
    ----------
    articles : DataFrame
        The articles table.
    edges : DataFrame
        The edges table; kept edges are used.
    max_boxes : int
        With so many boxes or fewer nothing is put together.
    settings : TraceConfig
        From which p_direction on an edge has an arrowhead, and a filled one.

    Returns
    -------
    Folded
        The same for the same texts, whatever their ids and the order of the rows.

    Raises
    ------
    TableError
        If an edge names an article that is not in the table or the edges have a circle.
    """
    numbered = boxes.Graph(articles, edges)
    kept = edges[edges["status"] == "kept"]
    rows = {(row.source_id, row.target_id): row for row in phrases.rows(kept)}
    groups = _Groups(numbered, rows, settings)
    if len(numbered.ids) > max_boxes:
        groups.join_leaves(groups.by_relation, MIN_ALIKE, "alike")
        groups.shrink(max_boxes)
    return _folded(articles, edges, numbered, groups, rows)


@dataclass
class _Group:
    """Nodes drawn as one, and why."""

    nodes: list[int]
    kind: str = ""
    n_groups: int = 1


class _Groups:
    """A partition of the nodes of a graph whose quotient has no circle."""

    def __init__(
        self,
        numbered: boxes.Graph,
        rows: Mapping[tuple[str, str], Any],
        settings: config.TraceConfig,
    ) -> None:
        self.numbered = numbered
        self.relations = {
            (source, target): _look(rows[numbered.ids[source], numbered.ids[target]], settings)
            for source, target in numbered.pairs
        }
        self.shares = {
            (source, target): _share(rows[numbered.ids[source], numbered.ids[target]])
            for source, target in numbered.pairs
        }
        self.groups = {node: _Group([node]) for node in range(len(numbered.ids))}
        self.of = list(self.groups)
        alone = [node for story in numbered.story_list() if story.size == 1 for node in story.alone]
        # Texts that are all there is of their story stand together in the picture.
        self.story = {
            node: "" if node in set(alone) else numbered.stories[node] for node in self.of
        }

    def join_leaves(
        self, alike: Callable[[int], Any], least: int, kind: str, most: int | None = None
    ) -> bool:
        """Join groups that nothing was made from, where `alike` says the same of them."""
        _, targets = self._neighbours()
        found: dict[Any, list[int]] = {}
        for name in sorted(self.groups):
            if not targets[name]:
                found.setdefault(alike(name), []).append(name)
        joined = False
        for names in found.values():
            if len(names) >= least:
                self._join(names, kind if self._sources(names[0]) else "apart")
                joined = True
        return joined

    def by_relation(self, name: int) -> Any:
        """Tell apart by the source that most words are from, the relation and the direction."""
        main = self.main(name)
        if main is None:
            return None, self._story(name)
        looks = {
            self.relations[source, target]
            for target in self.groups[name].nodes
            for source in self.numbered.sources[target]
            if self.of[source] == main
        }
        return main, tuple(sorted(looks))

    def by_main_source(self, name: int) -> Any:
        """Tell apart by the source that accounts for most of the words."""
        main = self.main(name)
        return main, "" if main is not None else self._story(name)

    def shrink(self, most: int) -> None:
        """Join more and more, the smallest branches first, until few enough are left."""
        while len(self.groups) > most:
            if not (
                self._absorb(most)
                or self.join_leaves(self.by_main_source, 2, "branch")
                or self._join_families(most)
            ):
                break

    def _absorb(self, most: int) -> bool:
        """Join leaves with a source of theirs, unless that is a first one: the smallest first.

        The source is the one furthest from the first sources. No other source of the leaf
        was made from it, so that joining the two makes no circle.
        """
        sources, targets = self._neighbours()
        depth = _depths(sources, targets)
        size = {name: len(group.nodes) for name, group in self.groups.items()}
        wanted: dict[int, list[int]] = {}
        for name in sorted(self.groups):
            if sources[name] and not targets[name]:
                deepest = max(sources[name], key=lambda one: (depth[one], -one))
                wanted.setdefault(deepest, []).append(name)
        total = {name: size[name] + sum(size[one] for one in ends) for name, ends in wanted.items()}
        ready = [name for name in wanted if sources[name]]
        for name in sorted(ready, key=lambda name: (total[name], name)):
            if len(self.groups) <= most:
                break
            self._join([name, *wanted[name]], "family")
        return bool(ready)

    def _join_families(self, most: int) -> bool:
        """Join the smallest of the families that no edge connects."""
        sources, targets = self._neighbours()
        families = []
        seen: set[int] = set()
        for start in sorted(self.groups):
            if start in seen:
                continue
            family = [start]
            seen.add(start)
            for name in family:
                new = sorted((sources[name] | targets[name]) - seen)
                seen.update(new)
                family += new
            families.append(family)
        if len(families) < 3:
            return False
        families.sort(
            key=lambda family: (sum(len(self.groups[one].nodes) for one in family), family)
        )
        taken: list[list[int]] = []
        left = len(self.groups)
        while len(families) > 1 and left + 1 > most:
            taken.append(families.pop(0))
            left -= len(taken[-1])
        self._join([name for family in taken for name in family], "groups", len(taken))
        return True

    def _join(self, names: Sequence[int], kind: str, n_groups: int = 1) -> None:
        # The first is the one that others in it were made from, and is named first.
        nodes = [node for name in names for node in self.groups.pop(name).nodes]
        name = min(nodes)
        self.groups[name] = _Group(nodes, kind, n_groups)
        for node in nodes:
            self.of[node] = name

    def _neighbours(self) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
        sources: dict[int, set[int]] = {name: set() for name in self.groups}
        targets: dict[int, set[int]] = {name: set() for name in self.groups}
        for source, target in self.numbered.pairs:
            one, other = self.of[source], self.of[target]
            if one != other:
                sources[other].add(one)
                targets[one].add(other)
        return sources, targets

    def _sources(self, name: int) -> set[int]:
        nodes = self.groups[name].nodes
        found = {self.of[source] for node in nodes for source in self.numbered.sources[node]}
        return found - {name}

    def main(self, name: int) -> int | None:
        """Return the group that most words of this one are from; None where it has no source."""
        shares: dict[int, float] = {}
        for target in self.groups[name].nodes:
            for source in self.numbered.sources[target]:
                if self.of[source] != name:
                    share = self.shares[source, target]
                    shares[self.of[source]] = shares.get(self.of[source], 0.0) + share
        return max(shares, key=lambda one: (shares[one], -one)) if shares else None

    def _story(self, name: int) -> str:
        return self.story[self.groups[name].nodes[0]]


def _look(row: Any, settings: config.TraceConfig) -> tuple[str, str]:
    return str(row.relation), box_labels.head_of(row.p_direction, settings)


def _share(row: Any) -> float:
    return 0.0 if phrases.is_missing(row.coverage_target) else float(row.coverage_target)


def _depths(sources: Mapping[int, set[int]], targets: Mapping[int, set[int]]) -> dict[int, int]:
    """Return the length of the longest way from a first source to each group."""
    waiting = {name: len(found) for name, found in sources.items()}
    ready = [name for name in waiting if waiting[name] == 0]
    depth: dict[int, int] = {}
    for name in ready:
        depth[name] = max((depth[one] + 1 for one in sources[name]), default=0)
        for one in targets[name]:
            waiting[one] -= 1
            if waiting[one] == 0:
                ready.append(one)
    return depth


def _folded(
    articles: pd.DataFrame,
    edges: pd.DataFrame,
    numbered: boxes.Graph,
    groups: _Groups,
    rows: Mapping[tuple[str, str], Any],
) -> Folded:
    clusters = {}
    several = sorted(name for name, group in groups.groups.items() if len(group.nodes) > 1)
    names = {name: f"{_IDS}{number + 1}" for number, name in enumerate(several)}
    shown = dict(zip(numbered.ids, numbered.ids, strict=True))
    for name, cluster_id in names.items():
        group = groups.groups[name]
        main = groups.main(name)
        look = groups.by_relation(name)[1] if group.kind == "alike" else ()
        clusters[cluster_id] = Cluster(
            cluster_id,
            group.kind,
            "" if main is None else names.get(main, numbered.ids[main]),
            look[0][0] if look else "",
            tuple(numbered.ids[node] for node in group.nodes),
            group.n_groups if group.kind == "groups" else 0,
        )
        shown |= dict.fromkeys(clusters[cluster_id].members, cluster_id)
    lines: dict[tuple[str, str], list[Any]] = {}
    for source, target in numbered.pairs:
        ends = (numbered.ids[source], numbered.ids[target])
        drawn = (shown[ends[0]], shown[ends[1]])
        if drawn[0] != drawn[1]:
            lines.setdefault(drawn, []).append(rows[ends])
    if not clusters:
        return Folded(articles, edges, clusters, lines, shown)
    drawn_articles = _stand_ins(articles, clusters, numbered)
    return Folded(drawn_articles, _drawn(edges, lines), clusters, lines, shown)


def _stand_ins(
    articles: pd.DataFrame, clusters: Mapping[str, Cluster], numbered: boxes.Graph
) -> pd.DataFrame:
    """Put one article in the place of the members of each cluster."""
    keys = dict(zip(numbered.ids, numbered.keys, strict=True))
    inside = {member for one in clusters.values() for member in one.members}
    story = dict(zip(articles["article_id"], articles["story_id"], strict=True))
    new = []
    for one in clusters.values():
        row = {
            "article_id": one.cluster_id,
            "kind": "supplied",
            "text_sha256": keys[one.members[0]],
            "title": f"{one.kind} {len(one.members)}",
        }
        stories = {story[member] for member in one.members if not pd.isna(story[member])}
        if len(stories) == 1:
            row["story_id"] = stories.pop()
        new.append(row)
    # Copies are named in the box of the text that they repeat, in a cluster or not.
    left = articles[~articles["article_id"].isin(inside)]
    return tables.coerce("articles", pd.concat([left, tables.build("articles", new)]))


def _drawn(edges: pd.DataFrame, lines: Mapping[tuple[str, str], list[Any]]) -> pd.DataFrame:
    rows = [
        {**behind[0]._asdict(), "source_id": source, "target_id": target}
        for (source, target), behind in lines.items()
    ]
    return tables.build("edges", rows) if rows else edges.iloc[:0]
