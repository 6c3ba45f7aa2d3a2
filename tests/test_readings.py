import dataclasses

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage import tables
from lineage.match import match_settings, pairs, readings

from . import examples, invented

WIRE = invented.text(*invented.REPORT)
# Places where the second candidate reads otherwise, each a word of its own.
CHANGES = (
    ("leaking", "listing"),
    ("ploughs", "tractors"),
    ("dusk", "midnight"),
    ("forty", "ninety"),
    ("sandbank", "lighthouse"),
)


def changed(text, changes):
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


PAGE = changed(WIRE, CHANGES)


def compare(child, first, second, *, matched=True):
    target, one, two = (invented.compiled(text) for text in (child, first, second))

    def match(source):
        return pairs.match_sentences(source, target, None, None) if matched else None

    found = readings.compare(
        target,
        one,
        two,
        pairs.compare(one, two),
        pairs.compare(target, one),
        pairs.compare(target, two),
        match(one),
        match(two),
    )
    return target, one, two, found


class TestCompare:
    @pytest.mark.parametrize(("child", "first"), [(WIRE, True), (PAGE, False)])
    @pytest.mark.parametrize("polarity", invented.POLARITIES)
    def test_the_child_reads_with_the_text_it_was_made_from(self, child, first, polarity):
        lines = invented.derived(polarity, tuple(child.split("\n")))
        *_, found = compare(invented.text(*lines), WIRE, PAGE)
        assert len(found) == (5 if polarity == "longer" else 3)
        assert all(each.follows_first == first for each in found)
        assert not any(each.spelling for each in found)

    def test_a_child_of_both_agrees_on_both_sides(self):
        lines = [*WIRE.split("\n")[:3], *PAGE.split("\n")[3:]]
        *_, found = compare(invented.text(*lines), WIRE, PAGE)
        assert [each.follows_first for each in found] == [True, True, True, False, False]

    @pytest.mark.parametrize("child", [WIRE, PAGE])
    def test_slices_show_the_words(self, child):
        target, one, two, found = compare(child + "\n" + invented.ADDED[0], WIRE, PAGE)
        for each, (old, new) in zip(found, CHANGES, strict=True):
            assert old in invented.words_at(one, each.first_span)
            assert new in invented.words_at(two, each.second_span)
            followed = old if each.follows_first else new
            assert followed in invented.words_at(target, each.target_span)

    def test_loci_are_in_order_of_the_child(self):
        lines = WIRE.split("\n")
        *_, found = compare(invented.text(*lines[4:], *lines[:4]), WIRE, PAGE)
        spans = [each.target_span for each in found]
        assert len(spans) == 5
        assert spans == sorted(spans)

    @given(st.lists(st.booleans(), min_size=5, max_size=5))
    @examples.at_most(20)
    def test_every_place_is_read_as_it_was_copied(self, taken):
        child = changed(WIRE, [c for c, new in zip(CHANGES, taken, strict=True) if new])
        *_, found = compare(child + "\n" + invented.ADDED[0], WIRE, PAGE)
        assert [each.follows_first for each in found] == [not new for new in taken]

    @given(st.lists(st.booleans(), min_size=5, max_size=5))
    @examples.at_most(10)
    def test_exchanging_the_candidates_exchanges_the_sides(self, taken):
        child = changed(WIRE, [c for c, new in zip(CHANGES, taken, strict=True) if new])
        child += "\n" + invented.ADDED[0]
        *_, found = compare(child, WIRE, PAGE)
        *_, turned = compare(child, PAGE, WIRE)
        assert turned == [
            dataclasses.replace(
                each,
                first_span=each.second_span,
                second_span=each.first_span,
                follows_first=not each.follows_first,
            )
            for each in found
        ]

    def test_one_word_in_two_spellings_is_marked(self):
        british = WIRE.replace("ploughs", "ploughmen's programmes")
        american = WIRE.replace("ploughs", "ploughmen's programs")
        *_, found = compare(british + "\n" + invented.ADDED[0], british, american)
        (only,) = found
        assert only.spelling
        assert only.follows_first

    def test_a_long_difference_is_new_material(self):
        more = invented.text(*invented.inserted(invented.ADDED[0], invented.REPORT))
        assert len(invented.compiled(invented.ADDED[0]).words) > match_settings.MAX_READING_WORDS
        *_, found = compare(more + "\n" + invented.ADDED[1], WIRE, more)
        assert found == []

    def test_an_inserted_word_is_a_reading(self):
        more = WIRE.replace("leaking barge", "leaking rusty barge")
        *_, with_it = compare(more + "\n" + invented.ADDED[0], WIRE, more)
        assert [each.follows_first for each in with_it] == [False]

    def test_a_third_wording_takes_no_side(self):
        child = WIRE.replace("ploughs", "lorries")
        *_, found = compare(child, WIRE, WIRE.replace("ploughs", "tractors"))
        assert found == []

    def test_a_child_with_both_wordings_takes_no_side(self):
        child = WIRE.replace("ploughs", "ploughs and tractors") + "\n" + invented.ADDED[0]
        *_, found = compare(child, WIRE, WIRE.replace("ploughs", "tractors"))
        assert found == []

    def test_articles_and_the_like_take_no_side(self):
        *_, found = compare(WIRE, WIRE, WIRE.replace("of Ostrell", "at Ostrell"))
        assert found == []

    def test_a_child_without_the_sentence_takes_no_side(self):
        page = WIRE.replace("sandbank", "lighthouse")
        *_, found = compare(invented.text(*invented.REPORT[:5]), WIRE, page)
        assert found == []

    def test_words_that_the_other_has_a_little_further_on_tell_nothing(self):
        before = "towed the vessel to a disused quay at Pellworth."
        moved = WIRE.replace(before, "towed the vessel at Pellworth to a disused quay.")
        *_, found = compare(WIRE + "\n" + invented.ADDED[0], WIRE, moved)
        assert moved != WIRE
        assert found == []

    @pytest.mark.parametrize("follows", [True, False])
    def test_words_added_at_the_end_of_a_sentence_are_a_reading(self, follows):
        more = WIRE.replace("quay at Pellworth.", "quay at Pellworth with lanterns.")
        child = (more if follows else WIRE) + "\n" + invented.ADDED[0]
        *_, found = compare(child, WIRE, more)
        assert [each.follows_first for each in found] == ([False] if follows else [])

    def test_a_retold_sentence_still_shows_what_it_followed(self):
        child = (
            "By the old ferry of Ostrell a leaking barge was seen, fishermen say.",
            "Jonas Thackeray, biologist, saw ninety oiled cormorants at Skell.",
        )
        *_, found = compare(invented.text(*child), WIRE, PAGE)
        assert [each.follows_first for each in found] == [True, False]

    def test_identical_candidates_have_no_places(self):
        same = invented.compiled(WIRE)
        target = invented.compiled(PAGE)
        pair = pairs.compare(target, same)
        assert (
            readings.compare(target, same, same, pairs.compare(same, same), pair, pair, None, None)
            == []
        )


