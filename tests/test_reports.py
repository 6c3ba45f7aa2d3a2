import contextlib
import html.parser
import json
import pathlib
import re
import runpy
import sys

import pytest

import lineage

from . import traces

ROOT = pathlib.Path(__file__).resolve().parent.parent
STORIES = sorted(path.parent.name for path in ROOT.glob("data/*/articles"))
AGAIN = "run `python reports/make.py` and look at what changed"
# Another processor adds the same numbers of the sentence model in another order.
TOLERANCE = 0.02
_DECIMAL = re.compile(r"\d+\.\d+")
# What a reader is told by more than words: places in a table, marks of a difference, headings.
TELLING_TAGS = set("table tr th td ins del mark h1 h2 h3 h4 details summary li a dt dd".split())
INLINE = set("abbr b bdi code em i small span strong sub sup time".split())
TELLING = set("href id title aria-label data-tip data-kind data-kinds data-pair lang dir".split())


class Said(html.parser.HTMLParser):
    """What a page says, a line each: its words, tables, links and data, and not how it looks."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.lines, self._inside, self._words = [], None, []
        self.feed(page)
        self.close()
        self._end()

    def _end(self):
        words = " ".join("".join(self._words).split())
        self._words = []
        if words:
            self.lines.append(words)

    def handle_starttag(self, tag, attributes):
        told = [f"{name}={value}" for name, value in sorted(attributes) if name in TELLING]
        if tag not in INLINE or told:
            self._end()
        if tag in ("style", "script"):
            is_data = dict(attributes).get("type") == "application/json"
            self._inside = "data" if is_data else "looks"
        if told or tag in TELLING_TAGS:
            self.lines.append(" ".join([f"<{tag}>", *told]))

    def handle_endtag(self, tag):
        if tag not in INLINE:
            self._end()
        self._inside = None

    def handle_data(self, data):
        if self._inside == "data":
            self.lines.append(json.dumps(json.loads(data), sort_keys=True))
        elif self._inside is None:
            self._words.append(data)


def said(page):
    return "\n".join(Said(page).lines)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The command of reports/README.md, word for word, but for the folder, in this process."""
    (command,) = re.findall(r"^    (python .*)$", (ROOT / "reports/README.md").read_text(), re.M)
    folder = tmp_path_factory.mktemp("reports")
    program, script, *rest = command.split()
    assert program == "python"
    with contextlib.chdir(ROOT), pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", [script, *rest, str(folder)])
        # Of the same texts and settings: other tests ask for the same traces.
        patch.setattr(lineage, "trace", traces.trace)
        runpy.run_path(script, run_name="__main__")
    return folder


class TestReports:
    def test_every_story_has_one(self):
        there = sorted(path.stem for path in ROOT.glob("reports/*.html"))
        assert there == STORIES, AGAIN

    @pytest.mark.slow
    @pytest.mark.parametrize("story", STORIES)
    def test_says_what_the_one_says_that_the_command_makes(self, made, story):
        committed = said((ROOT / "reports" / f"{story}.html").read_text(encoding="utf-8"))
        page = said((made / f"{story}.html").read_text(encoding="utf-8"))
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


PAGE = """<html><head><title>Two</title><style>p {color: red}</style></head><body class="wide">
<table><tr><td>one</td><td>2</td></tr></table>
<p>All <b>is</b> said <a href="#x" title="0.9">here</a>.
<script type="application/json">{"b": 1, "a": [0.50]}</script><script>run()</script>
</body></html>"""


class TestSaid:
    def test_words_places_in_tables_links_and_data(self):
        assert said(PAGE).splitlines() == [
            "Two", "<table>", "<tr>", "<td>", "one", "<td>", "2", "All is said",
            "<a> href=#x title=0.9", "here", ".", '{"a": [0.5], "b": 1}',
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("was", "became"),
        [
            ("one", "1"),
            (">2<", ">3<"),
            ("#x", "#y"),
            ("0.9", "0.8"),
            ("0.50", "0.51"),
            ("said", ""),
        ],
    )
    def test_what_says_something_else_differs(self, was, became):
        assert said(PAGE.replace(was, became)) != said(PAGE)

    @pytest.mark.parametrize(
        ("was", "became"),
        [
            ("red", "green"),
            ("wide", "narrow"),
            ("run()", "walk()"),
            ("</b>", "</b><span></span>"),
            ("0.50", "0.5"),
        ],
    )
    def test_what_looks_otherwise_does_not(self, was, became):
        assert said(PAGE.replace(was, became)) == said(PAGE)
