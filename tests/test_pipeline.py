import functools
import threading

import numpy as np
import pandas as pd
import pytest

import lineage
from lineage import config, errors
from lineage.attribution import candidate_sources
from lineage.learn import simulate

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


class TestDates:
    FERRY = (
        "The ferry to the outer islands was stopped on Friday after a rudder was found to be bent. "
        "Two hundred people spent the night in the school of Ostrow. The repair will take a week, "
        "the shipping office said, and nobody can tell what it will cost."
    )

    def _p_of_the_first(self, first, second):
        """Probability that the first text came first, given that one was made from the other."""
        rows = [("a", self.FERRY, first), ("b", self.FERRY.replace("a week", "7 days"), second)]
        found = traced([{"id": i, "content": text, "date": date} for i, text, date in rows])
        (edge,) = found.all_edges.itertuples()
        return edge.p_direction if edge.source_id == "a" else 1 - edge.p_direction

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("2024-03-05 18:30", "2024-03-05T17:55:00Z"),
            ("2024-03-05T18:30:00Z", "2024-03-05 23:30"),
            ("2024-03-05 18:30", "2024-03-05 09:00"),
            ("2024-03-05 18:30 IST", "2024-03-05T09:00Z"),
        ],
    )
    def test_a_time_without_a_zone_turns_no_arrow_within_14_hours(self, first, second):
        assert self._p_of_the_first(first, second) == self._p_of_the_first(None, None)

    def test_beyond_14_hours_it_does(self):
        open_ = self._p_of_the_first(None, None)
        assert self._p_of_the_first("2024-03-05 18:30", "2024-03-06T18:30Z") > open_
        assert self._p_of_the_first("2024-03-06 18:30", "2024-03-05T18:30Z") < open_


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


class Even:
    """An encoder to which all sentences mean the same."""

    name = "even"

    def encode(self, sentences):
        return np.ones((len(sentences), 4), dtype=np.float32)


class TestPairsThatAreNotCompared:
    def test_two_sources_of_a_text_need_not_have_been_compared(self):
        rows = [row for case in simulate.stories(4, seed=1) for row in simulate.rows(case)]
        frame = pd.DataFrame(rows).drop(columns=["set", "case", "parents"])
        few = config.TraceConfig(compare_all=2)
        result = lineage.trace(frame, few, encoder="lexical")
        n_pairs = len(frame) * (len(frame) - 1) // 2
        assert 0 < len(result.relations) < n_pairs
        assert len(result.edges) > 0
        n_compared = result.run["counts"]["pairs_compared"]
        (limit,) = result.run["limits_hit"]
        assert limit.startswith(f"{n_compared:,} of {n_pairs:,} pairs")

    @pytest.mark.slow
    def test_pairs_whose_sentences_found_no_room_are_told(self, monkeypatch):
        rows = [row for case in simulate.stories(2, seed=1) for row in simulate.rows(case)]
        frame = pd.DataFrame(rows)[["article_id", "text"]]
        assert lineage.trace(frame, encoder=Even()).run["limits_hit"] == []
        small = functools.partial(candidate_sources.look_up, max_embedded=4)
        monkeypatch.setattr(candidate_sources, "look_up", small)
        (limit,) = lineage.trace(frame, encoder=Even()).run["limits_hit"]
        assert "pairs of texts were compared by their words alone" in limit
        assert int(limit.split()[2]) > 0
        # Without an encoder nothing is left to words that would not be anyway.
        assert lineage.trace(frame, encoder="lexical").run["limits_hit"] == []

    def test_where_all_were_no_limit_was_hit(self):
        result = traced(pd.DataFrame({"text": [CRANE, VOTE]}))
        assert result.run["limits_hit"] == []


