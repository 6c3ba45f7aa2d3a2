import numpy as np
import pytest

from lineage.attribution import (
    candidate_sources,
    digests,
    found_sentences,
    measures,
    passages,
    sentence_index,
)
from lineage.graph import links
from lineage.match import pairs

from . import invented

FERRY = (
    "The ferry Osprey will stop calling at Tarrant Quay from the first week of November.",
    "Her owners say that eleven passengers a day do not pay for the coal she burns.",
    "Pupils of the grammar school must then row to lessons or lodge with aunts in Pellow.",
    "A petition with nine hundred signatures lies on the counter of the chandlery.",
    "Councillor Edda Voss wants the tolls of the bridge to be spent on a smaller boat.",
)
ORCHARD = (
    "A late frost has killed two thirds of the blossom in the orchards around Merrow.",
    "Growers lit three hundred braziers between the rows and still lost the early pears.",
    "Cider will cost a penny more by autumn, the press house at Lathmoor has warned.",
    "Beekeeper Tilda Renn moved forty hives to the rape fields on the other side of the hill.",
)
# Short items of a roundup: each tells of one of the stories in fewer words.
ROUNDUP = (
    "The ferry Osprey stops calling at Tarrant Quay in November, as eleven passengers a day do "
    "not pay for her coal.",
    "Pupils of the grammar school must row to lessons or lodge in Pellow.",
    "In the orchards around Merrow a late frost has killed two thirds of the blossom.",
    "Cider will cost a penny more by autumn, the press house at Lathmoor warns.",
)


def looked_up(documents):
    bits = sentence_index.build(documents).bits
    found = {}
    for s, source in enumerate(documents):
        for t, target in enumerate(documents):
            if s != t:
                match = pairs.match_sentences(source, target, None, None)
                parent = measures.Parent(source, pairs.compare(source, target), match)
                found[s, t] = found_sentences.answer(target, parent, bits)
    return found


def read(documents):
    return documents, looked_up(documents), links.find(documents).by_pair


@pytest.fixture(scope="module")
def roundup():
    return read([invented.report(*told) for told in (FERRY, ORCHARD, ROUNDUP, invented.STRANGER)])


class TestFurther:
    def test_a_roundup_was_drawn_from_each_of_its_sources(self, roundup):
        found = passages.further(*roundup)
        assert found[0, 2].p > 0.5
        assert found[1, 2].p > 0.5

    def test_the_sources_were_drawn_from_nothing(self, roundup):
        found = passages.further(*roundup)
        assert found[2, 0].p < found[0, 2].p
        assert found[3, 2].p < 0.2
        assert found[0, 1].p < 0.2

    def test_says_which_sentences_answer_to_which(self, roundup):
        documents, _, _ = roundup
        (passage,) = passages.further(*roundup)[0, 2].passages
        assert [k for k, _ in passage.sentences] == [0, 1]
        assert passage.n_words == sum(len(documents[2].sentence_words[k]) for k in (0, 1))
        assert passage.p > 0.5

    def test_a_source_that_grows_by_what_nobody_took_stays_a_source(self, roundup):
        documents, _, _ = roundup
        grown = [invented.report(*FERRY, *invented.REPORT), *documents[1:]]
        before = passages.further(*roundup)[0, 2].p
        after = passages.further(*read(grown))[0, 2].p
        assert after > before - 0.1

    def test_what_a_known_parent_has_as_well_counts_for_no_other(self):
        documents = [invented.report(*FERRY), invented.report(*FERRY[:4]), invented.report(*FERRY)]
        documents[2] = invented.report(*FERRY[:3])
        known = passages.further(*read(documents), [(), (), (0,)])
        unknown = passages.further(*read(documents))
        assert known[1, 2].p < 0.2
        assert known[1, 2].p <= unknown[1, 2].p

    def test_of_one_text_there_is_nothing_to_say(self):
        assert passages.further([invented.report()], {}, {}) == {}


class TestLeftOf:
    def test_without_known_parents_it_is_that_one_sentence_was_drawn(self):
        assert passages.left_of(np.array([0.0, 0.0]), []) == pytest.approx(0.75)

    def test_nothing_is_left_of_what_a_parent_has_better(self):
        left = passages.left_of(np.array([1.0, 2.0]), [np.array([2.0, 3.0])])
        assert left == pytest.approx(0.0)


class TestLoad:
    def test_the_shipped_weights_never_hold_evidence_against_a_source(self):
        weights = dict(zip(digests.FEATURES, passages.load().weights.tolist(), strict=True))
        assert all(weights[name] >= 0 for name in digests.NEVER_AGAINST)

    def test_a_text_that_names_outlets_is_the_likelier_to_be_made_from_others(self):
        weights = dict(zip(digests.FEATURES, passages.load().weights.tolist(), strict=True))
        assert min(weights["cited"], weights["n_cited"]) > 0 > weights["n_cited_of_source"]


def test_what_is_looked_up_is_what_lookup_gives(roundup):
    documents, _, _ = roundup
    index = sentence_index.build(documents)
    wanted = candidate_sources.worth_a_look(index, sentence_index.by_words(index))
    assert {(0, 2), (1, 2)} <= set(wanted)
