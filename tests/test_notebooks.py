"""The notebooks run and say what they said; `python tests/test_notebooks.py` runs them anew."""

import itertools
import os
import re
import shutil
from pathlib import Path

import pytest

nbclient = pytest.importorskip("nbclient", reason="nbclient is not installed (extra notebooks)")
nbformat = pytest.importorskip("nbformat", reason="nbformat is not installed (extra notebooks)")
pytest.importorskip("ipykernel", reason="ipykernel is not installed (extra notebooks)")

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
# Seconds for one cell; none takes a tenth of it on two cores.
TIMEOUT = 300


def executed(path, folder):
    """Run a notebook beside a copy of the stories, so that it can leave nothing behind."""
    place = folder / "notebooks"
    place.mkdir()
    shutil.copytree(ROOT / "data", folder / "data")
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    client = nbclient.NotebookClient(
        notebook, timeout=TIMEOUT, resources={"metadata": {"path": str(place)}}
    )
    made = client.execute(cwd=str(place))
    for cell in made.cells:
        # When a cell ran is of no interest.
        cell.metadata.pop("execution", None)
    # The version of Python that ran it neither.
    made.metadata["language_info"] = {"name": "python"}
    return made


def said(notebook):
    """Return what each cell printed and showed as text, pictures aside."""
    found = []
    for cell in notebook.cells:
        for before, output in itertools.pairwise([None, *cell.get("outputs", [])]):
            if output.output_type == "stream":
                # A kernel sends what is printed in pieces of no meaning.
                if before is not None and before.output_type == "stream":
                    found[-1] += output.text
                else:
                    found.append(output.text)
            elif output.output_type in ("execute_result", "display_data"):
                if "image/png" in output.data:
                    found.append("picture")
                else:
                    found += [output.data[kind] for kind in sorted(output.data)]
            else:
                found.append(f"{output.output_type}: {output.get('ename')}")
    return found


@pytest.fixture(autouse=True)
def path_of_the_package(monkeypatch):
    # The kernel is another process: it shall run this package and no installed one.
    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path for path in paths if path))


class TestNotebooks:
    def test_there_are_five(self):
        assert [path.name[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04", "05"]

    @pytest.mark.slow
    @pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
    def test_running_it_says_what_is_kept_in_it(self, path, tmp_path):
        kept = said(nbformat.read(path, as_version=4))
        assert kept
        assert said(executed(path, tmp_path)) == kept

    @pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
    def test_uses_public_names_alone(self, path):
        code = "\n".join(
            cell.source
            for cell in nbformat.read(path, as_version=4).cells
            if cell.cell_type == "code"
        )
        assert re.findall(r"\blineage\.(?:\w+\.)*_\w+|import _\w+", code) == []
        assert re.findall(r"from lineage\.\w+", code) == []

    @pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
    def test_is_small_and_names_no_place_of_a_machine(self, path):
        text = path.read_text(encoding="utf-8")
        assert len(text) < 400_000
        assert re.findall(r"/(?:home|tmp|root|Users)/\w+", text) == []


if __name__ == "__main__":
    import tempfile

    os.environ["PYTHONPATH"] = str(ROOT)
    for each in NOTEBOOKS:
        with tempfile.TemporaryDirectory() as folder:
            nbformat.write(executed(each, Path(folder)), each)
