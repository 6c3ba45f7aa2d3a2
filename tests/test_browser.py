"""The report in a real browser: what a person can see, press, read aloud and print."""

import collections
import importlib.util
import io
import pathlib
import re
import unicodedata

import pandas as pd
import pytest

import lineage
from lineage import tables
from lineage.report.page import render

from . import known, traces

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent


def _load(name):
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


browser = _load("browser")
report_tables = _load("report_tables")

SEEDS = ROOT.parent / "shared" / "seeds" / "articles"

HOSTILE = [
    "<script>document.title='run'</script><script src='https://evil.example/x.js'></script>",
    "<img src=x onerror=\"document.title='run'\"> <svg onload=document.title='run'>",
    "</script></template></details></style><script>document.title='run'</script>",
    "<a href=\"javascript:document.title='run'\">press</a> javascript:document.title='run'",
    "<!-- <b><table><div unclosed='\"> &lt;script&gt;document.title='run'&lt;/script&gt;",
    "\u202egnirts desrever\u202c \u2066isolate \u200fmark ]]> ${document.title='run'} {{ 7*7 }}",
    "<iframe srcdoc=\"<script>parent.document.title='run'</script>\"></iframe> \u2028 \u2029",
    "<style>@import 'https://evil.example/x.css';</style><meta http-equiv=refresh content=0>",
]


@pytest.fixture(scope="module")
def chromium():
    with browser.chromium() as started:
        yield started


@pytest.fixture(scope="module", params=known.each_story("seeds"))
def story(request, chromium, tmp_path_factory):
    """A traced story and the file of its report."""
    if request.param != "seeds":
        result = traces.story(request.param)
    elif SEEDS.is_dir():
        result = traces.trace(lineage.read(SEEDS))
    else:
        pytest.skip("../shared/seeds is not here")
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(render.render(result.frames, result.run), encoding="utf-8")
    return result, path


@pytest.fixture(scope="module")
def ferry(chromium, tmp_path_factory):
    path = tmp_path_factory.mktemp("ferry") / "report.html"
    path.write_text(
        render.render(report_tables.ferry(), report_tables.run_record()), encoding="utf-8"
    )
    return path


def hostile_tables():
    """The story with hostile words in every cell that takes free text."""
    made = report_tables.ferry()
    texts = {}
    for place, article_id in enumerate(report_tables.TEXTS):
        words = "\n".join([*HOSTILE[place:], *HOSTILE[:place]])
        texts[article_id] = words + "\n" + report_tables.TEXTS[article_id]
    shift = {name: len(texts[name]) - len(report_tables.TEXTS[name]) for name in texts}
    articles = made["articles"]
    supplied = articles["kind"] == "supplied"
    articles.loc[supplied, "text"] = articles.loc[supplied, "article_id"].map(texts)
    for number, column in enumerate(("outlet", "title", "byline", "url")):
        articles[column] = pd.array([HOSTILE[number]] * len(articles), dtype="string")
    articles["origin_agency"] = HOSTILE[0]
    spans = {
        "sentences": [("article_id", "start", "end")],
        "evidence": [
            ("source_id", "source_start", "source_end"),
            ("target_id", "target_start", "target_end"),
        ],
        "attributions": [
            ("source_id", "source_start", "source_end"),
            ("target_id", "target_start", "target_end"),
        ],
    }
    for name, columns in spans.items():
        for owner, *ends in columns:
            by = made[name][owner].map(shift).astype("Int64")
            for end in ends:
                made[name][end] = made[name][end] + by
    made["evidence"]["detail"] = pd.array([HOSTILE[2]] * len(made["evidence"]), dtype="string")
    made["evidence"]["signal"] = pd.array([HOSTILE[1]] * len(made["evidence"]), dtype="string")
    made["readings"]["candidate_text"] = HOSTILE[2]
    made["readings"]["target_text"] = HOSTILE[3]
    made["attributions"]["changed_facts"] = HOSTILE[1]
    return {name: tables.coerce(name, frame) for name, frame in made.items()}


