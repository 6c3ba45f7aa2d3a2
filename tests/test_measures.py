import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage.attribution import attribution_settings, measures, source_sets
from lineage.match import pairs, similarity
from lineage.text import rarity

from . import examples, invented

LINES = (*invented.REPORT[:4], *invented.ADDED[:2])
CUTS = st.tuples(st.sampled_from(LINES), st.integers(0, 8), st.integers(5, 20))


def parent(source, target):
    match = pairs.match_sentences(source, target, None, None)
    return measures.Parent(source, pairs.compare(source, target), match)


def pieces(drawn):
    """Parts of sentences, from a word on, so many words long."""
    lines = (" ".join(line.split()[first:][:n]) for line, first, n in drawn)
    return [line[:1].upper() + line[1:].rstrip(".,") + "." for line in lines if line]


@st.composite
def texts(draw):
    lines = pieces(draw(st.lists(CUTS, min_size=1, max_size=5))) or [LINES[0]]
    heading = draw(st.booleans())
    roles = ["heading" if heading and k == 0 else "body" for k in range(len(lines))]
    return lines, roles


class TestMeasure:
    """Held to what each pair of sentences gives when it is looked at by itself."""

    @given(texts(), texts())
    @examples.at_most(40)
    def test_agrees_with_measuring_sentence_by_sentence(self, mine, theirs):
        source = invented.report(*theirs[0], roles=theirs[1])
        target = invented.report(*mine[0], roles=mine[1])
        origin = parent(source, target)
        found = measures.measure(target, origin)
        score = origin.match.score
        shares = np.zeros(score.shape)
        for start, other, n in origin.pair.runs(source).tolist():
            for step in range(n):
                here, there = target.sentence_of[other + step], source.sentence_of[start + step]
                shares[here, there] += 1
        for row, inside in enumerate(target.sentence_words):
            shares[row] /= len(inside)
        path = similarity.monotone_path(
            np.where(origin.match.may_match, np.maximum(score, 1.8 * shares), -1.0)
        )
        for i in range(len(target.roles)):
            stems = [rarity.stem(target.words[k]) for k in target.sentence_words[i]]
            digits = {
                target.words[k] for k in target.sentence_words[i] if target.words[k][0].isdigit()
            }
            for j, there in enumerate(found.usable):
                other = [source.words[k] for k in source.sentence_words[there]]
                theirs_too = [rarity.stem(word) for word in other]
                couples = set(itertools.pairwise(stems))
                shared = couples & set(itertools.pairwise(theirs_too))
                bonus = attribution_settings.ORDER_BONUS if path[i] == there else 0.0
                least = attribution_settings.MIN_SCORE
                if bonus > 0:
                    has_all = digits <= set(other)
                    least = bonus + (
                        attribution_settings.MIN_SCORE_IN_ORDER
                        if has_all
                        else attribution_settings.MIN_SCORE
                    )
                if target.roles[i] == "heading":
                    if shares[i, there] < attribution_settings.EDITED_SHARE:
                        least = attribution_settings.MIN_SCORE_HEADING
                elif source.roles[there] == "heading":
                    least = max(least, attribution_settings.MIN_SCORE_FROM_HEADING)
                worth = (
                    score[i, there]
                    - origin.match.lexical[i, there]
                    + source_sets.load().pairs * len(shared) / max(1, len(couples))
                    - source_sets.load().price
                    + bonus
                )
                if least >= attribution_settings.MIN_SCORE_FROM_HEADING:
                    worth = -1.0
                best = (
                    max(score[i, there], attribution_settings.VERBATIM_WEIGHT * shares[i, there])
                    + bonus
                )
                assert found.score[i, j] == pytest.approx(best)
                assert found.least[i, j] == pytest.approx(least)
                assert found.worth[i, j] == pytest.approx(worth)
                whole = shares[i, there] * len(stems) / len(other)
                assert found.verbatim[i, j] == pytest.approx(shares[i, there])
                assert found.whole[i, j] == pytest.approx(whole)
            assert found.most_verbatim[i] == pytest.approx(shares[i].max())
