import itertools

import pytest

from lineage import kin, pairs
from lineage.evidence import gather

from . import council_vote, made

TEXTS = {
    **council_vote.VERSIONS,
    "report": council_vote.OTHER_REPORT,
    "matter": council_vote.OTHER_MATTER,
}
SHORT = {
    "first": "Ottilie Renshaw opened the baths at Brackenmoor in a red hat.",
    "second": "Casimir Dunmore swam nine lengths before the town hall clock struck.",
}


def compared(texts):
    """The documents of some texts in order of key, and all their pairs."""
    documents = sorted(made.documents(**texts).values(), key=lambda each: each.key)
    found = {
        (one.article_id, other.article_id): gather.screen(pairs.compare(one, other))
        for one, other in itertools.combinations(documents, 2)
    }
    return documents, found


def chosen(*names):
    return compared({name: TEXTS[name] for name in names})


def named(documents, parts):
    return {frozenset(documents[k].article_id for k in part) for part in parts}


class TestAreStrangers:
    def told(self, texts):
        _, found = compared(texts)
        (each,) = found.values()
        return kin.are_strangers(each)

    def test_two_reports_of_one_event_are(self):
        assert self.told({"one": TEXTS["first"], "other": TEXTS["report"]})

    def test_versions_of_one_text_are_not(self):
        assert not self.told({"one": TEXTS["first"], "other": TEXTS["fourth"]})

    def test_texts_too_short_to_judge_are_not(self):
        assert not self.told(SHORT)


class TestParts:
    def test_versions_are_one_part_and_each_stranger_is_another(self):
        documents, found = compared(TEXTS)
        assert named(documents, kin.parts(documents, found)) == {
            frozenset(council_vote.VERSIONS),
            frozenset({"report"}),
            frozenset({"matter"}),
        }

    def test_strangers_are_together_where_a_third_text_has_of_both(self):
        both = f"{council_vote.OTHER_REPORT} {council_vote.OTHER_MATTER}"
        texts = {"report": TEXTS["report"], "matter": TEXTS["matter"], "both": both}
        documents, found = compared(texts)
        assert kin.parts(documents, found) == ((0, 1, 2),)

    def test_every_text_is_in_one_part_in_order(self):
        documents, found = compared(TEXTS)
        told = kin.parts(documents, found)
        assert sorted(itertools.chain(*told)) == list(range(len(documents)))
        assert [part[0] for part in told] == sorted(part[0] for part in told)


class TestAreReports:
    @pytest.mark.parametrize(
        "names",
        [
            ("first", "second", "report", "matter"),
            ("first", "report", "matter"),
            ("report", "matter"),
        ],
    )
    def test_where_strangers_are_not_outnumbered_by_copies(self, names):
        assert kin.are_reports(*chosen(*names))

    @pytest.mark.parametrize(
        "names", [("first", "second", "third"), ("first", "second", "third", "fourth", "report")]
    )
    def test_not_where_most_are_versions_of_one_text(self, names):
        assert not kin.are_reports(*chosen(*names))

    def test_a_flash_has_no_say(self):
        flash = {"flash": " ".join(council_vote.LEAD.split()[:25])}
        few = {name: TEXTS[name] for name in ("first", "second")}
        assert not kin.are_reports(*compared(few | flash))
