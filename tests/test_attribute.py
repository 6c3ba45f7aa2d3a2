import dataclasses
import itertools
import typing

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage import facts, tables
from lineage.attribution import attribute, attributions

from . import examples, invented

SAID = "“We smelled diesel before breakfast and thought nothing of it,” a rower said."
LONG = (
    "Divers closed two valves before dusk, and tugs towed the vessel to a disused quay at "
    "Pellworth, where carpenters plugged her bilges with tallow."
)
HALVES = (
    "Divers closed two valves before dusk.",
    "Carpenters plugged her bilges with tallow at Pellworth.",
)
FUSED = (
    "Oyster growers along the estuary fear slicks, while a similar leak closed the fishery for "
    "eleven months."
)
RETOLD = "Jonas Thackeray, a biologist, says forty cormorants were oiled on the Skell sandbank."
EDITED = invented.REPORT[0].replace("leaking", "rusty").replace("three", "five")
KINDS = {
    "verbatim": invented.REPORT[1],
    "edited": EDITED,
    "paraphrase": RETOLD,
    "fusion": FUSED,
    "split": HALVES[1],
    "quote": SAID,
    "heading": "What happens to the oysters",
    "boilerplate": "Sign up for the morning letter.",
    "new": invented.ADDED[0],
}


def attributed(target, *sources, absent=()):
    return attribute.attribute(
        target, [invented.looked_up(each, target) for each in sources], absent
    )


def rows_of(target, rows, line):
    """Attribution rows of the sentence that a line is."""
    texts = target.sentences["text"].tolist()
    name = target.sentences["sentence_id"].iloc[texts.index(line)]
    return [row for row in rows if row.target_sentence == name]


def changed(row):
    return facts.render(fact.change for fact in row.facts)


def source_text():
    return invented.report(*invented.REPORT[:2], LONG, *invented.REPORT[3:], SAID)


def target_text():
    lines = (
        KINDS["heading"],
        EDITED,
        invented.REPORT[1],
        *HALVES,
        FUSED,
        RETOLD,
        SAID,
        invented.ADDED[0],
        KINDS["boilerplate"],
    )
    roles = ["heading", *["body"] * 6, "quote", "body", "boilerplate"]
    return invented.report(*lines, roles=roles)


def assert_covered(target, rows):
    """Parts of a sentence do not overlap and have all its words."""
    for name, start, end in target.sentences[["sentence_id", "start", "end"]].itertuples(
        index=False
    ):
        spans = sorted(
            (row.target_start, row.target_end) for row in rows if row.target_sentence == name
        )
        assert spans[0][0] == start
        assert spans[-1][1] == end
        for (_, stop), (begin, _) in itertools.pairwise(spans):
            assert stop <= begin
            assert not any(char.isalnum() for char in target.text[stop:begin])


