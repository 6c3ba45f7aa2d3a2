import dataclasses
import hashlib

import pytest

from lineage import errors
from lineage.learn.evaluation import cases
from lineage.learn.fitting import material

from . import made, versions


def vocabulary(case):
    texts = dict(zip(case.articles["article_id"], case.articles["text"], strict=True))
    return material.vocabulary(made.documents(**texts).values())


def folds(listed, seed=material.SEED):
    return material.folds(listed, [vocabulary(case) for case in listed], seed)


class TestRead:
    def test_a_folder_is_read_file_by_file(self, tmp_path):
        path = versions.dumped(tmp_path, [versions.growing(1), versions.strangers(1)])
        ((found, listed),) = material.read([tmp_path])
        assert found == path
        assert [case.set for case in listed] == ["growing", "strangers"]

    def test_of_one_set_only(self, tmp_path):
        versions.dumped(tmp_path, [versions.growing(1), versions.strangers(1)])
        ((_, listed),) = material.read([tmp_path], ["strangers"])
        assert [case.set for case in listed] == ["strangers"]


@dataclasses.dataclass(frozen=True)
class Point:
    x: float
    y: float


GRID = {"x": (0.0, 1.0, 2.0, 3.0), "y": (0.0, 1.0, 2.0)}


class TestClimb:
    def test_finds_the_top_of_a_hill(self):
        found = material.climb(Point(0, 0), GRID, lambda at: -((at.x - 2) ** 2) - at.x * at.y)
        assert found == Point(2.0, 0.0)

    def test_climbs_again_with_the_others_changed(self):
        """By x alone nothing is gained before y has moved."""
        found = material.climb(Point(0, 0), GRID, lambda at: at.x * (at.y - 0.5) + 0.1 * at.y)
        assert found == Point(3.0, 2.0)

    def test_where_all_is_worth_the_same_nothing_moves(self):
        assert material.climb(Point(1, 2), GRID, lambda at: 0.0) == Point(1, 2)


class TestDigest:
    def test_is_that_of_the_bytes(self, tmp_path):
        path = versions.dumped(tmp_path, [versions.growing(1)])
        assert material.digest(path) == hashlib.sha256(path.read_bytes()).hexdigest()


class TestFolds:
    def test_cases_on_one_matter_stay_together(self):
        listed = [versions.growing(seed, name=f"case {seed}") for seed in range(6)]
        first = listed[0]
        again = cases.Case("growing", "retold", first.articles, "graph", edges=first.edges)
        at = folds([*listed, again])
        assert at[0] == at[-1]
        assert len(set(at)) > 1

    def test_cases_of_two_sets_are_apart_even_on_one_matter(self):
        one = versions.growing(1)
        groups = material.groups([one, versions.turned(one)], [vocabulary(one)] * 2)
        assert groups == [0, 1]

    def test_names_alike_up_to_a_colon_are_one_matter(self):
        listed = [versions.growing(seed, name=f"one:{seed}") for seed in range(4)]
        assert len(set(folds(listed))) == 1

    @pytest.mark.parametrize("seed", [0, 3])
    def test_a_seed_gives_the_same_folds_again(self, seed):
        listed = [versions.growing(each) for each in range(8)]
        assert folds(listed, seed) == folds(listed, seed)


class TestHeldOut:
    def test_each_part_is_fitted_on_the_others(self):
        assert material.held_out(["a", "b", "a"], tuple) == {"a": (1,), "b": (0, 2)}

    def test_one_part_leaves_nothing(self):
        with pytest.raises(errors.InputError, match="of one matter or set"):
            material.held_out(["a", "a"], tuple)
