"""The shipped stories: every true edge is found, and no false one."""

import pytest

import lineage
from lineage import facts

from . import known


@pytest.fixture(scope="module", params=[folder.name for folder in known.STORIES])
def story(request):
    folder = known.ROOT / "data" / request.param
    articles = lineage.read(folder / "articles").articles
    return known.truth(folder), articles


@pytest.fixture(scope="module")
def dated(story):
    truth, articles = story
    return truth, lineage.trace(articles)


@pytest.fixture(scope="module")
def undated(story):
    truth, articles = story
    return truth, lineage.trace(articles.drop(columns=["published_at", "published_precision"]))


def supplied(result):
    ids = set(result.articles.loc[result.articles["kind"] == "supplied", "article_id"])
    edges = result.edges
    return edges[edges["source_id"].isin(ids)]


def directed(edges):
    return set(zip(edges["source_id"], edges["target_id"], strict=True))


def outcomes(result):
    return {frozenset((row.a, row.b)): row.outcome for row in result.relations.itertuples()}


def _is_told(expected, change):
    """Whether a change is the expected one, and its words stand in those of the truth."""
    if (change.kind, change.grade) != (expected["kind"], expected["grade"]):
        return False
    pairs = ((change.was, expected["was"]), (change.became, expected["became"]))
    return all(told is None or _overlap(told, said) for told, said in pairs)


def _overlap(told, said):
    told, said = told.casefold(), said.casefold()
    return told in said or said in told


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

    def test_changed_facts_are_told_as_the_truth_has_them(self, dated):
        truth, result = dated
        wrong = []
        for each in truth["changed_facts"]:
            if "grade" not in each:
                continue
            rows = known.attributed(result, each["target"], each["sentence"])
            told = rows["changed_facts"].dropna().map(facts.parse).explode().dropna()
            if not any(_is_told(each, change) for change in told):
                wrong.append((each["target"], each["became"], list(told)))
        assert wrong == []

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
