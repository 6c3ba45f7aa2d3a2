"""The shipped stories: every true edge is found, and no false one."""

import dataclasses

import pytest

from lineage import facts
from lineage.learn.evaluation import cases, scoring, sentence_scores

from . import known, traces


@pytest.fixture(scope="module", params=known.each_story())
def story(request):
    return request.param, known.truth(known.ROOT / "data" / request.param)


@pytest.fixture(scope="module")
def case(story):
    _, truth = story
    (only,) = [
        each for each in cases.read([known.ROOT / "data"]) if each.ids == list(truth["articles"])
    ]
    return only


@pytest.fixture(scope="module")
def dated(story):
    name, truth = story
    return truth, traces.story(name)


@pytest.fixture(scope="module")
def undated(story):
    name, truth = story
    articles = traces.read_story(name).articles
    return truth, traces.trace(articles.drop(columns=["published_at", "published_precision"]))


def supplied(result):
    ids = set(result.articles.loc[result.articles["kind"] == "supplied", "article_id"])
    edges = result.edges
    return edges[edges["source_id"].isin(ids)]


def directed(edges):
    return set(zip(edges["source_id"], edges["target_id"], strict=True))


def told(result, fact):
    """Changes that the sentence of a fact is said to have."""
    rows = known.attributed(result, fact.target_id, fact.sentence)
    return [change for cell in rows["changed_facts"].dropna() for change in facts.parse(cell)]


def outcomes(result):
    return {frozenset((row.a, row.b)): row.outcome for row in result.relations.itertuples()}


class TestWithDates:
    def test_every_true_edge_and_no_false_one(self, dated):
        truth, result = dated
        expected = {(each["source"], each["target"]) for each in truth["edges"]}
        assert directed(supplied(result)) == expected

    def test_relations_of_pairs(self, dated):
        truth, result = dated
        found = outcomes(result)
        wrong = [
            (each["a"], each["b"], each["outcome"], found[frozenset((each["a"], each["b"]))])
            for each in truth["relations"]
            if found[frozenset((each["a"], each["b"]))] != each["outcome"]
        ]
        assert wrong == []

    def test_absent_sources_have_nodes(self, dated):
        truth, result = dated
        names = set(result.articles.loc[result.articles["kind"] == "absent", "outlet"])
        assert {each["name"] for each in truth["absent_sources"]} <= names

    def test_origin_agencies(self, dated):
        truth, result = dated
        found = result.articles.set_index("article_id")["origin_agency"]
        wrong = {
            article: found[article]
            for article, said in truth["articles"].items()
            if found[article:article].fillna("").item() != (said["origin_agency"] or "")
        }
        assert wrong == {}

    def test_lines_that_are_not_body_are_nobodys(self, dated):
        truth, result = dated
        claimed = [
            (article, prefix)
            for article, prefixes in truth["not_body"].items()
            for prefix in prefixes
            if known.attributed(result, article, prefix)["source_id"].notna().any()
        ]
        assert claimed == []

    def test_changed_facts_and_quotes_are_told_as_the_truth_has_them(self, case, dated):
        _, result = dated
        wrong = [
            (fact, told(result, fact))
            for fact in case.facts
            if not any(sentence_scores.is_told(fact, change) for change in told(result, fact))
        ]
        assert wrong == []

    def test_no_contradiction_denial_or_doubt_is_told_that_is_not_there(self, case, dated):
        _, result = dated
        known_facts = {}
        for fact in case.facts:
            key = known.find_sentence(result, fact.target_id, fact.sentence)["sentence_id"]
            known_facts.setdefault(key, []).append(fact)
        wrong = []
        for each in case.attributions:
            rows = known.attributed(result, each.target_id, each.sentence)
            # Where the source is wrong so are its facts; sources have a test of their own.
            if not each.sources:
                continue
            for change in told(result, each):
                is_grave = change.grade == "contradicts" or change.kind in ("negation", "hedge")
                listed = known_facts.get(rows["target_sentence"].iloc[0], ())
                if is_grave and not any(sentence_scores.is_told(fact, change) for fact in listed):
                    wrong.append((each.target_id, each.sentence, change))
        assert wrong == []

    def test_quotes_that_were_kept_are_told_as_kept(self, dated):
        truth, result = dated
        wrong = []
        for each in truth["quotes"]:
            rows = known.attributed(result, each["target"], each["sentence"])
            cells = rows["changed_facts"].dropna()
            # Of two quotes in a sentence one can be kept and the other changed.
            changed = any(
                change.kind == "quote" and known.plain(each["words"] or "") in (change.was or "")
                for cell in cells
                for change in facts.parse(cell)
            )
            if each["change"] == "kept" and (changed or rows["source_id"].isna().any()):
                wrong.append((each["target"], each["sentence"], cells.tolist()))
            if each["change"] == "invented" and rows["source_id"].notna().any():
                wrong.append((each["target"], each["sentence"], "has a source"))
        assert wrong == []

    def test_nine_sentences_of_ten_have_their_kind(self, dated):
        truth, result = dated
        wrong = []
        for each in truth["attributions"]:
            kinds = set(known.attributed(result, each["target"], each["sentence"])["kind"])
            if kinds != {each["kind"]}:
                wrong.append((each["target"], each["sentence"][:60], each["kind"], kinds))
        assert len(wrong) <= 0.1 * len(truth["attributions"]), wrong

    def test_the_words_of_a_fusion_stand_under_their_source(self, case, dated):
        _, result = dated
        # Whether a fusion is found is another question, and has its own test.
        found = [
            each
            for each in case.attributions
            if known.attributed(result, each.target_id, each.sentence)["source_sentence"].nunique()
            == len(each.sources)
        ]
        counts = scoring.score(dataclasses.replace(case, attributions=tuple(found)), result).counts
        assert counts.get("span_acc.sum", 0.0) == counts.get("span_acc.n", 0.0)

    def test_nine_attributions_of_ten_name_the_source_sentence(self, dated):
        truth, result = dated
        kept = {(each["source"], each["target"]) for each in truth["edges"]}
        targets = {target for _, target in kept}
        right, wrong = 0, []
        for each in truth["attributions"]:
            if each["target"] not in targets or each["kind"] in ("heading", "boilerplate"):
                continue
            rows = known.attributed(result, each["target"], each["sentence"])
            got = set(rows["source_sentence"].dropna())
            want = {
                known.find_sentence(result, source, prefix)["sentence_id"]
                for source, prefix in each["sources"]
            }
            if got == want:
                right += 1
            else:
                wrong.append((each["target"], each["sentence"][:60], each["kind"], got, want))
        assert right >= 0.9 * (right + len(wrong)), wrong


class TestWithoutDates:
    def test_edges_are_found_and_turned_right_where_that_can_be_told(self, undated):
        truth, result = undated
        found = directed(supplied(result))
        expected = {(each["source"], each["target"]) for each in truth["edges"]}
        assert {frozenset(pair) for pair in found} == {frozenset(pair) for pair in expected}
        told = {
            (each["source"], each["target"])
            for each in truth["edges"]
            if each["direction_without_dates"]
        }
        assert told <= found

    def test_no_direction_is_called_decided_and_wrong(self, undated):
        truth, result = undated
        expected = {(each["source"], each["target"]) for each in truth["edges"]}
        edges = supplied(result)
        sure = edges[edges["p_direction"] >= 0.9]
        assert directed(sure) <= expected
