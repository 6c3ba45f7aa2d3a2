import dataclasses
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lineage import config, edges, pairs, solve, tables
from lineage.evidence import gather, link, row, several

from . import invented

SETTINGS = config.TraceConfig()
# Versions of one report, each with one more line and one line cut.
CHAIN = tuple(
    (*invented.REPORT[k : k + 5], *invented.ADDED[:k], invented.STRANGER[k]) for k in range(4)
)


class Made:
    """A story whose evidence is said outright: bits of the link and of the direction."""

    def __init__(self, documents, said):
        self.documents = sorted(documents, key=lambda each: each.key)
        self.place = {each.article_id: k for k, each in enumerate(self.documents)}
        self.found = {}
        self.rows = {}
        for one, other in itertools.combinations(self.documents, 2):
            bits, turned = said(one, other)
            forward = (
                row.Evidence("made", "link", bits, "said outright"),
                row.Evidence("made", "direction", turned, "said outright"),
            )
            backward = tuple(each.reversed() for each in forward)
            pair = pairs.compare(one, other)
            key = one.article_id, other.article_id
            self.found[key] = gather.PairEvidence(
                pair, link.Content(0.5, 0.5), None, None, forward, backward
            )
            self.rows[key] = list(forward)
            self.rows[key[::-1]] = list(backward)

    def drawn(self, **changed):
        absent = [False] * len(self.documents)
        solution = solve.by_causes(self.documents, self.found, self.rows, absent, SETTINGS)
        solution = dataclasses.replace(solution, **changed)
        return edges.rows_of(self.documents, self.place, self.found, self.rows, solution)

    def score_bits(self, drawn):
        return sum(each.weight_bits for each in self.rows[drawn["source_id"], drawn["target_id"]])


def plain(n):
    """Texts without anything in common, so that only what is said counts."""
    lines = (*invented.REPORT, *invented.ADDED, *invented.STRANGER)
    return [invented.report(lines[k], article_id=f"t{k}") for k in range(n)]


def story(texts, bits):
    """`bits[s, t]`: of the link of two texts by number, and that the first is the older."""

    def said(one, other):
        a, b = texts.index(one), texts.index(other)
        if (a, b) in bits:
            return bits[a, b]
        if (b, a) in bits:
            strength, turned = bits[b, a]
            return strength, -turned
        return -9.0, 0.0

    return Made(texts, said)


def status(drawn):
    return {(each["source_id"], each["target_id"]): each["status"] for each in drawn}


def infer(*made):
    ordered, place, found = invented.story(*made)
    rows = invented.rows_of(ordered, place, found)
    several.add_readings(ordered, place, found, rows, pairs.compare)
    absent = [False] * len(ordered)
    solution = solve.by_causes(ordered, found, rows, absent, SETTINGS)
    return edges.rows_of(ordered, place, found, rows, solution), rows


