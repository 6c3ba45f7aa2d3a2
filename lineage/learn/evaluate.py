"""Figures against a known lineage.

Each figure's definition stands in words in `learn.evaluation.figures`. A figure on cases called
``simulated`` (made by `lineage simulate`) is for checks and for scale and never to be quoted as
accuracy: the tables say so wherever they show one.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from .. import __version__, config, errors
from ..engine import pipeline, sentence_vectors
from ..match import encoders
from .evaluation import baselines as simple
from .evaluation import cases as known
from .evaluation import figure_tables, figures, reliability, scoring, work

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Trace = Callable[[pd.DataFrame], Any]

_BET_COLUMNS = {
    "set": "string",
    "case": "string",
    "source_id": "string",
    "target_id": "string",
    "p_direction": "float64",
    "right": "bool",
}
_CLAIM_COLUMNS = {
    "set": "string",
    "case": "string",
    "target_sentence": "string",
    "confidence": "float64",
    "right": "bool",
}
_EDGE_COLUMNS = {
    "set": "string",
    "case": "string",
    "source_id": "string",
    "target_id": "string",
    "p_edge": "float64",
    "p_direction": "float64",
    "status": "string",
    "linked": "bool",
    "right": "bool",
}
_SET_COLUMNS = {"set": "string", "n_cases": "int64", "n_articles": "int64", "seconds": "float64"}
_CASE_COLUMNS = {
    "set": "string",
    "case": "string",
    "n_articles": "int64",
    "figure": "string",
    "value": "float64",
}


@dataclasses.dataclass(frozen=True)
class Evaluation:
    """What was measured.

    Attributes
    ----------
    figures : DataFrame
        ``set``, ``figure``, ``value``, ``low``, ``high``, ``n_cases``, ``n``, ``unit``.
    baselines : DataFrame
        The same with ``method``; empty unless asked for.
    bets : DataFrame
        Kept edges whose pair is truly ordered: ``set``, ``case``, ``source_id``,
        ``target_id``, ``p_direction``, ``right``.
    edges : DataFrame
        Edges of every status in cases whose edges are all known, with ``p_edge``,
        ``p_direction``, ``status``, ``linked`` (a true edge joins the two, either way)
        and ``right`` (this one).
    claims : DataFrame
        Source sentences named where the true ones are known: ``set``, ``case``,
        ``target_sentence``, ``confidence``, ``right``.
    per_case : DataFrame
        ``set``, ``case``, ``n_articles``, ``figure``, ``value``: figures of one case
        alone.
    sets : DataFrame
        ``set``, ``n_cases``, ``n_articles``, ``seconds``.
    about : dict
        Version, configuration, encoder, dates, checksum of the cases, seed.
    """

    figures: pd.DataFrame
    baselines: pd.DataFrame
    bets: pd.DataFrame
    edges: pd.DataFrame
    claims: pd.DataFrame
    per_case: pd.DataFrame
    sets: pd.DataFrame
    about: dict[str, Any]

    @property
    def reliability(self) -> pd.DataFrame:
        """How often stated probabilities were right, in bins; see `reliability.table`."""
        return reliability.table(self.bets, self.edges, self.claims)

    def value(self, set_name: str, figure: str) -> float:
        """Return one figure of one set.

        Raises
        ------
        KeyError
            If it was not measured.
        """
        mine = self.figures[(self.figures["set"] == set_name) & (self.figures["figure"] == figure)]
        if len(mine) == 0:
            raise KeyError(f"{set_name}.{figure}")
        return float(mine["value"].iloc[0])

    def missed(self, floors: dict[str, dict[str, float]]) -> list[str]:
        """Name the figures that fall short of ``{set: {figure: limit}}``, a line each."""
        return figure_tables.missed(self.figures, floors)

    def to_json(self) -> str:
        """Return all figures, intervals, baselines and reliability curves as JSON."""
        return figure_tables.to_json(
            self.about, self.figures, self.sets, self.baselines, self.reliability
        )

    def to_markdown(self, *, names: bool = True) -> str:
        """Return tables with intervals, baselines and the worst cases of each set."""
        return figure_tables.to_markdown(
            self.about, self.figures, self.sets, self.baselines, self.per_case, names=names
        )

    def draw(self) -> Figure:
        """Return a figure with the reliability curves of p_direction, p_edge and confidence."""
        return reliability.figure(self.reliability)

    def save_figure(self, path: str | Path) -> None:
        """Write that figure as .png, .svg or .pdf."""
        reliability.save(self.reliability, Path(path))


class Tracer:
    """`lineage.trace` with one configuration, its encoder loaded once.

    Parameters
    ----------
    settings : TraceConfig
    """

    def __init__(self, settings: config.TraceConfig) -> None:
        self.settings = settings
        self._encoder: encoders.Encoder | str | None = None

    def __getstate__(self) -> dict[str, Any]:
        # Another process loads its own.
        return {"settings": self.settings, "_encoder": None}

    @property
    def encoder(self) -> encoders.Encoder | None:
        """The loaded encoder, None in lexical mode."""
        if self._encoder is None:
            wanted = None if self.settings.encoder == encoders.DEFAULT else self.settings.encoder
            self._encoder = encoders.load(wanted) or encoders.LEXICAL
        return None if isinstance(self._encoder, str) else self._encoder

    def __call__(self, frame: pd.DataFrame) -> Any:
        """Trace the articles of a case."""
        encoder = self.encoder
        return pipeline.trace(
            frame, self.settings, encoder=encoders.LEXICAL if encoder is None else encoder
        )


@dataclasses.dataclass(frozen=True)
class _Done:
    """A case, scored, with what simple methods say of it."""

    scored: scoring.Scored
    simple: dict[str, scoring.Scored]


@dataclasses.dataclass(frozen=True)
class _Scorer:
    trace: Trace
    dates: bool
    baselines: bool

    def __call__(self, case: known.Case) -> _Done:
        frame = case.frame(dates=self.dates)
        began = time.perf_counter()
        try:
            result = self.trace(frame)
        except errors.LineageError as error:
            # The same kind of error, so that its status stays; here, which case it was.
            raise type(error)(f"{case.set}, case {case.name}: {error}") from error
        seconds = time.perf_counter() - began
        return _Done(
            scoring.score(case, result, seconds=seconds),
            simple.score(case, dates=self.dates) if self.baselines else {},
        )


def run(
    cases: Sequence[known.Case] | Iterable[str | Path] | str | Path,
    trace: Trace | None = None,
    *,
    dates: bool = False,
    progress: bool = False,
    jobs: int = 1,
    baselines: bool = False,
    settings: config.TraceConfig | None = None,
    n_resamples: int = figures.N_RESAMPLES,
    seed: int = figures.SEED,
) -> Evaluation:
    """Trace cases and compare with their known lineage.

    Parameters
    ----------
    cases : sequence of Case, or path, or paths
        Paths are read by `learn.evaluation.cases.read`.
    trace : callable, optional
        From a frame of articles to an object with the tables of `lineage.trace`; that
        is the default. With `jobs` above 1 it must be importable by name.
    dates : bool, default False
        Whether days of publication are shown to it.
    progress : bool, default False
        A bar on standard error.
    jobs : int, default 1
        Processes.
    baselines : bool, default False
        Whether simple methods are scored on the same cases.
    settings : TraceConfig, optional
        Of the default `trace`.
    n_resamples, seed : int
        Of the bootstrap over cases.

    Returns
    -------
    Evaluation
        The same for any number of processes, `seconds` aside.

    Raises
    ------
    InputError
        If cases cannot be read, or a text of one cannot be traced.
    """
    import tqdm

    chosen = _chosen(cases)
    tracer = (
        Tracer(settings if settings is not None else config.TraceConfig())
        if trace is None
        else trace
    )
    done = list(
        tqdm.tqdm(
            work.in_order(_Scorer(tracer, dates, baselines), chosen, jobs=jobs),
            total=len(chosen),
            desc="tracing cases",
            # None is tqdm's word for: only on a terminal.
            disable=None if progress else True,
            leave=False,
        )
    )
    scored = [each.scored for each in done]
    about = {
        "lineage": __version__,
        "command": "lineage evaluate",
        "config": tracer.settings.to_dict() if isinstance(tracer, Tracer) else None,
        "encoder": sentence_vectors.describe(tracer.encoder)
        if isinstance(tracer, Tracer)
        else None,
        "dates": dates,
        "cases_sha256": known.checksum(chosen),
        "n_resamples": n_resamples,
        "seed": seed,
    }
    return Evaluation(
        figures=figures.summarise(scored, n_resamples=n_resamples, seed=seed),
        baselines=_baselines(done if baselines else (), n_resamples, seed),
        bets=_bets(scored),
        edges=_edges(scored),
        claims=_claims(scored),
        per_case=_per_case(scored),
        sets=_sets(scored),
        about=about,
    )


def _chosen(
    cases: Sequence[known.Case] | Iterable[str | Path] | str | Path,
) -> list[known.Case]:
    if isinstance(cases, str | Path):
        return known.read([cases])
    listed = list(cases)
    given = [each for each in listed if isinstance(each, known.Case)]
    if given and len(given) == len(listed):
        return given
    return known.read([each for each in listed if not isinstance(each, known.Case)])


def _baselines(done: Sequence[_Done], n_resamples: int, seed: int) -> pd.DataFrame:
    columns = {"method": "string"} | figures.COLUMNS
    methods = {
        method: [each.simple[method] for each in done if method in each.simple]
        for method in dict.fromkeys(name for each in done for name in each.simple)
    }
    # Of a whole set at once: what share of its pairs is what.
    sets = dict.fromkeys(each.scored.set for each in done)
    methods[simple.CONSTANT] = [
        guess
        for name in sets
        for guess in simple.constant([each.scored for each in done if each.scored.set == name])
    ]
    made = [
        figures.summarise(scored, n_resamples=n_resamples, seed=seed).assign(method=method)
        for method, scored in methods.items()
        if scored
    ]
    if not made:
        return pd.DataFrame(columns=list(columns)).astype(columns)
    return pd.concat(made, ignore_index=True)[list(columns)].astype(columns)


def _bets(scored: Sequence[scoring.Scored]) -> pd.DataFrame:
    rows = [
        {"set": each.set, "case": each.name} | dataclasses.asdict(bet)
        for each in scored
        for bet in each.bets
    ]
    return pd.DataFrame(rows, columns=list(_BET_COLUMNS)).astype(_BET_COLUMNS)


def _edges(scored: Sequence[scoring.Scored]) -> pd.DataFrame:
    rows = [
        {"set": each.set, "case": each.name} | dataclasses.asdict(edge)
        for each in scored
        for edge in each.listed
    ]
    return pd.DataFrame(rows, columns=list(_EDGE_COLUMNS)).astype(_EDGE_COLUMNS)


def _claims(scored: Sequence[scoring.Scored]) -> pd.DataFrame:
    rows = [
        {"set": each.set, "case": each.name} | dataclasses.asdict(claim)
        for each in scored
        for claim in each.claims
    ]
    return pd.DataFrame(rows, columns=list(_CLAIM_COLUMNS)).astype(_CLAIM_COLUMNS)


def _per_case(scored: Sequence[scoring.Scored]) -> pd.DataFrame:
    rows = []
    for each in scored:
        # One case has no spread: no draws.
        alone = figures.summarise([each], n_resamples=0)
        rows += [
            {
                "set": each.set,
                "case": each.name,
                "n_articles": each.n_articles,
                "figure": figure,
                "value": value,
            }
            for figure, value in zip(alone["figure"], alone["value"], strict=True)
        ]
    return pd.DataFrame(rows, columns=list(_CASE_COLUMNS)).astype(_CASE_COLUMNS)


def _sets(scored: Sequence[scoring.Scored]) -> pd.DataFrame:
    rows = []
    for name in dict.fromkeys(each.set for each in scored):
        mine = [each for each in scored if each.set == name]
        rows.append(
            {
                "set": name,
                "n_cases": len(mine),
                "n_articles": sum(each.n_articles for each in mine),
                "seconds": sum(each.seconds for each in mine),
            }
        )
    return pd.DataFrame(rows, columns=list(_SET_COLUMNS)).astype(_SET_COLUMNS)
