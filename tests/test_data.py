"""Every story under data/ is what data/README.md says a story is.

The checks are functions that take a `Story` and return lines of the form
``folder: field: what is wrong``. They run over every folder that has a truth.json,
and again over a small sound story that is damaged on purpose, once for each claim.
"""

from __future__ import annotations

import copy
import csv
import itertools
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import pytest

from lineage import tables

DATA = Path(__file__).resolve().parents[1] / "data"
FOLDERS = sorted(path.parent for path in DATA.glob("*/truth.json"))

FIELDS = (
    "about",
    "articles",
    "edges",
    "relations",
    "absent_sources",
    "attributions",
    "changed_facts",
    "quotes",
    "not_body",
)
CHANGES = ("kept", "shortened", "altered", "introduced", "reported", "omitted", "invented")
COLUMNS = ["file", "title", "outlet", "published_at", "url"]
N_TEXTS = range(6, 10)
N_WORDS = range(150, 701)
# Shorter prefixes could fit two sentences of one text.
MIN_PREFIX = 25
# So many that a tracer cannot pass by luck on a reprint.
MIN_ATTRIBUTIONS = 10
KINDS_WITHOUT_SOURCE = ("new", "boilerplate")
KINDS_WITH_SOURCE = ("verbatim", "edited", "paraphrase", "split", "fusion")
# Names that RFC 2606 reserves, so that no link leads to a real site.
RESERVED_HOST = re.compile(r"(^|\.)(example\.(org|com|net)|example|invalid|test)$")
# A sentence starts where a line starts, or behind a full stop, question or
# exclamation mark, whatever closing quotes or brackets stand in between.
BEFORE_SENTENCE = re.compile(r"(^|\n|[.!?][\"'”’)\]]*[ \t]+)[ \t]*$")


@dataclass
class Story:
    folder: str
    truth: dict[str, Any]
    texts: dict[str, str]
    metadata: list[dict[str, str]] = field(default_factory=list)

    def parents(self) -> dict[str, set[str]]:
        """Map each id to its direct parents, absent sources included."""
        found: dict[str, set[str]] = {name: set() for name in self.truth["articles"]}
        for edge in self.truth["edges"]:
            found.setdefault(edge["target"], set()).add(edge["source"])
        for absent in self.truth["absent_sources"]:
            for child in absent["children"]:
                found.setdefault(child, set()).add(absent_node(absent))
        return found

    def ancestors(self, name: str) -> set[str]:
        parents = self.parents()
        reached: set[str] = set()
        todo = [name]
        while todo:
            for parent in parents.get(todo.pop(), ()):
                if parent not in reached:
                    reached.add(parent)
                    todo.append(parent)
        return reached


def absent_node(absent: dict[str, Any]) -> str:
    return f"absent: {absent['name']}"


def read_story(folder: Path) -> Story:
    articles = folder / "articles"
    with (articles / "metadata.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    return Story(
        folder=folder.name,
        truth=json.loads((folder / "truth.json").read_text(encoding="utf-8")),
        texts={path.stem: path.read_text(encoding="utf-8") for path in articles.glob("*.txt")},
        metadata=rows,
    )


def words(text: str) -> list[str]:
    """Split as lineage.text.words does: letters and digits apart, so 9am is 9 am."""
    return re.findall(r"[^\W\d_]+|\d+(?:[.,]\d+)*", text.casefold())


def starts_in(text: str, prefix: str, *, at_line: bool = False) -> int | None:
    """Position of the first sentence (or line) of `text` that begins with `prefix`."""
    for found in re.finditer(re.escape(prefix), text):
        before = text[: found.start()]
        if before == "" or before.endswith("\n"):
            return found.start()
        if not at_line and BEFORE_SENTENCE.search(before):
            return found.start()
    return None


def is_whole(text: str, start: int, prefix: str) -> bool:
    """Say whether a sentence or line ends where `prefix` does."""
    rest = text[start + len(prefix) :]
    return rest == "" or rest[0] == "\n" or (prefix[-1:] in ".!?\"'”’" and rest[0] == " ")


