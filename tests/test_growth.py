import dataclasses
import functools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage import errors
from lineage.graph import graph_settings, growth
from lineage.match import pairs

from . import invented

# Written as newspapers are, and as a handbook is.
NEWS = (
    "The harbour council said on Monday that it will drain the old dock before the winter.",
    "Divers found nine cracks in its wall last week, the harbour master said.",
    '"Nobody knew how old the stones are," she told the council.',
    "The work costs 3 million crowns, said the treasurer, and will take until June.",
    "Fishermen said that they had been promised a dock of their own four years ago.",
    "He said the boats will lie at the coal pier until then.",
)
HANDBOOK = (
    "You must report a lost key (see below) to the warden within 2 hours.",
    "The warden (or the deputy) should change the lock on the same day.",
    "You can borrow a spare key (one for each room) if you leave a deposit.",
    "Deposits (see the table of fees) must be paid back when you return the key.",
    "Rules of this handbook may be changed by the board (see chapter 9) at any time.",
    "You should read the chapter on fire doors (revised in 2016) before you prop one open.",
) * 8


@functools.cache
def known_places():
    """Where a report and a handbook stand, by the measures of the model below."""
    made = unplaced()
    known = [growth.standardise(growth.style(each), made) for each in ([report()], [handbook()])]
    return np.repeat(known, 9, axis=0)


def unplaced():
    n = len(growth.STYLE_NAMES)
    style = np.zeros(n)
    style[growth.STYLE_NAMES.index("brackets")] = 8.0
    mean = np.zeros(n)
    mean[growth.STYLE_NAMES.index("brackets")] = 0.5
    return growth.Model(
        mean=mean,
        spread=np.ones(n),
        style=style,
        constant=0.0,
        places=np.zeros((0, n)),
        weights=np.array([1.0, -1.0, -1.0, 0.5, -0.5, 0.5]),
        fitted_on={},
    )


def model(**changed):
    """A model in which texts with brackets grow, known to the last word."""
    return dataclasses.replace(unplaced(), places=known_places(), **changed)


def report(*lines):
    return invented.report(*(lines or NEWS))


def handbook(*lines):
    return invented.report(*(lines or HANDBOOK))


class TestStyle:
    def test_case_line_breaks_and_markup_do_not_change_it(self):
        plain = invented.compiled(" ".join(NEWS))
        dressed = invented.compiled("\n\n".join(f"**{line.upper()}**" for line in NEWS))
        assert growth.style([plain]).tolist() == growth.style([dressed]).tolist()

    @pytest.mark.parametrize(
        "disguise",
        [
            lambda text: text.replace("e", "e\u200b"),
            lambda text: text.replace("a", "\u0430").replace("o", "\u043e"),
            lambda text: text.replace("n", "\u202en\u202c"),
        ],
        ids=["zero-width", "look-alikes", "marks of direction"],
    )
    def test_what_nobody_sees_does_not_change_it(self, disguise):
        plain = invented.compiled("\n\n".join(NEWS))
        disguised = invented.compiled("\n\n".join(map(disguise, NEWS)))
        assert growth.style([disguised]) == pytest.approx(growth.style([plain]), abs=0.02)

    def test_the_order_of_the_texts_moves_no_digit(self):
        texts = [report(*NEWS[:k]) for k in range(1, 6)]
        assert growth.style(texts).tolist() == growth.style(texts[::-1]).tolist()

    def test_what_is_counted_has_its_place(self):
        said, brackets = (growth.STYLE_NAMES.index(name) for name in ("said", "brackets"))
        one, other = growth.style([report()]), growth.style([handbook()])
        assert one[said] > 0 == other[said]
        assert other[brackets] > 0 == one[brackets]

    def test_a_text_without_words_has_one(self):
        assert np.isfinite(growth.style([invented.compiled("7")])).all()


class TestPGrowing:
    def test_texts_like_those_that_grew_grow(self):
        assert growth.p_growing(growth.style([handbook()]), model()) > 0.8
        assert growth.p_growing(growth.style([report()]), model()) < 0.2

    def test_a_style_that_no_fit_has_seen_tells_nothing(self):
        assert growth.p_growing(np.full(len(growth.STYLE_NAMES), 9.0), model()) == pytest.approx(
            0.5, abs=0.01
        )

    def test_the_packaged_model_knows_news_from_handbooks(self):
        assert growth.p_growing(growth.style([report()])) < 0.5
        assert growth.p_growing(growth.style([handbook()])) > 0.5


