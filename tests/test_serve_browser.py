"""`lineage serve` in a real browser: pasted, dropped, stopped, by keyboard, narrow, hostile."""

import contextlib
import pathlib
import re

import pytest

from . import browser, served, web_server

CRANE = served.ROOT / "data" / "harbour-crane" / "articles"
SIZES = [(1440, 900), (390, 844)]


@pytest.fixture(scope="module")
def chromium():
    with browser.chromium() as started:
        yield started


@pytest.fixture(scope="module")
def server():
    with served.serving("--encoder", "lexical", "--max-texts", "110") as started:
        yield started


class Page:
    """The page of a server, with everything that it said and asked for."""

    def __init__(self, chromium, server, *, width=1440, height=900, **context):
        self.server = server
        self.context = chromium.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce", **context
        )
        self.page = self.context.new_page()
        self.said, self.asked = [], []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.context.on("request", lambda request: self.asked.append(request.url))
        self.page.on("dialog", lambda dialog: self.said.append(dialog.message))
        self.page.goto(server.address)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()

    def paste(self, *texts):
        boxes = self.page.locator("textarea")
        for number, text in enumerate(texts):
            if boxes.count() <= number:
                self.page.get_by_role("button", name="Add a text").click()
            boxes.nth(number).fill(text)

    def trace(self, timeout_s=60):
        """Press the button, and return what is found."""
        before = self.page.locator("#report").get_attribute("src")
        self.page.get_by_role("button", name="Trace").click()
        self.page.wait_for_function(
            "(before) => document.getElementById('report').getAttribute('src') !== before",
            arg=before,
            timeout=1000 * timeout_s,
        )
        self.page.locator("#result").wait_for()
        (frame,) = (each for each in self.page.frames if each != self.page.main_frame)
        src = self.page.locator("#report").get_attribute("src")
        frame.wait_for_url(f"**/{src}")
        return frame.locator(".finding").inner_text()

    @property
    def report(self):
        return self.page.frame_locator("#report")

    def problems(self):
        """What is said at the boxes, by the names of these."""
        return {
            box.locator(".box-head label, .label").inner_text(): box.locator(
                ".problem"
            ).inner_text()
            for box in self.page.locator(".box.wrong").all()
        }

    def assert_quiet(self):
        """No word on the console, no request but to the server."""
        assert self.said == []
        assert [url for url in self.asked if not url.startswith(self.server.address)] == []


class TestTwoTexts:
    def test_the_right_verdict_stands_beside_the_texts(self, server, chromium):
        with Page(chromium, server) as here:
            here.paste(served.BRIDGE, served.VOTE)
            assert here.trace().startswith("Two texts, probably two origins:")
            here.paste(served.BRIDGE, served.POST)
            assert here.page.locator("#stale").is_visible()
            said = here.trace()
            assert said.startswith("One was made from the other, or both from a text that was not")
            assert here.page.title() == said
            form = here.page.locator("#form").bounding_box()
            report = here.page.locator("#report").bounding_box()
            assert form["x"] + form["width"] <= report["x"]
            assert report["y"] < 100
            here.assert_quiet()

    @pytest.mark.slow
    def test_what_is_said_of_a_text_is_in_the_report(self, server, chromium):
        with Page(chromium, server) as here:
            here.paste(served.BRIDGE, served.POST)
            here.page.locator("summary").first.click()
            here.page.get_by_label("Outlet").first.fill("The Brackwater Gazette")
            here.page.get_by_label("Published").first.fill("2026-03-02")
            here.trace()
            shown = here.report.locator("body").inner_text()
            assert "The Brackwater Gazette" in shown
            assert "2 Mar 2026" in shown or "2026-03-02" in shown
            here.assert_quiet()

    @pytest.mark.slow
    def test_the_report_opens_on_its_own_page_and_is_saved(self, server, chromium, tmp_path):
        with Page(chromium, server) as here:
            here.paste(served.BRIDGE, served.POST)
            said = here.trace()
            with here.context.expect_page() as opened:
                here.page.get_by_role("link", name="Open on its own page").click()
            opened.value.wait_for_load_state()
            assert opened.value.locator(".finding").inner_text() == said
            with here.page.expect_download() as downloaded:
                here.page.get_by_role("link", name="Save").click()
            assert downloaded.value.suggested_filename == "lineage-report.html"
            downloaded.value.save_as(tmp_path / "report.html")
            assert said in (tmp_path / "report.html").read_text(encoding="utf-8")
            here.assert_quiet()

    @pytest.mark.slow
    def test_the_report_works_in_its_frame(self, server, chromium):
        rows = [
            f'"{served.BRIDGE}",https://wire.example/a,Gazette',
            f'"{served.POST}",https://post.example/b,Post',
        ]
        table = "\n".join(["text,url,outlet", *rows])
        with Page(chromium, server) as here:
            here.context.route("https://*/**", lambda route: route.fulfill(body="there"))
            here.page.locator("#files").set_input_files(
                [{"name": "rows.csv", "mimeType": "", "buffer": table.encode()}]
            )
            here.trace()
            here.report.get_by_role("link", name="Evidence", exact=True).click()
            heading = here.report.get_by_role("heading", name="Edges and evidence")
            assert heading.bounding_box()["y"] < 400
            # An address leads out of the frame, to a page that learns nothing of this one.
            here.report.get_by_role("link", name="Articles", exact=True).click()
            here.report.get_by_role("button", name="Open all").click()
            with here.context.expect_page() as opened:
                here.report.get_by_role("link", name="https://wire.example/a").click()
            opened.value.wait_for_load_state()
            assert opened.value.url == "https://wire.example/a"
            assert opened.value.evaluate("[document.referrer, opener]") == ["", None]
            assert here.said == []


