import threading

import numpy as np
import pytest

from lineage import errors
from lineage.engine import sentence_vectors

from . import invented


class Counting:
    """An encoder that remembers what it was asked for."""

    def __init__(self):
        self.asked = []

    def encode(self, texts):
        self.asked.append(list(texts))
        return invented.Meanings().encode(texts)


def page():
    """A text whose second line is not content."""
    return invented.report(
        *invented.REPORT[:3], roles=["body", "furniture", "body"], article_id="page"
    )


class TestEmbedder:
    def test_in_lexical_mode_there_are_no_vectors(self):
        found = sentence_vectors.Embedder("lexical")
        assert found.encoder is None
        assert found.vectors(invented.report()) is None
        assert found.across([invented.report()], {}) == {}

    def test_sentences_that_are_not_content_have_no_vector(self):
        vectors = sentence_vectors.Embedder(Counting()).vectors(page())
        assert np.isnan(vectors).all(axis=1).tolist() == [False, True, False]

    def test_only_the_sentences_asked_for_are_embedded(self):
        counting = Counting()
        wanted = np.array([True, True, False])
        vectors = sentence_vectors.Embedder(counting).vectors(page(), wanted)
        assert np.isnan(vectors).all(axis=1).tolist() == [False, True, True]
        assert counting.asked == [[invented.REPORT[0]]]

    def test_what_was_prepared_is_not_embedded_again(self):
        counting = Counting()
        found = sentence_vectors.Embedder(counting)
        found.prepare([(page(), None)])
        n_asked = sum(map(len, counting.asked))
        found.vectors(page())
        assert sum(map(len, counting.asked)) == n_asked == 2

    def test_what_runs_meanwhile_is_called_once(self):
        called = threading.Event()
        times = []

        def meanwhile():
            times.append(1)
            called.set()

        found = sentence_vectors.Embedder("lexical", meanwhile)
        found.prepare([])
        found.prepare([])
        assert called.wait(5)
        assert times == [1]

    def test_an_encoder_that_cannot_be_had_is_an_error_when_it_is_needed(self, monkeypatch):
        def load(wanted):
            raise errors.ConfigError(f"no encoder {wanted}")

        monkeypatch.setattr(sentence_vectors.encoders, "load", load)
        found = sentence_vectors.Embedder("none-such")
        with pytest.raises(errors.ConfigError, match="no encoder none-such"):
            found.vectors(invented.report())
