"""Articles and kept edges as numbers, in stories and components, for the lineage picture.

Numbers depend on the content of the articles alone, so that nothing drawn by them
depends on ids or on the order of rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from ... import errors
from .. import phrases


@dataclass(frozen=True)
class Component:
    """Articles that edges join, and the same in layers, sources first."""

    layers: list[list[int]]
    nodes: list[int]


@dataclass(frozen=True)
class Story:
    """One story: its components of two articles and more, and the articles that stand alone."""

    name: str
    components: list[Component]
    alone: list[int]

    @property
    def size(self) -> int:
        """Number of articles."""
        return sum(len(component.nodes) for component in self.components) + len(self.alone)

    @property
    def first(self) -> int:
        """The least number of an article."""
        return min([component.nodes[0] for component in self.components] + self.alone)


class Graph:
    """Articles as numbers in an order that depends on their content alone.

    Parameters
    ----------
    articles : DataFrame
        The articles table; copies without an edge are left out.
    edges : DataFrame
        The edges table; kept edges are used.

    Raises
    ------
    TableError
        If an edge names an article that is not in the table.
    """

    def __init__(self, articles: pd.DataFrame, edges: pd.DataFrame) -> None:
        kept = edges[edges["status"] == "kept"]
        pairs = list(zip(kept["source_id"], kept["target_id"], strict=True))
        ends = {end for pair in pairs for end in pair}
        unknown = sorted(ends - set(articles["article_id"]))
        if unknown:
            raise errors.TableError(
                f"edges: no article {unknown[0]!r} among the articles; use tables of one run"
            )
        copies = articles["duplicate_of"].notna() & ~articles["article_id"].isin(ends)
        rows = phrases.rows(articles[~copies])
        content = {row.article_id: _content_key(row) for row in rows}
        children: dict[str, list[str]] = {}
        for source_id, target_id in pairs:
            children.setdefault(source_id, []).append(content[target_id])
        rows.sort(
            key=lambda row: (
                content[row.article_id],
                sorted(children.get(row.article_id, [])),
                row.article_id,
            )
        )
        self.ids = [row.article_id for row in rows]
        self.keys = [content[row.article_id] for row in rows]
        self.is_absent = [row.kind == "absent" for row in rows]
        self.stories = [phrases.text_or(row.story_id, "") for row in rows]
        number = {article_id: index for index, article_id in enumerate(self.ids)}
        self.pairs = sorted((number[source], number[target]) for source, target in pairs)
        self.sources: list[list[int]] = [[] for _ in rows]
        self.targets: list[list[int]] = [[] for _ in rows]
        for source, target in self.pairs:
            self.sources[target].append(source)
            self.targets[source].append(target)

    def story_list(self) -> list[Story]:
        """Return the stories, larger ones first."""
        stories: dict[str, Story] = {}
        for nodes in self._components():
            named = [node for node in nodes if self.stories[node] != ""]
            name = self.stories[named[0]] if named else ""
            story = stories.setdefault(name, Story(name, [], []))
            if len(nodes) == 1:
                story.alone.extend(nodes)
            else:
                story.components.append(Component(self._layers(nodes), nodes))
        for story in stories.values():
            story.components.sort(key=lambda component: (-len(component.nodes), component.nodes))
        return sorted(stories.values(), key=lambda story: (-story.size, story.first))

    def _components(self) -> list[list[int]]:
        seen = [False] * len(self.ids)
        found = []
        for start in range(len(self.ids)):
            if seen[start]:
                continue
            seen[start] = True
            nodes = [start]
            for node in nodes:
                for other in (*self.sources[node], *self.targets[node]):
                    if not seen[other]:
                        seen[other] = True
                        nodes.append(other)
            found.append(sorted(nodes))
        return found

    def _layers(self, nodes: Sequence[int]) -> list[list[int]]:
        """Longest path from the oldest sources; a source stands close to its first target."""
        waiting = {node: len(self.sources[node]) for node in nodes}
        ready = [node for node in nodes if waiting[node] == 0]
        depth = dict.fromkeys(ready, 0)
        for node in ready:
            for target in self.targets[node]:
                depth[target] = max(depth.get(target, 0), depth[node] + 1)
                waiting[target] -= 1
                if waiting[target] == 0:
                    ready.append(target)
        if len(ready) < len(nodes):
            stuck = self.ids[next(node for node in nodes if waiting[node] > 0)]
            raise errors.TableError(
                f"edges: the kept edges run in a circle through {stuck!r}; trace the texts again"
            )
        for node in nodes:
            if not self.sources[node]:
                depth[node] = min(depth[target] for target in self.targets[node]) - 1
        layers: list[list[int]] = [[] for _ in range(max(depth.values()) + 1)]
        for node in nodes:
            layers[depth[node]].append(node)
        return layers


def _content_key(row: object) -> str:
    columns = (
        "kind",
        "text_sha256",
        "text",
        "outlet",
        "origin_agency",
        "title",
        "byline",
        "url",
        "published_at",
    )
    values = [phrases.text_or(getattr(row, column), "") for column in columns]
    return hashlib.sha256("\x1f".join(values).encode("utf-8")).hexdigest()
