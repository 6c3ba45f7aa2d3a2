import importlib.util
import pathlib

import pytest

from lineage import config, tables
from lineage.report.page import edge_rows, finding, origins, refs

_spec = importlib.util.spec_from_file_location(
    "report_tables", pathlib.Path(__file__).with_name("report_tables.py")
)
report_tables = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(report_tables)

USUAL = {
    "p_link": 0.97,
    "p_edge": 0.95,
    "n_alike": 1,
    "p_direction": 0.95,
    "score_bits": 0.0,
    "status": "kept",
}


def made(n, links=(), outcomes=(), absent=()):
    """Return tables of n texts, edges (source, target, what differs from the usual), outcomes."""
    found = report_tables.bare(n, stories=max(n, 1))
    rows = tables.records(found["articles"])
    rows += [{"article_id": name, "kind": "absent", "outlet": name} for name in absent]
    found["articles"] = tables.build("articles", rows)
    found["edges"] = tables.build(
        "edges",
        [
            {"source_id": a, "target_id": b, "relation": "edit", **USUAL, **other}
            for a, b, other in links
        ],
    )
    found["relations"] = tables.build(
        "relations", [{"a": a, "b": b, "outcome": outcome} for a, b, outcome in outcomes]
    )
    return found


def links(*pairs):
    return [(f"a{a:03}" if isinstance(a, int) else a, f"a{b:03}", {}) for a, b in pairs]


class TestSentence:
    def sentence(self, n, *arguments, **named):
        frames = made(n, *arguments, **named)
        return finding.sentence(origins.find(frames, refs.Refs(frames)), n)

    def test_names_the_origins_and_adds_up(self):
        said = self.sentence(
            5, links(("Reuters", 0), ("Reuters", 1), ("Reuters", 2), (3, 4)), absent=["Reuters"]
        )
        assert said == (
            "Five texts, probably two origins: three of the five come from one Reuters report that "
            "was not supplied; two come from one 3th Daily Messenger of the Upper Valley "
            "report (D, which you supplied)."
        )

    def test_says_written_independently_only_where_that_was_found(self):
        pairs = [("a000", "a001", "independent")]
        assert self.sentence(2, outcomes=pairs) == (
            "Two texts, probably two origins: both were written independently."
        )
        assert self.sentence(2) == "Two texts, up to two origins: two could not be placed."

    def test_says_how_many_have_no_link_to_the_others(self):
        pairs = [("a000", "a002", "unrelated"), ("a001", "a002", "unrelated")]
        said = self.sentence(3, links((0, 1)), pairs)
        assert said.endswith("; one shows no link to the others.")
        assert said.startswith("Three texts, probably two origins: two of the three come from")

    def test_of_texts_without_a_link_no_more_is_said_than_that(self):
        assert self.sentence(2, outcomes=[("a000", "a001", "unrelated")]) == (
            "Two texts, probably two origins: no link was found between them."
        )

    def test_a_text_of_two_sources_was_put_together(self):
        said = self.sentence(4, links((0, 1), (2, 3), (0, 3)))
        assert "one was put together from several of these" in said

    def test_a_source_without_a_name(self):
        said = self.sentence(2, outcomes=[("a000", "a001", "shared_source")])
        assert said == (
            "Two texts, probably one origin: both come from one source that was not supplied."
        )

    def test_an_absent_source_that_nobody_names(self):
        unnamed = "absent:unnamed source"
        said = self.sentence(3, links((unnamed, 0), (unnamed, 1), (unnamed, 2)), absent=[unnamed])
        assert said.endswith("all three come from one source that was not supplied.")

    def test_many_origins_are_counted_after_the_largest(self):
        said = self.sentence(12, links(*[(n, n + 1) for n in range(0, 12, 2)]))
        assert said.count("which you supplied") == finding.MAX_NAMED
        assert said.endswith("; six come from three more.")

    def test_large_numbers_are_figures(self):
        said = self.sentence(30, links(*[(0, n) for n in range(1, 30)]))
        assert said.startswith("30 texts, probably one origin: all 30 come from")

    @pytest.mark.parametrize(("n", "start"), [(0, "No text"), (1, "One text:")])
    def test_too_few_texts(self, n, start):
        assert self.sentence(n).startswith(start)

    def test_a_text_without_an_outlet_is_called_by_its_headline_and_agency(self):
        frames = made(2, links((0, 1)))
        frames["articles"]["outlet"] = None
        frames["articles"] = tables.coerce("articles", frames["articles"])
        named = refs.Refs(frames)
        found = origins.find(frames, named)
        headlines = finding.headlines(frames, named)
        assert finding.sentence(found, 2, headlines) == (
            "Two texts, probably one origin: both come from one text, “Flood at the mill brings "
            "down the old bridge, article 0 says” (A, which you supplied)."
        )
        frames["articles"]["origin_agency"] = "Reuters"
        named = refs.Refs(frames)
        said = finding.sentence(origins.find(frames, named), 2, headlines)
        assert "come from one Reuters text, “Flood" in said


class TestMade:
    def said(self, n, links):
        frames = made(n, links)
        worded, _ = edge_rows.worded(frames, refs.Refs(frames), config.TraceConfig())
        return finding.made(frames, worded)

    def test_of_two_texts_which_was_made_from_which(self):
        assert self.said(2, links((0, 1))) == (
            "B, The 1th Daily Messenger of the Upper Valley, was probably made from A, The 0th "
            "Daily Messenger of the Upper Valley."
        )

    def test_silent_of_three_and_where_the_direction_is_not_known(self):
        assert self.said(3, links((0, 1))) is None
        assert self.said(2, [("a000", "a001", {"p_direction": 0.6})]) is None


