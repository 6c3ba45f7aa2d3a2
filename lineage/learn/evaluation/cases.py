"""Cases with a known lineage: read from JSON lines and from story folders.

The format is described in docs/cases.md.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from ... import errors
from . import labels

Pair = tuple[str, str]

# What a tracer may know of an article; everything else in a case is truth or history.
_SHOWN = ("title", "outlet", "text")
_DATES = ("published_at", "published_precision")

TRUTH_FILE = "truth.json"

# Ids of the two texts that a fusion case becomes.
SOURCE, TARGET = "source", "target"

# Figures of a set of this name come from templates of this project.
SIMULATED = "simulated"


@dataclasses.dataclass(frozen=True)
class Case:
    """Texts and their true lineage.

    Attributes
    ----------
    set, name : str
        The set that figures are averaged over, and the case in it.
    articles : DataFrame
        ``article_id``, ``text``, and where known ``title``, ``outlet``,
        ``published_at``, ``published_precision``.
    kind : str
        What is known: ``graph`` (every edge), ``pairs`` (some pairs, labelled),
        ``both``, ``answers`` (one source and one text made from it or not), ``fusion``
        (the sentences that one sentence was made from), ``collection`` (many texts and
        which few of them are relatives), ``sources`` (texts made from several, with the
        source sentences marked).
    edges : tuple of (source_id, target_id)
    siblings, independent, unrelated : tuple of pairs
        Labelled pairs without an edge.
    relatives, doubtful, same_event : tuple of pairs
        Of a collection: pairs that share a line of descent or a source, beside `edges`;
        pairs that count for nothing (of a graph without edges too); pairs that may be of
        one story without being relatives.
    origins : mapping of str to str
        Article to the agency that its body came from.
    level : str or None
        Of rewriting, in ``answers`` cases.
    spans : tuple of (start, end)
        Sentences of the source text, in ``fusion`` cases.
    fused_from : frozenset of int
        Which of them the target was made from.
    attributions : tuple of Attribution
    facts : tuple of Fact
        Those that a tracer has to tell.
    marks : tuple of Mark
        Source sentences that annotators marked, in ``sources`` cases.
    """

    set: str
    name: str
    articles: pd.DataFrame
    kind: str
    edges: tuple[Pair, ...] = ()
    siblings: tuple[Pair, ...] = ()
    independent: tuple[Pair, ...] = ()
    unrelated: tuple[Pair, ...] = ()
    relatives: tuple[Pair, ...] = ()
    doubtful: tuple[Pair, ...] = ()
    same_event: tuple[Pair, ...] = ()
    origins: Mapping[str, str] = dataclasses.field(default_factory=dict)
    level: str | None = None
    spans: tuple[tuple[int, int], ...] = ()
    fused_from: frozenset[int] = frozenset()
    attributions: tuple[labels.Attribution, ...] = ()
    facts: tuple[labels.Fact, ...] = ()
    marks: tuple[labels.Mark, ...] = ()

    @property
    def ids(self) -> list[str]:
        """Article ids in the order of the file."""
        return self.articles["article_id"].tolist()

    def frame(self, *, dates: bool = False) -> pd.DataFrame:
        """Return what a tracer is shown.

        Parameters
        ----------
        dates : bool, default False
            Whether the days of publication are part of it.

        Returns
        -------
        DataFrame
        """
        hidden = () if dates else _DATES
        return self.articles[[name for name in self.articles.columns if name not in hidden]].copy()


def read(
    paths: Iterable[str | Path], *, sets: Sequence[str] = (), limit: int | None = None
) -> list[Case]:
    """Read cases.

    Parameters
    ----------
    paths : iterable of path
        Files of JSON lines; story folders (``articles`` and ``truth.json``); folders of
        either.
    sets : sequence of str
        Only these sets; all if empty.
    limit : int, optional
        At most so many cases a set, the first ones.

    Returns
    -------
    list of Case
        In the order of the paths, of the file names in a folder, and of the lines.

    Raises
    ------
    InputError
        If a path has no cases, or one breaks the format; file and line are named.
    UsageError
        If a set is asked for that is not there.
    """
    if limit is not None and limit < 1:
        raise errors.UsageError(f"limit {limit}: ask for one case or more")
    kept: list[Case] = []
    n_of_set: dict[str, int] = {}
    for path in paths:
        for case in _cases(Path(path)):
            n = n_of_set.get(case.set, 0)
            n_of_set[case.set] = n + 1
            if (not sets or case.set in sets) and (limit is None or n < limit):
                kept.append(case)
    unknown = sorted(set(sets) - set(n_of_set))
    if unknown:
        raise errors.UsageError(
            f"no set {', '.join(unknown)}; there are {', '.join(sorted(n_of_set))}"
        )
    if not kept:
        raise errors.InputError("no cases: name files of JSON lines, or folders with truth.json")
    return kept


def checksum(cases: Sequence[Case]) -> str:
    """Return the SHA-256 of the cases' texts and truth, whatever their order."""
    digests = sorted(
        hashlib.sha256(
            json.dumps(
                [
                    case.set,
                    case.name,
                    sorted(zip(case.ids, case.articles["text"], strict=True)),
                    sorted(case.edges),
                    *(sorted(map(sorted, pairs)) for pairs in _labelled(case)),
                    sorted(case.origins.items()),
                    sorted(case.fused_from),
                    *_further(case),
                ]
            ).encode()
        ).hexdigest()
        for case in cases
    )
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()


