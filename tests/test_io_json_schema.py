import copy
import importlib.util
import json
import pathlib

import pytest

from lineage.io.writers import export, json_schema

jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")

ROOT = pathlib.Path(__file__).resolve().parent.parent
_spec = importlib.util.spec_from_file_location(
    "report_tables", pathlib.Path(__file__).with_name("report_tables.py")
)
report_tables = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(report_tables)


def written():
    return json.loads(export.to_json(report_tables.ferry(), report_tables.run_record()))


def problems(value):
    checker = jsonschema.Draft202012Validator(
        json_schema.schema(), format_checker=jsonschema.FormatChecker()
    )
    return [error.json_path for error in checker.iter_errors(value)]


class TestSchema:
    def test_is_a_schema(self):
        jsonschema.Draft202012Validator.check_schema(json_schema.schema())

    def test_what_is_exported_keeps_it(self):
        assert problems(written()) == []

    @pytest.mark.parametrize(
        ("table", "column", "value"),
        [
            ("edges", "status", "lost"),
            ("edges", "p_direction", 0.4),
            ("edges", "p_edge", 1.5),
            ("edges", "p_link", -0.1),
            ("edges", "n_alike", 0),
            ("edges", "source_id", None),
            ("articles", "n_words", "many"),
            ("sentences", "start", -1),
            ("attributions", "kind", None),
        ],
    )
    def test_a_wrong_value_breaks_it(self, table, column, value):
        broken = copy.deepcopy(written())
        broken["tables"][table][0][column] = value
        assert set(problems(broken)) == {f"$.tables.{table}[0].{column}"}

    def test_a_column_or_table_too_many_or_too_few_breaks_it(self):
        for change in (
            lambda made: made["tables"]["edges"][0].update(colour="red"),
            lambda made: made["tables"]["edges"][0].pop("status"),
            lambda made: made["tables"].pop("readings"),
            lambda made: made.update(more=1),
        ):
            broken = written()
            change(broken)
            assert len(problems(broken)) == 1

    def test_the_published_file_is_what_the_code_says(self):
        published = ROOT / "docs" / "lineage.schema.json"
        assert published.read_text(encoding="utf-8") == export.dump(json_schema.schema()), (
            "lineage export --to json-schema -o docs/lineage.schema.json"
        )
