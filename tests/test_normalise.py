import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lineage.text import normalise

from . import reference_text as reference

# Characters that go wrong: expansions, marks, joiners, jamo, look-alikes, surrogates.
AWKWARD = (
    "aeoBcE xX.'-0\n"
    + "éÉßẞİıſﬁﬃ…½²№℡™ŉǰΐᾳᾴ"
    + "“”‘’«»—–‐−´`"
    + "\u0301\u0308\u0327\u0334\u0345\u3099\u200b\u200d\u00ad\ufeff\u2066\ufe0f\u034f"
    + "аеорсВНоνΑΒσςЖж"
    + "가\u1100\u1161\u11a8\uffa0ｶﾞ漢かﾊﾟ"
    + "क\u093fे\u0bbe\u0bc6"
    + "Ａ０Ⓐ𝐀Ǆ\ud800\U0001f600"
)
texts = st.one_of(st.text(), st.text(alphabet=AWKWARD, max_size=40))


class TestNormalise:
    @pytest.mark.parametrize(
        ("supplied", "shown"),
        [
            ("“Don’t” — ok", '"don\'t" - ok'),
            ("ﬁve…", "five..."),
            ("Straße", "strasse"),
            ("e\u0301te\u0301", "été"),
            ("ex\u00adam\u200bple\ufeff", "example"),
            ("Ｕ．Ｓ．", "u.s."),
            ("5 €, 1,000", "5 €, 1,000"),
            ("a\u200b\u0301", "á"),
            ("\u1100\u1161\u11a8", "각"),
            ("", ""),
        ],
    )
    def test_brings_to_one_form(self, supplied, shown):
        assert normalise.normalise(supplied).text == shown

    @pytest.mark.parametrize(
        ("supplied", "shown"),
        [
            ("Вaltimоre", "baltimore"),
            ("pοlice", "police"),
            ("Москва", "москва"),
            ("сосед Bob", "сосед bob"),
            ("А и B", "а и b"),
            ("ЖD", "жd"),
        ],
    )
    def test_folds_look_alikes_only_in_words_otherwise_latin(self, supplied, shown):
        assert normalise.normalise(supplied).text == shown

    def test_characters_made_from_one_share_its_span(self):
        normalised = normalise.normalise("é…x")
        assert normalised.text == "é...x"
        assert normalised.starts.tolist() == [0, 1, 1, 1, 2]
        assert normalised.ends.tolist() == [1, 2, 2, 2, 3]

    def test_character_made_from_two_spans_both(self):
        normalised = normalise.normalise("xe\u0301y")
        assert normalised.to_source(1, 2) == (1, 3)
        assert normalised.to_source(2, 3) == (3, 4)

    def test_empty_span_has_a_place(self):
        normalised = normalise.normalise("a\u200bb\u200b")
        assert normalised.to_source(1, 1) == (2, 2)
        assert normalised.to_source(2, 2) == (4, 4)

    @given(texts)
    @example("aͅ")
    @example("Ⓐо")
    @example("о\u0301a")
    def test_twice_is_once(self, text):
        once = normalise.normalise(text).text
        assert normalise.normalise(once).text == once

    @given(texts)
    def test_agrees_with_whole_string_normalisation(self, text):
        if normalise._OTHER_SCRIPTS.search(text) is not None:
            text = text.encode("ascii", "ignore").decode()
        assert normalise.normalise(text).text == reference.normalise_text(text)

    @given(texts)
    def test_offsets_never_decrease_and_stay_inside(self, text):
        normalised = normalise.normalise(text)
        assert len(normalised.starts) == len(normalised.ends) == len(normalised.text)
        assert normalised.starts.dtype == normalised.ends.dtype == np.int32
        assert (np.diff(normalised.starts) >= 0).all()
        assert (np.diff(normalised.ends) >= 0).all()
        assert (normalised.starts < normalised.ends).all()
        if len(text) and len(normalised.text):
            assert normalised.starts[0] >= 0
            assert normalised.ends[-1] <= len(text)

    @given(texts, st.data())
    def test_source_span_holds_what_it_claims(self, text, data):
        normalised = normalise.normalise(text)
        start = data.draw(st.integers(0, len(normalised.text)))
        end = data.draw(st.integers(start, len(normalised.text)))
        source_start, source_end = normalised.to_source(start, end)
        again = normalise.normalise(text[source_start:source_end]).text
        if normalise._OTHER_SCRIPTS.search(text) is None:
            assert normalised.text[start:end] in again

    def test_unseen_characters_at_the_end_are_in_no_span(self):
        normalised = normalise.normalise("é\u200b")
        assert normalised.to_source(0, 1) == (0, 1)