class TestPair:
    def said(self, p, links=(), absent=()):
        frames = made(2, links, [("a000", "a001", "derived")], absent)
        for column, value in zip(("p_derived", "p_shared_source", "p_independent"), p, strict=True):
            frames["relations"][column] = value
        frames["relations"] = tables.coerce("relations", frames["relations"])
        named = refs.Refs(frames)
        worded, _ = edge_rows.worded(frames, named, config.TraceConfig())
        return finding.pair(frames, origins.find(frames, named), worded)

    @pytest.mark.parametrize("p", [(0.6, 0.35, 0.05), (0.35, 0.6, 0.05)])
    def test_two_related_texts_and_no_more(self, p):
        said = self.said(p, [("a000", "a001", {"p_direction": 0.6})])
        assert said == (
            "One was made from the other, or both from a text that was not supplied: "
            f"probability 0.95 (one from the other {p[0]:.2f}, both from a third {p[1]:.2f})."
        )

    def test_an_unnamed_source_decides_nothing(self):
        unnamed = "absent:unnamed source"
        assert self.said((0.4, 0.5, 0.1), [(unnamed, "a000", {})], [unnamed]) is not None

    def test_silent_where_more_is_known(self):
        assert self.said((0.9, 0.05, 0.05), [("a000", "a001", {})]) is None
        assert self.said((0.05, 0.92, 0.03)) is None
        siblings = [("Reuters", "a000", {}), ("Reuters", "a001", {})]
        assert self.said((0.1, 0.85, 0.05), siblings, ["Reuters"]) is None

    def test_silent_of_strangers_and_of_three(self):
        assert self.said((0.1, 0.1, 0.8)) is None
        frames = made(3, links((0, 1)))
        named = refs.Refs(frames)
        assert finding.pair(frames, origins.find(frames, named), []) is None


class TestHeadlines:
    def test_the_title_or_else_the_headline_or_else_the_first_words(self):
        frames = report_tables.ferry()
        frames["articles"].loc[frames["articles"]["article_id"] == "tv", "title"] = None
        found = finding.headlines(frames, refs.Refs(frames))
        assert found["w1"] == "“Ferry strikes harbour wall, injuring 18”"
        assert found["tv"] == "“Ferry hits harbour wall, 18 hurt”"
        assert found["blog"].startswith("“Eighty people were hurt when a ferry")
        assert found["absent:harbour-gazette"] == ""


class TestUncertain:
    def uncertain(self, frames):
        named = refs.Refs(frames)
        worded, _ = edge_rows.worded(frames, named, config.TraceConfig())
        return finding.uncertain(frames, named, worded)

    def test_nothing_where_all_is_sure(self):
        assert self.uncertain(made(2, links((0, 1)))) == ()

    @pytest.mark.parametrize(
        ("other", "said"),
        [
            ({"p_edge": 0.66}, "related with probability 0.97, directly with 0.66"),
            ({"n_alike": 3}, "the source is one of 3 texts that may each be the source"),
            ({"p_direction": 0.8}, "the direction is likely (0.80), not decided"),
            ({"p_direction": 0.55}, "which came first is not decided"),
            ({"lag_s": -7200.0}, "the dates say otherwise (2 h earlier)"),
        ],
    )
    def test_a_link_a_direction_and_dates(self, other, said):
        (line,) = self.uncertain(made(2, [("a000", "a001", other)]))
        assert said in line
        assert line.startswith("B The 1th Daily Messenger of the Upper Valley, made from")

    def test_an_absent_source_is_one_probability(self):
        unnamed = "absent:unnamed source"
        links = [(unnamed, "a000", {"p_edge": 0.77}), (unnamed, "a001", {})]
        (line,) = self.uncertain(made(2, links, absent=[unnamed]))
        assert line.endswith("which goes back to C a source that nobody names: probability 0.77.")

    def test_another_possible_source(self):
        frames = made(3, [*links((0, 2)), ("a001", "a002", {"status": "runner_up", "p_edge": 0.3})])
        (line,) = self.uncertain(frames)
        assert ": another possible source is " in line
        assert line.endswith("Valley (direct 0.30).")

    def test_a_weak_runner_up_is_no_doubt(self):
        frames = made(
            3, [*links((0, 2)), ("a001", "a002", {"status": "runner_up", "p_edge": 0.05})]
        )
        assert self.uncertain(frames) == ()

    def test_of_many_the_least_sure_are_listed_and_all_are_counted(self):
        n = finding.MAX_LINES + 12
        weak = [("a000", f"a{k:03}", {"p_edge": 0.3 + 0.02 * k}) for k in range(1, n)]
        lines = self.uncertain(made(n, weak))
        assert lines[0] == (
            f"There are {n - 1} edges with a probability below 0.9; the least sure of them:"
        )
        assert len(lines) == 1 + finding.MAX_LINES
        for k, line in enumerate(sorted(lines[1:], key=lambda line: line[-6:]), 1):
            assert f"The {k}th Daily Messenger of the Upper Valley, made from" in line

    def test_undecided_pairs_are_named(self):
        (line,) = self.uncertain(made(2, outcomes=[("a000", "a001", "undecided")]))
        assert "not decided for 1 pair" in line
        assert "The 0th Daily Messenger of the Upper Valley and The 1th" in line

    def test_doubtful_passages_are_counted(self):
        frames = report_tables.ferry()
        lines = self.uncertain(frames)
        found = frames["attributions"]
        sourced = found[found["source_id"].notna()]
        n_doubtful = (sourced["confidence"].fillna(0.0) < 0.5).sum()
        assert n_doubtful > 0
        assert f"The source of {n_doubtful} of {len(sourced)} traced passages" in lines[-1]
