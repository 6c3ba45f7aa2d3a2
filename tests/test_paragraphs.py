import re
import textwrap

import pytest

from lineage.text import paragraphs, sentences

STORY = [
    "Crews pumped water from the cellars of Norrow all night after the river Tarn rose by two "
    "metres and broke the dyke below the old mill. Nobody was hurt.",
    "“We have not seen this since my father's day,” said Ines Korhan, who runs the bakery in Mill "
    "Street and had carried her flour to the loft. The town council will meet on Thursday.",
    "Engineers from the firm Brask want to close the gap with sand and stone before the weekend, "
    "when more rain is forecast for the hills above the town.",
]
GERMAN = [
    "Die Feuerwehr pumpte in der Nacht das Wasser aus den Kellern der Altstadt, nachdem der Fluss "
    "um zwei Meter gestiegen und der Deich unterhalb der Mühle gebrochen war. Verletzt wurde "
    "niemand.",
    "Der Rat der Stadt tagt am Donnerstag und will über die Hilfe für die Besitzer der Häuser in "
    "der Mühlstraße entscheiden, von denen viele nicht versichert sind.",
]


def lines_of(text):
    return [" ".join(text[start:end].split()) for start, end in paragraphs.paragraphs(text)]


def sentences_of(text):
    return [
        " ".join(paragraphs.on_one_line(text, start, end).split())
        for start, end in sentences.split_sentences(text)
    ]


def wrap(parts, width, joiner="\n\n", indent=""):
    return joiner.join(textwrap.fill(part, width, initial_indent=indent) for part in parts)


WHOLE = sentences_of("\n".join(STORY))


class TestWrappedText:
    @pytest.mark.parametrize("width", [24, 30, 38, 45, 60, 65, 72, 78, 100])
    @pytest.mark.parametrize("joiner", ["\n\n", "\n"])
    def test_lines_of_any_column_are_joined_to_sentences(self, width, joiner):
        text = wrap(STORY, width, joiner)
        assert sentences_of(text) == WHOLE
        assert width - 8 <= paragraphs.unwrapped_width(text) <= width

    @pytest.mark.parametrize("width", [34, 48, 66])
    def test_paragraphs_told_apart_by_an_indent_alone(self, width):
        assert lines_of(wrap(STORY, width, "\n", indent="   ")) == STORY

    @pytest.mark.parametrize("width", [30, 50, 70])
    def test_german(self, width):
        text = wrap(GERMAN, width)
        assert sentences_of(text) == sentences_of("\n".join(GERMAN))

    @pytest.mark.parametrize("end", ["\r\n", " \n", "  \r\n", "\t\n", "\r"])
    @pytest.mark.parametrize("width", [32, 64])
    def test_white_space_at_line_ends_changes_nothing(self, end, width):
        assert sentences_of(wrap(STORY, width).replace("\n", end)) == WHOLE

    @pytest.mark.parametrize("mark", ["> ", ">", ">> ", "> > "])
    def test_quoted_mail(self, mark):
        lines = wrap(STORY, 60).split("\n")
        assert sentences_of("\n".join(mark + line for line in lines)) == WHOLE

    def test_an_answer_between_quoted_lines_stays_apart(self):
        text = (
            "> Was the dyke checked by the town in the spring\n> of last year?\nIt was not.\n> Why?"
        )
        assert lines_of(text)[-2:] == ["It was not.", "Why?"]

    @pytest.mark.parametrize("width", [40, 64])
    def test_a_text_of_which_one_half_is_wrapped(self, width):
        text = f"{STORY[0]}\n{wrap(STORY[1:], width, chr(10))}"
        assert sentences_of(text) == WHOLE

    @pytest.mark.parametrize(
        "head",
        [
            "Dyke breaks at Norrow",
            "DYKE BREAKS AT NORROW\nBy Tove Lind",
            "Town Under Water After Dyke Breaks At The Old Mill\nBy Tove Lind\nNORROW",
        ],
    )
    @pytest.mark.parametrize("width", [52, 64])
    def test_headings_stay_apart_from_the_paragraph_below(self, head, width):
        text = f"{head}\n{wrap(STORY, width, chr(10))}"
        assert sentences_of(text) == [*head.split("\n"), *WHOLE]

    def test_a_heading_between_wrapped_paragraphs(self):
        text = f"{wrap(STORY[:1], 60)}\nWhat comes next\n{wrap(STORY[1:], 60, chr(10))}"
        assert "What comes next" in sentences_of(text)

    def test_a_dateline_and_the_credit_below(self):
        text = wrap([f"NORROW, Jan 20 (KNN) - {STORY[0]}", *STORY[1:]], 64, "\n")
        text += "\n(Reporting by A. Lind in Norrow)"
        assert sentences_of(text)[-1] == "(Reporting by A. Lind in Norrow)"
        assert len(sentences_of(text)) == len(WHOLE) + 1

    @pytest.mark.parametrize("width", [36, 40, 64])
    def test_a_credit_of_several_lines_is_one(self, width):
        credit = "(Reporting by Ada Lind in Norrow and Per Holm in Tarn; Editing by Mia Sund)"
        assert sentences_of(wrap([*STORY, credit], width))[-1] == credit

    def test_items_of_a_list_are_joined_each(self):
        items = [f"- {STORY[0]}", f"- {STORY[2]}"]
        text = "\n".join(textwrap.fill(item, 50, subsequent_indent="  ") for item in items)
        assert lines_of(text) == items

    def test_a_wrapped_interview(self):
        turns = [f"Q: {STORY[2][:-1]}?", f"A: {STORY[0]}", "Q: Who paid?", f"A: {STORY[1]}"]
        assert [line[:2] for line in lines_of(wrap(turns, 60, "\n"))] == ["Q:", "A:", "Q:", "A:"]

    @pytest.mark.parametrize("width", [28, 36, 50])
    def test_printed_columns_whose_letters_are_of_different_widths(self, width):
        def printed(line):
            return sum(
                0.5 if char in "ijlftr.,' " else 1.4 if char in "mwMW" else 1 for char in line
            )

        lines = [""]
        for word in " ".join(STORY).split():
            if printed(f"{lines[-1]} {word}") > width:
                lines.append("")
            lines[-1] = f"{lines[-1]} {word}".strip()
        assert sentences_of("\n".join(lines)) == WHOLE

    def test_a_slice_of_the_text_shows_the_sentence(self):
        text = wrap(STORY, 40)
        for start, end in sentences.split_sentences(text):
            assert text[start:end] == text[start:end].strip()
        assert "".join(re.findall(r"\S", text)) == "".join(
            re.findall(
                r"\S", "".join(text[slice(*span)] for span in sentences.split_sentences(text))
            )
        )


