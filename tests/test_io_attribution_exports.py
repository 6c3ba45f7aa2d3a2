import csv
import io
import json

import pandas as pd
import pytest

from lineage import errors, tables
from lineage.io import tables_csv
from lineage.io.writers import attribution_exports

from . import invented, report_tables, traces


@pytest.fixture(scope="module")
def frames():
    return report_tables.ferry()


def records(frame):
    return tables.records(frame)


class TestSpans:
    def test_a_row_for_each_row_of_the_attributions(self, frames):
        found = attribution_exports.spans(frames)
        assert list(found.columns) == list(attribution_exports.SPANS)
        assert len(found) == len(frames["attributions"])

    def test_the_words_of_both_sides_are_in_it(self, frames):
        texts = dict(zip(frames["articles"]["article_id"], frames["articles"]["text"], strict=True))
        sourced = 0
        for row in records(attribution_exports.spans(frames)):
            assert row["words"] == texts[row["article"]][row["words_start"] : row["words_end"]]
            if row["source_start"] is not None:
                sourced += 1
                place = slice(row["source_start"], row["source_end"])
                assert row["source_words"] == texts[row["source"]][place]
        assert sourced > 5

    def test_sentences_are_numbered_as_explain_numbers_them(self, frames):
        positions = dict(
            zip(frames["sentences"]["sentence_id"], frames["sentences"]["position"], strict=True)
        )
        rows = records(attribution_exports.spans(frames, "blog"))
        given = frames["attributions"]
        given = given[given["target_id"] == "blog"]
        assert [row["sentence"] for row in rows] == [
            positions[name] for name in given["target_sentence"]
        ]

    def test_one_article_on_request(self, frames):
        assert set(attribution_exports.spans(frames, "tv")["article"]) == {"tv"}

    def test_an_unknown_article_is_a_usage_error(self, frames):
        with pytest.raises(errors.UsageError, match="no article 'nobody'"):
            attribution_exports.spans(frames, "nobody")


class TestSentences:
    def test_a_row_for_each_sentence_with_its_sources_side_by_side(self, frames):
        rows = records(attribution_exports.sentences(frames))
        assert len(rows) == frames["attributions"]["target_sentence"].nunique()
        fused = [row for row in rows if row["kind"] == "fusion"]
        assert fused
        assert all(row["n_sources"] == 2 for row in fused)
        assert all(row["source_2_words"] for row in fused)
        assert all(row["source_1"] is None for row in rows if row["n_sources"] == 0)

    def test_a_source_with_two_parts_of_a_sentence_is_one_source(self):
        traced = traces.trace(invented.bridge(), encoder="lexical")
        frames = {name: getattr(traced, name) for name in ("articles", "sentences", "attributions")}
        assert len(attribution_exports.spans(frames, "post")) == len(invented.INSET) + 2
        row = records(attribution_exports.sentences(frames, "post"))[0]
        assert (row["n_sources"], row["source_3"]) == (2, None)
        assert row["source_1_words"] == invented.BRIDGE[0]
        assert row["source_2_words"] == invented.BRIDGE[1]


class TestShares:
    def test_those_of_one_article_add_up_to_one(self, frames):
        found = attribution_exports.shares(frames)
        for total in found.groupby("article")["share_of_words"].sum():
            assert total == pytest.approx(1, abs=0.001)

    def test_words_without_a_source_have_a_row_without_one(self, frames):
        rows = records(attribution_exports.shares(frames, "own"))
        assert {row["source"] for row in rows} == {None}


class TestOrigins:
    def test_origins_were_made_from_none_of_the_others(self, frames):
        (row,) = records(attribution_exports.origins(frames))
        edges = frames["edges"]
        kept = edges[(edges["status"] == "kept") & (edges["relation"] != "quote")]
        texts = frames["articles"]
        supplied = set(texts.loc[texts["kind"] == "supplied", "article_id"])
        # A source of quoted words alone is no origin.
        expected = sorted((supplied | set(kept["source_id"])) - set(kept["target_id"]))
        assert row["origins"] == ", ".join(expected)
        assert (row["n_articles"], row["n_origins"]) == (5, len(expected))
        assert row["n_absent_origins"] == sum(name.startswith("absent:") for name in expected)

    def test_an_absent_source_that_no_kept_edge_leads_from_is_none(self, frames):
        edges = frames["edges"].copy()
        is_absent = edges["source_id"].str.startswith("absent:")
        edges.loc[is_absent, "relation"] = "rewrite"
        (row,) = records(attribution_exports.origins({**frames, "edges": edges}))
        assert row["n_absent_origins"] == 1
        edges.loc[is_absent, "status"] = "below_threshold"
        (row,) = records(attribution_exports.origins({**frames, "edges": edges}))
        assert row["n_absent_origins"] == 0
        assert "absent:" not in row["origins"]


ALL = sorted(attribution_exports.TABLES)


class TestToCsv:
    @pytest.mark.parametrize("name", ALL)
    def test_is_read_back_as_it_was(self, frames, name):
        frame = attribution_exports.TABLES[name](frames, None)
        text = attribution_exports.to_csv(frame).decode("utf-8")
        read = list(csv.DictReader(io.StringIO(text, newline="")))
        expected = [
            {key: "" if value is None else str(value) for key, value in row.items()}
            for row in records(frame)
        ]
        assert [
            {key: tables_csv.unescape(cell) for key, cell in row.items()} for row in read
        ] == expected

    def test_no_cell_is_a_formula(self, frames):
        frame = attribution_exports.spans(frames).head(1).assign(words="=1+1")
        assert b"'=1+1" in attribution_exports.to_csv(frame)


class TestToJsonl:
    @pytest.mark.parametrize("name", ALL)
    def test_is_read_back_as_it_was(self, frames, name):
        frame = attribution_exports.TABLES[name](frames, None)
        lines = attribution_exports.to_jsonl(frame).decode("utf-8").splitlines()
        assert [json.loads(line) for line in lines] == records(frame)

    def test_half_of_a_surrogate_pair_is_kept(self):
        frame = pd.DataFrame({"words": pd.Series(["a\ud800b"], dtype=object)})
        (line,) = attribution_exports.to_jsonl(frame).decode("utf-8").splitlines()
        assert json.loads(line)["words"] == "a\ud800b"


class TestToParquet:
    @pytest.mark.parametrize("name", ALL)
    def test_is_read_back_as_it_was(self, frames, name):
        pytest.importorskip("pyarrow", reason="needs the extra `parquet`")
        frame = attribution_exports.TABLES[name](frames, None)
        read = pd.read_parquet(io.BytesIO(attribution_exports.to_parquet(frame)))
        assert records(read) == records(frame)
