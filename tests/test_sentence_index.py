import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage.attribution import attribution_settings, sentence_index
from lineage.match import similarity

from . import examples, invented

FORM = "Quarterly returns of the registered dredging company came to {} guilders."


def texts(*lines_of_each):
    return [invented.report(*lines, outlet=str(k)) for k, lines in enumerate(lines_of_each)]


def sentence_at(index, row):
    document = index.documents[index.text_of[row]]
    return document.sentences["text"].iloc[index.place_of[row]]


def pairs_of(index, found):
    rows = zip(found.target.tolist(), found.source.tolist(), strict=True)
    return [(sentence_at(index, target), sentence_at(index, source)) for target, source in rows]


class TestBuild:
    def test_lists_every_sentence_of_the_story_once(self):
        index = sentence_index.build(texts(invented.REPORT, invented.STRANGER))
        listed = [sentence_at(index, row) for row in range(len(index.totals))]
        assert sorted(listed) == sorted((*invented.REPORT, *invented.STRANGER))

    def test_leaves_out_what_belongs_to_the_page(self):
        lines = (invented.REPORT[0], "Sign up for the morning letter.")
        page = invented.report(*lines, roles=["body", "boilerplate"])
        assert len(sentence_index.build([page]).totals) == 1

    def test_of_no_texts_is_empty(self):
        index = sentence_index.build([])
        assert len(index.totals) == 0
        assert len(sentence_index.by_words(index).target) == 0


class TestWeigh:
    def test_a_word_of_two_texts_is_as_rare_as_in_the_language(self):
        alone = sentence_index.weigh([frozenset({"guilder"})], [0])
        shared = sentence_index.weigh([frozenset({"guilder"})] * 2, [0, 1])
        assert shared["guilder"] == pytest.approx(alone["guilder"], abs=0.1)

    def test_a_word_of_a_form_is_common(self):
        told = [frozenset({"guilder"})] * 50
        (bits,) = sentence_index.weigh(told, list(range(50))).values()
        assert bits < 4.0

    @given(st.lists(st.booleans(), min_size=2, max_size=30), st.data())
    def test_where_more_texts_have_a_word_it_is_never_rarer(self, has, data):
        more = [each or data.draw(st.booleans()) for each in has]
        bits = []
        for listed in (has, more):
            told = [frozenset({"guilder", "a"} if each else {"a"}) for each in listed]
            bits.append(sentence_index.weigh(told, list(range(len(told)))).get("guilder", 99.0))
        assert bits[1] <= bits[0]


class TestByWords:
    def test_the_same_sentence_comes_first(self):
        index = sentence_index.build(texts(invented.REPORT, invented.REPORT[2:4]))
        found = pairs_of(index, sentence_index.by_words(index))
        assert (invented.REPORT[2], invented.REPORT[2]) in found
        first = {}
        for target, source in found:
            first.setdefault(target, source)
        assert first[invented.REPORT[3]] == invented.REPORT[3]

    def test_no_sentence_finds_one_of_its_own_text(self):
        index = sentence_index.build(texts((*invented.REPORT, invented.REPORT[0])))
        assert len(sentence_index.by_words(index).target) == 0

    def test_gives_so_many_at_most(self):
        index = sentence_index.build(texts(*[[invented.REPORT[0]]] * 6))
        found = sentence_index.by_words(index, n_best=3)
        assert np.bincount(found.target).tolist() == [3] * 6

    def test_is_what_a_look_at_every_pair_gives(self):
        index = sentence_index.build(texts(invented.REPORT, invented.INDEPENDENT))
        found = sentence_index.by_words(index, n_best=100)
        scores = dict(
            zip(
                zip(found.target.tolist(), found.source.tolist(), strict=True),
                found.score.tolist(),
                strict=True,
            )
        )
        bags = [
            index.documents[at].stems[k]
            for at, k in zip(index.text_of, index.place_of, strict=True)
        ]
        for one, other in itertools.permutations(range(len(bags)), 2):
            if index.text_of[one] == index.text_of[other]:
                continue
            had = sum(index.bits[stem] for stem in bags[one] & bags[other])
            alike = had / index.totals[one]
            alike += attribution_settings.TAKEN_WEIGHT * had / index.totals[other]
            # Only the rarest words of a long sentence are looked up.
            if (one, other) in scores:
                assert scores[one, other] <= alike + 1e-9
            else:
                assert alike < 2 * attribution_settings.MIN_ALIKE

    @given(st.permutations(range(3)))
    @examples.at_most(6)
    def test_the_order_of_texts_does_not_matter(self, order):
        lines = [invented.REPORT, invented.INDEPENDENT, invented.REPORT[1:5]]
        index = sentence_index.build(texts(*lines))
        given_order = [index.documents[k] for k in order]
        other = sentence_index.build(given_order)
        one = sorted(pairs_of(index, sentence_index.by_words(index)))
        assert one == sorted(pairs_of(other, sentence_index.by_words(other)))


def test_rarity_is_that_of_similarity_in_kind():
    """Both weigh words in bits: what they share can be added up by the same code."""
    index = sentence_index.build(texts(invented.REPORT, invented.REPORT))
    one, other = index.documents
    shared = similarity.overlap(one.bags, other.bags, index.bits)
    assert shared.shape == (len(one.roles), len(other.roles))
    assert shared.diagonal().min() > 0
