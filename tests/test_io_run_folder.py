import json

import networkx
import pandas as pd
import pytest

from lineage import errors, tables
from lineage.io import run_checks, run_folder, tables_csv
from lineage.io.writers import export

STORY = 'The bridge was shut.\r\n\r\n=1+1\n"Never," she said; \'twas old.\n'
RUN = {"version": "0.1.0", "config": {"seed": 1}, "inputs": [{"file": "ä.txt"}], "limits": []}
FILES = sorted(
    [*(f"{name}.csv" for name in tables.TABLES), "run.json", "lineage.graphml", "lineage.dot"]
)


@pytest.fixture
def frames():
    at = pd.Timestamp("2018-07-16T10:00:00", tz="UTC")
    built = {name: tables.empty(name) for name in tables.TABLES}
    built["articles"] = tables.build(
        "articles",
        [
            {"article_id": "a", "kind": "supplied", "text": STORY, "published_at": at},
            {"article_id": "b", "kind": "supplied", "text": "- cut", "title": ""},
            {"article_id": "AP", "kind": "absent"},
        ],
    )
    edge = {
        "relation": "edit",
        "p_link": 0.97,
        "p_edge": 0.9,
        "n_alike": 1,
        "p_direction": 0.6,
        "score_bits": 0.1 + 0.2,
    }
    built["edges"] = tables.build(
        "edges",
        [
            {"source_id": "a", "target_id": "b", "status": "kept", **edge},
            {"source_id": "b", "target_id": "a", "status": "runner_up", **edge},
        ],
    )
    return built


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


