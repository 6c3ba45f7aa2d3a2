"""What becomes of a credit in a trace: a source that is absent, or one that was handed in."""

import pytest

import lineage

BODY = (
    "The old bridge of oak was opened again by the mayor at noon.",
    "Ninety singers stood in the rain until the lamps were lit.",
    "A barge with salt waited below the lock for the tide.",
    "Nobody asked for apples, so the grocer kept his barrels in the yard.",
)
OTHER = (
    "Swallows nest under the roof of the school, and the teacher writes their number on a board. "
    "Two goats broke into the chapel, ate the candles and slept on the altar cloth until prayers. "
    "The smith laughed."
)


def trace(*texts):
    made = [
        lineage.Article(article_id=name, text=text, outlet=outlet) for name, outlet, text in texts
    ]
    return lineage.trace(made)


def told_of(text, outlet="Quay Post"):
    result = trace(("t", outlet, text), ("o", "Hill Echo", OTHER))
    rows = result.all_edges
    rows = rows[rows["source_id"].str.startswith("absent:") & (rows["target_id"] == "t")]
    return {
        (source.removeprefix("absent:"), relation, status)
        for source, relation, status in zip(
            rows["source_id"], rows["relation"], rows["status"], strict=True
        )
    }


def with_sentence(sentence):
    return "A bridge opens\n\n" + " ".join([BODY[0], sentence, *BODY[1:]])


class TestOneText:
    @pytest.mark.parametrize(
        ("sentence", "name"),
        [
            ("Thirty sheep are lost, said the shepherd, according to an AFP report.", "AFP"),
            ('"Thirty sheep are lost," Reuters quoted the shepherd as saying.', "Reuters"),
            ("The shepherd told the Guardian that thirty sheep are lost.", "The Guardian"),
            (
                "Thirty sheep are lost, Lathmoor Farms said in a press release.",
                "release of Lathmoor Farms",
            ),
            ("Wie die Nachrichtenagentur dpa meldet, sind dreißig Schafe fort.", "dpa"),
            ("Selon l'AFP, trente moutons sont perdus.", "AFP"),
        ],
    )
    def test_a_credit_of_a_sentence_is_a_source_of_a_part(self, sentence, name):
        assert told_of(with_sentence(sentence)) == {(name, "quote", "credited")}

    @pytest.mark.parametrize(
        "line",
        ["Agence France-Presse", "AFP, LATHMOOR", "LATHMOOR (AFP) - The mayor came at noon."],
    )
    def test_a_credit_of_the_text_is_the_source_of_all(self, line):
        text = "An old bridge opens\n\n" + line + "\n\n" + " ".join(BODY)
        assert told_of(text) == {("AFP", "reprint", "credited")}

    @pytest.mark.parametrize(
        ("sentence", "outlet"),
        [
            ("The shepherd told the Quay Post that thirty sheep are lost.", "Quay Post"),
            ("The shepherd told Reuters that thirty sheep are lost.", "Reuters"),
            (
                '"I read in the Guardian, and AFP reported it, that all is lost," he said.',
                "Quay Post",
            ),
            ("The BBC said it would sell its mast.", "Quay Post"),
        ],
    )
    def test_its_own_house_and_what_others_say_is_none(self, sentence, outlet):
        assert told_of(with_sentence(sentence), outlet) == set()


class TestStatus:
    """A credit is drawn in a story of several texts; of a text by itself it is only told."""

    LINE = "LATHMOOR (AFP) - The mayor came at noon."

    def test_a_text_without_relatives_has_no_edge(self):
        result = trace(("t", "Quay Post", f"{self.LINE}\n\n{' '.join(BODY)}"))
        assert len(result.edges) == 0
        assert set(result.all_edges["status"]) == {"credited"}
        assert set(result.articles["origin_agency"].dropna()) == {"AFP"}

    def test_a_copy_that_is_the_same_to_the_letter_is_a_relative(self):
        text = f"{self.LINE}\n\n{' '.join(BODY)}"
        rows = trace(("t", "Quay Post", text), ("again", "Hill Echo", text)).edges
        assert "absent:AFP" in set(rows["source_id"])

    def test_strangers_beside_a_family_gain_no_edge(self):
        text = f"{self.LINE}\n\n{' '.join(BODY)}"
        copy = f"{self.LINE}\n\n{' '.join(BODY[:3])}"
        alone = f"LISK (Reuters) - {OTHER}"
        result = trace(("t", "Quay Post", text), ("cut", "Metro", copy), ("o", "Hill Echo", alone))
        assert "o" not in set(result.edges["target_id"])
        assert {"t", "cut"} & set(result.edges["target_id"])


COLUMN = """\
I have heard since the autumn of Plan Lantern, which is what they call the largest shake-up in
the history of Norrick. To mend its accounts, next week about 31 in a hundred of its people
will be called in by their masters. That evening a courier will stand on their doorsteps with
a folder of forms. The home yards will be hit hardest, and nobody there has been told."""
PAPER = """\
Norrick is to sack a third of its people before the end of the week, according to Forbes. 'To
mend its accounts, next week about 31 in a hundred of its people will be called in by their
masters,' wrote the paper's columnist. 'That evening a courier will stand on their doorsteps
with a folder of forms.' Most posts will go in the home yards. Norrick has yet to comment."""
# One paragraph each.
COLUMN, PAPER = COLUMN.replace("\n", " "), PAPER.replace("\n", " ")


class TestSourceHandedIn:
    def test_it_takes_the_place_of_the_absent_one(self):
        without = trace(("paper", "Metro", PAPER), ("o", "Hill Echo", OTHER)).all_edges
        assert "absent:Forbes" in set(without["source_id"])
        rows = trace(("paper", "Metro", PAPER), ("column", "Forbes", COLUMN)).edges
        assert "absent:Forbes" not in set(rows["source_id"])
        assert ("column", "paper") in set(zip(rows["source_id"], rows["target_id"], strict=True))

    def test_another_text_of_that_house_does_not(self):
        rows = trace(("paper", "Metro", PAPER), ("other", "Forbes", OTHER)).all_edges
        assert "absent:Forbes" in set(rows["source_id"])
