import json
import re

import pandas as pd
import pytest

import lineage
from lineage import errors
from lineage.cli import explanations
from lineage.io.writers import export
from lineage.report import explained

from . import invented, report_tables, traces


@pytest.fixture(scope="module")
def result():
    return lineage.Lineage(report_tables.ferry(), report_tables.run_record())


def told(result, *arguments):
    return "\n".join(explanations.article(result, *arguments))


class TestArticle:
    def test_sources_come_best_first_with_their_status(self, result):
        statuses = re.findall(
            r"^  (credits|made from|runner-up|too weak to keep): (\S+)", told(result, "blog"), re.M
        )
        assert statuses == [
            ("credits", "absent:harbour-gazette"),
            ("made from", "w1"),
            ("runner-up", "tv"),
            ("too weak to keep", "live"),
        ]

    def test_evidence_has_bits_and_the_words_it_points_at(self, result):
        shown = told(result, "blog")
        assert "  +2.5  readings: reads 'harbour', not 'harbor'" in shown
        start, end = report_tables.span("w1", "harbour master")
        assert f"w1 [{start}:{end}] “harbour master”" in shown

    def test_a_direction_that_is_not_decided_is_said_to_be_so(self, result):
        assert "came first 0.81 (likely)" in told(result, "blog")
        assert "came first 0.55 (not decided)" in told(result, "live")
        assert "related >0.99, directly >0.99, came first 0.98\n" in told(result, "tv")

    def test_bits_are_added_up_for_each_question(self, result):
        shown = told(result, "tv")
        assert "are they related? +9.0 bits, probability >0.99 that the two are related" in shown
        assert "which came first? +4.5 bits, probability 0.98 that it came first" in shown
        assert "why this one? +2.5 bits, probability 0.85 that it is this one" in told(
            result, "blog"
        )
        assert "+13.5 bits" not in shown

    def test_a_source_that_others_equal_is_said_to_be_one_of_them(self, result):
        said = "made from: w1 (rewrite), one of 2 texts that may each be the source; related 0.95"
        assert said in told(result, "blog")
        assert told(result, "tv").count("may each be the source") == 0

    def test_a_source_that_nobody_names_is_called_so(self, result):
        unnamed, gazette = "absent:unnamed source", "absent:harbour-gazette"
        frames = {
            name: frame.replace({column: {gazette: unnamed} for column in frame.columns})
            for name, frame in result.frames.items()
        }
        found = frames["articles"]
        found.loc[found["article_id"] == unnamed, "outlet"] = pd.NA
        frames["edges"] = frames["edges"].replace({"relation": {"quote": "reprint"}})
        other = lineage.Lineage(frames, result.run)
        assert "made from: a source that nobody names (reprint)" in told(other, "blog")
        assert told(other, unnamed).startswith(f"{unnamed}  a source that nobody names")

    def test_decided_is_what_the_run_was_configured_to_call_so(self, result):
        run = result.run | {"config": {"decided": 0.8}}
        other = lineage.Lineage(result.frames, run)
        assert "came first 0.81\n" in told(other, "blog")

    def test_every_sentence_has_a_line(self, result):
        rows = told(result, "blog").partition("\n\n")[2].splitlines()
        assert len(rows) == (result.attributions["target_id"] == "blog").sum()
        assert rows[0].split()[:3] == ["1", "heading", "–"]
        assert "(18 -> eighty)" in rows[1]

    def test_a_text_without_source_is_said_to_have_none(self, result):
        assert "not made from any of the other texts" in told(result, "own")
        # Only a source that was not kept is no source.
        assert "not made from any of the other texts" not in told(result, "tv")

    def test_an_absent_source_can_be_asked_for(self, result):
        assert told(result, "absent:harbour-gazette").startswith(
            "absent:harbour-gazette  Harbour Gazette"
        )

    def test_no_control_character_reaches_the_terminal(self, result):
        shown = told(result, "own", 4)
        assert "an escape" in shown
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202e]", shown)

    def test_an_unknown_article_is_a_usage_error_that_names_some(self, result):
        with pytest.raises(errors.UsageError, match="there are absent:harbour-gazette, blog"):
            told(result, "nobody")

    def test_of_many_articles_only_some_are_named(self):
        many = lineage.Lineage(report_tables.bare(50), report_tables.run_record())
        with pytest.raises(errors.UsageError, match=r"and 30 more$"):
            told(many, "nobody")

    def test_the_beginning_of_an_id_is_enough(self, result):
        assert told(result, "BL") == told(result, "blog")


