"""The command line, in this process where that is enough, and as real processes."""

import hashlib
import json
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import networkx
import pytest
import typer

import lineage
from lineage.cli import main

ROOT = Path(__file__).resolve().parent.parent
STORY = ROOT / "data" / "harbour-crane" / "articles"
WIRE = STORY / "meridian-first.txt"
REPRINT = STORY / "pellworth-courier.txt"

ONE = "A crane fell into the harbour of Halvane on Tuesday, and nobody could say why it did.\n"
TWO = "The council of Ormsley will put up its swimming fees in May, the mayor told reporters.\n"

COMMANDS = sorted(typer.main.get_command(main.app).commands)


def process(*arguments, **options):
    return subprocess.run(
        [sys.executable, "-m", "lineage.cli", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        **options,
    )


@pytest.fixture(scope="module")
def traced(tmp_path_factory):
    """A story traced by the command: the finished process and its run folder."""
    folder = tmp_path_factory.mktemp("cli") / "run"
    return process("trace", STORY, "-o", folder), folder


@pytest.fixture
def texts(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "one.txt").write_text(ONE, encoding="utf-8")
    (folder / "two.txt").write_text(TWO, encoding="utf-8")
    return folder


@pytest.fixture
def run(capsys):
    """Run a command in this process: status, what it printed, what it complained of."""

    def call(*arguments):
        status = main.run([str(each) for each in arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


def refused(answer, status):
    """The one line with which a command refused."""
    got, out, err = answer
    assert got == status, err
    assert out == ""
    assert err.startswith("lineage: ")
    assert err.count("\n") == 1, err
    return err


class TestTrace:
    def test_ends_by_telling_where_the_report_is(self, traced):
        done, folder = traced
        assert done.returncode == 0, done.stderr
        last = done.stdout.splitlines()[-1]
        assert last == f"report: {folder / 'report.html'}"
        assert (folder / "report.html").is_file()

    def test_progress_is_silent_where_there_is_no_terminal(self, traced):
        assert traced[0].stderr == ""

    def test_lists_the_kept_edges(self, traced):
        done, folder = traced
        edges = lineage.load(folder).edges
        for source, target in zip(edges["source_id"], edges["target_id"], strict=True):
            assert re.search(f"  {re.escape(source)} -[->] {re.escape(target)} ", done.stdout)

    def test_the_run_says_which_files_were_read(self, traced):
        said = json.loads((traced[1] / "run.json").read_bytes())
        assert said["problems"] == []
        hashes = {Path(row["file"]).name: row["sha256"] for row in said["inputs"]["files"]}
        assert set(hashes) == {path.name for path in STORY.iterdir()}
        assert hashes[WIRE.name] == hashlib.sha256(WIRE.read_bytes()).hexdigest()

    def test_writes_tables_graphs_and_figures(self, traced):
        there = {path.relative_to(traced[1]).as_posix() for path in traced[1].rglob("*.*")}
        assert {"run.json", "edges.csv", "lineage.graphml", "lineage.dot"} <= there
        assert {"figures/dag.png", "figures/dag.svg", "figures/shared.png"} <= there

    def test_quiet_prints_nothing(self, run, texts, tmp_path):
        answer = run("trace", texts, "-o", tmp_path / "run", "--encoder", "lexical", "--quiet")
        assert answer == (0, "", "")

    def test_lexical_mode_is_said_aloud(self, run, texts, tmp_path):
        _, out, _ = run("trace", texts, "-o", tmp_path / "run", "--encoder", "lexical")
        assert "not measured: meaning of sentences" in out

    @pytest.mark.slow
    def test_reads_standard_input(self, tmp_path):
        rows = "".join(
            json.dumps({"id": k, "text": text}) + "\n" for k, text in (("a", ONE), ("b", TWO))
        )
        done = process("trace", "-", "-o", tmp_path / "run", "--encoder", "lexical", input=rows)
        assert done.returncode == 0, done.stderr
        assert lineage.load(tmp_path / "run").articles["article_id"].tolist() == ["a", "b"]

    def test_a_bad_file_stops_it_and_is_named(self, run, texts, tmp_path):
        (texts / "empty.txt").write_text("\n")
        line = refused(run("trace", texts, "-o", tmp_path / "run"), 3)
        assert "empty.txt" in line
        assert not (tmp_path / "run").exists()

    def test_what_is_skipped_is_listed_on_the_screen_and_in_the_run(self, run, texts, tmp_path):
        (texts / "empty.txt").write_text("\n")
        (texts / "rows.csv").write_text("id,text,date\nx,A text with a bad date.,the day after\n")
        status, _, err = run(
            "trace", texts, "-o", tmp_path / "run", "--skip-bad", "--encoder", "lexical"
        )
        assert status == 0
        lines = err.splitlines()
        assert len(lines) == 2
        assert lines[0].startswith(f"left out: {texts / 'empty.txt'}: ")
        assert lines[1].startswith(f"left out: {texts / 'rows.csv'}, row 2: ")
        said = json.loads((tmp_path / "run" / "run.json").read_bytes())["problems"]
        assert [(Path(each["file"]).name, each["row"]) for each in said] == [
            ("empty.txt", None),
            ("rows.csv", 2),
        ]

    def test_a_missing_file_is_unusable_input(self, run, tmp_path):
        line = refused(run("trace", tmp_path / "nope.txt", "-o", tmp_path / "run"), 3)
        assert "nope.txt: no such file" in line

    def test_one_article_is_nothing_to_trace(self, run, texts, tmp_path):
        line = refused(run("trace", texts / "one.txt", "-o", tmp_path / "run"), 4)
        assert "two or more are needed" in line

    def test_a_folder_that_holds_something_is_left_alone(self, run, texts, tmp_path):
        line = refused(run("trace", texts, "-o", texts), 2)
        assert "not empty" in line
        assert len(list(texts.iterdir())) == 2

    def test_an_earlier_run_is_replaced_only_when_asked(self, run, texts, tmp_path):
        arguments = ("trace", texts, "-o", tmp_path / "run", "--encoder", "lexical")
        assert run(*arguments)[0] == 0
        assert "--overwrite" in refused(run(*arguments), 2)
        assert run(*arguments, "--overwrite")[0] == 0

    def test_a_wrong_setting_is_named(self, run, texts, tmp_path):
        (tmp_path / "settings.toml").write_text("min_p_edge = 2\n")
        settings = ("--config", tmp_path / "settings.toml")
        line = refused(run("trace", texts, "-o", tmp_path / "run", *settings), 2)
        assert "min_p_edge" in line

    @pytest.mark.slow
    @pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
    def test_ctrl_c_leaves_nothing_behind(self, tmp_path):
        started = subprocess.Popen(
            [sys.executable, "-m", "lineage.cli", "trace", str(STORY), "-o", str(tmp_path / "run")],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        # In the middle of writing: the hidden folder is there, the run is not.
        while not list(tmp_path.iterdir()):
            assert started.poll() is None, started.communicate()
            time.sleep(0.002)
        started.send_signal(signal.SIGINT)
        out, err = started.communicate()
        assert (started.returncode, out, err) == (130, "", "lineage: interrupted\n")
        assert list(tmp_path.iterdir()) == []


class TestCheck:
    def test_counts_what_would_be_traced(self, run):
        status, out, err = run("check", STORY)
        assert (status, err) == (0, "")
        assert out.splitlines()[-1] == "8 articles would be traced, 7 with a date"
        assert f"{WIRE}: text, 1 article" in out

    def test_lists_all_problems_and_says_so_by_its_status(self, run, texts):
        (texts / "a.txt").write_text("\n")
        (texts / "b.txt").write_bytes(b"%PDF-1.7\n")
        status, out, err = run("check", texts)
        assert status == 3
        assert "2 articles would be traced" in out
        assert [line.split(": ")[0] for line in err.splitlines()] == [
            str(texts / "a.txt"),
            str(texts / "b.txt"),
        ]

    def test_says_what_was_joined_and_what_is_a_beginning_only(self, run, texts):
        told = "The board shut the west quay on Monday after a survey found two of its piles loose"
        (texts / "a.txt").write_text(textwrap.fill(f"{told}, and will meet again in May.", 40))
        (texts / "b.txt").write_text(f"{told} and that…\nContinue reading\n")
        status, out, _ = run("check", texts)
        assert status == 0
        assert re.search(
            r"^a: lines broken at (?:3\d|40) characters, joined for reading$", out, re.M
        )
        assert "b: seems to be only the beginning of a story (“Continue reading”)" in out
        assert len(re.findall(": lines |: seems ", out)) == 2

    def test_pasted_texts_are_told_apart_by_the_divider(self, texts):
        pasted = "\n===\n".join(path.read_text() for path in sorted(texts.glob("*.txt")))
        done = process("check", "-", "--divider", "===", input=pasted)
        assert done.returncode == 0
        assert done.stdout.splitlines()[0] == "standard input: text, 2 articles"


class TestExplain:
    def test_tells_sources_evidence_and_sentences(self, run, traced):
        status, out, _ = run("explain", traced[1], "tideline-post")
        assert status == 0
        assert "made from: meridian-first (rewrite)" in out
        assert "bits" in out
        assert re.search(r"meridian-first \[\d+:\d+\] “", out)
        # A line for each sentence, after the blank one.
        rows = out.partition("\n\n")[2].splitlines()
        found = lineage.load(traced[1])
        assert len(rows) == (found.attributions["target_id"] == "tideline-post").sum()

    def test_tells_one_sentence(self, run, traced):
        _, out, _ = run("explain", traced[1], "tideline-post", "--sentence", 5)
        assert out.startswith("tideline-post, sentence 5 (body):\n")
        assert "from meridian-first: words 0." in out

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("nobody",), "no article 'nobody'"),
            (("tideline-post", "--sentence", "999"), "no sentence 999"),
        ],
    )
    def test_what_is_not_there_is_a_usage_error(self, run, traced, arguments, said):
        assert said in refused(run("explain", traced[1], *arguments), 2)

    def test_a_folder_that_is_no_run_is_unusable_input(self, run, texts):
        assert "run.json" in refused(run("explain", texts, "one"), 3)


class TestCompare:
    def test_tells_verdict_evidence_and_differing_words(self, run):
        status, out, _ = run("compare", REPRINT, WIRE)
        # As diff has it: there is something to report.
        assert status == 1
        assert out.startswith(
            "meridian-first and pellworth-courier: pellworth-courier was probably made from "
            "meridian-first (came first: "
        )
        assert "are they related? +" in out
        assert "shared content: " in out
        assert "[-harbour master-] {+harbourmaster+}" in out
        assert "\x1b" not in out

    def test_the_difference_can_be_had_as_a_page(self, run, tmp_path):
        page = tmp_path / "a.html"
        assert run("compare", REPRINT, WIRE, "--encoder", "lexical", "--html", page)[0] == 1
        assert "<del>harbour master</del>" in page.read_text(encoding="utf-8")
        assert "is a folder" in refused(
            run("compare", REPRINT, WIRE, "--encoder", "lexical", "--html", tmp_path), 2
        )

    def test_unrelated_texts_are_said_to_be(self, run, texts):
        status, out, _ = run(
            "compare", texts / "one.txt", texts / "two.txt", "--encoder", "lexical"
        )
        assert status == 0
        assert "one and two: no link found: " in out

    def test_the_same_text_twice_is_a_copy(self, run, texts):
        (texts / "copy.txt").write_text(ONE, encoding="utf-8")
        _, out, _ = run("compare", texts / "one.txt", texts / "copy.txt", "--encoder", "lexical")
        assert "the same text to the letter" in out

    def test_colour_where_it_is_asked_for(self, run):
        _, out, _ = run("compare", REPRINT, WIRE, "--colour", "--encoder", "lexical")
        assert "\x1b[" in out

    @pytest.mark.slow
    @pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
    def test_colour_on_a_terminal_unless_it_is_refused(self, texts):
        words = ("compare", texts / "one.txt", texts / "two.txt", "--encoder", "lexical")
        painted = {
            "": on_a_terminal(*words),
            "NO_COLOR": on_a_terminal(*words, NO_COLOR="1"),
            "--no-colour": on_a_terminal(*words, "--no-colour"),
        }
        assert {name: "\x1b[" in shown for name, shown in painted.items()} == {
            "": True,
            "NO_COLOR": False,
            "--no-colour": False,
        }

    def test_a_file_with_two_texts_is_no_side(self, run, texts):
        (texts / "rows.csv").write_text("text\nA crane fell.\nTwo cranes fell.\n")
        assert "one text each" in refused(run("compare", texts / "rows.csv", texts / "one.txt"), 2)


def on_a_terminal(*arguments, **environment):
    """What a command shows on a pseudo-terminal."""
    outer, inner = pty.openpty()
    inherited = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    started = subprocess.Popen(
        [sys.executable, "-m", "lineage.cli", *map(str, arguments)],
        cwd=ROOT,
        stdout=inner,
        stderr=inner,
        stdin=inner,
        env=inherited | environment,
    )
    os.close(inner)
    shown = b""
    while True:
        ready, _, _ = select.select([outer], [], [], 60)
        try:
            piece = os.read(outer, 65536) if ready else b""
        except OSError:  # how Linux says that the other side is gone
            piece = b""
        if not piece:
            break
        shown += piece
    os.close(outer)
    assert started.wait() == 0, shown.decode()
    return shown.decode()


class TestExport:
    def test_json_holds_all_tables(self, run, traced):
        _, out, _ = run("export", traced[1], "--to", "json")
        told = json.loads(out)
        found = lineage.load(traced[1])
        assert told["run"] == found.run
        assert {name: len(rows) for name, rows in told["tables"].items()} == {
            name: len(frame) for name, frame in found.frames.items()
        }

    def test_graphml_is_read_back(self, run, traced, tmp_path):
        path = tmp_path / "a.graphml"
        assert run("export", traced[1], "--to", "graphml", "-o", path) == (0, "", "")
        read = networkx.read_graphml(path)
        drawn = lineage.load(traced[1]).to_networkx()
        assert set(read.edges) == set(drawn.edges)
        _, out, _ = run("export", traced[1], "--to", "graphml")
        assert out == path.read_text(encoding="utf-8")

    def test_dot_is_drawn_by_graphviz(self, run, traced):
        _, out, _ = run("export", traced[1], "--to", "dot")
        assert out.startswith("digraph lineage {")
        if shutil.which("dot") is None:
            pytest.skip("Graphviz is not installed")
        drawn = subprocess.run(
            ["dot", "-Tsvg"], input=out, capture_output=True, text=True, check=True
        )
        assert "tideline" in drawn.stdout.lower()

    def test_mermaid_has_a_line_an_edge(self, run, traced):
        _, out, _ = run("export", traced[1], "--to", "mermaid")
        assert out.startswith("flowchart TD\n")
        assert len(re.findall(r"n\d+ --[->]", out)) == len(lineage.load(traced[1]).edges)

    def test_json_ld_is_json_with_every_article(self, run, traced):
        _, out, _ = run("export", traced[1], "--to", "json-ld")
        assert {node["@type"] for node in json.loads(out)["@graph"]} >= {"NewsArticle"}

    def test_prov_can_be_read_back(self, run, traced, tmp_path):
        model = pytest.importorskip("prov.model", reason="the extra prov is not installed")
        path = tmp_path / "lineage.prov.json"
        assert run("export", traced[1], "--to", "prov-json", "-o", path) == (0, "", "")
        read = model.ProvDocument.deserialize(source=path, format="json")
        _, out, _ = run("export", traced[1], "--to", "prov-n")
        # PROV-JSON groups records by kind, so their order is another.
        assert sorted(out.split()) == sorted(read.get_provn().split())

    def test_the_schema_needs_no_run_and_the_rest_do(self, run):
        status, out, _ = run("export", "--to", "json-schema")
        assert status == 0
        assert json.loads(out)["required"] == ["run", "tables"]
        assert "give its folder" in refused(run("export", "--to", "json"), 2)

    @pytest.mark.parametrize("to", ["csv", "parquet"])
    def test_tables_go_to_a_folder(self, run, traced, tmp_path, to):
        if to == "parquet":
            pytest.importorskip("pyarrow")
        assert run("export", traced[1], "--to", to, "-o", tmp_path / to) == (0, "", "")
        names = {path.name for path in (tmp_path / to).iterdir()}
        assert names == {f"{name}.{to}" for name in lineage.load(traced[1]).frames}
        assert "give -o FOLDER" in refused(run("export", traced[1], "--to", to), 2)

    @pytest.mark.parametrize("to", ["csv", "dot"])
    def test_a_place_that_cannot_be_written_is_named(self, run, traced, tmp_path, to):
        (tmp_path / "file").write_text("in the way")
        taken = tmp_path / "file" / "below"
        assert str(tmp_path / "file") in refused(
            run("export", traced[1], "--to", to, "-o", taken), 2
        )
        assert (tmp_path / "file").read_text() == "in the way"

    def test_a_reader_that_goes_away_is_no_error(self, traced):
        command = [sys.executable, "-m", "lineage.cli", "export", str(traced[1]), "--to", "json"]
        started = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        started.stdout.read(10)
        started.stdout.close()
        complaint = started.stderr.read()
        started.stderr.close()
        assert (started.wait(), complaint) == (0, b"")


class TestUsage:
    @pytest.mark.parametrize(
        "arguments",
        [
            ("--bogus",),
            ("bogus",),
            ("trace",),
            ("trace", "a.txt", "-o"),
            ("trace", "a.txt", "-o", "run", "--bogus"),
            ("explain", "run"),
            ("explain", "run", "a", "--sentence", "first"),
            ("compare", "a.txt"),
            ("export", "run"),
            ("export", "run", "--to", "docx"),
        ],
    )
    def test_a_wrong_call_is_one_line_and_status_2(self, run, arguments):
        assert "lineage --help" in refused(run(*arguments), 2)

    def test_no_command_shows_the_help(self, run):
        status, out, err = run()
        assert (status, err) == (2, "")
        assert all(name in out for name in COMMANDS)

    def test_version(self, run):
        assert run("--version") == (0, f"lineage {lineage.__version__}\n", "")

    @pytest.mark.parametrize("name", COMMANDS)
    def test_examples_in_the_help_stand_on_lines_of_their_own_and_parse(self, run, name):
        status, out, _ = run(name, "--help")
        assert status == 0
        examples = out.partition("Examples:\n")[2].splitlines()
        assert len(examples) >= 2
        group = typer.main.get_command(main.app)
        for line in examples:
            for part in re.split(r"\||&&", line):
                program, *words = part.split(">")[0].split()
                if program == "lineage":
                    command = group.commands[words.pop(0)]
                    while isinstance(command, typer.core.TyperGroup):
                        command = command.commands[words.pop(0)]
                    assert command.make_context(command.name, words).params
