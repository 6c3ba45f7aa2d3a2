import importlib.util
import pathlib

import pytest

from lineage import errors, result
from lineage.cli import main

_spec = importlib.util.spec_from_file_location(
    "report_tables", pathlib.Path(__file__).with_name("report_tables.py")
)
report_tables = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(report_tables)


@pytest.fixture
def run(tmp_path):
    result.Lineage(report_tables.ferry(), report_tables.run_record()).save(tmp_path / "run")
    return tmp_path / "run"


class TestReport:
    def test_makes_the_page_of_a_run_anew_to_the_byte(self, run, capsys):
        first = (run / "report.html").read_bytes()
        (run / "report.html").write_text("lost")
        assert main.run(["report", str(run)]) == 0
        assert (run / "report.html").read_bytes() == first
        assert capsys.readouterr().out == f"report: {run / 'report.html'}\n"
        assert not list(run.glob(".*"))

    def test_writes_where_it_is_told(self, run, tmp_path):
        assert main.run(["report", str(run), "-o", str(tmp_path / "page.html")]) == 0
        assert (tmp_path / "page.html").read_bytes() == (run / "report.html").read_bytes()

    def test_a_place_that_cannot_be_written_is_one_line(self, run, tmp_path, capsys):
        target = tmp_path / "none" / "page.html"
        assert main.run(["report", str(run), "-o", str(target)]) == errors.UsageError.status
        assert "cannot be written" in capsys.readouterr().err

    def test_a_folder_that_is_no_run_is_one_line(self, tmp_path, capsys):
        assert main.run(["report", str(tmp_path)]) == errors.InputError.status
        assert len(capsys.readouterr().err.splitlines()) == 1
