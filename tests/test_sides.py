import importlib.util
import itertools
import json
import pathlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage import config, tables
from lineage.report.page import edge_rows, refs, sides

from . import invented, traces

_spec = importlib.util.spec_from_file_location(
    "report_tables", pathlib.Path(__file__).with_name("report_tables.py")
)
report_tables = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(report_tables)


def laid(made):
    """Return what the script gets, and the edges by source and target."""
    worded, _ = edge_rows.worded(made, refs.Refs(made), config.TraceConfig())
    by_ends = {(e.source.row.article_id, e.target.row.article_id): e for e in worded}
    return sides.data(worded, made["attributions"]), by_ends


@pytest.fixture(scope="module")
def ferry():
    return laid(report_tables.ferry())


def pieces(text, side):
    """Cut a text as the script does: words, number of the link, style."""
    ends = list(itertools.accumulate(side[0::3]))
    starts = [0, *ends[:-1]]
    assert ends[-1] == len(text)
    styles = [sides.STYLES[number] for number in side[2::3]]
    cut = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    return list(zip(cut, side[1::3], styles, strict=True))


class TestData:
    def test_both_sides_cover_their_texts(self, ferry):
        data, by_ends = ferry
        assert len(data["pairs"]) == 6
        for (source, target), edge in by_ends.items():
            if edge.source.is_absent:
                assert edge.anchor not in data["pairs"]
                continue
            pair = data["pairs"][edge.anchor]
            assert (pair[0], pair[4]) == (edge.source.letter, edge.target.letter)
            for letter, side, name in ((pair[0], pair[3], source), (pair[4], pair[6], target)):
                words = "".join(piece for piece, *_ in pieces(data["texts"][letter], side))
                assert len(words) == len(report_tables.TEXTS[name])

    def test_traced_sentences_are_linked_and_their_differences_marked(self, ferry):
        data, by_ends = ferry
        edge = by_ends["w1", "tv"]
        pair = data["pairs"][edge.anchor]
        left = pieces(data["texts"][pair[0]], pair[3])
        right = pieces(data["texts"][pair[4]], pair[6])
        assert ("harbour", "removed") in {(words, style) for words, _, style in left}
        assert ("harbor", "added") in {(words, style) for words, _, style in right}
        quote = '"We heard a long horn and then the wall shook," Kold told reporters.'
        (there,) = [number for words, number, _ in left if words == quote]
        (here,) = [number for words, number, _ in right if words == quote]
        assert there == here > 0

    def test_two_parts_from_one_sentence_are_one_link(self):
        traced = traces.trace(invented.bridge(), encoder="lexical")
        data, by_ends = laid({name: getattr(traced, name) for name in tables.TABLES})
        pair = data["pairs"][by_ends["wire", "post"].anchor]
        left = pieces(data["texts"][pair[0]], pair[3])
        right = pieces(data["texts"][pair[4]], pair[6])
        links = {words: number for words, number, style in right if style == "both"}
        one, other = (
            next(n for text, n in links.items() if part in text) for part in ("Oddmoor", "torn")
        )
        assert one == other > 0
        shown = [words for words, number, style in left if (number, style) == (one, "both")]
        assert "Oddmoor" in shown[0]
        assert "torn" in shown[-1]

    def test_what_was_not_traced_is_not_linked(self, ferry):
        data, by_ends = ferry
        pair = data["pairs"][by_ends["w1", "tv"].anchor]
        right = pieces(data["texts"][pair[4]], pair[6])
        (menu,) = [number for words, number, _ in right if "Skip to main content" in words]
        assert menu == 0

    def test_without_traced_sentences_long_runs_are_linked(self):
        made = report_tables.ferry()
        made["attributions"] = made["attributions"].iloc[:0]
        data, by_ends = laid(made)
        pair = data["pairs"][by_ends["w1", "live"].anchor]
        left = [words for words, number, _ in pieces(data["texts"][pair[0]], pair[3]) if number]
        assert any("struck the harbour wall at Elsmouth" in words for words in left)
        assert all(len(words.split()) >= sides.MIN_RUN for words in left)

    def test_two_sentences_from_the_same_words_share_them_out(self, ferry):
        data, by_ends = ferry
        pair = data["pairs"][by_ends["w1", "blog"].anchor]
        assert sum(pair[3][0::3]) == len(data["texts"][pair[0]])
        assert min(pair[3][0::3] + pair[6][0::3]) > 0


class TestScriptJson:
    @given(st.dictionaries(st.text(), st.text()))
    def test_reads_back_and_cannot_end_the_element(self, value):
        written = sides.script_json(value)
        assert json.loads(written) == value
        assert not set(written) & set("<>&\u2028\u2029")
