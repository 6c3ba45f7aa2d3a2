import importlib.util
import itertools
import json
import math
import types

import numpy as np
import pandas as pd
import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import lineage
from lineage import errors, tables
from lineage.cli import evaluate_command
from lineage.engine import pipeline
from lineage.learn import evaluate, simulate
from lineage.learn.evaluation import (
    baselines,
    cases,
    edge_scores,
    figures,
    reliability,
    scoring,
    work,
)

from . import invented, known

app = typer.Typer(pretty_exceptions_enable=False)
app.command()(evaluate_command.evaluate)

AGENCIES = (None, "AP", "AFP", "Reuters", "Meridian News Agency")


def result(edges=(), relations=(), articles=(), attributions=(), listed=()):
    """What a tracer returns, from tuples."""
    edge_columns = ["source_id", "target_id", "p_direction", "p_edge"]
    kept = pd.DataFrame(edges, columns=edge_columns[: len(edges[0])] if edges else edge_columns)
    stated = ["a", "b", "outcome", "p_derived", "p_shared_source", "p_independent"]
    article_columns = ["article_id", "origin_agency", "kind", "story_id"]
    known_pairs = stated[: len(relations[0])] if len(relations) else stated
    every = pd.DataFrame(
        listed, columns=["source_id", "target_id", "p_edge", "p_direction", "status"]
    )
    return types.SimpleNamespace(
        edges=kept,
        all_edges=every,
        relations=pd.DataFrame(relations, columns=known_pairs),
        articles=pd.DataFrame(
            articles, columns=article_columns[: len(articles[0])] if articles else article_columns
        ),
        attributions=pd.DataFrame(
            attributions, columns=["target_id", "source_id", "source_start", "source_end"]
        ).assign(target_sentence="target:0", confidence=0.7),
    )


NO_CLAIMS = pd.DataFrame({"set": [], "confidence": [], "right": []})


class Canned:
    """A tracer that returns what was prepared for a case, told by its first text."""

    def __init__(self, prepared):
        self.prepared = prepared

    def __call__(self, frame):
        return self.prepared[frame["text"].iloc[0].split("|")[0]]


def perfect(frame):
    """A tracer that reads the truth out of made-up texts: `child of X, Y`."""
    edges = [
        (source, row.article_id, 0.95)
        for row in frame.itertuples()
        for source in row.text.partition(" of ")[2].split(", ")
        if source
    ]
    return result(edges, listed=[(s, t, 0.9, p, "kept") for s, t, p in edges])