class TestStory:
    def test_quiet_and_the_picture_has_every_node_and_edge(self, story, chromium):
        result, path = story
        with browser.Visit(chromium, path) as visit:
            boxes = visit.page.locator("svg.dag a.box").count()
            lines = visit.page.locator("svg.dag a.line").count()
            absent = visit.page.locator("svg.dag a.box.absent").count()
            heads = visit.page.locator("svg.dag a.line polygon.head").count()
            rivals = visit.page.locator("svg.dag a.rival").count()
            visit.assert_quiet()
        articles, edges = result.articles, result.edges
        assert boxes == articles["duplicate_of"].isna().sum()
        assert absent == (articles["kind"] == "absent").sum()
        assert lines == len(edges)
        assert heads == (edges["p_direction"] >= result.settings.arrow).sum()
        assert rivals == (result.all_edges["status"] == "runner_up").sum()

    @pytest.mark.slow
    def test_an_edge_opens_by_mouse_and_by_keyboard_with_its_differences(self, story, chromium):
        result, path = story
        with browser.Visit(chromium, path) as visit:
            page = visit.page
            if not len(result.edges):
                pytest.skip("no edge in this story")
            page.get_by_role("button", name="Close all", exact=True).click()
            lines = page.locator("svg.dag a.line")
            for number in range(lines.count()):
                line = lines.nth(number)
                fold = page.locator(line.get_attribute("href"))
                evidence = fold.locator("table.evidence")
                for press in ("mouse", "keyboard") if number == 0 else ("mouse",):
                    if press == "mouse":
                        line.locator("text").click()
                    else:
                        page.get_by_role("button", name="Close all", exact=True).click()
                        page.evaluate("history.replaceState(null, '', location.pathname)")
                        line.focus()
                        page.keyboard.press("Enter")
                    evidence.wait_for(state="visible", timeout=5000)
                    assert "chosen" in line.get_attribute("class").split()
            sides = page.locator("details.edge .panes")
            assert sides.count() == (~result.edges["source_id"].str.startswith("absent:")).sum()
            visit.assert_quiet()

    @pytest.mark.slow
    def test_the_filter_leaves_passages_of_one_kind(self, story, chromium):
        result, path = story
        sourced = result.attributions[result.attributions["source_id"].notna()]
        with browser.Visit(chromium, path) as visit:
            page = visit.page
            for kind, number in sourced["kind"].value_counts().items():
                page.get_by_label("Kind of passage").select_option(kind)
                rows = page.locator("tr[data-kind]:not([hidden])")
                assert rows.count() == number
                assert set(rows.evaluate_all("rows => rows.map(row => row.dataset.kind)")) == {kind}
            page.get_by_label("Kind of passage").select_option("")
            assert page.locator("tr[data-kind]:not([hidden])").count() == len(sourced)
            visit.assert_quiet()

    @pytest.mark.slow
    def test_print_has_the_evidence_of_every_edge(self, story, chromium):
        pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
        result, path = story
        with browser.Visit(chromium, path) as visit:
            printed = visit.page.pdf(prefer_css_page_size=True)
        pages = pypdf.PdfReader(io.BytesIO(printed)).pages
        assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pages} == {
            (595, 842)
        }
        words = _letters("".join(page.extract_text() for page in pages))
        edges = result.all_edges.set_index(["source_id", "target_id"]).index
        for row in result.evidence.itertuples():
            if (row.source_id, row.target_id) in edges:
                assert _letters(row.detail) in words
        # Somebody with ten minutes reads it: two pages a text and a few.
        assert len(pages) <= 4 + 2 * len(result.articles)

    @pytest.mark.slow
    def test_axe_finds_no_serious_violation(self, story, chromium):
        script = browser.axe_script()
        for scheme, width in (("light", 1440), ("dark", 390)):
            with browser.Visit(chromium, story[1], color_scheme=scheme, width=width) as visit:
                visit.page.get_by_role("button", name="Open all").click()
                sides = visit.page.locator("details.sides summary")
                if sides.count():
                    sides.first.click()
                assert browser.violations(visit.page, script) == []

    def test_fits_a_phone(self, story, chromium):
        with browser.Visit(chromium, story[1], width=390, height=844) as visit:
            visit.page.get_by_role("button", name="Open all").click()
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= 390

    def test_is_small(self, story):
        assert story[1].stat().st_size < 2_000_000


