"""How fast the report of a story of 300 articles is made, opens and answers.

One story: two agencies report a fire, and 298 texts are made from them and from one another by
the rules of `lineage simulate`. It is traced once and the run is kept, outside the repository.
Chromium opens the page from a file; its own trace tells the longest task of the page's thread.

    python tests/benchmarks/report_300.py [--articles 300] [--runs 5] [--cache FOLDER]
"""

import argparse
import datetime
import json
import pathlib
import platform
import random
import statistics
import sys
import tempfile
import time

import pandas as pd

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import browser

import lineage
from lineage.learn.simulation import drafts, simulated_story, templates
from lineage.report.page import render

SEED = 1
CATEGORIES = ["-*", "toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"]
# What a person does, and what must have happened afterwards.
ACTS = {
    "open an edge": "document.querySelector('svg.dag a.line:nth-last-of-type(3)').dispatchEvent("
    "new MouseEvent('click', {bubbles: true, cancelable: true}))",
    "open a box of several": "document.querySelector('svg.dag a.cluster').dispatchEvent("
    "new MouseEvent('click', {bubbles: true, cancelable: true}))",
    "open an article": "document.querySelectorAll('details.article')[50].open = true",
    "find": "(box => { box.value = 'tribune'; box.dispatchEvent(new Event('input')); })"
    "(document.getElementById('find'))",
    "filter": "(box => { box.value = 'changed'; box.dispatchEvent(new Event('change')); })"
    "(document.getElementById('kind'))",
    "zoom": "document.querySelector('[data-zoom=out]').click()",
    "scroll": "scrollTo(0, document.body.scrollHeight)",
}


def texts(n_articles):
    """Return the articles of one story as a frame for `lineage.trace`."""
    rng = random.Random(f"benchmark/{SEED}/{n_articles}")
    room = simulated_story._Newsroom(
        rng, SEED, datetime.date(2015, 5, 4), templates.stock().events[0]
    )
    # Outlets publish more than once in a long story.
    room.free_outlets = rng.sample(range(simulated_story.N_OUTLETS), simulated_story.N_OUTLETS) * 50
    wires = [room._report(voice, agency=True) for voice in range(2)]
    while len(room.nodes) < n_articles:
        from_wire = rng.random() < 0.7
        parent = rng.choices(wires, [2, 1])[0] if from_wire else rng.choice(room.nodes)
        room._copies([parent], 1)
    return pd.DataFrame(
        {
            "article_id": f"t{number:03}",
            "text": drafts.text(node.document),
            "title": drafts.title(node.document),
            "outlet": node.document.outlet.name,
            "published_at": node.at.isoformat(),
        }
        for number, node in enumerate(room.nodes)
    )


def traced(n_articles, cache):
    """Return the run of the story; it is traced where the cache has none of this version."""
    folder = cache / f"report-{n_articles}-{lineage.__version__}"
    if not folder.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        lineage.trace(texts(n_articles)).save(folder)
    return lineage.load(folder)


def longest_task(trace):
    """Return the longest task in ms of the thread that did most work of the page."""
    events = json.loads(trace)["traceEvents"]
    names = {
        (event["pid"], event["tid"]): event["args"]["name"]
        for event in events
        if event.get("name") == "thread_name"
    }
    tasks = [
        event["dur"] / 1000
        for event in events
        if event.get("name") in ("RunTask", "ThreadControllerImpl::RunTask")
        and event.get("ph") == "X"
        and names.get((event["pid"], event["tid"])) == "CrRendererMain"
    ]
    return max(tasks, default=0.0)


def opened(chromium, path):
    """Return milliseconds of one opening, and of what a person then does."""
    with browser.Visit(chromium, "/dev/null") as visit:
        page = visit.page
        session = visit.context.new_cdp_session(page)
        session.send("Performance.enable")
        chromium.start_tracing(page=page, categories=CATEGORIES)
        page.goto(path.as_uri(), wait_until="load")
        page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)))")
        told = page.evaluate(
            "({load: performance.getEntriesByType('navigation')[0].loadEventEnd,"
            " paint: performance.getEntriesByName('first-contentful-paint')[0].startTime})"
        )
        figures = {"load event": told["load"], "first paint": told["paint"]}
        figures["longest task while opening"] = longest_task(chromium.stop_tracing())
        metrics = session.send("Performance.getMetrics")["metrics"]
        metrics = {one["name"]: one["value"] for one in metrics}
        figures["nodes"] = metrics["Nodes"]
        figures["heap MB"] = metrics["JSHeapUsedSize"] / 1e6
        for name, act in ACTS.items():
            chromium.start_tracing(page=page, categories=CATEGORIES)
            figures[name] = page.evaluate(
                "() => { const begun = performance.now(); ACT; return new Promise(done =>"
                " setTimeout(() => requestAnimationFrame(() => setTimeout(() =>"
                " done(performance.now() - begun), 0)), 0)); }".replace("ACT", act)
            )
            figures[f"{name}, longest task"] = longest_task(chromium.stop_tracing())
        return figures


def main():
    """Print the figures as a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument(
        "--cache", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()) / "lineage-runs"
    )
    options = parser.parse_args()
    result = traced(options.articles, options.cache)
    begun = time.perf_counter()
    written = render.render(result.frames, result.run)
    took = time.perf_counter() - begun
    with tempfile.TemporaryDirectory() as folder, browser.chromium() as chromium:
        path = pathlib.Path(folder) / "report.html"
        path.write_text(written, encoding="utf-8")
        all_figures = [opened(chromium, path) for _ in range(options.runs)]
        print(f"{platform.machine()}, Chromium {chromium.version}, {options.runs} runs")
    print(
        f"{len(result.articles)} articles, {len(result.edges)} kept edges, "
        f"{len(result.all_edges)} edges weighed, {len(result.evidence):,} signals: "
        f"{len(written.encode()) / 1e6:.1f} MB, written in {took:.1f} s"
    )
    print("| figure | median | largest |\n| --- | --- | --- |")
    for name in all_figures[0]:
        values = [figures[name] for figures in all_figures]
        unit = "" if name in ("nodes", "heap MB") else " ms"
        print(f"| {name} | {statistics.median(values):,.0f}{unit} | {max(values):,.0f}{unit} |")


if __name__ == "__main__":
    main()
