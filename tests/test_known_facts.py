import itertools
import random

import pandas as pd
import pytest

from lineage import errors
from lineage.graph import known_facts

IDS = ["wire", "page", "post", "blog"]
WIRE, PAGE, POST, BLOG = range(4)


def said(*rows):
    return pd.DataFrame(rows, columns=["a", "b", "what"])


def refused(*rows, **options):
    with pytest.raises(errors.InputError) as caught:
        known_facts.parse(said(*rows), IDS, **options)
    message = str(caught.value)
    assert "\n" not in message
    return message


class TestParse:
    def test_each_word_has_its_pairs_source_and_earlier_text_first(self):
        frame = said(
            ("page", "wire", "from"),
            ("post", "page", "not_from"),
            ("wire", "blog", "before"),
            ("post", "blog", "same_source"),
        )
        assert known_facts.parse(frame, IDS) == known_facts.Known(
            made_from=((WIRE, PAGE),),
            not_made_from=((PAGE, POST),),
            before=((WIRE, BLOG),),
            same_source=((POST, BLOG),),
        )

    @pytest.mark.parametrize("empty", [None, pd.NA, float("nan"), "", "  "])
    @pytest.mark.parametrize("what", known_facts.WHOLE)
    def test_a_word_on_all_texts_has_no_pair(self, what, empty):
        assert known_facts.parse(said((empty, empty, what)), IDS) == known_facts.Known(whole=what)

    def test_nothing_is_known_without_a_frame_and_with_an_empty_one(self):
        for frame in (None, said()):
            assert known_facts.parse(frame, IDS) == known_facts.NOTHING
            assert not known_facts.parse(frame, IDS)

    def test_neither_order_nor_repetition_matters(self):
        rows = [
            ("page", "wire", "from"),
            ("post", "wire", "from"),
            ("blog", "post", "same_source"),
            ("post", "blog", "same_source"),
            ("page", "wire", "from"),
            ("wire", "blog", "before"),
        ]
        expected = known_facts.parse(said(*rows), IDS)
        assert len(expected.same_source) == 1
        for _ in range(5):
            random.Random(7).shuffle(rows)
            assert known_facts.parse(said(*rows), IDS) == expected

    def test_a_column_more_and_cells_with_blanks_around_are_no_trouble(self):
        frame = said((" page", "wire ", " from ")).assign(note="an editor told us")
        assert known_facts.parse(frame, IDS).made_from == ((WIRE, PAGE),)

    def test_ids_that_were_read_as_numbers_are_found(self):
        assert known_facts.parse(said((2, 1, "from")), ["1", "2"]).made_from == ((0, 1),)

    def test_rows_tell_the_same_again(self):
        rows = [
            ("page", "wire", "from"),
            ("post", "page", "not_from"),
            ("wire", "blog", "before"),
            ("post", "blog", "same_source"),
            (None, None, "passed_on"),
        ]
        told = known_facts.parse(said(*rows), IDS).rows(IDS)
        assert [tuple(row.values()) for row in told] == rows
        assert known_facts.parse(pd.DataFrame(told), IDS) == known_facts.parse(said(*rows), IDS)


class TestRefused:
    @pytest.mark.parametrize(
        ("row", "message"),
        [
            (("page", "wir", "from"), "known, row 0: no article 'wir'; correct b"),
            (("page", None, "from"), "known, row 0: b is missing; fill in an article id"),
            (("page", "page", "before"), "known, row 0: a and b are one text; name two"),
            (("page", None, "kept_up"), "known, row 0: kept_up is said of all texts"),
            (("page", "wire", "copied"), "known, row 0: what is 'copied', not one of from"),
            (("page", "wire", None), "known, row 0: what is missing, not one of from"),
        ],
    )
    def test_a_row_that_cannot_be_read_is_named(self, row, message):
        assert refused(row).startswith(message)

    def test_a_column_that_is_not_there_is_named(self):
        with pytest.raises(errors.InputError, match="known: no column what"):
            known_facts.parse(said().drop(columns="what"), IDS)

    def test_rows_are_called_as_the_index_calls_them(self):
        frame = said(("page", "wire", "from"), ("blog", "nobody", "from")).set_axis([2, 5])
        with pytest.raises(errors.InputError, match=r"facts\.csv, row 5: no article 'nobody'"):
            known_facts.parse(frame, IDS, where="facts.csv")