def write(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def texts(name, ids):
    return [{"id": each, "text": f"{name}|{each}"} for each in ids]


def graph_case(rng, name):
    """A random lineage and a random answer to it."""
    ids = [f"d{k:02d}" for k in range(rng.integers(2, 9))]
    order = list(rng.permutation(ids))
    true = [[order[rng.integers(k)], order[k]] for k in range(1, len(order)) if rng.random() < 0.8]
    doubtful = [list(pair) for pair in itertools.combinations(ids, 2) if rng.random() < 0.1]
    if rng.random() < 0.15:
        true = []
    guessed = list(rng.permutation(ids))
    edges = [
        (a, b, float(rng.choice([0.5, 0.6, 0.7, 0.9, 0.95, 1.0, rng.uniform(0.5, 1)])))
        for a, b in itertools.combinations(guessed, 2)
        if rng.random() < 0.35
    ]
    # An absent source's edge belongs to nobody's figures.
    edges.append(("absent:1", ids[0], 1.0))
    row = {"set": "graphs", "case": name, "articles": texts(name, ids), "edges": true}
    row["doubtful"] = [] if true else doubtful
    return row, result(edges)


def news_case(rng, name):
    ids = [f"d{k:02d}" for k in range(rng.integers(3, 9))]
    pairs = [list(pair) for pair in itertools.combinations(rng.permutation(ids), 2)]
    label = rng.choice(["edges", "siblings", "independent", ""], len(pairs), p=[0.2, 0.4, 0.3, 0.1])
    row = {"set": "news", "case": name, "articles": texts(name, ids)}
    for key in ("edges", "siblings", "independent"):
        row[key] = [pair for pair, said in zip(pairs, label, strict=True) if said == key]
    row["origins"] = {
        each: str(rng.choice(["AP", "AFP", "Reuters", "other:CNN", "publisher-own", "unclear"]))
        for each in ids
    }
    row["origins"][ids[0]] = "AP"
    outcomes = list(tables.OUTCOMES)
    relations = [
        (*sorted(pair), str(rng.choice(outcomes)), *probabilities(rng))
        for pair in pairs
        if rng.random() < 0.9
    ]
    edges = [
        (*(pair if rng.random() < 0.5 else pair[::-1]), 0.8) for pair in pairs if rng.random() < 0.3
    ]
    articles = [(each, AGENCIES[rng.integers(len(AGENCIES))]) for each in ids]
    return row, result(edges, relations, articles)


def probabilities(rng):
    """Of the three outcomes, now and then with a sure one, and now and then unknown."""
    if rng.random() < 0.1:
        return pd.NA, pd.NA, pd.NA
    if rng.random() < 0.2:
        return (1.0, 0.0, 0.0) if rng.random() < 0.5 else (0.8, 0.1, 0.1)
    return tuple(float(p) for p in rng.dirichlet((1, 1, 1)))


def collection_case(rng, name):
    """Many texts, few relatives, and an answer with edges, stories and sentences."""
    ids = [f"d{k:02d}" for k in range(rng.integers(4, 12))]
    pairs = [tuple(pair) for pair in itertools.combinations(rng.permutation(ids), 2)]
    kind = rng.choice(["edges", "relatives", "doubtful", "same_event", ""], len(pairs))
    row = {"set": "collection", "case": name, "articles": texts(name, ids)}
    for key in ("edges", "relatives", "doubtful", "same_event"):
        row[key] = [list(pair) for pair, said in zip(pairs, kind, strict=True) if said == key]
    if rng.random() < 0.3:
        row["edges"] = []
    if rng.random() < 0.5:
        del row["same_event"]
    edges = [
        (*(pair if rng.random() < 0.5 else pair[::-1]), 0.8, float(rng.choice([0.6, 0.9, 1.0])))
        for pair in pairs
        if rng.random() < 0.3
    ]
    edges.append(("absent:1", ids[0], 1.0, 1.0))
    articles = [(each, None, "supplied", f"s{rng.integers(4)}") for each in ids]
    articles.append(("absent:1", "AP", "absent", "s1"))
    sentences = [
        (f"{each}:{k}", each, str(rng.choice(["body", "quote", "heading"], p=[0.8, 0.1, 0.1])))
        for each in ids
        for k in range(rng.integers(1, 5))
    ]
    attributions = [
        {
            "target_id": target,
            "target_sentence": sentence,
            "source_id": rng.choice([*ids, "absent:1", None]),
            "kind": rng.choice(["verbatim", "edited", "quote", "new"]),
            "confidence": float(rng.random()) if rng.random() < 0.9 else pd.NA,
        }
        for sentence, target, _ in sentences
        for _ in range(rng.integers(0, 3))
    ]
    answer = result(edges, (), articles)
    answer.attributions = pd.DataFrame(
        attributions,
        columns=["target_id", "target_sentence", "source_id", "kind", "confidence"],
    ).astype({"confidence": "Float64"})
    answer.sentences = pd.DataFrame(sentences, columns=["sentence_id", "article_id", "role"])
    return row, answer


def sources_case(rng, name):
    """A digest of several articles, its sentences marked, and an answer."""
    ids = [f"d{k:02d}" for k in range(rng.integers(3, 6))]
    said = [{"id": each, "text": f"{name}|" + "x" * 120} for each in ids]
    row = {"set": "sources", "case": name, "articles": said}
    row["edges"] = [[each, "d00"] for each in ids[1:]]
    row["attribution"] = [
        {
            "target": "d00",
            "target_start": int(start),
            "target_sentence": "x" * 20,
            "source": str(rng.choice(ids[1:])),
            "source_start": int(rng.integers(0, 80)),
            "source_sentence": "x" * int(rng.integers(5, 40)),
        }
        for start in (0, 20, 20, 40, 60)
    ]
    attributions = [
        {
            "target_id": str(rng.choice(["d00", "d01"], p=[0.8, 0.2])),
            "target_sentence": f"d00:{k}",
            "target_start": (at := int(rng.integers(0, 80))),
            "target_end": at + int(rng.integers(1, 30)),
            "source_id": rng.choice([*ids[1:], None]),
            "source_start": (begin := int(rng.integers(0, 80))),
            "source_end": begin + int(rng.integers(1, 30)),
            "confidence": float(rng.random()) if rng.random() < 0.9 else pd.NA,
        }
        for k in range(rng.integers(2, 15))
    ]
    edges = [(*pair, 0.8, 0.9) for pair in itertools.permutations(ids, 2) if rng.random() < 0.3]
    answer = result(edges)
    answer.attributions = pd.DataFrame(attributions).astype({"confidence": "Float64"})
    return row, answer


def answer_case(rng, name):
    level = str(rng.choice(["cut", "light", "heavy", "non"]))
    row = {"set": "answers", "case": name, "articles": texts(name, ["a", "b"]), "level": level}
    row["edges"] = [] if level == "non" else [["a", "b"]]
    edge = [[], [("a", "b", 0.9)], [("b", "a", 0.7)]][rng.integers(3)]
    return row, result(edge)


def fusion_case(rng, name):
    article = [f"{name}|" + "x" * rng.integers(1, 30) for _ in range(rng.integers(2, 9))]
    n = len("".join(article)) + len(article)
    true = sorted(int(k) for k in rng.choice(len(article), 2, replace=False))
    row = {"id": name, "article": article, "fused": f"{name}|fused", "source_idx": true}
    starts = rng.integers(0, n, rng.integers(0, 4))
    claims = [("target", "source", int(at), int(at + rng.integers(1, 30))) for at in starts]
    claims.append(("source", "target", 0, 3))
    claims.append(("target", None, pd.NA, pd.NA))
    return row, result(attributions=claims)


MAKERS = {
    "graphs": (graph_case, "run_graph"),
    "news": (news_case, "run_news"),
    "answers": (answer_case, "run_answers"),
    "fusion": (fusion_case, "run_fusion"),
    "collection": (collection_case, "run_haystack"),
    "sources": (sources_case, "run_sources"),
}


@pytest.fixture(scope="module")
def bench():
    """The benchmark's own script."""
    place = known.BENCH / "run.py"
    if not place.exists():
        pytest.skip("shared/bench/run.py is not beside the project")
    spec = importlib.util.spec_from_file_location("bench_run", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class TestDefinitions:
    @pytest.mark.parametrize("seed", range(12))
    @pytest.mark.parametrize("kind", MAKERS)
    def test_agree_with_the_benchmark(self, bench, kind, seed, tmp_path):
        make, judge = MAKERS[kind]
        rng = np.random.default_rng(seed)
        made = [make(rng, f"{kind}{k}") for k in range(12)]
        rows = [row for row, _ in made]
        tracer = Canned({f"{kind}{k}": answer for k, (_, answer) in enumerate(made)})
        expected = getattr(bench, judge)(rows, tracer, False)
        read = cases.read([write(tmp_path / f"{kind}.jsonl", rows)])
        found = evaluate.run(read, tracer, n_resamples=10)
        measured = dict(zip(found.figures["figure"], found.figures["value"], strict=True))
        assert {name for name, value in expected.items() if value is not None} <= set(measured)
        for name, value in expected.items():
            if value is not None:
                assert measured[name] == pytest.approx(value, abs=1e-12), name

    def test_a_case_known_whole_has_figures_of_both_kinds(self, bench, tmp_path):
        rng = np.random.default_rng(5)
        made = [news_case(rng, f"news{k}") for k in range(6)]
        for row, _ in made:
            row["edges"] = sorted([min(edge), max(edge)] for edge in row["edges"])
        plain = [dict(row) for row, _ in made]
        whole = [{**row, "complete": True} for row in plain]
        tracer = Canned({f"news{k}": answer for k, (_, answer) in enumerate(made)})
        only_pairs = evaluate.run(cases.read([write(tmp_path / "a.jsonl", plain)]), tracer)
        both = evaluate.run(cases.read([write(tmp_path / "b.jsonl", whole)]), tracer)
        assert "edge_f1" not in set(only_pairs.figures["figure"])
        expected = bench.run_graph(plain, tracer, False)
        assert both.value("news", "edge_f1") == pytest.approx(expected["edge_f1"])
        assert both.value("news", "sibling_edge") == only_pairs.value("news", "sibling_edge")

    def test_a_floor_may_be_met_exactly_and_an_error_is_held_from_above(self, tmp_path):
        row = chain("1", "ab", "bc")
        found = evaluate.run(cases.read([write(tmp_path / "g.jsonl", [row])]), perfect)
        ece = found.value("g", "ece")
        assert found.missed({"g": {"edge_f1": 1.0, "ece": ece}}) == []
        assert found.missed({"g": {"edge_f1": 1.01}}) == ["g.edge_f1 = 1.0000 (asked 1.01)"]
        assert len(found.missed({"g": {"ece": ece - 0.001}})) == 1
        assert "not measured" in found.missed({"nowhere": {"edge_f1": 0.1}})[0]


class TestGraphs:
    def test_closure(self):
        edges = [("a", "b"), ("b", "c"), ("b", "d")]
        assert edge_scores.closure(edges, ["e"]) == {
            ("a", "b"), ("a", "c"), ("a", "d"), ("b", "c"), ("b", "d"),
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("found", "true", "value"),
        [
            (set(), set(), 1.0),
            (set(), {1}, 0.0),
            ({1}, set(), 0.0),
            ({1, 2}, {2, 3}, 0.5),
            ({1}, {1}, 1.0),
        ],
    )
    def test_f1(self, found, true, value):
        assert edge_scores.f1(found, true) == value

    def test_phylogeny_of_a_tree(self):
        # True: a over b and c, c over d. Found: a over b, b over c, c over d.
        true = {("a", "b"), ("a", "c"), ("c", "d")}
        found = {("a", "b"), ("b", "c"), ("c", "d")}
        shares = edge_scores.phylogeny(found, true, "abcd")
        assert shares.roots == 1.0
        assert shares.edges == pytest.approx(2 / 4)
        assert shares.leaves == pytest.approx(1 / 2)
        assert shares.ancestry == pytest.approx(4 / 6)

    def test_phylogeny_of_reversed_edges(self):
        shares = edge_scores.phylogeny({("b", "a")}, {("a", "b")}, "ab")
        assert (shares.roots, shares.edges, shares.leaves, shares.ancestry) == (0, 0, 0, 0)

    @given(st.sets(st.tuples(st.sampled_from("abcde"), st.sampled_from("fghij")), max_size=9))
    def test_a_lineage_agrees_with_itself(self, edges):
        shares = edge_scores.phylogeny(edges, edges, "abcdefghij")
        assert (shares.roots, shares.edges, shares.leaves, shares.ancestry) == (1, 1, 1, 1)


@pytest.mark.slow
class TestIntervals:
    def scored(self, n=30, name="s"):
        rng = np.random.default_rng(1)
        made = []
        for k in range(n):
            row, answer = graph_case(rng, f"g{k}")
            pairs = tuple(tuple(each) for each in row["edges"])
            frame = pd.DataFrame(row["articles"]).rename(columns={"id": "article_id"})
            case = cases.Case(name, f"g{k}", frame, "graph", pairs)
            made.append(scoring.score(case, answer))
        return made

    def test_agree_with_drawing_cases_one_by_one(self):
        scored = self.scored(12)
        seed, n_resamples = 4, 60
        found = figures.summarise(scored, n_resamples=n_resamples, seed=seed)
        rng = np.random.default_rng([seed, figures.zlib.crc32(b"s")])
        drawn = rng.multinomial(12, np.full(12, 1 / 12), size=n_resamples)
        for name in ("edge_f1", "ece", "decided_acc", "direction_acc"):
            values = []
            for times in drawn:
                again = [each for each, n in zip(scored, times, strict=True) for _ in range(n)]
                figure = figures.summarise(again, n_resamples=0).set_index("figure")["value"]
                values.append(figure.get(name, np.nan))
            low, high = np.nanquantile(values, [0.1, 0.9])
            row = found[found["figure"] == name].iloc[0]
            assert (row["low"], row["high"]) == pytest.approx((low, high)), name

    def test_same_seed_same_intervals_and_another_set_changes_nothing(self):
        mine, others = self.scored(), self.scored(name="t")
        alone = figures.summarise(mine)
        beside = figures.summarise([*others, *mine])
        assert alone.equals(figures.summarise(mine))
        assert alone.equals(beside[beside["set"] == "s"].reset_index(drop=True))
        assert not alone["low"].equals(figures.summarise(mine, seed=1)["low"])

    def test_hold_the_value_and_shrink_with_more_cases(self):
        few, many = figures.summarise(self.scored(10)), figures.summarise(self.scored(160))
        width = {}
        for name, found in (("few", few), ("many", many)):
            assert (found["low"] <= found["value"] + 1e-9).all()
            assert (found["value"] <= found["high"] + 1e-9).all()
            row = found[found["figure"] == "edge_f1"].iloc[0]
            width[name] = row["high"] - row["low"]
        assert width["many"] < width["few"] / 2

    def test_one_case_has_none(self):
        found = figures.summarise(self.scored(1))
        assert found["low"].isna().all()
        assert found["high"].isna().all()
        assert (found["n_cases"] == 1).all()

    def test_cases_without_the_figure_do_not_count(self):
        scored = self.scored(40)
        found = figures.summarise(scored).set_index("figure")
        empty = sum("false_edge.n" in each.counts for each in scored)
        assert empty > 0
        assert found.loc["false_edge", "n_cases"] == empty
        assert found.loc["edge_f1", "n_cases"] == 40 - empty


class TestReliability:
    def test_wilson_of_a_textbook(self):
        bounds = reliability.wilson(8, 10)
        assert (bounds.low, bounds.high) == pytest.approx((0.4902, 0.9433), abs=1e-4)

    @pytest.mark.parametrize(("n_right", "n"), [(0, 1), (1, 1), (0, 50), (50, 50)])
    def test_wilson_is_never_a_point_and_never_outside(self, n_right, n):
        bounds = reliability.wilson(n_right, n)
        assert 0 <= bounds.low < bounds.high <= 1

    @given(st.lists(st.tuples(st.floats(0.5, 1), st.booleans()), min_size=1, max_size=60))
    def test_bins_hold_everything_once(self, stated):
        p, right = (pd.Series(each) for each in zip(*stated, strict=True))
        found = reliability.curve(p, right, "p_direction")
        assert found["n"].sum() == len(stated)
        assert (found["n"] * found["right"]).sum() == pytest.approx(right.sum())
        assert (found["n"] * found["stated"]).sum() == pytest.approx(p.sum())
        assert (found["low"] <= found["stated"] + 1e-12).all()
        assert (found["stated"] <= found["high"] + 1e-12).all()

    def test_simulated_sets_are_not_pooled(self):
        bets = pd.DataFrame(
            {"set": ["real", "simulated"], "p_direction": [0.95, 0.95], "right": [False, True]}
        )
        none = pd.DataFrame({"set": [], "p_edge": [], "linked": []})
        found = reliability.table(bets, none, NO_CLAIMS).set_index("set")
        assert found.loc["all", "n"] == 1
        assert found.loc["all", "right"] == 0.0
        assert found.loc["simulated", "right"] == 1.0

    def test_no_predictions_no_rows_and_still_a_picture(self, tmp_path):
        empty = reliability.table(
            pd.DataFrame({"set": [], "p_direction": [], "right": []}),
            pd.DataFrame({"set": [], "p_edge": [], "linked": []}),
            NO_CLAIMS,
        )
        assert len(empty) == 0
        reliability.save(empty, tmp_path / "a.png")
        assert (tmp_path / "a.png").stat().st_size > 1000

    @pytest.mark.parametrize("end", [".svg", ".png", ".pdf"])
    def test_picture_is_the_same_each_time(self, tmp_path, end):
        rng = np.random.default_rng(3)
        p = rng.uniform(0.5, 1, 300)
        bets = pd.DataFrame(
            {"set": rng.choice(["one", "two"], 300), "p_direction": p, "right": rng.random(300) < p}
        )
        edges = pd.DataFrame({"set": "one", "p_edge": p, "linked": rng.random(300) < p})
        claims = bets.rename(columns={"p_direction": "confidence"})
        curves = reliability.table(bets, edges, claims)
        assert set(curves["measure"]) == {"p_direction", "p_edge", "confidence"}
        for name in ("a", "b"):
            reliability.save(curves, tmp_path / f"{name}{end}")
        assert (tmp_path / f"a{end}").read_bytes() == (tmp_path / f"b{end}").read_bytes()


class TestClaims:
    def test_a_named_sentence_is_right_when_it_is_one_of_the_true_ones(self):
        case = cases.Case(
            "made",
            "one",
            pd.DataFrame({"article_id": ["source", "target"], "text": ["A b. C d. E f.", "A d."]}),
            "fusion",
            spans=((0, 4), (5, 9), (10, 14)),
            fused_from=frozenset({0, 1}),
        )
        rows = [("target", "source", 0, 4), ("target", "source", 10, 14)]
        scored = scoring.score(case, result(attributions=rows))
        assert [each.right for each in scored.claims] == [True, False]
        assert [each.confidence for each in scored.claims] == [0.7, 0.7]
        found = figures.summarise([scored], n_resamples=0).set_index("figure")
        # Said to be right in seven of ten, right in one of two.
        assert found.loc["confidence_ece", "value"] == pytest.approx(0.2)

    def test_a_source_with_two_parts_is_one_claim(self):
        frame = invented.bridge()
        places = [frame["text"].iloc[0].index(line) for line in invented.BRIDGE]
        spans = tuple(
            (at, at + len(line)) for at, line in zip(places, invented.BRIDGE, strict=True)
        )
        frame["article_id"] = [cases.SOURCE, cases.TARGET]
        frame["text"] = [frame["text"].iloc[0], invented.INSET[0]]
        true = frozenset({0, 1})
        case = cases.Case("made", "one", frame, "fusion", spans=spans, fused_from=true)
        traced = lineage.trace(frame, encoder="lexical")
        scored = scoring.score(case, traced)
        assert (traced.attributions["target_id"] == cases.TARGET).sum() == 3
        assert [each.right for each in scored.claims] == [True, True]


class TestEdgesTable:
    def test_says_what_is_true_of_every_listed_edge(self, tmp_path):
        row = {"set": "g", "case": "1", "articles": texts("1", "abc"), "edges": [["a", "b"]]}
        answer = result(
            [("b", "a", 0.6)],
            listed=[
                ("b", "a", 0.9, 0.6, "kept"),
                ("a", "c", 0.2, 0.7, "below_threshold"),
                ("absent:1", "c", 0.9, 0.9, "kept"),
            ],
        )
        found = evaluate.run(
            cases.read([write(tmp_path / "g.jsonl", [row])]), Canned({"1": answer})
        )
        assert found.edges[["source_id", "target_id", "linked", "right"]].to_numpy().tolist() == [
            ["b", "a", True, False],
            ["a", "c", False, False],
        ]
        assert found.bets["right"].tolist() == [False]
        assert found.value("g", "edge_ece") == pytest.approx((0.1 + 0.2) / 2)


class TestReading:
    def test_fusion_case_is_one_text_with_spans(self, tmp_path):
        row = {"id": "7", "article": ["One two.", "Three."], "fused": "One three.",
               "source_idx": [0, 1]}  # fmt: skip
        (case,) = cases.read([write(tmp_path / "fusion.jsonl", [row])])
        text = case.articles["text"].iloc[0]
        assert [text[start:end] for start, end in case.spans] == row["article"]
        assert (case.set, case.name, case.kind) == ("fusion", "7", "fusion")

    def test_dates_and_fetch_times_are_withheld(self, tmp_path):
        row = {"set": "g", "case": "1", "edges": [], "articles": [
            {"id": k, "text": k, "published_at": "2020-01-01", "scraped_at": "2021-01-01"}
            for k in "ab"
        ]}  # fmt: skip
        (case,) = cases.read([write(tmp_path / "g.jsonl", [row])])
        assert list(case.frame().columns) == ["article_id", "text"]
        assert list(case.frame(dates=True).columns) == ["article_id", "text", "published_at"]

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("{", "not JSON"),
            ("[]", "a list, not an object"),
            ('{"edges": []}', "no key 'articles'"),
            ('{"articles": []}', "no key 'edges'"),
            ('{"articles": [], "edges": []}', "no articles"),
            ('{"articles": [{"id": "a"}], "edges": []}', "without text"),
            ('{"articles": [{"text": "a"}], "edges": []}', "without id"),
            ('{"articles": [{"id": "a", "text": "x"}], "edges": [["a", "b"]]}', "no article b"),
            ('{"articles": [{"id": "a", "text": "x"}], "edges": ["ab"]}', "no pair"),
            (
                '{"articles": [{"id": "a", "text": "x"}, {"id": "a", "text": "y"}], "edges": []}',
                "stands twice",
            ),
            (
                '{"articles": [{"id": "a", "text": "x"}, {"id": "b", "text": "y"}], '
                '"edges": [["a", "b"], ["b", "a"]]}',
                "in a circle",
            ),
            ('{"article": ["x"], "fused": "x", "source_idx": [1]}', "not there"),
        ],
    )
    def test_what_is_wrong_is_said_with_its_line(self, tmp_path, line, said):
        path = tmp_path / "c.jsonl"
        good = '{"articles": [{"id": "a", "text": "x"}], "edges": []}'
        path.write_text(f"{good}\n\n{line}\n", encoding="utf-8")
        with pytest.raises(errors.InputError, match=said) as caught:
            cases.read([path])
        assert f"{path}, line 3" in str(caught.value)
        assert "\n" not in str(caught.value)

    def test_the_keys_of_a_case_tell_its_kind(self, tmp_path):
        mark = {
            "target": "a", "target_start": 0, "target_sentence": "x",
            "source": "b", "source_start": 0, "source_sentence": "x",
        }  # fmt: skip
        base = {"articles": texts("x", "ab"), "edges": []}
        keys = {
            "collection": {"relatives": [], "doubtful": [["a", "b"]]},
            "sources": {"attribution": [mark]},
            "pairs": {"siblings": [["a", "b"]]},
            "graph": {"doubtful": [["a", "b"]]},
        }
        rows = [base | known_of for known_of in keys.values()]
        read = cases.read([write(tmp_path / "k.jsonl", rows)])
        assert [each.kind for each in read] == list(keys)
        assert read[0].doubtful == (("a", "b"),)

    def test_a_mark_of_a_text_that_is_not_there_is_told(self, tmp_path):
        mark = {
            "target": "a", "target_start": 0, "target_sentence": "x",
            "source": "z", "source_start": 0, "source_sentence": "x",
        }  # fmt: skip
        row = {"articles": texts("x", "ab"), "edges": [], "attribution": [mark]}
        with pytest.raises(errors.InputError, match="no article z"):
            cases.read([write(tmp_path / "k.jsonl", [row])])

    def test_limit_and_choice_of_sets(self, tmp_path):
        for name in ("one", "two"):
            rows = [
                {"set": name, "case": str(k), "articles": texts("x", "ab"), "edges": []}
                for k in range(5)
            ]
            write(tmp_path / f"{name}.jsonl", rows)
        read = cases.read([tmp_path], limit=2)
        assert [(each.set, each.name) for each in read] == [
            ("one", "0"), ("one", "1"), ("two", "0"), ("two", "1"),
        ]  # fmt: skip
        assert {each.set for each in cases.read([tmp_path], sets=["two"])} == {"two"}
        with pytest.raises(errors.UsageError, match="no set three; there are one, two"):
            cases.read([tmp_path], sets=["three"])

    def test_nothing_there(self, tmp_path):
        with pytest.raises(errors.InputError, match="no \\.jsonl files"):
            cases.read([tmp_path])
        with pytest.raises(errors.InputError, match="No such file"):
            cases.read([tmp_path / "missing.jsonl"])

    @pytest.mark.parametrize("folder", known.STORIES, ids=lambda folder: folder.name)
    def test_shipped_stories_are_cases(self, folder):
        (case,) = cases.read([folder])
        truth = known.truth(folder)
        assert (case.set, case.name, case.kind) == ("data", folder.name, "both")
        assert set(case.ids) == set(truth["articles"])
        assert len(case.edges) == len(truth["edges"])
        n = len(case.ids)
        labelled = sum(len(each) for each in (case.siblings, case.independent, case.unrelated))
        assert labelled + len(edge_scores.closure(case.edges, case.ids)) == n * (n - 1) // 2
        assert len(case.attributions) > 5

    def test_checksum_is_that_of_the_content(self, tmp_path):
        rows = [
            {"set": "s", "case": str(k), "articles": texts(str(k), "abc"), "edges": [["a", "b"]]}
            for k in range(3)
        ]
        first = cases.checksum(cases.read([write(tmp_path / "a.jsonl", rows)]))
        turned = [{**row, "articles": row["articles"][::-1]} for row in rows[::-1]]
        assert cases.checksum(cases.read([write(tmp_path / "b.jsonl", turned)])) == first
        rows[0]["edges"] = [["b", "a"]]
        assert cases.checksum(cases.read([write(tmp_path / "c.jsonl", rows)])) != first


