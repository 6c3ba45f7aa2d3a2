"""A corpus traced on DuckDB, Sail and Spark: the same bytes, nothing left out in silence."""

import itertools
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import lineage
from lineage import errors, tables
from lineage.engine.archive import archive_settings
from lineage.engine.cluster import (
    candidate_joins,
    cluster_settings,
    corpus_steps,
    duckdb_backend,
    family_joins,
    family_traces,
    star_pairs,
    text_records,
)
from lineage.graph import links

from . import invented, sail

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = lineage.TraceConfig(encoder="lexical")
NAMES = (*tables.TABLES, "families", "members", "problems")
COLUMNS = ["article_id", "text", "title", "outlet", "byline", "url", "published_at"]


def stories(*names):
    """Articles of shipped stories, mixed, with the name of the story before each id."""
    frames = []
    for name in names:
        frame = lineage.read(ROOT / "data" / name / "articles").articles[COLUMNS]
        frames.append(frame.assign(article_id=name + "/" + frame["article_id"]))
    mixed = pd.concat(frames, ignore_index=True)
    return mixed.iloc[np.random.default_rng(5).permutation(len(mixed))].reset_index(drop=True)


def strangers(n):
    """Invented texts that have nothing in common but their syllables."""
    drawn = np.random.default_rng(7)
    words = [f"{a}{b}{c}" for a in "bdfglm" for b in ("an", "or", "ill") for c in ("ta", "ek")]
    return [" ".join(drawn.choice(words, 40)) + "." for _ in range(n)]


def versions(n):
    """Texts of one family: a report without one of its sentences, and with one more."""
    texts = []
    for k, more in enumerate(strangers(n)):
        kept = [each for j, each in enumerate(invented.REPORT) if j != k % len(invented.REPORT)]
        texts.append(" ".join([*kept, f"Moreover {more}"]))
    return texts


def written(frame, folder):
    """A corpus as clusters have it: a folder of several Parquet files, times in microseconds."""
    folder.mkdir()
    times = pd.to_datetime(frame["published_at"], utc=True).astype("datetime64[us, UTC]")
    ready = frame.assign(published_at=times)
    for k in range(3):
        ready.iloc[k::3].to_parquet(folder / f"part-{k}.parquet")
    return folder


def lines(folder, name):
    """All rows of a table as lines of CSV, sorted; engines write no folder for no rows."""
    if not (Path(folder) / name).is_dir():
        return []
    frame = pd.read_parquet(Path(folder) / name)
    for column in frame.select_dtypes("datetimetz"):
        frame[column] = frame[column].dt.tz_convert("UTC").dt.as_unit("us")
    return sorted(map(repr, frame.astype(object).where(frame.notna(), None).to_numpy().tolist()))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """Two stories, and what corpora have beside: repeats, ids that stand twice, empty rows."""
    mixed = stories("harbour-crane", "hollin-dam")
    copy = mixed.iloc[[0]].assign(article_id=None, outlet="The Other Paper")
    twice = mixed.iloc[[1]]
    taken = mixed.iloc[[2]].assign(
        text="The allotment society of Wexcombe chose Ida Torvald as its treasurer on Sunday."
    )
    empty = mixed.iloc[[3]].assign(article_id="empty", text=" ")
    every = pd.concat([mixed, copy, twice, taken, empty], ignore_index=True)
    return written(every, tmp_path_factory.mktemp("corpus") / "articles")


@pytest.fixture(scope="module")
def local(corpus, tmp_path_factory):
    return lineage.LocalEngine().trace(corpus, tmp_path_factory.mktemp("local") / "run", SETTINGS)


def engine_of(tmp_path):
    return duckdb_backend.DuckdbBackend(tmp_path / "tables", tmp_path / "work")