class TestAttribute:
    def test_the_examples_are_of_every_kind(self):
        assert set(KINDS) == set(tables.ATTRIBUTION_KINDS)
        assert typing.get_args(attributions.ReuseType) == tables.ATTRIBUTION_KINDS

    @pytest.mark.parametrize("kind", tables.ATTRIBUTION_KINDS)
    def test_every_kind_has_its_example(self, kind):
        source, target = source_text(), target_text()
        rows = rows_of(target, attributed(target, source), KINDS[kind])
        assert {row.kind for row in rows} == {kind}
        assert len(rows) == (2 if kind == "fusion" else 1)

    @pytest.mark.parametrize("polarity", invented.POLARITIES)
    def test_kept_sentences_point_at_themselves(self, polarity):
        source = invented.report()
        target = invented.report(*invented.derived(polarity))
        for row in attributed(target, source):
            line = target.text[row.target_start : row.target_end]
            if line in invented.REPORT:
                assert row.kind == "verbatim"
                assert row.source_id == source.article_id
                assert source.text[row.source_start : row.source_end] == line
                assert changed(row) == "none"
            else:
                assert row.kind == "new"
                assert row.source_id is None

    def test_a_fusion_divides_its_words_among_its_sources(self):
        source, target = source_text(), target_text()
        first, second = rows_of(target, attributed(target, source), FUSED)
        assert target.text[first.target_start : first.target_end].startswith("Oyster growers")
        assert source.text[first.source_start :].startswith(invented.REPORT[4])
        assert "similar leak" in target.text[second.target_start : second.target_end]
        assert source.text[second.source_start :].startswith(invented.REPORT[5])

    def test_a_fusion_can_have_two_parents(self):
        one = invented.report(*invented.REPORT[:4])
        other = invented.report(*invented.STRANGER)
        line = f"{invented.REPORT[2].rstrip('.')}, while {invented.STRANGER[1]}"
        target = invented.report(line)
        rows = attributed(target, one, other)
        assert [row.source_id for row in rows] == [one.article_id, other.article_id]
        assert {row.kind for row in rows} == {"fusion"}
        assert_covered(target, rows)

    def test_a_source_that_another_is_set_into_has_a_row_for_each_part(self):
        source, target = invented.report(*invented.BRIDGE), invented.report(*invented.INSET)
        made = attributed(target, source)
        rows = rows_of(target, made, invented.INSET[0])
        whole, clause = source.sentences["sentence_id"].iloc[:2]
        assert [row.source_sentence for row in rows] == [whole, clause, whole]
        shown = [target.text[row.target_start : row.target_end] for row in rows]
        assert shown[1:] == [
            "which had carried trams since 1902",
            "will be torn down in the spring.",
        ]
        part = {"target_start": 0, "target_end": 0}
        first, third = (dataclasses.replace(rows[n], **part) for n in (0, 2))
        assert first == third
        assert_covered(target, made)

    def test_both_parts_of_a_split_point_at_one_sentence(self):
        source, target = source_text(), target_text()
        rows = attributed(target, source)
        sources = {rows_of(target, rows, half)[0].source_sentence for half in HALVES}
        assert len(sources) == 1
        (start,) = {rows_of(target, rows, half)[0].source_start for half in HALVES}
        assert source.text[start:].startswith(LONG)

    def test_boilerplate_is_nobodys_even_where_the_source_has_it(self):
        line = "Sign up for the morning letter of the harbour desk and never miss a tide again."
        for role in ("boilerplate", "caption", "credit"):
            roles = ["body"] * 4 + [role]
            source = invented.report(*invented.REPORT[:4], line, roles=roles)
            target = invented.report(*invented.REPORT[:3], invented.ADDED[0], line, roles=roles)
            (row,) = rows_of(target, attributed(target, source), line)
            assert row.kind == "boilerplate"
            assert row.source_id is None

    def test_a_sentence_of_the_body_is_not_made_from_boilerplate(self):
        source = invented.report(*invented.REPORT[:4], roles=["body"] * 3 + ["caption"])
        target = invented.report(*invented.REPORT[:4])
        (row,) = rows_of(target, attributed(target, source), invented.REPORT[3])
        assert row.kind == "new"

    def test_a_copied_heading_has_a_source_and_a_new_one_has_none(self):
        heading = "A boom too short for the estuary"
        roles = ["heading", *["body"] * 4]
        source = invented.report(heading, *invented.REPORT[:4], roles=roles)
        copied = invented.report(heading, *invented.REPORT[:4], roles=roles)
        fresh = invented.report("What growers dread", *invented.REPORT[:4], roles=roles)
        (row,) = rows_of(copied, attributed(copied, source), heading)
        assert (row.kind, row.source_id) == ("heading", source.article_id)
        (row,) = rows_of(fresh, attributed(fresh, source), "What growers dread")
        assert row.kind == "heading"
        assert row.source_id is None

    def test_a_changed_number_is_noticed(self):
        source, target = source_text(), target_text()
        (row,) = rows_of(target, attributed(target, source), EDITED)
        assert changed(row) == "measure three miles -> five miles (contradicts)"

    def test_a_changed_name_is_noticed(self):
        line = invented.REPORT[3].replace("Calloway", "Halloran")
        target = invented.report(*invented.REPORT[:3], line)
        (row,) = rows_of(target, attributed(target, invented.report()), line)
        assert changed(row) == (
            "name Minister Ines Calloway -> Minister Ines Halloran (contradicts)"
        )

    def test_a_name_that_the_source_has_elsewhere_was_not_invented(self):
        line = invented.REPORT[3].replace("Minister Ines Calloway", "Minister Jonas Calloway")
        target = invented.report(*invented.REPORT[:3], line)
        (row,) = rows_of(target, attributed(target, invented.report()), line)
        assert "added" not in changed(row)

    def test_the_nearer_of_two_parents_is_named(self):
        page = [line.replace("forty", "ninety") for line in invented.REPORT]
        target = invented.report(*invented.REPORT[:4], page[6])
        wire, other = invented.report(), invented.report(*page)
        (row,) = rows_of(target, attributed(target, wire, other), page[6])
        assert (row.source_id, row.kind) == (other.article_id, "verbatim")
        assert row.margin > 0

    def test_meaning_is_shown_only_where_it_was_measured(self):
        source, target = invented.report(), invented.report(*invented.derived("longer"))
        assert all(row.semantic is None for row in attributed(target, source)[:8])
        meanings = invented.Meanings()
        vectors = meanings(source), meanings(target)
        (row, *_) = attribute.attribute(
            target, [invented.looked_up(source, target, vectors=vectors)]
        )
        assert row.semantic == pytest.approx(1.0, abs=1e-3)

    def test_without_parents_all_is_new(self):
        target = invented.report()
        assert {row.kind for row in attribute.attribute(target, [])} == {"new"}

    @pytest.mark.slow
    @given(
        st.lists(
            st.sampled_from((*KINDS.values(), *invented.REPORT, *invented.STRANGER)),
            min_size=1,
            max_size=8,
        )
    )
    @examples.at_most(25)
    def test_parts_cover_every_sentence_without_overlap(self, lines):
        target = invented.report(*lines)
        rows = attributed(target, source_text(), invented.report(*invented.STRANGER))
        assert_covered(target, rows)
        assert {row.target_sentence for row in rows} == set(target.sentences["sentence_id"])

    @given(st.permutations(range(8)))
    @examples.at_most(10)
    def test_confidence_and_shares_are_shares(self, places):
        target = invented.report(*(invented.REPORT[k] for k in places), RETOLD)
        for row in attributed(target, source_text()):
            for name in ("confidence", "lexical", "margin"):
                value = getattr(row, name)
                assert value is None or value >= 0.0
            assert row.confidence is None or row.confidence <= 1.0