def prefix_problem(story: Story, name: str, prefix: str) -> str | None:
    if name not in story.texts:
        return f"no text {name!r}"
    start = starts_in(story.texts[name], prefix)
    if start is None:
        return f"no sentence or line of {name} starts with {prefix!r}"
    if len(prefix) < MIN_PREFIX and not is_whole(story.texts[name], start, prefix):
        return f"{prefix!r} is shorter than {MIN_PREFIX} characters and no whole sentence of {name}"
    return None


def check_ids(story: Story) -> Iterator[str]:
    truth = story.truth
    if tuple(truth) != FIELDS:
        yield f"truth.json: fields are {list(truth)}, not {list(FIELDS)}"
        return
    known = set(story.texts)
    if set(truth["articles"]) != known:
        yield f"articles: ids and text files differ in {sorted(set(truth['articles']) ^ known)}"
    used = {
        "edges": [edge[end] for edge in truth["edges"] for end in ("source", "target")],
        "relations": [row[end] for row in truth["relations"] for end in ("a", "b")],
        "absent_sources": [
            name
            for absent in truth["absent_sources"]
            for name in absent["children"] + absent["credited_by"]
        ],
        "attributions": [
            name
            for row in truth["attributions"]
            for name in [row["target"]] + [source for source, _ in row["sources"]]
        ],
        "changed_facts": [row["target"] for row in truth["changed_facts"]],
        "quotes": [row["target"] for row in truth["quotes"]],
        "not_body": list(truth["not_body"]),
    }
    for where, names in used.items():
        for name in sorted(set(names) - known):
            yield f"{where}: no text {name!r}"


def check_sizes(story: Story) -> Iterator[str]:
    if len(story.texts) not in N_TEXTS:
        yield f"articles: {len(story.texts)} texts, not {N_TEXTS[0]} to {N_TEXTS[-1]}"
    for name, text in sorted(story.texts.items()):
        n_words = len(text.split())
        if n_words not in N_WORDS:
            yield f"articles: {name} has {n_words} words, not {N_WORDS[0]} to {N_WORDS[-1]}"


def check_distinct(story: Story) -> Iterator[str]:
    for (a, text_a), (b, text_b) in itertools.combinations(sorted(story.texts.items()), 2):
        if words(text_a) == words(text_b):
            yield f"articles: {a} and {b} have the same words"


def check_vocabulary(story: Story) -> Iterator[str]:
    truth = story.truth
    outcomes = [outcome for outcome in tables.OUTCOMES if outcome != "undecided"]
    for where, key, allowed in (
        ("edges", "relation", tables.RELATIONS),
        ("relations", "outcome", outcomes),
        ("absent_sources", "kind", ("agency", "outlet")),
        ("attributions", "kind", tables.ATTRIBUTION_KINDS),
    ):
        for row in truth[where]:
            if row[key] not in allowed:
                yield f"{where}: {key} {row[key]!r} is not one of {', '.join(allowed)}"
    for edge in truth["edges"]:
        if not isinstance(edge["direction_without_dates"], bool):
            yield f"edges: direction_without_dates of {edge['target']} is not true or false"
    for where in ("edges", "relations"):
        for row in truth[where]:
            if not row["why"].strip():
                yield f"{where}: why is empty in {row}"
    for name, article in truth["articles"].items():
        if not article["what"].strip():
            yield f"articles: what is empty for {name}"
        agency = article["origin_agency"]
        if agency is not None and not any(agency in text for text in story.texts.values()):
            yield f"articles: origin_agency {agency!r} of {name} is named in no text"


def check_pairs(story: Story) -> Iterator[str]:
    listed = [(row["a"], row["b"]) for row in story.truth["relations"]]
    for a, b in listed:
        if a >= b:
            yield f"relations: {a} and {b} are not in order a < b"
    for pair in sorted({pair for pair in listed if listed.count(pair) > 1}):
        yield f"relations: {pair} is listed twice"
    for pair in itertools.combinations(sorted(story.texts), 2):
        if pair not in listed:
            yield f"relations: {pair} is missing"


def check_acyclic(story: Story) -> Iterator[str]:
    for name in sorted(story.truth["articles"]):
        if name in story.ancestors(name):
            yield f"edges: {name} is its own ancestor"
    listed = [(edge["source"], edge["target"]) for edge in story.truth["edges"]]
    for pair in sorted({pair for pair in listed if listed.count(pair) > 1}):
        yield f"edges: {pair} is listed twice"


