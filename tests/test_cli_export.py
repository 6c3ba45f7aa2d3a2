"""`lineage export` of attributions, on a story that was traced and saved."""

import csv
import io
import json
from pathlib import Path

import pytest

import lineage
from lineage.cli import main

from . import traces

STORY = Path(__file__).resolve().parent.parent / "data" / "harbour-crane" / "articles"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("export") / "run"
    traces.story("harbour-crane", encoder="lexical").save(place)
    return place


def exported(folder, output, *arguments):
    assert main.run(["export", str(folder), *arguments, "-o", str(output)]) == 0
    return output


class TestAttributions:
    @pytest.mark.parametrize("to", ["spans-csv", "sentences-csv", "shares-csv", "origins-csv"])
    def test_csv_has_the_rows_of_one_article(self, folder, tmp_path, to):
        path = exported(folder, tmp_path / "a.csv", "--to", to, "--article", "tideline-post")
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
        assert rows
        if to != "origins-csv":
            assert {row["article"] for row in rows} == {"tideline-post"}

    def test_parquet_and_json_lines_hold_the_same(self, folder, tmp_path):
        pandas = pytest.importorskip("pandas")
        pytest.importorskip("pyarrow", reason="needs the extra `parquet`")
        lines = exported(folder, tmp_path / "a.jsonl", "--to", "spans-jsonl")
        rows = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
        frame = pandas.read_parquet(exported(folder, tmp_path / "a", "--to", "spans-parquet"))
        assert list(frame["words"]) == [row["words"] for row in rows]
        assert len(rows) == len(lineage.load(folder).attributions)

    def test_annotations_are_one_collection(self, folder, tmp_path):
        path = exported(folder, tmp_path / "a.jsonld", "--to", "annotations")
        told = json.loads(path.read_text(encoding="utf-8"))
        assert told["total"] == len(told["first"]["items"]) > 50

    def test_a_file_for_each_article(self, folder, tmp_path):
        place = exported(folder, tmp_path / "each", "--to", "spans-csv", "--per-article")
        names = {path.stem for path in STORY.glob("*.txt")}
        assert {path.name for path in place.iterdir()} == {f"{name}.csv" for name in names}

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (["--to", "dot", "--article", "tideline-post"], "leave out --article"),
            (["--to", "spans-csv", "--article", "nobody"], "no article 'nobody'"),
            (["--to", "spans-csv", "--per-article"], "give -o FOLDER"),
        ],
    )
    def test_what_cannot_be_is_a_usage_error(self, folder, capsys, arguments, told):
        assert main.run(["export", str(folder), *arguments]) == 2
        assert told in capsys.readouterr().err