class TestProblems:
    def test_a_second_text_is_asked_for_at_its_box(self, server, chromium):
        with Page(chromium, server) as here:
            here.paste(served.BRIDGE)
            here.page.get_by_role("button", name="Trace").click()
            assert here.problems() == {
                "Text 2": "Paste a second text here: one text has nothing to be compared with"
            }
            focused = here.page.locator("textarea:focus")
            assert focused.get_attribute("aria-invalid") == "true"
            described = focused.get_attribute("aria-describedby")
            assert "second text" in here.page.locator(f"#{described}").inner_text()
            # It goes when it is mended.
            focused.fill(served.POST)
            assert here.problems() == {}
            here.assert_quiet()

    def test_what_the_server_finds_wrong_stands_at_the_box(self, server, chromium):
        with Page(chromium, server) as here:
            here.paste(served.BRIDGE, "", "...", served.POST, "https://wire.example/a")
            here.page.get_by_role("button", name="Trace").click()
            here.page.locator(".box.wrong").first.wait_for()
            said = here.problems()
            assert list(said) == ["Text 3", "Text 5"]
            assert said["Text 3"] == "The text has no words"
            assert "web address and no text" in said["Text 5"]
            assert here.page.locator("#result").is_hidden()
            assert here.page.locator("#whole").is_hidden()
            here.assert_quiet()

    @pytest.mark.slow
    def test_a_date_that_was_left_out_is_noted_at_its_box(self, server, chromium):
        with Page(chromium, server) as here:
            here.paste(served.BRIDGE, served.POST)
            here.page.locator("summary").nth(1).click()
            here.page.locator("[name=published_at]").nth(1).fill("last week")
            here.trace()
            notes = here.page.locator(".box .note")
            assert notes.nth(0).is_hidden()
            assert "'last week'" in notes.nth(1).inner_text()

    @pytest.mark.slow
    def test_a_server_that_has_ended_is_said_to_have(self, chromium):
        with served.serving("--encoder", "lexical") as started, Page(chromium, started) as here:
            here.paste(served.BRIDGE, served.POST)
            started.process.send_signal(2)
            started.process.wait()
            here.page.get_by_role("button", name="Trace").click()
            here.page.locator("#whole").wait_for()
            assert "start lineage serve again" in here.page.locator("#whole").inner_text()
            assert here.page.get_by_role("button", name="Trace").is_enabled()

    def test_a_wrong_token_is_told_in_words(self, server, chromium):
        context = chromium.new_context()
        with contextlib.closing(context):
            page = context.new_page()
            answer = page.goto(f"http://127.0.0.1:{server.port}/wrong/")
            assert answer.status == 403
            assert "open the whole address" in page.inner_text("body")


