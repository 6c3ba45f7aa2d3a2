import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage.evidence import gather, row
from lineage.match import pairs

from . import examples, invented

# The same three sentences with one word left in each: words alone find little.
ORIGINAL = (
    "Fishermen found a leaking barge below Ostrell.",
    "Divers closed valves off Pellworth.",
    "Oyster growers near Skell fear slicks.",
)
PARAPHRASE = (
    "Anglers discovered a dripping scow below Ostrell.",
    "Frogmen shut taps off Pellworth.",
    "Shellfish farmers near Skell dread sheens.",
)
MEANINGS = invented.Meanings(
    ("fishermen", "anglers"),
    ("found", "discovered"),
    ("leaking", "dripping"),
    ("barge", "scow"),
    ("divers", "frogmen"),
    ("closed", "shut"),
    ("valves", "taps"),
    ("oyster", "shellfish"),
    ("growers", "farmers"),
    ("fear", "dread"),
    ("slicks", "sheens"),
)


class TestScreen:
    def test_shared_wording_settles_a_pair(self):
        one, other = invented.report(), invented.report(*invented.derived("longer"))
        found = gather.screen(pairs.compare(one, other))
        assert not found.open
        assert found.together
        assert found.match_a is None

    def test_strangers_need_no_embedding(self):
        one, other = invented.report(), invented.report(*invented.STRANGER)
        found = gather.screen(pairs.compare(one, other))
        assert not found.open
        assert not found.together

    def test_a_retelling_is_left_open(self):
        retold = (
            "A leaking barge was found by fishermen near the old ferry of Ostrell harbour.",
            "Registered in Lathmoor, the Brackwater had diesel for ploughs but not any crew.",
            "Before dusk divers had closed valves and the vessel lay at a Pellworth quay.",
        )
        found = gather.screen(pairs.compare(invented.report(), invented.report(*retold)))
        assert found.open
        assert found.together
        assert found.match_a is not None


class TestGather:
    def test_vectors_are_asked_for_only_where_words_leave_a_pair_open(self):
        def never(document, rows=None):
            raise AssertionError("asked for vectors of a settled pair")

        one, other = invented.report(), invented.report(*invented.derived("shorter"))
        assert gather.gather(gather.screen(pairs.compare(one, other)), never).p_link > 0.9

    def test_meaning_finds_what_words_do_not(self):
        one, other = invented.report(*ORIGINAL), invented.report(*PARAPHRASE)
        pair = pairs.compare(one, other)
        opened = gather.Screened(pair, None, None, True, True)
        by_meaning = gather.gather(opened, MEANINGS)
        by_words = gather.gather(opened, lambda document, rows=None: None)
        assert by_words.content.most < by_meaning.content.most / 2
        assert by_meaning.link_bits > by_words.link_bits
        assert np.isnan(by_words.match_a.semantic).all()
        assert by_meaning.match(other).path.tolist() == [0, 1, 2]

    def test_each_side_has_the_match_of_its_own_sentences(self):
        one, other = invented.report(), invented.report(*invented.INDEPENDENT)
        found = gather.gather(
            gather.Screened(pairs.compare(one, other), None, None, True, True), MEANINGS
        )
        assert found.match(one).score.shape == (len(one.roles), len(other.roles))
        assert found.match(other).score.shape == (len(other.roles), len(one.roles))

    @pytest.mark.parametrize("polarity", invented.POLARITIES)
    def test_rows_of_the_two_ways_agree_on_all_but_direction(self, polarity):
        source = invented.report(published_at="2024-03-04T08:00Z")
        target = invented.report(*invented.derived(polarity), published_at="2024-03-05T08:00Z")
        found = invented.weighed(source, target)
        forward, backward = found.rows(source), found.rows(target)
        assert found.direction_bits(source) == -found.direction_bits(target) != 0
        for about in ("link", "parent_choice"):
            assert gather.bits(forward, about) == pytest.approx(gather.bits(backward, about))

    @given(st.permutations(range(8)), st.integers(1, 8), st.integers(0, 3))
    @examples.at_most(20)
    def test_the_order_of_the_arguments_does_not_matter(self, places, n, added):
        lines = [invented.REPORT[k] for k in places[:n]] + list(invented.ADDED[:added])
        one = invented.report(outlet="Ostrell Courier")
        other = invented.report(*lines, outlet="Lathmoor Record")
        first, second = invented.weighed(one, other), invented.weighed(other, one)
        assert first.rows(one) == second.rows(one)
        assert first.rows(other) == second.rows(other)
        assert first.content == second.content

    def test_no_row_is_without_weight(self):
        found = invented.weighed(invented.report(), invented.report(*invented.derived("longer")))
        assert all(each.weight_bits != 0 for each in found.forward + found.backward)

    def test_texts_without_anything_in_common_have_no_direction(self):
        one = invented.report(published_at="2024-03-04T08:00Z")
        other = invented.report(*invented.STRANGER, published_at="2024-03-05T08:00Z")
        found = invented.weighed(one, other)
        assert found.direction_bits(one) == found.direction_bits(other) == 0


class TestPairEvidence:
    def evidence(self, *bits):
        listed = tuple(row.Evidence("x", "link", each, "") for each in bits)
        one, other = invented.report(), invented.report(*invented.ADDED)
        found = invented.weighed(one, other)
        return gather.PairEvidence(found.pair, found.content, None, None, listed, listed)

    @pytest.mark.parametrize(("bits", "p"), [((0.0,), 0.5), ((1.0,), 2 / 3), ((2.0, -4.0), 0.2)])
    def test_bits_are_odds(self, bits, p):
        assert self.evidence(*bits).p_link == pytest.approx(p)

    @pytest.mark.parametrize("bits", [1e6, -1e6])
    def test_no_weight_is_too_large(self, bits):
        assert 0.0 <= self.evidence(bits).p_link <= 1.0

    def test_direction_and_closeness_are_no_link(self):
        found = self.evidence(1.0)
        more = (
            *found.forward,
            row.Evidence("y", "direction", 9.0, ""),
            row.Evidence("z", "parent_choice", 9.0, ""),
        )
        both = gather.PairEvidence(found.pair, found.content, None, None, more, found.backward)
        assert both.link_bits == 1.0


class TestBits:
    def test_sums_all_or_one_kind(self):
        rows = (
            row.Evidence("x", "link", 1.5, ""),
            row.Evidence("y", "direction", -4.0, ""),
            row.Evidence("z", "link", 0.5, ""),
        )
        assert gather.bits(rows) == -2.0
        assert gather.bits(rows, "link") == 2.0
        assert gather.bits(rows, "parent_choice") == 0
        assert math.isclose(gather.bits(()), 0.0)
