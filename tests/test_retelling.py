import pytest

from lineage.evidence import direction, evidence_settings, retelling
from lineage.match import pairs

from . import invented

COURIER, RECORD = "Ostrell Courier", "Lathmoor Record"
EXACT = "The tugs pumped 1,287 litres of diesel from the wreck before the tide turned."
ROUND = "The tugs pumped about 1,300 litres of diesel from the wreck before the tide turned."
HELD = "The tugs pumped 1,300 litres of diesel from the wreck before the tide turned."
SPOKEN = "“I have never seen a slick as thick as this one in my whole life,” said pilot Renwick."
REPORTED = "Pilot Renwick said that she had never seen a slick as thick as this one in her life."
TOLD = (
    "Harbour master Oswin Tell told the Lathmoor Record that no tug had been asked for help, and "
    "that the boom was not laid until the next morning."
)

polarity = pytest.mark.parametrize("polarity", invented.POLARITIES)


def with_line(line, lines=invented.REPORT, **given):
    return invented.report(*invented.inserted(line, lines), **given)


class TestRounded:
    @polarity
    @pytest.mark.parametrize("figures", [ROUND, HELD])
    def test_who_has_round_figures_has_them_from_the_exact_ones(self, polarity, figures):
        source, target = with_line(EXACT), with_line(figures, invented.derived(polarity))
        found = invented.both_ways(retelling.rounded, source, target)
        assert found.weight_bits == evidence_settings.ROUNDED_BITS
        assert "1,287" in found.detail
        assert invented.words_at(source, found.source_span).startswith("The tugs")
        assert invented.words_at(target, found.target_span).startswith("The tugs")

    def test_another_number_is_no_rounding(self):
        other = EXACT.replace("1,287", "2,500")
        assert invented.ask(retelling.rounded, with_line(EXACT), with_line(other)) == []

    def test_another_year_is_no_rounding(self):
        one = "The wreck was raised in 2006 by the tugs of the harbour council of Ostrell."
        other = one.replace("2006", "2000")
        assert invented.ask(retelling.rounded, with_line(one), with_line(other)) == []

    def test_rounding_both_ways_says_nothing(self):
        second = "Volunteers scrubbed 4,110 gulls with dish soap in the gymnasium of Marrowby."
        one = invented.report(EXACT, second.replace("4,110", "about 4,000"), *invented.REPORT)
        other = invented.report(ROUND, second, *invented.REPORT)
        assert (
            invented.ask(retelling.rounded, one, other)
            == invented.ask(retelling.rounded, other, one)
            == []
        )


class TestQualifierLost:
    @polarity
    @pytest.mark.parametrize("qualifier", ["about", "nearly", "up to", "more than"])
    def test_who_drops_the_small_word_retells(self, polarity, qualifier):
        said = HELD.replace("1,300", f"{qualifier} 1,300")
        source, target = with_line(said), with_line(HELD, invented.derived(polarity))
        found = invented.both_ways(retelling.qualifier_lost, source, target)
        assert found.weight_bits == evidence_settings.QUALIFIER_LOST_BITS
        assert qualifier in found.detail

    def test_what_is_kept_says_nothing(self):
        one, other = with_line(ROUND), with_line(ROUND, invented.derived("longer"))
        assert invented.ask(retelling.qualifier_lost, one, other) == []

    def test_digits_that_went_with_it_are_a_rounding(self):
        assert invented.ask(retelling.qualifier_lost, with_line(EXACT), with_line(ROUND)) == []


class TestToldIndirectly:
    @polarity
    def test_speech_is_reported_from_the_words_of_the_speaker(self, polarity):
        source, target = with_line(SPOKEN), with_line(REPORTED, invented.derived(polarity))
        found = invented.both_ways(retelling.told_indirectly, source, target)
        assert found.weight_bits == evidence_settings.TOLD_INDIRECTLY_BITS
        assert "Renwick" in invented.words_at(target, found.target_span)

    def test_a_text_that_lost_its_quotation_marks_says_nothing(self):
        bare = SPOKEN.replace("“", "").replace("”", "")
        assert invented.ask(retelling.told_indirectly, with_line(SPOKEN), with_line(bare)) == []


class TestOwnReporting:
    @polarity
    def test_words_given_to_the_outlet_itself_were_put_in(self, polarity):
        source = invented.report(outlet=COURIER)
        target = with_line(TOLD, invented.derived(polarity), outlet=RECORD)
        found = invented.both_ways(retelling.own_reporting, source, target)
        assert found.weight_bits == evidence_settings.OWN_REPORTING_BITS
        assert "Oswin Tell" in invented.words_at(target, found.target_span)

    def test_words_given_to_another_outlet_say_nothing(self):
        source = invented.report(outlet=COURIER)
        target = with_line(TOLD, outlet="Pellworth Gazette")
        assert invented.ask(retelling.own_reporting, source, target) == []

    def test_what_both_have_says_nothing(self):
        source, target = with_line(TOLD, outlet=COURIER), with_line(TOLD, outlet=RECORD)
        assert invented.ask(retelling.own_reporting, source, target) == []

    def test_of_two_versions_of_one_outlet_either_may_have_cut_it(self):
        source, target = invented.report(outlet=RECORD), with_line(TOLD, outlet=RECORD)
        assert invented.ask(retelling.own_reporting, source, target) == []

    def test_a_new_end_may_be_an_end_that_was_cut(self):
        source = invented.report(outlet=COURIER)
        target = invented.report(*invented.REPORT, TOLD, outlet=RECORD)
        assert invented.ask(retelling.own_reporting, source, target) == []


class TestSignals:
    def test_they_are_asked_among_reports(self):
        source = with_line(EXACT, outlet=COURIER)
        target = with_line(ROUND, invented.inserted(TOLD, invented.REPORT, at=4), outlet=RECORD)
        found = direction.signals(source, target, pairs.compare(source, target))
        assert {"rounded", "own_reporting"} <= {each.signal for each in found}