def check_outcomes(story: Story) -> Iterator[str]:
    """Relations say what the edges and the absent sources imply, both ways."""
    for row in story.truth["relations"]:
        a, b, outcome = row["a"], row["b"], row["outcome"]
        above_a, above_b = story.ancestors(a), story.ancestors(b)
        if a in above_b or b in above_a:
            implied: tuple[str, ...] = ("derived",)
        elif above_a & above_b:
            implied = ("shared_source",)
        else:
            implied = ("independent", "unrelated")
        if outcome not in implied:
            yield (
                f"relations: outcome of {a} and {b} is {outcome}, but edges and "
                f"absent_sources make it {' or '.join(implied)}"
            )


def check_absent(story: Story) -> Iterator[str]:
    for absent in story.truth["absent_sources"]:
        name = absent["name"]
        least = 1 if absent["credited_by"] else 2
        if len(set(absent["children"])) < least:
            yield f"absent_sources: children of {name} are fewer than {least}"
        for credited_by in absent["credited_by"]:
            if name.casefold() not in story.texts.get(credited_by, "").casefold():
                yield f"absent_sources: credited_by of {name}: {credited_by} does not name it"


def check_attributions(story: Story) -> Iterator[str]:
    truth = story.truth
    seen: set[tuple[str, str]] = set()
    for row in truth["attributions"]:
        target, prefix, kind = row["target"], row["sentence"], row["kind"]
        where = f"attributions: {target}: {prefix!r}"
        if (target, prefix) in seen:
            yield f"{where}: sentence is listed twice"
        seen.add((target, prefix))
        problem = prefix_problem(story, target, prefix)
        if problem is not None:
            yield f"{where}: sentence: {problem}"
        for source, source_prefix in row["sources"]:
            problem = prefix_problem(story, source, source_prefix)
            if problem is not None:
                yield f"{where}: sources: {problem}"
            if source not in story.ancestors(target):
                yield f"{where}: sources: {source} is no ancestor of {target}"
        n_sources = len(row["sources"])
        if kind in KINDS_WITHOUT_SOURCE and n_sources:
            yield f"{where}: sources: kind {kind} has none"
        if kind in KINDS_WITH_SOURCE and not n_sources:
            yield f"{where}: sources: kind {kind} needs one"
        if kind == "fusion" and n_sources < 2:
            yield f"{where}: sources: kind fusion needs two"
        if kind == "verbatim" and n_sources:
            source_text = story.texts.get(row["sources"][0][0], "")
            if f" {' '.join(words(prefix))} " not in f" {' '.join(words(source_text))} ":
                yield f"{where}: kind: not verbatim, the source has other words"
        if (kind == "fusion") != ("parts" in row):
            yield f"{where}: parts: a fusion has them, and nothing else"
        elif kind == "fusion":
            yield from (f"{where}: parts: {each}" for each in parts_problems(story, row))
    for target in sorted({edge["target"] for edge in truth["edges"]}):
        n_rows = sum(row["target"] == target for row in truth["attributions"])
        if n_rows < MIN_ATTRIBUTIONS:
            yield f"attributions: {target} has {n_rows} rows, fewer than {MIN_ATTRIBUTIONS}"


def parts_problems(story: Story, row: dict[str, Any]) -> Iterator[str]:
    """The parts are the sentence, word by word, and each source has one."""
    said = " ".join(part for part, _ in row["parts"])
    text = " ".join(story.texts.get(row["target"], "").split())
    if said not in text:
        yield f"{said!r} is not in {row['target']}"
    elif not said.startswith(" ".join(row["sentence"].split())):
        yield "they do not begin as the sentence does"
    elif not said.rstrip('"”').endswith((".", "!", "?")):
        yield "they do not reach the end of the sentence"
    if {of for _, of in row["parts"]} != set(range(len(row["sources"]))):
        yield "some source has no part, or some part no source"


