import dataclasses

import numpy as np
import pytest

from lineage.engine import sourcing
from lineage.graph import family_edges
from lineage.match import pairs

from . import invented, posteriors


class Lexical:
    """Words alone."""

    scale = None

    def prepare(self, wanted):
        pass

    def vectors(self, document, rows=None):
        return None


def solved(documents, above):
    said = posteriors.said(above)
    family = dataclasses.replace(said, above=np.array(above, dtype=float))
    n = len(documents)
    return family_edges.Solved(
        tuple(documents), None, family, np.full((n, n), 0.5), ((),) * n, ((),) * n
    )


class TestPFrom:
    def texts(self):
        return posteriors.reports(3)

    def test_is_what_a_family_says_of_ancestors(self):
        one, two, three = self.texts()
        found = sourcing.p_from(
            [one, two, three],
            [solved([one, three], [[0, 0.7], [0.1, 0]]), family_edges.alone(two)],
            {},
        )
        assert found.tolist() == [[0, 0, 0.7], [0, 0, 0], [0.1, 0, 0]]

    def test_passages_say_it_too(self):
        one, two, three = self.texts()
        alone = [family_edges.alone(each) for each in (one, two, three)]
        found = sourcing.p_from([one, two, three], alone, {(0, 1): 0.6})
        assert found[0, 1] == pytest.approx(0.6)
        assert found.sum() == pytest.approx(0.6)

    def test_either_is_enough(self):
        one, two, _ = self.texts()
        family = solved([one, two], [[0, 0.5], [0, 0]])
        found = sourcing.p_from([one, two], [family], {(0, 1): 0.6})
        assert found[0, 1] == pytest.approx(1 - 0.5 * 0.4)


class TestLookUp:
    def looked_up(self, *made, parents=None):
        ordered = sorted(made, key=lambda each: each.key)
        above = [()] * len(ordered) if parents is None else parents
        found, _ = sourcing.look_up(ordered, above, pairs.compare, Lexical())
        return ordered, found

    def test_a_text_is_looked_up_where_its_words_are_both_ways(self):
        one = invented.report(article_id="one")
        part = invented.report(*invented.REPORT[:4], article_id="part")
        stranger = invented.report(*invented.STRANGER, article_id="stranger")
        ordered, found = self.looked_up(one, part, stranger)
        names = {(ordered[s].article_id, ordered[t].article_id) for s, t in found}
        assert {("one", "part"), ("part", "one")} <= names

    def test_a_parent_is_always_looked_up(self):
        one = invented.report(article_id="one")
        stranger = invented.report(*invented.STRANGER, article_id="stranger")
        _, found = self.looked_up(one, stranger, parents=[(), (0,)])
        assert {(0, 1), (1, 0)} <= set(found)