class TestFiles:
    @pytest.mark.slow
    def test_dropped_files_are_traced_with_what_is_pasted(self, server, chromium):
        with Page(chromium, server) as here:
            here.paste(served.VOTE)
            here.page.evaluate(
                """(files) => {
                    const carried = new DataTransfer();
                    files.forEach(([name, text]) => carried.items.add(new File([text], name)));
                    const drop = new DragEvent("drop", {dataTransfer: carried, bubbles: true,
                        cancelable: true});
                    document.body.dispatchEvent(drop);
                }""",
                [["wire.txt", served.BRIDGE], ["post.md", served.POST]],
            )
            names = here.page.locator(".file-name").all_inner_texts()
            assert names == ["wire.txt", "post.md"]
            # The box that nobody had written into made room.
            assert here.page.locator(".box").count() == 3
            assert here.trace().startswith("Three texts, probably two origins")
            assert "wire" in here.report.locator("body").inner_text()
            here.assert_quiet()

    @pytest.mark.slow
    def test_chosen_files_that_cannot_be_read_are_told_at_their_box(self, server, chromium):
        with Page(chromium, server) as here:
            here.page.locator("#files").set_input_files(
                [
                    {"name": "a.txt", "mimeType": "text/plain", "buffer": served.BRIDGE.encode()},
                    {"name": "b.xls", "mimeType": "", "buffer": b"x"},
                    {"name": "c.txt", "mimeType": "text/plain", "buffer": b""},
                ]
            )
            here.page.get_by_role("button", name="Trace").click()
            here.page.locator(".box.wrong").first.wait_for()
            said = here.problems()
            assert list(said) == ["File 2", "File 3"]
            assert "Files of type .xls are not read" in said["File 2"]
            here.page.get_by_role("button", name="Remove File 2").click()
            here.page.get_by_role("button", name="Remove File 2").click()
            assert here.page.locator(".box").count() == 2
            here.page.locator("textarea").fill(served.POST)
            assert here.trace().startswith("One was made from the other")
            here.assert_quiet()


class TestAddresses:
    @pytest.mark.slow
    def test_a_page_is_fetched_when_trace_is_pressed_and_not_before(self, chromium):
        words = (
            f"<html><body><article><h1>Bridge</h1><p>{served.BRIDGE}</p></article></body></html>"
        )
        pages = {"/a": (200, {"Content-Type": "text/html"}, words.encode())}
        with (
            web_server.serving(pages) as site,
            served.serving("--encoder", "lexical", "--private-host", site.host) as started,
            Page(chromium, started) as here,
        ):
            here.paste(served.POST)
            here.page.get_by_role("button", name="Add a web address").click()
            here.page.locator("input[type=url]").fill(site.url("/a"))
            assert site.asked == []
            assert here.trace().startswith("One was made from the other")
            assert "/a" in site.asked
            here.page.locator("input[type=url]").fill(site.url("/gone"))
            here.page.get_by_role("button", name="Trace").click()
            here.page.locator(".box.wrong").wait_for()
            assert "404" in here.problems()["Web address 2"]
            here.assert_quiet()


class TestKeyboard:
    def test_all_can_be_done_without_a_mouse(self, server, chromium):
        with Page(chromium, server) as here:
            keys = here.page.keyboard
            # The first box has the focus.
            keys.insert_text(served.BRIDGE)
            self.go_to(here, "Text 2")
            keys.insert_text(served.POST)
            self.go_to(here, "Add a text")
            keys.press("Enter")
            assert here.page.locator("textarea").count() == 3
            keys.insert_text(served.VOTE)
            self.go_to(here, "Trace")
            keys.press("Enter")
            here.page.locator("#result").wait_for()
            assert here.page.evaluate("document.activeElement.id") == "result-title"
            here.report.locator("footer").wait_for()
            self.go_to(here, "Open on its own page")
            # On into the report, whose first stop leads to its main part.
            for _ in range(2):
                keys.press("Tab")
            assert here.page.evaluate("document.activeElement.id") == "report"
            inside = here.page.frames[1].evaluate("document.activeElement.textContent")
            assert "Skip" in inside
            here.assert_quiet()

    @pytest.mark.slow
    def test_ctrl_enter_traces_and_escape_from_a_problem_is_typing(self, server, chromium):
        with Page(chromium, server) as here:
            here.page.keyboard.insert_text(served.BRIDGE)
            here.page.keyboard.press("Control+Enter")
            assert list(here.problems()) == ["Text 2"]
            here.page.keyboard.insert_text(served.POST)
            here.page.keyboard.press("Control+Enter")
            here.page.locator("#result").wait_for()

    def go_to(self, here, name, most=30):
        for _ in range(most):
            here.page.keyboard.press("Tab")
            shown = here.page.evaluate(
                "(document.activeElement.labels || [])[0]?.textContent "
                "|| document.activeElement.textContent"
            )
            if shown.strip() == name:
                outline = here.page.evaluate(
                    "getComputedStyle(document.activeElement).outlineWidth"
                )
                assert outline == "3px"
                return
        raise AssertionError(f"{name} cannot be reached by Tab")


@pytest.fixture(scope="module")
def axe():
    return browser.axe_script()


