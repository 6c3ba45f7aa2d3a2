import types

import pandas as pd
import pytest

from lineage.learn.evaluation import baselines, cases, counts, figures, scoring, simple_matches

from . import invented


def collection(ids="abcd", **known):
    frame = pd.DataFrame({"article_id": list(ids), "text": [f"text {each}" for each in ids]})
    return cases.Case("hay", "one", frame, "collection", **known)


def answer(*edges, stories=None, sources=()):
    """A trace of four texts with a sentence of body each; edges are source, target, p_edge."""
    ids = list("abcd")
    return types.SimpleNamespace(
        edges=pd.DataFrame(edges, columns=["source_id", "target_id", "p_edge"]).assign(
            p_direction=0.8
        ),
        articles=pd.DataFrame(
            {"article_id": ids, "kind": "supplied", "story_id": list(stories or "1234")}
        ),
        sentences=pd.DataFrame(
            {"sentence_id": [f"{each}:0" for each in ids], "article_id": ids, "role": "body"}
        ),
        attributions=pd.DataFrame(
            sources, columns=["source_id", "target_id", "kind", "confidence"]
        ).assign(target_sentence=[f"{target}:0" for _, target, *_ in sources]),
    )


def figure(case, said, name):
    found = figures.summarise([scoring.score(case, said)], n_resamples=50).set_index("figure")
    return found.loc[name]


class TestScore:
    def test_an_edge_between_strangers_is_false_and_a_sure_one_surely_so(self):
        said = answer(("a", "b", 0.95), ("a", "c", 0.6), ("b", "d", 0.9))
        case = collection(edges=(("a", "b"),))
        assert figure(case, said, "false_per_100")["value"] == 50.0
        assert figure(case, said, "sure_false")["value"] == 25.0
        assert figure(case, said, "link_p")["value"] == pytest.approx(1 / 3)
        assert figure(case, said, "link_r")["value"] == 1.0

    def test_doubtful_pairs_count_for_nothing(self):
        case = collection(doubtful=(("a", "b"),))
        assert figure(case, answer(("b", "a", 0.9)), "false_per_100")["value"] == 0.0

    def test_relatives_may_be_joined_and_need_not(self):
        case = collection(edges=(("a", "b"),), relatives=(("c", "b"),))
        joined = answer(("a", "b", 0.9), ("b", "c", 0.9))
        assert figure(case, joined, "link_p")["value"] == 1.0
        assert figure(case, answer(("a", "b", 0.9)), "link_r")["value"] == 1.0

    def test_a_story_may_be_as_wide_as_an_event(self):
        case = collection(edges=(("a", "b"),), same_event=(("a", "c"), ("b", "c")))
        assert figure(case, answer(stories="1112"), "story_p")["value"] == 1.0
        assert figure(case, answer(stories="1111"), "story_p")["value"] == pytest.approx(1 / 4)

    def test_a_sentence_from_a_stranger_is_a_false_source_unless_quoted_or_unsure(self):
        sources = [
            ("a", "b", "verbatim", 0.9),
            ("a", "c", "quote", 0.9),
            ("a", "d", "edited", 0.1),
        ]
        row = figure(collection(), answer(sources=sources), "false_sources")
        assert row["value"] == 25.0
        assert (row["n"], row["unit"]) == (4, "sentences")

    def test_a_figure_tells_how_much_it_stands_on(self):
        case = collection(edges=(("a", "b"), ("a", "c")))
        said = answer(("a", "b", 0.9))
        assert (figure(case, said, "link_r")["n"], figure(case, said, "link_p")["n"]) == (2, 1)
        assert figure(case, said, "false_per_100")["n"] == 4

    def test_a_set_of_one_case_has_an_interval_over_its_texts(self):
        case = collection(edges=(("a", "b"), ("a", "c"), ("a", "d")))
        row = figure(case, answer(("a", "b", 0.9), ("a", "c", 0.9)), "link_r")
        assert row["low"] < row["value"] < row["high"]

    def test_sums_of_the_texts_are_those_of_the_case(self):
        case = collection(edges=(("a", "b"),), relatives=(("c", "d"),))
        scored = scoring.score(case, answer(("a", "b", 0.9), ("c", "a", 0.9), stories="1122"))
        assert counts.total(scored.parts).items() <= scored.counts.items()
        assert len(scored.parts) == 4


class TestSharedRuns:
    def test_the_shorter_of_two_alike_hangs_on_the_longer_and_strangers_stay_apart(self):
        texts = [
            invented.text(*invented.REPORT),
            invented.text(*invented.REPORT[:3]),
            invented.text(*invented.STRANGER),
        ]
        frame = pd.DataFrame({"article_id": list("abc"), "text": texts})
        case = cases.Case("hay", "one", frame, "collection", edges=(("a", "b"),))
        assert simple_matches.shared_runs(case) == [("a", "b")]
        scored = baselines.score(case, dates=False)["shared runs of five words"]
        assert "links.sure_texts" not in scored.counts


class TestSentenceVotes:
    def test_two_sentences_join_and_one_does_not(self):
        texts = [
            invented.text(*invented.REPORT),
            invented.text(*invented.REPORT[2:5], *invented.ADDED[:1]),
            invented.text(*invented.STRANGER, invented.REPORT[0]),
        ]
        frame = pd.DataFrame({"article_id": list("abc"), "text": texts})
        case = cases.Case("hay", "one", frame, "collection")
        assert {frozenset(pair) for pair in simple_matches.sentence_votes(case)} == {
            frozenset("ab")
        }
