import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter

import pandas as pd
import pytest
import typer
from typer.testing import CliRunner

import lineage
from lineage import errors
from lineage.cli import simulate_command
from lineage.learn import simulate
from lineage.learn.evaluation import cases as known
from lineage.learn.simulation import drafts, rewriting, simulated_story, templates

app = typer.Typer(pretty_exceptions_enable=False)
app.command()(simulate_command.simulate)


@pytest.fixture(scope="module")
def many():
    return list(simulate.stories(300, seed=7))


def n_words(case):
    return {each["id"]: len(each["text"].split()) for each in case["articles"]}


def above(case):
    parents = {}
    for source, target in case["edges"]:
        parents.setdefault(target, set()).add(source)

    def climb(at):
        return set().union(*({each} | climb(each) for each in parents.get(at, ())))

    return {each["id"]: climb(each["id"]) for each in case["articles"]}


def shingles(text, n):
    words = text.lower().split()
    return {tuple(words[k : k + n]) for k in range(len(words) - n + 1)}


class TestStories:
    def test_same_seed_same_stories(self):
        assert list(simulate.stories(12, seed=3)) == list(simulate.stories(12, seed=3))

    def test_a_story_does_not_depend_on_how_many_are_made(self):
        assert list(simulate.stories(60, seed=3))[55] == list(simulate.stories(56, seed=3))[55]

    def test_other_seed_other_stories(self):
        one, other = next(simulate.stories(1, seed=3)), next(simulate.stories(1, seed=4))
        assert {a["text"] for a in one["articles"]}.isdisjoint(a["text"] for a in other["articles"])

    def test_two_processes_make_the_same(self):
        assert list(simulate.stories(120, seed=5, jobs=2)) == list(simulate.stories(120, seed=5))

    def test_made_in_a_process_with_another_hash_seed(self):
        code = (
            "import json; from lineage.learn import simulate; "
            "print(json.dumps(list(simulate.stories(8, seed=9))))"
        )
        said = [
            subprocess.run(
                [sys.executable, "-c", code],
                env=os.environ | {"PYTHONHASHSEED": str(k)},
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            for k in (1, 2)
        ]
        assert said[0] == said[1]
        assert json.loads(said[0]) == list(simulate.stories(8, seed=9))

    def test_length_does_not_give_the_direction_away(self, many):
        longer = Counter()
        for case in many:
            words = n_words(case)
            for source, target, done in case["operations"]:
                if "fuse" not in done:
                    longer[words[target] > words[source]] += 1
        share = longer[True] / longer.total()
        assert longer.total() > 500
        assert 0.43 < share < 0.57

    @pytest.mark.parametrize("paraphrased", [True, False])
    def test_nor_does_it_among_copies_of_one_kind(self, many, paraphrased):
        longer = Counter(
            n_words(case)[target] > n_words(case)[source]
            for case in many
            for source, target, done in case["operations"]
            if "fuse" not in done and ("paraphrase" in done) == paraphrased
        )
        assert 0.4 < longer[True] / longer.total() < 0.6

    def test_nor_does_the_place_in_the_file(self, many):
        first = Counter(source < target for case in many for source, target in case["edges"])
        assert 0.43 < first[True] / first.total() < 0.57

    def test_every_rule_is_used(self, many):
        used = {name for case in many for *_, done in case["operations"] for name in done}
        rules = {rule.__name__ for rule in rewriting.SHORTER + rewriting.LONGER + rewriting.EITHER}
        assert rules <= used
        assert {"fuse", "cut_credit", "add_credit"} <= used

    def test_children_are_published_later(self, many):
        for case in many:
            at = {a["id"]: pd.Timestamp(a["published_at"]) for a in case["articles"]}
            assert all(at[source] < at[target] for source, target in case["edges"])

    def test_every_pair_has_one_label(self, many):
        for case in many:
            ids = [each["id"] for each in case["articles"]]
            ancestors = above(case)
            labels = Counter(
                frozenset(pair)
                for key in ("siblings", "independent", "unrelated")
                for pair in case[key]
            )
            labels.update(frozenset((a, b)) for b in ids for a in ancestors[b])
            assert set(labels.values()) <= {1}
            assert len(labels) == len(ids) * (len(ids) - 1) // 2

    def test_no_two_texts_are_the_same(self, many):
        texts = [each["text"] for case in many for each in case["articles"]]
        assert len(set(texts)) == len(texts)

    def test_hidden_source_leaves_only_siblings(self, many):
        hidden = [case for case in many if case["absent"]]
        assert len(hidden) > 30
        for case in hidden:
            (source,) = case["absent"]
            ancestors = above(case)
            children = source["children"]
            assert all(not ancestors[each] for each in children)
            pairs = {frozenset(pair) for pair in case["siblings"]}
            assert all(frozenset((a, b)) in pairs for a in children for b in children if a < b)

    def test_fused_text_has_sentences_of_both_parents(self, many):
        seen = 0
        for case in many:
            texts = {each["id"]: each["text"] for each in case["articles"]}
            for target in texts:
                sources = [
                    s for s, t, done in case["operations"] if t == target and done == ["fuse"]
                ]
                if len(sources) == 2:
                    own = shingles(texts[target], 6)
                    one, other = (shingles(texts[each], 6) for each in sources)
                    assert len(own & one - other) > 10
                    assert len(own & other - one) > 10
                    seen += 1
        assert seen > 10

    def test_independent_reports_tell_the_same_in_other_words(self, many):
        shares, facts = [], []
        for case in many:
            articles = {each["id"]: each for each in case["articles"]}
            for a, b in case["independent"]:
                one, other = (set(shingles(articles[each]["text"], 5)) for each in (a, b))
                shares.append(len(one & other) / min(len(one), len(other)))
                capitals = [
                    {word for word in articles[each]["text"].split() if word[:1].isupper()}
                    for each in (a, b)
                ]
                facts.append(len(capitals[0] & capitals[1]))
        # Quoted words are shared: they make the cases hard. Nothing longer is.
        assert 0 < sum(shares) / len(shares) < 0.12
        assert sum(facts) / len(facts) > 5

    def test_one_publisher_has_one_boilerplate(self, many):
        feet = {}
        for case in many:
            for each in case["articles"]:
                lines = [line for line in each["text"].split("\n") if line]
                if lines[-1] == f"Copyright {each['outlet']}":
                    feet.setdefault(each["outlet"], Counter())[lines[-2]] += 1
        often = [counts for counts in feet.values() if counts.total() >= 5]
        # Two publishers of one name may exist; one page in ten has another line there at most.
        same = sum(counts.most_common(1)[0][1] for counts in often)
        assert same / sum(counts.total() for counts in often) > 0.8

    def test_texts_say_nothing_unfilled(self, many):
        for case in many:
            for each in case["articles"]:
                assert not set("{}[]<|") & set(each["text"].replace("Menu | Search | Log in", ""))
                assert "  " not in each["text"]
                assert each["title"] in each["text"]

    def test_is_read_as_cases_and_marked_simulated(self, many, tmp_path):
        path = tmp_path / "made.jsonl"
        with path.open("w", encoding="utf-8") as stream:
            simulate.write_lines(many[:20], stream)
        read = known.read([path])
        assert {case.set for case in read} == {known.SIMULATED}
        assert {case.kind for case in read} == {"both"}
        assert [list(map(list, case.edges)) for case in read] == [c["edges"] for c in many[:20]]

    def test_refuses_none(self):
        with pytest.raises(errors.UsageError, match="stories 0"):
            next(simulate.stories(0))


class TestArticles:
    @pytest.mark.parametrize("n", [1, 2, 7, 400])
    def test_exactly_so_many(self, n):
        assert sum(len(case["articles"]) for case in simulate.articles(n, seed=2)) == n

    def test_are_the_first_stories_but_for_the_last(self):
        made = list(simulate.articles(333, seed=2))
        full = list(simulate.stories(len(made), seed=2))
        assert made[:-1] == full[:-1]
        assert {a["text"] for a in made[-1]["articles"]} <= {
            a["text"] for a in full[-1]["articles"]
        }

    def test_cut_story_keeps_a_true_lineage(self):
        whole = next(case for case in simulate.stories(50, seed=2) if len(case["edges"]) > 3)
        index = int(whole["case"].split("-")[1].split("/")[0])
        for most in range(1, len(whole["articles"])):
            cut = simulated_story.make(2, index, most=most)
            ids = {each["id"] for each in cut["articles"]}
            texts = {each["id"]: each["text"] for each in whole["articles"]}
            mine = {each["id"]: each["text"] for each in cut["articles"]}
            assert len(ids) == most
            edges = {(mine[s], mine[t]) for s, t in cut["edges"]}
            kept = set(mine.values())
            assert edges == {
                (texts[s], texts[t])
                for s, t in whole["edges"]
                if texts[s] in kept and texts[t] in kept
            }

    @pytest.mark.slow
    def test_two_processes_make_the_same(self):
        assert list(simulate.articles(900, seed=2, jobs=2)) == list(simulate.articles(900, seed=2))

    @pytest.mark.slow
    def test_memory_does_not_grow(self):
        import gc
        import tracemalloc

        # Publishers are remembered, all of them after a while.
        for number in range(simulated_story.N_OUTLETS):
            simulated_story.outlet(1, number)
        made = simulate.articles(4000, seed=1)
        tracemalloc.start()
        held, texts = [], 0
        for number in range(201):
            texts += sum(len(each["text"]) for each in next(made)["articles"])
            if number in (50, 200):
                # Equally far into a batch, and without what only waits to be collected.
                gc.collect()
                held.append((tracemalloc.get_traced_memory()[0], texts))
        tracemalloc.stop()
        assert held[1][0] - held[0][0] < (held[1][1] - held[0][1]) / 5


class TestRules:
    @pytest.fixture
    def report(self):
        import datetime
        import random

        rng = random.Random(11)
        day = datetime.date(2019, 5, 14)
        newsroom = simulated_story._Newsroom(rng, 1, day, templates.stock().events[0])
        return newsroom._report(0, agency=True).document, newsroom.desks[0]

    @pytest.mark.parametrize("rule", rewriting.SHORTER, ids=lambda rule: rule.__name__)
    def test_shorter(self, report, rule):
        document, desk = report
        assert drafts.n_words(rule(document, desk)) < drafts.n_words(document)

    @pytest.mark.parametrize("rule", rewriting.LONGER, ids=lambda rule: rule.__name__)
    def test_longer(self, report, rule):
        document, desk = report
        desk.fresh.append((drafts.QUOTE, "0"))
        document = drafts.dataclasses.replace(
            document,
            paragraphs=tuple(p for p in document.paragraphs if p[0].kind != drafts.QUOTE),
        )
        assert drafts.n_words(rule(document, desk)) > drafts.n_words(document)

    def test_inserted_blocks_leave_the_rest_verbatim(self, report):
        document, desk = report
        after = drafts.body(rewriting.insert_blocks(document, desk))
        assert [each for each in after if each in drafts.body(document)] == drafts.body(document)

    def test_bottom_cut_leaves_the_top_verbatim(self, report):
        document, desk = report
        after = drafts.body(rewriting.cut_bottom(document, desk))
        assert drafts.body(document)[: len(after)] == after

    def test_update_answers_what_was_waited_for(self, report):
        document, desk = report
        waiting = drafts.Sentence(drafts.EVENT, "waiting", 0, 0)
        document = drafts.dataclasses.replace(
            document, paragraphs=(*document.paragraphs[:3], (waiting,))
        )
        updated = rewriting.update_lead(document, desk)
        assert "did not immediately" in drafts.text(document)
        assert "did not immediately" not in drafts.text(updated)
        assert "in a statement" in drafts.text(updated).lower()

    def test_rounded_numbers_stay_rounded_further_down(self, report):
        document, desk = report
        rounded = rewriting.round_numbers(document, desk)
        again = rewriting.paraphrase(rewriting.drop_detail(rounded, desk), desk)
        assert rounded.rounded
        assert rounded.rounded <= again.rounded

    def test_a_slip_is_handed_on_and_mended(self, report):
        document, desk = report
        slipped = rewriting.make_slip(document, desk)
        assert drafts.body(slipped) != drafts.body(document)
        assert drafts.body(rewriting.mend_slips(slipped, desk)) == drafts.body(document)
        assert rewriting.mend_slips(document, desk) is None

    def test_house_style_goes_one_way(self, report):
        document, desk = report
        british = drafts.dataclasses.replace(document.outlet, british=True, curly=True)
        plain = drafts.dataclasses.replace(document.outlet, british=False, curly=False)
        styled = rewriting.house_style(drafts.dataclasses.replace(document, outlet=british), desk)
        assert "2am" in drafts.text(styled) or "tonnes" in drafts.text(styled)
        back = drafts.dataclasses.replace(styled, outlet=plain)
        assert rewriting.house_style(back, desk) is None


class TestWording:
    def test_detail_can_go(self):
        assert templates.fill("It fell<, at noon>.", {}) == "It fell, at noon."
        assert templates.fill("It fell<, at noon>.", {}, detail=False) == "It fell."

    def test_synonyms_follow_the_pick(self):
        said = {templates.fill("[he|she] [ran|walked]", {}, pick=k) for k in range(36)}
        assert said == {"He ran", "He walked", "She ran", "She walked"}

    def test_a_shortened_sentence_keeps_its_words(self):
        template = "[He|She] went<, [slow|fast]ly,> [home|away]."
        for k in range(216):
            whole = templates.fill(template, {}, pick=k)
            short = templates.fill(template, {}, pick=k, detail=False)
            assert [short.split()[0], short.split()[-1]] == [whole.split()[0], whole.split()[-1]]

    @pytest.mark.parametrize(
        ("value", "said"), [(147, "about 150"), (1249, "about 1,200"), (23, "about 20")]
    )
    def test_roughly(self, value, said):
        assert templates.roughly(value) == said

    def test_numbers_change_when_rounded(self):
        assert templates.fill("{n} men", {"n": 1249}) == "1,249 men"
        assert templates.fill("{n} men", {"n": 1249}, rounded=frozenset("n")) == "About 1,200 men"

    def test_british(self):
        said = templates.british("The Center of labor rose 3 percent at 2 a.m. today.")
        assert said == "The Centre of labour rose 3 per cent at 2am today."

    def test_curly(self):
        assert templates.curly('"It\'s off," he said ("so").') == "“It’s off,” he said (“so”)."

    def test_slip_changes_two_letters(self):
        text = "the banana committee met"
        for k in range(6):
            slipped = templates.slip(text, k)
            assert slipped != text
            assert sorted(slipped) == sorted(text)

    def test_every_template_can_be_filled_in_every_wording(self):
        import datetime
        import random

        for event in templates.stock().events:
            world = simulated_story.world(random.Random(1), datetime.date(2020, 2, 3), event)
            names = {each.name for each in event.facts}
            assert {"lead", "waiting", "answer", "update"} <= names
            for fact in (*event.facts, *templates.stock().background):
                assert len(fact.say) == 2 * templates.N_VOICES
                said = [templates.fill(each, world.values) for each in fact.say]
                assert all(each.endswith((".", '"')) for each in said)
                # The four ways share no longer run of words than names and figures make.
                runs = [shingles(each, 8) for each in said]
                assert all(a.isdisjoint(b) for k, a in enumerate(runs) for b in runs[k + 1 :]), (
                    fact.name
                )
            for headline in event.headlines:
                assert templates.fill(headline, world.values)


class TestWriting:
    def test_rows_are_read_by_lineage(self, many, tmp_path):
        path = tmp_path / "rows.jsonl"
        with path.open("w", encoding="utf-8") as stream:
            simulate.write_lines(many[:4], stream, flat=True)
        found = lineage.read(path)
        assert len(found.problems) == 0
        assert len(found.articles) == sum(len(case["articles"]) for case in many[:4])
        assert found.articles["published_at"].notna().all()
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        ids = {row["article_id"] for row in rows}
        assert len(ids) == len(rows)
        assert all(set(row["parents"]) <= ids for row in rows)
        assert sum(len(row["parents"]) for row in rows) == sum(len(c["edges"]) for c in many[:4])

    def test_folders_hold_the_same_truth(self, many, tmp_path):
        simulate.write_folders(many[:6], tmp_path / "made")
        read = {case.name: case for case in known.read([tmp_path / "made"])}
        assert len(read) == 6
        for case in many[:6]:
            found = read[case["case"].replace("/", "-")]
            assert found.set == known.SIMULATED
            assert sorted(map(list, found.edges)) == case["edges"]
            for key in ("siblings", "independent", "unrelated"):
                assert {frozenset(pair) for pair in getattr(found, key)} == {
                    frozenset(pair) for pair in case[key]
                }
            texts = {each["id"]: each["text"] for each in case["articles"]}
            assert dict(zip(found.ids, found.articles["text"], strict=True)) == texts

    def test_folder_that_is_there_is_left_alone(self, many, tmp_path):
        (tmp_path / "made").mkdir()
        with pytest.raises(errors.UsageError, match="there already"):
            simulate.write_folders(many[:1], tmp_path / "made")

    def test_a_break_leaves_nothing(self, many, tmp_path):
        def broken():
            yield many[0]
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            simulate.write_folders(broken(), tmp_path / "made")
        assert list(tmp_path.iterdir()) == []


def git(folder, *arguments, at=None):
    stamp = {} if at is None else {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
    identity = {f"GIT_{who}_{what}": "someone@example.org" for who in ("AUTHOR", "COMMITTER")
                for what in ("NAME", "EMAIL")}  # fmt: skip
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(
        ["git", "-C", str(folder), *arguments],
        env=os.environ | identity | alone | stamp,
        check=True,
        capture_output=True,
    )


def commit(folder, name, text, at):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if text is None:
        path.unlink()
    elif isinstance(text, bytes):
        path.write_bytes(text)
    else:
        path.write_text(text, encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "a step", at=at)


BASE = [f"Rule {k} says what everybody has to keep to.\n" for k in range(12)]


def page(**changes):
    lines = list(BASE)
    for key, line in changes.items():
        lines[int(key[1:])] = line + "\n"
    return "".join(lines)


@pytest.fixture
def repository(tmp_path):
    """A handbook whose policy is edited on two branches and merged, then edited and reverted."""
    top = tmp_path / "handbook"
    top.mkdir()
    git(top, "init", "-q", "-b", "main")
    commit(top, "policy.md", page(), "2021-03-01T09:00:00+02:00")
    commit(top, "policy.md", page(_1="Rule 1 is new."), "2021-03-02T09:00:00+02:00")
    git(top, "checkout", "-q", "-b", "side")
    commit(top, "policy.md", page(_1="Rule 1 is new.", _10="Ten."), "2021-03-03T09:00:00-05:00")
    commit(top, "other.md", "Another page.\n", "2021-03-03T10:00:00-05:00")
    git(top, "checkout", "-q", "main")
    commit(top, "policy.md", page(_1="Rule 1 is new.", _4="Four."), "2021-03-04T09:00:00+02:00")
    git(top, "merge", "-q", "--no-ff", "-m", "both", "side", at="2021-03-05T09:00:00+02:00")
    merged = {"_1": "Rule 1 is new.", "_4": "Four.", "_10": "Ten."}
    commit(top, "policy.md", page(**merged, _7="Seven."), "2021-03-06T09:00:00+02:00")
    # Back to the text of the merge: no new version.
    commit(top, "policy.md", page(**merged), "2021-03-07T09:00:00+02:00")
    return top


def by_text(case):
    names = {each["id"]: each["text"] for each in case["articles"]}
    return {(names[source], names[target]) for source, target in case["edges"]}


MERGED = {"_1": "Rule 1 is new.", "_4": "Four.", "_10": "Ten."}


class TestFromGit:
    def test_branch_and_merge(self, repository):
        (case,) = simulate.from_git(repository, ["policy.md"])
        base, one = page(), page(_1="Rule 1 is new.")
        side = page(_1="Rule 1 is new.", _10="Ten.")
        own = page(_1="Rule 1 is new.", _4="Four.")
        merged, last = page(**MERGED), page(**MERGED, _7="Seven.")
        assert by_text(case) == {
            (base, one), (one, side), (one, own), (side, merged), (own, merged), (merged, last),
        }  # fmt: skip
        assert len(case["articles"]) == 6

    def test_is_a_case(self, repository, tmp_path):
        path = tmp_path / "cases.jsonl"
        with path.open("w", encoding="utf-8") as stream:
            simulate.write_lines(simulate.from_git(repository, ["policy.md"]), stream)
        (case,) = known.read([path])
        assert (case.set, case.name, case.kind) == ("git_prose", "handbook:policy.md", "graph")

    def test_dates_are_author_times_with_their_zone(self, repository):
        (case,) = simulate.from_git(repository, ["policy.md"])
        at = {each["text"]: each["published_at"] for each in case["articles"]}
        assert at[page()] == "2021-03-01T09:00:00+02:00"
        assert at[page(_1="Rule 1 is new.", _10="Ten.")] == "2021-03-03T09:00:00-05:00"

    def test_ids_do_not_follow_time(self, repository):
        orders = set()
        for seed in range(6):
            (case,) = simulate.from_git(repository, ["policy.md"], seed=seed)
            orders.add(tuple(each["published_at"] for each in case["articles"]))
            assert [each["id"] for each in case["articles"]] == [f"d{k:02d}" for k in range(6)]
        assert len(orders) > 1

    def test_merge_that_took_one_side_makes_no_version(self, tmp_path):
        top = tmp_path / "r"
        top.mkdir()
        git(top, "init", "-q", "-b", "main")
        commit(top, "a.md", "One.\n", "2021-01-01T00:00:00Z")
        git(top, "checkout", "-q", "-b", "side")
        commit(top, "a.md", "One. Two.\n", "2021-01-02T00:00:00Z")
        git(top, "checkout", "-q", "main")
        commit(top, "b.md", "Else.\n", "2021-01-03T00:00:00Z")
        git(top, "merge", "-q", "--no-ff", "-m", "m", "side", at="2021-01-04T00:00:00Z")
        commit(top, "a.md", "One. Two. Three.\n", "2021-01-05T00:00:00Z")
        (case,) = simulate.from_git(top, ["a.md"])
        assert by_text(case) == {
            ("One.\n", "One. Two.\n"),
            ("One. Two.\n", "One. Two. Three.\n"),
        }

    def test_parent_that_the_other_parent_comes_from_is_none(self, tmp_path):
        top = tmp_path / "r"
        top.mkdir()
        git(top, "init", "-q", "-b", "main")
        commit(top, "a.md", "One.\n", "2021-01-01T00:00:00Z")
        git(top, "checkout", "-q", "-b", "side")
        commit(top, "a.md", "One. Two.\n", "2021-01-02T00:00:00Z")
        git(top, "checkout", "-q", "main")
        commit(top, "b.md", "Else.\n", "2021-01-03T00:00:00Z")
        git(top, "merge", "-q", "--no-ff", "--no-commit", "side")
        commit(top, "a.md", "One. Two. And a word in the merge.\n", "2021-01-04T00:00:00Z")
        (case,) = simulate.from_git(top, ["a.md"])
        assert by_text(case) == {
            ("One.\n", "One. Two.\n"),
            ("One. Two.\n", "One. Two. And a word in the merge.\n"),
        }

    def test_renames_are_followed_when_asked(self, repository):
        git(repository, "mv", "policy.md", "rules.md")
        git(repository, "commit", "-q", "-m", "rename", at="2021-04-01T09:00:00Z")
        commit(repository, "rules.md", page(**MERGED, _2="Two."), "2021-04-02T09:00:00Z")
        commit(repository, "rules.md", page(**MERGED, _2="2."), "2021-04-03T09:00:00Z")
        (short,) = simulate.from_git(repository, ["rules.md"])
        (whole,) = simulate.from_git(repository, ["rules.md"], follow=True)
        assert len(short["articles"]) == 3
        assert len(whole["articles"]) == 8
        assert (page(**MERGED), page(**MERGED, _2="Two.")) in by_text(whole)
        assert by_text(short) < by_text(whole)

    def test_binary_version_is_passed_over(self, tmp_path, caplog):
        top = tmp_path / "r"
        top.mkdir()
        git(top, "init", "-q", "-b", "main")
        commit(top, "a.txt", "One.\n", "2021-01-01T00:00:00Z")
        commit(top, "a.txt", b"%PDF-1.4 \x00\x01\x02", "2021-01-02T00:00:00Z")
        commit(top, "a.txt", "One. Two.\n", "2021-01-03T00:00:00Z")
        commit(top, "a.txt", "One. Two. Three.\n", "2021-01-04T00:00:00Z")
        (case,) = simulate.from_git(top, ["a.txt"])
        assert ("One.\n", "One. Two.\n") in by_text(case)
        assert len(case["articles"]) == 3
        assert "left out" in caplog.text

    def test_deleted_and_written_anew_has_no_parent(self, tmp_path):
        top = tmp_path / "r"
        top.mkdir()
        git(top, "init", "-q", "-b", "main")
        commit(top, "a.md", "One.\n", "2021-01-01T00:00:00Z")
        commit(top, "a.md", "One. Two.\n", "2021-01-02T00:00:00Z")
        commit(top, "keep.md", "Keep.\n", "2021-01-02T12:00:00Z")
        commit(top, "a.md", None, "2021-01-03T00:00:00Z")
        commit(top, "a.md", "Something else.\n", "2021-01-04T00:00:00Z")
        (case,) = simulate.from_git(top, ["a.md"])
        assert by_text(case) == {("One.\n", "One. Two.\n")}
        assert len(case["articles"]) == 3

    def test_at_most_so_many_the_last_ones(self, repository):
        (case,) = simulate.from_git(repository, ["policy.md"], max_versions=3)
        assert len(case["articles"]) == 3
        assert (page(**MERGED), page(**MERGED, _7="Seven.")) in by_text(case)

    def test_files_with_few_versions_are_left_out(self, repository):
        assert list(simulate.from_git(repository, ["other.md"])) == []
        made = list(simulate.from_git(repository, []))
        assert [case["case"] for case in made] == ["handbook:policy.md"]

    def test_folder_and_awkward_names(self, tmp_path):
        top = tmp_path / "r"
        top.mkdir()
        git(top, "init", "-q", "-b", "main")
        names = ["docs/a b.md", "docs/naïve [1].md", "docs/*.md", "docs/code.py"]
        for step in range(3):
            for name in names:
                commit(top, name, f"{name} {step}\n", f"2021-01-0{step + 1}T00:00:00Z")
        made = {case["case"]: case for case in simulate.from_git(top, ["docs/"])}
        assert set(made) == {f"r:{name}" for name in names[:3]}
        assert all(len(case["articles"]) == 3 for case in made.values())

    def test_bare_repository_and_folder_inside_one(self, repository, tmp_path):
        git(tmp_path, "clone", "-q", "--bare", str(repository), "copy.git")
        (case,) = simulate.from_git(repository, ["policy.md"])
        (bare,) = simulate.from_git(tmp_path / "copy.git", ["policy.md"])
        (repository / "inside").mkdir()
        (inner,) = simulate.from_git(repository / "inside", ["policy.md"])
        assert by_text(bare) == by_text(case) == by_text(inner)
        assert bare["case"] == "copy:policy.md"
        assert bare["commit"] == case["commit"]
        assert len(case["commit"]) == 40

    def test_says_what_is_wrong(self, repository, tmp_path):
        with pytest.raises(errors.InputError, match=r"no missing\.md at HEAD"):
            list(simulate.from_git(repository, ["missing.md"]))
        with pytest.raises(errors.InputError, match="no such folder"):
            list(simulate.from_git(tmp_path / "nowhere", []))
        (tmp_path / "plain").mkdir()
        with pytest.raises(errors.InputError, match="not a git repository"):
            list(simulate.from_git(tmp_path / "plain", []))
        git(tmp_path / "plain", "init", "-q")
        with pytest.raises(errors.InputError, match="no commit"):
            list(simulate.from_git(tmp_path / "plain", []))
        with pytest.raises(errors.UsageError, match="does not fit"):
            list(simulate.from_git(repository, [], min_versions=5, max_versions=4))

    def test_no_git(self, repository, monkeypatch, tmp_path):
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(errors.UsageError, match="git is not installed"):
            list(simulate.from_git(repository, []))


class TestCommand:
    def invoke(self, *arguments):
        return CliRunner().invoke(app, [str(each) for each in arguments])

    def test_same_file_twice(self, tmp_path):
        for name in ("a.jsonl", "b.jsonl"):
            done = self.invoke("-o", tmp_path / name, "--stories", 5, "--seed", 4)
            assert done.exit_code == 0, done.output
        assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
        assert "5 cases" in done.output

    def test_rows_to_stdout(self):
        done = self.invoke("--articles", 9, "--form", "rows")
        assert len(done.stdout.splitlines()) == 9
        assert all("parents" in json.loads(line) for line in done.stdout.splitlines())

    def test_from_git(self, repository, tmp_path):
        done = self.invoke("--from-git", repository, "policy.md", "-o", tmp_path / "g.jsonl")
        assert done.exit_code == 0, done.output
        assert len(known.read([tmp_path / "g.jsonl"])) == 1

    def test_nothing_found_writes_nothing(self, repository, tmp_path):
        done = self.invoke("--from-git", repository, "other.md", "-o", tmp_path / "g.jsonl")
        assert isinstance(done.exception, errors.InputError)
        assert not (tmp_path / "g.jsonl").exists()

    @pytest.mark.parametrize(
        "arguments",
        [
            ("--stories", 3, "--articles", 4),
            ("--form", "folders"),
            ("made.jsonl",),
            ("-o", "no/such/folder/made.jsonl"),
        ],
    )
    def test_calls_that_do_not_fit(self, arguments, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        done = self.invoke(*arguments)
        assert isinstance(done.exception, errors.UsageError)
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("jobs", [1, 2])
    def test_interrupted_leaves_nothing(self, tmp_path, jobs):
        code = (
            "import sys, typer; from lineage.cli import simulate_command\n"
            "app = typer.Typer(pretty_exceptions_enable=False)\n"
            "app.command()(simulate_command.simulate)\n"
            "if __name__ == '__main__': app()\n"
        )
        script = tmp_path / "run.py"
        script.write_text(code)
        target = tmp_path / "made.jsonl"
        process = subprocess.Popen(
            [sys.executable, script, "--articles", "1000000", "-o", target, "-j", str(jobs)],
            stderr=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            start_new_session=True,
        )
        deadline = time.monotonic() + 60
        partial = tmp_path / ".made.partial.jsonl"
        while not (partial.exists() and partial.stat().st_size > 0):
            assert process.poll() is None, process.stderr.read()
            assert time.monotonic() < deadline
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)
        process.communicate(timeout=30)
        assert process.returncode != 0
        assert not target.exists()
        assert not partial.exists()
