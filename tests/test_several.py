import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage import absent, pairs
from lineage.evidence import row, several, weights

from . import invented

LINE = "OSTRELL, Aug 3 (Reuters) - "
polarity = pytest.mark.parametrize("polarity", invented.POLARITIES)


def client(*lines, **given):
    """A page that prints an agency's text with its dateline."""
    return invented.compiled(LINE + invented.text(*(lines or invented.REPORT)), **given)


def explained_away(*made):
    """Evidence of the whole story after the common sources had their say."""
    ordered, place, found = invented.story(*made)
    rows = invented.rows_of(ordered, place, found)
    origins = absent.find_origins(ordered, {key: each.pair for key, each in found.items()})
    several.add_common_sources(ordered, origins, rows)
    return rows


def evidence(about, *bits):
    return [row.Evidence("x", about, each, "") for each in bits]


class TestEdgeBits:
    def test_an_undecided_direction_costs_nothing(self):
        assert several.edge_bits(evidence("link", 3.0)) == pytest.approx(3.0)

    def test_a_sure_direction_gains_one_bit_and_its_reverse_loses_all(self):
        forward = evidence("link", 3.0) + evidence("direction", 30.0)
        backward = evidence("link", 3.0) + evidence("direction", -30.0)
        assert several.edge_bits(forward) == pytest.approx(4.0)
        assert several.edge_bits(backward) == pytest.approx(3.0 + 1.0 - 30.0)

    @given(st.floats(-50, 50))
    def test_the_two_directions_share_one_link(self, bits):
        there = several.direction_share_bits(evidence("direction", bits))
        back = several.direction_share_bits(evidence("direction", -bits))
        assert 2 ** (there - 1) + 2 ** (back - 1) == pytest.approx(1.0)

    def test_direction_alone_makes_no_link(self):
        assert several.edge_bits(evidence("link", -6.0) + evidence("direction", 40.0)) < 0


class TestAddCommonSources:
    @polarity
    def test_two_clients_of_one_agency_did_not_copy_each_other(self, polarity):
        one = client(outlet="Ostrell Courier")
        other = client(*invented.derived(polarity), outlet="Lathmoor Record")
        rows = explained_away(one, other)
        for key in itertools.permutations((one.article_id, other.article_id)):
            (said,) = invented.signal(rows[key], "common_source")
            assert said.about == "link"
            assert "Reuters" in said.detail
            left = sum(each.weight_bits for each in rows[key] if each.about != "direction")
            assert left <= weights.SIBLING_BITS

    def test_a_client_that_lost_the_dateline_is_a_sibling_too(self):
        one = client(outlet="Ostrell Courier")
        other = invented.report(*invented.derived("longer"), outlet="Lathmoor Record")
        rows = explained_away(one, other)
        assert invented.signal(rows[one.article_id, other.article_id], "common_source")

    @pytest.mark.parametrize("name", ["Ostrell Courier", "The Ostrell Courier"])
    def test_two_versions_of_one_outlet_stay_relatives(self, name):
        one = client(outlet="Ostrell Courier")
        other = client(*invented.derived("longer"), outlet=name)
        rows = explained_away(one, other)
        for listed in rows.values():
            assert invented.signal(listed, "common_source") == []

    @polarity
    def test_an_explicit_credit_stays(self, polarity):
        line = "This article first appeared in the Ostrell Courier."
        one = client(outlet="Ostrell Courier")
        other = client(*invented.derived(polarity), line, outlet="Lathmoor Record")
        rows = explained_away(one, other)
        forward = rows[one.article_id, other.article_id]
        backward = rows[other.article_id, one.article_id]
        assert invented.signal(forward, "common_source") == []
        assert invented.signal(backward, "common_source")

    def test_the_agencys_own_text_is_a_parent_and_no_sibling(self):
        wire = client(outlet="Reuters")
        one = client(*invented.derived("longer"), outlet="Ostrell Courier")
        rows = explained_away(wire, one)
        assert invented.signal(rows[wire.article_id, one.article_id], "common_source") == []

    def test_who_credits_nobody_has_no_common_source(self):
        one = invented.report(outlet="Ostrell Courier")
        other = invented.report(*invented.derived("longer"), outlet="Lathmoor Record")
        for listed in explained_away(one, other).values():
            assert invented.signal(listed, "common_source") == []