class TestWrite:
    def test_run_comes_back_unchanged(self, tmp_path, frames):
        run_folder.write(tmp_path / "RUN", frames, RUN)
        read = run_folder.read(tmp_path / "RUN")
        assert read.run == RUN
        assert list(read.frames) == list(tables.TABLES)
        for name, frame in frames.items():
            pd.testing.assert_frame_equal(read.frames[name], frame, check_exact=True)
            assert tables.check(name, read.frames[name]) is read.frames[name]

    def test_all_files_are_there_and_nothing_beside(self, tmp_path, frames):
        run_folder.write(tmp_path / "deep" / "RUN", frames, RUN)
        assert names(tmp_path / "deep") == ["RUN"]
        assert names(tmp_path / "deep" / "RUN") == FILES

    def test_rows_in_any_order_give_the_same_bytes(self, tmp_path, frames):
        run_folder.write(tmp_path / "one", frames, RUN)
        turned = {name: frame.iloc[::-1] for name, frame in frames.items()}
        run_folder.write(tmp_path / "two", turned, RUN)
        assert contents(tmp_path / "one") == contents(tmp_path / "two")

    def test_graph_has_the_kept_edges_only(self, tmp_path, frames):
        run_folder.write(tmp_path / "RUN", frames, RUN)
        drawn = networkx.read_graphml(tmp_path / "RUN" / "lineage.graphml")
        assert list(drawn.edges) == [("a", "b")]
        assert "dir=none" in (tmp_path / "RUN" / "lineage.dot").read_text()

    def test_arrow_says_from_where_a_direction_is_drawn(self, tmp_path, frames):
        run_folder.write(tmp_path / "RUN", frames, RUN, arrow=0.5)
        assert "dir=none" not in (tmp_path / "RUN" / "lineage.dot").read_text()

    def test_extras_are_written_into_the_same_folder(self, tmp_path, frames):
        def add(folder):
            assert folder.parent == tmp_path
            assert folder.name.startswith(".")
            (folder / "figures").mkdir()
            (folder / "figures" / "dag.svg").write_text("<svg/>")

        run_folder.write(tmp_path / "RUN", frames, RUN, extras=add)
        assert (tmp_path / "RUN" / "figures" / "dag.svg").read_text() == "<svg/>"

    def test_folder_can_be_read_by_whom_the_umask_lets(self, tmp_path, frames):
        run_folder.write(tmp_path / "RUN", frames, RUN)
        (tmp_path / "plain").mkdir()
        modes = {(tmp_path / name).stat().st_mode for name in ("RUN", "plain")}
        assert len(modes) == 1

    def test_empty_folder_is_filled(self, tmp_path, frames):
        (tmp_path / "RUN").mkdir()
        run_folder.write(tmp_path / "RUN", frames, RUN)
        assert names(tmp_path / "RUN") == FILES

    def test_run_is_replaced_only_when_asked(self, tmp_path, frames):
        folder = tmp_path / "RUN"
        run_folder.write(folder, frames, {"version": "old"})
        with pytest.raises(errors.UsageError, match="holds a run already"):
            run_folder.write(folder, frames, RUN)
        assert run_folder.read(folder).run == {"version": "old"}
        (folder / "left.txt").write_text("over")
        run_folder.write(folder, frames, RUN, overwrite=True)
        assert run_folder.read(folder).run == RUN
        assert names(folder) == FILES
        assert names(tmp_path) == ["RUN"]

    def test_link_to_a_run_stays_a_link(self, tmp_path, frames):
        run_folder.write(tmp_path / "RUN", frames, {"version": "old"})
        try:
            (tmp_path / "latest").symlink_to(tmp_path / "RUN")
        except OSError:
            pytest.skip("no links here")
        run_folder.write(tmp_path / "latest", frames, RUN, overwrite=True)
        assert (tmp_path / "latest").is_symlink()
        assert run_folder.read(tmp_path / "RUN").run == RUN

    @pytest.mark.parametrize("overwrite", [False, True])
    @pytest.mark.parametrize("name", ["notes.txt", "run.json", ".hidden"])
    def test_folder_that_is_no_run_is_never_touched(self, tmp_path, frames, name, overwrite):
        folder = tmp_path / "mine"
        folder.mkdir()
        (folder / name).write_text("precious")
        with pytest.raises(errors.UsageError, match="left alone; name another folder"):
            run_folder.write(folder, frames, RUN, overwrite=overwrite)
        assert contents(folder) == {name: b"precious"}
        assert names(tmp_path) == ["mine"]

    def test_file_in_the_way_is_never_touched(self, tmp_path, frames):
        (tmp_path / "RUN").write_text("precious")
        for place in (tmp_path / "RUN", tmp_path / "RUN" / "below"):
            with pytest.raises(errors.UsageError, match="name another folder"):
                run_folder.write(place, frames, RUN, overwrite=True)
        assert contents(tmp_path) == {"RUN": b"precious"}

    @pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, OSError, errors.TableError])
    @pytest.mark.parametrize("there", [False, True])
    def test_nothing_is_left_when_the_extras_fail(self, tmp_path, frames, error, there):
        folder = tmp_path / "RUN"
        if there:
            run_folder.write(folder, frames, {"version": "old"})

        def fail(path):
            (path / "half").mkdir()
            raise error("stop")

        with pytest.raises(error):
            run_folder.write(folder, frames, RUN, extras=fail, overwrite=True)
        assert names(tmp_path) == (["RUN"] if there else [])
        if there:
            assert run_folder.read(folder).run == {"version": "old"}

    @pytest.mark.parametrize("at", [1, 2])
    @pytest.mark.parametrize("error", [KeyboardInterrupt, OSError])
    def test_old_run_is_back_when_a_renaming_fails(self, tmp_path, frames, monkeypatch, at, error):
        folder = tmp_path / "RUN"
        run_folder.write(folder, frames, {"version": "old"})
        before = contents(folder)
        rename = type(folder).rename
        calls = []

        def interrupted(self, target):
            calls.append(target)
            if len(calls) == at:
                raise error("stop")
            return rename(self, target)

        monkeypatch.setattr(type(folder), "rename", interrupted)
        with pytest.raises(error):
            run_folder.write(folder, frames, RUN, overwrite=True)
        assert names(tmp_path) == ["RUN"]
        assert contents(folder) == before

    def test_nothing_is_left_when_a_table_cannot_be_written(self, tmp_path, frames, monkeypatch):
        written = []

        def full(path, name, frame):
            if written:
                raise OSError("no space left")
            written.append(path)
            path.write_text("half")

        monkeypatch.setattr(tables_csv, "write", full)
        with pytest.raises(OSError, match="no space"):
            run_folder.write(tmp_path / "RUN", frames, RUN)
        assert written
        assert names(tmp_path) == []

    def test_place_that_is_taken_meanwhile_is_left_alone(self, tmp_path, frames):
        folder = tmp_path / "RUN"

        def somebody(_):
            folder.mkdir()
            (folder / "notes.txt").write_text("precious")

        with pytest.raises(errors.UsageError, match="left alone"):
            run_folder.write(folder, frames, RUN, extras=somebody)
        assert contents(folder) == {"notes.txt": b"precious"}
        assert names(tmp_path) == ["RUN"]

    def test_missing_table_is_named(self, tmp_path, frames):
        del frames["readings"]
        with pytest.raises(errors.TableError, match="no table readings to write"):
            run_folder.write(tmp_path / "RUN", frames, RUN)
        assert names(tmp_path) == []


class TestCheckTarget:
    def test_free_place_passes(self, tmp_path):
        run_folder.check_target(tmp_path / "RUN")
        run_folder.check_target(tmp_path)

    def test_run_passes_only_when_it_may_be_replaced(self, tmp_path, frames):
        run_folder.write(tmp_path / "RUN", frames, RUN)
        run_folder.check_target(tmp_path / "RUN", overwrite=True)
        with pytest.raises(errors.UsageError, match="overwrite=True"):
            run_folder.check_target(tmp_path / "RUN")


