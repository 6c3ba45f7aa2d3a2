import hashlib
import warnings

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage import errors, tables
from lineage.io import articles

CRANE = "A crane fell into the port of Halvane on Tuesday."
VOTE = "The council of Eastbank voted to shut a library."

texts = st.sampled_from([CRANE, VOTE, CRANE + " ", "Two words."])


def frame(**columns):
    return pd.DataFrame(columns)


class TestPrepare:
    def test_gives_the_articles_table(self):
        found = articles.prepare(frame(text=[CRANE, VOTE]))
        assert tables.check("articles", found) is found
        assert found["kind"].unique().tolist() == ["supplied"]
        assert sorted(found["text"]) == sorted([CRANE, VOTE])

    def test_a_list_of_articles_gives_the_same_as_a_frame(self):
        given = {"title": "Crane falls", "outlet": "The Courier", "published_at": "2025-02-11"}
        one = articles.prepare([articles.Article(CRANE, **given), articles.Article(VOTE)])
        other = articles.prepare(
            frame(text=[CRANE, VOTE], **{name: [value, None] for name, value in given.items()})
        )
        pd.testing.assert_frame_equal(one, other)

    def test_an_id_is_made_of_the_text_where_there_is_none(self):
        found = articles.prepare(frame(text=[CRANE, VOTE], article_id=["mine", None]))
        made = hashlib.sha256(VOTE.encode()).hexdigest()[: articles.ID_DIGITS]
        assert dict(zip(found["text"], found["article_id"], strict=True)) == {
            CRANE: "mine",
            VOTE: made,
        }

    @given(st.lists(texts, min_size=1, max_size=6), st.randoms())
    def test_made_ids_differ_and_do_not_depend_on_the_order(self, drawn, random):
        shuffled = random.sample(drawn, len(drawn))
        one, other = (articles.prepare(frame(text=each)) for each in (drawn, shuffled))
        assert one["article_id"].is_unique
        assert sorted(zip(one["article_id"], one["text"], strict=True)) == sorted(
            zip(other["article_id"], other["text"], strict=True)
        )

    def test_a_number_is_an_id_too(self):
        found = articles.prepare(frame(text=[CRANE, VOTE], article_id=[7, 8]))
        assert found["article_id"].tolist() == ["7", "8"]

    def test_unknown_columns_are_named_and_computed_ones_are_computed(self):
        with pytest.warns(UserWarning, match="not used: weather, mood$"):
            found = articles.prepare(
                frame(text=[CRANE], n_words=[99], weather=["gale"], mood=["low"])
            )
        assert found["n_words"].tolist() == [10]

    @pytest.mark.parametrize("as_rows", [False, True])
    def test_columns_have_the_names_that_they_have_in_files(self, as_rows):
        given = frame(
            content=[CRANE, VOTE],
            Date=["2025-02-11", None],
            source=["The Courier", "NULL"],
            author=["Jane Roe", "n/a"],
            headline=["Crane falls", "-"],
            link=["https://courier.example/1", ""],
        )
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            made = articles.prepare(given.to_dict("records") if as_rows else given)
        found = made.set_index("text")
        assert found.loc[CRANE, "outlet"] == "The Courier"
        assert found.loc[CRANE, "byline"] == "Jane Roe"
        assert found.loc[CRANE, "title"] == "Crane falls"
        assert found.loc[CRANE, "published_at"] == pd.Timestamp("2025-02-11", tz="UTC")
        told = ["outlet", "byline", "title", "url", "published_at"]
        assert found.loc[VOTE, told].isna().all()

    def test_a_list_may_mix_articles_and_dicts(self):
        found = articles.prepare([articles.Article(CRANE), {"body": VOTE, "weather": None}])
        assert sorted(found["text"]) == sorted([CRANE, VOTE])

    def test_keys_that_were_not_used_are_named(self):
        with pytest.warns(UserWarning, match="not used: weather"):
            articles.prepare([{"text": CRANE, "weather": "gale"}])

    def test_the_column_text_wins_over_others_that_may_be_meant(self):
        with pytest.warns(UserWarning, match="not used: body"):
            found = articles.prepare(frame(text=[CRANE], body=[VOTE]))
        assert found["text"].tolist() == [CRANE]

    def test_two_columns_for_one_are_refused(self):
        with pytest.raises(errors.InputError, match="both mean outlet"):
            articles.prepare(frame(text=[CRANE], source=["A"], publisher=["B"]))

    def test_a_written_table_can_be_handed_in_again(self):
        made = articles.prepare(frame(text=[CRANE, VOTE], date=["2025-02-11T09:00Z", "2025-02-11"]))
        absent = {"article_id": "absent:wire", "kind": "absent", "text": None}
        both = pd.concat([made, pd.DataFrame([absent])], ignore_index=True)
        pd.testing.assert_frame_equal(articles.prepare(both), made)

    @pytest.mark.parametrize(
        ("value", "precision"),
        [
            (pd.Timestamp("2025-02-11 09:00"), "local"),
            (pd.Timestamp("2025-02-11 09:00", tz="Europe/Berlin"), "minute"),
            (pd.Timestamp("2025-02-11"), "day"),
            (20250211090000, "second"),
        ],
    )
    def test_dates_of_a_frame_are_as_precise_as_they_are(self, value, precision):
        found = articles.prepare(frame(text=[CRANE], date=[value])).iloc[0]
        assert found["published_precision"] == precision

    @pytest.mark.parametrize("value", ["the day after", "03/04/2025", "2931-01-01"])
    def test_a_bad_date_is_a_missing_one_and_told(self, value):
        latest = pd.Timestamp("2030-01-01", tz="UTC")
        with pytest.warns(UserWarning, match=r"row 1 \(b\): .*without its date"):
            found = articles.prepare(
                frame(text=[CRANE, VOTE], article_id=["a", "b"], date=["2025-02-11", value]),
                latest=latest,
            )
        assert found["published_at"].isna().tolist() == [False, True]

    def test_a_given_date_is_read_with_its_precision(self):
        found = articles.prepare(frame(text=[CRANE], published_at=["11 Feb 2025"])).iloc[0]
        assert found["published_at"] == pd.Timestamp("2025-02-11", tz="UTC")
        assert (found["published_precision"], found["published_source"]) == ("day", "given")

    def test_a_date_that_a_reader_has_read_is_kept_as_it_is(self):
        at = pd.Timestamp("2025-02-11 09:00", tz="UTC")
        found = articles.prepare(
            frame(
                text=[CRANE],
                published_at=[at],
                published_precision=["hour"],
                published_source=["page"],
            )
        ).iloc[0]
        assert (found["published_precision"], found["published_source"]) == ("hour", "page")

    def test_the_date_line_of_the_page_stands_in_for_a_date(self):
        page = f"Crane falls\n\nPosted: 3:14 AM, July 16, 2018\n\n{CRANE}"
        found = articles.prepare(frame(text=[page])).iloc[0]
        assert found["published_source"] == "text"
        assert found["published_at"].date() == pd.Timestamp("2018-07-16").date()

    def test_no_date_is_just_missing(self):
        found = articles.prepare(frame(text=[CRANE])).iloc[0]
        assert found["published_at"] is pd.NaT
        assert found["published_source"] == "none"