class TestRowsOf:
    def test_a_linked_pair_is_kept_in_its_likelier_direction(self):
        (only,) = story(plain(2), {(1, 0): (6.0, 5.0)}).drawn()
        assert (only["source_id"], only["target_id"]) == ("t1", "t0")
        assert only["status"] == "kept"
        assert only["p_edge"] > 0.9
        assert only["p_direction"] > 0.9

    def test_a_link_without_a_direction_is_kept_and_undecided(self):
        (only,) = story(plain(2), {(0, 1): (6.0, 0.0)}).drawn()
        assert only["status"] == "kept"
        assert only["p_direction"] == pytest.approx(0.5)

    def test_strangers_have_no_row(self):
        assert story(plain(3), {}).drawn() == []

    def test_an_improbable_link_is_listed_below_the_threshold(self):
        (only,) = story(plain(2), {(0, 1): (-0.8, 6.0)}).drawn()
        assert 0.3 < 1 / (1 + 2**0.8) < SETTINGS.min_p_edge
        assert only["status"] == "below_threshold"

    def test_of_candidates_that_are_alike_one_is_kept_where_their_edges_may_add_up(self):
        alike = {(0, 3): (6.0, 9.0), (1, 3): (6.0, 9.0), (2, 3): (6.0, 9.0)}
        together = story(plain(4), alike).drawn(together=True)
        assert [each["p_edge"] < SETTINGS.min_p_edge for each in together] == [True] * 3
        assert sorted(status(together).values()).count("kept") == 1
        alone = story(plain(4), alike).drawn(together=False)
        assert "kept" not in status(alone).values()

    def test_the_next_best_parent_is_the_runner_up(self):
        drawn = status(
            story(plain(3), {(0, 1): (8.0, 9.0), (0, 2): (4.0, 9.0), (1, 2): (9.0, 9.0)}).drawn()
        )
        assert drawn == {
            ("t0", "t1"): "kept",
            ("t1", "t2"): "kept",
            ("t0", "t2"): "runner_up",
        }

    def test_parents_far_behind_the_best_are_explained_away(self):
        strengths = {
            (0, 1): (12.0, 9.0),
            (1, 2): (12.0, 9.0),
            (2, 3): (12.0, 9.0),
            (0, 3): (2.0, 9.0),
            (1, 3): (4.0, 9.0),
            (0, 2): (4.0, 9.0),
        }
        drawn = status(story(plain(4), strengths).drawn())
        assert drawn["t1", "t3"] == drawn["t0", "t2"] == "runner_up"
        assert drawn["t0", "t3"] == "explained_away"

    def test_a_close_third_is_a_runner_up_too(self):
        strengths = {
            (0, 1): (12.0, 9.0),
            (1, 2): (12.0, 9.0),
            (2, 3): (6.0, 9.0),
            (0, 3): (5.0, 9.0),
            (1, 3): (5.5, 9.0),
            (0, 2): (4.0, 9.0),
        }
        drawn = status(story(plain(4), strengths).drawn())
        assert drawn["t2", "t3"] == "kept"
        assert drawn["t0", "t3"] == drawn["t1", "t3"] == "runner_up"

    @given(
        st.lists(
            st.tuples(st.floats(-12, 12), st.floats(-9, 9)),
            min_size=6,
            max_size=6,
        )
    )
    @settings(max_examples=25, deadline=None)
    def test_rows_keep_the_rules_of_the_table(self, values):
        texts = plain(4)
        made = story(texts, dict(zip(itertools.combinations(range(4), 2), values, strict=True)))
        drawn = made.drawn()
        tables.check("edges", tables.build("edges", drawn))
        assert len({frozenset((each["source_id"], each["target_id"])) for each in drawn}) == len(
            drawn
        )
        for each in drawn:
            assert 0.5 <= each["p_direction"] <= 1.0
            assert 0.0 <= each["p_edge"] <= 1.0
            assert each["score_bits"] == pytest.approx(made.score_bits(each))
        kept = {
            (each["source_id"], each["target_id"]) for each in drawn if each["status"] == "kept"
        }
        order = list(texts)
        above = {each.article_id: {s for s, t in kept if t == each.article_id} for each in order}
        while above:
            free = [name for name, parents in above.items() if not parents & set(above)]
            assert free, "a circle among the kept edges"
            for name in free:
                del above[name]

    @pytest.mark.parametrize("polarity", invented.POLARITIES)
    def test_coverage_is_that_of_each_side(self, polarity):
        source = invented.report(published_at="2024-03-04T08:00Z")
        target = invented.report(*invented.derived(polarity), published_at="2024-03-04T10:00Z")
        ((only,), rows) = infer(source, target)
        shared = min(len(source.words), len(target.words))
        assert (only["source_id"], only["target_id"]) == (source.article_id, target.article_id)
        assert only["coverage_target"] == pytest.approx(shared / len(target.words))
        assert only["coverage_source"] == pytest.approx(shared / len(source.words))
        assert only["lag_s"] == 7200.0
        listed = rows[source.article_id, target.article_id]
        assert only["score_bits"] == pytest.approx(sum(each.weight_bits for each in listed))

    def test_a_chain_is_drawn_as_one(self):
        made = [
            invented.report(*lines, published_at=f"2024-03-0{k + 1}T08:00Z")
            for k, lines in enumerate(CHAIN)
        ]
        drawn, _ = infer(*made)
        kept = {
            (each["source_id"], each["target_id"]) for each in drawn if each["status"] == "kept"
        }
        ids = [each.article_id for each in made]
        assert kept == set(itertools.pairwise(ids))
        assert len(drawn) > len(kept)

    def test_neither_order_nor_ids_matter(self):
        def drawn(order, names):
            made = {
                k: invented.report(*CHAIN[k], article_id=name)
                for k, name in zip(order, names, strict=True)
            }
            number = {each.article_id: k for k, each in made.items()}
            rows, _ = infer(*made.values())
            return sorted(
                (
                    number[each["source_id"]],
                    number[each["target_id"]],
                    each["status"],
                    each["p_edge"],
                    each["p_direction"],
                    each["score_bits"],
                )
                for each in rows
            )

        assert drawn([0, 1, 2, 3], "abcd") == drawn([3, 1, 0, 2], "abcd")
        assert drawn([0, 1, 2, 3], "abcd") == drawn([0, 1, 2, 3], "dbca")

    def test_two_real_parents_are_both_kept(self):
        one = invented.report(*invented.REPORT, published_at="2024-03-04T08:00Z")
        other = invented.report(*invented.STRANGER, published_at="2024-03-04T08:00Z")
        both = invented.report(
            *invented.REPORT, *invented.STRANGER, published_at="2024-03-06T08:00Z"
        )
        drawn, _ = infer(one, other, both)
        assert status(drawn) == {
            (one.article_id, both.article_id): "kept",
            (other.article_id, both.article_id): "kept",
        }

    def test_without_any_pair_there_is_nothing(self):
        only = invented.report()
        solution = solve.by_causes([only], {}, {}, [False], SETTINGS)
        assert edges.rows_of([only], {only.article_id: 0}, {}, {}, solution) == []