@pytest.mark.slow
class TestPrint:
    def test_without_scripts_all_that_is_folded_is_printed(self, chromium, ferry):
        pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
        printed, words = {}, {}
        for scripts in (True, False):
            with browser.Visit(chromium, ferry, java_script_enabled=scripts) as visit:
                pages = pypdf.PdfReader(io.BytesIO(visit.page.pdf())).pages
                found = [page.extract_text() for page in pages]
                printed[scripts] = _letters("".join(found))
                words[scripts] = collections.Counter(
                    unicodedata.normalize("NFKC", "\n".join(found)).split()
                )
                heads = set("\n".join(visit.page.locator("thead").all_inner_texts()).split())
        # Where a page breaks, the head of its table is printed again: only that may differ.
        assert {
            word for word in words[True] | words[False] if words[True][word] != words[False][word]
        } <= heads
        for row in report_tables.ferry()["evidence"].itertuples():
            assert _letters(row.detail) in printed[False]

    @pytest.mark.parametrize(("n", "is_broad"), [(3, False), (8, True)])
    def test_a_picture_too_broad_for_paper_has_letters_that_can_be_read(
        self, chromium, tmp_path, n, is_broad
    ):
        path = tmp_path / "report.html"
        path.write_text(render.render(report_tables.bare(n, chain=True), {}), encoding="utf-8")
        with browser.Visit(chromium, path, width=700) as visit:
            page = visit.page
            assert page.locator("svg.dag .name").first.is_visible()
            page.emulate_media(media="print")
            names = page.locator("svg.dag .name")
            assert names.first.is_visible() != is_broad
            letters = page.locator("svg.dag .tagged" if is_broad else "svg.dag .name")
            assert letters.count() == n
            for box in letters.all():
                assert box.bounding_box()["height"] > 7

    def test_changed_facts_are_printed_with_both_sentences(self, chromium, ferry):
        made = report_tables.ferry()
        with browser.Visit(chromium, ferry) as visit:
            visit.page.emulate_media(media="print")
            rows = visit.page.locator("tr[data-changed]")
            shown = [row.inner_text() for row in rows.all() if row.is_visible()]
            same = visit.page.locator("tr[data-kind]:not([data-changed])")
            assert not any(row.is_visible() for row in same.all())
        facts = made["attributions"]["changed_facts"]
        changed = [words for words in facts.dropna() if words not in ("", "none")]
        assert len(shown) == len(changed) > 0
        assert all(any(words in one for one in shown) for words in changed)


def _letters(text):
    """Drop what line breaks, hyphens and ligatures of a printed page change."""
    return re.sub(r"[^\w%]", "", unicodedata.normalize("NFKC", text))


@pytest.mark.slow
class TestSides:
    def open(self, visit):
        page = visit.page
        page.goto(f"{visit.address}#edge-2")
        return page.locator("#edge-2 .pane")

    def test_both_texts_whole_with_words_that_differ(self, chromium, ferry):
        with browser.Visit(chromium, ferry) as visit:
            panes = self.open(visit)
            texts = panes.evaluate_all("panes => panes.map(pane => pane.textContent)")
            # The text in question, and its source beside it.
            assert texts == [report_tables.TV, report_tables.WIRE]
            assert "harbor" in panes.nth(0).locator("ins").all_inner_texts()
            struck = panes.nth(1).locator("del").all_inner_texts()
            assert "ELSMOUTH (NSW" in struck
            # Of the first sentence it is in the headline too; of the second it is gone.
            assert struck.count("harbour") == 1

    def test_pointing_at_a_passage_marks_its_partner(self, chromium, ferry):
        with browser.Visit(chromium, ferry) as visit:
            panes = self.open(visit)
            panes.nth(1).get_by_text("We heard a long horn").hover()
            marked = panes.nth(0).locator(".on").all_inner_texts()
            assert "We heard a long horn" in "".join(marked)

    def test_arrow_keys_go_from_passage_to_passage(self, chromium, ferry):
        with browser.Visit(chromium, ferry) as visit:
            panes = self.open(visit)
            panes.nth(1).focus()
            seen = []
            for _ in range(3):
                visit.page.keyboard.press("ArrowRight")
                seen.append("".join(panes.nth(0).locator(".on").all_inner_texts()))
            assert len(set(seen)) == 3
            assert "Passage 3 of" in visit.page.locator("#edge-2 .live").inner_text()
            visit.page.keyboard.press("ArrowLeft")
            assert "".join(panes.nth(0).locator(".on").all_inner_texts()) == seen[1]

    def test_the_texts_scroll_together(self, chromium, ferry):
        with browser.Visit(chromium, ferry, width=500, height=700) as visit:
            panes = self.open(visit)
            panes.nth(1).evaluate("pane => { pane.scrollTop = pane.scrollHeight; }")
            visit.page.wait_for_timeout(300)
            assert panes.nth(0).evaluate("pane => pane.scrollTop") > 20


