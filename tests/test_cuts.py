import pytest

from lineage.evidence import cuts, evidence_settings

from . import invented

polarity = pytest.mark.parametrize("polarity", invented.POLARITIES)


class TestTailCut:
    @pytest.mark.parametrize("lead", [(), invented.STRANGER[:1]])
    def test_who_stops_where_the_other_goes_on_was_cut(self, lead):
        lines = (*invented.REPORT, *invented.ADDED)
        source = invented.report(*lines)
        target = invented.report(*lead, *lines[:8])
        found = invented.both_ways(cuts.tail_cut, source, target)
        assert found.weight_bits == evidence_settings.TAIL_CUT_BITS
        assert invented.words_at(source, found.source_span) == invented.text(
            *invented.ADDED
        ).rstrip(".")
        assert invented.words_at(target, found.target_span).endswith("mouth of the estuary")

    def test_the_cut_text_may_be_the_longer_one(self):
        source = invented.report(*invented.REPORT, *invented.ADDED[:2])
        target = invented.report(*invented.STRANGER[:3], *invented.REPORT)
        assert len(target.words) > len(source.words)
        found = invented.both_ways(cuts.tail_cut, source, target)
        assert "brewery" in invented.words_at(source, found.source_span)

    def test_a_text_that_breaks_off_inside_a_sentence_was_cut_for_sure(self):
        source = invented.report()
        target = invented.report(
            *invented.REPORT[:5], invented.REPORT[5][: invented.REPORT[5].index("months")]
        )
        found = invented.both_ways(cuts.tail_cut, source, target)
        assert found.weight_bits == evidence_settings.BROKEN_OFF_BITS
        assert invented.words_at(source, found.source_span).startswith("months and ruined")
        assert invented.words_at(target, found.target_span).endswith("for eleven")

    def test_a_shorter_sentence_that_was_closed_is_not_broken_off(self):
        source = invented.report()
        shorter = invented.REPORT[5][: invented.REPORT[5].index("months")].rstrip() + " weeks."
        target = invented.report(*invented.REPORT[:5], shorter)
        (found,) = invented.ask(cuts.tail_cut, source, target)
        assert found.weight_bits == evidence_settings.TAIL_CUT_BITS

    @pytest.mark.parametrize("dots", ["...", "…", " [...]"])
    def test_dots_close_no_sentence(self, dots):
        source = invented.report()
        cut = invented.REPORT[5][: invented.REPORT[5].index("months")].rstrip() + dots
        (found,) = invented.ask(cuts.tail_cut, source, invented.report(*invented.REPORT[:5], cut))
        assert found.weight_bits == evidence_settings.BROKEN_OFF_BITS

    def test_a_last_clause_is_no_tail(self):
        assert (
            invented.ask(cuts.tail_cut, invented.report(), invented.report(*invented.REPORT[:7]))
            == []
        )

    def test_a_text_with_an_end_of_its_own_was_not_cut(self):
        target = invented.report(*invented.REPORT[:5], invented.ADDED[0])
        assert invented.ask(cuts.tail_cut, invented.report(), target) == []

    def test_paragraphs_in_another_order_are_no_tail(self):
        target = invented.report(*invented.REPORT[4:], *invented.REPORT[:4])
        assert invented.ask(cuts.tail_cut, invented.report(), target) == []

    def test_a_text_that_is_mostly_its_own_was_not_cut(self):
        target = invented.report(*invented.STRANGER, *invented.REPORT[:2])
        assert invented.ask(cuts.tail_cut, invented.report(), target) == []


class TestDigest:
    """A digest is the shorter text by what it is: there is no other polarity."""

    LONG = (*invented.REPORT, *invented.ADDED, *invented.STRANGER)

    def test_sentences_gathered_from_far_apart_sum_up(self):
        source = invented.report(*self.LONG)
        target = invented.report(*self.LONG[::5])
        found = invented.both_ways(cuts.digest, source, target)
        assert found.weight_bits == evidence_settings.DIGEST_BITS
        pointed = invented.words_at(source, found.source_span)
        assert pointed.startswith("Fishermen found")
        assert "seaplane" in pointed

    def test_sentences_that_stand_together_are_an_excerpt(self):
        source = invented.report(*self.LONG)
        found = invented.both_ways(cuts.digest, source, invented.report(*self.LONG[3:7]))
        assert (
            0 < found.weight_bits == evidence_settings.EXCERPT_BITS < evidence_settings.DIGEST_BITS
        )

    def test_a_text_of_half_the_length_is_a_version(self):
        source, target = invented.report(*self.LONG), invented.report(*self.LONG[::2])
        assert invented.ask(cuts.digest, source, target) == []

    def test_a_short_text_of_its_own_sums_up_nothing(self):
        target = invented.report(*invented.INDEPENDENT[:3])
        assert invented.ask(cuts.digest, invented.report(*self.LONG), target) == []


class TestDressed:
    HEADING = "What happens to the oysters"

    @polarity
    def test_headings_put_into_the_shared_text_are_of_the_later_page(self, polarity):
        lines = invented.inserted(self.HEADING, invented.derived(polarity))
        roles = ["heading" if line == self.HEADING else "body" for line in lines]
        target = invented.report(*lines, roles=roles)
        found = invented.both_ways(cuts.headings_added, invented.report(), target)
        assert invented.words_at(target, found.target_span) == self.HEADING
        assert found.source_span is None

    def test_two_pages_with_headings_of_their_own_are_even(self):
        def page(heading):
            lines = invented.inserted(heading, invented.REPORT)
            return invented.report(
                *lines, roles=["heading" if x == heading else "body" for x in lines]
            )

        one, other = page(self.HEADING), page("A boom too short by half")
        assert (
            invented.ask(cuts.headings_added, one, other)
            == invented.ask(cuts.headings_added, other, one)
            == []
        )

    def test_a_heading_that_both_have_is_part_of_the_text(self):
        lines = invented.inserted(self.HEADING, invented.REPORT)
        roles = ["heading" if x == self.HEADING else "body" for x in lines]
        one = invented.report(*lines, roles=roles)
        other = invented.report(*lines, invented.ADDED[0], roles=[*roles, "body"])
        assert (
            invented.ask(cuts.headings_added, one, other)
            == invented.ask(cuts.headings_added, other, one)
            == []
        )

    def test_a_page_with_a_story_of_its_own_is_not_the_other_with_headings(self):
        lines = (self.HEADING, *invented.REPORT[:3], *invented.STRANGER)
        target = invented.report(*lines, roles=["heading", *["body"] * 7])
        assert invented.ask(cuts.headings_added, invented.report(), target) == []


class TestSignedFlash:
    def test_an_alert_that_its_writer_signed_is_no_digest(self):
        alert = (invented.REPORT[0], "(Writing by Jane Roe; editing by Ivo Marsh)")
        signed, plain = invented.report(*alert), invented.report(invented.REPORT[0])
        assert "credit" in signed.roles
        late = invented.report(*invented.INDEPENDENT, *invented.REPORT)
        assert invented.ask(cuts.digest, late, signed) == []
        assert invented.ask(cuts.digest, late, plain) != []
