import pytest

from lineage.text import placeholders

COLUMNS = ("article_id", "outlet", "byline", "title", "url", "published_at", "language", "text")


class TestIsPlaceholder:
    @pytest.mark.parametrize("column", COLUMNS)
    @pytest.mark.parametrize(
        "value",
        [
            *["", " ", "NULL", "null", "(null)", "nan", "NaN", " nan ", "NaT", "None", "none"],
            *["NONE", "n/a", "N/A", "n.a.", "NA", "<NA>", "#N/A", "\\N", "undefined"],
        ],
    )
    def test_is_one_in_every_column(self, value, column):
        assert placeholders.is_placeholder(value, column)

    @pytest.mark.parametrize("column", COLUMNS[:-1])
    @pytest.mark.parametrize("value", ["-", "--", "—", "?", "???", ".", "[]", "{}", "__"])
    def test_marks_alone_say_nothing(self, value, column):
        assert placeholders.is_placeholder(value, column)

    @pytest.mark.parametrize(
        ("value", "column", "is_one"),
        [
            ("Unknown", "byline", True),
            ("unknown", "outlet", True),
            # A film, and a run.
            ("Unknown", "title", False),
            ("unknown", "article_id", False),
            # People are called so; programs do not write it so.
            ("Null", "byline", False),
            ("Nan", "byline", False),
            ("Na", "byline", False),
            ("NA", "byline", True),
            ("Null", "outlet", True),
            ("None Such", "outlet", False),
            ("Nullarbor Post", "outlet", False),
            ("N/A Magazine", "outlet", False),
            ("na", "language", True),
            ("0000-00-00", "published_at", True),
            ("0000-00-00", "title", False),
            ("0", "article_id", False),
            ("None of the crew was hurt.", "text", False),
        ],
    )
    def test_the_column_tells(self, value, column, is_one):
        assert placeholders.is_placeholder(value, column) == is_one