def versions(*said, dates=None):
    """A case of texts that follow each other."""
    ids = [f"v{k}" for k in range(len(said))]
    frame = pd.DataFrame({"article_id": ids, "text": said})
    if dates is not None:
        frame["published_at"] = dates
    return cases.Case("s", "c", frame, "graph", tuple(itertools.pairwise(ids)))


STEPS = [f"sentence number {word} of the page stands here" for word in "one two three four".split()]
GROWING = [" ".join(STEPS[: k + 1]) for k in range(4)]


class TestBaselines:
    def test_roots_make_the_direction(self):
        case = versions(*GROWING)
        short = baselines.overlap_tree(case, longest=False)
        long = baselines.overlap_tree(case, longest=True)
        assert set(short) == set(case.edges)
        assert set(long) == {(b, a) for a, b in case.edges}

    def test_containment_takes_the_longest_for_the_source(self):
        case = versions(*GROWING)
        assert ("v3", "v0") in edge_scores.closure(baselines.containment_arborescence(case))
        assert set(baselines.containment_forest(case)) == set(
            baselines.containment_arborescence(case)
        )

    def test_texts_that_share_nothing_are_not_joined(self):
        case = versions("a b c d e f", "g h i j k l", "a b c d e x")
        assert edge_scores.undirected(baselines.overlap_tree(case, longest=True)) == {
            frozenset(("v0", "v2"))
        }
        # No single root reaches all three.
        assert baselines.containment_arborescence(case) == []
        assert edge_scores.undirected(baselines.containment_forest(case)) == {
            frozenset(("v0", "v2"))
        }

    def test_nearest_older_text(self):
        days = [f"2020-01-{day:02d}" for day in (4, 3, 2, 1)]
        case = versions(*GROWING, dates=days)
        assert set(baselines.nearest_older(case)) == {("v3", "v2"), ("v2", "v1"), ("v1", "v0")}

    def test_neither_order_nor_ids_matter(self):
        case = versions(*GROWING, "quite another text about other things", GROWING[1] + " too")
        names = dict(zip(case.ids, "fadbce", strict=True))
        other = cases.Case(
            "s", "c", case.articles.iloc[::-1].replace({"article_id": names}), "graph"
        )
        for each in baselines.BASELINES:
            if "graph" in each.kinds and not each.needs_dates:
                expected = {(names[a], names[b]) for a, b in each.find(case)}
                assert set(each.find(other)) == expected, each.name

    def test_sentences_of_a_fusion(self):
        article = ["the mill burned", "the river rose by night", "the mayor spoke of the river"]
        spans, at = [], 0
        for sentence in article:
            spans.append((at, at + len(sentence)))
            at += len(sentence) + 1
        frame = pd.DataFrame(
            {"article_id": ["source", "target"],
             "text": ["\n".join(article), "the mill burned and the mayor spoke"]}
        )  # fmt: skip
        case = cases.Case(
            "fusion", "1", frame, "fusion", spans=tuple(spans), fused_from=frozenset((0, 2))
        )
        assert set(baselines.rare_words(case)) == {0, 2}
        assert set(baselines.rare_words_cover(case)) == {0, 2}

    def test_need_dates_or_do_not_take_part(self):
        dated = versions(*GROWING, dates=[f"2020-01-0{k}" for k in range(1, 5)])
        assert "nearest older text" in baselines.score(dated, dates=True)
        assert "nearest older text" not in baselines.score(dated, dates=False)
        assert "nearest older text" not in baselines.score(versions(*GROWING), dates=True)


