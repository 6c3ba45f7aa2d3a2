import pytest

from lineage.text import stops

from . import floors, measured_borders


def split(paragraph):
    starts = sorted({0, *stops.sentence_starts(paragraph)})
    return [
        paragraph[begun:stop].strip()
        for begun, stop in zip(starts, [*starts[1:], len(paragraph)], strict=True)
    ]


class TestSentenceStarts:
    @pytest.mark.parametrize(
        "expected",
        [
            ["The tram left at 5 a.m.", "Nobody was on board."],
            ["The tram left at 5 a.m.", "Drivers had struck."],
            ["He would not do so.", "Three others did."],
            ["She answered no.", "Ola Rud nodded."],
            ["Its maker is Tarn Inc.", "Shares fell."],
            ["The letter is by Per Holm Jr.", "Police have it."],
            ["They were flown to the U.S.", "Doctors met them."],
            ["It is led by the EU.", "Holm said so."],
            ["Prices fell 2 pct.", "Sales rose."],
            ["It sells rope, tar, etc.", "Trade is slow."],
            ["They took plan B.", "Holm had asked for plan A."],
            ["Trading stopped.", "iPhone sales did not."],
            ["The hall burned down.", "14 people died."],
            ["“It is over.”", "Holm left."],
            ["He quoted the note: “All is well.", "We sail on.”"],
            ["THE MAYOR WAS ILL.", "ROADS WERE SHUT."],
            ["the quay was shut in 1871.", "after that no ship came."],
            ["The U.S . Senate met .", "Mr . Rud spoke ."],
        ],
    )
    def test_a_mark_that_ends_a_sentence(self, expected):
        assert split(" ".join(expected)) == expected

    @pytest.mark.parametrize(
        "sentence",
        [
            "The tram left at 5 a.m. Sunday from Tarn.",
            "The debate is at 8 p.m. ET on Friday.",
            "Wahoo! rose 3 per cent to 12 crowns.",
            "Shares of Wahoo! Inc. fell.",
            "Rates rose 0.5 pct. to 4.",
            "Tarn Inc. Chief Executive Mia Sund resigned.",
            "The U.S. Senate voted in the U.S. and abroad.",
            "He spoke to U.S. Secretary of State Ada Voss.",
            "The no. 3 boat and No. 10 sank.",
            "See fig. 3, p. 12 and vol. 4 of it.",
            "Lt. Col. Ines Rud and Rep. J. K. Marsh, D-Minn., met.",
            "“Why?” Ines Korhan asked.",
            "“Stop!” the guard shouted.",
            "The question — why now? — was left open.",
            "Is it safe? the posters ask.",
            "I thought ... I was going to die.",
            "They hoped for rain … and got a flood.",
            "Gen. Rud (ret.) called it a mistake.",
            "A non-U.S. bank and a Tarn-U.S. accord",
            "Der Rat tagt am 3. Oktober und im 2. Stock, z. B. heute.",
            "Es kostet rund 40 Mio. Euro bzw. etwas mehr.",
            "Le port, p. ex. le quai, est fermé, cf. l'art. 5.",
            "It ended at 6:20 p.m. · 4 min read",
        ],
    )
    def test_a_mark_that_does_not(self, sentence):
        assert split(sentence) == [sentence]

    def test_time_grows_no_faster_than_the_text(self):
        long = "x" * 200_000 + ". " + "Ay. " * 20_000
        assert len(split(long)) == 20_001


class TestMeasured:
    """Figures of `python -m tests.measured_borders`, a little below what they are."""

    @pytest.mark.parametrize("language", ["en", "en_later", "de", "fr"])
    def test_borders_set_by_hand_are_found(self, language):
        floors.check(f"borders {language}")

    def test_a_splitter_that_cuts_at_each_full_stop_is_told(self):
        def naive(text):
            return text.replace(". ", ".\n").split("\n")

        counts = measured_borders.count(naive, measured_borders.paragraphs("en"))
        assert counts.precision < 0.75
        assert counts.recall < 0.95
