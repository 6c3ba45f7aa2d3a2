"""How fast the report of a story of 300 articles is made, opens and answers.

The tables are made from the articles of a shipped story, over and over with a number in each
sentence, so that a page has as many words, edges, signals and traced sentences as a real one.
Chromium tells its own tracing figures (Performance.getMetrics) of a page opened from a file.

    python tests/benchmarks/report_300.py [--articles 300] [--runs 5]
"""

import argparse
import pathlib
import platform
import statistics
import sys
import tempfile
import time

import pandas as pd

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import browser

import lineage
from lineage import tables
from lineage.report import render

ROOT = pathlib.Path(__file__).resolve().parents[2]
IDS = {
    "articles": ("article_id", "duplicate_of"),
    "sentences": ("sentence_id", "article_id"),
    "relations": ("a", "b"),
    "edges": ("source_id", "target_id"),
    "evidence": ("source_id", "target_id"),
    "readings": ("target_id", "candidate_id"),
    "attributions": (
        "target_id",
        "target_sentence",
        "source_id",
        "source_sentence",
        "origin_id",
        "origin_sentence",
    ),
}


def large(n_articles):
    """Return the tables of one story many times over, in one story, and its run record."""
    result = lineage.trace(lineage.read(ROOT / "data" / "harbour-crane" / "articles"))
    n_one = int((result.articles["kind"] == "supplied").sum())
    found = {}
    for name, frame in result.frames.items():
        parts = []
        for number in range(-(-n_articles // n_one)):
            part = frame.copy()
            for column in IDS[name]:
                part[column] = part[column].map(
                    lambda old, number=number: old if pd.isna(old) else f"{number:03}-{old}"
                )
            if name == "articles":
                part["story_id"] = "story"
                part["text_sha256"] = f"{number:064}"
            parts.append(part)
        found[name] = tables.coerce(name, pd.concat(parts))
    return found, result.run


def opened(chromium, path):
    """Return milliseconds of one opening, and of what a person then does."""
    with browser.Visit(chromium, "/dev/null") as visit:
        page = visit.page
        session = visit.context.new_cdp_session(page)
        session.send("Performance.enable")
        begun = time.perf_counter()
        page.goto(path.as_uri(), wait_until="load")
        page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)))")
        figures = {"open": (time.perf_counter() - begun) * 1000}
        told = {
            one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]
        }
        for name in ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration", "TaskDuration"):
            figures[name] = told[name] * 1000
        figures["nodes"] = told["Nodes"]
        figures["heap MB"] = told["JSHeapUsedSize"] / 1e6
        acts = {
            "open an edge": "document.querySelectorAll('svg.dag a.line')[40].dispatchEvent("
            "new MouseEvent('click', {bubbles: true}))",
            "open an article": "document.querySelectorAll('details.article')[50].open = true",
            "find": "(box => { box.value = 'tideline'; box.dispatchEvent(new Event('input')); })"
            "(document.getElementById('find'))",
            "zoom": "document.querySelector('[data-zoom=out]').click()",
            "scroll": "scrollTo(0, document.body.scrollHeight)",
        }
        for name, act in acts.items():
            figures[name] = page.evaluate(
                "act => { const begun = performance.now(); act(); return new Promise(done =>"
                " setTimeout(() => requestAnimationFrame(() => setTimeout(() =>"
                " done(performance.now() - begun), 0)), 0)); }".replace("act()", act).replace(
                    "act =>", "() =>"
                )
            )
        return figures


def main():
    """Print the figures as a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    made, run = large(options.articles)
    begun = time.perf_counter()
    written = render.render(made, run)
    took = time.perf_counter() - begun
    with tempfile.TemporaryDirectory() as folder, browser.chromium() as chromium:
        path = pathlib.Path(folder) / "report.html"
        path.write_text(written, encoding="utf-8")
        all_figures = [opened(chromium, path) for _ in range(options.runs)]
        print(f"{platform.machine()}, Chromium {chromium.version}, {options.runs} runs")
    n_texts = int((made["articles"]["kind"] == "supplied").sum())
    n_edges = int((made["edges"]["status"] == "kept").sum())
    print(
        f"{n_texts} articles, {n_edges} kept edges: {len(written.encode()) / 1e6:.1f} MB, "
        f"made in {took:.1f} s"
    )
    print("| figure | median | largest |\n| --- | --- | --- |")
    for name in all_figures[0]:
        values = [figures[name] for figures in all_figures]
        unit = "" if name in ("nodes", "heap MB") else " ms"
        print(f"| {name} | {statistics.median(values):,.0f}{unit} | {max(values):,.0f}{unit} |")


if __name__ == "__main__":
    main()