class TestTextsWithoutAnEdge:
    """A sentence that stands in a text names it; how surely depends on both."""

    LINES = (invented.STRANGER[0], invented.REPORT[0], invented.STRANGER[1])

    def rows(self, p_from, line=invented.REPORT[0]):
        target = invented.report(*self.LINES)
        source = invented.looked_up(invented.report(), target, p_from, is_kept=False)
        return rows_of(target, attribute.attribute(target, [source]), line)

    def test_its_sentence_is_named(self):
        (row,) = self.rows(0.8)
        assert row.kind == "verbatim"
        assert row.confidence == pytest.approx(0.8, abs=0.05)

    def test_the_two_factors_are_multiplied(self):
        (one,), (other,) = self.rows(0.9), self.rows(0.45)
        assert other.confidence == pytest.approx(one.confidence / 2, abs=1e-3)

    def test_where_the_texts_are_no_relatives_it_is_new(self):
        (row,) = self.rows(0.05)
        assert row.kind == "new"
        assert row.source_id is None

    def test_other_sentences_are_new(self):
        (row,) = self.rows(0.8, invented.STRANGER[0])
        assert row.kind == "new"

    def test_a_parent_that_has_it_as_well_goes_first(self):
        target = invented.report(*self.LINES)
        other = invented.report(*invented.REPORT[:3], outlet="Another")
        sources = [
            invented.looked_up(invented.report(), target),
            invented.looked_up(other, target, 0.9, is_kept=False),
        ]
        (row,) = rows_of(target, attribute.attribute(target, sources), invented.REPORT[0])
        assert row.source_id == invented.report().article_id

    def test_what_the_parent_lacks_is_found_in_another(self):
        target = invented.report(*invented.REPORT[:3], invented.STRANGER[1])
        sources = [
            invented.looked_up(invented.report(), target),
            invented.looked_up(invented.report(*invented.STRANGER), target, 0.7, is_kept=False),
        ]
        (row,) = rows_of(target, attribute.attribute(target, sources), invented.STRANGER[1])
        assert row.source_id == invented.report(*invented.STRANGER).article_id