class TestShape:
    @pytest.mark.slow
    @pytest.mark.parametrize(("width", "height"), SIZES)
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_nobody_is_shut_out(self, server, chromium, axe, width, height, scheme):
        with Page(chromium, server, width=width, height=height, color_scheme=scheme) as here:
            assert browser.violations(here.page, axe) == []
            here.page.get_by_role("button", name="Add a web address").click()
            here.page.locator("#files").set_input_files(
                [{"name": "b.xls", "mimeType": "", "buffer": b"x"}]
            )
            here.page.locator("input[type=url]").fill("wire.example/a")
            here.page.get_by_role("button", name="Trace").click()
            here.page.locator(".box.wrong").first.wait_for()
            assert browser.violations(here.page, axe) == []
            here.page.get_by_role("button", name=re.compile("Remove (File|Web)")).first.click()
            here.page.get_by_role("button", name=re.compile("Remove (File|Web)")).first.click()
            here.paste(served.BRIDGE, served.POST)
            here.trace()
            assert browser.violations(here.page, axe) == []

    @pytest.mark.parametrize(("width", "height"), SIZES)
    def test_nothing_is_cut_off_and_the_answer_is_on_the_first_screen(
        self, server, chromium, width, height
    ):
        with Page(chromium, server, width=width, height=height) as here:
            here.paste(served.BRIDGE, served.POST, served.VOTE)
            assert self.too_wide(here) == []
            said = here.trace()
            assert self.too_wide(here) == []
            seen = here.report.locator(".finding").bounding_box()
            assert said
            assert seen["y"] >= 0
            assert seen["y"] + seen["height"] <= height / 2
            assert seen["x"] + seen["width"] <= width

    def test_targets_are_large_enough_for_a_finger(self, server, chromium):
        with Page(chromium, server, width=390, height=844) as here:
            for button in here.page.locator("button:visible, summary:visible").all():
                box = button.bounding_box()
                assert box["height"] >= 24
                assert box["width"] >= 24

    def too_wide(self, here):
        return here.page.evaluate(
            """() => [...document.querySelectorAll("body *")].filter((node) =>
                node.getBoundingClientRect().right > window.innerWidth + 1
            ).map((node) => node.outerHTML)"""
        )


HOSTILE = [
    "<script>document.title='run'</script><script src='https://evil.example/x.js'></script>",
    "<img src=https://evil.example/x onerror=\"document.title='run'\"><svg onload=alert(1)>",
    "</textarea></script></iframe><script>parent.document.title='run'</script> ${document.title}",
    "<iframe srcdoc=\"<script>top.document.title='run'</script>\"></iframe> \u2028 {{ 7*7 }}",
    "<style>@import 'https://evil.example/x.css';</style><meta http-equiv=refresh content=0>",
    "\u202egnirts desrever\u202c <a href=\"javascript:document.title='run'\">press</a>",
]


class TestHostile:
    def test_nothing_of_a_text_is_run_or_loaded(self, server, chromium):
        with Page(chromium, server) as here:
            here.paste(*(f"{line}\n\n{served.BRIDGE}\n\n{line}" for line in HOSTILE))
            here.page.locator("summary").first.click()
            here.page.get_by_label("Outlet").first.fill(HOSTILE[1])
            here.page.get_by_label("Title").first.fill(HOSTILE[2])
            here.page.locator("#files").set_input_files(
                [{"name": "<img src=x onerror=alert(1)>.txt", "mimeType": "", "buffer": b"<b>...."}]
            )
            said = here.trace()
            assert here.page.title() == said
            assert "run" not in here.page.title()
            report = next(frame for frame in here.page.frames if "/reports/" in frame.url)
            assert report.title().startswith("Lineage of")
            # The frame is of no origin, so that nothing in it could reach the page or its token.
            assert report.evaluate("window.origin") == "null"
            assert report.evaluate(
                "try { parent.document.title } catch (error) { error.name }"
            ) == ("SecurityError")
            here.assert_quiet()

    @pytest.mark.slow
    def test_a_problem_quotes_and_does_not_run(self, server, chromium):
        with Page(chromium, server) as here:
            here.paste(served.BRIDGE, served.POST)
            here.page.locator("summary").first.click()
            here.page.get_by_label("Published").first.fill("<img src=x onerror=alert(1)>")
            here.trace()
            assert "<img src=x" in here.page.locator(".box .note").first.inner_text()
            here.assert_quiet()

    @pytest.mark.slow
    def test_a_hundred_boxes_are_traced(self, server, chromium):
        with Page(chromium, server) as here:
            texts = [
                f"{served.VOTE} Pupil number {n} of class {n * n} asked for book {n * 31}."
                for n in range(100)
            ]
            here.paste(*texts)
            assert here.page.locator("textarea").count() == 100
            assert here.trace(timeout_s=240).startswith("100 texts")
            here.assert_quiet()

    def test_too_many_boxes_are_told_of_before_they_are_sent(self, server, chromium):
        with Page(chromium, server) as here:
            buffer = served.BRIDGE.encode()
            here.page.locator("#files").set_input_files(
                [{"name": f"{n}.txt", "mimeType": "", "buffer": buffer} for n in range(111)]
            )
            here.page.get_by_role("button", name="Trace").click()
            here.page.locator("#whole").wait_for()
            assert "111 texts are more than 110" in here.page.locator("#whole").inner_text()
            assert not [url for url in here.asked if url.endswith("/trace")]

    @pytest.mark.slow
    def test_a_huge_text_can_be_stopped_and_one_that_is_too_large_is_told(self, server, chromium):
        with Page(chromium, server) as here:
            huge = "\n".join(each["text"] for each in served.many(40, 200))[:3_000_000]
            for number in range(2):
                here.page.locator("textarea").nth(number).evaluate(
                    "(box, text) => { box.value = text; box.dispatchEvent(new Event('input')); }",
                    huge,
                )
            here.page.get_by_role("button", name="Trace").click()
            here.page.get_by_role("button", name="Stop").click()
            here.page.locator("#running").wait_for(state="hidden")
            here.page.locator("textarea").first.evaluate(
                "(box) => { box.value = 'word '.repeat(4500000); }"
            )
            here.page.get_by_role("button", name="Trace").click()
            here.page.locator("#whole").wait_for()
            assert "more than 20" in here.page.locator("#whole").inner_text()
            # The page is as good as before.
            here.paste(served.BRIDGE, served.POST)
            assert here.trace().startswith("One was made from the other")