# What an encyclopedia says of tide mills; a student's answer made from it lightly, one made from
# it with most sentences turned round, and one on the same question in its own words.
ENTRY = (
    "A tide mill is a water mill driven by the rise and fall of the sea. A dam with a sluice "
    "is built across a suitable inlet, or a section of a river estuary is made into a "
    "reservoir. As the tide comes in, it enters the mill pond through a one-way gate, and "
    "this gate closes by itself when the tide begins to fall. When the tide is low enough, "
    "the stored water can be released to turn a water wheel. Tide mills are usually found in "
    "river estuaries, away from the effects of waves but close enough to the sea to have a "
    "reasonable range of tide. The earliest mills had to be worked at odd hours, because low "
    "water comes about fifty minutes later every day. Millers therefore often slept beside "
    "the stones. Some later mills used two ponds, one filled at high water and the other "
    "emptied at low water, so that the wheel could turn all day. Most of them ground grain, "
    "but several were used for sawing timber or making paper. With the arrival of steam "
    "engines the mills lost their advantage, and by the start of the last century only a few "
    "were still in use."
)
LIGHTLY = (
    "A tide mill is a kind of water mill that is driven by the rise and fall of the sea. A "
    "dam with a sluice gets built across an inlet, or part of a river estuary is turned into "
    "a reservoir. When the tide comes in it enters the pond through a one-way gate, which "
    "closes by itself once the tide starts to fall. When the tide is low enough the stored "
    "water is released and turns a water wheel. These mills are mostly found in estuaries, "
    "away from waves but near enough to the sea to have a good range of tide. The early mills "
    "had to be worked at strange hours because low water comes around fifty minutes later "
    "each day, so millers often slept next to the stones. Later mills used two ponds, one "
    "filled at high water and one emptied at low water, so the wheel could turn the whole "
    "day. After steam engines arrived the mills lost their advantage and only a few remained "
    "in use."
)
TURNED = (
    "Tide mills get their power from the sea. A dam with a sluice closes off an inlet or a "
    "section of an estuary, and that gives the miller a basin. As the tide comes in it fills "
    "the basin by way of a one-way gate, and this gate shuts without help when the tide "
    "begins to fall. Once the sea has dropped far enough, the stored water is let out over a "
    "wheel. One meets them chiefly at the mouths of rivers, away from the effects of waves "
    "but still near enough for a proper range of tide. Working them was awkward, because low "
    "water comes about fifty minutes later every day, and so the miller often slept next to "
    "his stones. A remedy found later was a pair of basins, one filled at high water and the "
    "other drained at low water, so that the wheel never had to stop. Grain was the usual "
    "load, but several were used for sawing timber or producing paper. Steam engines took "
    "their advantage away, and by the start of the last century hardly any were still "
    "running."
)
OWN_WORDS = (
    "The energy in a tide comes from the pull of the moon, and people have tried to use it "
    "since the Middle Ages. In a tide mill the miller keeps back sea water behind a dam at "
    "high tide and uses it at low tide. I think of it like a battery which is charged twice a "
    "day. The main parts are the dam, a sluice gate, the pond, and the water wheel with its "
    "shaft and mill stones. The big advantage over a windmill is that one can tell in advance "
    "when there will be power, since tide tables can be calculated years ahead. The "
    "disadvantage is that the work can only be done for a few hours, and that the mill must "
    "be at the coast where storms can damage it. Silt also collects in the pond and has to be "
    "dug out. On some coasts in France and in England you can visit restored mills and buy "
    "the flour. Today engineers build large tidal power stations which work on the same "
    "principle, but they use turbines and make electricity in place of flour."
)


class TestShortAnswers:
    def edges(self, answer):
        frame = pd.DataFrame({"article_id": ["a", "b"], "text": [answer, ENTRY]})
        return lineage.trace(frame).edges

    @pytest.mark.parametrize("answer", [LIGHTLY, TURNED], ids=["lightly", "turned"])
    def test_an_answer_made_from_the_entry_is_linked_and_its_direction_open(self, answer):
        (edge,) = self.edges(answer).to_dict("records")
        assert edge["p_edge"] >= 0.9
        assert edge["p_direction"] < 0.9

    def test_an_answer_of_its_own_is_not_linked(self):
        assert len(self.edges(OWN_WORDS)) == 0


class TestManuscripts:
    def test_copies_that_differ_in_errors_alone_are_linked_and_left_undecided(self):
        swaps = (("tide mill", "tide mell"), ("reservoir", "resarvoir"), ("stored", "storod"))
        texts = [ENTRY]
        for right, wrong in swaps:
            texts.append(texts[-1].replace(right, wrong))
        frame = pd.DataFrame({"article_id": list("abcd"), "text": texts})
        edges = lineage.trace(frame).edges
        assert len(edges) == 3
        assert (edges["p_direction"] < 0.9).all()


class TestMinPEdge:
    @pytest.mark.parametrize("name", ["harbour-crane", "rail-inquiry"])
    def test_no_edge_that_is_less_probable_is_kept(self, name):
        texts = lineage.read(f"data/{name}/articles")
        asked = {
            least: traced(texts, config=config.TraceConfig(min_p_edge=least))
            for least in (0.3, 0.95)
        }
        for least, result in asked.items():
            assert (result.edges["p_edge"] >= least).all()
        more, fewer = (asked[least] for least in (0.3, 0.95))
        assert len(fewer.edges) < len(more.edges)
        # They are listed all the same.
        listed = fewer.all_edges["source_id"] + " " + fewer.all_edges["target_id"]
        assert set(more.edges["source_id"] + " " + more.edges["target_id"]) <= set(listed)
