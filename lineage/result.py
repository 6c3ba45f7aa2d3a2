"""What a trace returns: one frame a table, and how the run came about."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from . import errors, tables

if TYPE_CHECKING:
    import networkx
    from prov.model import ProvDocument

    from .config import TraceConfig


class Lineage:
    """The tables of one trace.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        All tables of `tables.TABLES`.
    run : mapping
        What ``run.json`` says: version, configuration, input hashes, encoder, counts,
        what was not measured.
    pages : mapping of str to bytes, optional
        Files of the folder ``pages``: what was fetched from the web.

    Attributes
    ----------
    articles, sentences, relations, evidence, readings, attributions, facts : DataFrame
    all_edges : DataFrame
        Edges of every status.
    edges : DataFrame
        Kept edges only.
    run : dict
    pages : dict of str to bytes

    Examples
    --------
    A run that `lineage trace data/harbour-crane/articles -o run` wrote:

    >>> import lineage
    >>> result = lineage.load("run")
    >>> result
    <Lineage: 8 articles, 2 absent sources, 6 edges>
    >>> result.edges.loc[:, ["source_id", "target_id", "relation"]].iloc[3].tolist()
    ['meridian-first', 'ostrell-page', 'reprint']
    >>> int((result.all_edges["status"] == "kept").sum())
    6
    """

    def __init__(
        self,
        frames: Mapping[str, pd.DataFrame],
        run: Mapping[str, Any],
        pages: Mapping[str, bytes] | None = None,
    ) -> None:
        missing = sorted(set(tables.TABLES) - set(frames))
        if missing:
            raise errors.TableError(f"tables missing: {', '.join(missing)}")
        self._frames = {name: tables.check(name, frames[name]) for name in tables.TABLES}
        self.run = dict(run)
        self.pages = dict(pages or {})

    @property
    def articles(self) -> pd.DataFrame:
        """Supplied articles and absent sources."""
        return self._frames["articles"]

    @property
    def sentences(self) -> pd.DataFrame:
        """Sentences of the supplied articles with their roles."""
        return self._frames["sentences"]

    @property
    def relations(self) -> pd.DataFrame:
        """Outcome of every compared pair."""
        return self._frames["relations"]

    @property
    def all_edges(self) -> pd.DataFrame:
        """Edges of every status."""
        return self._frames["edges"]

    @property
    def edges(self) -> pd.DataFrame:
        """Kept edges."""
        found = self._frames["edges"]
        return found[found["status"] == "kept"].reset_index(drop=True)

    @property
    def evidence(self) -> pd.DataFrame:
        """Signals of every listed edge, in bits, with the words they point at."""
        return self._frames["evidence"]

    @property
    def readings(self) -> pd.DataFrame:
        """Places where possible parents differ, and whom the child follows."""
        return self._frames["readings"]

    @property
    def attributions(self) -> pd.DataFrame:
        """Where each sentence came from."""
        return self._frames["attributions"]

    @property
    def hidden_marks(self) -> pd.DataFrame:
        r"""Characters of the texts that nobody sees: where, which, and who has the same ones.

        Examples
        --------
        >>> import lineage
        >>> marked = "The bridge\N{ZERO WIDTH SPACE} was shut on Monday."
        >>> result = lineage.trace([lineage.Article(marked, "post")])
        >>> result.hidden_marks[["article_id", "start", "kind"]].to_numpy().tolist()
        [['post', 10, 'zero-width characters']]
        """
        columns = ("article_id", "start", "end", "kind", "n_characters", "characters")
        rows = self.run.get("hidden_marks", [])
        return pd.DataFrame(rows, columns=[*columns, "is_whole", "also_in"])

    @property
    def facts(self) -> pd.DataFrame:
        """Numbers, dates, names, denials, speakers and quotes that changed on the way."""
        return self._frames["facts"]

    @property
    def settings(self) -> TraceConfig:
        """The settings of the run.

        Examples
        --------
        >>> import lineage
        >>> lineage.load("run").settings.decided
        0.9
        """
        from .report.page import summary

        return summary.settings(self.run)

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        """All tables by name.

        Examples
        --------
        >>> import lineage
        >>> ", ".join(lineage.load("run").frames)
        'articles, sentences, relations, edges, evidence, readings, attributions, facts'
        """
        return dict(self._frames)

    def to_networkx(self) -> networkx.DiGraph:
        """Return the kept edges as a graph.

        Returns
        -------
        networkx.DiGraph
            Nodes are article ids; attributes are the rows' values, missing ones left
            out.

        Examples
        --------
        >>> import lineage
        >>> graph = lineage.load("run").to_networkx()
        >>> sorted(graph.successors("meridian-first"))
        ['meridian-update', 'ostrell-page', 'pellworth-courier', 'tideline-post']
        >>> graph.edges["meridian-first", "ostrell-page"]["relation"]
        'reprint'
        """
        from .io.writers import export

        return export.graph(self.articles, self.edges)

    def to_prov(self) -> ProvDocument:
        """Return the kept edges in the W3C's provenance model.

        Returns
        -------
        prov.model.ProvDocument
            Articles are entities, outlets agents, edges derivations with probabilities
            as attributes, the trace an activity; see `io.writers.prov.document`.

        Raises
        ------
        MissingExtraError
            If the extra ``prov`` is not installed.

        Examples
        --------
        >>> import lineage
        >>> document = lineage.load("run").to_prov()
        >>> document.serialize("provenance.json")
        """
        from .io.writers import prov

        return prov.document(self.articles, self.edges, self.run, settings=self.settings)

    def _repr_html_(self) -> str:
        from .report import notebook

        return notebook.render(self._frames, self.settings)

    def save(self, folder: str | os.PathLike[str], *, overwrite: bool = False) -> Path:
        """Write a run folder.

        Parameters
        ----------
        folder : path
            Created if need be; written beside it and renamed into place.
        overwrite : bool, default False
            Replace an earlier run there.

        Returns
        -------
        Path
            The folder: ``run.json``, a CSV file a table, ``lineage.graphml`` and ``.dot``,
            ``lineage.prov.json`` if the extra ``prov`` is installed, pictures in ``figures``,
            and ``report.html``.

        Raises
        ------
        UsageError
            If the folder holds something else, or an earlier run and not `overwrite`.

        Examples
        --------
        >>> import lineage
        >>> folder = lineage.load("run").save("again")
        >>> (folder / "report.html").is_file()
        True
        """
        from .io import run_folder
        from .io.writers import prov
        from .report.page import render
        from .report.plots import dag_chart

        def extras(target: Path) -> None:
            dag_chart.write_figures(self._frames, target / "figures", settings=self.settings)
            if prov.is_installed():
                written = prov.to_json(self.to_prov())
                (target / "lineage.prov.json").write_text(written, "utf-8", newline="\n")
            page = render.render(self._frames, self.run)
            (target / "report.html").write_text(page, encoding="utf-8", newline="\n")

        run_folder.write(
            folder,
            self._frames,
            self.run,
            extras=extras,
            overwrite=overwrite,
            arrow=self.settings.arrow,
            pages=self.pages,
        )
        return Path(folder)

    def __repr__(self) -> str:
        supplied = (self.articles["kind"] == "supplied").sum()
        absent = (self.articles["kind"] == "absent").sum()
        return f"<Lineage: {supplied} articles, {absent} absent sources, {len(self.edges)} edges>"


def load(folder: str | os.PathLike[str]) -> Lineage:
    """Read a run folder.

    Parameters
    ----------
    folder : path
        Written by `Lineage.save`.

    Returns
    -------
    Lineage
        Equal to what was saved.

    Raises
    ------
    InputError
        If it is no run folder, or a file of it is missing or damaged.

    Examples
    --------
    >>> import lineage
    >>> lineage.load("run")
    <Lineage: 8 articles, 2 absent sources, 6 edges>
    """
    from .io import run_folder

    found = run_folder.read(folder)
    return Lineage(found.frames, found.run, found.pages)