class TestSentence:
    def test_tells_kind_source_measures_and_changes(self, result):
        assert told(result, "blog", 2).splitlines() == [
            "blog, sentence 2 (body):",
            "  Eighty people were hurt when a ferry rammed the quay wall in Elsmouth.",
            "  paraphrase, from w1: words 0.31, meaning 0.78, confidence 0.82",
            "    " + report_tables.WIRE.split("\n")[0],
            "    words: {+Eighty people were hurt when a ferry rammed the quay wall in+} Elsmouth "
            "[-NSW) - A passenger ferry struck the harbour wall at Elsmouth on Tuesday, injuring "
            "18 people, the port authority said-].",
            "    changed: 18 -> eighty",
            "    origin: w1, sentence 1",
        ]

    def test_the_path_leads_to_the_origin_with_the_words_that_changed_at_each_step(self):
        traced = traces.story("ferry-live", encoder="lexical")
        own = traced.sentences["article_id"] == "post-1605"
        start = traced.sentences["text"].str.startswith("Nine people were treated")
        position = int(traced.sentences.loc[own & start, "position"].item())
        lines = list(explanations.article(traced, "post-1605", position + 1))
        steps = [line for line in lines if ", from post-" in line]
        assert [step.strip().split()[2].rstrip(":") for step in steps[:2]] == [
            "post-1330",
            "post-1110",
        ]
        # Each step stands further in than the one before.
        depths = [len(step) - len(step.lstrip()) for step in steps]
        assert depths == sorted(set(depths))
        assert any("[-Eight-] {+Nine+} people" in line for line in lines)
        assert any("[-Six-] {+Eight+} people" in line for line in lines)
        assert any("changed: number Eight -> Nine (contradicts)" in line for line in lines)
        assert lines[-1].strip().startswith("origin: post-")

    def test_a_fused_sentence_names_all_its_sources(self, result):
        assert told(result, "blog", 3).count("fusion, from w1") == 2

    def test_parts_from_one_sentence_are_told_together(self):
        said = told(traces.trace(invented.bridge(), encoder="lexical"), "post", 1)
        assert said.count("fusion, from wire") == 2
        assert "at Oddmoor … will be torn down in the spring" in said

    def test_what_was_not_measured_is_not_shown_as_nothing(self, result):
        assert "meaning not measured" in told(result, "blog", 3)

    def test_a_new_sentence_is_from_nobody(self, result):
        said = told(result, "blog", 7)
        assert "new: found in none of the other texts" in said
        assert "of its words are also in" not in said

    def test_a_long_run_of_a_new_sentence_in_a_text_that_is_no_parent_is_told(self):
        shared = "Anybody who sees one should ring the harbour council before the end of the week."
        texts = {
            "one": " ".join([*invented.REPORT, shared]),
            "other": " ".join([*invented.STRANGER, shared]),
        }
        rows = [{"article_id": name, "text": text} for name, text in texts.items()]
        traced = lineage.trace(pd.DataFrame(rows), encoder="lexical")
        assert not (traced.edges["source_id"] == "other").any()
        said = told(traced, "one", len(invented.REPORT) + 1)
        assert "new: " in said
        assert "15 of its words are also in other" in said
        assert f"“{shared.rstrip('.')}”" in said

    def test_a_sentence_that_is_not_there_is_a_usage_error(self, result):
        with pytest.raises(
            errors.UsageError, match="no sentence 8; they are counted from 1 to 7, as in"
        ):
            told(result, "blog", 8)

    def test_an_absent_source_has_no_sentences(self, result):
        with pytest.raises(errors.UsageError, match="its text was not supplied"):
            told(result, "absent:harbour-gazette", 1)


class TestPlainValues:
    def test_sentences_have_the_numbers_of_the_report_and_their_sources(self, result):
        said = explained.article(result.frames, "blog")
        assert [each["number"] for each in said["sentences"]] == list(range(1, 8))
        (source,) = said["sentences"][1]["sources"]
        assert (source["kind"], source["source_id"], source["source_number"]) == (
            "paraphrase",
            "w1",
            1,
        )
        assert source["changed_facts"] == "18 -> eighty"
        assert source["source_text"] in report_tables.WIRE

    def test_edges_of_every_status_have_their_evidence(self, result):
        edges = explained.article(result.frames, "blog")["edges"]
        assert {each["status"] for each in edges} == {"kept", "runner_up", "below_threshold"}
        kept = next(each for each in edges if each["source_id"] == "w1")
        assert "readings" in {each["signal"] for each in kept["evidence"]}

    def test_of_one_sentence_no_more_than_that(self, result):
        said = explained.article(result.frames, "blog", 3)
        assert [each["number"] for each in said["sentences"]] == [3]
        assert len(said["sentences"][0]["sources"]) == 2
        assert said["edges"] == []

    def test_is_json(self, result):
        for article_id in result.articles["article_id"]:
            said = explained.article(result.frames, article_id)
            assert json.loads(export.dump(said))["article"]["article_id"] == article_id


WIRE, PAGE = (
    "A container crane collapsed on to a moored cargo ship at the port of Halvane on Tuesday, "
    "injuring five workers, harbour officials said.\n"
    "Tugs were working to keep the shipping channel free of floating containers.",
    "A container crane collapsed on to a moored cargo ship at the port of Halvane on Tuesday, "
    "injuring five workers, harbor officials said.",
)


EARLIER, LATER = "2025-02-11 09:00 UTC", "2025-02-11 12:00 UTC"


class TestPair:
    def test_tells_the_verdict_the_measures_and_the_evidence(self):
        texts = pd.DataFrame(
            {
                "article_id": ["page", "wire"],
                "text": [PAGE, WIRE],
                "published_at": [LATER, EARLIER],
            }
        )
        lines = list(explanations.pair(lineage.trace(texts, encoder="lexical")))
        assert lines[0].startswith("page and wire: page was probably made from wire (came first: ")
        assert re.fullmatch(r"  one made from the other 0\.\d\d, .*", lines[1])
        assert re.fullmatch(r"  shared words: \d+; \d+ % of page, \d+ % of wire", lines[2])
        assert lines[3].startswith("  page, made from: wire (")
        assert lines[-1].startswith("  not measured: meaning of sentences")


class TestInOrder:
    def test_the_likelier_source_comes_first(self):
        for names in (["a", "b"], ["b", "a"]):
            texts = pd.DataFrame(
                {"article_id": names, "text": [PAGE, WIRE], "published_at": [LATER, EARLIER]}
            )
            older, newer = explanations.in_order(lineage.trace(texts, encoder="lexical"))
            assert (older.text, newer.text) == (WIRE, PAGE)

    def test_unrelated_texts_come_in_order_of_their_ids(self):
        texts = pd.DataFrame({"article_id": ["b", "a"], "text": [WIRE, "A vote was held."]})
        found = explanations.in_order(lineage.trace(texts, encoder="lexical"))
        assert [each.article_id for each in found] == ["a", "b"]