def check_quotes(story: Story) -> Iterator[str]:
    for row in story.truth["quotes"]:
        target, change = row["target"], row["change"]
        where = f"quotes: {target}: {row['sentence']!r}"
        problem = prefix_problem(story, target, row["sentence"])
        if problem is not None:
            yield f"{where}: sentence: {problem}"
        if change not in CHANGES:
            yield f"{where}: change {change!r} is not one of {', '.join(CHANGES)}"
        if (row["words"] is None) != (change == "omitted"):
            yield f"{where}: words: missing for a quote that was omitted, and for no other"
        elif row["words"] is not None and plain(row["words"]) not in plain(
            story.texts.get(target, "")
        ):
            yield f"{where}: words: {row['words']!r} is not in {target}"
        if (row["was"] is None) != (change == "invented"):
            yield f"{where}: was: missing for an invented quote, and for no other"
        elif row["was"] is not None and not any(
            plain(row["was"]) in plain(story.texts[name])
            for name in story.ancestors(target)
            if name in story.texts
        ):
            yield f"{where}: was: {row['was']!r} is in no ancestor of {target}"
        is_same = row["words"] is not None and row["words"] == row["was"]
        if change != "introduced" and (change == "kept") != is_same:
            yield f"{where}: change: a quote that was kept has the words that it had"


def plain(text: str) -> str:
    return text.replace("’", "'").replace("‘", "'").casefold()


def check_changed_facts(story: Story) -> Iterator[str]:
    # A sentence that came from nobody (an invented quote) has nothing that it was;
    # there the two fields describe what happened instead of quoting it.
    sourceless = [
        (row["target"], row["sentence"])
        for row in story.truth["attributions"]
        if not row["sources"]
    ]
    for row in story.truth["changed_facts"]:
        target = row["target"]
        where = f"changed_facts: {target}: {row['sentence']!r}"
        problem = prefix_problem(story, target, row["sentence"])
        if problem is not None:
            yield f"{where}: sentence: {problem}"
        if row["was"] == row["became"]:
            yield f"{where}: was and became are the same"
        if any(
            name == target and prefix.startswith(row["sentence"]) for name, prefix in sourceless
        ):
            continue
        if row["became"] not in story.texts.get(target, ""):
            yield f"{where}: became: {row['became']!r} is not in {target}"
        above = [name for name in story.ancestors(target) if name in story.texts]
        if above and not any(row["was"] in story.texts[name] for name in above):
            yield f"{where}: was: {row['was']!r} is in no ancestor of {target}"


def check_not_body(story: Story) -> Iterator[str]:
    for name, prefixes in story.truth["not_body"].items():
        for prefix in prefixes:
            if starts_in(story.texts.get(name, ""), prefix, at_line=True) is None:
                yield f"not_body: no line of {name} starts with {prefix!r}"
    for row in story.truth["attributions"]:
        if row["kind"] in KINDS_WITHOUT_SOURCE or row["kind"] == "heading":
            continue
        for prefix in story.truth["not_body"].get(row["target"], ()):
            if row["sentence"].startswith(prefix):
                yield (
                    f"not_body: {prefix!r} of {row['target']} is attributed as {row['kind']} "
                    f"in attributions"
                )


def check_metadata(story: Story) -> Iterator[str]:
    if not story.metadata or list(story.metadata[0]) != COLUMNS:
        yield f"metadata.csv: columns are not {','.join(COLUMNS)}"
        return
    files = [row["file"] for row in story.metadata]
    wanted = sorted(f"{name}.txt" for name in story.texts)
    if sorted(files) != wanted:
        unmatched = sorted(set(files) ^ set(wanted))
        yield f"metadata.csv: file: rows and text files differ in {unmatched}"
    dates: dict[str, datetime] = {}
    for row in story.metadata:
        where = f"metadata.csv: {row['file']}"
        if row["url"] and not RESERVED_HOST.search(urlparse(row["url"]).hostname or ""):
            yield f"{where}: url {row['url']!r} is not at a reserved domain"
        if not row["published_at"]:
            continue
        try:
            at = datetime.fromisoformat(row["published_at"])
        except ValueError:
            yield f"{where}: published_at {row['published_at']!r} is no ISO date"
            continue
        if at.tzinfo is None:
            yield f"{where}: published_at {row['published_at']!r} has no zone"
            continue
        dates[Path(row["file"]).stem] = at
    for edge in story.truth["edges"]:
        source, target = edge["source"], edge["target"]
        if source in dates and target in dates and dates[source] > dates[target]:
            yield f"metadata.csv: published_at of {source} is later than of {target}, made from it"


