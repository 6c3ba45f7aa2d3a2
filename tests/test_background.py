import numpy as np

from lineage.match import background

from . import made

KILN = (
    "The brick kiln at Oddmere closed in 1994, and Ines Farrow bought its chimney for 300 crowns."
)
KILN_TOO = "Ines Farrow bought the chimney of the brick kiln at Oddmere."
MARKET = "Shares of the mill closed at 12.5 crowns. Turnover closed at 40.1 crowns."


def counted(**texts):
    return background.build(list(made.documents(**texts).values()))


class TestBuild:
    def test_words_are_counted_once_a_text(self):
        known = counted(a=MARKET, b=KILN, c="It closed, and closed, and closed again.")
        holders = [int(each.vocabulary.n_texts.max()) for each in known.texts]
        assert holders == [3, 3, 3]

    def test_a_text_alone_has_all_to_itself(self):
        (text,) = counted(a=KILN).texts
        assert set(text.pairs.n_texts.tolist()) == {1}

    def test_names_have_a_capital_inside_a_sentence(self):
        (text,) = counted(a="Kilns cooled. The owner of Oddmere saw Farrow and his kilns.").texts
        assert int(text.is_name.sum()) == 2

    def test_names_of_a_text_without_capitals_are_not_taken_from_strangers(self):
        lower = "the owner of oddmere saw farrow and his kilns."
        for others in ({}, {"b": lower + " it rained."}, {"b": KILN, "c": MARKET}):
            found = counted(a=lower, **others).texts
            (text,) = (each for each in found if each.n_words == len(lower.split()))
            assert not text.is_cased
            assert int(text.is_fact.sum()) == 0

    def test_a_single_digit_is_no_number_to_know_a_text_by(self):
        (text,) = counted(a="The 7 men had 318 sheep and 42 goats.").texts
        assert int(text.is_number.sum()) == 2

    def test_what_somebody_said_is_not_told(self):
        said = 'The owner stood up. "We will not sell the chimney to anybody this year," he said.'
        (text,) = counted(a=said).texts
        assert 0 < text.n_told < text.n_words

    def test_order_of_texts_does_not_matter(self):
        one = counted(a=KILN, b=KILN_TOO, c=MARKET)
        other = background.build(
            list(reversed(made.documents(a=KILN, b=KILN_TOO, c=MARKET).values()))
        )
        by_key = {each.key: each for each in other.texts}
        for each in one.texts:
            assert np.array_equal(each.runs.n_texts, by_key[each.key].runs.n_texts)

    def test_no_text_at_all_is_a_collection(self):
        assert background.build([]).n == 0


class TestSurprise:
    def test_what_many_others_have_tells_less(self):
        language = np.full(4, 16.0)
        found = background.surprise(language, np.array([0, 1, 10, 100]), 120, 18.0)
        assert np.all(np.diff(found) < 0)

    def test_a_collection_makes_nothing_rarer_than_the_language(self):
        found = background.surprise(np.array([5.0, 9.0]), np.zeros(2), 100_000, 18.0)
        assert found.tolist() == [5.0, 9.0]

    def test_no_word_says_more_than_the_most(self):
        assert background.surprise(np.array([40.0]), np.zeros(1), 10**9, 18.0) == [18.0]
