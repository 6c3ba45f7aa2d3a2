import json
from pathlib import Path

import pandas as pd
import pytest

import lineage
from lineage import pipeline, solve

from . import council_vote

VERSIONS = council_vote.VERSIONS
DATA = Path(__file__).resolve().parent.parent / "data"
STORIES = sorted(path.parent.name for path in DATA.glob("*/truth.json"))
STRANGERS = {"report": council_vote.OTHER_REPORT, "matter": council_vote.OTHER_MATTER}


def traced(texts):
    """The one story of some texts without publishers."""
    table = pd.DataFrame({"article_id": list(texts), "text": list(texts.values())})
    found = pipeline.infer_stories(table, encoder="lexical")
    (story,) = found.stories
    assert {each.article_id for each in story.documents} == set(texts)
    return story


def kept(story):
    return {(row["source_id"], row["target_id"]) for row in story.edges if row["status"] == "kept"}


@pytest.fixture(scope="module")
def mixed():
    """Versions of one text, and two strangers in the same story."""
    return traced(VERSIONS | STRANGERS)


class TestAsVersions:
    def test_versions_are_joined_and_strangers_are_not(self, mixed):
        assert mixed.as_versions
        assert kept(mixed) == {("first", "second"), ("second", "third"), ("third", "fourth")}

    def test_strangers_change_nothing_for_the_versions(self, mixed):
        alone = traced(VERSIONS)
        assert kept(alone) == kept(mixed)
        shown = [
            {
                (row["source_id"], row["target_id"]): (row["p_edge"], row["p_direction"])
                for row in story.edges
                if row["status"] == "kept"
            }
            for story in (alone, mixed)
        ]
        assert shown[0] == shown[1]

    def test_a_stranger_has_no_parent_for_certain(self, mixed):
        at = [k for k, each in enumerate(mixed.documents) if each.article_id in STRANGERS]
        assert mixed.marginals.root[at].tolist() == [1.0, 1.0]
        assert mixed.marginals.edge[at].sum() == mixed.marginals.edge[:, at].sum() == 0.0

    def test_two_versions_apart_from_many_are_joined_by_causes(self):
        later = council_vote.OTHER_REPORT.replace("twenty hands in all, ", "")
        story = traced(VERSIONS | {"report": council_vote.OTHER_REPORT, "later": later})
        assert story.as_versions
        assert {frozenset(edge) for edge in kept(story)} == {
            frozenset(edge)
            for edge in (
                ("first", "second"),
                ("second", "third"),
                ("third", "fourth"),
                ("report", "later"),
            )
        }


class TestByCauses:
    def test_reports_without_publishers_are_left_to_causes(self):
        story = traced({"first": VERSIONS["first"], "second": VERSIONS["second"]} | STRANGERS)
        assert not story.as_versions
        assert {frozenset(edge) for edge in kept(story)} == {frozenset({"first", "second"})}

    def test_a_flash_makes_no_relatives_of_strangers(self):
        flash = {"flash": council_vote.LEAD + " Eleven members voted for it and nine against it."}
        story = traced({"first": VERSIONS["first"]} | STRANGERS | flash)
        assert {frozenset(edge) for edge in kept(story)} == {frozenset({"first", "flash"})}

    @pytest.mark.parametrize("dates", [False, True])
    @pytest.mark.parametrize("name", STORIES)
    def test_stripped_of_publishers_no_shipped_story_joins_strangers(self, name, dates):
        told = lineage.read(DATA / name / "articles").articles
        told["text"] = told["text"].str.replace("(News|Press) Agency", "Wire", regex=True)
        table = told[["article_id", "text", *(["published_at"] if dates else [])]]
        found = pipeline.infer_stories(table)
        truth = json.loads((DATA / name / "truth.json").read_text(encoding="utf-8"))
        strangers = {
            frozenset((row["a"], row["b"]))
            for row in truth["relations"]
            if row["outcome"] in ("independent", "unrelated")
        }
        drawn = {frozenset(edge) for story in found.stories for edge in kept(story)}
        assert strangers
        assert not strangers & drawn

    def test_an_edge_against_the_dates_given_is_left_open(self):
        told = lineage.read(DATA / "harbour-crane" / "articles").articles
        later = told[told["article_id"] != "meridian-first"]
        found = pipeline.infer_stories(later)
        (row,) = [
            row
            for story in found.stories
            for row in story.edges
            if {row["source_id"], row["target_id"]} == {"meridian-update", "pellworth-courier"}
        ]
        assert row["p_direction"] <= solve.MAX_P_AGAINST_DATES
