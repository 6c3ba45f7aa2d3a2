"""A real browser for the tests: Debian's Chromium, driven by Playwright."""

import contextlib
import os
import pathlib
import shutil

import pytest

# Nothing of the browser's own may ask the network.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
]
# Where axe-core's script is: npm install --prefix FOLDER axe-core, then
# FOLDER/node_modules/axe-core/axe.min.js. Never a part of the repository.
AXE = "LINEAGE_AXE"


@contextlib.contextmanager
def chromium():
    """Start the browser; skip with a reason where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("chromium is not installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


class Visit:
    """A page opened from a file, with everything that it said and asked for."""

    def __init__(self, browser, path, *, width=1440, height=900, **context):
        self.address = pathlib.Path(path).resolve().as_uri()
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce", **context
        )
        self.page = self.context.new_page()
        self.said, self.asked, self.dialogs = [], [], []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("dialog", self._dismiss)
        self.page.goto(self.address)

    def _dismiss(self, dialog):
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()

    def assert_quiet(self):
        """No word on the console, no request but for the file itself, no dialog."""
        assert self.said == []
        assert self.asked == [self.address]
        assert self.dialogs == []


def axe_script():
    """Return the source of axe-core; skip with a reason where it is not there."""
    path = os.environ.get(AXE, "")
    if not path:
        pytest.skip(f"{AXE} does not name a copy of axe.min.js (axe-core from npm)")
    return pathlib.Path(path).read_text(encoding="utf-8")


def violations(page, script, impacts=("serious", "critical")):
    """Return what axe-core finds, one line each."""
    page.evaluate(script + "\n;undefined")
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']}: "
        + "; ".join(node["html"][:200] for node in rule["nodes"][:3])
        for rule in found["violations"]
        if rule["impact"] in impacts
    ]
