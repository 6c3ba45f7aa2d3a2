"""The language of a text: told by a small model, kept where it is given; words of languages."""

import tomllib
from pathlib import Path

import pandas as pd
import pytest

import lineage
from lineage import articles, document
from lineage.text import languages, words

TEXTS = tomllib.loads((Path(__file__).parent / "language_texts.toml").read_text(encoding="utf-8"))
# Scripts without spaces: two letters are about a word.
UNSPACED = ("zh", "ja")


def beginning(sentences, n_words, language):
    """The first `n_words` words of some sentences."""
    if language in UNSPACED:
        return "".join(sentences)[: 2 * n_words]
    return " ".join(" ".join(sentences).split()[:n_words])


def snippets():
    """160 beginnings of invented news: (language, words, text)."""
    for code, sentences in TEXTS.items():
        yield from ((code, 8, beginning([each], 8, code)) for each in sentences)
        yield from ((code, 30, beginning(sentences[k : k + 2], 30, code)) for k in (0, 2, 4))
        yield code, 100, beginning(sentences, 100, code)


def told(text):
    return languages.tell(text, words.split_words(text))


class TestTell:
    @pytest.mark.parametrize("n_words", [30, 100])
    def test_news_of_thirty_words_and_more_is_told_right(self, n_words):
        wrong = [(code, told(text)) for code, n, text in snippets() if n == n_words]
        assert [each for each in wrong if each[0] != each[1]] == []

    def test_of_eight_words_none_is_told_wrong_and_most_are_told(self):
        answers = [(code, told(text)) for code, n, text in snippets() if n == 8]
        assert [each for each in answers if each[1] not in (each[0], None)] == []
        assert sum(answer is not None for _, answer in answers) >= 0.85 * len(answers)

    @pytest.mark.parametrize(
        "text",
        ["Fire.", "Reuters", "Karin Lund", "12 34 56", "Ja.", "a b c d e f g", "word1 word2 word3"],
    )
    def test_what_is_too_short_or_odd_has_no_language(self, text):
        assert told(text) is None

    def test_names_of_another_language_do_not_make_an_english_text_german(self):
        text = (
            "The Bundestag has put off its vote on the Schuldenbremse, and the Bürgermeister of "
            "Tollberg said that it was a loss to the town that the Kindergeld would be cut."
        )
        assert told(text) == "en"

    def test_english_needs_no_model(self, monkeypatch):
        monkeypatch.setattr(languages, "_identifier", None)
        assert told(" ".join(TEXTS["en"])) == "en"

    @pytest.mark.parametrize("code", [code for code in TEXTS if code != "en"])
    def test_the_short_way_takes_no_other_language_for_english(self, code):
        assert told(" ".join(TEXTS[code])) == code

    def test_the_same_text_is_told_the_same_in_capitals(self):
        assert told(" ".join(TEXTS["sv"]).upper()) == "sv"


class TestCodes:
    @pytest.mark.parametrize(
        ("given", "code"),
        [
            ("en-GB", "en"),
            ("EN_us", "en"),
            ("nb", "no"),
            ("nn-NO", "no"),
            ("zh-Hant", "zh"),
            ("iw", "he"),
            (" de ", "de"),
            ("", None),
            (None, None),
            ("und", None),
        ],
    )
    def test_plain_code(self, given, code):
        assert languages.code_of(given) == code

    def test_apart(self):
        assert languages.are_apart("de", "en")
        assert not languages.are_apart("da", "no")
        assert not languages.are_apart("de", "de")
        assert not languages.are_apart(None, "de")
        assert not languages.are_apart("de", None)


class TestWords:
    @pytest.mark.parametrize("language", ["de", "en", "fr"])
    def test_english_german_and_french_have_all_lists(self, language):
        for kind in languages.KINDS:
            assert len(languages.words(kind, language)) > 1, kind
        assert len({n for name, n in languages.weekdays().items()}) == 7

    def test_every_list_is_in_small_letters_and_of_a_known_kind(self):
        for language in languages.LISTED:
            filled = languages._file(language)
            assert set(filled) <= {*languages.KINDS, "weekdays", "relative_days"}
            for kind in languages.KINDS:
                assert all(word == word.lower() for word in languages.words(kind, language))

    def test_function_words_of_a_language_tell_its_news(self):
        for language in languages.LISTED:
            cut = set(words.split_words(" ".join(TEXTS[language])).words)
            shared = {
                other: len(cut & languages.words("function_words", other))
                for other in languages.LISTED
            }
            assert max(shared, key=shared.get) == language, shared

    def test_no_language_has_no_words(self):
        assert languages.words("negations", "xx") == frozenset()


class TestArticles:
    def test_the_table_says_the_language(self):
        codes = ["de", "en", "ar"]
        frame = pd.DataFrame(
            {"article_id": codes, "text": [" ".join(TEXTS[code]) for code in codes]}
        )
        table = articles.prepare(frame)
        assert table["language"].tolist() == table["article_id"].tolist()

    def test_a_given_language_is_kept_as_given(self):
        frame = pd.DataFrame(
            {"text": [" ".join(TEXTS["de"])], "language": ["gsw-CH"], "article_id": ["a"]}
        )
        table = articles.prepare(frame)
        assert table["language"].tolist() == ["gsw-CH"]
        made = document.build(table, document.sentence_table(table))
        assert made["a"].language == "gsw"

    def test_what_cannot_be_told_is_missing(self):
        table = articles.prepare(pd.DataFrame({"text": ["Reuters"]}))
        assert table["language"].isna().all()

    def test_it_is_in_the_result(self):
        texts = pd.DataFrame(
            {"article_id": ["a", "b"], "text": [" ".join(TEXTS["fr"]), " ".join(TEXTS["en"])]}
        )
        found = lineage.trace(texts, encoder="lexical").articles
        assert found.set_index("article_id")["language"].to_dict() == {"a": "fr", "b": "en"}


class TestSpeech:
    def build(self, text):
        table = articles.prepare(pd.DataFrame({"article_id": ["a"], "text": [text]}))
        return document.build(table, document.sentence_table(table))["a"]

    @pytest.mark.parametrize("code", ["de", "en", "fr"])
    def test_a_sentence_that_reports_speech_is_not_the_texts_own_voice(self, code):
        made = self.build(" ".join(TEXTS[code]))
        # The second sentence gives somebody's word, the first tells.
        first, second = made.sentence_words[0], made.sentence_words[1]
        assert not made.own_voice[second].any()
        assert made.reports_speech(*map(int, made.spans[1]))
        assert not made.reports_speech(*map(int, made.spans[0]))
        assert len(first)
