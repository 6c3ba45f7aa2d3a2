"""What the tracer must get right on the five real texts that the project began with."""

import itertools
import random

import pandas as pd
import pytest

import lineage
from lineage.text import words

from . import floors, known, traces

pytestmark = known.needs(known.SEEDS)


@pytest.fixture(scope="module")
def result():
    return traces.trace(known.seeds())


@pytest.fixture(scope="module")
def gold():
    return known.gold()


def outcome(result, one, other):
    a, b = sorted((one, other))
    rows = result.relations
    return rows[(rows["a"] == a) & (rows["b"] == b)]["outcome"].item()


def body(result, article):
    """Attribution rows of the sentences of the story, in order of the text."""
    told = result.sentences[result.sentences["role"].isin(["body", "quote"])]
    rows = result.attributions
    mine = rows[(rows["target_id"] == article) & rows["target_sentence"].isin(told["sentence_id"])]
    return mine.sort_values("target_start")


def longest_ascent(places):
    """The longest part of a list that ascends."""
    best = []
    for place in places:
        before = max((each for each in best if each[-1] < place), key=len, default=[])
        best.append([*before, place])
    return max(best, key=len)


def supplied(edges):
    return edges[~edges["source_id"].str.startswith("absent:")]


class TestEdges:
    def test_the_page_and_the_post_come_from_the_agency(self, result):
        kept = set(zip(result.edges["source_id"], result.edges["target_id"], strict=True))
        assert {("001", "003"), ("001", "000")} <= kept

    def test_nothing_else_is_kept_but_the_two_versions(self, result):
        found = supplied(result.edges)
        pairs = {
            frozenset(pair) for pair in zip(found["source_id"], found["target_id"], strict=True)
        }
        assert pairs == {
            frozenset(pair) for pair in (("001", "003"), ("001", "000"), ("001", "002"))
        }

    def test_the_versions_are_tied_and_not_turned_round(self, result):
        found = supplied(result.edges).set_index(["source_id", "target_id"])
        if ("002", "001") in found.index:
            assert found.loc[("002", "001"), "p_direction"] < 0.7

    def test_relations_have_their_names(self, result):
        found = supplied(result.edges).set_index(["source_id", "target_id"])["relation"]
        assert found["001", "003"] == "reprint"
        assert found["001", "000"] == "rewrite"

    def test_the_broadcaster_is_the_runner_up_of_the_post(self, result):
        rows = result.all_edges
        row = rows[(rows["source_id"] == "003") & (rows["target_id"] == "000")]
        assert row["status"].tolist() == ["runner_up"]

    def test_readings_of_the_post_stand_on_both_sides(self, result):
        rows = result.readings[result.readings["target_id"] == "000"]
        between = rows.groupby("locus").filter(lambda g: set(g["candidate_id"]) == {"001", "003"})
        agreeing = between[between["agrees"]].groupby("candidate_id").size()
        assert agreeing["001"] > agreeing["003"] >= 1

    def test_the_independent_report_is_independent_of_all(self, result, gold):
        for one, other in gold["independent"]:
            assert outcome(result, one, other) == "independent"
        touched = set(result.edges["source_id"]) | set(result.edges["target_id"])
        assert "004" not in touched


class TestAbsentSources:
    def test_credited_outlets_have_nodes(self, result, gold):
        absent = result.articles[result.articles["kind"] == "absent"]
        names = dict(zip(absent["article_id"], absent["outlet"], strict=True))
        edges = result.edges[result.edges["source_id"].isin(names)]
        found = {
            (target, names[source])
            for source, target in zip(edges["source_id"], edges["target_id"], strict=True)
        }
        assert found == {tuple(pair) for pair in gold["credited_but_absent"]}

    def test_the_agency_is_the_origin_of_the_four(self, result, gold):
        found = result.articles.set_index("article_id")["origin_agency"]
        for article, said in gold["articles"].items():
            agency = None if pd.isna(found[article]) else found[article]
            assert agency == said["origin_agency"]