CHECKS = (
    check_ids,
    check_sizes,
    check_distinct,
    check_vocabulary,
    check_pairs,
    check_acyclic,
    check_outcomes,
    check_absent,
    check_attributions,
    check_changed_facts,
    check_quotes,
    check_not_body,
    check_metadata,
)


def problems(story: Story, check: Callable[[Story], Iterator[str]]) -> list[str]:
    return [f"{story.folder}: {line}" for line in check(story)]


@pytest.fixture(params=FOLDERS, ids=lambda folder: folder.name)
def story(request):
    return read_story(request.param)


def assert_none(found: list[str]) -> None:
    assert not found, "\n" + "\n".join(found)


class TestFolders:
    def test_there_are_stories(self):
        assert FOLDERS, f"no folder with truth.json under {DATA}"

    def test_every_folder_with_articles_has_its_truth(self):
        lacking = [
            f"{path.parent.name}: truth.json: missing"
            for path in sorted(DATA.glob("*/articles"))
            if not (path.parent / "truth.json").is_file()
        ]
        assert_none(lacking)

    def test_the_readme_names_every_story(self):
        readme = (DATA / "README.md").read_text(encoding="utf-8")
        lacking = [
            f"{folder.name}: README.md: not named in it"
            for folder in FOLDERS
            if f"`{folder.name}`" not in readme
        ]
        assert_none(lacking)

    def test_no_text_stands_in_two_stories(self):
        seen: dict[str, str] = {}
        twice = []
        for folder in FOLDERS:
            for name, text in sorted(read_story(folder).texts.items()):
                key = " ".join(words(text))
                if key in seen:
                    twice.append(f"{folder.name}: articles: {name} is also {seen[key]}")
                seen[key] = f"{folder.name}/{name}"
        assert_none(twice)


class TestIds:
    def test_every_id_is_a_text_file(self, story):
        assert_none(problems(story, check_ids))


class TestSizes:
    def test_six_to_nine_texts_of_150_to_700_words(self, story):
        assert_none(problems(story, check_sizes))


class TestTexts:
    def test_no_text_equals_another(self, story):
        assert_none(problems(story, check_distinct))


class TestVocabulary:
    def test_words_are_those_of_the_tables(self, story):
        assert_none(problems(story, check_vocabulary))


class TestRelations:
    def test_every_pair_is_listed_once_in_order(self, story):
        assert_none(problems(story, check_pairs))

    def test_outcomes_follow_from_edges_and_absent_sources(self, story):
        assert_none(problems(story, check_outcomes))


class TestEdges:
    def test_edges_are_acyclic_and_listed_once(self, story):
        assert_none(problems(story, check_acyclic))


class TestAbsentSources:
    def test_absent_sources_have_children_and_are_named_where_credited(self, story):
        assert_none(problems(story, check_absent))


class TestAttributions:
    def test_sentences_occur_and_have_the_sources_their_kind_asks_for(self, story):
        assert_none(problems(story, check_attributions))


class TestChangedFacts:
    def test_both_readings_occur_where_they_should(self, story):
        assert_none(problems(story, check_changed_facts))


class TestQuotes:
    def test_the_words_stand_where_they_should(self, story):
        assert_none(problems(story, check_quotes))


class TestNotBody:
    def test_lines_occur_and_are_attributed_to_nobody(self, story):
        assert_none(problems(story, check_not_body))


class TestMetadata:
    def test_rows_dates_and_addresses(self, story):
        assert_none(problems(story, check_metadata))