def double(item):
    return 2 * item


def fail_on_seven(item):
    if item == 7:
        raise errors.InputError("seven")
    return item


@pytest.mark.slow
class TestWork:
    @pytest.mark.parametrize("jobs", [1, pytest.param(2, marks=pytest.mark.slow)])
    def test_results_come_in_order(self, jobs):
        assert list(work.in_order(double, range(40), jobs=jobs)) == list(range(0, 80, 2))

    @pytest.mark.parametrize("jobs", [1, 2])
    def test_errors_come_through(self, jobs):
        with pytest.raises(errors.InputError, match="seven"):
            list(work.in_order(fail_on_seven, range(20), jobs=jobs))

    @pytest.mark.slow
    def test_items_are_drawn_only_as_needed(self):
        drawn = []

        def items():
            for k in range(1000):
                drawn.append(k)
                yield k

        made = work.in_order(double, items(), jobs=2)
        assert [next(made) for _ in range(5)] == [0, 2, 4, 6, 8]
        made.close()
        assert len(drawn) < 20

    def test_file_is_whole_or_not_there(self, tmp_path):
        path = tmp_path / "a.txt"
        with work.whole_file(path) as partial:
            partial.write_text("first")

        def broken():
            with work.whole_file(path) as partial:
                partial.write_text("second")
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            broken()
        assert path.read_text() == "first"
        assert list(tmp_path.iterdir()) == [path]


