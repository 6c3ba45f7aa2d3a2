import pandas as pd
import pytest

from lineage import errors
from lineage.graph import known_facts
from lineage.io.readers import known_rows


def written(tmp_path, text, name="known.csv"):
    place = tmp_path / name
    place.write_bytes(text if isinstance(text, bytes) else text.encode())
    return place


class TestRead:
    @pytest.mark.parametrize("separator", [",", ";", "\t"])
    def test_rows_are_numbered_as_a_person_sees_them(self, tmp_path, separator):
        lines = ["a,b,what,note", "001,002,from,an editor said so", "", ",,kept_up"]
        text = "\n".join(lines).replace(",", separator)
        frame = known_rows.read(written(tmp_path, text))
        assert frame.index.tolist() == [2, 4]
        assert frame.columns.tolist() == list(known_facts.COLUMNS)
        assert frame.loc[2].tolist() == ["001", "002", "from"]
        assert frame.loc[4, ["a", "b"]].isna().all()

    def test_what_was_read_can_be_parsed_and_a_wrong_row_found(self, tmp_path):
        frame = known_rows.read(written(tmp_path, "what,b,a\nfrom,wire,page\n"))
        assert known_facts.parse(frame, ["page", "wire"]).made_from == ((1, 0),)
        with pytest.raises(errors.InputError, match=r"facts, row 2: no article 'page'"):
            known_facts.parse(frame, ["wire"], where="facts")

    def test_a_byte_order_mark_and_capitals_are_no_trouble(self, tmp_path):
        text = b"\xef\xbb\xbfA, B ,What\r\npage,wire,from\r\n"
        assert len(known_rows.read(written(tmp_path, text))) == 1

    def test_a_header_alone_is_nothing_known(self, tmp_path):
        frame = known_rows.read(written(tmp_path, "a,b,what\n"))
        assert isinstance(frame, pd.DataFrame)
        assert not known_facts.parse(frame, ["page"])

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", "no column a, b, what"),
            ("a,b\n1,2\n", "no column what"),
            ('a,b,what\n"1,2,from\n', "not CSV"),
        ],
    )
    def test_a_file_that_is_none_is_told_on_one_line(self, tmp_path, text, said):
        place = written(tmp_path, text)
        with pytest.raises(errors.InputError, match=said) as caught:
            known_rows.read(place)
        assert str(place) in str(caught.value)
        assert "\n" not in str(caught.value)

    def test_a_file_that_is_not_there_is_told(self, tmp_path):
        with pytest.raises(errors.InputError, match="No such file"):
            known_rows.read(tmp_path / "nowhere.csv")
