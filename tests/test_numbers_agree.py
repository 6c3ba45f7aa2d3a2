"""One number for one thing: on the page, in the terminal, in the exports."""

import math
import re

import pytest

from lineage.cli import trace_command
from lineage.io.writers import attribution_exports
from lineage.report import phrases, questions
from lineage.report.page import finding, origins, refs, render

from . import known, traces


@pytest.fixture(scope="module", params=known.each_story())
def result(request):
    return traces.story(request.param)


class TestOrigins:
    def test_page_terminal_and_export_have_one_count(self, result):
        found = origins.find(result.frames, refs.Refs(result.frames))
        export = attribution_exports.origins(result.frames)
        (line, *_) = trace_command.summary(result)
        assert int(re.search(r"(\d+) origins?,", line).group(1)) == found.n_origins
        assert export["n_origins"].sum() == found.n_origins
        said = finding.sentence(found, int(result.run["counts"]["articles"]))
        assert f"{finding.number(found.n_origins)} origin" in said


class TestShares:
    def test_page_and_export_have_one_share(self, result):
        page = render.render(result.frames, result.run)
        named = refs.Refs(result.frames)
        export = attribution_exports.shares(result.frames)
        told = re.findall(r"Share of its words: (.*?)\.</p>", page)
        expected = set()
        for _, rows in export.groupby("article"):
            by_source = rows[rows["source"].notna()].groupby("source")["n_words"].sum()
            for source, n_words in by_source.items():
                said = phrases.percent(n_words / rows["n_words"].sum())
                expected.add((named.of(source, "shares").letter, said))
        shown = {
            (letter, said)
            for line in told
            for said, letter in re.findall(r"([<>\d&lgt;]+ %) from <span[^>]*>(\w+)<", line)
        }
        assert {
            (letter, said.replace("&lt;", "<").replace("&gt;", ">")) for letter, said in shown
        } == (expected)


class TestBits:
    def test_those_of_a_question_give_the_probability_beside_them(self, result):
        evidence = result.evidence
        checked = 0
        for edge in phrases.rows(result.all_edges):
            mine = evidence[
                (evidence["source_id"] == edge.source_id)
                & (evidence["target_id"] == edge.target_id)
            ]
            for about, rows in mine.groupby("about"):
                bits = float(rows["weight_bits"].sum())
                said = questions.probability(about, edge, bits)
                if said is None or not 0 < said < 1:
                    continue
                checked += 1
                assert 1 / (1 + 2**-bits) == pytest.approx(said, abs=0.005), (edge, about)
                assert math.log2(said / (1 - said)) == pytest.approx(bits, abs=0.25)
        assert checked >= len(result.edges)
