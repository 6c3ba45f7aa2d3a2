import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lineage.match import pairs

from . import examples, made

WIRE = (
    "A container crane collapsed on to a moored cargo ship at the port of Halvane on Tuesday. "
    "Tugs were working to keep the shipping channel free of containers. "
    '"We heard it before we saw it," harbour master Ruairi Denholm told reporters. '
    "The last serious accident at Halvane was in 2008, when a mobile crane overturned."
)
CUT = (
    "A container crane collapsed on to a moored cargo ship at the port of Halvane on Tuesday. "
    "Tugs were working to keep the shipping channel free of floating containers."
)
SWAPPED = (
    "The last serious accident at Halvane was in 2008, when a mobile crane overturned. "
    "A container crane collapsed on to a moored cargo ship at the port of Halvane on Tuesday."
)
OWN = (
    "It was the sound of the wind in the gantry that people on the quay remember. "
    '"We heard it before we saw it," Ruairi Denholm said at noon.'
)


def compared(**texts):
    first, second = made.documents(**texts).values()
    return pairs.compare(first, second)


def side(pair, name):
    return pair.a if pair.a.article_id == name else pair.b


class TestCompare:
    def test_runs_are_equal_words(self):
        pair = compared(wire=WIRE, cut=CUT)
        assert len(pair.blocks) > 0
        for i, j, n in pair.blocks:
            assert pair.a.words[i : i + n] == pair.b.words[j : j + n]

    def test_containment_tells_who_has_more(self):
        pair = compared(wire=WIRE, cut=CUT)
        assert pair.containment(side(pair, "cut")) > 0.9
        assert pair.containment(side(pair, "wire")) < 0.6

    def test_shared_words_are_counted_where_they_are_fewer(self):
        pair = compared(wire=WIRE, cut=CUT)
        assert pair.shared_words == (pair.covered(side(pair, "cut"))).sum()

    def test_a_text_contains_all_of_its_copy(self):
        pair = compared(wire=WIRE, copy=WIRE + "\n")
        assert pair.containment_a == pair.containment_b == 1.0

    def test_a_moved_sentence_is_shared_too(self):
        pair = compared(wire=WIRE, swapped=SWAPPED)
        assert pair.containment(side(pair, "swapped")) == 1.0
        assert pair.moved.sum() == 1

    def test_the_order_of_the_two_makes_no_difference(self):
        first, second = made.documents(wire=WIRE, cut=CUT).values()
        one, other = pairs.compare(first, second), pairs.compare(second, first)
        assert one.a is other.a
        assert one.blocks.tolist() == other.blocks.tolist()

    def test_stray_words_that_two_texts_happen_to_share_do_not_count(self):
        pair = compared(
            one="The mayor of the city said on Tuesday that he was not in the race.",
            other="A crane of the port fell on Tuesday, and it was in the water.",
        )
        assert pair.shared_words == 0
        assert len(pair.blocks) == 0

    def test_runs_come_in_order_of_the_target(self):
        pair = compared(wire=WIRE, swapped=SWAPPED)
        for source in (pair.a, pair.b):
            runs = pair.runs(source)
            assert (np.diff(runs[:, 1]) > 0).all()
            target = pair.other(source)
            for i, j, n in runs:
                assert source.words[i : i + n] == target.words[j : j + n]

    def test_a_shared_quote_is_no_shared_narration(self):
        pair = compared(wire=WIRE, own=OWN)
        assert pair.containment(side(pair, "own")) > 0.2
        own = side(pair, "own")
        unquoted = pair.unquoted_a if own is pair.a else pair.unquoted_b
        assert unquoted < pair.containment(own)

    def test_words_that_one_side_quotes_are_nobodys_narration_on_the_other(self):
        bare = "We heard it before we saw it, so loud was the fall of the crane that day."
        pair = compared(wire=WIRE, bare=bare)
        document = side(pair, "bare")
        narrated = {document.words[i] for i in np.flatnonzero(pair.narrated(document))}
        assert {"heard", "saw"} & narrated == set()
        assert "loud" in narrated

    def test_what_one_side_tells_stays_its_own_whoever_quotes_it(self):
        last = WIRE.rsplit(". ", 1)[1]
        column = f"The port has had a bad year, and nobody there will say so. {last}"
        quoting = f'It has been a bad year for the port. "{last}" Aila Rusk wrote in the Ledger.'
        pair = compared(column=column, quoting=quoting)
        assert pair.narrated(side(pair, "column"))[-8:].all()
        assert not pair.narrated(side(pair, "quoting"))[10:18].any()

    @examples.at_most(40)
    @given(st.lists(st.sampled_from(WIRE.split()), max_size=60).map(" ".join))
    def test_covered_words_are_those_of_the_runs(self, text):
        pair = compared(wire=WIRE, other=f"Denholm {text}")
        expected = {i + k for i, _, n in pair.blocks for k in range(n)}
        assert set(np.flatnonzero(pair.covered_a)) == expected


class TestMatchSentences:
    def matched(self, source, target, *, vectors=(None, None)):
        both = made.documents(source=source, target=target)
        return pairs.match_sentences(both["source"], both["target"], *vectors)

    def test_each_sentence_finds_its_own(self):
        found = self.matched(WIRE, CUT)
        assert found.path.tolist() == [0, 1]
        assert found.lexical[0, 0] == 1.0

    def test_a_sentence_of_something_else_finds_none(self):
        found = self.matched(WIRE, f"{CUT} Shares in the bakery rose by nine cents.")
        assert found.path.tolist() == [0, 1, -1]

    def test_without_vectors_meaning_is_not_measured(self):
        assert np.isnan(self.matched(WIRE, CUT).semantic).all()

    def test_with_vectors_it_is_their_cosine(self):
        source, target = np.eye(4, 8, dtype=np.float32), np.eye(2, 8, dtype=np.float32)
        found = self.matched(WIRE, CUT, vectors=(source, target))
        assert found.semantic.tolist() == np.eye(2, 4).tolist()

    def test_meaning_finds_what_words_do_not(self):
        target = "Nobody on the quay had ever met with anything like that gust."
        source_vectors = np.eye(4, 8, dtype=np.float32)
        target_vectors = source_vectors[[3]]
        lexical = self.matched(WIRE, target)
        semantic = self.matched(WIRE, target, vectors=(source_vectors, target_vectors))
        assert semantic.score[0, 3] > lexical.score[0, 3]

    def test_shares_are_of_the_right_side(self):
        found = self.matched(WIRE, "Tugs were working.")
        assert found.lexical[0, 1] == 1.0
        assert 0 < found.taken[0, 1] < 0.5
