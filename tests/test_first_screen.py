"""The report as somebody on deadline meets it: its first screen, filters, phone and keyboard."""

import importlib.util
import pathlib
import re

import pytest

import lineage
from lineage.report.page import content_counts, edge_rows, first_screen, refs, render

from . import traces

HERE = pathlib.Path(__file__).parent
CRANE = HERE.parent / "data" / "harbour-crane" / "articles"
WIRE, REPRINT, POST = (
    CRANE / f"{name}.txt" for name in ("meridian-first", "ostrell-page", "tideline-post")
)


def _load(name):
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


browser = _load("browser")


@pytest.fixture(scope="module")
def chromium():
    with browser.chromium() as started:
        yield started


def written(result, folder):
    path = folder / "report.html"
    path.write_text(render.render(result.frames, result.run), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def crane():
    return traces.story("harbour-crane")


@pytest.fixture(scope="module")
def eight(crane, tmp_path_factory):
    return written(crane, tmp_path_factory.mktemp("eight"))


@pytest.fixture(scope="module")
def two():
    """A wire report and a post whose words are all its own."""
    return traces.trace(lineage.read([WIRE, POST]))


@pytest.fixture(scope="module")
def post(two, tmp_path_factory):
    return written(two, tmp_path_factory.mktemp("post"))


@pytest.fixture(scope="module")
def reprint(tmp_path_factory):
    result = traces.trace(lineage.read([WIRE, REPRINT]))
    return written(result, tmp_path_factory.mktemp("reprint"))


class TestTwoTexts:
    @pytest.mark.parametrize("name", ["post", "reprint"])
    def test_take_four_screens(self, name, request, chromium):
        with browser.Visit(chromium, request.getfixturevalue(name)) as visit:
            height = visit.page.evaluate("document.documentElement.scrollHeight")
            assert height <= 4 * 900

    def test_the_first_screen_has_all_that_matters_in_order(self, chromium, reprint):
        with browser.Visit(chromium, reprint) as visit:
            parts = [".finding", ".share", "svg.dag", ".telling"]
            boxes = [visit.page.locator(part).first.bounding_box() for part in parts]
            tops = [box["y"] for box in boxes]
            assert tops == sorted(tops)
            assert boxes[-1]["y"] + boxes[-1]["height"] <= 900
            wrong = visit.page.locator("section[aria-labelledby=uncertain]")
            assert wrong.bounding_box()["y"] < 900
            words = wrong.inner_text()
            assert re.search(
                r"may both go back to a text that is not here: probability 0\.\d\d", words
            )
            assert visit.page.locator(".telling blockquote").count() == 6

    def test_verdict_and_number_in_words(self, chromium, reprint):
        with browser.Visit(chromium, reprint) as visit:
            said = visit.page.locator(".finding").inner_text()
            number = visit.page.locator(".share").inner_text()
        assert re.fullmatch(r"B, Ostrell World Radio, was \w+ made from A, Meridian .*\.", said)
        assert re.fullmatch(
            r"\d+ of \d+ sentences of B \(Ostrell World Radio\) have their content (from|in) "
            r"A \(Meridian News Agency\)( too)?, \d+ word for word.*\.",
            number,
        )
        # The number claims no more than the verdict.
        assert ("content from" in number) != ("possibly" in said)

    def test_what_to_check_comes_before_the_picture(self, chromium, post):
        with browser.Visit(chromium, post) as visit:
            facts, credit = visit.page.locator("section.alert").all()
            assert "about 460" in facts.inner_text()
            assert "about 640" in facts.inner_text()
            assert "credits" in credit.inner_text()
            assert "the words are in" in credit.inner_text()
            picture = visit.page.locator("svg.dag").bounding_box()["y"]
            assert max(one.bounding_box()["y"] for one in (facts, credit)) < picture
            # The texts have no outlets: they are called by their titles.
            assert "meridian-first" not in visit.page.locator(".first").inner_text()


class TestCounts:
    def test_are_those_of_the_attributions(self, two):
        named = refs.Refs(two.frames)
        counted = content_counts.find(two.frames, named)["meridian-first", "tideline-post"]
        rows = two.attributions[two.attributions["target_id"] == "tideline-post"]
        rows = rows[~rows["kind"].isin(content_counts.NOT_CONTENT)]
        sure = rows[(rows["source_id"] == "meridian-first") & (rows["confidence"] >= 0.5)]
        assert counted.n_sentences == rows["target_sentence"].nunique()
        assert counted.n_from == sure["target_sentence"].nunique() > 20
        assert counted.n_verbatim == 0

    def test_a_story_leads_with_the_text_that_has_most_to_check(self, crane):
        named = refs.Refs(crane.frames)
        worded, _ = edge_rows.worded(crane.frames, named, crane.settings)
        kept = [edge for edge in worded if edge.status == "kept"]
        found = first_screen.find(crane.frames, named, kept, {})
        assert found.lead.row.article_id == "tideline-post"
        assert len(found.passages) == first_screen.N_PASSAGES


class TestKeyboard:
    def test_the_skip_link_leads_to_the_verdict(self, chromium, eight):
        for width, height in ((1440, 900), (390, 844)):
            with browser.Visit(chromium, eight, width=width, height=height) as visit:
                page = visit.page
                page.keyboard.press("Tab")
                assert page.evaluate("document.activeElement.className") == "skip"
                page.keyboard.press("Enter")
                page.wait_for_timeout(200)
                assert 0 <= page.locator(".finding").bounding_box()["y"] < 200
                page.keyboard.press("Tab")
                assert page.evaluate("document.activeElement.closest('main') !== null")

    def test_from_match_to_match_in_the_sentence_list(self, chromium, eight):
        with browser.Visit(chromium, eight) as visit:
            page = visit.page
            page.get_by_label("Kind of passage").select_option("changed")
            page.locator("#after").focus()
            page.keyboard.press("Enter")
            first = page.locator("tr.on")
            assert first.is_visible()
            assert first.get_attribute("data-changed") == "yes"
            before = first.inner_text()
            page.keyboard.press("n")
            assert page.locator("tr.on").inner_text() != before
            page.keyboard.press("p")
            assert page.locator("tr.on").inner_text() == before
            visit.assert_quiet()

    def test_from_match_to_match_side_by_side(self, chromium, post):
        with browser.Visit(chromium, post) as visit:
            panes = visit.page.locator(".sidebyside .pane")
            panes.nth(0).focus()
            seen = set()
            for _ in range(3):
                visit.page.keyboard.press("n")
                seen.add("".join(panes.nth(1).locator(".on").all_inner_texts()))
            assert len(seen) == 3
            visit.page.locator(".sidebyside").get_by_role("button", name="Next match").click()
            assert "Passage 4 of" in visit.page.locator(".sidebyside .live").inner_text()


class TestFilters:
    def test_by_source_and_without_quotes(self, crane, chromium, eight):
        traced = crane.attributions[crane.attributions["source_id"].notna()]
        named = {ref.letter: ref.row.article_id for ref in refs.Refs(crane.frames)}
        with browser.Visit(chromium, eight) as visit:
            page = visit.page
            shown = page.locator("tr[data-kind]:not([hidden])")
            for letter in ("A", "E"):
                page.locator("#source").select_option(letter)
                mine = traced[traced["source_id"] == named[letter]]
                assert shown.count() == len(mine)
                assert set(shown.evaluate_all("rows => rows.map(row => row.dataset.source)")) <= {
                    letter
                }
            page.locator("#source").select_option("")
            page.locator("#unquoted").check()
            sentences = crane.sentences.set_index("sentence_id")["role"]
            said = (traced["kind"] == "quote") | (
                traced["target_sentence"].map(sentences) == "quote"
            )
            assert shown.count() == (~said).sum() < len(traced)
            page.locator("#left").select_option("B")
            panes = page.locator(".sidebyside")
            before = int(panes.locator(".live").inner_text().split()[0])
            panes.get_by_label("Without quotes").check()
            assert int(panes.locator(".live").inner_text().split()[0]) < before
            said = page.locator("#found").inner_text()
            assert said.startswith(f"{shown.count()} passages in ")

    def test_any_two_texts_are_compared(self, crane, chromium, eight):
        texts = crane.articles.set_index("article_id")["text"]
        named = {ref.letter: ref.row.article_id for ref in refs.Refs(crane.frames)}
        with browser.Visit(chromium, eight) as visit:
            page = visit.page
            for left, right in (("A", "E"), ("C", "B"), ("F", "H")):
                page.locator("#left").select_option(left)
                page.locator("#right").select_option(right)
                panes = page.locator("#any .pane")
                shown = panes.evaluate_all("panes => panes.map(pane => pane.textContent)")
                assert shown == [texts[named[left]], texts[named[right]]]
            page.locator("#left").select_option("C")
            page.locator("#right").select_option("B")
            # No sentence was traced between these: runs of words that both have.
            runs = [
                [
                    one.inner_text()
                    for one in page.locator("#any .pane").nth(side).locator("b").all()
                ]
                for side in (0, 1)
            ]
            assert len(runs[0]) == len(runs[1]) > 3
            plain = [sorted(re.sub(r"\W+", " ", run).lower() for run in each) for each in runs]
            assert plain[0] == plain[1]
            visit.assert_quiet()

    def test_a_source_is_switched_off_with_a_reason_and_on_again(self, crane, chromium, eight):
        edge = crane.edges[crane.edges["target_id"] == "pellworth-courier"].iloc[0]
        assert edge["source_id"] == "meridian-first"
        with browser.Visit(chromium, eight) as visit:
            page = visit.page
            fold = page.locator("details.edge", has=page.locator('.off[data-target="B"]')).first
            fold.locator("summary").first.click()
            off = fold.locator(".off")
            off.get_by_role("button", name="Switch A off").click()
            assert page.locator("#switched").is_hidden()
            off.locator("input").fill("the Courier went to press before")
            off.get_by_role("button", name="Switch A off").click()
            said = page.locator("#switched").inner_text()
            assert "A off as a source of B, because: the Courier went to press before." in said
            others = crane.all_edges[
                (crane.all_edges["target_id"] == "pellworth-courier")
                & (crane.all_edges["source_id"] != "meridian-first")
            ]
            assert ("Next best in the tables:" in said) == bool(len(others))
            assert page.locator("tr.is-off").count() > 10
            assert page.locator("svg.dag a.line.is-off").count() == 1
            off.get_by_role("button", name="Switch A on again").click()
            assert page.locator("#switched").is_hidden()
            assert page.locator(".is-off").count() == 0
            visit.assert_quiet()


class TestPhone:
    def test_the_picture_is_fitted_anew_until_the_reader_zooms(self, chromium, eight):
        with browser.Visit(chromium, eight, width=1440) as visit:
            page = visit.page
            width = "document.querySelector('svg.dag').getBoundingClientRect().width"
            whole = page.evaluate(width)
            page.set_viewport_size({"width": 390, "height": 844})
            page.wait_for_timeout(200)
            assert page.evaluate(width) <= 390 < whole
            page.get_by_role("button", name="Full size").click()
            page.set_viewport_size({"width": 400, "height": 844})
            page.wait_for_timeout(200)
            assert page.evaluate(width) > 390

    def test_the_picture_is_fitted_and_no_target_is_cut_off(self, chromium, eight, post):
        for path in (eight, post):
            with browser.Visit(chromium, path, width=390, height=844) as visit:
                canvas = visit.page.locator(".canvas").bounding_box()
                for box in visit.page.locator("svg.dag a.box").all():
                    place = box.bounding_box()
                    assert place["x"] >= canvas["x"] - 1
                    assert place["x"] + place["width"] <= canvas["x"] + canvas["width"] + 1
                letter = visit.page.locator("svg.dag .tagged").first
                assert letter.bounding_box()["height"] >= 9

    def test_no_cell_of_a_quote_is_as_high_as_half_the_screen(self, chromium, eight):
        with browser.Visit(chromium, eight, width=390, height=844) as visit:
            visit.page.get_by_role("button", name="Open all").click()
            heights = visit.page.locator("table.evidence td, table.kept td").evaluate_all(
                "cells => cells.map(cell => cell.getBoundingClientRect().height)"
            )
            assert len(heights) > 50
            assert max(heights) < 844 / 2
            # Targets stand under their sources, not beyond the edge of the screen.
            rights = visit.page.locator("table.kept td").evaluate_all(
                "cells => cells.map(cell => cell.getBoundingClientRect().right)"
            )
            assert max(rights) <= 390


@pytest.mark.slow
class TestAxe:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("width", [1440, 390])
    @pytest.mark.parametrize("name", ["post", "eight"])
    def test_no_serious_violation(self, name, width, scheme, request, chromium):
        script = browser.axe_script()
        path = request.getfixturevalue(name)
        with browser.Visit(chromium, path, color_scheme=scheme, width=width) as visit:
            assert browser.violations(visit.page, script) == []
            visit.page.get_by_role("button", name="Open all").click()
            assert browser.violations(visit.page, script) == []
