import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage.evidence import evidence_settings
from lineage.evidence.family import features, orders, overlap, pair_features, word_changes
from lineage.text import rarity

from . import examples, made, reference_phylogeny

texts = st.lists(st.lists(st.sampled_from("abcdef"), max_size=12), min_size=2, max_size=5)
REPORT = (
    "The ferry struck the northern pier at dawn and nobody was hurt. "
    "Harbour master Ines Calloway closed the channel for two days. "
    "Divers found a crack of three metres below the waterline. "
)
ADDED = "The owners promised to pay for the pier and for every cancelled crossing since Monday. "


@st.composite
def distances(draw, most=7):
    n = draw(st.integers(2, most))
    drawn = draw(st.lists(st.integers(1, 1000), min_size=n * n, max_size=n * n))
    found = np.triu(np.array(drawn, dtype=float).reshape(n, n) / 1000, 1)
    return found + found.T


def grams(words, size):
    return overlap.count_grams(overlap.number_words(words), size)


def value(found, name, source, target):
    return found.edge[source, target, features.EDGE_NAMES.index(name)]


class TestContainment:
    @given(texts, st.integers(1, 2))
    def test_agrees_with_counters(self, words, size):
        found = overlap.containment(grams(words, size))
        expected = reference_phylogeny.containment(words, size)
        apart = ~np.eye(len(words), dtype=bool)
        assert found[apart] == pytest.approx(expected[apart])

    def test_a_repeated_word_counts_as_often_as_both_have_it(self):
        found = overlap.containment(grams([["a", "a", "b"], ["a", "a", "a", "c"]], 1))
        assert found[0, 1] == pytest.approx(2 / 4)
        assert found[1, 0] == pytest.approx(2 / 3)

    def test_a_text_too_short_for_an_n_gram_shares_nothing(self):
        found = overlap.containment(grams([["a"], ["a", "b"]], 2))
        assert (found == 0).all()

    def test_blocks_of_columns_add_up(self, monkeypatch):
        words = [list("abcabd"), list("abdabc"), list("cabbad")]
        whole = overlap.containment(grams(words, 2))
        monkeypatch.setattr(evidence_settings, "BLOCK", 2)
        assert overlap.containment(grams(words, 2)) == pytest.approx(whole)


class TestWeightedJaccard:
    @given(texts)
    def test_agrees_with_counters(self, words):
        found = overlap.weighted_jaccard(grams(words, 2))
        expected = reference_phylogeny.weighted_jaccard(words, 2)
        apart = ~np.eye(len(words), dtype=bool)
        assert found[apart] == pytest.approx(expected[apart])


class TestHeldByFew:
    @given(texts)
    def test_agrees_with_counters(self, words):
        found = overlap.held_by_few(grams(words, 1))
        expected = reference_phylogeny.held_by_few(words, 1)
        apart = ~np.eye(len(words), dtype=bool)
        assert found[apart] == pytest.approx(expected[apart])


class TestCommonBetween:
    @given(texts)
    def test_agrees_with_sets(self, words):
        found = overlap.common_between(grams(words, 2))
        expected = reference_phylogeny.common_between(words, 2)
        for r, a, b in itertools.permutations(range(len(words)), 3):
            assert found[r, a, b] == expected[r, a, b]

    def test_more_than_eight_texts_are_counted_too(self):
        words = [list("abcdefgh"[: 2 + k % 7]) for k in range(11)]
        found = overlap.common_between(grams(words, 2))
        expected = reference_phylogeny.common_between(words, 2)
        assert found[3, 0, 5] == expected[3, 0, 5] == 3


