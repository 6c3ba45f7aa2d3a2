"""Kinds of text on which a tracer went wrong: in words of this project, and as they were met."""

import pandas as pd
import pytest

import lineage

from . import invented, kinds_of_fault, known, traces

# From here on a direction counts as decided.
DECIDED = 0.9

not_yet = pytest.mark.xfail(strict=False, reason="the posterior does not hold it in every case yet")


@pytest.fixture
def trace():
    return traces.trace


def met(name):
    """An input on which the tracer went wrong, where it is beside the project."""
    place = known.FIELD / name
    if not place.exists():
        pytest.skip("shared/field is not beside the project")
    return lineage.read(place).articles


def kept(result):
    edges = result.edges
    return dict(
        zip(
            zip(edges["source_id"], edges["target_id"], strict=True),
            edges["p_direction"].astype(float),
            strict=True,
        )
    )


def relation(result, a, b):
    rows = result.relations
    one = rows[((rows["a"] == a) & (rows["b"] == b)) | ((rows["a"] == b) & (rows["b"] == a))]
    return one.iloc[0]


def absent(result):
    """Names of absent sources with the texts that each is drawn above."""
    articles = result.articles[result.articles["kind"] == "absent"].set_index("article_id")
    edges = result.edges[result.edges["source_id"].isin(articles.index)]
    return {source: set(rows["target_id"]) for source, rows in edges.groupby("source_id")}


def sources_of(result, article_id, prefix):
    rows = known.attributed(result, article_id, prefix)
    return set(rows["source_id"].dropna())


class TestMosaic:
    @not_yet
    def test_a_long_sentence_that_stands_elsewhere_names_it_whatever_became_of_the_edge(
        self, trace
    ):
        texts = {
            "wire": kinds_of_fault.WIRE_OF_MOSAIC,
            "page": kinds_of_fault.MOSAIC,
            "other": kinds_of_fault.OTHER_OF_MOSAIC,
        }
        result = trace(kinds_of_fault.frame(texts))
        assert sources_of(result, "page", kinds_of_fault.BORROWED[:60]) == {"wire"}

    @pytest.mark.slow
    @not_yet
    def test_as_it_was_met(self, trace):
        result = trace(met("a02-mosaic"))
        begins = "The history of the northern tribes was turned upside down"
        assert sources_of(result, "spun", begins) == {"wire"}


class TestSiblings:
    def check(self, result):
        row = relation(result, "evening", "morning")
        assert row["outcome"] == "shared_source"
        assert {"evening", "morning"} in absent(result).values()

    @not_yet
    def test_two_customers_of_an_unnamed_agency_share_an_absent_source(self, trace):
        self.check(trace(kinds_of_fault.frame(kinds_of_fault.SIBLINGS)))

    @pytest.mark.slow
    @not_yet
    def test_as_it_was_met(self, trace):
        self.check(trace(met("a03-siblings")))


class TestUpdate:
    @not_yet
    def test_an_update_is_not_the_decided_source_of_a_page_that_credits_its_house(self, trace):
        assert kept(trace(kinds_of_fault.UPDATE)).get(("network", "station"), 0.0) < DECIDED

    @pytest.mark.slow
    def test_as_it_was_met(self, trace):
        assert kept(trace(met("a04-update"))).get(("network", "station"), 0.0) < DECIDED