class TestLocalEngine:
    def test_families_are_those_of_an_archive(self, local, corpus, tmp_path):
        archive = lineage.Archive(tmp_path / "archive", create=True)
        archive.add(corpus, skip_bad=True)
        archive.update_stories()
        rows = archive.tables.ask(
            "SELECT story_id, text_sha256 FROM stories JOIN texts USING (text_no)"
        )
        kept = {frozenset(each) for each in rows.groupby("story_id")["text_sha256"].agg(list)}
        members = pd.read_parquet(Path(local.folder) / "members")
        found = {frozenset(each) for each in members.groupby("family_id")["text_sha256"].agg(list)}
        assert found == kept
        assert max(map(len, found)) >= 4

    def test_a_family_is_traced_as_an_ordinary_story(self, local):
        families = pd.read_parquet(Path(local.folder) / "families")
        largest = families.sort_values("n_articles").iloc[-1]
        articles = pd.read_parquet(Path(local.folder) / "articles")
        mine = articles[(articles["family_id"] == largest["family_id"])]
        supplied = mine[mine["kind"] == "supplied"].drop(columns=["family_id", "kind"])
        result = lineage.trace(supplied[[*COLUMNS, "published_precision"]], SETTINGS)
        edges = pd.read_parquet(Path(local.folder) / "edges")
        edges = edges[edges["family_id"] == largest["family_id"]]
        columns = ["source_id", "target_id", "p_edge", "status"]
        assert edges[columns].sort_values(columns[:2]).to_numpy().tolist() == (
            result.all_edges[columns].sort_values(columns[:2]).to_numpy().tolist()
        )

    def test_what_was_left_out_is_said(self, local):
        counts = local.run["counts"]
        assert (counts["rows"], counts["left_out"], counts["repeated"]) == (
            counts["articles"] + 2,
            1,
            1,
        )
        problems = pd.read_parquet(Path(local.folder) / "problems")
        assert problems.to_dict("records") == [
            {"problem": "the text is empty", "is_left_out": True, "n_rows": 1}
        ]

    def test_an_id_of_two_texts_is_told_apart(self, local):
        engine_ids = pd.read_parquet(Path(local.folder) / "members")["article_id"]
        assert engine_ids.is_unique
        assert engine_ids.str.contains(r"/[^/]+-[0-9a-f]{8}$").any()

    def test_run_says_how_it_came_about(self, local):
        said = json.loads((Path(local.folder) / "run.json").read_text())
        assert said == local.run
        assert said["engine"] == "local"
        assert not (Path(local.folder) / "work").exists()

    @pytest.mark.slow
    def test_processes_make_no_difference(self, local, corpus, tmp_path):
        other = lineage.LocalEngine(jobs=2).trace(corpus, tmp_path / "run", SETTINGS)
        assert other.run == local.run
        for name in NAMES:
            assert lines(other.folder, name) == lines(local.folder, name), name

    def test_a_frame_is_as_good_as_files(self, local, corpus, tmp_path):
        other = lineage.LocalEngine().trace(pd.read_parquet(corpus), tmp_path / "run", SETTINGS)
        for name in NAMES:
            assert lines(other.folder, name) == lines(local.folder, name), name

    def test_a_large_family_is_capped_and_said_so(self, corpus, tmp_path, monkeypatch):
        monkeypatch.setattr(archive_settings, "MOST_STORY_ARTICLES", 3)
        run = lineage.LocalEngine().trace(corpus, tmp_path / "run", SETTINGS)
        assert any("traced by their first 3 articles" in said for said in run.run["limits_hit"])
        families = pd.read_parquet(tmp_path / "run" / "families")
        assert families["n_traced"].max() == 3 < families["n_articles"].max()
        assert len(pd.read_parquet(tmp_path / "run" / "members")) == families["n_articles"].sum()

    def test_a_family_larger_than_the_cap_of_a_run_hangs_together(self, tmp_path, monkeypatch):
        monkeypatch.setattr(cluster_settings, "MOST_HOLDERS", 3)
        texts = versions(9)
        run = lineage.LocalEngine().trace(pd.DataFrame({"text": texts}), tmp_path / "run", SETTINGS)
        assert pd.read_parquet(tmp_path / "run" / "families")["n_texts"].tolist() == [9]
        assert any("runs of words that more than 3 texts have" in s for s in run.run["limits_hit"])

    def test_one_text_is_nothing_to_trace(self, tmp_path):
        with pytest.raises(errors.NothingToTraceError, match="1 article to trace"):
            lineage.LocalEngine().trace(pd.DataFrame({"text": ["One text."]}), tmp_path / "run")

    def test_a_folder_of_something_else_is_left_alone(self, corpus, tmp_path):
        (tmp_path / "notes.txt").write_text("mine")
        with pytest.raises(errors.UsageError, match="not empty"):
            lineage.LocalEngine().trace(corpus, tmp_path)

    def test_a_run_that_was_killed_is_replaced_and_one_that_fails_leaves_nothing(
        self, local, corpus, tmp_path, monkeypatch
    ):
        (tmp_path / "run" / "edges").mkdir(parents=True)
        (tmp_path / "run" / "edges" / "part-9.parquet").write_bytes(b"half")
        monkeypatch.setattr(family_joins, "find", lambda engine: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            lineage.LocalEngine().trace(corpus, tmp_path / "run", SETTINGS)
        assert not (tmp_path / "run").exists()

    def test_files_that_are_not_there_are_named(self, tmp_path):
        with pytest.raises(errors.InputError, match="nowhere"):
            lineage.LocalEngine().trace(tmp_path / "nowhere", tmp_path / "run")


class TestSparkEngine:
    @pytest.mark.slow
    def test_sail_gives_the_same_bytes(self, local, corpus, tmp_path):
        with sail.session() as session:
            run = lineage.SparkEngine(session).trace(str(corpus), tmp_path / "run", SETTINGS)
            with pytest.raises(errors.InputError, match="/nowhere: no Parquet files there"):
                lineage.SparkEngine(session).trace("/nowhere", tmp_path / "other", SETTINGS)
        assert run.run == local.run | {"engine": "spark"}
        for name in NAMES:
            assert lines(run.folder, name) == lines(local.folder, name), name

    @pytest.mark.slow
    def test_spark_gives_the_same_bytes(self, local, corpus, tmp_path):
        python = os.environ.get("LINEAGE_SPARK_PYTHON")
        if python is None:
            pytest.skip("LINEAGE_SPARK_PYTHON names no interpreter that has the whole of pyspark")
        command = [python, "-m", "tests.spark_run", str(corpus), str(tmp_path / "run")]
        done = subprocess.run(
            [*command, json.dumps(SETTINGS.to_dict())],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        assert done.returncode == 0, done.stderr[-4000:]
        said = json.loads((tmp_path / "run" / "run.json").read_text())
        assert said == local.run | {"engine": "spark"}
        for name in NAMES:
            assert lines(tmp_path / "run", name) == lines(local.folder, name), name

    def test_the_package_alone_loads_no_spark(self):
        code = (
            "import sys, lineage; lineage.SparkEngine(None);"
            "print([name for name in ('pyspark', 'duckdb') if name in sys.modules])"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == "[]"


class TestTextNo:
    def test_numbers_sort_as_hashes_do(self):
        hashes = ["0" * 64, "7f" * 32, "80" + "0" * 62, "f" * 64]
        numbers = [text_records.text_no(each) for each in hashes]
        assert numbers == sorted(numbers)
        assert max(numbers) < 2**63
        assert [family_traces.family_id(n)[6:] for n in numbers] == [h[:15] for h in hashes]


class TestCandidates:
    def test_texts_with_twelve_words_in_a_row_are_candidates(self, tmp_path):
        shared = (
            "amber kettle drifted under seven quiet bridges while nobody watched the clock turn"
        )
        one, other, *rest = strangers(12)
        frame = pd.DataFrame({"text": [f"{one} {shared}", f"{shared} {other}", *rest]})
        engine = engine_of(tmp_path)
        engine.load("lineage_supplied", frame)
        corpus_steps.articles(engine)
        candidate_joins.find(engine)
        stars = engine.ask("SELECT text_no, other_no FROM lineage_stars")
        by_text = engine.ask("SELECT text_no, text FROM lineage_articles")
        holders = set(by_text[by_text["text"].str.contains("amber kettle")]["text_no"])
        engine.close()
        found = set(map(tuple, stars.to_numpy().tolist()))
        a, b = holders
        assert {(a, b), (b, a)} <= found


class TestFamilies:
    def joined(self, tmp_path, pairs):
        """Families of pairs (one, other, p) as the joins of an engine find them."""
        rows = [
            {
                "one": one,
                "other": other,
                "nats": 30.0 if p >= 0.5 else 1.0,
                "p_link": p,
                "odds": star_pairs._odds(p),
                "run_words": 20,
            }
            for one, other, p in pairs
        ]
        engine = engine_of(tmp_path)
        engine.give(
            "lineage_pairs", text_records.frame_of(star_pairs.PAIRS, rows), star_pairs.PAIRS
        )
        family_joins.find(engine)
        parted = engine.ask("SELECT text_no, family FROM lineage_parted")
        engine.close()
        return {frozenset(group.tolist()) for _, group in parted.groupby("family")["text_no"]}

    def whole(self, pairs):
        """The same by `links.families`, which has all in memory."""
        numbers = sorted({each for one, other, _ in pairs for each in (one, other)})
        ordered = sorted(pairs)
        a, b = (np.array([numbers.index(row[k]) for row in ordered]) for k in (0, 1))
        p = np.array([row[2] for row in ordered])
        nats = np.where(p >= 0.5, 30.0, 1.0)
        found = links.families(links.Links(len(numbers), a, b, nats, np.zeros((len(a), 0))), p=p)
        return {frozenset(numbers[k] for k in group) for group in found if len(group) > 1}

    def test_a_long_path_and_many_random_pairs_are_joined_as_in_memory(self, tmp_path):
        rng = np.random.default_rng(3)
        order = rng.permutation(40) + 1
        path = {(int(min(p)), int(max(p))): 0.9 for p in itertools.pairwise(order)}
        for one, other in rng.integers(100, 180, (90, 2)).tolist():
            if one != other:
                path[min(one, other), max(one, other)] = float(rng.choice([0.3, 0.45, 0.8]))
        pairs = [(one, other, p) for (one, other), p in path.items()]
        assert self.joined(tmp_path, pairs) == self.whole(pairs)

    def test_a_text_belongs_by_the_sum_of_its_odds(self, tmp_path):
        triangle = [(1, 2, 0.9), (1, 3, 0.9), (2, 3, 0.9)]
        weak = [(1, 9, 0.3), (2, 9, 0.3), (3, 9, 0.3)]
        assert self.joined(tmp_path, [*triangle, *weak]) == {frozenset({1, 2, 3, 9})}
        assert self.whole([*triangle, *weak]) == {frozenset({1, 2, 3, 9})}


def command(*words):
    """Run `lineage` as a process; what comes back is (status, output, errors)."""
    done = subprocess.run(
        [sys.executable, "-m", "lineage.cli", *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return done.returncode, done.stdout, done.stderr


class TestCommand:
    def test_parquet_is_traced_and_told(self, local, corpus, tmp_path):
        words = ("trace", corpus, "--engine", "local", "--jobs", 1, "--encoder", "lexical")
        status, said, wrong = command(*words, "-o", tmp_path / "run")
        assert (status, wrong) == (0, "")
        assert "families of" in said
        assert "left out: 1 rows; the table problems says why" in said
        for name in NAMES:
            assert lines(tmp_path / "run", name) == lines(local.folder, name), name

    def test_a_folder_of_texts_is_read_here(self, tmp_path):
        words = ("trace", "data/hollin-dam/articles", "--engine", "local", "--jobs", 1)
        status, said, wrong = command(*words, "--encoder", "lexical", "-o", tmp_path / "run", "-q")
        assert (status, said, wrong) == (0, "", "")
        assert len(pd.read_parquet(tmp_path / "run" / "families")) > 0

    def test_nobody_is_waited_for_who_does_not_listen(self, corpus, tmp_path):
        pytest.importorskip("pyspark", reason="the extra spark is not installed")
        words = ("trace", corpus, "--engine", "spark", "--remote", "sc://localhost:1")
        status, _, wrong = command(*words, "-o", tmp_path / "run")
        assert status == 1
        assert wrong.splitlines()[-1].startswith("lineage: sc://localhost:1: nobody answers")

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            (["--engine", "dask"], "trace --engine dask: one of local, spark"),
            (["--engine", "spark"], "say where, --remote sc://HOST:15002"),
            (["--jobs", "2"], "trace --jobs: it goes with --engine"),
            (["--engine", "local", "--open"], "trace --open: it does not go with --engine"),
            (["--engine", "local", "--remote", "sc://x"], "it goes with --engine spark"),
            (["--engine", "local", "--memory", "lots"], "memory limit 'lots'"),
        ],
    )
    def test_what_does_not_fit_is_said_in_a_line(self, words, told, tmp_path):
        status, _, wrong = command(
            "trace", "data/hollin-dam/articles", *words, "-o", tmp_path / "run"
        )
        assert status == 2
        assert told in wrong
        assert wrong.count("\n") == 1
        assert not (tmp_path / "run").exists()