class TestShareRareWords:
    def test_common_words_count_for_nothing(self):
        numbered = [np.array([0, 1]), np.array([0, 2])]
        bits = [np.array([5.0, 15.0]), np.array([5.0, 15.0])]
        assert overlap.share_rare_words(numbered, bits).contained[0, 1] == 0

    def test_a_word_counts_by_its_rarity(self):
        numbered = [np.array([0, 1]), np.array([0, 2])]
        bits = [np.array([14.0, 12.0]), np.array([14.0, 18.0])]
        found = overlap.share_rare_words(numbered, bits)
        assert found.contained[0, 1] == pytest.approx(4 / 12)
        assert found.contained[1, 0] == pytest.approx(4 / 6)
        assert found.jaccard[0, 1] == pytest.approx(4 / 14)


class TestShortestPath:
    @examples.at_most(40)
    @given(distances())
    def test_none_is_shorter(self, drawn):
        path = orders.shortest_path(drawn)
        assert sorted(path) == list(range(len(drawn)))
        shortest = reference_phylogeny.shortest_path_length(drawn)
        assert orders.length(path, drawn) == pytest.approx(shortest)

    def test_many_texts_on_a_line_are_put_in_line(self):
        at = np.random.default_rng(5).permutation(40).astype(float)
        path = orders.shortest_path(np.abs(at[:, None] - at[None, :]))
        steps = np.diff(at[path])
        assert set(steps) in ({1.0}, {-1.0})

    def test_no_exchange_shortens_a_long_path(self):
        points = np.random.default_rng(6).normal(size=(25, 2))
        drawn = np.linalg.norm(points[:, None] - points[None, :], axis=2)
        path = orders.shortest_path(drawn)
        for i, j in itertools.combinations(range(25), 2):
            turned = path[:i] + path[i : j + 1][::-1] + path[j + 1 :]
            assert orders.length(turned, drawn) >= orders.length(path, drawn) - 1e-6


class TestSpanningTree:
    @examples.at_most(40)
    @given(distances(most=5))
    def test_none_is_shorter(self, drawn):
        found = orders.spanning_tree(pair_features.apart(drawn))
        assert sum(drawn[each] for each in found) == pytest.approx(
            reference_phylogeny.spanning_tree_length(drawn)
        )


class TestCompare:
    def compare(self, *words):
        return word_changes.compare(overlap.number_words([each.split() for each in words]))

    def test_a_passage_put_in_is_an_insertion(self):
        found = self.compare("a b c d e f", "a b c 1 2 3 4 5 6 7 8 d e f")
        assert found.inserted_words[0, 1] == 8
        assert found.inserted_words[1, 0] == 0
        assert found.insertions[0, 1] == 1
        assert found.replaced[0, 1] == 0

    def test_the_same_passage_taken_out_is_one_the_other_way(self):
        found = self.compare("a b c 1 2 3 4 5 6 7 8 d e f", "a b c d e f")
        assert found.inserted_words[0, 1] == 0
        assert found.inserted_words[1, 0] == 8

    def test_words_in_place_of_words_are_replaced(self):
        found = self.compare("a b c d e f", "a b x d e f")
        assert found.replaced[0, 1] == 1
        assert found.insertions.sum() == 0

    def test_runs_shorter_than_three_words_are_not_copied(self):
        found = self.compare("a b x c d y e f g", "a b 1 c d 2 e f g")
        assert found.ratio[0, 1] == pytest.approx(2 * 3 / 18)
        assert found.longest_run[0, 1] == 3

    def test_an_empty_text_has_nothing_in_common(self):
        found = self.compare("", "a b c")
        assert found.ratio[0, 1] == 0
        assert found.insertions[0, 1] == 1

    def mended(self, one, other):
        words = [one.split(), other.split()]
        bits = [rarity.bits(each) for each in words]
        found = word_changes.compare(overlap.number_words(words), words, bits).mended
        assert found[1, 0] == -found[0, 1]
        return found[0, 1]

    def test_a_misspelling_is_mended_one_way_and_made_the_other(self):
        wrong = "the govermnent of the island closed the harbour for two days in winter"
        right = wrong.replace("govermnent", "government") + ADDED.lower() * 3
        assert self.mended(wrong, right) == 1
        assert self.mended(right, wrong) == -1

    def test_where_misspellings_are_all_that_differs_a_copyist_may_have_made_them(self):
        wrong = "the govermnent of the island closed the harbour for two days in winter"
        assert self.mended(wrong, wrong.replace("govermnent", "government")) == 0

    @pytest.mark.parametrize(
        "other",
        [
            "two correspondence offices closed the harbour of the island in winter",  # a form of it
            "two big offices closed the harbour of the island in winter",  # another word
            "offices closed the harbour of the island in winter",  # left out
        ],
    )
    def test_another_form_another_word_and_a_gap_are_none(self, other):
        one = "two correspondences offices closed the harbour of the island in winter"
        assert self.mended(one, other) == 0

    def test_a_language_that_the_list_lacks_has_none(self):
        one = "le gouvernemnt a fermé le portt pendant deux jourrs dans le hiverr"
        assert self.mended(one, "le gouvernement a fermé le port pendant deux jours hiver") == 0


