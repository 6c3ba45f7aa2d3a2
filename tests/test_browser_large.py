"""The report of a story of many articles in a real browser: drawn, opened, filtered, printed."""

import importlib.util
import io
import pathlib
import re
import unicodedata

import pytest

from lineage import tables
from lineage.report.drawing import clusters
from lineage.report.page import render

HERE = pathlib.Path(__file__).parent


def _load(name):
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


browser = _load("browser")
report_tables = _load("report_tables")

N_ARTICLES = 120


def large():
    """Two reports, their copies, the copies of some copies, and texts that stand alone."""
    made = report_tables.bare(N_ARTICLES)
    ids = list(made["articles"]["article_id"])
    text = dict(zip(ids, made["articles"]["text"], strict=True))
    usual = {
        "p_link": 0.97,
        "p_edge": 0.9,
        "n_alike": 1,
        "p_direction": 0.95,
        "coverage_target": 0.9,
        "score_bits": 3.0,
    }
    edges = []
    for number in range(2, N_ARTICLES - 20):
        # One in ten has a copy of its own.
        source = number - 1 if number % 10 == 5 else number % 2
        relation = "edit" if number % 3 else "reprint"
        ends = {"source_id": ids[source], "target_id": ids[number]}
        edges.append({**ends, "relation": relation, "status": "kept", **usual})
    edges += [
        {
            "source_id": ids[1],
            "target_id": ids[number],
            "relation": "edit",
            "status": "runner_up",
            **usual,
        }
        for number in range(2, 40, 2)
    ]
    evidence = [
        {
            "source_id": edge["source_id"],
            "target_id": edge["target_id"],
            "signal": "rare_run",
            "about": "link",
            "weight_bits": 3.0,
            "detail": f"seen in {edge['source_id']} and then in {edge['target_id']}",
        }
        for edge in edges
    ]
    sentences = [
        {
            "sentence_id": f"{name}#0",
            "article_id": name,
            "position": 0,
            "start": 0,
            "end": len(text[name]),
            "text": text[name],
            "role": "body",
        }
        for name in ids
    ]
    attributions = [
        {
            "target_id": edge["target_id"],
            "target_sentence": f"{edge['target_id']}#0",
            "target_start": 0,
            "target_end": len(text[edge["target_id"]]),
            "source_id": edge["source_id"],
            "source_sentence": f"{edge['source_id']}#0",
            "source_start": 0,
            "source_end": len(text[edge["source_id"]]),
            "kind": "edited" if number % 2 else "verbatim",
            "lexical": 0.9,
            "confidence": 0.9,
            "changed_facts": "none" if number % 5 else "number 3 -> 4 (contradicts)",
        }
        for number, edge in enumerate(edges)
        if edge["status"] == "kept"
    ]
    rows = {
        "edges": edges,
        "evidence": evidence,
        "sentences": sentences,
        "attributions": attributions,
    }
    return {**made, **{name: tables.build(name, found) for name, found in rows.items()}}


@pytest.fixture(scope="module")
def chromium():
    with browser.chromium() as started:
        yield started


@pytest.fixture(scope="module")
def story(chromium, tmp_path_factory):
    """The tables and the file of their report."""
    made = large()
    path = tmp_path_factory.mktemp("large") / "report.html"
    path.write_text(render.render(made, {}), encoding="utf-8")
    return made, path


def _printed(visit):
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
    pages = pypdf.PdfReader(io.BytesIO(visit.page.pdf(prefer_css_page_size=True))).pages
    words = "".join(page.extract_text() for page in pages)
    return _letters(words), len(pages)


def _letters(text):
    return re.sub(r"[^\w%]", "", unicodedata.normalize("NFKC", text))