def sound() -> Story:
    """Return a story of six nonsense texts that passes every check."""
    names = ["one", "two", "three", "four", "five", "six"]
    texts = {}
    for name in names:
        lines = [f"Sentence {n} of the text {name} goes on for a while." for n in range(20)]
        texts[name] = "\n".join(["Somebody's News Page", *lines]) + "\n"
    source_lines = texts["one"].splitlines()[1:11]
    texts["two"] = texts["two"] + "\n".join(source_lines) + "\nThe Faraway Ledger\n"
    derived = {("one", "two"): "derived", ("four", "three"): "shared_source"}
    pairs = itertools.combinations(sorted(names), 2)
    truth = {
        "about": "Invented.",
        "articles": {name: {"what": "a text", "origin_agency": None} for name in names},
        "edges": [
            {
                "source": "one",
                "target": "two",
                "relation": "edit",
                "direction_without_dates": True,
                "why": "because",
            }
        ],
        "relations": [
            {"a": a, "b": b, "outcome": derived.get((a, b), "independent"), "why": "because"}
            for a, b in pairs
        ],
        "absent_sources": [
            {"name": "Faraway", "kind": "agency", "children": ["three", "four"], "credited_by": []},
            {
                "name": "The Faraway Ledger",
                "kind": "outlet",
                "children": ["two"],
                "credited_by": ["two"],
            },
        ],
        "attributions": [
            {"target": "two", "sentence": line, "sources": [["one", line]], "kind": "verbatim"}
            for line in source_lines
        ],
        "changed_facts": [
            {
                "target": "two",
                "sentence": "Sentence 0 of the text two",
                "was": "text one",
                "became": "text two",
            }
        ],
        "quotes": [
            {
                "target": "two",
                "sentence": "Sentence 0 of the text one goes on",
                "words": "goes on for a while",
                "was": "goes on for a while",
                "change": "kept",
            }
        ],
        "not_body": {name: ["Somebody's News"] for name in names},
    }
    metadata = [
        {
            "file": f"{name}.txt",
            "title": name,
            "outlet": "Somebody",
            "published_at": f"2025-01-0{number}T08:00:00+00:00",
            "url": f"https://www.example.org/{name}",
        }
        for number, name in enumerate(names, start=1)
    ]
    return Story(folder="sound", truth=truth, texts=texts, metadata=metadata)


def damage(path: str, value: Any) -> Callable[[Story], None]:
    """Return a function that sets one place of a story, such as ``truth.edges.0.why``."""

    def apply(story: Story) -> None:
        at: Any = story.__dict__
        *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        for step in way:
            at = at[step]
        at[last] = value

    return apply


LONG = "word " * 701
NEW_EDGE = {"relation": "edit", "direction_without_dates": True, "why": "because"}
DAMAGES = [
    (check_ids, damage("truth.edges.0.source", "nine"), "edges: no text 'nine'"),
    (check_ids, damage("truth.not_body.nine", ["x"]), "not_body: no text 'nine'"),
    (check_ids, damage("texts.nine", "x"), "articles: ids and text files differ in ['nine']"),
    (check_ids, damage("truth.more", 1), "truth.json: fields are"),
    (check_sizes, damage("texts.one", LONG), "articles: one has 701 words"),
    (check_sizes, damage("texts.one", "too short"), "articles: one has 2 words"),
    (check_vocabulary, damage("truth.edges.0.relation", "copy"), "edges: relation 'copy'"),
    (check_vocabulary, damage("truth.edges.0.direction_without_dates", "no"), "edges: direction_"),
    (check_vocabulary, damage("truth.relations.0.outcome", "undecided"), "relations: outcome"),
    (check_vocabulary, damage("truth.relations.0.why", " "), "relations: why is empty"),
    (check_vocabulary, damage("truth.attributions.0.kind", "copy"), "attributions: kind 'copy'"),
    (
        check_vocabulary,
        damage("truth.articles.one.origin_agency", "Nix"),
        "articles: origin_agency",
    ),
    (check_pairs, damage("truth.relations.0.a", "six"), "relations: six and four are not in order"),
    (check_pairs, damage("truth.relations", []), "relations: ('five', 'four') is missing"),
    (check_outcomes, damage("truth.edges", []), "relations: outcome of one and two is derived"),
    (check_outcomes, damage("truth.absent_sources", []), "relations: outcome of four and three"),
    (
        check_absent,
        damage("truth.absent_sources.0.children", ["three"]),
        "absent_sources: children",
    ),
    (check_absent, damage("truth.absent_sources.1.children", []), "absent_sources: children"),
    (
        check_absent,
        damage("truth.absent_sources.1.credited_by", ["one"]),
        "absent_sources: credited_by",
    ),
    (
        check_attributions,
        damage("truth.attributions.0.sentence", "of the text one goes on for a while"),
        "sentence: no sentence or line of two starts with",
    ),
    (check_attributions, damage("truth.attributions.0.sentence", "Sentence"), "shorter than 25"),
    (check_attributions, damage("truth.attributions.0.sources", []), "sources: kind verbatim"),
    (check_attributions, damage("truth.attributions.0.kind", "new"), "sources: kind new has none"),
    (check_attributions, damage("truth.attributions.0.kind", "fusion"), "kind fusion needs two"),
    (
        check_attributions,
        damage("truth.attributions.0.sources", [["six", "Sentence 0 of the text six goes"]]),
        "sources: six is no ancestor of two",
    ),
    (
        check_attributions,
        damage("truth.attributions.0.sentence", "Sentence 0 of the text two goes"),
        "kind: not verbatim",
    ),
    (check_attributions, damage("truth.attributions", []), "attributions: two has 0 rows"),
    (check_changed_facts, damage("truth.changed_facts.0.became", "gone"), "became: 'gone'"),
    (check_changed_facts, damage("truth.changed_facts.0.was", "gone"), "was: 'gone'"),
    (check_attributions, damage("truth.attributions.0.parts", []), "parts: a fusion has them"),
    (check_quotes, damage("truth.quotes.0.change", "lost"), "change 'lost' is not one of"),
    (check_quotes, damage("truth.quotes.0.words", None), "words: missing for a quote"),
    (check_quotes, damage("truth.quotes.0.words", "no such words"), "'no such words' is not in"),
    (check_quotes, damage("truth.quotes.0.was", None), "was: missing for an invented quote"),
    (check_quotes, damage("truth.quotes.0.was", "no such words"), "is in no ancestor of two"),
    (check_quotes, damage("truth.quotes.0.words", "on for a while"), "change: a quote that was"),
    (check_not_body, damage("truth.not_body.one", ["News Page"]), "not_body: no line of one"),
    (check_not_body, damage("truth.not_body.two", ["Sentence 0"]), "not_body: 'Sentence 0' of two"),
    (check_metadata, damage("metadata.0.file", "nine.txt"), "metadata.csv: file: rows"),
    (check_metadata, damage("metadata.0.published_at", "2025-01-01T08:00:00"), "has no zone"),
    (check_metadata, damage("metadata.0.published_at", "soon"), "'soon' is no ISO date"),
    (
        check_metadata,
        damage("metadata.0.published_at", "2025-01-02T08:00:01+00:00"),
        "metadata.csv: published_at of one is later than of two",
    ),
    (check_metadata, damage("metadata.0.url", "https://example.org.co/x"), "reserved domain"),
]


