import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage import errors, tables
from lineage.io import tables_csv

# Everything a text can hold but halves of surrogate pairs, and often what is risky.
TEXTS = st.lists(
    st.one_of(
        st.text(max_size=4),
        st.sampled_from(["'", '"', "=", "+", "-", "@", "\t", "\r", "\n", "\r\n", ",", "\0", " "]),
    ),
    max_size=6,
).map("".join)
FLOATS = st.floats(allow_nan=False)
TIMES = st.datetimes(
    min_value=pd.Timestamp("1700-01-01").to_pydatetime(),
    max_value=pd.Timestamp("2200-01-01").to_pydatetime(),
).map(lambda moment: pd.Timestamp(moment, tz="UTC"))

# What a spreadsheet runs (OWASP, "CSV Injection"), as one that looks at the first character.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def written_and_read(name, frame):
    return tables_csv.parse_table(name, tables_csv.format_table(name, frame), "t.csv")


def article(**values):
    return {"article_id": "a", "kind": "supplied", **values}


class TestEscape:
    @given(TEXTS)
    def test_comes_back_unchanged(self, text):
        assert tables_csv.unescape(tables_csv.escape(text)) == text

    @given(TEXTS)
    def test_no_cell_starts_as_a_formula(self, text):
        assert not tables_csv.escape(text).startswith(FORMULA_STARTS)

    @given(TEXTS)
    def test_no_cell_starts_as_a_formula_once_a_program_has_trimmed_it(self, text):
        trimmed = tables_csv.escape(text).strip().strip("\ufeff\u200b\0")
        assert not trimmed.startswith(tuple("=+-@"))

    @given(TEXTS, TEXTS)
    def test_two_texts_never_become_one_cell(self, one, other):
        assert (tables_csv.escape(one) == tables_csv.escape(other)) == (one == other)

    @pytest.mark.parametrize("text", ["'Tis the season", "Don't", "a=b", "Über", "2018", '"=1"'])
    def test_harmless_text_is_left_as_it_is(self, text):
        assert tables_csv.escape(text) == text

    @pytest.mark.parametrize(
        ("text", "cell"),
        [
            ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
            ("'=1+1", "''=1+1"),
            ("- a dash", "'- a dash"),
            (" =1", "' =1"),
            ("", "'"),
            ("'", "''"),
        ],
    )
    def test_risky_text_gets_an_apostrophe(self, text, cell):
        assert tables_csv.escape(text) == cell


class TestFormatTable:
    @given(
        st.lists(
            st.builds(
                article,
                title=st.none() | TEXTS,
                text=st.none() | TEXTS,
                published_at=st.none() | TIMES,
                n_words=st.none() | st.integers(-(2**63), 2**63 - 1),
            ),
            max_size=4,
        )
    )
    def test_articles_come_back_unchanged(self, rows):
        for number, row in enumerate(rows):
            row["article_id"] = f"a{number}"
        frame = tables.build("articles", rows)
        pd.testing.assert_frame_equal(written_and_read("articles", frame), frame)

    @given(st.lists(st.none() | FLOATS, max_size=5))
    def test_floats_come_back_to_the_last_bit(self, numbers):
        rows = [
            {
                "source_id": "a",
                "target_id": f"b{position}",
                "relation": "edit",
                "p_link": 1.0,
                "p_edge": 1.0,
                "n_alike": 1,
                "p_direction": 0.5,
                "score_bits": 0.1,
                "lag_s": number,
                "status": "kept",
            }
            for position, number in enumerate(numbers)
        ]
        frame = tables.build("edges", rows)
        pd.testing.assert_frame_equal(written_and_read("edges", frame), frame, check_exact=True)

    @pytest.mark.parametrize("agrees", [True, False])
    def test_truth_is_written_in_small_letters(self, agrees):
        row = {"target_id": "t", "locus": 1, "candidate_id": "c", "agrees": agrees}
        frame = tables.build("readings", [row])
        assert tables_csv.format_table("readings", frame).endswith(f",{str(agrees).lower()}\n")
        pd.testing.assert_frame_equal(written_and_read("readings", frame), frame)

    def test_missing_is_an_empty_cell_and_empty_text_is_not(self):
        frame = tables.build("articles", [article(title=None, byline="")])
        read = written_and_read("articles", frame)
        assert pd.isna(read["title"].iloc[0])
        assert read["byline"].iloc[0] == ""

    def test_negative_numbers_are_not_escaped(self):
        row = {
            "source_id": "a",
            "target_id": "b",
            "signal": "order",
            "about": "link",
            "weight_bits": -1.5,
            "detail": "-1.5",
        }
        text = tables_csv.format_table("evidence", tables.build("evidence", [row]))
        assert text.splitlines()[1] == "a,b,order,link,-1.5,'-1.5,,,,"

    def test_times_end_in_z_and_keep_nanoseconds(self):
        at = pd.Timestamp("2018-07-16T10:00:00.123456789", tz="UTC")
        frame = tables.build("articles", [article(published_at=at)])
        assert "2018-07-16T10:00:00.123456789Z" in tables_csv.format_table("articles", frame)
        assert written_and_read("articles", frame)["published_at"].iloc[0] == at

    def test_lines_end_in_line_feeds_whatever_a_text_holds(self):
        frame = tables.build("articles", [article(text="one\r\ntwo\rthree")])
        rows = list(csv.reader(io.StringIO(tables_csv.format_table("articles", frame), newline="")))
        assert rows[1][frame.columns.get_loc("text")] == "one\r\ntwo\rthree"
        assert tables_csv.format_table("articles", frame).split("\n")[0].endswith("duplicate_of")

    @pytest.mark.parametrize("name", list(tables.TABLES))
    def test_table_without_rows_comes_back(self, name):
        frame = tables.empty(name)
        pd.testing.assert_frame_equal(written_and_read(name, frame), frame)

    def test_half_a_surrogate_pair_is_refused_with_its_place(self):
        frame = tables.build("articles", [article()])
        text = pd.Series(["ab\ud800"], dtype=pd.StringDtype("python"))
        with pytest.raises(errors.TableError, match=r"articles, row 0: text .* character 2"):
            tables_csv.format_table("articles", frame.assign(text=text))

    def test_frame_that_breaks_the_rules_is_refused(self):
        frame = tables.build("articles", [{"article_id": "a", "kind": "invented"}])
        with pytest.raises(errors.TableError, match="kind is 'invented'"):
            tables_csv.format_table("articles", frame)


