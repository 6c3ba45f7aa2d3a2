"""What may be handed to `trace` and `compare`, and what is made of it."""

import pandas as pd
import pytest

import lineage
from lineage import errors
from lineage.io import inputs

CRANE = "A crane fell into the port of Halvane on Tuesday, said Ruairi Denholm, the harbour master."
VOTE = "The council of Eastbank voted to shut a library on Plumb Street after a long debate."


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "crane.txt").write_text(CRANE, encoding="utf-8")
    (tmp_path / "vote.txt").write_text(VOTE, encoding="utf-8")
    return tmp_path


def traced(texts):
    return lineage.trace(texts, encoder="lexical")


def supplied(result):
    frame = result.articles[result.articles["kind"] == "supplied"]
    return dict(zip(frame["article_id"], frame["text"], strict=True))


class TestTexts:
    def test_strings_are_texts(self):
        assert sorted(supplied(traced([CRANE, VOTE])).values()) == [CRANE, VOTE]

    def test_a_string_is_a_text_though_a_file_has_its_name(self, folder, monkeypatch):
        monkeypatch.chdir(folder)
        assert sorted(supplied(traced(["crane.txt", "vote.txt"])).values()) == [
            "crane.txt",
            "vote.txt",
        ]

    def test_one_string_alone_is_refused_and_the_way_to_read_a_file_told(self):
        with pytest.raises(errors.UsageError, match=r"a list of texts; .* pathlib\.Path"):
            traced(CRANE)

    def test_of_no_items_there_is_nothing_to_trace(self):
        for nothing in ([], {}):
            with pytest.raises(errors.NothingToTraceError):
                traced(nothing)

    def test_what_is_no_text_is_refused_with_its_place(self):
        with pytest.raises(errors.InputError, match="item 1: int is no article"):
            traced([CRANE, 7])


class TestById:
    def test_keys_are_ids(self):
        assert supplied(traced({"wire": CRANE, 7: VOTE})) == {"wire": CRANE, "7": VOTE}

    def test_values_may_be_all_that_a_list_may_hold(self, folder):
        given = {
            "wire": lineage.Article(CRANE, outlet="Halvane Wire"),
            "post": {"content": VOTE, "date": "2024-03-05"},
            "file": folder / "crane.txt",
        }
        result = traced(given)
        assert supplied(result) == {"wire": CRANE, "post": VOTE, "file": CRANE}
        assert "Halvane Wire" in set(result.articles["outlet"].dropna())
        assert [each["file"] for each in result.run["inputs"]["files"]] == [
            str(folder / "crane.txt")
        ]

    def test_a_folder_cannot_have_one_id(self, folder):
        with pytest.raises(errors.InputError, match="has 2 articles, and an id is for one"):
            traced({"all": folder})

    def test_what_is_no_text_is_refused_with_its_id(self):
        with pytest.raises(errors.InputError, match="item 'wire': a float is no text"):
            traced({"wire": 1.5})


class TestPaths:
    def test_paths_are_read_together(self, folder):
        result = traced([folder / "crane.txt", folder / "vote.txt"])
        assert supplied(result) == {"crane": CRANE, "vote": VOTE}
        assert len(result.run["inputs"]["files"]) == 2

    def test_one_path_may_be_a_folder(self, folder):
        assert supplied(traced(folder)) == {"crane": CRANE, "vote": VOTE}

    def test_paths_and_texts_may_be_mixed(self, folder):
        result = traced([folder / "crane.txt", VOTE])
        assert sorted(supplied(result).values()) == [CRANE, VOTE]
        assert "crane" in supplied(result)


class TestReadResult:
    def test_goes_through_its_articles(self, folder):
        found = lineage.read(folder)
        assert [each.article_id for each in found] == ["crane", "vote"]
        assert len(found) == 2
        assert all(isinstance(each, lineage.Article) for each in found)

    def test_its_articles_give_the_same_tables_as_itself(self):
        found = lineage.read("data/harbour-crane/articles")
        one, other = traced(found), traced(list(found))
        for name, frame in one.frames.items():
            pd.testing.assert_frame_equal(frame, other.frames[name])

    def test_several_readings_are_one(self, folder):
        one, other = (lineage.read(folder / name) for name in ("crane.txt", "vote.txt"))
        whole = inputs.read_result.joined([one, other])
        assert [each.article_id for each in whole] == ["crane", "vote"]
        assert inputs.read_result.joined([]) is None