FALSE_FRIENDS = {
    "verse": """Upon the quay the women stand and wait,
The boats are late, the wind is in the west,
And one by one the lamps along the gate
Go out, and all the gulls have gone to rest.""",
    "verse with small letters": """the quay is wet
and nobody goes there any more
but the gulls
who have always gone there
and the boy with his bucket of bait
who counts them""",
    "a song": """Oh the herring swim deep and the herring swim wide
Haul away, boys, haul away
And the captain he sleeps with his wife by his side
Haul away, boys, haul away""",
    "scores": """Norrow Rovers 2 Tarn United 1
Sandvik Town 0 Merrow Athletic 0
Halden City 3 Kestrel Wanderers 2
Lind Albion 1 Hollin Harriers 4""",
    "names": """Ines Korhan, baker, Norrow
Ola Rud, harbour master, Tarn
Per Holm, engineer, of the firm Brask
Tove Lind, reporter, Norrow Post""",
    "address": """The Harbour Board
12 Mill Street
4021 Norrow
telephone 55 01 20""",
    "a sentence a line": """The dyke below the old mill broke on Monday night.
Crews pumped water from the cellars until dawn came.
Nobody was hurt, the fire brigade said in the morning.
The town council will meet on Thursday to talk of it.""",
    "headlines": """Dyke breaks at Norrow and floods the old town
Council to meet on help for owners of houses
River rises by two metres in one single night
Engineers want to close gap before the weekend""",
    "an interview": """Q: Who saw it first?
A: The baker did.
Q: When was that?
A: At four in the morning.""",
    "a recipe": """2 cups of flour
1 spoon of salt
half a litre of warm milk
butter for the tin""",
    "small labels": """norrow harbour station
sandvik harbour station
merrow harbour station
kestrel harbour station
hollin harbour station""",
}


class TestLinesThatAreLines:
    @pytest.mark.parametrize("text", FALSE_FRIENDS.values(), ids=FALSE_FRIENDS)
    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    def test_stay_lines(self, text, end):
        expected = text.split("\n")
        assert lines_of(text.replace("\n", end)) == expected
        assert paragraphs.unwrapped_width(text) == 0

    @pytest.mark.parametrize("text", FALSE_FRIENDS.values(), ids=FALSE_FRIENDS)
    def test_stay_lines_below_a_wrapped_story(self, text):
        assert lines_of(f"{wrap(STORY, 64)}\n\n{text}")[-len(text.split("\n")) :] == text.split(
            "\n"
        )

    def test_a_paragraph_a_line(self):
        assert lines_of("\n".join(STORY)) == STORY
        assert paragraphs.unwrapped_width("\n".join(STORY)) == 0


class TestTables:
    def test_cells_that_are_told_are_sentences_of_their_own(self):
        text = f"Home | Archive | Dyke breaks at Norrow | {STORY[0]}\nHe left."
        assert WHOLE[0] in sentences_of(text)

    def test_cells_between_tabs(self):
        text = "09:10\tThe river has risen again.\tNorrow\nHe left."
        assert "The river has risen again." in sentences_of(text)

    def test_a_row_of_figures_is_one(self):
        assert sentences_of("Norrow\t2\t1\nHe left.") == ["Norrow 2 1", "He left."]

    def test_a_headline_with_its_outlet_is_one(self):
        assert sentences_of("Dyke breaks | Norrow Post\nHe left.")[0] == "Dyke breaks | Norrow Post"
