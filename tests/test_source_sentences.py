import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage.attribution import measures, source_sentences
from lineage.match import pairs

from . import invented, reference


def parent(source, target):
    match = pairs.match_sentences(source, target, None, None)
    return measures.Parent(source, pairs.compare(source, target), match)


def chosen(target, line, *parents, meaning=None, is_update=False):
    """Source sentences chosen for a line of the target, all sentences as alike in meaning."""
    origins = [parent(each, target) for each in parents]
    origins = [dataclasses.replace(each, is_update=is_update) for each in origins]
    if meaning is not None:
        origins = [
            dataclasses.replace(
                each,
                match=dataclasses.replace(
                    each.match, semantic=np.full(each.match.semantic.shape, meaning)
                ),
            )
            for each in origins
        ]
    measured = [measures.measure(target, each) for each in origins]
    index = target.sentences["text"].tolist().index(line)
    found = source_sentences.choose(target, index, target.roles[index], origins, measured)
    return [parents[each.parent].sentences["text"][each.sentence] for each in found]


class TestChoose:
    def test_a_heading_of_words_that_two_sentences_have_is_of_neither(self):
        leak = "The harbour council found diesel in the harbour of Ostrell after the leak."
        again = "A second leak of diesel reached the harbour council of Ostrell."
        source = invented.report(leak, again, *invented.REPORT[4:])
        line = "Harbour diesel leak in Ostrell"
        target = invented.report(
            line, leak, again, *invented.REPORT[4:], roles=["heading", *["body"] * 6]
        )
        assert chosen(target, line, source) == []
        other = invented.report(leak, *invented.REPORT[4:])
        assert chosen(target, line, other) == [leak]

    def test_a_retold_sentence_between_two_kept_ones_takes_the_source_between_them(self):
        retold = "At dusk the divers, who closed two valves, had her brought to a quiet quay."
        source = invented.report()
        lines = (*invented.REPORT[:2], retold, *invented.REPORT[3:])
        target = invented.report(*lines)
        assert chosen(target, retold, source) == [invented.REPORT[2]]

    def test_news_with_numbers_between_two_kept_sentences_is_news(self):
        news = "At 9.30 the vessel and 14 divers reached Lathmoor for repairs."
        source = invented.report()
        target = invented.report(*invented.REPORT[:2], news, *invented.REPORT[3:])
        assert chosen(target, news, source) == []
        plain = news.replace("At 9.30 the vessel and 14", "The vessel and her")
        target = invented.report(*invented.REPORT[:2], plain, *invented.REPORT[3:])
        assert chosen(target, plain, source) == [invented.REPORT[2]]

    @pytest.mark.parametrize(
        ("meaning", "is_update", "n_sources"),
        [(0.6, False, 1), (0.6, True, 0), (0.8, True, 1), (None, True, 1)],
    )
    def test_what_an_update_tells_in_few_of_the_words_is_news(self, meaning, is_update, n_sources):
        news = "Minister Ines Calloway told Tessaly Freight to raise its wreck before Easter."
        lines = (*invented.REPORT[:3], news, *invented.REPORT[4:])
        found = chosen(
            invented.report(*lines),
            news,
            invented.report(),
            meaning=meaning,
            is_update=is_update,
        )
        assert found == [invented.REPORT[3]] * n_sources

    def test_a_phrase_from_another_sentence_makes_it_a_further_source(self):
        counted, found = invented.REPORT[6], invented.REPORT[0]
        line = counted.rstrip(".") + ", three miles below the old ferry."
        source = invented.report()
        assert set(chosen(invented.report(line, *invented.REPORT[3:6]), line, source)) == {
            counted,
            found,
        }

    def test_words_from_another_sentence_that_make_no_phrase_do_not(self):
        counted = invented.REPORT[6]
        line = counted.replace("counted", "and fishermen of Ostrell counted")
        source = invented.report()
        assert chosen(invented.report(line, *invented.REPORT[3:6]), line, source) == [counted]


@st.composite
def sentences(draw):
    """Worth of stems in numbers that add up exactly, which of them are had, and an order."""
    n = draw(st.integers(1, 6))
    more = draw(st.lists(st.integers(-4, 4), min_size=n, max_size=n))
    has = [value > 0 or (value == 0 and draw(st.booleans())) for value in more]
    order = draw(st.lists(st.integers(0, n - 1), min_size=1, max_size=9))
    return np.array(more, dtype=float), np.array(has, dtype=float), order


class TestPhrase:
    @given(sentences())
    def test_agrees_with_looking_at_every_part(self, drawn):
        more, has, order = drawn
        assert source_sentences.phrase(more, has, order) == reference.phrase(
            more.tolist(), has.tolist(), order
        )
