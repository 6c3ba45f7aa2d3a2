"""The documentation: all code in it runs, the site builds, its tables are those of the program."""

import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from lineage import tables

ROOT = Path(__file__).resolve().parent.parent
DOCS = sorted((ROOT / "docs").glob("*.md"))
BLOCK = re.compile(r"^```(python|sh)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def blocks(page):
    return [(found[1], found[2]) for found in BLOCK.finditer(page.read_text(encoding="utf-8"))]


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder like a clone, with the command `lineage` of this tree first on the path."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    programs = tmp_path / "programs"
    programs.mkdir()
    command = programs / "lineage"
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m lineage.cli "$@"\n')
    command.chmod(0o755)
    _handbook(tmp_path / "handbook")
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("MPLBACKEND", "agg")
    return tmp_path


def _handbook(folder):
    """A repository whose texts have versions, as docs/cases.md takes cases from one."""
    if shutil.which("git") is None:
        return
    (folder / "policies").mkdir(parents=True)
    git = ["git", "-C", str(folder), "-c", "user.name=a", "-c", "user.email=a@b.example"]
    subprocess.run([*git, "init", "-q"], check=True)
    lines = [f"Rule {n}: whoever moves desk {n * n} writes down why, and when." for n in range(12)]
    for n in range(5):
        lines[n] = f"Rule {n}, changed in year {2000 + n}: desk {n * n} stays where it is now."
        for name in ("policies/desks.md", "README.md"):
            (folder / name).write_text("\n".join([f"# {name}", *lines]) + "\n")
        subprocess.run([*git, "add", "."], check=True)
        subprocess.run([*git, "commit", "-q", "-m", f"version {n}"], check=True)


def run(command, folder):
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
class TestBlocks:
    @pytest.mark.slow
    @pytest.mark.parametrize("page", [each for each in DOCS if blocks(each)], ids=lambda p: p.name)
    def test_every_block_of_a_page_runs_one_after_the_other(self, page, place):
        found = blocks(page)
        shell = "\n".join(code for language, code in found if language == "sh")
        python = "\n".join(code for language, code in found if language == "python")
        run(["bash", "-euo", "pipefail", "-c", shell], place)
        run([sys.executable, "-c", python], place)

    @pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
    def test_a_block_is_run_or_marked_as_output(self, page):
        """Fenced at the margin, with a language: what is run, or `text` and `json` for output."""
        text = page.read_text("utf-8")
        fences = re.findall(r"^ *```.*$", text, re.MULTILINE)
        assert set(fences[0::2]) <= {"```python", "```sh", "```json", "```text"}
        assert set(fences[1::2]) <= {"```"}
        assert len(blocks(page)) == sum(fence in ("```python", "```sh") for fence in fences)
        unfenced = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
        assert re.findall(r"(?:^|\n)\n(?: {4}|\t)\S.*", unfenced) == []


@pytest.mark.slow
class TestOwnTexts:
    def commands(self):
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        section = readme.partition("## For editors")[2].partition("\n## ")[0]
        return re.findall(r"^    (.+)$", section, re.MULTILINE)

    def test_three_commands_lead_to_a_report(self, place):
        install, check, trace = self.commands()
        extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"][
            "optional-dependencies"
        ]
        wanted = re.fullmatch(r'pip install "\.\[(.*)\]"', install)[1].split(",")
        assert set(wanted) <= set(extras)
        folder = place / "my-texts"
        folder.mkdir()
        (folder / "gazette.txt").write_text(
            "The old harbor bridge was shut on Monday after engineers found cracks in two pylons, "
            "the city said. Some thousands of drivers use it and will have to take the tunnel."
        )
        (folder / "post.txt").write_text(
            "The old harbor bridge was shut on Monday after engineers found cracks in two pylons. "
            "Some thousands of drivers will have to take the tunnel, and that may last for weeks."
        )
        assert "2 articles would be traced" in run(shlex.split(check), place)
        said = run(shlex.split(trace), place)
        report = place / said.splitlines()[-1].removeprefix("report: ")
        assert "post" in report.read_text(encoding="utf-8")


class TestTables:
    @pytest.fixture
    def hooks(self):
        spec = importlib.util.spec_from_file_location("hooks", ROOT / "docs" / "hooks.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    def test_every_table_and_column_is_described_and_no_other(self, hooks):
        assert list(hooks.ROWS) == list(tables.TABLES)
        assert {name: list(said) for name, said in hooks.COLUMNS.items()} == {
            name: list(table.columns) for name, table in tables.TABLES.items()
        }

    def test_the_page_has_them_all(self, hooks):
        page = hooks.on_page_markdown("a\n<!-- tables -->\nb")
        for name, table in tables.TABLES.items():
            assert f"\n## {name}\n" in page
            assert all(f"\n| `{column}` |" in page for column in table.columns)
            assert all(f"`{word}`" in page for words in table.choices.values() for word in words)

    def test_a_link_out_of_the_site_names_the_file(self, hooks):
        assert hooks.on_page_markdown("see [the stories](../data/README.md#a) and [b](b.md)") == (
            "see the stories (`data/README.md` in the repository) and [b](b.md)"
        )


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    for package in ("mkdocs", "material", "mkdocstrings_handlers.python"):
        pytest.importorskip(package, reason="the extra docs is not installed")
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.mark.slow
class TestSite:
    def test_it_builds_without_warnings_and_has_every_page(self, site):
        made = {path.stem for path in site.glob("*.html")}
        assert {page.stem for page in DOCS} <= made

    def test_tables_and_functions_are_in_it(self, site):
        assert "score_bits" in (site / "tables.html").read_text("utf-8")
        api = (site / "api.html").read_text("utf-8")
        assert "private_hosts" in api
        assert "lineage.engine.pipeline.trace" in api

    def test_nothing_is_loaded_from_elsewhere(self, site):
        loads = re.compile(
            r"<(?:script|img|iframe|source)\b[^>]*\bsrc=[\"']?(?:https?:)?//"
            r"|<link\b(?![^>]*rel=[\"']?(?:canonical|next|prev))[^>]*\bhref=[\"']?(?:https?:)?//"
        )
        for page in site.glob("*.html"):
            assert loads.search(page.read_text("utf-8")) is None, page.name
        styles = [path.read_text("utf-8") for path in site.rglob("*.css")]
        assert not any(re.search(r"url\([\"']?(?:https?:)?//", style) for style in styles)