def chain(name, *edges):
    parents = {}
    for source, target in edges:
        parents.setdefault(target, []).append(source)
    ids = sorted({each for edge in edges for each in edge})
    said = [
        {"id": each, "text": f"child {name} of {', '.join(parents[each])}" if each in parents
         else "first of "}
        for each in ids
    ]  # fmt: skip
    return {"case": name, "articles": said, "edges": [list(edge) for edge in edges]}


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "cases"
    place.mkdir()
    rows = [chain("1", "ab", "bc"), chain("2", "xy", "xz", "yw", "zw")]
    write(place / "real.jsonl", [{**row, "set": "real"} for row in rows])
    write(place / "made.jsonl", [{**row, "set": "simulated"} for row in rows])
    return place


class TestRun:
    def test_perfect_tracer_is_perfect(self, folder):
        found = evaluate.run(folder, perfect)
        for name in ("edge_f1", "direction_acc", "undirected_f1", "ancestry_f1", "phylo_roots"):
            assert found.value("real", name) == 1.0
        assert found.value("real", "ece") == pytest.approx(0.05)
        assert found.sets["n_cases"].tolist() == [2, 2]
        assert found.sets["n_articles"].tolist() == [7, 7]

    @pytest.mark.slow
    def test_processes_change_nothing(self, folder):
        one, two = (evaluate.run(folder, perfect, jobs=jobs, baselines=True) for jobs in (1, 2))
        for name in ("figures", "baselines", "bets", "edges", "per_case"):
            assert getattr(one, name).equals(getattr(two, name)), name

    def test_tracer_is_not_shown_the_dates_unless_asked(self, tmp_path):
        seen = []

        def watch(frame):
            seen.append(set(frame.columns))
            return result()

        row = {"set": "g", "case": "1", "edges": [], "articles": [
            {"id": k, "text": k, "title": "T", "outlet": "O", "published_at": "2020-01-01"}
            for k in "ab"
        ]}  # fmt: skip
        path = write(tmp_path / "g.jsonl", [row])
        evaluate.run(path, watch)
        evaluate.run([path], watch, dates=True)
        assert seen[0] == {"article_id", "text", "title", "outlet"}
        assert seen[1] == seen[0] | {"published_at"}

    def test_failing_case_is_named(self, folder):
        def refuse(frame):
            raise errors.EncoderError("no model")

        with pytest.raises(errors.EncoderError, match="simulated, case 1: no model"):
            evaluate.run(folder, refuse)

    def test_markdown_says_that_simulated_is_no_accuracy(self, folder):
        said = evaluate.run(folder, perfect, baselines=True).to_markdown()
        made, real = said.split("### simulated (simulated)")[1].split("### real")
        assert "none may be quoted" in made
        assert "quoted" not in real
        assert "| edge_f1 | 1.000 [1.000, 1.000] |" in real
        assert "overlap tree, shortest root" in real

    @pytest.mark.slow
    def test_markdown_names_the_worst_cases(self, folder):
        def lazy(frame):
            return perfect(frame) if len(frame) == 3 else result()

        said = evaluate.run(folder, lazy).to_markdown()
        assert "Where edge_f1 is worst: 2 (0.00)." in said

    def test_markdown_keeps_names_to_itself_when_asked(self, folder):
        def lazy(frame):
            return perfect(frame) if len(frame) == 3 else result()

        said = evaluate.run(folder, lazy).to_markdown(names=False)
        assert "Where edge_f1 is worst: 0.00." in said

    def test_json_holds_it_all(self, folder):
        found = evaluate.run(folder, perfect, baselines=True)
        report = json.loads(found.to_json())
        assert report["sets"]["real"]["figures"]["edge_f1"]["value"] == 1.0
        assert report["sets"]["simulated"]["simulated"] is True
        assert report["baselines"]["real"]["containment forest"]["edge_f1"]["n_cases"] == 2
        assert {row["measure"] for row in report["reliability"]} == {"p_direction", "p_edge"}
        assert report["about"]["dates"] is False

    def test_simulated_stories_with_the_tracer_itself(self):
        made = simulate.stories(2, seed=1)
        rows = [cases._texts(row, "x", "x", 1) for row in made]
        found = evaluate.run(rows, settings=evaluate.config.TraceConfig(encoder="lexical"))
        assert found.about["encoder"]["mode"] == "lexical"
        assert 0 <= found.value("simulated", "edge_f1") <= 1
        assert 0 <= found.value("simulated", "pair_f1") <= 1

    @pytest.mark.slow
    def test_shipped_story_with_its_attributions(self):
        found = evaluate.run(
            known.ROOT / "data" / "harbour-crane",
            settings=evaluate.config.TraceConfig(encoder="lexical"),
        )
        assert found.value("data", "undirected_f1") > 0.5
        assert found.value("data", "attribution_acc") > 0.3


