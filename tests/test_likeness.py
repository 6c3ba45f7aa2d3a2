import numpy as np
import pytest

from lineage.match import background, likeness

from . import made

STORM = (
    "A storm tore the roof off the glass pavilion at Wexcombe on Sunday night. Nobody was hurt, "
    "but the palms that Lady Orme had brought home in 1871 lie in the wet. The gardeners had "
    "asked for new beams since spring."
)
STORM_CUT = (
    "A storm tore the roof off the glass pavilion at Wexcombe on Sunday night. Nobody was hurt, "
    "but the palms that Lady Orme had brought home in 1871 lie in the wet."
)
STORM_TOLD = (
    "The glass pavilion of Wexcombe has lost its roof in a storm. Palms that came with Lady Orme "
    "in 1871 stand in the rain; for months the gardeners had wanted new beams."
)
BUDGET = (
    "The council of Harlow Cross will borrow 40 million to mend its bridges. The treasurer, Emil "
    "Voss, said that two of them might close."
)
MORE = (
    " Tickets for the summer concerts stay valid. The orchestra of the spa will play in the old "
    "riding school, where four hundred chairs have been put up by pupils of the town."
)


def named(first, second, **others):
    documents = made.documents(a=first, b=second, **others)
    known = background.build(list(documents.values()))
    names = list(documents)
    found = likeness.measure(known, names.index("a"), names.index("b"))
    return dict(zip(likeness.NAMES, found.tolist(), strict=True))


class TestMeasure:
    def test_a_text_without_capitals_has_the_names_of_the_other_in_the_pair(self):
        lower = named(STORM, STORM_TOLD.lower())
        # Wexcombe, Lady Orme.
        assert lower["n_names"] == pytest.approx(np.log1p(3))
        assert lower["names_most"] == 1.0

    def test_of_two_without_capitals_strangers_with_some_change_no_name(self):
        one, other = STORM.lower(), STORM_TOLD.lower()
        alone, beside = named(one, other), named(one, other, c=BUDGET, d=MORE, e=STORM)
        for name in ("n_names", "names", "names_most", "own_facts", "form"):
            assert beside[name] == pytest.approx(alone[name]), name

    def test_the_two_may_come_in_any_order(self):
        known = background.build(list(made.documents(a=STORM, b=STORM_TOLD).values()))
        assert np.array_equal(likeness.measure(known, 0, 1), likeness.measure(known, 1, 0))

    def test_a_retelling_shares_words_and_names_and_no_long_run(self):
        told, cut = named(STORM, STORM_TOLD), named(STORM, STORM_CUT)
        assert told["words"] > 0.5 * cut["words"]
        assert told["names"] > 0
        assert told["longest"] < 0.6 * cut["longest"]

    def test_two_events_share_next_to_nothing(self):
        found = named(STORM, BUDGET)
        assert found["longest"] == 0
        assert found["names"] == 0
        assert found["pairs_most"] < 0.1

    @pytest.mark.parametrize("name", ["words", "pairs", "runs", "longest", "numbers", "facts"])
    def test_what_is_added_to_one_takes_nothing_away(self, name):
        assert named(STORM + MORE, STORM_CUT)[name] >= named(STORM, STORM_CUT)[name] - 1e-9

    def test_the_best_explained_side_stays_explained_when_the_other_grows(self):
        assert named(STORM + MORE, STORM_CUT)["covered_most"] == pytest.approx(
            named(STORM, STORM_CUT)["covered_most"]
        )

    def test_what_the_collection_has_often_tells_less(self):
        form = "The bureau says that nobody need worry about the water of {} today."
        others = {f"x{k}": form.format(name) for k, name in enumerate(["Ambry", "Sloe", "Tarn"])}
        two = form.format("Wexcombe"), form.format("Harlow")
        assert named(*two, **others)["runs"] < named(*two)["runs"]

    def test_other_names_and_numbers_in_one_form_are_told(self):
        form = "The men of {} counted {} boats and {} nets in the port of {} when it was dark."
        two = form.format("Ambry", 318, 94, "Sloe"), form.format("Tarn", 207, 61, "Wexcombe")
        same = form.format("Ambry", 318, 94, "Sloe"), form.format("Ambry", 318, 94, "Sloe Head")
        assert named(*two)["form"] > 0.3
        assert named(*same)["form"] == 0

    def test_words_of_a_speaker_in_both_are_quoted_and_not_narrated(self):
        said = ' "Nobody asked us before they took the last beam out of the pavilion," she said.'
        found = named("The owner was angry." + said, "Her voice broke at the gate." + said)
        assert found["quoted"] > 0
        assert found["longest"] < found["quoted"]
        for name in ("words", "names", "facts", "sentences_most", "best_sentence"):
            assert found[name] == 0
        # "she said", which both tell.
        assert found["pairs"] < 0.2

    def test_what_one_tells_and_the_other_quotes_is_shared(self):
        told = "Nobody had asked the Ormsay rowers before the last beam left the pavilion."
        said = f'Her voice broke at the gate. "{told}"'
        found = named("The owner was angry. " + told, said)
        for name in ("words", "pairs", "sentences_most"):
            assert found[name] == pytest.approx(named(told, told)[name], rel=0.2)

    def test_a_text_that_is_all_quoted_is_what_was_said(self):
        said = '"Nobody asked the Ormsay rowers before they took the last beam out," it reads.'
        assert named(said, said + " It is dated May.")["pairs"] > 0

    def test_what_both_quote_is_nothing_that_one_lacks(self):
        said = ' "The Ormsay rowers of Harl paid 318 crowns and 42 nets," she said.'
        found = named("The owner was angry." + said, "Her voice broke at the gate." + said)
        assert found["own_facts"] == 0

    def test_a_text_of_common_words_has_nothing_in_common(self):
        found = named("So it was.", STORM)
        assert all(found[name] == 0 for name in ("names", "runs", "sentences_most"))