class TestMeasure:
    def test_the_longer_one_grew(self):
        short, long = report(*NEWS[:4]), report()
        pair = pairs.compare(short, long)
        length, *_ = growth.measure(short, long, pair).values
        assert length > 0

    def test_words_put_into_shared_text_are_inserted(self):
        plain = invented.report()
        whole = invented.report(*invented.inserted(invented.ADDED[0], invented.REPORT, at=4))
        _, inserted, _ = growth.measure(plain, whole, pairs.compare(plain, whole)).values
        assert inserted > 0

    def test_verbatim_texts_have_no_polish(self):
        short, long = report(*NEWS[:4]), report()
        measured = growth.measure(short, long, pairs.compare(short, long))
        assert measured.values[2] == pytest.approx(0.0, abs=0.05)


@st.composite
def made(draw):
    keep = draw(st.lists(st.booleans(), min_size=len(NEWS), max_size=len(NEWS)))
    return report(*[line for line, kept in zip(NEWS, keep, strict=True) if kept] or NEWS[:1])


class TestLogOdds:
    @given(made(), made(), st.one_of(st.none(), st.floats(0.0, 1.0)))
    def test_the_other_way_round_turns_the_sign_and_nothing_else(self, one, other, growing):
        assert growth.log_odds(one, other, None, growing, model()) == -growth.log_odds(
            other, one, None, growing, model()
        )

    def test_ids_and_outlets_do_not_matter(self):
        plain = growth.log_odds(report(*NEWS[:4]), report(), model=model())
        short = invented.report(*NEWS[:4], outlet="Ostrell Courier")
        assert growth.log_odds(short, report(), model=model()) == plain

    def test_texts_of_one_length_say_nothing(self):
        changed = (*NEWS[:5], NEWS[5].replace("coal", "salt"))
        assert growth.log_odds(report(), report(*changed), None, 0.1) == 0.0

    def test_of_news_the_longer_is_the_source_of_a_handbook_the_shorter(self):
        assert growth.log_odds(report(), report(*NEWS[:3]), model=model()) > 0
        assert growth.log_odds(handbook(), handbook(*HANDBOOK[:30]), model=model()) < 0

    def test_where_nobody_knows_whether_texts_grow_lengths_say_nothing(self):
        assert growth.log_odds(report(), report(*NEWS[:3]), None, 0.5, model()) == 0.0

    @pytest.mark.parametrize(
        ("growing", "most"), [(0.0, graph_settings.MAX_P_CUT), (1.0, graph_settings.MAX_P_GROWING)]
    )
    def test_a_pair_never_says_more_than_its_cap(self, growing, most):
        sure = model(weights=np.array([99.0, -99.0, -99.0, 99.0, -99.0, 99.0]))
        found = growth.log_odds(report(), report(*NEWS[:3]), None, growing, sure)
        assert abs(found) == pytest.approx(math.log(most / (1 - most)), rel=0.2)


class TestBases:
    def test_a_kind_that_is_not_known_has_none(self):
        measured = growth.Measured(np.array([0.5, 0.5, 0.5]), 0.5)
        assert not growth.bases(measured, 0.5).any()

    def test_insertions_into_the_shorter_of_two_that_grow_count_less(self):
        at = growth.WEIGHT_NAMES.index("inserted|growing")
        along, against = (
            growth.bases(growth.Measured(np.array([length, 1.0, 0.0]), 1.0), 1.0)[at]
            for length in (0.5, -0.5)
        )
        assert against == graph_settings.AGAINST_LENGTH * along


class TestFromDict:
    def test_what_is_written_is_read_again(self):
        found = growth.from_dict(growth.to_dict(model()), "here")
        assert found.weights.tolist() == model().weights.tolist()
        assert growth.p_growing(growth.style([handbook()]), found) == pytest.approx(
            growth.p_growing(growth.style([handbook()]), model()), abs=0.01
        )

    @pytest.mark.parametrize("part", ["mean", "spread", "style", "weights"])
    def test_a_missing_name_is_refused(self, part):
        values = growth.to_dict(model())
        values[part].popitem()
        with pytest.raises(errors.ConfigError, match=f"here: {part} has .* missing or unknown"):
            growth.from_dict(values, "here")

    def test_another_version_is_refused(self):
        with pytest.raises(errors.ConfigError, match="version 9"):
            growth.from_dict(growth.to_dict(model()) | {"version": 9}, "here")
