"""Commands as people type them: no folder named, ids cut short, answers for programs."""

import datetime
import html
import json
import logging
import os
import re
import subprocess
import sys
import tomllib
import webbrowser
import zipfile
from pathlib import Path

import pytest

import lineage
from lineage import config, errors
from lineage.cli import article_ids, compare_command, demo_command, main, run_places

from . import traces

ROOT = Path(__file__).resolve().parent.parent
STORY = ROOT / "data" / "harbour-crane" / "articles"
WIRE = STORY / "meridian-first.txt"
REPRINT = STORY / "pellworth-courier.txt"
TODAY = datetime.date.today()

ONE = "A crane fell into the harbour of Halvane on Tuesday, and nobody could say why it did.\n"
TWO = "The council of Ormsley will put up its swimming fees in May, the mayor told reporters.\n"


def process(*arguments, cwd, **environment):
    inherited = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(
        [sys.executable, "-m", "lineage.cli", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=inherited,
    )


@pytest.fixture
def texts(tmp_path, monkeypatch):
    """The folder in which we are, with two texts."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.txt").write_text(ONE, encoding="utf-8")
    (tmp_path / "two.txt").write_text(TWO, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(capsysbinary):
    def call(*arguments):
        status = main.run([str(each) for each in arguments])
        sys.stdout.flush()
        said = capsysbinary.readouterr()
        return status, said.out.decode(), said.err.decode()

    return call


@pytest.fixture
def opened(monkeypatch):
    """No browser is opened; the addresses that one would be given."""
    addresses = []
    monkeypatch.setattr(webbrowser, "open", lambda url: addresses.append(url) or True)
    return addresses


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    folder = tmp_path_factory.mktemp("typed") / "run"
    traces.story("harbour-crane", encoder="lexical").save(folder)
    return folder


class TestTraceWithoutAFolder:
    def test_names_one_after_the_first_text_and_the_day_and_says_where(self, run, texts):
        status, out, _ = run("trace", "one.txt", "two.txt", "--encoder", "lexical")
        folder = Path(f"lineage-one-{TODAY}")
        assert status == 0
        assert out.splitlines()[-1] == f"report: {folder / 'report.html'}"
        assert (texts / folder / "report.html").is_file()

    def test_never_takes_one_that_is_there(self, run, texts):
        for _ in range(2):
            assert run("trace", "one.txt", "two.txt", "--encoder", "lexical", "-q")[0] == 0
        assert {path.name for path in texts.iterdir() if path.is_dir()} == {
            f"lineage-one-{TODAY}",
            f"lineage-one-{TODAY}-2",
        }

    def test_says_where_though_it_is_quiet(self, run, texts):
        _, out, _ = run("trace", "one.txt", "two.txt", "--encoder", "lexical", "-q")
        assert out == f"report: {Path(f'lineage-one-{TODAY}') / 'report.html'}\n"

    def test_has_nothing_to_overwrite(self, run, texts):
        status, _, err = run("trace", "one.txt", "two.txt", "--overwrite")
        assert status == 2
        assert "give -o RUN" in err

    def test_writes_nothing_if_the_texts_cannot_be_read(self, run, texts):
        assert run("trace", "one.txt", "gone.txt")[0] == 3
        assert sorted(path.name for path in texts.iterdir()) == ["one.txt", "two.txt"]

    @pytest.mark.parametrize(
        ("path", "stem"),
        [
            ("a/b/wire report.html", "wire-report"),
            ("-", "pasted"),
            ("https://wire.example/a?b=c", "wire.example"),
            ("../..", None),
            ("con.txt", "con-"),
            ("???.txt", "texts"),
            ("x" * 300, "x" * 60),
        ],
    )
    def test_the_name_is_one_that_every_system_takes(self, tmp_path, path, stem):
        name = run_places.free_folder([path], TODAY, beside=tmp_path).name
        assert name.endswith(f"-{TODAY}")
        assert stem is None or name == f"lineage-{stem}-{TODAY}"
        (tmp_path / name).mkdir()


class TestOpen:
    def test_the_report_is_opened(self, run, texts, opened):
        run("trace", "one.txt", "two.txt", "-o", "r u n", "--encoder", "lexical", "--open")
        assert opened == [(texts / "r u n" / "report.html").as_uri()]

    def test_not_unless_asked(self, run, texts, opened):
        run("trace", "one.txt", "two.txt", "-o", "run", "--encoder", "lexical")
        assert opened == []

    def test_where_there_is_no_browser_the_page_is_named(self, run, texts, monkeypatch):
        monkeypatch.setattr(webbrowser, "open", lambda url: False)
        status, _, err = run(
            "trace", "one.txt", "two.txt", "-o", "run", "--encoder", "lexical", "--open"
        )
        assert status == 0
        assert "no browser can be opened here; open run" in err


class TestCompare:
    def compare(self, run, *options, paths=(REPRINT, WIRE)):
        return run("compare", *paths, "--encoder", "lexical", *options)

    def test_json_has_the_verdict_with_its_direction(self, run):
        status, out, _ = self.compare(run, "--json")
        said = json.loads(out)
        assert status == compare_command.RELATED
        assert said["outcome"] == "derived"
        assert (said["source_id"], said["target_id"]) == ("meridian-first", "pellworth-courier")
        assert said["direction"] == "decided"
        assert said["is_related"] is True

    def test_the_page_goes_to_stdout_where_that_is_asked(self, run):
        status, out, _ = self.compare(run, "--html", "-")
        assert status == 1
        assert out.lower().startswith("<!doctype html>")
        assert "<del>harbour master</del>" in out
        assert "[-" not in out

    def test_markdown_marks_words_and_escapes_its_own_signs(self, run, texts):
        (texts / "copy.txt").write_text(
            ONE.replace("Tuesday", "a [bad] day #2_x"), encoding="utf-8"
        )
        _, out, _ = self.compare(run, "--markdown", paths=("one.txt", "copy.txt"))
        assert out.startswith("**copy and one: ")
        assert "~~" in out
        assert r"a \[bad\] day \#2\_x" in out

    def test_only_one_of_them_at_a_time(self, run):
        status, out, err = self.compare(run, "--json", "--markdown")
        assert (status, out) == (2, "")
        assert "at a time" in err

    def test_a_page_in_a_file_goes_with_the_others(self, run, tmp_path):
        _, out, _ = self.compare(run, "--json", "--html", tmp_path / "page.html")
        assert json.loads(out)["outcome"] == "derived"
        assert (tmp_path / "page.html").is_file()

    def test_status_0_where_no_link_was_found(self, run, texts):
        assert self.compare(run, "--json", paths=("one.txt", "two.txt"))[0] == 0

    def test_what_was_not_measured_is_neither(self, run, texts):
        (texts / "de.txt").write_text(
            "Der Stadtrat von Ormsley hat am Montag beschlossen, die Preise der B\u00e4der im Mai "
            "zu erh\u00f6hen, sagte der B\u00fcrgermeister vor Journalisten im Rathaus.",
            encoding="utf-8",
        )
        status, out, _ = self.compare(run, "--json", paths=("one.txt", "de.txt"))
        assert json.loads(out)["outcome"] == "not_measured"
        assert status == errors.NothingToTraceError.status

    @pytest.mark.slow
    def test_as_a_process(self, tmp_path):
        done = process("compare", WIRE, REPRINT, "--json", cwd=tmp_path)
        assert done.returncode == 1, done.stderr
        assert json.loads(done.stdout)["is_related"] is True


class TestIds:
    IDS = ("wire", "wire-2", "post-morning", "post-evening", "Über")

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [("wire", "wire"), ("wire-", "wire-2"), ("post-m", "post-morning"), ("üb", "Über")],
    )
    def test_the_beginning_of_one_is_enough(self, typed, meant):
        assert article_ids.resolve(typed, self.IDS, "explain") == meant

    def test_of_several_they_are_named(self):
        with pytest.raises(
            errors.UsageError, match="with 'post': post-morning, post-evening; give"
        ):
            article_ids.resolve("post", self.IDS, "explain")

    @pytest.mark.parametrize("typed", ["nobody", ""])
    def test_of_none_the_ids_there_are_are_named(self, typed):
        with pytest.raises(
            errors.UsageError, match=r"explain: no article '\w*' in the run; there are wire, wire-2"
        ):
            article_ids.resolve(typed, self.IDS, "explain")

    def test_in_explain_and_export(self, run, saved):
        status, out, _ = run("explain", saved, "tide")
        assert status == 0
        assert out.startswith("tideline-post  ")
        whole = run("export", saved, "--to", "shares-csv", "--article", "tideline-post")
        assert run("export", saved, "--to", "shares-csv", "--article", "tide") == whole
        assert run("explain", saved, "meridian")[0] == 2


class TestExplain:
    def test_json_is_what_the_words_are_made_of(self, run, saved):
        _, out, _ = run("explain", saved, "tideline-post", "--json")
        said = json.loads(out)
        assert said["article"]["article_id"] == "tideline-post"
        assert "text" not in said["article"]
        assert any(each["source_id"] == "meridian-first" for each in said["edges"])

    def test_sentences_have_the_numbers_of_the_report(self, run, saved):
        _, out, _ = run("explain", saved, "tideline-post")
        page = (saved / "report.html").read_text(encoding="utf-8")
        numbered = [line.split()[:2] for line in out.partition("\n\n")[2].splitlines()]
        number = next(each for each, kind in numbered if kind == "edited")
        _, one, _ = run("explain", saved, "tideline-post", "--sentence", number)
        assert one.startswith(f"tideline-post, sentence {number} (")
        words = " ".join(one.splitlines()[1].split())
        shown = re.findall(r'<th scope="row">(\d+)</th><td dir="auto">(.*?)</td>', page, re.DOTALL)
        plain = [(n, " ".join(re.sub(r"<[^>]+>", "", text).split())) for n, text in shown]
        assert any(n == number and html.unescape(text)[:20] in words for n, text in plain)


class TestDemo:
    def test_traces_the_story_that_comes_along(self, run, texts, opened):
        status, out, _ = run("demo", "--open")
        folder = texts / f"lineage-demo-{TODAY}"
        assert status == 0
        assert out.splitlines()[-1].startswith("report: lineage-demo-")
        assert len(lineage.load(folder).edges) == 6
        assert opened == [(folder / "report.html").as_uri()]

    def test_its_texts_are_those_of_the_readme(self):
        assert sorted(path.name for path in demo_command.story().iterdir()) == sorted(
            path.name for path in STORY.iterdir()
        )

    def test_without_its_texts_it_says_so(self, run, monkeypatch, tmp_path):
        monkeypatch.setattr(demo_command, "_PACKAGED", tmp_path / "a")
        monkeypatch.setattr(demo_command, "_IN_CLONE", tmp_path / "b")
        status, _, err = run("demo")
        assert status == 3
        assert "install it again" in err

    @pytest.mark.slow
    def test_they_are_in_the_wheel(self, tmp_path):
        pytest.importorskip("hatchling", reason="hatchling, which builds the wheel, is not there")
        subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
        (wheel,) = tmp_path.glob("*.whl")
        names = zipfile.ZipFile(wheel).namelist()
        packed = {name.rpartition("/")[2] for name in names if "lineage/demo_story/" in name}
        assert packed == {path.name for path in STORY.iterdir()}


class TestConfig:
    def test_prints_every_setting_with_its_reason(self, run):
        status, out, _ = run("config")
        assert status == 0
        assert tomllib.loads(out) == config.TraceConfig().to_dict()
        for name, value in config.TraceConfig().to_dict().items():
            above = out.partition(f"\n{name} = ")[0].rpartition("\n\n")[2]
            assert f"Default {json.dumps(value)}: " in " ".join(above.replace("\n# ", " ").split())

    def test_writes_a_file_that_config_takes(self, run, texts):
        assert run("config", "-o", "settings.toml", "--encoder", "lexical")[0] == 0
        assert config.load("settings.toml") == config.TraceConfig(encoder="lexical")
        assert run("trace", "one.txt", "two.txt", "--config", "settings.toml", "-o", "run")[0] == 0

    def test_does_not_replace_a_file_unless_told_to(self, run, texts):
        (texts / "mine.toml").write_text("arrow = 0.8\n")
        assert run("config", "-o", "mine.toml")[0] == 2
        assert (texts / "mine.toml").read_text() == "arrow = 0.8\n"
        arguments = ("config", "--config", "mine.toml", "-o", "mine.toml", "--overwrite")
        assert run(*arguments)[0] == 0
        assert config.load("mine.toml") == config.TraceConfig(arrow=0.8)


class TestVerbose:
    @pytest.mark.parametrize("place", [0, 1])
    def test_says_the_stages_on_standard_error(self, texts, place):
        arguments = ["trace", "one.txt", "two.txt", "-o", "run", "--encoder", "lexical"]
        arguments.insert(place, "-v")
        done = process(*arguments, cwd=texts)
        assert done.returncode == 0, done.stderr
        assert "lineage: comparing words: 1 to do\n" in done.stderr
        assert "comparing words" not in done.stdout

    def test_in_python_nothing_is_said_unless_asked(self):
        assert logging.getLogger("lineage").handlers == []


class TestCompletion:
    def test_the_shell_learns_commands_and_options(self, tmp_path):
        def asked(words):
            done = process(
                cwd=tmp_path,
                _LINEAGE_COMPLETE="complete_bash",
                COMP_WORDS=words,
                COMP_CWORD=str(len(words.split()) - 1),
            )
            return done.stdout.split()

        assert asked("lineage tr") == ["trace"]
        assert "--overwrite" in asked("lineage trace --ov")

    def test_is_offered(self, run):
        assert "--install-completion" in run("--help")[1]