@pytest.mark.slow
class TestPicture:
    def test_every_article_is_in_a_box_and_the_page_is_quiet(self, story, chromium):
        made, path = story
        with browser.Visit(chromium, path) as visit:
            boxes = visit.page.locator("svg.dag a.box")
            stacks = visit.page.locator("svg.dag a.box.cluster")
            members = visit.page.locator("details.cluster tr.member")
            assert stacks.count() >= 3
            assert boxes.count() <= clusters.MAX_BOXES
            assert boxes.count() - stacks.count() + members.count() == len(made["articles"])
            told = visit.page.locator("details.cluster").evaluate_all(
                "folds => folds.map(fold => Number(fold.dataset.members))"
            )
            assert sum(told) == members.count()
            visit.assert_quiet()

    def test_every_kept_edge_is_a_line_or_in_a_list(self, story, chromium):
        made, path = story
        kept = made["edges"][made["edges"]["status"] == "kept"]
        with browser.Visit(chromium, path) as visit:
            found = visit.page.evaluate(
                "[...document.querySelectorAll('svg.dag a.line, details.cluster td a')]"
                ".map(one => one.getAttribute('href')).filter(one => one.startsWith('#edge-'))"
            )
            table = visit.page.locator("section[aria-labelledby=edges] table.kept tbody tr")
            assert table.count() == len(kept)
        assert len(set(found)) == len(kept)

    @pytest.mark.parametrize("press", ["mouse", "keyboard"])
    def test_a_box_of_several_opens(self, story, chromium, press):
        _, path = story
        with browser.Visit(chromium, path) as visit:
            stack = visit.page.locator("svg.dag a.box.cluster").first
            fold = visit.page.locator(stack.get_attribute("href"))
            assert not fold.locator("tr.member").first.is_visible()
            if press == "mouse":
                stack.locator("text.name").click()
            else:
                stack.focus()
                visit.page.keyboard.press("Enter")
            fold.locator("tr.member").first.wait_for(state="visible", timeout=5000)
            assert "chosen" in stack.get_attribute("class").split()
            assert fold.locator("summary").evaluate("one => one === document.activeElement")
            fold.locator("td a[href^='#edge-']").first.click()
            shown = visit.page.locator("details.edge[open] table.evidence")
            shown.wait_for(state="visible", timeout=5000)
            assert "chosen" in stack.get_attribute("class").split()
            visit.assert_quiet()


@pytest.mark.slow
class TestLinks:
    @pytest.mark.slow
    @pytest.mark.parametrize("width", [390, 1440])
    def test_a_link_of_the_contents_leads_to_its_part_though_much_above_it_was_not_drawn(
        self, story, chromium, width
    ):
        with browser.Visit(chromium, story[1], width=width) as visit:
            for link in visit.page.locator("nav a").all():
                link.click()
                target = visit.page.locator(link.get_attribute("href"))
                visit.page.wait_for_timeout(200)
                top = target.evaluate("one => one.getBoundingClientRect().top")
                bottom = visit.page.evaluate(
                    "document.documentElement.scrollHeight - innerHeight - scrollY"
                )
                assert abs(top - 16) < 3 or bottom < 3


@pytest.mark.slow
class TestFilter:
    def test_counts_passages_of_articles_that_were_not_opened(self, story, chromium):
        made, path = story
        with browser.Visit(chromium, path) as visit:
            page = visit.page
            for kind, number in made["attributions"]["kind"].value_counts().items():
                page.get_by_label("Kind of passage").select_option(kind)
                assert page.locator("#found").inner_text().startswith(f"{number} passages in ")
            changed = made["attributions"]["changed_facts"] != "none"
            page.get_by_label("Kind of passage").select_option("changed")
            said = f"{changed.sum()} passages in {changed.sum()} articles"
            assert page.locator("#found").inner_text() == said
            assert page.locator("details.article:not([hidden])").count() == changed.sum()

    @pytest.mark.parametrize("words", ["a099", "the old bridge, Article 99 says"])
    def test_finds_an_article_by_its_name_and_by_its_headline(self, story, chromium, words):
        with browser.Visit(chromium, story[1]) as visit:
            visit.page.get_by_label("Find an article").fill(words)
            found = visit.page.locator("details.article:not([hidden])")
            assert found.count() == 1
            # What is not yet in sight has text, but none that was laid out.
            assert "a099" in found.locator("summary").first.text_content()


class TestPrint:
    @pytest.mark.slow
    @pytest.mark.parametrize("scripts", [True, False])
    def test_has_the_evidence_of_every_kept_edge_with_scripts_and_without(
        self, story, chromium, scripts
    ):
        made, path = story
        with browser.Visit(chromium, path, java_script_enabled=scripts) as visit:
            words, _ = _printed(visit)
        kept = made["edges"][made["edges"]["status"] == "kept"]
        for edge in kept.itertuples():
            assert _letters(f"seen in {edge.source_id} and then in {edge.target_id}") in words
        assert _letters("Not printed, because of their length") in words


@pytest.mark.slow
class TestAccessible:
    def test_axe_finds_no_serious_violation(self, story, chromium):
        script = browser.axe_script()
        with browser.Visit(chromium, story[1]) as visit:
            visit.page.locator("svg.dag a.box.cluster").first.click()
            assert browser.violations(visit.page, script) == []

    def test_fits_a_phone(self, story, chromium):
        with browser.Visit(chromium, story[1], width=390, height=844) as visit:
            visit.page.locator("svg.dag a.box.cluster").first.focus()
            visit.page.keyboard.press("Enter")
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= 390
