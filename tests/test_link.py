import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage.evidence import evidence_settings, gather, link
from lineage.match import pairs

from . import examples, invented

SPEECH = (
    "“We smelled diesel before breakfast and thought nothing of it until the gulls fell.”",
    "“My grandfather planted these beds and I will not leave them to a company of crooks.”",
    "“Somebody must pay for every single oyster that dies in this estuary by Christmas.”",
)
POST = (
    "I smelled diesel before breakfast and thought nothing of it until the gulls fell down.",
    "My grandfather planted these beds and I will not leave them to a company of crooks.",
    "Nobody asked me whether my oysters could drink the fuel of a drunken skipper at all.",
)
# The report told again, sentence for sentence.
RETOLD = (
    "A leaking barge was found by fishermen near the old ferry of Ostrell harbour.",
    "Registered in Lathmoor, the Brackwater had diesel for ploughs but not any crew.",
    "Before dusk divers had closed valves and the vessel lay at a Pellworth quay.",
    "Calloway, the minister, wants an inquiry into Tessaly Freight, the owners.",
    "Within a week slicks could reach the beds of oyster growers on the estuary.",
    "For eleven months the fishery was closed by a similar leak, ruining families.",
    "Thackeray, a marine biologist, has counted forty cormorants on the Skell sandbank.",
    "One boom is all the harbour council keeps for the mouth of the estuary.",
)

polarity = pytest.mark.parametrize("polarity", invented.POLARITIES)


def bits(rows, name):
    return sum(row.weight_bits for row in rows if row.signal == name)


def rows(source, target):
    return invented.weighed(source, target).rows(source)


def match(source, target):
    return pairs.match_sentences(source, target, None, None)


def order(source, target):
    pair = pairs.compare(source, target)
    return link.order_of_facts(source, target, pair.narrated(target), match(source, target))


class TestExplained:
    def share(self, target, source):
        pair = pairs.compare(source, target)
        return link.explained(target, pair.narrated(target), pair.covered(target), None)

    def test_a_copied_text_is_explained_and_a_new_one_is_not(self):
        report = invented.report()
        assert self.share(report, invented.report(*invented.derived("longer"))) == 1.0
        assert self.share(report, invented.report(*invented.STRANGER)) == 0.0

    def test_of_a_text_with_additions_the_old_part_is(self):
        target = invented.report(*invented.derived("longer"))
        n_old = len(invented.report().words)
        assert self.share(target, invented.report()) == pytest.approx(n_old / len(target.words))

    def test_between_many_quotes_a_few_words_say_less(self):
        few = invented.report(invented.REPORT[0], *SPEECH)
        assert 0 < self.share(few, invented.report()) < 1.0

    def test_a_text_without_words_of_its_own_is_not_explained(self):
        assert self.share(invented.report(*SPEECH), invented.report(*SPEECH[:2])) == 0.0

    @pytest.mark.slow
    @given(st.lists(st.booleans(), min_size=8, max_size=8))
    @examples.at_most(20)
    def test_every_kept_line_explains_its_words(self, kept):
        lines = [line for line, k in zip(invented.REPORT, kept, strict=True) if k]
        if not lines:
            return
        found = self.share(invented.report(), invented.report(*lines))
        n_kept = sum(len(invented.report(line).words) for line in lines)
        assert found == pytest.approx(n_kept / len(invented.report().words))


class TestWorth:
    def test_without_a_match_only_equal_words_count(self):
        covered = np.array([True, False] * 5)
        target = invented.report("One two three four five six seven eight nine ten.")
        assert link.worth(target, covered, None).tolist() == [1.0, 0.0] * 5

    def test_a_retold_sentence_counts_by_its_likeness(self):
        source, target = invented.report(), invented.report(*RETOLD, invented.STRANGER[0])
        nothing = np.zeros(len(target.words), dtype=bool)
        found = link.worth(target, nothing, match(source, target))
        assert found.min() == 0.0
        assert 0.0 < found[target.sentence_words[0]].min() <= 1.0
        assert (found[target.sentence_words[8]] == 0.0).all()

    def test_never_less_than_what_is_equal(self):
        source, target = invented.report(), invented.report(*invented.derived("longer"))
        covered = pairs.compare(source, target).covered(target)
        found = link.worth(target, covered, match(source, target))
        assert (found[covered] == 1.0).all()