class TestWitnessed:
    def rows(self, share, role="body"):
        target = invented.report(invented.REPORT[0], roles=[role])
        covered = np.arange(len(target.words)) < round(share * len(target.words))
        source = attribute.Witnessed("absent:Reuters", covered)
        return attribute.attribute(target, [], [source])

    @pytest.mark.parametrize(
        ("share", "role", "kind"),
        [(1.0, "body", "verbatim"), (0.8, "body", "edited"), (0.8, "quote", "quote")],
    )
    def test_what_a_sibling_has_too_is_the_absent_sources(self, share, role, kind):
        (row,) = self.rows(share, role)
        assert (row.source_id, row.kind) == ("absent:Reuters", kind)
        assert row.confidence <= 0.95
        assert row.source_sentence is None

    def test_what_siblings_hardly_have_is_new(self):
        (row,) = self.rows(0.3)
        assert row.kind == "new"
        assert row.source_id is None

    @pytest.mark.parametrize("role", ["heading", "caption"])
    def test_headings_and_boilerplate_are_not_its(self, role):
        (row,) = self.rows(1.0, role)
        assert row.source_id is None

    def test_a_parent_at_hand_goes_before_an_absent_one(self):
        source, target = invented.report(), invented.report(invented.REPORT[0])
        seen = attribute.Witnessed("absent:Reuters", np.ones(len(target.words), dtype=bool))
        (row,) = attributed(target, source, absent=[seen])
        assert row.source_id == source.article_id


def link(target, source=None, sentence=0):
    """An attribution of one sentence to the sentence of the same number."""
    if source is None:
        return attributions.Attribution(target, f"{target}:{sentence}", 0, 9, "new")
    return attributions.Attribution(
        target, f"{target}:{sentence}", 0, 9, "verbatim", source, f"{source}:{sentence}", 0, 9
    )


TEXTS = {"wire": "A b.", "page": "A b.", "post": "A b."}


class TestWithOrigins:
    def origin(self, followed, target):
        (row,) = (each for each in followed if each.target_id == target)
        return row.origin_id, row.origin_sentence

    @pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
    def test_followed_two_steps_up_to_the_oldest(self, order):
        rows = [link("wire"), link("page", "wire"), link("post", "page")]
        followed = attribute.with_origins([rows[k] for k in order], ["wire", "page", "post"], TEXTS)
        assert self.origin(followed, "post") == ("wire", "wire:0")
        assert self.origin(followed, "page") == ("wire", "wire:0")
        assert self.origin(followed, "wire") == (None, None)

    def test_a_sentence_that_the_parent_added_begins_there(self):
        rows = [link("wire"), link("page", sentence=4), link("post", "page", sentence=4)]
        followed = attribute.with_origins(rows, ["wire", "page", "post"], TEXTS)
        assert self.origin(followed, "post") == ("page", "page:4")

    def test_an_absent_source_is_an_origin_without_a_sentence(self):
        first = dataclasses.replace(link("page"), kind="verbatim", source_id="absent:Reuters")
        followed = attribute.with_origins([first, link("post", "page")], ["page", "post"], TEXTS)
        for article in ("page", "post"):
            origin, sentence = self.origin(followed, article)
            assert origin == "absent:Reuters"
            assert sentence is None

    def test_all_else_stays_as_it_was(self):
        rows = [link("wire"), link("page", "wire")]
        followed = attribute.with_origins(rows, ["wire", "page"], TEXTS)
        without = [
            dataclasses.replace(each, origin_id=None, origin_sentence=None) for each in followed
        ]
        assert without == rows
        assert rows[1].origin_id is None

    def test_of_real_rows_the_origin_is_the_first_text(self):
        wire = invented.report()
        page = invented.report(*invented.REPORT, invented.ADDED[0])
        post = invented.report(*invented.REPORT[:5], invented.ADDED[0])
        rows = [*attributed(post, page), *attributed(page, wire), *attributed(wire)]
        texts = {each.article_id: each.text for each in (wire, page, post)}
        followed = attribute.with_origins(rows, list(texts), texts)
        mine = [each for each in followed if each.target_id == post.article_id]
        assert {each.source_id for each in mine} == {page.article_id}
        assert [each.origin_id for each in mine] == [wire.article_id] * 5 + [page.article_id]

    def test_what_was_made_from_a_fused_sentence_goes_back_to_the_source_of_its_words(self):
        wire, page = invented.report(*invented.BRIDGE), invented.report(*invented.INSET)
        lines = ("It had carried trams since 1902.", "It will be torn down in the spring.")
        post = invented.report(*lines, *invented.INSET[1:])
        rows = [*attributed(page, wire), *attributed(post, page), *attributed(wire)]
        texts = {each.article_id: each.text for each in (wire, page, post)}
        followed = attribute.with_origins(rows, list(texts), texts)
        mine = [each for each in followed if each.target_id == post.article_id][:2]
        assert [each.source_sentence for each in mine] == [page.sentence_ids[0]] * 2
        origins = [each.origin_sentence for each in mine]
        assert origins == [wire.sentence_ids[1], wire.sentence_ids[0]]
