"""Stories of an archive: they keep their names as they grow, and are traced when they have."""

import itertools
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

import pytest

import lineage
from lineage import errors
from lineage.cli import main
from lineage.engine.archive import archive_settings, archive_stories, watching

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
CRANE = DATA / "harbour-crane" / "articles"
RAIL = DATA / "rail-inquiry" / "articles"
ENV = {**os.environ, "PYTHONPATH": str(ROOT)}


def families(archive):
    """The ids of the articles of each story, whatever its name."""
    rows = archive.tables.ask(
        "SELECT story_id, article_id FROM stories JOIN articles USING (text_no)"
    )
    return sorted(sorted(group) for _, group in rows.groupby("story_id")["article_id"])


@pytest.fixture
def archive(tmp_path):
    return lineage.Archive(tmp_path / "archive", create=True)


class TestUpdate:
    def test_the_shipped_stories_are_found_and_no_two_are_one(self, archive):
        archive.add(sorted(DATA.glob("*/articles")))
        archive.update_stories()
        of_article = {path.stem: path.parent.parent.name for path in DATA.glob("*/articles/*.txt")}
        found = families(archive)
        assert all(len({of_article[name] for name in group}) == 1 for group in found)
        crane = ["meridian-first", "meridian-update", "ostrell-page"]
        assert [*crane, "pellworth-courier", "tideline-post"] in found

    def test_a_story_that_grows_keeps_its_name(self, archive):
        archive.add([CRANE / "meridian-first.txt", CRANE / "ostrell-page.txt"])
        (first,) = archive.update_stories()
        assert (first.kind, first.n_texts) == ("new", 2)
        assert archive.update_stories() == []
        archive.add([CRANE, RAIL])
        changes = {each.story_id: each for each in archive.update_stories()}
        grown = changes.pop(first.story_id)
        assert (grown.kind, grown.n_texts, len(grown.added)) == ("grown", 5, 3)
        assert {each.kind for each in changes.values()} == {"new"}

    def test_what_comes_in_later_is_in_the_same_families(self, archive, tmp_path):
        for path in (*sorted(CRANE.glob("*.txt")), RAIL):
            archive.add(path)
            archive.update_stories()
        at_once = lineage.Archive(tmp_path / "other", create=True)
        at_once.add([RAIL, CRANE])
        at_once.update_stories()
        assert families(archive) == families(at_once)

    def test_what_is_taken_out_is_in_no_story(self, archive):
        archive.add(CRANE)
        archive.update_stories()
        archive.remove(["meridian-first", "tideline-post"])
        archive.update_stories()
        assert not {"meridian-first", "tideline-post"} & {*itertools.chain(*families(archive))}

    def test_one_text_of_two_outlets_is_a_story(self, archive, tmp_path):
        rows = [{"text": "The crane fell on Tuesday.", "outlet": name} for name in ("A", "B")]
        (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)))
        archive.add(tmp_path / "rows.jsonl")
        archive.update_stories()
        assert archive.stories()[["n_articles", "n_texts"]].to_numpy().tolist() == [[2, 1]]


HASHES = {number: f"{number:064x}" for number in range(10)}


class TestNamed:
    def test_of_two_that_join_the_larger_gives_the_name(self):
        before = {1: "x", 2: "x", 3: "y", 4: "y", 5: "y"}
        story_of, (change,) = archive_stories.named([[1, 2, 3, 4, 5, 6]], before, HASHES)
        assert set(story_of.values()) == {"y"}
        assert (change.kind, change.was, change.added) == ("joined", ("x",), (1, 2, 6))

    def test_of_one_that_falls_apart_the_larger_part_keeps_the_name(self):
        before = dict.fromkeys([1, 2, 3, 4, 5], "x")
        story_of, changes = archive_stories.named([[1, 2], [3, 4, 5]], before, HASHES)
        assert story_of[3] == "x"
        assert story_of[1] != "x"
        assert sorted(each.kind for each in changes) == ["new", "smaller"]

    def test_nothing_changed_is_no_change(self):
        before = {1: "x", 2: "x"}
        assert archive_stories.named([[1, 2]], before, HASHES) == (before, [])