class TestOrderOfFacts:
    def test_a_retelling_keeps_the_order(self):
        surplus, in_order, n_matched = order(invented.report(), invented.report(*RETOLD))
        assert in_order == n_matched == 8
        assert surplus == pytest.approx(8 - 2 * np.sqrt(8))

    def test_the_same_facts_shuffled_do_not(self):
        shuffled = [RETOLD[k] for k in (5, 2, 7, 0, 6, 4, 1, 3)]
        surplus, in_order, n_matched = order(invented.report(), invented.report(*shuffled))
        assert n_matched == 8
        assert in_order < 5
        assert surplus < 0

    def test_backwards_is_the_worst(self):
        surplus, in_order, _ = order(invented.report(), invented.report(*RETOLD[::-1]))
        assert in_order == 1
        assert surplus == pytest.approx(1 - 2 * np.sqrt(8))

    @polarity
    def test_a_part_in_order_is_in_order(self, polarity):
        lines = (*RETOLD, *invented.ADDED) if polarity == "longer" else RETOLD[:5]
        _, in_order, n_matched = order(invented.report(), invented.report(*lines))
        assert in_order == n_matched >= 5

    def test_sentences_that_cite_are_left_out(self):
        source = invented.report(*SPEECH, *invented.REPORT)
        target = invented.report(*RETOLD, *SPEECH)
        assert order(source, target)[1:] == (8, 8)

    def test_strangers_have_no_facts_in_common(self):
        assert order(invented.report(), invented.report(*invented.STRANGER)) == (0.0, 0, 0)


class TestTwoGramSimilarity:
    def test_of_one_text_is_one_and_of_strangers_nothing(self):
        report = invented.report()
        assert link.two_gram_similarity(report, report) == 1.0
        assert link.two_gram_similarity(report, invented.report(*invented.STRANGER)) < 0.02

    def test_repeated_words_count_as_often_as_both_have_them(self):
        one, other = invented.report("no no no no"), invented.report("no no")
        assert link.two_gram_similarity(one, other) == pytest.approx(1 / 3)

    def test_one_word_has_no_pair(self):
        assert link.two_gram_similarity(invented.report("No"), invented.report("No")) == 0.0

    @given(st.permutations(range(8)), st.integers(1, 8))
    @examples.at_most(20)
    def test_symmetric_and_within_bounds(self, places, n):
        one = invented.report(*(invented.REPORT[k] for k in places[:n]))
        other = invented.report()
        found = link.two_gram_similarity(one, other)
        assert found == link.two_gram_similarity(other, one)
        assert 0.0 < found <= 1.0


class TestSharedWording:
    @polarity
    def test_runs_of_the_report_are_quoted(self, polarity):
        source = invented.report()
        target = invented.report(*invented.derived(polarity))
        listed = invented.signal(rows(source, target), "shared_wording")
        assert listed
        for each in listed:
            said = invented.words_at(source, each.source_span)
            assert said == invented.words_at(target, each.target_span)
            assert each.weight_bits > 0

    def test_the_longest_runs_share_the_bits(self):
        mixed = invented.inserted(invented.ADDED[0], invented.REPORT, 2)
        source = invented.report()
        target = invented.report(*invented.inserted(invented.ADDED[1], mixed, 5))
        listed = invented.signal(rows(source, target), "shared_wording")
        lengths = [len(invented.words_at(source, each.source_span).split()) for each in listed]
        assert len(listed) == 3
        assert lengths == sorted(lengths, reverse=True)
        # All of the shorter text is shared: full bits, whatever the runs.
        full = evidence_settings.WORDING_BITS * np.log2(
            (1 + evidence_settings.WORDING_FLOOR) / evidence_settings.WORDING_NEUTRAL
        )
        assert sum(each.weight_bits for each in listed) == pytest.approx(full)

    def test_quotes_that_both_heard_do_not_count(self):
        one = invented.report(*SPEECH, *invented.REPORT[:4])
        other = invented.report(*SPEECH, *invented.STRANGER)
        found = rows(one, other)
        assert pairs.compare(one, other).shared_words > 20
        assert bits(found, "shared_wording") < 0
        assert bits(found, "shared_content") == 0

    def test_words_that_only_one_shows_to_be_somebodys_do_not_count_either(self):
        bare = [line.replace("“", "").replace("”", "") for line in SPEECH]
        one = invented.report(*SPEECH, *invented.REPORT[:4])
        other = invented.report(*bare, *invented.STRANGER)
        assert bits(rows(one, other), "shared_wording") < 0

    def test_paragraphs_in_the_first_person_are_somebodys(self):
        one = invented.report(*invented.REPORT, *POST)
        other = invented.report(*invented.STRANGER, *invented.ADDED, *POST)
        found = rows(one, other)
        assert pairs.compare(one, other).shared_words > 30
        assert bits(found, "shared_wording") < 0
        assert bits(found, "shared_content") < evidence_settings.CONTENT_BITS / 10

    def test_a_few_common_words_are_no_run(self):
        one = invented.report(*invented.REPORT, "It was a spill to remember.")
        other = invented.report(*invented.STRANGER, "It was a gift nobody expected.")
        assert pairs.compare(one, other).shared_words == 0

    def test_a_stock_phrase_makes_no_relatives(self):
        one = invented.report(*invented.REPORT, "At the end of the day the tide decides.")
        other = invented.report(*invented.STRANGER, "At the end of the day readers decide.")
        assert bits(rows(one, other), "shared_wording") < 0
        assert invented.weighed(one, other).p_link < 0.1

    def test_boilerplate_of_the_page_does_not_count(self):
        line = "Sign up for the morning letter of the harbour desk and never miss a tide again."
        roles = ["body"] * 4 + ["boilerplate"]
        one = invented.report(*invented.REPORT[:4], line, roles=roles)
        other = invented.report(*invented.STRANGER, line, roles=roles)
        assert pairs.compare(one, other).shared_words == 0
        assert bits(rows(one, other), "shared_wording") < -3