class TestDuplicates:
    def test_the_earliest_of_identical_texts_stands_for_all(self):
        found = articles.prepare(
            frame(
                text=[CRANE, CRANE, VOTE, CRANE],
                article_id=["a", "b", "c", "d"],
                published_at=["2025-02-12", "2025-02-11", None, None],
            )
        ).set_index("article_id")["duplicate_of"]
        assert found["a"] == found["d"] == "b"
        assert found["b"] is pd.NA
        assert found["c"] is pd.NA

    def test_a_blank_makes_a_text_another(self):
        found = articles.prepare(frame(text=[CRANE, CRANE + " "]))
        assert found["duplicate_of"].isna().all()

    @given(st.lists(texts, min_size=1, max_size=6))
    def test_one_of_each_text_is_no_duplicate(self, drawn):
        found = articles.prepare(frame(text=drawn))
        assert sorted(found[found["duplicate_of"].isna()]["text"]) == sorted(set(drawn))


class TestErrors:
    @pytest.mark.parametrize(
        ("given", "error", "said"),
        [
            (frame(headline=[CRANE]), errors.InputError, "no column 'text' among: headline"),
            (frame(text=[CRANE, None]), errors.InputError, "row 1: the text is empty"),
            (frame(text=[CRANE, 5]), errors.InputError, "row 1: the text is a int"),
            (frame(text=["..."]), errors.InputError, "row 0: the text has no words"),
            (
                [articles.Article("a\ud800b")],
                errors.InputError,
                "half of a surrogate pair at character 1",
            ),
            (
                frame(text=[CRANE, VOTE], article_id=["a", "a"]),
                errors.InputError,
                "row 1: id 'a' is that of row 0 too",
            ),
            (
                frame(text=[CRANE], article_id=["absent:x"]),
                errors.InputError,
                "like that of an absent source",
            ),
            ([CRANE], errors.InputError, "item 0: str is no article"),
            ([], errors.NothingToTraceError, "no articles"),
            (frame(text=[]), errors.NothingToTraceError, "no articles"),
        ],
    )
    def test_are_one_line_and_name_the_row(self, given, error, said):
        with pytest.raises(error, match=said) as caught:
            articles.prepare(given)
        assert "\n" not in str(caught.value)