class TestRead:
    def test_folder_that_is_not_there_is_named(self, tmp_path):
        with pytest.raises(errors.InputError, match="gone: no such folder"):
            run_folder.read(tmp_path / "gone")

    @pytest.mark.parametrize("name", [name for name in FILES if not name.startswith("lineage")])
    def test_missing_file_is_named(self, tmp_path, frames, name):
        run_folder.write(tmp_path / "RUN", frames, RUN)
        (tmp_path / "RUN" / name).unlink()
        with pytest.raises(errors.InputError, match=f"{name}: the file is missing"):
            run_folder.read(tmp_path / "RUN")

    @pytest.mark.parametrize("content", ["{broken", "[]", "\ufeff", b"\xff\xfe\xff"])
    def test_damaged_run_file_is_named(self, tmp_path, frames, content):
        run_folder.write(tmp_path / "RUN", frames, RUN)
        data = content if isinstance(content, bytes) else content.encode()
        (tmp_path / "RUN" / "run.json").write_bytes(data)
        with pytest.raises(errors.InputError, match=r"run\.json: ") as caught:
            run_folder.read(tmp_path / "RUN")
        assert "\n" not in str(caught.value)

    def test_column_that_is_off_is_named_with_its_file(self, tmp_path, frames):
        run_folder.write(tmp_path / "RUN", frames, RUN)
        path = tmp_path / "RUN" / "edges.csv"
        path.write_text(path.read_text().replace("p_edge", "p"))
        without_hashes(tmp_path / "RUN")
        with pytest.raises(errors.TableError, match=r"edges\.csv: .* lacks p_edge"):
            run_folder.read(tmp_path / "RUN")

    def test_run_file_holds_what_dump_writes(self, tmp_path, frames):
        run_folder.write(tmp_path / "RUN", frames, RUN)
        text = (tmp_path / "RUN" / "run.json").read_bytes().decode("utf-8")
        said = json.loads(text)
        assert text == export.dump(said)
        assert {name: said[name] for name in RUN} == RUN
        assert said["format"] == run_checks.FORMAT
        assert {name: each["rows"] for name, each in said["tables"].items()} == {
            name: len(frame) for name, frame in frames.items()
        }


def without_hashes(folder):
    """Make it a run of the time before tables had hashes in run.json."""
    path = folder / "run.json"
    said = json.loads(path.read_text())
    path.write_text(json.dumps({k: v for k, v in said.items() if k not in ("format", "tables")}))


class TestDamaged:
    @pytest.fixture
    def run(self, tmp_path, frames):
        run_folder.write(tmp_path / "RUN", frames, RUN)
        return tmp_path / "RUN"

    def refused(self, run, words):
        with pytest.raises(errors.InputError, match=words) as caught:
            run_folder.read(run)
        assert "\n" not in str(caught.value)

    def test_a_run_of_a_later_format_is_refused(self, run):
        path = run / "run.json"
        path.write_text(json.dumps({**json.loads(path.read_text()), "format": 2}))
        self.refused(run, r"run\.json: written in format 2 .* install a newer one")

    def test_a_run_without_a_format_is_read(self, run):
        without_hashes(run)
        assert run_folder.read(run).run == RUN

    @pytest.mark.parametrize("name", sorted(tables.TABLES))
    def test_a_table_that_was_cut_is_refused(self, run, name):
        path = run / f"{name}.csv"
        path.write_bytes(path.read_bytes()[:-1])
        self.refused(run, rf"{name}\.csv: not as it was written")

    @pytest.mark.parametrize(
        ("name", "column", "value", "words"),
        [
            ("edges", "p_edge", 1.5, r"edges\.csv: p_edge is 1\.5, which is not between 0 and 1"),
            ("edges", "p_link", -0.2, r"edges\.csv: p_link is -0\.2"),
            ("edges", "source_id", "c", r"edges\.csv: source_id 'c' is no article"),
            ("edges", "status", "kept", r"edges\.csv: kept edges lead in a circle: . -> . -> ."),
        ],
    )
    def test_what_cannot_be_is_refused(self, run, frames, name, column, value, words):
        changed = frames[name].assign(**{column: value}).astype(frames[name].dtypes)
        tables_csv.write(run / f"{name}.csv", name, changed)
        without_hashes(run)
        self.refused(run, words)

    def test_a_span_outside_its_text_is_refused(self, run):
        sentence = {"sentence_id": "b:0", "article_id": "b", "position": 0, "role": "body"}
        row = {**sentence, "start": 0, "end": 99, "text": "- cut"}
        tables_csv.write(run / "sentences.csv", "sentences", tables.build("sentences", [row]))
        without_hashes(run)
        self.refused(run, r"sentences\.csv: start 0 to 99 is outside the text of 'b'")