class TestRelation:
    def named(self, source, target):
        each = invented.weighed(source, target)
        rows = {(source.article_id, target.article_id): list(each.rows(source))}
        return edges.relation(source, target, each, rows)

    def pages(self, *lines, outlet="Lathmoor Record", first=invented.REPORT):
        source = invented.report(*first, outlet="Ostrell Courier")
        return source, invented.report(*lines, outlet=outlet)

    def test_nearly_the_same_text_is_a_reprint(self):
        lines = [line.replace("leaking", "dripping") for line in invented.REPORT]
        assert self.named(*self.pages(*lines)) == "reprint"

    @pytest.mark.parametrize(
        "lines",
        [invented.REPORT[:4], (*invented.REPORT, *invented.ADDED, *invented.STRANGER[:1])],
        ids=["shorter", "longer"],
    )
    def test_a_cut_or_padded_text_is_an_edit(self, lines):
        assert self.named(*self.pages(*lines)) == "edit"

    def test_a_text_told_again_is_a_rewrite(self):
        lines = (
            "A leaking barge was found by fishermen near the old ferry of Ostrell harbour.",
            "Registered in Lathmoor, the Brackwater had diesel for ploughs but not any crew.",
            "Before dusk divers had closed valves and the vessel lay at a Pellworth quay.",
        )
        assert self.named(*self.pages(*lines)) == "rewrite"

    def test_a_later_version_of_one_outlet_is_an_update(self):
        lines = (*invented.REPORT, *invented.ADDED)
        assert self.named(*self.pages(*lines, outlet="Ostrell Courier")) == "update"

    def test_without_outlets_the_answer_makes_an_update(self):
        waiting = "Tessaly Freight did not immediately respond to requests for comment on Tuesday."
        answer = "Tessaly Freight said in a letter that thieves had cut the ropes of its barge."
        source = invented.report(*invented.inserted(waiting, invented.REPORT))
        target = invented.report(*invented.inserted(answer, invented.REPORT))
        assert self.named(source, target) == "update"
        assert self.named(invented.report(), target) == "reprint"

    def test_only_quoted_words_are_a_quote(self):
        said = (
            "“We smelled diesel before breakfast and thought nothing of it until the gulls fell.”",
            "“Somebody must pay for every single oyster that dies here by Christmas.”",
        )
        pages = self.pages(
            *said, *invented.STRANGER, *invented.ADDED, first=(*invented.REPORT, *said)
        )
        assert self.named(*pages) == "quote"