class TestContradictions:
    @pytest.mark.parametrize("words", list(itertools.product(("from", "before"), repeat=3)))
    def test_what_runs_in_a_circle_is_told_with_all_its_rows(self, words):
        # Each later text was made from the earlier one, or the earlier is before the later.
        rows = [("blog", "post", "not_from")]
        for earlier, later, word in zip(IDS[:3], (*IDS[1:3], IDS[0]), words, strict=True):
            rows.append((later, earlier, word) if word == "from" else (earlier, later, word))
        message = refused(*rows)
        assert message.startswith("known, rows 1, 2 and 3: in a circle, page before post")

    def test_two_rows_of_one_pair_may_not_say_both(self):
        rows = (("page", "wire", "from"), ("page", "wire", "not_from"))
        assert refused(*rows).startswith("known, rows 0 and 1: from and not_from")

    def test_a_text_and_what_it_goes_back_to_have_no_third_source(self):
        rows = [
            ("page", "wire", "from"),
            ("blog", "page", "from"),
            ("blog", "wire", "same_source"),
        ]
        assert "rows 0, 1 and 2: blog goes back to wire" in refused(*rows)

    def test_a_folder_is_kept_up_or_passed_on(self):
        rows = ((None, None, "kept_up"), (None, None, "passed_on"))
        assert "rows 0 and 1: texts are kept_up or passed_on, not both" in refused(*rows)

    def test_an_older_text_may_be_no_source_and_share_one(self):
        rows = (
            ("wire", "page", "before"),
            ("page", "wire", "not_from"),
            ("page", "wire", "same_source"),
        )
        assert known_facts.parse(said(*rows), IDS).before == ((WIRE, PAGE),)


class TestMoved:
    KNOWN = known_facts.Known(
        made_from=((0, 2),), before=((1, 2),), same_source=((0, 1),), whole="kept_up"
    )

    def test_places_are_changed(self):
        found = self.KNOWN.moved({0: 5, 1: 3, 2: 4})
        assert found.made_from == ((5, 4),)
        assert found.before == ((3, 4),)
        assert found.whole == "kept_up"

    def test_of_a_common_source_the_lower_place_stands_first(self):
        assert self.KNOWN.moved({0: 5, 1: 3, 2: 4}).same_source == ((3, 5),)

    def test_what_is_said_of_texts_that_are_not_there_is_left_out(self):
        found = self.KNOWN.moved({0: 0, 1: 1})
        assert (found.made_from, found.before, found.same_source) == ((), (), ((0, 1),))

    def test_two_texts_of_one_place_say_nothing_of_each_other(self):
        assert self.KNOWN.moved({0: 0, 1: 0, 2: 1}).same_source == ()


class TestAmong:
    def test_places_are_those_in_the_list(self):
        given = known_facts.Known(made_from=((0, 3), (1, 2)))
        assert given.among([3, 0]).made_from == ((1, 0),)

    def test_nothing_of_nothing(self):
        assert not known_facts.NOTHING.among([1, 2])


class TestJoined:
    def test_relatives_are_those_made_from_each_other_or_of_one_source(self):
        given = known_facts.Known(
            made_from=((0, 1),), not_made_from=((1, 2),), before=((2, 3),), same_source=((3, 4),)
        )
        assert given.joined == ((0, 1), (3, 4))


class TestBarred:
    def test_is_what_cannot_be_above_what(self):
        given = known_facts.Known(made_from=((0, 1),), not_made_from=((1, 2),), before=((2, 3),))
        assert given.barred == {(1, 0), (1, 2), (3, 2)}

    def test_of_texts_of_one_source_neither_is_above(self):
        assert known_facts.Known(same_source=((3, 4),)).barred == {(3, 4), (4, 3)}
