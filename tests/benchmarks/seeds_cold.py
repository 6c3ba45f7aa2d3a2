"""Time a whole `lineage trace`, process start to files written, against bare embedding.

usage: seeds_cold.py [--repeat N] [FOLDER]

FOLDER defaults to the real texts beside the project (../shared/seeds/articles) and, where they
are not there, to data/harbour-crane/articles. The peer is bare_embed.py: it loads the same model
and embeds the same sentences. The two take turns, so that what else the machine does hits both.
"""

import argparse
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SEEDS = ROOT.parent / "shared" / "seeds" / "articles"
STORY = ROOT / "data" / "harbour-crane" / "articles"

# The aims: a trace reads, splits, aligns, infers, draws and writes besides.
MAX_RATIO = 3.0
MAX_SECONDS = 4.0


def seconds(command: list[str]) -> float:
    """Wall time of a process that must succeed."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    before = time.perf_counter()
    subprocess.run(command, check=True, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    return time.perf_counter() - before


def machine() -> str:
    """Processor, cores and Python in words."""
    name = platform.processor() or platform.machine()
    try:
        for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                name = line.partition(":")[2].strip()
                break
    except OSError:
        pass
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    return (
        f"{name}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, "
        f"load {load:.1f}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=pathlib.Path)
    parser.add_argument("--repeat", type=int, default=7)
    given = parser.parse_args()
    folder = given.folder or (SEEDS if SEEDS.is_dir() else STORY)
    with tempfile.TemporaryDirectory() as temporary:
        place = pathlib.Path(temporary)
        trace = [sys.executable, "-m", "lineage.cli", "trace", str(folder), "--quiet", "-o"]
        # Each once for nothing, so that neither pays for a cold disk.
        seconds([*trace, str(place / "run")])
        sentences = embedded(folder)
        listed = place / "sentences.json"
        listed.write_text(json.dumps(sentences), encoding="utf-8")
        bare = [sys.executable, str(HERE / "bare_embed.py"), str(listed), str(place / "v.npy")]
        seconds(bare)
        check_vectors(place / "v.npy", sentences)
        ours, theirs = [], []
        for number in range(given.repeat):
            ours.append(seconds([*trace, str(place / f"run{number}")]))
            theirs.append(seconds(bare))
    mine, peer = statistics.median(ours), statistics.median(theirs)
    print(f"machine   {machine()}")
    print(f"texts     {folder}: {len(sentences)} sentences embedded")
    print(
        f"trace     {mine:.2f} s   (median of {given.repeat}; {min(ours):.2f} to {max(ours):.2f})"
    )
    print(f"bare      {peer:.2f} s   ({min(theirs):.2f} to {max(theirs):.2f})")
    print(f"ratio     {mine / peer:.2f}   (aim: at most {MAX_RATIO:g}, and {MAX_SECONDS:g} s)")
    return 0 if mine / peer <= MAX_RATIO and mine < MAX_SECONDS else 1


class Recorder:
    """The default encoder, remembering what it was asked to embed."""

    def __init__(self) -> None:
        from lineage.match import encoders

        self.seen: list[str] = []
        self._inner = encoders.minilm()

    def encode(self, sentences: list[str]) -> np.ndarray:
        self.seen += sentences
        return self._inner.encode(sentences)


def embedded(folder: pathlib.Path) -> list[str]:
    """The sentences that a trace of the folder embeds: those that words did not settle."""
    sys.path.insert(0, str(ROOT))
    import lineage

    recorder = Recorder()
    lineage.trace(lineage.read(folder), encoder=recorder)
    return recorder.seen


def check_vectors(path: pathlib.Path, sentences: list[str]) -> None:
    """The peer must do the same work: its vectors are those of lineage."""
    from lineage.match import encoders

    mine = encoders.minilm().encode(sentences)
    if not np.allclose(np.load(path), mine, atol=1e-4):
        raise SystemExit("the peer's vectors are not those of lineage")


if __name__ == "__main__":
    sys.exit(main())
