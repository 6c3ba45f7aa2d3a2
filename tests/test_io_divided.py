import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage import errors
from lineage.io.readers import divided, read

STORY = "The old harbor bridge was shut on Monday after engineers found cracks in two pylons."
OTHER = "Some thousands of drivers use the bridge each day and will have to take the tunnel."


def pasted(text, divider):
    return read.read("-", stdin=io.StringIO(text), divider=divider)


class TestSplit:
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_pieces_are_kept_to_the_character(self, end):
        pieces = [f"  {STORY}{end}{end}more {end}", f"{OTHER}\u2028---\u2028x{end}"]
        assert divided.split(f"{pieces[0]} --- {end}{pieces[1]}", "---") == pieces

    def test_only_a_line_of_its_own_divides(self):
        text = "a --- b\n----\n---c\n---\nd"
        assert divided.split(text, "---") == ["a --- b\n----\n---c\n", "d"]

    def test_blank_pieces_are_left_out(self):
        assert divided.split("---\n\n---\na\n---\n", "---") == ["a\n"]

    @given(st.lists(st.text(alphabet="a -\n\r", max_size=12), min_size=2))
    def test_pieces_are_what_was_joined(self, pieces):
        joined = "\n===\n".join(pieces)
        found = divided.split(joined, "===")
        assert [piece.strip() for piece in found] == [p.strip() for p in pieces if p.strip()]

    @pytest.mark.parametrize("divider", ["", "  ", "a\nb", "a\rb"])
    def test_divider_that_is_never_found_is_a_usage_error(self, divider):
        with pytest.raises(errors.UsageError, match="give one line"):
            divided.check(divider)


class TestPasted:
    def test_each_piece_is_an_article(self):
        result = pasted(f"{STORY}\n===\n{OTHER}\n", "===")
        assert set(result.articles["text"]) == {f"{STORY}\n", f"{OTHER}\n"}
        assert result.files["n_articles"].tolist() == [2]

    def test_the_order_of_pieces_makes_no_difference(self):
        one = pasted(f"{STORY}\n===\n{OTHER}\n", "===").articles
        two = pasted(f"{OTHER}\n===\n{STORY}\n", "===").articles
        assert one.equals(two)

    def test_what_looks_like_a_table_is_text_all_the_same(self):
        result = pasted(f"title,text\n===\n{STORY}", "===")
        assert result.files["kind"].tolist() == ["text"]

    def test_a_divider_that_is_not_there_is_named(self):
        with pytest.raises(errors.InputError, match="standard input: no line '---' in it"):
            pasted(STORY, "---")

    def test_a_piece_without_words_is_named_by_its_number(self):
        with pytest.raises(errors.InputError, match="standard input, row 2: the text has no words"):
            pasted(f"{STORY}\n===\n...\n===\n{OTHER}", "===")


class TestFiles:
    def test_text_files_that_have_the_line_are_divided_and_others_are_not(self, tmp_path):
        (tmp_path / "both.txt").write_text(f"{STORY}\n***\n{OTHER}\n")
        (tmp_path / "one.txt").write_text(f"{STORY} {OTHER}")
        (tmp_path / "note.md").write_text(f"# {STORY}\n\n***\n\n{OTHER}")
        files = read.read(tmp_path, divider="***").files
        assert files["n_articles"].tolist() == [2, 1, 1]