class TestAddTwoSources:
    ONE, OTHER = invented.REPORT[:4], invented.STRANGER
    # Each sentence says what one of each has to say.
    FUSED = tuple(f"{a.rstrip('.')}, while {b}" for a, b in zip(ONE, OTHER, strict=True))

    def rows(self, *made):
        ordered, place, found = invented.story(*made)
        rows = invented.rows_of(ordered, place, found)
        several.add_two_sources(ordered, found, rows)
        return rows

    @pytest.mark.parametrize(
        "lines", [(*FUSED, *invented.ADDED[:1]), FUSED[:2]], ids=invented.POLARITIES
    )
    def test_what_two_strangers_both_account_for_was_made_from_both(self, lines):
        one, other = invented.report(*self.ONE), invented.report(*self.OTHER)
        both = invented.report(*lines)
        rows = self.rows(one, other, both)
        for source, stranger in ((one, other), (other, one)):
            (said,) = invented.signal(rows[source.article_id, both.article_id], "two_sources")
            assert said.about == "direction"
            assert 0 < said.weight_bits <= weights.TWO_SOURCES_MAX_BITS
            assert stranger.article_id in said.detail
            (back,) = invented.signal(rows[both.article_id, source.article_id], "two_sources")
            assert back == said.reversed()

    def test_two_halves_may_have_been_cut_from_the_middle(self):
        one, other = invented.report(*self.ONE), invented.report(*self.OTHER)
        for listed in self.rows(one, other, invented.report(*self.ONE, *self.OTHER)).values():
            assert invented.signal(listed, "two_sources") == []

    def test_relatives_may_both_have_taken_from_the_middle(self):
        middle = invented.report(*invented.REPORT, *invented.ADDED)
        one = invented.report(*invented.REPORT[:6])
        other = invented.report(*invented.REPORT[2:], invented.ADDED[0])
        for listed in self.rows(middle, one, other).values():
            assert invented.signal(listed, "two_sources") == []

    def test_a_chain_has_no_text_of_two_sources(self):
        one = invented.report()
        two = invented.report(*invented.REPORT, invented.ADDED[0])
        three = invented.report(*invented.REPORT, *invented.ADDED[:2])
        for listed in self.rows(one, two, three).values():
            assert invented.signal(listed, "two_sources") == []

    def test_a_borrowed_sentence_makes_no_second_source(self):
        one, other = invented.report(*self.ONE), invented.report(*self.OTHER)
        mostly = invented.report(
            *self.ONE, *invented.REPORT[4:], f"{invented.ADDED[0]} {self.OTHER[0]}"
        )
        rows = self.rows(one, other, mostly)
        for listed in rows.values():
            assert invented.signal(listed, "two_sources") == []


class TestAddReadings:
    # The wire, and a page that changed five of its words.
    CHANGES = (
        ("leaking", "listing"),
        ("ploughs", "tractors"),
        ("dusk", "midnight"),
        ("forty", "ninety"),
        ("sandbank", "lighthouse"),
    )

    def texts(self, follows, **dates):
        """Wire, page and a child made from one of them; dates by role."""
        page_lines = invented.text(*invented.REPORT)
        for old, new in self.CHANGES:
            page_lines = page_lines.replace(old, new)
        lines = {"wire": invented.text(*invented.REPORT), "page": page_lines}
        child = lines[follows].replace("Fishermen found", "On a rainy night, fishermen found")
        lines["child"] = child + "\n" + invented.ADDED[0]
        return {
            role: invented.compiled(text, published_at=dates.get(role))
            for role, text in lines.items()
        }

    def readings(self, made):
        ordered, place, found = invented.story(*made.values())
        rows = invented.rows_of(ordered, place, found)
        compared = several.add_readings(ordered, place, found, rows, pairs.compare)
        child = made["child"].article_id
        listed = {
            role: [each for each in rows[made[role].article_id, child] if each.signal == "readings"]
            for role in ("wire", "page")
        }
        return compared, listed

    BOTH_BEFORE = {  # noqa: RUF012
        "wire": "2024-03-04T08:00Z",
        "page": "2024-03-04T12:00Z",
        "child": "2024-03-06T08:00Z",
    }

    @pytest.mark.parametrize("followed", ["wire", "page"])
    def test_the_followed_wording_is_the_parents(self, followed):
        made = self.texts(followed, **self.BOTH_BEFORE)
        _, listed = self.readings(made)
        left = "page" if followed == "wire" else "wire"
        (good,) = listed[followed]
        (bad,) = listed[left]
        assert good.about == bad.about == "parent_choice"
        assert good.weight_bits > 0 > bad.weight_bits
        assert good.weight_bits == pytest.approx(-bad.weight_bits)
        assert "5 of 5 places" in good.detail
        assert "0 of 5 places" in bad.detail

    def test_the_place_shown_has_the_reading(self):
        made = self.texts("page", **self.BOTH_BEFORE)
        _, listed = self.readings(made)
        (good,) = listed["page"]
        in_child = invented.words_at(made["child"], good.target_span)
        in_page = invented.words_at(made["page"], good.source_span)
        assert "listing" in in_child
        assert "listing" in in_page

    def test_a_candidate_that_is_later_than_the_child_chooses_nothing(self):
        late = {**self.BOTH_BEFORE, "page": "2024-03-08T08:00Z"}
        strong = self.readings(self.texts("wire", **self.BOTH_BEFORE))[1]["wire"][0]
        weak = self.readings(self.texts("wire", **late))[1]["wire"][0]
        assert 0 < weak.weight_bits < strong.weight_bits / 4

    def test_loci_are_kept_for_the_table(self):
        made = self.texts("wire", **self.BOTH_BEFORE)
        compared, _ = self.readings(made)
        of_child = [each for each in compared if each[0] is made["child"]]
        ((_, first, second, loci),) = of_child
        assert {first.article_id, second.article_id} == {
            made["wire"].article_id,
            made["page"].article_id,
        }
        assert len(loci) == 5

    def test_two_parents_of_different_texts_have_no_common_places(self):
        one, other = invented.report(), invented.report(*invented.STRANGER)
        both = invented.report(*invented.REPORT, *invented.STRANGER)
        ordered, place, found = invented.story(one, other, both)
        rows = invented.rows_of(ordered, place, found)
        assert several.add_readings(ordered, place, found, rows, pairs.compare) == []


class TestBetween:
    def test_the_order_of_asking_does_not_matter(self):
        made = [invented.report(), invented.report(*invented.ADDED)]
        _, _, found = invented.story(*made)
        assert several.between(found, *made) is several.between(found, *made[::-1])


class TestExplainedWords:
    def test_equal_words_count_in_full(self):
        one, other = invented.report(), invented.report(*invented.derived("longer"))
        worth = several.explained_words(other, invented.weighed(one, other))
        assert worth[: len(one.words)].min() == 1.0
        assert worth[len(one.words) :].max() == 0.0
