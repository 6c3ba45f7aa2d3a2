import re

import pytest

from lineage.text.languages import detection, word_lists


@pytest.mark.parametrize("language", word_lists.LANGUAGES)
def test_every_language_has_the_same_lists(language):
    known = word_lists.words("en")["credits"]
    assert set(word_lists.words(language)["credits"]) == set(known)


@pytest.mark.parametrize("language", word_lists.LANGUAGES)
def test_every_entry_is_a_pattern_that_does_not_match_nothing(language):
    words = word_lists.words(language)
    for section in ("credits", "releases"):
        for name, entries in words[section].items():
            for entry in entries if isinstance(entries, list) else [entries]:
                assert re.compile(entry).fullmatch("") is None, (section, name, entry)


@pytest.mark.parametrize("language", detection.LISTED)
def test_every_language_has_the_same_lists_of_bylines(language):
    words = word_lists.words(language)["bylines"]
    assert set(words) == set(word_lists.words("en")["bylines"])
    for entries in words.values():
        assert all(re.compile(entry).fullmatch("") is None for entry in entries)


def test_a_longer_entry_goes_before_a_shorter_one():
    assert re.match(word_lists.any_of(["said", "said in"]), "said in").group() == "said in"


def test_no_entries_match_nothing():
    assert re.search(word_lists.any_of([]), "words") is None


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("The quay is shut and nobody is to blame.", ("en",)),
        ("Der Kai ist zu, und niemand hat die Schuld.", ("de",)),
        ("Le quai est fermé et les maçons sont partis.", ("fr",)),
        ("AFP Reuters", word_lists.LANGUAGES),
    ],
)
def test_languages_by_their_small_words(text, languages):
    assert word_lists.languages_of(text) == languages