class TestAttributions:
    def test_sentences_of_the_post_find_their_source(self, result, gold):
        figures = floors.seeds_figures(result, gold)
        floors.check("seeds", "sources", measured_as=figures)

    def test_sentences_of_the_post_have_their_kind(self, result, gold):
        figures = floors.seeds_figures(result, gold)
        floors.check("seeds", "kinds", measured_as=figures)

    def test_the_page_is_the_agencys_report_word_for_word_or_nearly(self, result):
        rows = body(result, "003")
        assert set(rows["kind"]) == {"verbatim", "edited"}
        assert rows["source_sentence"].tolist() == body(result, "001")["target_sentence"].tolist()

    @pytest.mark.parametrize(
        ("theirs", "house"),
        [("programme", "program"), ("Aug. 18", "August 18"), ("misdemeanour", "misdemeanor")],
    )
    def test_the_house_style_of_the_page_is_among_its_readings(self, result, theirs, house):
        rows = result.readings[result.readings["target_id"] == "003"]
        of_agency = rows[rows["candidate_id"] == "001"]
        pairs = zip(of_agency["target_text"], of_agency["candidate_text"], strict=True)
        assert any(house in here and theirs in there for here, there in pairs)

    def test_the_version_without_marks_is_attributed_in_order(self, result):
        rows = body(result, "002")
        agency = body(result, "001")["target_sentence"].tolist()
        places = [agency.index(each) for each in rows["source_sentence"].dropna()]
        # One sentence of the news that this version adds has words of an earlier one.
        in_order = longest_ascent(places)
        assert in_order == list(range(len(agency)))
        assert len(places) - len(in_order) <= 1

    def test_each_part_of_the_version_without_marks_has_the_words_of_its_source(self, result):
        text = result.articles.set_index("article_id")["text"]
        rows = body(result, "002")
        shares = []
        for row in rows[rows["source_id"].notna()].itertuples():
            mine = words.split_words(text["002"][row.target_start : row.target_end]).words
            source = words.split_words(text["001"][row.source_start : row.source_end]).words
            shares.append(sum(word in source for word in mine) / len(mine))
        assert sorted(shares)[1] >= 0.7, shares

    def test_the_replies_that_only_the_version_without_marks_has_are_new(self, result):
        for prefix in ("we do not enforce federal", "there was no formal selection"):
            assert known.attributed(result, "002", prefix)["kind"].tolist() == ["new"]

    def test_new_sentences_are_new(self, result, gold):
        for prefix, _, kind in gold["attributions_of_000"]:
            if kind == "new":
                assert known.attributed(result, "000", prefix)["kind"].tolist() == ["new"]

    @pytest.mark.parametrize("article", ["003", "004"])
    def test_what_is_no_body_is_nobodys(self, result, gold, article):
        for prefix in gold[f"not_body_of_{article}"]:
            rows = known.attributed(result, article, prefix)
            assert rows is not None, prefix
            assert rows["source_id"].isna().all(), prefix
            assert set(rows["kind"]) <= {"boilerplate"}, prefix

    def test_the_city_that_changed_its_state_is_noticed(self, result, gold):
        for each in gold["changed_facts_of_000"]:
            rows = known.attributed(result, "000", each["sentence"])
            assert rows["changed_facts"].str.contains("Buffalo").any()


def tables_by_hash(result):
    """All tables with ids replaced by hashes, sorted: what may not depend on order or names."""
    by_id = {
        row.article_id: row.text_sha256 if row.kind == "supplied" else row.article_id
        for row in result.articles.itertuples()
    }
    sentence = {
        row.sentence_id: f"{by_id[row.article_id]}:{row.position}"
        for row in result.sentences.itertuples()
    }
    found = {}
    for name, frame in result.frames.items():
        frame = frame.copy()
        if name == "relations":
            turned = frame["a"].map(by_id) > frame["b"].map(by_id)
            frame.loc[turned, ["a", "b"]] = frame.loc[turned, ["b", "a"]].to_numpy()
            both = ["containment_a", "containment_b"]
            frame.loc[turned, both] = frame.loc[turned, both[::-1]].to_numpy()
        for column in frame.columns:
            if column in ("a", "b", "article_id", "duplicate_of") or column.endswith(
                ("source_id", "target_id", "candidate_id", "origin_id")
            ):
                frame[column] = frame[column].map(lambda x: by_id.get(x, x), na_action="ignore")
            if column == "sentence_id" or column.endswith("_sentence"):
                frame[column] = frame[column].map(lambda x: sentence.get(x, x), na_action="ignore")
            if column == "detail":
                for article, digest in by_id.items():
                    frame[column] = frame[column].str.replace(f" {article} ", f" {digest} ")
        frame = frame.astype("string").fillna("")
        found[name] = sorted(map(tuple, frame.itertuples(index=False)))
    return found


@pytest.mark.slow
class TestOrder:
    def test_neither_order_nor_ids_matter(self, result):
        frame = known.seeds()
        expected = tables_by_hash(result)
        orders = list(itertools.permutations(range(5)))
        for order in random.Random(11).sample(orders, 6):
            shuffled = frame.iloc[list(order)].reset_index(drop=True)
            shuffled["article_id"] = [f"text {chr(100 - k)}" for k in range(5)]
            got = tables_by_hash(lineage.trace(shuffled))
            for name in expected:
                assert got[name] == expected[name], name


class TestOffsets:
    def test_slices_show_the_words_claimed(self, result):
        text = result.articles.set_index("article_id")["text"]
        for row in result.sentences.itertuples():
            assert text[row.article_id][row.start : row.end] == row.text

    def test_attribution_spans_cover_the_words_and_do_not_overlap(self, result):
        sentences = result.sentences.set_index("sentence_id")
        for name, rows in result.attributions.groupby("target_sentence"):
            spans = sorted(zip(rows["target_start"], rows["target_end"], strict=True))
            sentence = sentences.loc[name]
            assert spans[0][0] == sentence["start"]
            assert spans[-1][1] == sentence["end"]
            for (_, end), (start, _) in itertools.pairwise(spans):
                assert end <= start
        assert set(result.attributions["target_sentence"]) == set(result.sentences["sentence_id"])

    def test_score_is_the_sum_of_the_evidence(self, result):
        sums = result.evidence.groupby(["source_id", "target_id"])["weight_bits"].sum()
        for row in result.all_edges.itertuples():
            assert row.score_bits == pytest.approx(sums[row.source_id, row.target_id])
