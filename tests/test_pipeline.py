import threading

import pandas as pd
import pytest

import lineage
from lineage import config, errors, simulate

CRANE = "A crane fell into the port of Halvane on Tuesday, said Ruairi Denholm.\n"
VOTE = "The council of Eastbank voted to shut a library on Plumb Street.\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "crane.txt").write_text(CRANE, encoding="utf-8")
    (tmp_path / "vote.txt").write_text(VOTE, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("\n", encoding="utf-8")
    return tmp_path


def traced(texts, **options):
    return lineage.trace(texts, encoder="lexical", **options)


class TestTexts:
    def test_what_was_read_is_traced_and_recorded(self, folder):
        read = lineage.read(folder, skip_bad=True)
        run = traced(read).run
        assert [each["file"] for each in run["inputs"]["files"]] == sorted(read.files["file"])
        assert [each["sha256"] for each in run["inputs"]["files"]] == read.files["sha256"].tolist()
        assert run["problems"] == [
            {"file": str(folder / "empty.txt"), "row": None, "problem": "the text is empty"}
        ]

    def test_what_was_read_gives_the_same_tables_as_its_frame(self, folder):
        read = lineage.read(folder, skip_bad=True)
        one, other = traced(read), traced(read.articles)
        for name, frame in one.frames.items():
            pd.testing.assert_frame_equal(frame, other.frames[name])
        assert other.run["problems"] == other.run["inputs"]["files"] == []

    def test_the_order_of_the_paths_makes_no_difference(self, folder):
        paths = [folder / "crane.txt", folder / "vote.txt"]
        one, other = (traced(lineage.read(each)) for each in (paths, paths[::-1]))
        assert one.run == other.run

    def test_a_frame_with_a_column_named_articles_is_a_frame(self):
        frame = pd.DataFrame({"text": [CRANE, VOTE], "articles": [1, 2]})
        assert len(traced(frame).articles) == 2

    def test_no_texts_are_nothing_to_trace(self):
        with pytest.raises(errors.NothingToTraceError):
            traced([])


class TestMeanwhile:
    def test_is_called_once_beside_the_trace(self):
        called = []
        done = threading.Event()

        def meanwhile():
            called.append(threading.current_thread())
            done.set()

        traced(pd.DataFrame({"text": [CRANE, VOTE]}), meanwhile=meanwhile)
        assert done.wait(60)
        assert len(called) == 1
        assert called[0] is not threading.current_thread()


class TestPairsThatAreNotCompared:
    def test_two_sources_of_a_text_need_not_have_been_compared(self):
        rows = [row for case in simulate.stories(4, seed=1) for row in simulate.rows(case)]
        frame = pd.DataFrame(rows).drop(columns=["set", "case", "parents"])
        few = config.TraceConfig(compare_all=2, candidates_per_article=2)
        result = lineage.trace(frame, few, encoder="lexical")
        n_pairs = len(frame) * (len(frame) - 1) // 2
        assert 0 < len(result.relations) < n_pairs
        assert len(result.edges) > 0