class TestTrace:
    def test_a_run_a_story_made_anew_only_where_it_changed(self, archive, tmp_path):
        archive.add([CRANE / "meridian-first.txt", CRANE / "ostrell-page.txt", RAIL])
        runs = tmp_path / "runs"
        options = {"encoder": "lexical", "reports": False}
        assert archive.trace(runs, **options) == {"traced": 2, "unchanged": 0, "removed": 0}
        assert archive.trace(runs, **options) == {"traced": 0, "unchanged": 2, "removed": 0}
        archive.add(CRANE)
        assert archive.trace(runs, **options) == {"traced": 1, "unchanged": 1, "removed": 0}
        listed = (runs / "stories.csv").read_text(encoding="utf-8").splitlines()
        assert len(listed) == 3
        for line in listed[1:]:
            found = lineage.load(runs / line.split(",")[0])
            assert len(found.edges) >= 4

    def test_a_folder_of_something_else_is_left_alone(self, archive, tmp_path):
        archive.add(CRANE)
        (tmp_path / "letters").mkdir()
        (tmp_path / "letters" / "dear.txt").write_text("Dear all")
        with pytest.raises(errors.UsageError, match="left alone"):
            archive.trace(tmp_path / "letters", encoder="lexical")


WEIGHS = textwrap.dedent(
    """
    import sys
    import lineage
    from lineage.engine.archive import archive_settings

    archive_settings.WEIGHED_AT_A_TIME = 2
    archive = lineage.Archive(sys.argv[1])
    archive.update_stories(told=lambda done, total: print(done, flush=True))
    """
)


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="kill -9 is of POSIX")
class TestKilled:
    def test_weighing_goes_on_where_it_was_killed_and_ends_with_the_same(self, archive, tmp_path):
        archive.add(sorted(DATA.glob("*/articles")))
        shutil.copytree(archive.folder, tmp_path / "whole")
        drawn = random.Random(1)
        for _ in range(2):
            command = [sys.executable, "-c", WEIGHS, str(archive.folder)]
            process = subprocess.Popen(command, env=ENV, stdout=subprocess.PIPE, text=True)
            line = process.stdout.readline()
            time.sleep(drawn.random())
            process.send_signal(signal.SIGKILL)
            rest = [line, *process.stdout.read().split("\n")[:-1]]
            process.wait()
            until = lineage.Archive(archive.folder).state.stories_until
            assert until > int(rest[-1] or 0)
        again = lineage.Archive(archive.folder)
        again.update_stories()
        whole = lineage.Archive(tmp_path / "whole")
        whole.update_stories()
        assert families(again) == families(whole)