class TestCommand:
    @pytest.fixture(autouse=True)
    def canned(self, monkeypatch):
        monkeypatch.setattr(pipeline, "trace", lambda frame, settings, encoder: perfect(frame))

    def invoke(self, *arguments):
        given = [str(each) for each in arguments]
        return CliRunner().invoke(app, [*given, "--encoder", "lexical"])

    def test_prints_figures_and_writes_files(self, folder, tmp_path):
        done = self.invoke(
            folder, "--baselines", "--json", tmp_path / "a.json",
            "--markdown", tmp_path / "a.md", "--figure", tmp_path / "a.png",
        )  # fmt: skip
        assert done.exit_code == 0, done.output
        assert "real: 2 cases" in done.output
        assert "simulated (simulated: no accuracy)" in done.output
        assert "edge_f1              1.000  [1.000, 1.000]  of 6 edges  (" in done.output
        assert json.loads((tmp_path / "a.json").read_text())["sets"]["real"]["cases"] == 2
        assert "`lineage evaluate CASES --baselines`" in (tmp_path / "a.md").read_text()
        assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")

    def test_floor_held_and_missed(self, folder, tmp_path):
        floor = tmp_path / "floor.json"
        floor.write_text('{"real": {"edge_f1": 0.99, "ece": 0.06}}')
        assert self.invoke(folder, "--floor", floor, "-q").exit_code == 0
        floor.write_text('{"real": {"edge_f1": 0.99, "ece": 0.04}, "gone": {"edge_f1": 0.1}}')
        done = self.invoke(folder, "--floor", floor, "-q")
        assert done.exit_code == 1
        assert "real.ece = 0.0500 (asked 0.04)" in done.stderr
        assert "gone.edge_f1 was not measured" in done.stderr
        assert "real.edge_f1" not in done.stderr

    @pytest.mark.parametrize("held", ["{", '{"real": {"nonsense": 1}}', '{"real": 3}', "[]"])
    def test_floor_that_is_none(self, folder, tmp_path, held):
        floor = tmp_path / "floor.json"
        floor.write_text(held)
        done = self.invoke(folder, "--floor", floor)
        assert isinstance(done.exception, errors.InputError)

    def test_targets_are_checked_before_the_work(self, folder, tmp_path, monkeypatch):
        monkeypatch.setattr(pipeline, "trace", None)
        for arguments in (
            ("--figure", tmp_path / "a.bmp"),
            ("--json", tmp_path / "no" / "a.json"),
            ("--markdown", tmp_path),
        ):
            done = self.invoke(folder, *arguments)
            assert isinstance(done.exception, errors.UsageError), arguments

    def test_limit_and_set(self, folder):
        done = self.invoke(folder, "--limit", 1, "--set", "real")
        assert "real: 1 cases" in done.output
        assert "simulated" not in done.output
        assert not math.isnan(done.exit_code)