class TestSeveral:
    @pytest.mark.slow
    def test_two_windows_do_not_mix(self, server, chromium):
        with Page(chromium, server) as one, Page(chromium, server) as other:
            one.paste(served.BRIDGE, served.POST)
            other.paste(served.BRIDGE, served.VOTE)
            one.page.get_by_role("button", name="Trace").click()
            other.page.get_by_role("button", name="Trace").click()
            for here in (one, other):
                here.page.locator("#result").wait_for()
            assert "made from the other" in one.report.locator(".finding").inner_text()
            assert "probably two origins" in other.report.locator(".finding").inner_text()

    @pytest.mark.slow
    @pytest.mark.parametrize("how", ["stop", "close", "leave"])
    def test_a_trace_ends_with_its_page(self, server, chromium, how):
        served.wait_until(lambda: len(server.workers()) == 1, "no worker waits")
        (worker,) = server.workers()
        with Page(chromium, server) as here:
            here.paste(*(each["text"] for each in served.many(30, 60)))
            here.page.get_by_role("button", name="Trace").click()
            # While it runs, it is told how far it got.
            stage = here.page.locator("#stage", has_text="Comparing words")
            stage.wait_for()
            assert worker in server.workers()
            if how == "stop":
                here.page.get_by_role("button", name="Stop").click()
            elif how == "close":
                here.page.close()
            else:
                here.page.goto("about:blank")
            served.wait_until(lambda: worker not in server.workers(), "the trace goes on")
        with Page(chromium, server) as here:
            here.paste(served.BRIDGE, served.POST)
            assert here.trace().startswith("One was made from the other")


class TestRealStory:
    @pytest.mark.slow
    def test_a_story_in_files_has_the_verdict_of_the_command(self, chromium):
        from lineage.serve import answers

        from . import traces

        wanted = answers.answer(traces.story("harbour-crane"))["verdict"]
        with served.serving() as started, Page(chromium, started) as here:
            files = [str(path) for path in sorted(pathlib.Path(CRANE).iterdir())]
            here.page.locator("#files").set_input_files(files)
            assert here.trace() == wanted
            here.assert_quiet()


# Two texts of a shipped story, for the picture in docs/serve.md.
PICTURED = ("ostrell-page", "meridian-first")


def draw():
    """Draw docs/serve.png anew: `python -m tests.test_serve_browser`; look at it."""
    texts = [(CRANE / f"{name}.txt").read_text(encoding="utf-8") for name in PICTURED]
    with (
        browser.chromium() as chromium,
        served.serving() as started,
        Page(chromium, started, width=1280, height=800) as here,
    ):
        here.paste(*texts)
        here.trace()
        here.page.evaluate("document.activeElement.blur()")
        here.page.screenshot(path=served.ROOT / "docs" / "serve.png")


if __name__ == "__main__":
    draw()
