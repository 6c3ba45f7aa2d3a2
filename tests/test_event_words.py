import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage.match import event_words

from . import examples, made

CRANE = (
    "A gantry crane collapsed on to the feeder vessel Marlene Vost at Halvane on Tuesday, "
    "said harbour master Ruairi Denholm, and hydraulic oil leaked into the estuary."
)
CRANE_TOO = (
    "The Marlene Vost was moored at Halvane when the gantry fell. Ruairi Denholm spoke of "
    "hydraulic oil in the estuary."
)
VOTE = (
    "Councillors in Eastbank voted to shutter the lending library on Plumb Street, and the "
    "treasurer, Odile Marchetti, resigned."
)
VOTE_TOO = "Odile Marchetti resigned as treasurer of Eastbank over the library on Plumb Street."
PLAIN = "They said that it was a good day and that there would be another one."

names = st.lists(
    st.sampled_from("Halvane Vost Denholm Marchetti Eastbank Plumb gantry estuary".split()),
    min_size=1,
    max_size=5,
).map(" ".join)


class TestRareWords:
    def test_names_and_technical_words_count_and_common_ones_do_not(self):
        (document,) = made.documents(a=CRANE).values()
        found = event_words.rare_words(document)
        assert {"gantry", "halvane", "denholm", "vost"} <= found
        assert not {"the", "on", "said", "into"} & found

    def test_numbers_do_not_count(self):
        (document,) = made.documents(a="Halvane had 318,000 containers and 1996 in 2008.").values()
        assert not any(word[0].isdigit() for word in event_words.rare_words(document))


class TestAllPairs:
    def test_every_pair_once_in_order_of_key(self):
        documents = list(made.documents(x=CRANE, y=VOTE, z=PLAIN).values())
        ids = [each.article_id for each in documents]
        assert event_words.all_pairs(documents) == list(itertools.combinations(ids, 2))


class TestBySharedWords:
    def test_texts_of_one_event_are_brought_together(self):
        documents = list(made.documents(a=CRANE, b=CRANE_TOO, c=VOTE, d=VOTE_TOO).values())
        found = event_words.by_shared_words(documents, per_article=1)
        assert {frozenset(pair) for pair in found} == {frozenset("ab"), frozenset("cd")}

    def test_a_text_without_rare_words_has_no_pair(self):
        documents = list(made.documents(a=CRANE, b=CRANE_TOO, c=PLAIN).values())
        found = event_words.by_shared_words(documents, per_article=5)
        assert {frozenset(pair) for pair in found} == {frozenset("ab")}

    def test_a_word_of_every_text_separates_nothing(self):
        texts = {f"t{k}": f"Halvane met {'abcdefghijklmnop'[k] * 7}." for k in range(12)}
        documents = list(made.documents(**texts).values())
        assert event_words.by_shared_words(documents, per_article=5) == []

    @pytest.mark.slow
    @examples.at_most(30)
    @given(st.lists(names, min_size=2, max_size=7, unique=True))
    def test_the_order_of_the_texts_makes_no_difference(self, texts):
        one = made.documents(**{f"t{k}": text for k, text in enumerate(texts)})
        other = made.documents(**{f"s{k}": text for k, text in enumerate(reversed(texts))})

        def pairs_of(documents):
            found = event_words.by_shared_words(list(documents.values()), per_article=2)
            return [tuple(documents[name].text for name in pair) for pair in found]

        assert pairs_of(one) == pairs_of(other)

    @pytest.mark.slow
    @examples.at_most(30)
    @given(st.lists(names, min_size=2, max_size=7, unique=True))
    def test_with_room_for_all_it_finds_every_pair_that_shares_a_rare_word(self, texts):
        documents = list(made.documents(**{f"t{k}": text for k, text in enumerate(texts)}).values())
        found = event_words.by_shared_words(documents, per_article=len(texts))
        expected = [
            (first.article_id, second.article_id)
            for first, second in itertools.combinations(documents, 2)
            if event_words.rare_words(first) & event_words.rare_words(second)
        ]
        assert found == expected


class TestSameEvent:
    @pytest.mark.parametrize(
        ("one", "other", "expected"),
        [(CRANE, CRANE_TOO, True), (CRANE, VOTE, False), (CRANE, PLAIN, False)],
    )
    def test_shared_names_tell(self, one, other, expected):
        first, second = made.documents(one=one, other=other).values()
        assert event_words.same_event(first, second) is expected
        assert event_words.same_event(second, first) is expected