def _further(case: Case) -> list[object]:
    """Truth that few kinds of case have: without it a checksum is what it always was."""
    pairs = (case.relatives, case.doubtful, case.same_event)
    further: list[object] = [sorted(map(sorted, each)) for each in pairs]
    further.append(sorted(dataclasses.astuple(each) for each in case.marks))
    return further if any(further) else []


def _labelled(case: Case) -> tuple[tuple[Pair, ...], ...]:
    return case.siblings, case.independent, case.unrelated


def _cases(path: Path) -> Iterator[Case]:
    if path.is_dir():
        if (path / TRUTH_FILE).is_file():
            yield _story(path)
            return
        inside = [*path.glob("*.jsonl"), *(each.parent for each in path.glob(f"*/{TRUTH_FILE}"))]
        if not inside:
            raise errors.InputError(f"{path}: no .jsonl files and no story folders in it")
        for each in sorted(inside):
            yield from _cases(each)
        return
    try:
        with path.open(encoding="utf-8-sig") as stream:
            for number, line in enumerate(stream, start=1):
                if line.strip():
                    yield _parse(line, f"{path}, line {number}", path.stem, number)
    except OSError as error:
        raise errors.InputError(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise errors.InputError(f"{path}: not UTF-8 at byte {error.start}; save it again") from None


def _parse(line: str, where: str, stem: str, number: int) -> Case:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise errors.InputError(f"{where}: not JSON ({error})") from error
    if not isinstance(row, dict):
        raise errors.InputError(f"{where}: a {type(row).__name__}, not an object")
    try:
        if "fused" in row:
            return _fusion(row, where, stem, number)
        return _texts(row, where, stem, number)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        said = f"no key {error}" if isinstance(error, KeyError) else str(error)
        raise errors.InputError(f"{where}: {said}; docs/cases.md tells the format") from error


def _texts(row: dict[str, Any], where: str, stem: str, number: int) -> Case:
    known = ("article_id", *_SHOWN, *_DATES)
    articles = [
        {("article_id" if key == "id" else key): value for key, value in each.items()}
        for each in row["articles"]
    ]
    frame = pd.DataFrame(
        [{key: each[key] for key in known if key in each} for each in articles],
        columns=[key for key in known if any(key in each for each in articles)],
    )
    case = Case(
        set=str(row.get("set", stem)),
        name=str(row.get("case", number)),
        articles=frame,
        kind=_kind(row),
        edges=_pairs(row["edges"]),
        siblings=_pairs(row.get("siblings", ())),
        independent=_pairs(row.get("independent", ())),
        unrelated=_pairs(row.get("unrelated", ())),
        relatives=_pairs(row.get("relatives", ())),
        doubtful=_pairs(row.get("doubtful", ())),
        same_event=_pairs(row.get("same_event", ())),
        origins={str(key): str(value) for key, value in row.get("origins", {}).items()},
        level=None if "level" not in row else str(row["level"]),
        marks=labels.marks(row.get("attribution", ())),
    )
    _check(case, where)
    return case


def _kind(row: Mapping[str, Any]) -> str:
    """What is known of a case, by the keys that it has."""
    if "level" in row:
        return "answers"
    if "relatives" in row:
        return "collection"
    if "attribution" in row:
        return "sources"
    if any(key in row for key in ("siblings", "independent", "unrelated", "origins")):
        return "both" if row.get("complete") is True else "pairs"
    return "graph"


def _fusion(row: dict[str, Any], where: str, stem: str, number: int) -> Case:
    text, spans = "", []
    for sentence in row["article"]:
        spans.append((len(text), len(text) + len(sentence)))
        text += sentence + "\n"
    fused_from = frozenset(int(each) for each in row["source_idx"])
    if not fused_from <= set(range(len(spans))) or not fused_from:
        raise errors.InputError(f"{where}: source_idx names a sentence that is not there")
    frame = pd.DataFrame(
        [
            {"article_id": SOURCE, "text": text},
            {"article_id": TARGET, "text": row["fused"]},
        ]
    )
    return Case(
        set=str(row.get("set", stem)),
        name=str(row.get("case", row.get("id", number))),
        articles=frame,
        kind="fusion",
        edges=((SOURCE, TARGET),),
        spans=tuple(spans),
        fused_from=fused_from,
    )


def _story(folder: Path) -> Case:
    """A folder with articles and their truth, as the stories under data/ are kept."""
    from ...io.readers import read as readers

    where = str(folder / TRUTH_FILE)
    articles = readers.read(folder / "articles").articles
    kept = [name for name in ("article_id", *_SHOWN, *_DATES) if name in articles]
    try:
        row = json.loads((folder / TRUTH_FILE).read_text(encoding="utf-8"))
        pairs: dict[str, list[Pair]] = {"shared_source": [], "independent": [], "unrelated": []}
        for each in row.get("relations", ()):
            pairs.setdefault(each["outcome"], []).append((each["a"], each["b"]))
        case = Case(
            set=str(row.get("set", folder.resolve().parent.name)),
            name=folder.resolve().name,
            articles=articles[kept].reset_index(drop=True),
            kind="both" if row.get("relations") else "graph",
            edges=tuple((each["source"], each["target"]) for each in row["edges"]),
            siblings=tuple(pairs["shared_source"]),
            independent=tuple(pairs["independent"]),
            unrelated=tuple(pairs["unrelated"]),
            attributions=labels.attributions(row.get("attributions", ())),
            facts=labels.facts(row),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        said = f"no key {error}" if isinstance(error, KeyError) else str(error)
        raise errors.InputError(f"{where}: {said}; docs/cases.md tells the format") from error
    _check(case, where)
    return case


def _pairs(values: Iterable[Sequence[str]]) -> tuple[Pair, ...]:
    made = []
    for each in values:
        if isinstance(each, str) or len(each) != 2:
            raise ValueError(f"{each!r} is no pair of article ids")
        made.append((str(each[0]), str(each[1])))
    return tuple(made)


def _check(case: Case, where: str) -> None:
    from . import edge_scores

    if len(case.articles) == 0:
        raise errors.InputError(f"{where}: no articles")
    for column in ("article_id", "text"):
        if column not in case.articles or case.articles[column].isna().any():
            name = "id" if column == "article_id" else column
            raise errors.InputError(f"{where}: an article without {name}")
    ids = case.ids
    if len(set(ids)) < len(ids):
        twice = next(each for each in ids if ids.count(each) > 1)
        raise errors.InputError(f"{where}: the id {twice} stands twice")
    further = (case.relatives, case.doubtful, case.same_event)
    listed = (case.edges, *_labelled(case), *further)
    named = {each for pairs in listed for pair in pairs for each in pair}
    named |= set(case.origins)
    named |= {each for mark in case.marks for each in (mark.target_id, mark.source_id)}
    named |= {each.target_id for each in case.attributions}
    named |= {each.target_id for each in case.facts}
    unknown = sorted(named - set(ids))
    if unknown:
        raise errors.InputError(f"{where}: no article {', '.join(unknown[:3])}")
    above = edge_scores.closure(case.edges, ids)
    if any((target, source) in above for source, target in case.edges):
        raise errors.InputError(f"{where}: the edges run in a circle")