class TestChecks:
    @pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
    def test_a_sound_story_has_no_problems(self, check):
        assert_none(problems(sound(), check))

    @pytest.mark.parametrize(("check", "harm", "message"), DAMAGES)
    def test_a_damaged_story_is_told_with_folder_and_field(self, check, harm, message):
        story = copy.deepcopy(sound())
        harm(story)
        found = problems(story, check)
        assert any(line.startswith("sound: ") and message in line for line in found), found

    @pytest.mark.parametrize(
        ("parts", "message"),
        [
            ([["Sentence 0 of the text two", 0], ["goes on", 1]], "do not reach the end"),
            ([["Sentence 0 of the text two", 0], ["goes on for a while.", 0]], "no part"),
            ([["of the text two", 0], ["goes on for a while.", 1]], "do not begin"),
            ([["Sentence 0 of no text", 0], ["goes on for a while.", 1]], "is not in two"),
        ],
    )
    def test_parts_that_are_not_the_sentence_are_told(self, parts, message):
        story = sound()
        prefix = "Sentence 0 of the text two goes"
        sources = [["one", f"Sentence {n} of the text one goes"] for n in (0, 1)]
        story.truth["attributions"].append(
            {
                "target": "two",
                "sentence": prefix,
                "sources": sources,
                "kind": "fusion",
                "parts": parts,
            }
        )
        found = problems(story, check_attributions)
        assert any("parts: " in line and message in line for line in found), found
        story.truth["attributions"][-1]["parts"] = [
            ["Sentence 0 of the text", 0],
            ["two goes on for a while.", 1],
        ]
        assert problems(story, check_attributions) == []

    def test_equal_texts_are_told(self):
        story = sound()
        story.texts["six"] = story.texts["five"].upper()
        assert problems(story, check_distinct) == [
            "sound: articles: five and six have the same words"
        ]

    def test_a_cycle_is_told(self):
        story = sound()
        story.truth["edges"].append({"source": "two", "target": "one", **NEW_EDGE})
        assert "sound: edges: one is its own ancestor" in problems(story, check_acyclic)