@pytest.mark.slow
class TestPicture:
    def test_zoom_by_button_and_key_and_back(self, chromium, ferry):
        with browser.Visit(chromium, ferry) as visit:
            page = visit.page
            width = "Number(document.querySelector('svg.dag').getAttribute('width'))"
            full = page.evaluate(width)
            page.get_by_role("button", name="Zoom in").click()
            assert page.evaluate(width) == pytest.approx(full * 1.25)
            page.locator(".canvas").focus()
            page.keyboard.press("-")
            assert page.evaluate(width) == pytest.approx(full)

    def test_drag_moves_and_opens_nothing(self, chromium, ferry):
        with browser.Visit(chromium, ferry, width=390, height=844) as visit:
            page = visit.page
            page.get_by_role("button", name="Full size").click()
            page.locator(".canvas").scroll_into_view_if_needed()
            box = page.locator(".canvas").bounding_box()
            page.mouse.move(box["x"] + 300, box["y"] + 80)
            page.mouse.down()
            page.mouse.move(box["x"] + 120, box["y"] + 80, steps=6)
            page.mouse.up()
            assert page.evaluate("document.querySelector('.canvas').scrollLeft") >= 150
            assert page.evaluate("location.hash") == ""

    def test_runners_up_on_request(self, chromium, ferry):
        with browser.Visit(chromium, ferry) as visit:
            page = visit.page
            rival = page.locator("a.rival").first
            assert not rival.is_visible()
            page.get_by_role("button", name="Runners-up (1)").click()
            assert rival.is_visible()
            rival.focus()
            page.keyboard.press("Enter")
            fold = page.locator(rival.get_attribute("href"))
            fold.locator("table.evidence").wait_for(state="visible", timeout=5000)


@pytest.mark.slow
class TestHostile:
    @pytest.mark.parametrize("at_once", [render.MAX_AT_ONCE, 0])
    def test_nothing_of_an_article_runs_or_asks(self, chromium, tmp_path, monkeypatch, at_once):
        """Neither from a page that is whole nor from one whose parts are made when opened."""
        monkeypatch.setattr(render, "MAX_AT_ONCE", at_once)
        path = tmp_path / "report.html"
        run = {"encoder": {"name": HOSTILE[2]}, "problems": HOSTILE, "limits_hit": HOSTILE}
        path.write_text(render.render(hostile_tables(), run), encoding="utf-8")
        with browser.Visit(chromium, path) as visit:
            page = visit.page
            page.get_by_role("button", name="Open all").click()
            for fold in page.locator("details.sides > summary").all():
                fold.click()
            page.get_by_label("Find an article").fill("<script>")
            page.get_by_label("Kind of passage").select_option("changed")
            page.wait_for_timeout(300)
            assert page.title() == "Lineage of 5 articles"
            assert page.locator("script").count() == 2
            assert page.locator("iframe, img, object, main style, main meta").count() == 0
            handlers = page.evaluate(
                "[...document.querySelectorAll('*')].flatMap(one => [...one.attributes])"
                ".filter(one => one.name.startsWith('on') || /^\\s*javascript:/i.test(one.value))"
                ".map(one => one.name)"
            )
            assert handlers == []
            assert not re.search("[\u202a-\u202e\u2066-\u2069]", page.content())
            visit.assert_quiet()

    def test_policy_stops_what_would_be_put_into_the_page(self, chromium, ferry):
        with browser.Visit(chromium, ferry) as visit:
            page = visit.page
            page.evaluate(
                "const script = document.createElement('script');"
                "script.textContent = \"document.title = 'run'\";"
                "document.body.append(script);"
                "const image = document.createElement('img');"
                "image.src = 'https://evil.example/x.png';"
                "document.body.append(image);"
            )
            page.wait_for_timeout(200)
            assert page.title() == "Lineage of 5 articles"
            assert page.evaluate("document.images[0].naturalWidth") == 0
            assert any("Content Security Policy" in line for line in visit.said)


@pytest.fixture(scope="module")
def large(chromium, tmp_path_factory):
    made = report_tables.ferry()
    more = report_tables.bare(60)
    both = {name: pd.concat([made[name], more[name]]) for name in made}
    both = {name: tables.coerce(name, frame) for name, frame in both.items()}
    path = tmp_path_factory.mktemp("large") / "report.html"
    path.write_text(render.render(both, {}), encoding="utf-8")
    return path


@pytest.mark.slow
class TestLarge:
    def test_details_are_made_when_they_are_opened(self, chromium, large):
        with browser.Visit(chromium, large) as visit:
            page = visit.page
            assert page.locator("table.evidence").count() == 0
            assert page.locator("div.text").count() == 0
            page.get_by_label("Find an article").fill("channel six")
            found = page.locator("details.article:not([hidden])")
            assert found.count() == 1
            found.locator("summary").first.click()
            found.locator("div.text").wait_for(state="visible", timeout=5000)
            assert page.locator("div.text").count() == 1
            mark = found.locator("a.mark").first
            mark.click()
            page.locator(mark.get_attribute("href")).wait_for(state="visible", timeout=5000)
            visit.assert_quiet()
