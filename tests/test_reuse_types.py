import numpy as np
import pytest

from lineage.attribution import attribute, reuse_types

from . import invented

LONG = (
    "Divers closed two valves before dusk, and tugs towed the vessel to a disused quay at "
    "Pellworth, where carpenters plugged her bilges with tallow."
)
QUOTE = "“We smelled diesel before breakfast and thought nothing of it,” a rower said."


def kinds_of(target, *parents, absent=()):
    """Kind of each sentence."""
    rows = attribute.attribute(
        target, [invented.looked_up(each, target) for each in parents], absent
    )
    names = target.sentences["sentence_id"].tolist()
    found = {row.target_sentence: row.kind for row in rows}
    return [found[name] for name in names]


class TestKeptShare:
    def share(self, mine, theirs):
        target, source = invented.report(mine), invented.report(theirs)
        return reuse_types.kept_share(target, 0, source, 0)

    def test_all_of_the_same_words_whatever_their_marks(self):
        assert self.share("The barge, half sunk, leaked.", "The barge half-sunk leaked!") == 1.0

    def test_single_words_are_not_kept_words(self):
        assert self.share("The crew of a barge slept.", "Nobody saw the spill of Monday.") == 0.0

    def test_a_clause_put_first_is_not_kept_beside_the_rest(self):
        kept = self.share(
            "Before dusk in heavy rain divers closed two valves.",
            "Divers closed two valves before dusk in heavy rain.",
        )
        assert kept == pytest.approx(5 / 9)

    def test_a_dateline_is_no_part_of_the_sentence(self):
        told = "Divers closed two valves before dusk and towed the vessel to a quay."
        assert self.share(told, f"OSTRELL, Aug. 3 (Reuters) - {told}") == 1.0


class TestVerbatim:
    def test_one_other_word_in_forty_is_an_edit(self):
        long = " ".join(invented.REPORT[:3]).replace(". ", ", and ")
        source = invented.report(long, *invented.REPORT[3:])
        target = invented.report(long.replace("three", "four"), *invented.REPORT[3:])
        assert kinds_of(target, source)[:2] == ["edited", "verbatim"]

    def test_the_dateline_may_be_cut(self):
        first = f"OSTRELL, Aug. 3 (Reuters) - {invented.REPORT[0]}"
        source = invented.report(first, *invented.REPORT[1:])
        target = invented.report(*invented.REPORT)
        assert set(kinds_of(target, source)) == {"verbatim"}


class TestSplit:
    def test_both_parts_keep_the_words_of_one_sentence(self):
        source = invented.report(*invented.REPORT[:2], LONG, *invented.REPORT[3:])
        halves = (
            "Divers closed two valves before dusk.",
            "Tugs towed the vessel to a disused quay at Pellworth.",
        )
        target = invented.report(*invented.REPORT[:2], *halves, *invented.REPORT[3:])
        assert kinds_of(target, source)[2:4] == ["split", "split"]

    def test_a_part_told_in_other_words_is_a_paraphrase_and_leaves_an_edit(self):
        source = invented.report(*invented.REPORT[:2], LONG, *invented.REPORT[3:])
        halves = (
            "Divers closed two valves before dusk.",
            "With tallow her bilges were plugged by Pellworth carpenters.",
        )
        target = invented.report(*invented.REPORT[:2], *halves, *invented.REPORT[3:])
        assert kinds_of(target, source)[2:4] == ["edited", "paraphrase"]

    def test_a_heading_drawn_from_a_sentence_does_not_split_it(self):
        heading = "Barge Brackwater, registered in Lathmoor"
        roles = ["body", "heading", *["body"] * 7]
        lines = (invented.REPORT[0], heading, *invented.REPORT[1:])
        line = invented.REPORT[1].replace("had no crew", "was empty of people")
        target = invented.report(
            *(line if each in invented.REPORT[1] else each for each in lines), roles=roles
        )
        assert kinds_of(target, invented.report())[1:3] == ["heading", "edited"]


class TestQuote:
    lines = (*invented.REPORT[:4], QUOTE, *invented.REPORT[4:])

    def test_in_a_copied_passage_it_was_copied_too(self):
        source, target = invented.report(*self.lines), invented.report(*self.lines)
        assert kinds_of(target, source)[4] == "verbatim"
        named = QUOTE.replace("a rower", "Ansel Tovey, a rower,")
        target = invented.report(*self.lines[:4], named, *self.lines[5:])
        assert kinds_of(target, source)[4] == "edited"

    def test_among_other_words_it_may_have_been_heard(self):
        source = invented.report(*self.lines)
        target = invented.report(*invented.ADDED[:2], QUOTE, invented.ADDED[2])
        assert kinds_of(target, source)[2] == "quote"

    def test_what_two_parents_have_was_heard_by_both(self):
        first = invented.report(*self.lines)
        second = invented.report(*invented.STRANGER[:2], QUOTE, *invented.STRANGER[2:])
        target = invented.report(*self.lines)
        assert kinds_of(target, first, second)[4] == "quote"
        assert kinds_of(target, first)[4] == "verbatim"

    def test_a_reporters_sentence_in_marks_is_no_quote(self):
        cited = f"The Ostrell Courier reported that “{invented.REPORT[1].rstrip('.')}.”"
        target = invented.report(*invented.ADDED[:2], cited, invented.ADDED[2])
        roles = target.roles[2]
        assert roles == "quote"
        assert kinds_of(target, invented.report())[2] == "verbatim"

    def test_what_an_unrelated_text_has_too_was_heard_and_has_no_source(self):
        target = invented.report(*invented.ADDED[:2], QUOTE, invented.ADDED[2])
        heard = np.isin(target.sentence_of, [2])
        rows = attribute.attribute(target, [], heard=heard)
        assert [row.kind for row in rows] == ["new", "new", "quote", "new"]
        assert not any(row.source_id for row in rows)

    def test_of_an_absent_source_it_is_copied_where_the_passage_is(self):
        target = invented.report(*self.lines)
        everything = np.ones(len(target.words), dtype=bool)
        witness = attribute.Witnessed("absent:Reuters", everything)
        assert kinds_of(target, absent=[witness])[4] == "verbatim"
        alone = np.isin(target.sentence_of, [4])
        witness = attribute.Witnessed("absent:Reuters", alone)
        assert kinds_of(target, absent=[witness])[4] == "quote"
