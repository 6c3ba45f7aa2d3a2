import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage.evidence import evidence_settings, family_rows, gather, row
from lineage.match import pairs

from . import invented


def evidence(about, *bits):
    return [row.Evidence("x", about, each, "") for each in bits]


class TestDirectionShareBits:
    def test_an_undecided_direction_is_even(self):
        assert family_rows.direction_share_bits(evidence("link", 3.0)) == pytest.approx(0.0)

    def test_a_sure_direction_gains_one_bit_and_its_reverse_loses_all(self):
        assert family_rows.direction_share_bits(evidence("direction", 30.0)) == pytest.approx(1.0)
        assert family_rows.direction_share_bits(evidence("direction", -30.0)) == pytest.approx(
            -29.0
        )

    @given(st.floats(-50, 50))
    def test_the_two_directions_share_one_link(self, bits):
        there = family_rows.direction_share_bits(evidence("direction", bits))
        back = family_rows.direction_share_bits(evidence("direction", -bits))
        assert 2 ** (there - 1) + 2 ** (back - 1) == pytest.approx(1.0)


def readings_of(*made):
    ordered, place, found = invented.story(*made)
    rows = invented.rows_of(ordered, place, found)
    compared = {key: each.pair for key, each in found.items()}
    return family_rows.readings_of(ordered, compared, rows, {})


class TestReadingsOf:
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
        compared, rows = readings_of(*made.values())
        child = made["child"].article_id
        listed = {role: rows.get((made[role].article_id, child), []) for role in ("wire", "page")}
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
        assert "5 of the 5 places" in good.detail
        assert "0 of the 5 places" in bad.detail

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
        assert readings_of(one, other, both) == ([], {})


def two_sources(*made):
    """What is said of each way between texts, by their ids."""
    ordered = sorted(made, key=lambda each: each.key)
    screened = {
        (a.article_id, b.article_id): gather.screen(pairs.compare(a, b))
        for a, b in itertools.combinations(ordered, 2)
    }
    found = family_rows.two_sources(ordered, screened)
    return {key: sum(each.weight_bits for each in listed) for key, listed in found.items()}


class TestTwoSources:
    ONE = invented.REPORT[:4]
    OTHER = invented.STRANGER[:4]

    def test_a_text_of_two_that_have_nothing_of_each_other_is_the_later(self):
        one = invented.report(*self.ONE, article_id="one")
        other = invented.report(*self.OTHER, article_id="other")
        both = invented.report(*self.ONE, *self.OTHER, article_id="both")
        found = two_sources(one, other, both)
        assert set(found) == {
            ("one", "both"),
            ("both", "one"),
            ("other", "both"),
            ("both", "other"),
        }
        for source in ("one", "other"):
            assert found[source, "both"] == pytest.approx(evidence_settings.TWO_SOURCES_MAX_BITS)
            assert found["both", source] == -found[source, "both"]

    @pytest.mark.parametrize(("n_lines", "told"), [(3, False), (4, True)])
    def test_two_that_are_relatives_have_to_give_whole_passages(self, n_lines, told):
        # Two retellings of the middle text would have a part of it each as well.
        one = invented.report(*self.ONE[:n_lines], article_id="one")
        other = invented.report(*self.OTHER[:n_lines], article_id="other")
        both = invented.report(*self.ONE, *self.OTHER, *invented.ADDED, article_id="both")
        ordered = sorted((one, other, both), key=lambda each: each.key)
        screened = {
            (a.article_id, b.article_id): gather.screen(pairs.compare(a, b))
            for a, b in itertools.combinations(ordered, 2)
        }
        assert family_rows.two_sources(ordered, screened) != {}
        found = family_rows.two_sources(ordered, screened, lambda one, other: True)
        assert (found != {}) == told

    def test_the_other_source_is_named(self):
        one = invented.report(*self.ONE, article_id="one")
        other = invented.report(*self.OTHER, article_id="other", outlet="Ostrell Courier")
        both = invented.report(*self.ONE, *self.OTHER, article_id="both")
        ordered = sorted((one, other, both), key=lambda each: each.key)
        screened = {
            (a.article_id, b.article_id): gather.screen(pairs.compare(a, b))
            for a, b in itertools.combinations(ordered, 2)
        }
        (said,) = family_rows.two_sources(ordered, screened)["one", "both"]
        assert "Ostrell Courier" in said.detail

    def test_versions_of_one_text_are_no_sources_of_each_other(self):
        made = [
            invented.report(*invented.REPORT[: 4 + k], *invented.ADDED[:k], article_id=f"t{k}")
            for k in range(3)
        ]
        assert two_sources(*made) == {}

    def test_two_texts_have_no_third(self):
        made = [invented.report(*self.ONE, *self.OTHER), invented.report(*self.ONE)]
        assert two_sources(*made) == {}

    def test_a_sentence_of_another_story_is_no_second_source(self):
        one = invented.report(article_id="one")
        other = invented.report(*self.OTHER, article_id="other")
        with_a_line = invented.report(*invented.REPORT, self.OTHER[0], article_id="more")
        assert two_sources(one, other, with_a_line) == {}


class TestBetween:
    def test_the_order_of_asking_does_not_matter(self):
        made = [invented.report(), invented.report(*invented.ADDED)]
        _, _, found = invented.story(*made)
        assert family_rows.between(found, *made) is family_rows.between(found, *made[::-1])


class TestExplainedWords:
    def test_equal_words_count_in_full(self):
        one, other = invented.report(), invented.report(*invented.derived("longer"))
        worth = family_rows.explained_words(other, invented.weighed(one, other))
        assert worth[: len(one.words)].min() == 1.0
        assert worth[len(one.words) :].max() == 0.0