class TestRead:
    def test_file_comes_back(self, tmp_path):
        frame = tables.build("articles", [article(text="Größe, “quoted”\n\n=1")])
        tables_csv.write(tmp_path / "articles.csv", "articles", frame)
        read = tables_csv.read(tmp_path / "articles.csv", "articles")
        pd.testing.assert_frame_equal(read, frame)

    def test_text_longer_than_the_limit_of_the_csv_module_comes_back(self, tmp_path):
        limit = csv.field_size_limit()
        frame = tables.build("articles", [article(text="word " * limit)])
        tables_csv.write(tmp_path / "articles.csv", "articles", frame)
        read = tables_csv.read(tmp_path / "articles.csv", "articles")
        pd.testing.assert_frame_equal(read, frame)
        assert csv.field_size_limit() == limit

    def test_missing_file_is_named(self, tmp_path):
        with pytest.raises(errors.InputError, match=r"edges\.csv: the file is missing"):
            tables_csv.read(tmp_path / "edges.csv", "edges")

    def test_file_that_is_not_utf8_is_named(self, tmp_path):
        path = tmp_path / "edges.csv"
        path.write_bytes(b"caf\xe9")
        with pytest.raises(errors.InputError, match=r"edges\.csv: not UTF-8 at byte 3"):
            tables_csv.read(path, "edges")

    @pytest.mark.parametrize(
        ("before", "after", "message"),
        [
            ("status", "state", "lacks status"),
            ("source_id,", "source_id,more,", "has more too"),
            ("0.75", "three", r"row 2: p_edge is 'three', which does not fit"),
            ("kept", "lost", "status is 'lost'"),
            (",kept", "", "row 2: 11 cells under a header of 12"),
            ("kept", '"kept', "row 2: not CSV"),
        ],
    )
    def test_damage_is_named_with_its_file(self, tmp_path, before, after, message):
        row = {
            "source_id": "a",
            "target_id": "b",
            "relation": "edit",
            "p_link": 0.97,
            "p_edge": 0.75,
            "n_alike": 1,
            "p_direction": 0.5,
            "score_bits": 2.0,
            "status": "kept",
        }
        path = tmp_path / "edges.csv"
        tables_csv.write(path, "edges", tables.build("edges", [row]))
        path.write_text(path.read_text().replace(before, after, 1))
        with pytest.raises(errors.TableError, match=message) as caught:
            tables_csv.read(path, "edges")
        assert str(path) in str(caught.value)
        assert "\n" not in str(caught.value)
