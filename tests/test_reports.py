import pathlib
import re
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent
STORIES = sorted(path.parent.name for path in ROOT.glob("data/*/articles"))
AGAIN = "run `python reports/make.py` and look at what changed"
# Another processor adds the same numbers of the sentence model in another order.
TOLERANCE = 0.02
_DECIMAL = re.compile(r"\d+\.\d+")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The command of reports/README.md, word for word, but for the folder."""
    (command,) = re.findall(r"^    (python .*)$", (ROOT / "reports/README.md").read_text(), re.M)
    folder = tmp_path_factory.mktemp("reports")
    program, *rest = command.split()
    assert program == "python"
    subprocess.run([sys.executable, *rest, folder], cwd=ROOT, check=True)
    return folder


class TestReports:
    def test_every_story_has_one(self):
        there = sorted(path.stem for path in ROOT.glob("reports/*.html"))
        assert there == STORIES, AGAIN

    @pytest.mark.parametrize("story", STORIES)
    def test_is_what_the_command_makes(self, made, story):
        committed = (ROOT / "reports" / f"{story}.html").read_text(encoding="utf-8")
        page = (made / f"{story}.html").read_text(encoding="utf-8")
        if page == committed:
            return
        assert _DECIMAL.sub("#", page) == _DECIMAL.sub("#", committed), AGAIN
        pairs = zip(_DECIMAL.findall(page), _DECIMAL.findall(committed), strict=True)
        far = [pair for pair in pairs if abs(float(pair[0]) - float(pair[1])) > TOLERANCE]
        assert not far, AGAIN

    @pytest.mark.parametrize("story", STORIES)
    def test_names_no_folder_and_no_versions_of_this_machine(self, story):
        page = (ROOT / "reports" / f"{story}.html").read_text(encoding="utf-8")
        assert str(ROOT) not in page
        assert "onnxruntime&#34;" not in page
        assert len(page.encode()) < 1_000_000
