"""The language of a text: told by a small model, kept where it is given; words of languages."""

import tomllib
from pathlib import Path

import pandas as pd
import pytest

import lineage
from lineage.cli import explanations
from lineage.io import articles
from lineage.match import document
from lineage.text import words
from lineage.text.languages import detection

from . import invented

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
    return detection.tell(text, words.split_words(text))


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
        [
            "Fire.",
            "Reuters",
            "Karin Lund",
            "12 34 56",
            "Ja.",
            "a b c d e f g",
            "word1 word2 word3",
            "Shr 71 cts vs 57 cts\nNet 4,126,000 vs 2,910,500\nRevs 31.2 mln vs 22.8 mln",
        ],
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
        monkeypatch.setattr(detection, "_identifier", None)
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
        assert detection.code_of(given) == code

    def test_apart(self):
        assert detection.are_apart("de", "en")
        assert not detection.are_apart("da", "no")
        assert not detection.are_apart("de", "de")
        assert not detection.are_apart(None, "de")
        assert not detection.are_apart("de", None)


class TestWords:
    @pytest.mark.parametrize("language", ["de", "en", "fr"])
    def test_english_german_and_french_have_all_lists(self, language):
        for kind in detection.KINDS:
            assert len(detection.words(kind, language)) > 1, kind
        assert len({n for name, n in detection.weekdays().items()}) == 7

    def test_every_list_is_in_small_letters_and_of_a_known_kind(self):
        for language in detection.LISTED:
            filled = detection._file(language)
            # Those of bylines, credits, releases and pages are read by `wordlists`.
            of_credits = {"small_words", "names", "bylines", "credits", "releases", "page"}
            assert set(filled) <= {*detection.KINDS, "weekdays", "relative_days", *of_credits}
            for kind in detection.KINDS:
                assert all(word == word.lower() for word in detection.words(kind, language))

    def test_function_words_of_a_language_tell_its_news(self):
        for language in detection.LISTED:
            cut = set(words.split_words(" ".join(TEXTS[language])).words)
            shared = {
                other: len(cut & detection.words("function_words", other))
                for other in detection.LISTED
            }
            assert max(shared, key=shared.get) == language, shared

    def test_no_language_has_no_words(self):
        assert detection.words("negations", "xx") == frozenset()


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


SWEDISH = " ".join(TEXTS["sv"])
GERMAN = " ".join(TEXTS["de"])
ENGLISH = " ".join(TEXTS["en"])


def traced(*texts, encoder="minilm"):
    frame = pd.DataFrame({"article_id": list("abcdef")[: len(texts)], "text": list(texts)})
    return lineage.trace(frame, encoder=encoder)


@pytest.mark.slow
class TestNotMeasured:
    @pytest.mark.parametrize("encoder", ["minilm", "lexical"])
    def test_no_pair_across_languages_is_called_independent(self, encoder):
        found = traced(SWEDISH, GERMAN, ENGLISH, encoder=encoder)
        assert found.relations["outcome"].tolist() == ["not_measured"] * 3
        assert found.relations["p_independent"].isna().all()
        said = [each for each in found.run["not_measured"] if "several languages" in each]
        assert said == [
            "texts in several languages (de, en, sv): 3 pairs across languages; "
            "--encoder multilingual compares them"
        ]

    def test_two_texts_in_a_language_that_the_encoder_does_not_know(self):
        half = len(TEXTS["sv"]) // 2
        found = traced(" ".join(TEXTS["sv"][:half]), " ".join(TEXTS["sv"][half:]))
        assert found.relations["outcome"].tolist() == ["not_measured"]
        assert any("does not know (sv): 1 pair" in each for each in found.run["not_measured"])

    def test_a_copy_in_such_a_language_is_found_by_its_words(self):
        shorter = " ".join(TEXTS["sv"][:5]).replace("omkring", "ungefär")
        found = traced(SWEDISH, shorter, GERMAN)
        pair = found.relations[(found.relations["a"] == "a") & (found.relations["b"] == "b")]
        assert pair["p_independent"].iloc[0] < 0.2
        assert len(found.edges) == 1
        assert set(found.edges[["source_id", "target_id"]].iloc[0]) == {"a", "b"}

    def test_english_texts_alone_are_measured(self):
        half = len(TEXTS["en"]) // 2
        found = traced(" ".join(TEXTS["en"][:half]), " ".join(TEXTS["en"][half:]))
        assert "not_measured" not in found.relations["outcome"].tolist()
        assert not any("language" in each for each in found.run["not_measured"])

    def test_near_languages_are_compared_by_words_and_nothing_is_claimed_of_no_link(self):
        danish = " ".join(TEXTS["da"])
        found = traced(danish, danish.replace("Marwick", "Nordby"))
        assert len(found.edges) == 1

    def test_an_encoder_that_does_not_say_what_it_knows_is_believed_within_a_language(self):
        half = len(TEXTS["de"]) // 2
        texts = [" ".join(TEXTS["de"][:half]), " ".join(TEXTS["de"][half:])]
        found = traced(*texts, encoder=invented.Meanings())
        assert "not_measured" not in found.relations["outcome"].tolist()

    def test_an_encoder_says_which_languages_it_knows(self):
        encoder = invented.Meanings()
        encoder.languages = ("de",)
        half = len(TEXTS["sv"]) // 2
        texts = [" ".join(TEXTS["sv"][:half]), " ".join(TEXTS["sv"][half:])]
        found = traced(*texts, encoder=encoder)
        assert found.relations["outcome"].tolist() == ["not_measured"]

    def test_compare_says_so(self):
        found = traced(SWEDISH, ENGLISH)
        told_lines = "\n".join(explanations.pair(found))
        assert "a and b: not measured" in told_lines
        assert "not measured: texts in several languages" in told_lines
        assert "neither" not in told_lines

    def test_the_report_says_so(self, tmp_path):
        traced(SWEDISH, ENGLISH).save(tmp_path / "run")
        page = (tmp_path / "run" / "report.html").read_text(encoding="utf-8")
        assert "texts in several languages (en, sv)" in page
        assert "Not measured: in two languages" in page


@pytest.mark.slow
@pytest.mark.parametrize("code", TEXTS)
class TestEachLanguage:
    def joined(self, code, sentences):
        return ("" if code in UNSPACED else " ").join(sentences)

    def test_two_reports_of_two_matters_are_no_relatives(self, code):
        sentences = TEXTS[code]
        found = traced(self.joined(code, sentences[:3]), self.joined(code, sentences[3:]))
        expected = "unrelated" if code == "en" else "not_measured"
        assert found.relations["outcome"].tolist() == [expected]
        assert len(found.edges) == 0

    def test_a_cut_copy_is_found(self, code):
        sentences = TEXTS[code]
        found = traced(
            self.joined(code, sentences), self.joined(code, [*sentences[:4], sentences[5]])
        )
        assert found.relations["p_independent"].iloc[0] < 0.1
        assert len(found.edges) == 1
