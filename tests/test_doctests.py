"""The examples in docstrings: every public function has one, and all of them run."""

import doctest
import importlib
import inspect
import pkgutil
import re
import shutil
from pathlib import Path

import matplotlib as mpl
import pytest

import lineage
from lineage import errors, plot

from . import sail

ROOT = Path(__file__).resolve().parent.parent
# Of the modules with an example those that trace a story, or draw many pictures.
TRACE = ("lineage", "lineage.plot")
FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS


def public():
    """What users call, by name: of the package, of docs/api.md, of pictures and results."""
    names = [name for name in lineage.__all__ if name not in ("__version__", "plot")]
    found = {name: getattr(lineage, name) for name in names}
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    for dotted in re.findall(r"^::: (\S+)$", page, re.MULTILINE):
        where, _, name = dotted.rpartition(".")
        if name[0].isupper() or dotted.count(".") > 1:
            found[dotted] = getattr(importlib.import_module(where), name)
    for name, value in vars(plot).items():
        if inspect.isfunction(value) and value.__module__ == plot.__name__ and name[0] != "_":
            found[f"plot.{name}"] = value
    for owner in (lineage.Lineage, lineage.TraceConfig):
        for name, value in vars(owner).items():
            if name[0] != "_" and inspect.isfunction(value):
                found[f"{owner.__name__}.{name}"] = value
    return found


def modules():
    """Modules with an example; found by their text, so that others need not be imported."""
    names = [found.name for found in pkgutil.walk_packages(lineage.__path__, "lineage.")]
    sources = [(name, ROOT / Path(*name.split("."))) for name in ["lineage", *names]]
    return [
        name
        for name, path in sources
        for file in (path.with_suffix(".py"), path / "__init__.py")
        if file.is_file() and ">>> " in file.read_text(encoding="utf-8")
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the examples run: beside the shipped story and a run of it."""
    made = tmp_path_factory.mktemp("examples")
    shutil.copytree(ROOT / "data" / "harbour-crane", made / "data" / "harbour-crane")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(made)
        lineage.trace(lineage.read("data/harbour-crane/articles")).save("run")
    return made


class TestExamples:
    @pytest.mark.parametrize(
        "name",
        [
            pytest.param(name, marks=pytest.mark.slow) if name in TRACE else name
            for name in modules()
        ],
    )
    def test_run(self, name, folder, monkeypatch):
        from matplotlib import pyplot

        monkeypatch.chdir(folder)
        mpl.use("agg")
        with sail.no_doctests():
            done = doctest.testmod(importlib.import_module(name), optionflags=FLAGS)
        pyplot.close("all")
        assert done.attempted > 0
        assert done.failed == 0, "the differences are printed above"

    @pytest.mark.parametrize("name", public())
    def test_every_public_function_has_one_that_is_not_skipped(self, name):
        said = inspect.getdoc(public()[name])
        section = said.partition("Examples\n--------\n")[2]
        assert ">>> " in section
        assert "+SKIP" not in section

    def test_errors_show_how_they_are_caught(self):
        assert "except errors.LineageError" in errors.__doc__