class TestCutCopy:
    def test_the_whole_text_stays_the_parent_beside_a_copy_of_it_that_was_cut(self, trace):
        whole = invented.text(*invented.REPORT)
        post = invented.text(
            "A barge leaked diesel into Ostrell harbour, and this is what we know.",
            *(line.replace("the", "this", 1) for line in invented.REPORT[2:]),
        )
        texts = {"whole": whole, "cut": whole[: len(whole) * 2 // 3], "post": post}
        found = kept(trace(kinds_of_fault.frame(texts)))
        assert ("whole", "post") in found
        assert ("cut", "post") not in found

    @pytest.mark.slow
    @not_yet
    @known.needs(known.SEEDS)
    def test_as_it_was_met(self, trace):
        frame = known.seeds()
        frame = frame[frame["article_id"] != "002"]
        whole = frame.loc[frame["article_id"] == "001", "text"].item()
        cut = pd.DataFrame({"article_id": ["cut"], "text": [whole[:2000]]})
        found = kept(trace(pd.concat([frame, cut], ignore_index=True)))
        assert ("001", "000") in found
        assert ("cut", "000") not in found


class TestAlert:
    def check(self, result):
        above = {source: p for (source, target), p in kept(result).items() if target == "alert"}
        supplied = set(result.articles.loc[result.articles["kind"] == "supplied", "article_id"])
        assert [source for source in above if source in supplied and above[source] >= DECIDED] == []

    def test_the_first_two_sentences_of_all_are_nobodys_decided_child(self, trace):
        self.check(trace(kinds_of_fault.frame(kinds_of_fault.ALERT)))

    @pytest.mark.slow
    def test_as_it_was_met(self, trace):
        self.check(trace(met("a11-alert")))


class TestManyCopies:
    def check(self, result):
        edges = result.edges
        ids = set(result.articles.loc[result.articles["kind"] == "supplied", "article_id"])
        roots = (ids | set(edges["source_id"])) - set(edges["target_id"])
        assert len(roots) == 1
        body = result.sentences.loc[result.sentences["role"] == "body", "text"]
        told = result.attributions.merge(
            result.sentences[["sentence_id", "text"]],
            left_on="target_sentence",
            right_on="sentence_id",
        )
        new = told.loc[told["kind"] == "new", ["text", "target_id"]]
        # What stands in one text only may be new, and what the first of them said first.
        n_texts = body.value_counts()
        reprinted = new[new["text"].map(n_texts).fillna(0) > 1]
        assert len(set(reprinted["target_id"])) <= 1

    @pytest.mark.parametrize("n", [6, pytest.param(25, marks=pytest.mark.slow)])
    def test_texts_that_differ_by_a_word_each_go_back_to_one(self, trace, n):
        texts = kinds_of_fault.near_copies(invented.REPORT[:6], n)
        self.check(trace(kinds_of_fault.frame(texts)))

    @pytest.mark.slow
    @pytest.mark.parametrize(
        "name", [pytest.param("press6.csv", marks=not_yet), "press15", "near25"]
    )
    def test_as_they_were_met(self, trace, name):
        self.check(trace(met(f"b01-many-reprints-no-outlet/{name}")))


class TestForm:
    def check(self, result, a, b):
        assert relation(result, a, b)["outcome"] in ("unrelated", "independent")
        assert {(a, b), (b, a)}.isdisjoint(kept(result))

    @pytest.mark.parametrize("outlets", [{}, {"eldham": "Post", "karsk": "Post"}])
    def test_one_form_filled_in_for_two_events_joins_nothing(self, trace, outlets):
        frame = kinds_of_fault.frame(kinds_of_fault.FORMS, outlet=outlets)
        self.check(trace(frame), "eldham", "karsk")

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("name", "a", "b"),
        [
            ("template", "halden", "tarvik"),
            ("quakes-one-paper", "halden", "tarvik"),
            ("quakes-no-dates", "halden", "tarvik"),
            ("match", "a", "b"),
            ("earnings", "brask", "nordby"),
        ],
    )
    def test_as_they_were_met(self, trace, name, a, b):
        self.check(trace(met(f"b26-template-two-quakes/{name}.csv")), a, b)


class TestQuotedColumn:
    @not_yet
    def test_what_one_tells_in_its_own_voice_another_quotes_from_it(self, trace):
        texts = {"column": kinds_of_fault.COLUMN, "report": kinds_of_fault.QUOTING}
        outlets = {"column": "Orchard Gazette", "report": "Norrick Courier"}
        days = {"column": "2024-02-01", "report": "2024-02-05"}
        result = trace(kinds_of_fault.frame(texts, outlet=outlets, published_at=days))
        assert relation(result, "column", "report")["outcome"] == "derived"
        assert ("column", "report") in kept(result)

    @pytest.mark.slow
    def test_as_it_was_met(self, trace):
        result = trace(met("c1-quoted-column"))
        assert relation(result, "column", "report")["outcome"] == "derived"
        assert ("column", "report") in kept(result)


class TestRelease:
    def check(self, result, ids):
        pairs = result.relations
        assert set(pairs["outcome"]) == {"shared_source"}
        assert set(ids) in absent(result).values()

    @not_yet
    def test_reports_of_a_release_that_is_not_there_are_siblings(self, trace):
        texts = kinds_of_fault.RELEASED
        self.check(trace(kinds_of_fault.frame(texts)), texts)

    @pytest.mark.slow
    @not_yet
    def test_as_it_was_met(self, trace):
        frame = met("c2-release-removed")
        self.check(trace(frame), frame["article_id"])


class TestCredited:
    def test_handing_in_the_credited_column_makes_a_link_to_it(self, trace):
        result = trace(met("c3-credit-present-vs-absent/with"))
        assert ("column", "paper") in kept(result)

    def test_without_the_column_its_outlet_is_an_absent_source(self, trace):
        result = trace(met("c3-credit-present-vs-absent/without"))
        assert any("paper" in below for below in absent(result).values())

    def test_a_credited_outlet_whose_text_is_not_there_is_an_absent_source(self, trace):
        texts = {"paper": kinds_of_fault.CREDITING, "other": kinds_of_fault.ELSEWHERE}
        outlets = {"paper": "Norrick Mirror", "other": "Cider Finance"}
        result = trace(kinds_of_fault.frame(texts, outlet=outlets))
        assert any("paper" in below for below in absent(result).values())


class TestRoundup:
    @pytest.mark.parametrize("grown", [False, True])
    def test_a_roundup_keeps_both_its_sources(self, trace, grown):
        found = kept(trace(kinds_of_fault.roundup(grown=grown)))
        assert {("agency", "roundup"), ("paper", "roundup")} <= set(found)

    @pytest.mark.slow
    @pytest.mark.parametrize("name", ["c4-roundup", "c4b-roundup-long-source"])
    def test_as_they_were_met(self, trace, name):
        found = kept(trace(met(name)))
        assert {("wire_a", "roundup"), ("wire_b", "roundup")} <= set(found)
