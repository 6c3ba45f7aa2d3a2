"""What the documents promise: commands, Python and files that they name; how long README is."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from lineage.cli import main

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted(
    path
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *ROOT.glob("*/README.md")]
    if path.name != "CHANGELOG.md"
)


def readme():
    return (ROOT / "README.md").read_text(encoding="utf-8")


class TestCommands:
    def test_the_two_commands_stand_alone_on_their_lines(self):
        # .ci/run takes them from here, word for word.
        found = re.findall(r"^    (pip install .*)$", readme(), re.MULTILINE)
        assert found[:2] == [
            "pip install . && lineage trace data/harbour-crane/articles -o run",
            'pip install -e ".[dev]" && pytest',
        ]

    def test_every_command_is_in_the_list(self):
        page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
        listed = set(re.findall(r"^\| `lineage (\w+)", page, re.MULTILINE))
        assert listed == set(typer.main.get_command(main.app).commands)

    @pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
    def test_commands_that_are_shown_can_be_called(self, document):
        group = typer.main.get_command(main.app)
        for line in re.findall(r"^    (.*lineage .*)$", document.read_text("utf-8"), re.MULTILINE):
            for part in re.split(r"\||&&", line):
                program, *words = part.split(" #")[0].split(">")[0].split() or [""]
                if program == "lineage" and words[0] in group.commands:
                    group.commands[words[0]].make_context(words[0], words[1:])


class TestLength:
    # Ten lines are read; what is longer is in docs/.
    @pytest.mark.parametrize("reader", ["editors", "researchers", "programmers"])
    def test_a_reader_gets_ten_lines_of_prose_and_a_way_on(self, reader):
        section = readme().partition(f"## For {reader}\n")[2].partition("\n## ")[0]
        prose = re.sub(r"^```.*?^```$", "", section, flags=re.DOTALL | re.MULTILINE)
        prose = re.sub(r"^(?: {4}|!\[).*$", "", prose, flags=re.MULTILINE)
        assert 3 <= len([line for line in prose.splitlines() if line.strip()]) <= 12
        assert "](docs/" in section

    def test_the_whole_is_short(self):
        assert len(readme().splitlines()) <= 100


@pytest.mark.slow
class TestPython:
    def test_the_example_runs(self, tmp_path):
        (code,) = re.findall(r"```python\n(.*?)```", readme(), re.DOTALL)
        shutil.copytree(ROOT / "data", tmp_path / "data")
        done = subprocess.run(
            [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{code}"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert "tideline-post" in done.stdout
        assert (tmp_path / "dag.svg").is_file()


class TestFiles:
    @pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
    def test_files_that_are_named_exist(self, document):
        text = document.read_text(encoding="utf-8")
        links = re.findall(r"\]\(([^)#:]+)\)", text)
        assert [link for link in links if not (document.parent / link).exists()] == []
        scripts = re.findall(r"(?:python|bash) ((?:\w|[./-])+\.(?:py|sh))", text)
        assert [name for name in scripts if not (ROOT / name).is_file()] == []
