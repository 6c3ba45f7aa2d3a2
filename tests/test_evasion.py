"""Two hundred sentences disguised as copyists disguise them, attributed as before."""

import itertools
import pathlib
import random

import pandas as pd
import pytest

import lineage

DATA = pathlib.Path(__file__).parent.parent / "data"
N_SENTENCES = 200
SEED = 20260801
LOOK_ALIKES = str.maketrans({"a": "а", "e": "е", "o": "о", "p": "р", "c": "с"})
SPELLINGS = {
    "center": "centre",
    "kilometers": "kilometres",
    "meters": "metres",
    "program": "programme",
    "organization": "organisation",
    "percent": "per cent",
    "defense": "defence",
    "neighbor": "neighbour",
    "harbor": "harbour",
}
FILLERS = ("in fact", "reportedly", "of course", "as it happens", "it must be said")


def look_alikes(sentence, random_):
    words = sentence.split(" ")
    return " ".join(w.translate(LOOK_ALIKES) if random_.random() < 0.5 else w for w in words)


def zero_width(sentence, random_):
    return "".join(
        char + ("\u200b" if char.isalpha() and random_.random() < 0.2 else "") for char in sentence
    )


def soft_hyphens(sentence, random_):
    return "".join(
        char + ("\u00ad" if char.isalpha() and random_.random() < 0.1 else "") for char in sentence
    )


def spelling(sentence, random_):
    return " ".join(SPELLINGS.get(word.lower(), word) for word in sentence.split(" "))


def fillers(sentence, random_):
    words = sentence.split(" ")
    for _ in range(max(1, len(words) // 10)):
        words.insert(random_.randrange(1, len(words)), random_.choice(FILLERS))
    return " ".join(words)


DISGUISES = (look_alikes, zero_width, soft_hyphens, spelling, fillers)


def sentences_of(text):
    """Sentences of the story as the tracer finds them, in order."""
    frame = pd.DataFrame({"article_id": ["report"], "text": [text]})
    found = lineage.trace(frame, encoder="lexical").sentences
    told = found[found["role"].isin(["body", "quote"])]
    return [text[start:end] for start, end in zip(told["start"], told["end"], strict=True)]


def reports():
    """The sentences of shipped reports, until there are enough; one report of an event."""
    found = []
    for story in sorted(DATA.iterdir()):
        texts = sorted((story / "articles").glob("*.txt")) if story.is_dir() else []
        for path in texts[:3]:
            if sum(map(len, found)) < N_SENTENCES:
                found.append(sentences_of(path.read_text(encoding="utf-8")))
    return found


def spans(sentences):
    ends = list(itertools.accumulate(len(each) + 2 for each in sentences))
    return [(end - len(each) - 2, end - 2) for each, end in zip(sentences, ends, strict=True)]


def found_again(original, copied):
    """For each copied sentence the original ones that it is attributed to, by their number."""
    texts = ["\n\n".join(original), "\n\n".join(copied)]
    frame = pd.DataFrame({"article_id": ["original", "copy"], "text": texts})
    # Which of the two was first is not asked here.
    rows = lineage.trace(
        frame.assign(published_at=["2026-03-01", "2026-03-02"]), encoder="lexical"
    ).attributions
    rows = rows[(rows["target_id"] == "copy") & rows["source_start"].notna()]
    found = []
    for start, end in spans(copied):
        here = rows[(rows["target_start"] < end) & (rows["target_end"] > start)]
        found.append(
            {
                number
                for low, high in zip(here["source_start"], here["source_end"], strict=True)
                for number, (begin, stop) in enumerate(spans(original))
                if low < stop and high > begin
            }
        )
    return found


class TestDisguise:
    @pytest.mark.slow
    def test_nearly_all_disguised_sentences_are_attributed_as_before(self):
        random_ = random.Random(SEED)
        n_same, changed = 0, []
        listed = reports()
        for original in listed:
            disguised = [
                DISGUISES[k % len(DISGUISES)](each, random_) for k, each in enumerate(original)
            ]
            before, after = found_again(original, original), found_again(original, disguised)
            for was, now, text in zip(before, after, disguised, strict=True):
                n_same += was == now
                if was != now:
                    changed.append((text, was, now))
        assert sum(map(len, listed)) >= N_SENTENCES
        assert n_same >= 0.98 * sum(map(len, listed)), changed

    @pytest.mark.parametrize("disguise", DISGUISES)
    def test_every_disguise_changes_the_text(self, disguise):
        sentence = "The harbor crane, said a neighbor, fell on the program center of the port."
        assert disguise(sentence, random.Random(SEED)) != sentence