class TestMentionedDays:
    @pytest.mark.parametrize(
        ("said", "expected"),
        [
            ("in march 2018 it", 2018 + 2 / 12),
            ("on march 3 2018", 2018 + 2 / 12 + 3 / 400),
            ("on 3 march 2018", 2018 + 2 / 12 + 3 / 400),
            ("2018 03 03", 2018 + 2 / 12 + 3 / 400),
            ("since 1999", 1999.0),
        ],
    )
    def test_is_read_with_month_and_day(self, said, expected):
        assert list(word_changes.mentioned_days(said.split())) == [pytest.approx(expected)]

    @pytest.mark.parametrize("said", ["1850", "2100 people", "12 345", "20180"])
    def test_a_quantity_is_no_year(self, said):
        assert word_changes.mentioned_days(said.split()) == frozenset()

    def test_later_days_are_later_whoever_asks(self):
        days = [word_changes.mentioned_days([year]) for year in ("2016", "2018", "none")]
        found = word_changes.later_days(days)
        assert found[0, 1] == 1
        assert found[1, 0] == -1
        assert (found[2] == 0).all()

    def test_recent_days_are_those_of_the_last_three_years(self):
        days = [frozenset({2010.0, 2017.0, 2018.0}), frozenset({1990.0})]
        assert word_changes.recent_days(days).tolist() == [2, 0]


class TestPathFeatures:
    def test_versions_in_a_row_lie_on_both_paths(self):
        at = np.array([0.0, 2.0, 1.0, 3.0]) / 10
        apart = np.abs(at[:, None] - at[None, :])
        found = pair_features.path_features(
            pair_features.Distances(apart, apart, apart, apart),
            orders.adjacency(orders.spanning_tree(pair_features.apart(apart)), 4),
        )
        assert found["on_path"][0, 2] == 2
        assert found["on_path"][0, 3] == 0
        assert found["path_gap"][0, 3] == pytest.approx(math.log(3))
        assert found["on_path_detour"][0, 2] == 0

    def test_a_star_makes_the_path_longer_than_the_tree(self):
        apart = np.full((5, 5), 0.4)
        apart[0] = apart[:, 0] = 0.2
        np.fill_diagonal(apart, 0)
        found = pair_features.path_features(
            pair_features.Distances(apart, apart, apart, apart),
            orders.adjacency(orders.spanning_tree(pair_features.apart(apart)), 5),
        )
        assert found["on_path_detour"].max() > 0


