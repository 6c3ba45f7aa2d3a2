"""An archive on disk: what is stored stays, is skipped when it comes again, and is found."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pandas as pd
import pytest

import lineage
from lineage import errors
from lineage.engine.archive import (
    archive_settings,
    manifest,
    parts,
    relatives,
    removal,
    word_index,
)

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
CRANE = DATA / "harbour-crane" / "articles"
STORIES = sorted(path for path in DATA.glob("*/articles"))


def many(n, seed=0):
    """Invented texts of which no two are alike."""
    drawn = random.Random(seed)
    words = [
        f"{a}{b}{c}" for a in "bdfglm" for b in ("an", "or", "ill") for c in ("ta", "ek", "um")
    ]
    return [" ".join(drawn.choice(words) for _ in range(40)) for _ in range(n)]


def written(path, texts):
    with path.open("w", encoding="utf-8") as stream:
        for number, text in enumerate(texts):
            stream.write(json.dumps({"id": f"t{number}", "text": text}) + "\n")
    return path


def contents(archive):
    """Everything that readers get, whatever the numbers and times."""
    found = archive.tables.ask(
        "SELECT a.* EXCLUDE (text_no, added_at), t.text FROM articles a JOIN texts t "
        "USING (text_no) ORDER BY article_id"
    )
    return found.astype(object).where(found.notna(), None).to_dict("records")


@pytest.fixture(scope="module")
def stories(tmp_path_factory):
    """An archive of all shipped stories."""
    archive = lineage.Archive(tmp_path_factory.mktemp("stories") / "archive", create=True)
    archive.add(STORIES)
    return archive


class TestAdd:
    def test_what_is_read_is_there(self, tmp_path):
        archive = lineage.Archive(tmp_path / "archive", create=True)
        added = archive.add(CRANE)
        assert (added.n_read, added.n_articles, added.n_texts, added.n_there) == (8, 8, 8, 0)
        read = lineage.read(CRANE).articles.set_index("article_id")
        for row in contents(lineage.Archive(tmp_path / "archive")):
            mine = read.loc[row["article_id"]]
            assert (row["text"], row["title"], row["outlet"]) == (
                mine.text,
                mine.title,
                mine.outlet,
            )
            given = mine.published_at
            kept = row["published_at"]
            assert (kept is None and pd.isna(given)) or kept == given.tz_localize(None)

    def test_what_is_there_is_skipped_wherever_it_is_read_from(self, tmp_path, monkeypatch):
        archive = lineage.Archive(tmp_path / "archive", create=True)
        archive.add(CRANE)
        before = contents(archive)
        monkeypatch.chdir(CRANE)
        for again in (CRANE, CRANE / "tideline-post.txt", "tideline-post.txt", CRANE.parent):
            assert archive.add(again, skip_bad=True).n_articles == 0
        assert contents(archive) == before

    def test_the_same_text_of_another_outlet_is_another_article_with_one_text(self, tmp_path):
        archive = lineage.Archive(tmp_path / "archive", create=True)
        rows = [{"text": "The crane fell on Tuesday.", "outlet": name} for name in ("A", "B", "A")]
        (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)))
        added = archive.add(tmp_path / "rows.jsonl")
        assert (added.n_articles, added.n_texts, added.n_there) == (2, 1, 1)
        assert [row["outlet"] for row in contents(archive)].count("A") == 1

    def test_an_id_of_another_text_is_kept_with_a_suffix_and_said(self, tmp_path):
        archive = lineage.Archive(tmp_path / "archive", create=True)
        wrong = lineage.io.readers.problems.Problems(skip_bad=True)
        for name, text in (("a", "The crane fell."), ("b", "The crane stands again.")):
            path = tmp_path / f"{name}.jsonl"
            path.write_text(json.dumps({"id": "17", "text": text}))
            found = lineage.io.readers.stream.Stream(path)
            archive.add_articles(found, wrong=wrong)
            assert archive.add(path).n_there == 1
        ids = [row["article_id"] for row in contents(archive)]
        assert ids[0] == "17"
        assert ids[1].startswith("17-")
        assert "is that of another text" in wrong.items[0].problem

    def test_files_of_one_name_in_two_folders_keep_their_paths(self, tmp_path):
        for year, text in (("2024", "The crane fell."), ("2025", "The crane stands again.")):
            (tmp_path / "in" / year).mkdir(parents=True)
            (tmp_path / "in" / year / "page.txt").write_text(text)
        archive = lineage.Archive(tmp_path / "archive", create=True)
        archive.add(tmp_path / "in")
        assert sorted(row["article_id"] for row in contents(archive)) == ["2025/page.txt", "page"]

    def test_a_bad_row_stops_it_and_what_came_before_is_stored(self, tmp_path):
        path = tmp_path / "rows.jsonl"
        path.write_text('{"text": "The crane fell."}\n{"text": ""}\n{"text": "It stands again."}\n')
        archive = lineage.Archive(tmp_path / "archive", create=True)
        with pytest.raises(errors.InputError, match="row 2"):
            archive.add(path)
        assert len(contents(archive)) == 1
        added = archive.add(path, skip_bad=True)
        assert (added.n_articles, added.n_there) == (1, 1)

    def test_the_order_of_adding_makes_no_difference(self, tmp_path, monkeypatch):
        monkeypatch.setattr(archive_settings, "BATCH_TEXTS", 7)
        one = lineage.Archive(tmp_path / "one", create=True)
        other = lineage.Archive(tmp_path / "other", create=True)
        for path in STORIES:
            one.add(path)
        other.add(list(reversed(STORIES)))
        assert contents(one) == contents(other)
        text = lineage.read(CRANE / "tideline-post.txt")
        found = [each.query(text, encoder="lexical") for each in (one, other)]
        pd.testing.assert_frame_equal(found[0].candidates, found[1].candidates)
        for name, frame in found[0].result.frames.items():
            pd.testing.assert_frame_equal(frame, found[1].result.frames[name])

    def test_many_small_files_become_few(self, tmp_path, monkeypatch):
        monkeypatch.setattr(archive_settings, "BATCH_TEXTS", 1)
        archive = lineage.Archive(tmp_path / "archive", create=True)
        texts = many(40)
        archive.add(written(tmp_path / "texts.jsonl", texts))
        assert len(archive.state.parts["texts"]) < 13
        assert sorted(row["text"] for row in contents(archive)) == sorted(texts)
        on_disk = {path.name for path in (tmp_path / "archive" / parts.FOLDER).iterdir()}
        named = {each.file for listed in archive.state.parts.values() for each in listed}
        assert on_disk == named | {each.file for each in archive.state.old}


class TestOpen:
    def test_a_newer_format_is_refused_in_one_line(self, tmp_path):
        lineage.Archive(tmp_path / "archive", create=True)
        path = tmp_path / "archive" / manifest.NAME
        values = json.loads(path.read_text())
        path.write_text(json.dumps(values | {"version": 99, "lineage": "9.0"}))
        with pytest.raises(errors.ArchiveError, match=r"format 99, made by lineage 9\.0; .*newer"):
            lineage.Archive(tmp_path / "archive")

    def test_one_that_an_earlier_version_made_is_read_and_added_to(self, tmp_path):
        """Format 1, as it was kept when it was new; without its index, which is built anew."""
        shutil.copytree(ROOT / "tests" / "data" / "archive-1", tmp_path / "archive")
        archive = lineage.Archive(tmp_path / "archive")
        read = lineage.read(DATA / "hollin-dam" / "articles").articles
        assert {row["text"] for row in contents(archive)} == set(read["text"])
        (story_id,) = archive.stories()["story_id"]
        found = archive.query([lineage.Article(read["text"].iloc[0], "asked")], encoder="lexical")
        assert found.candidates["is_related"].any()
        archive.add(CRANE)
        archive.update_stories()
        assert story_id in archive.stories()["story_id"].tolist()
        assert len(archive.stories()) == 2

    def test_a_folder_of_something_else_is_left_alone(self, tmp_path):
        (tmp_path / "letter.txt").write_text("Dear all")
        with pytest.raises(errors.UsageError, match="left alone"):
            lineage.Archive(tmp_path, create=True)
        with pytest.raises(errors.ArchiveError, match="not an archive"):
            lineage.Archive(tmp_path)

    def test_an_index_that_is_gone_or_behind_is_completed(self, tmp_path):
        archive = lineage.Archive(tmp_path / "archive", create=True)
        archive.add(CRANE)
        del archive
        shutil.rmtree(word_index.folder_of(tmp_path / "archive"))
        found = lineage.Archive(tmp_path / "archive").query(
            lineage.read(CRANE / "tideline-post.txt"), encoder="lexical"
        )
        assert found.candidates["is_related"].sum() >= 2

    def test_a_second_writer_is_told_who_writes(self, tmp_path):
        archive = lineage.Archive(tmp_path / "archive", create=True)
        other = lineage.Archive(tmp_path / "archive")
        with (
            archive.writing("add"),
            pytest.raises(errors.ArchiveError, match=rf"process {os.getpid()} on .*archive add"),
        ):
            other.add(CRANE)
        assert other.add(CRANE).n_articles == 8


class TestReadersGoOn:
    def test_a_reader_sees_one_state_or_the_next_while_another_process_writes(self, tmp_path):
        place = tmp_path / "archive"
        archive = lineage.Archive(place, create=True)
        archive.add(CRANE)
        source = written(tmp_path / "texts.jsonl", many(400))
        writer = subprocess.Popen([sys.executable, "-c", SLOWLY, str(place), str(source)], env=ENV)
        seen = []
        reader = lineage.Archive(place)
        text = lineage.read(CRANE / "tideline-post.txt")
        while writer.poll() is None:
            seen.append(int(reader.tables.ask("SELECT count(*) AS n FROM articles")["n"].iloc[0]))
            assert len(lineage.Archive(place).index.by_words(["crane"], 5)) > 0
        assert writer.returncode == 0
        assert seen == sorted(seen)
        assert len(set(seen)) > 2
        assert reader.query(text, encoder="lexical").candidates["is_related"].sum() >= 2
        assert len(contents(reader)) == 408


ENV = {**os.environ, "PYTHONPATH": str(ROOT)}
SLOWLY = textwrap.dedent(
    """
    import sys
    import lineage
    from lineage.engine.archive import archive_settings

    archive_settings.BATCH_TEXTS = 10
    archive = lineage.Archive(sys.argv[1], create=True)
    archive.add(sys.argv[2], told=lambda counts: print(counts.n_articles, flush=True))
    """
)


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="kill -9 is of POSIX")
class TestKilled:
    @pytest.mark.parametrize("seed", range(2))
    def test_nothing_that_was_reported_is_lost_and_a_second_call_goes_on(self, tmp_path, seed):
        texts = many(600)
        source = written(tmp_path / "texts.jsonl", texts)
        place = tmp_path / "archive"
        drawn = random.Random(seed)
        stored = 0
        for _ in range(4):
            command = [sys.executable, "-c", SLOWLY, str(place), str(source)]
            writer = subprocess.Popen(command, env=ENV, stdout=subprocess.PIPE, text=True)
            # Killed at any moment after so many reports, those within a report included.
            told = [stored]
            for _ in range(drawn.randint(1, 8)):
                line = writer.stdout.readline()
                if not line.endswith("\n"):
                    break
                told.append(stored + int(line))
            time.sleep(drawn.random() * 0.05)
            writer.send_signal(signal.SIGKILL)
            rest = writer.stdout.read()
            told += [stored + int(line) for line in rest.split("\n")[:-1] if line]
            writer.wait()
            archive = lineage.Archive(place)
            found = contents(archive)
            assert len(found) >= told[-1]
            assert {row["text"] for row in found} <= set(texts)
            assert archive.index.n_texts == len(found)
            stored = len(found)
        archive = lineage.Archive(place)
        archive.add(source)
        assert sorted(row["text"] for row in contents(archive)) == sorted(texts)
        assert archive.index.n_texts == len(texts)


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
class TestFullDisk:
    def test_it_is_said_in_one_line_and_what_was_stored_is_there(self, tmp_path):
        place = tmp_path / "archive"
        lineage.Archive(place, create=True).add(CRANE)
        source = written(tmp_path / "texts.jsonl", [f"{text} " * 400 for text in many(200)])
        # No file may grow beyond this: what a full disk does to a process.
        code = "import sys; from lineage.cli import main; raise SystemExit(main.run(sys.argv[1:]))"
        limited = 'ulimit -f 24; trap "" XFSZ; exec "$@"'
        in_bash = ["bash", "-c", limited, "-", sys.executable, "-c", code]
        done = subprocess.run(
            [*in_bash, "archive", "add", str(place), str(source)],
            env=ENV,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == errors.ArchiveError.status, done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
        archive = lineage.Archive(place)
        assert len(contents(archive)) == 8
        assert archive.add(source).n_articles == 200


class TestQuery:
    @pytest.mark.parametrize("folder", STORIES, ids=lambda path: path.parent.name)
    def test_the_source_of_each_derived_text_is_a_candidate(self, stories, folder):
        truth = json.loads((folder.parent / "truth.json").read_text(encoding="utf-8"))
        texts = lineage.read(folder).articles.set_index("article_id")["text"]
        of_number = dict(
            stories.tables.ask("SELECT text_no, article_id FROM articles").itertuples(index=False)
        )
        for edge in truth["edges"]:
            source, target = edge["source"], edge["target"]
            if source not in texts.index or target not in texts.index:
                continue
            marks = lineage.match.word_runs.marks(texts[target])
            found = relatives.candidates(stories.index, marks)
            kept = [of_number[each.text_no] for each in found[: archive_settings.WEIGHED_TEXTS + 1]]
            assert source in kept, (source, target)

    def test_a_text_that_is_not_there_is_traced_to_its_source(self, stories, tmp_path):
        text = (CRANE / "tideline-post.txt").read_text(encoding="utf-8")
        half = text[: len(text) * 2 // 3]
        answer = stories.query([lineage.Article(half, "found-online")], encoder="lexical")
        assert answer.query_ids == ["found-online"]
        assert answer.candidates["article_id"].iloc[0] == "tideline-post"
        edges = answer.result.edges
        assert ("tideline-post", "found-online") in set(
            zip(edges["source_id"], edges["target_id"], strict=True)
        )
        answer.result.save(tmp_path / "run")
        assert lineage.load(tmp_path / "run").run["archive"]["query"] == ["found-online"]

    def test_a_text_without_relatives_is_traced_beside_the_nearest(self, stories):
        text = "Grandmother's plum cake needs four eggs, butter and patience. " * 3
        answer = stories.query([lineage.Article(text, "cake")], encoder="lexical")
        assert not answer.candidates["is_related"].any()
        assert len(answer.result.edges) == 0

    def test_an_empty_archive_has_no_relatives(self, tmp_path):
        archive = lineage.Archive(tmp_path / "archive", create=True)
        answer = archive.query([lineage.Article("The crane fell on Tuesday.", "a")])
        assert len(answer.candidates) == 0


class TestRemove:
    def test_by_id_and_nothing_of_it_is_left_on_disk(self, tmp_path, monkeypatch):
        monkeypatch.setattr(archive_settings, "BATCH_TEXTS", 3)
        archive = lineage.Archive(tmp_path / "archive", create=True)
        archive.add(CRANE)
        before = contents(archive)
        old = {path.name for path in (tmp_path / "archive" / parts.FOLDER).iterdir()}
        assert archive.remove(["tideline-post"]) == removal.Removed(1, 1)
        assert contents(archive) == [row for row in before if row["article_id"] != "tideline-post"]
        assert archive.index.n_texts == 7
        left = {path.name for path in (tmp_path / "archive" / parts.FOLDER).iterdir()}
        assert left == {each.file for rows in archive.state.parts.values() for each in rows}
        assert left & old
        assert not (old <= left)
        assert archive.add(CRANE).n_articles == 1
        assert contents(archive) == before

    def test_a_text_that_another_article_has_stays(self, tmp_path):
        archive = lineage.Archive(tmp_path / "archive", create=True)
        for name in "ab":
            path = tmp_path / f"{name}.jsonl"
            path.write_text(json.dumps({"id": name, "text": "The crane fell."}))
            archive.add(path)
        assert archive.remove(files=[str(tmp_path / "a.jsonl")]).n_texts == 0
        assert [row["article_id"] for row in contents(archive)] == ["b"]

    def test_one_that_is_not_there_is_an_error_and_nothing_goes(self, tmp_path):
        archive = lineage.Archive(tmp_path / "archive", create=True)
        archive.add(CRANE)
        with pytest.raises(errors.UsageError, match="no article 'nobody'; nothing was removed"):
            archive.remove(["tideline-post", "nobody"])
        with pytest.raises(errors.UsageError, match="nothing was read from"):
            archive.remove(files=[str(tmp_path)])
        assert len(contents(archive)) == 8

    def test_an_index_that_still_has_it_is_put_right(self, tmp_path):
        archive = lineage.Archive(tmp_path / "archive", create=True)
        archive.add(CRANE)
        # As if killed between the files and the index.
        gone = removal.chosen(archive.tables, ["tideline-post"], [])
        state, _ = removal.without(archive.tables, gone)
        parts.commit(archive.folder, state)
        assert archive.index.n_texts == 8
        assert lineage.Archive(tmp_path / "archive").index.n_texts == 7


class TestExport:
    def test_what_is_exported_is_read_again_as_it_was(self, tmp_path):
        archive = lineage.Archive(tmp_path / "archive", create=True)
        archive.add(CRANE)
        assert archive.export(tmp_path / "out") == {"articles.parquet": 8, "pairs.parquet": 0}
        again = lineage.read(tmp_path / "out" / "articles.parquet").articles
        pd.testing.assert_frame_equal(again, lineage.read(CRANE).articles)