class TestTable:
    def test_two_rows_a_place_and_one_agrees(self):
        target, one, two, found = compare(PAGE + "\n" + invented.ADDED[0], WIRE, PAGE)
        table = readings.table([(target, one, two, found)])
        tables.check("readings", table)
        assert len(table) == 2 * len(found)
        assert set(table["target_id"]) == {target.article_id}
        by_locus = table.groupby("locus")
        assert list(by_locus.groups) == list(range(len(found)))
        assert (by_locus["agrees"].sum() == 1).all()
        assert table[table["agrees"]]["candidate_id"].unique().tolist() == [two.article_id]

    def test_texts_are_slices(self):
        target, one, two, found = compare(WIRE + "\n" + invented.ADDED[0], WIRE, PAGE)
        table = readings.table([(target, one, two, found)])
        texts = {each.article_id: each.text for each in (one, two)}
        for row in table.itertuples():
            assert row.target_text in target.text
            assert row.candidate_text in texts[row.candidate_id]

    def test_loci_of_one_child_are_numbered_through(self):
        target, one, two, found = compare(WIRE, PAGE, WIRE.replace("dusk", "noon"))
        other = compare(WIRE, PAGE, WIRE.replace("dusk", "noon"))[3]
        table = readings.table([(target, one, two, found), (target, two, one, other)])
        assert sorted(table["locus"].unique()) == list(range(len(found) + len(other)))

    def test_without_places_empty(self):
        table = readings.table([])
        pd.testing.assert_frame_equal(table, tables.empty("readings"))