class TestBuild:
    def documents(self, **named):
        return list(made.documents(**named).values())

    def story(self):
        return self.documents(
            a=REPORT, b=REPORT + ADDED, c=REPORT.replace("dawn", "dusk"), d=ADDED + REPORT
        )

    def test_shapes_are_those_of_the_names(self):
        found = features.build(self.story())
        assert found.edge.shape == (4, 4, len(features.EDGE_NAMES))
        assert found.root.shape == (4, len(features.ROOT_NAMES))
        assert found.by_root.shape == (4, 4, 4, len(features.BY_ROOT_NAMES))
        for each in (found.edge, found.root, found.by_root):
            assert np.isfinite(each).all()

    @pytest.mark.parametrize("name", features.DIRECTION_NAMES)
    def test_what_tells_a_direction_changes_its_sign_with_it(self, name):
        found = features.build(self.story())
        for at, full in enumerate(features.EDGE_NAMES):
            if full.split("|")[0] == name:
                assert found.edge[..., at] == pytest.approx(-found.edge[..., at].T)

    def test_an_addition_is_growth_and_an_inserted_passage(self):
        documents = self.documents(a=REPORT, b=REPORT + ADDED)
        found = features.build(documents)
        a, b = (k for name in "ab" for k, d in enumerate(documents) if d.article_id == name)
        assert value(found, "growth|verbatim", a, b) > 0.3
        assert value(found, "inserted_words|verbatim", a, b) > 0.5
        assert found.measures.inserted_words[a, b] == 15

    def test_a_cut_is_the_same_the_other_way_round(self):
        documents = self.documents(a=REPORT + ADDED, b=REPORT)
        found = features.build(documents)
        a, b = (k for name in "ab" for k, d in enumerate(documents) if d.article_id == name)
        assert value(found, "growth|verbatim", a, b) < -0.3
        assert value(found, "inserted_words|verbatim", a, b) < -0.5

    def test_the_order_of_texts_does_not_matter_to_the_last_digit(self):
        documents = self.story()
        found = features.build(documents)
        for at in ([3, 1, 0, 2], [2, 3, 1, 0]):
            moved = features.build([documents[k] for k in at])
            assert (moved.edge == found.edge[np.ix_(at, at)]).all()
            assert (moved.root == found.root[at]).all()
            assert (moved.by_root == found.by_root[np.ix_(at, at, at)]).all()
            assert (moved.measures.rank == found.measures.rank[np.ix_(at, at)]).all()

    def test_versions_are_verbatim_and_reports_of_one_event_are_not(self):
        versions = features.build(self.story())
        other = "Passengers told of a bang before sunrise. A tug pulled the boat off the pier."
        strangers = features.build(self.documents(a=REPORT, b=other))
        assert versions.verbatim == 1
        assert strangers.verbatim == 0
        assert versions.closeness > strangers.closeness

    def test_rephrased_texts_are_told_from_edited_ones(self):
        words = REPORT.split()
        swapped = [
            " ".join(w + "x" if k % 4 == s else w for k, w in enumerate(words)) for s in (1, 3)
        ]
        rephrased = features.build(self.documents(a=REPORT, b=swapped[0], c=swapped[1]))
        edited = features.build(self.documents(a=REPORT, b=REPORT + ADDED, c=ADDED + REPORT))
        assert rephrased.rephrased > 0.5
        assert edited.rephrased == 0

    def test_later_years_point_forward(self):
        documents = self.documents(
            a=REPORT + "It was built in 1998.", b=REPORT + "It was rebuilt in 2004."
        )
        found = features.build(documents)
        a, b = (k for name in "ab" for k, d in enumerate(documents) if d.article_id == name)
        assert value(found, "later_day|any", a, b) == 1

    def test_words_lost_on_the_way_are_counted_when_they_return(self):
        documents = self.documents(
            r=REPORT, lost=" ".join(REPORT.split()[:20]), kept=" ".join(REPORT.split()[5:])
        )
        place = {d.article_id: k for k, d in enumerate(documents)}
        between = features.build(documents).measures.common_between
        assert between[place["r"], place["lost"], place["kept"]] > 5

    def test_texts_without_a_word_in_common_are_measured(self):
        found = features.build(self.documents(a="Red herons sleep.", b="Nine clerks counted tin."))
        assert np.isfinite(found.edge).all()
        assert found.verbatim == 0