class TestWatch:
    def arrivals(self, archive, folder, **options):
        return list(watching.watch(archive, folder, encoder="lexical", once=True, **options))

    def test_what_goes_back_to_one_already_there_is_told_once(self, archive, tmp_path):
        archive.add([CRANE / "meridian-first.txt", RAIL])
        coming = tmp_path / "coming"
        coming.mkdir()
        (coming / "cake.txt").write_text("Grandmother's plum cake needs four eggs and patience.")
        for name in ("ostrell-page.txt", "metadata.csv"):
            shutil.copy(CRANE / name, coming)
        shutil.copy(CRANE / "meridian-first.txt", coming / "copied.txt")
        first, second = self.arrivals(archive, coming, runs=tmp_path / "runs")
        assert (first.article_id, first.nearest) == ("ostrell-page", "meridian-first")
        assert first.run_words > 100
        assert any(edge["target_id"] == "ostrell-page" for edge in first.edges)
        assert (second.article_id, second.nearest, second.p_link) == (
            "copied",
            "meridian-first",
            1.0,
        )
        assert len(lineage.load(tmp_path / "runs" / first.story_id).edges) > 0
        assert self.arrivals(archive, coming) == []
        assert archive.info()["articles"] == 11

    def test_what_was_stored_and_not_told_before_a_kill_is_told(self, archive, tmp_path):
        archive.add(CRANE / "meridian-first.txt")
        archive.update_stories()
        (tmp_path / "coming").mkdir()
        shutil.copy(CRANE / "ostrell-page.txt", tmp_path / "coming")
        archive.add([tmp_path / "coming", CRANE / "pellworth-courier.txt"])
        (told,) = self.arrivals(archive, tmp_path / "coming")
        assert told.article_id == "ostrell-page"

    def test_a_file_that_is_still_written_waits(self, tmp_path):
        folder = watching.Folder(tmp_path)
        path = tmp_path / "page.txt"
        path.write_text("The crane")
        assert folder.arrived() == []
        path.write_text("The crane fell.")
        assert folder.arrived() == []
        assert folder.arrived() == [path]
        assert folder.arrived() == []
        path.write_text("The crane fell, and stands again.")
        assert [folder.arrived(), folder.arrived()] == [[], [path]]

    def test_a_folder_that_is_not_there_is_an_error(self, archive, tmp_path):
        with pytest.raises(errors.InputError, match="no such folder"):
            self.arrivals(archive, tmp_path / "nowhere")


class TestCommands:
    def run(self, capsys, *arguments):
        status = main.run(["archive", *map(str, arguments)])
        said = capsys.readouterr()
        return status, said.out, said.err

    def test_a_day_in_a_newsroom(self, capsys, tmp_path):
        place = tmp_path / "archive"
        status, out, _ = self.run(capsys, "add", place, CRANE, RAIL)
        assert (status, "added 15 articles" in out) == (0, True)
        status, out, _ = self.run(capsys, "info", place, "--json")
        assert json.loads(out)["articles"] == 15
        post = CRANE / "tideline-post.txt"
        run = tmp_path / "run"
        status, out, _ = self.run(capsys, "query", place, post, "-o", run, "--encoder", "lexical")
        assert status == 0
        assert "tideline-post: in the archive already" in out
        assert "meridian-first" in out
        assert (run / "report.html").is_file()
        status, out, _ = self.run(capsys, "query", place, post, "--json", "--encoder", "lexical")
        found = json.loads(out)
        assert [row["article_id"] for row in found["candidates"][:2]] == [
            "tideline-post",
            "meridian-first",
        ]
        status, out, _ = self.run(capsys, "trace", place)
        assert out.startswith("2 stories with 10 of 15 texts")
        status, out, _ = self.run(capsys, "export", place, "-o", tmp_path / "out")
        assert "articles.parquet: 15 rows" in out
        status, out, _ = self.run(capsys, "remove", place, "tideline-post")
        assert out == "removed 1 article, and 1 text for good\n"
        status, out, _ = self.run(capsys, "watch", place, CRANE, "--once", "--encoder", "lexical")
        assert out.startswith("tideline-post: ")
        assert len(out.splitlines()) == 1

    def test_errors_are_one_line(self, capsys, tmp_path):
        for arguments, part in (
            (["info", tmp_path / "nothing"], "no such folder; make one with"),
            (["remove", tmp_path], "nothing to remove"),
            (["query", tmp_path, CRANE], "not an archive of lineage"),
        ):
            status, _, err = self.run(capsys, *arguments)
            assert status in (2, 3)
            assert part in err
            assert len(err.splitlines()) == 1
        status, out, _ = self.run(capsys)
        assert status == errors.UsageError.status
        assert "watch" in out


def test_a_text_is_weighed_against_a_bounded_number(archive, monkeypatch):
    monkeypatch.setattr(archive_settings, "WEIGHED_TEXTS", 2)
    archive.add(CRANE)
    archive.update_stories()
    pairs = archive.tables.ask("SELECT * FROM pairs")
    assert 0 < len(pairs) <= 8 * 2