class TestWholeText:
    @polarity
    def test_a_text_that_is_wholly_in_the_other_is_its_relative(self, polarity):
        found = rows(invented.report(), invented.report(*invented.derived(polarity)))
        assert bits(found, "whole_text") == evidence_settings.WHOLE_BITS

    def test_quotes_count_here(self):
        lines = (*SPEECH, invented.REPORT[0])
        found = rows(invented.report(*lines), invented.report(*lines, *invented.ADDED))
        assert bits(found, "whole_text") == evidence_settings.WHOLE_BITS

    def test_a_speech_in_two_reports_does_not_make_them_one(self):
        one = invented.report(*SPEECH, *invented.REPORT)
        other = invented.report(*SPEECH, *invented.STRANGER)
        assert bits(rows(one, other), "whole_text") == 0


class TestOrderSignal:
    def test_order_speaks_for_a_retelling_and_against_a_shuffle(self):
        shuffled = [RETOLD[k] for k in (5, 2, 7, 0, 6, 4, 1, 3)]
        retold = bits(rows(invented.report(), invented.report(*RETOLD)), "order_of_facts")
        mixed = bits(rows(invented.report(), invented.report(*shuffled)), "order_of_facts")
        assert retold > 0 > mixed

    def test_never_more_than_its_bounds(self):
        source, target = invented.report(), invented.report(*RETOLD)
        pair = pairs.compare(source, target)
        content = link.Content(0.5, 0.5)
        signals = [
            link.signals(source, target, pair, content, 0.1, measured)
            for measured in ((40.0, 60, 90), (-15.0, 3, 90), (-1.0, 1, 2))
        ]
        found = [bits(each, "order_of_facts") for each in signals]
        assert found == [
            evidence_settings.ORDER_MOST_BITS,
            -evidence_settings.ORDER_LEAST_BITS,
            0.0,
        ]


class TestCredited:
    LINE = "The leak began at noon, the Ostrell Courier reported."

    def test_who_names_the_outlet_has_seen_it(self):
        source = invented.report(outlet="Ostrell Courier")
        target = invented.report(*invented.INDEPENDENT, self.LINE, outlet="Lathmoor Record")
        (found,) = invented.signal(rows(source, target), "credited")
        assert found.weight_bits == evidence_settings.CREDIT_LINK_BITS
        assert "Ostrell Courier reported" in invented.words_at(target, found.target_span)
        assert invented.signal(rows(target, source), "credited") == []

    def test_to_be_told_something_is_not_to_be_read(self):
        source = invented.report(outlet="Ostrell Courier")
        line = "Voss told the Ostrell Courier that she slept through all of it."
        target = invented.report(*invented.INDEPENDENT, line, outlet="Lathmoor Record")
        assert invented.signal(rows(source, target), "credited") == []


class TestSignals:
    def test_relatives_and_strangers_are_told_apart(self):
        report = invented.report()
        for lines in (invented.derived("longer"), invented.derived("shorter"), RETOLD):
            assert invented.weighed(report, invented.report(*lines)).p_link > 0.5, lines
        for lines in (invented.INDEPENDENT, invented.STRANGER):
            assert invented.weighed(report, invented.report(*lines)).p_link < 0.1, lines

    def test_closeness_chooses_and_does_not_link(self):
        found = rows(invented.report(), invented.report(*invented.derived("longer")))
        (closeness,) = invented.signal(found, "closeness")
        assert closeness.about == "parent_choice"

    def test_of_two_versions_the_nearer_is_closer(self):
        report = invented.report()
        near = invented.report(*invented.REPORT, *invented.ADDED[:1])
        far = invented.report(*invented.REPORT[:5], *invented.ADDED)
        assert bits(rows(report, near), "closeness") > bits(rows(report, far), "closeness")

    @given(st.permutations(range(8)), st.integers(2, 8), st.booleans())
    @examples.at_most(20)
    def test_the_link_is_the_same_from_both_sides(self, places, n, quoted):
        lines = [invented.REPORT[k] for k in places[:n]] + list(SPEECH if quoted else ())
        one, other = invented.report(), invented.report(*lines)
        forward = gather.bits(rows(one, other), "link")
        assert forward == pytest.approx(gather.bits(rows(other, one), "link"))
