"""What importing the package costs, and what works with its core dependencies alone."""

import importlib.metadata
import json
import re
import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path

import packaging.requirements
import pytest

import lineage

ROOT = Path(__file__).resolve().parent.parent
STORY = ROOT / "data" / "harbour-crane" / "articles"

# Slow or large; what needs one of them imports it when it is needed.
HEAVY = (
    "torch",
    "sentence_transformers",
    "matplotlib",
    "onnxruntime",
    "networkx",
    "trafilatura",
    "urllib3",
    "docx",
    "pdfminer",
    "feedparser",
    "inscriptis",
    "pyarrow",
    "jinja2",
    "wordfreq",
    "starlette",
    "uvicorn",
    "duckdb",
    "tantivy",
    "filelock",
    "pyspark",
    "grpc",
)

# Run before the code of a test, in a process of its own: hides every installed module that
# the core dependencies do not bring.
HIDE = """
import sys

# Python itself may have loaded some at its start (setuptools has a hook).
STARTED_WITH = set(sys.modules)

class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in HIDDEN:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Hidden())
"""


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def core_distributions():
    """Names of all distributions that the core dependencies need, themselves included."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = list(project["dependencies"])
    found = set()
    while wanted:
        requirement = packaging.requirements.Requirement(wanted.pop())
        name = canonical(requirement.name)
        extras = requirement.extras or {""}
        marker = requirement.marker
        applies = marker is None or any(marker.evaluate({"extra": extra}) for extra in extras)
        if name in found or not applies:
            continue
        found.add(name)
        wanted += importlib.metadata.requires(name) or []
    return found


def hidden_modules():
    core = core_distributions()
    return sorted(
        module
        for module, names in importlib.metadata.packages_distributions().items()
        if not {canonical(name) for name in names} & core and module != "lineage"
    )


def run(code):
    """Run code that prints one JSON value, with core dependencies only; return the value."""
    source = f"HIDDEN = {set(hidden_modules())!r}\n{HIDE}\n{textwrap.dedent(code)}"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", source],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


class TestCoreDependencies:
    def test_what_extras_bring_is_hidden(self):
        hidden = set(hidden_modules())
        assert {"hypothesis", "pytest", "feedparser", "pyarrow"} <= hidden
        assert not {"numpy", "pandas", "onnxruntime", "PIL"} & hidden


class TestImport:
    def test_takes_well_under_a_second(self):
        took = run(
            """
            import json, time
            before = time.process_time()
            import lineage
            print(json.dumps(time.process_time() - before))
            """
        )
        assert took < 1.0

    @pytest.mark.parametrize("code", ["import lineage", "from lineage import cli"])
    def test_loads_nothing_heavy(self, code):
        loaded = run(
            f"""
            import json, sys
            {code}
            print(json.dumps(sorted(sys.modules)))
            """
        )
        assert not set(HEAVY) & set(loaded)

    def test_the_public_functions_load_nothing_heavy_either(self):
        loaded = run(
            """
            import json, sys
            import lineage
            lineage.read, lineage.check, lineage.trace, lineage.load, lineage.Lineage
            lineage.plot, lineage.Archive, lineage.Article, lineage.TraceConfig
            print(json.dumps(sorted(sys.modules)))
            """
        )
        assert not set(HEAVY) & set(loaded)


class TestPublicNames:
    def test_every_public_name_resolves(self):
        for name in lineage.__all__:
            assert getattr(lineage, name) is not None
        assert set(lineage.__all__) <= set(dir(lineage))

    def test_an_unknown_name_is_an_attribute_error(self):
        with pytest.raises(AttributeError, match="no attribute 'tracer'"):
            lineage.tracer  # noqa: B018


class TestWithoutExtras:
    def test_a_web_page_is_read(self, tmp_path):
        page = tmp_path / "page.html"
        said = "A crane fell into the old port on Monday, and nobody was hurt, the harbour said."
        page.write_text(f"<html><body><article><p>{said}</p></article></body></html>")
        text = run(
            f"""
            import json
            import lineage
            print(json.dumps(lineage.read({str(page)!r}).articles["text"].item()))
            """
        )
        assert said in text

    @pytest.mark.slow
    def test_a_story_is_traced_and_saved(self, tmp_path):
        said = run(
            f"""
            import json, sys
            import lineage
            result = lineage.trace(lineage.read({str(STORY)!r}).articles)
            result.save({str(tmp_path / "run")!r})
            extras = sorted(HIDDEN & sys.modules.keys() - STARTED_WITH)
            print(json.dumps([len(result.edges), result.run["encoder"]["mode"], extras]))
            """
        )
        assert said[0] > 0
        assert said[1:] == ["semantic", []]
        assert (tmp_path / "run" / "report.html").is_file()
        assert (tmp_path / "run" / "figures" / "dag.png").is_file()

    @pytest.mark.parametrize(
        ("code", "extra"),
        [
            ("lineage.read(FOLDER + '/rows.parquet')", "parquet"),
            pytest.param(
                "lineage.read(FOLDER + '/report.pdf')", "documents", marks=pytest.mark.slow
            ),
            pytest.param(
                "lineage.read(FOLDER + '/report.docx')", "documents", marks=pytest.mark.slow
            ),
            pytest.param("lineage.read(FOLDER + '/items.rss')", "feeds", marks=pytest.mark.slow),
            pytest.param(
                "lineage.trace(TEXTS, encoder='all-MiniLM-L6-v2')",
                "sentence-transformers",
                marks=pytest.mark.slow,
            ),
            pytest.param(
                "lineage.trace(TEXTS, encoder='multilingual')",
                "multilingual",
                marks=pytest.mark.slow,
            ),
        ],
    )
    def test_a_missing_extra_is_named_in_one_line(self, tmp_path, code, extra):
        (tmp_path / "rows.parquet").write_bytes(b"PAR1" + bytes(8) + b"PAR1")
        for name in ("report.pdf", "report.docx", "items.rss"):
            (tmp_path / name).write_bytes(b"none is opened")
        words = ["A crane fell into the port on Monday.", "Two cranes stood in the old port."]
        message = run(
            f"""
            import json
            import lineage
            from lineage import errors
            FOLDER = {str(tmp_path)!r}
            TEXTS = [lineage.Article(text) for text in {words!r}]
            try:
                {code}
            except errors.MissingExtraError as error:
                print(json.dumps(str(error)))
            """
        )
        assert f'pip install "article-lineage[{extra}]"' in message
        assert "\n" not in message
