import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lineage import cover, pairs, similarity, sources
from lineage.text import rarity

from . import invented

LINES = (*invented.REPORT[:4], *invented.ADDED[:2])
CUTS = st.tuples(st.sampled_from(LINES), st.integers(0, 8), st.integers(5, 20))


def parent(source, target):
    match = pairs.match_sentences(source, target, None, None)
    return sources.Parent(source, pairs.compare(source, target), match)


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
    @settings(max_examples=40, deadline=None)
    def test_agrees_with_measuring_sentence_by_sentence(self, mine, theirs):
        source = invented.report(*theirs[0], roles=theirs[1])
        target = invented.report(*mine[0], roles=mine[1])
        origin = parent(source, target)
        found = sources.measure(target, origin)
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
                bonus = sources.ORDER_BONUS if path[i] == there else 0.0
                least = sources.MIN_SCORE
                if bonus > 0:
                    has_all = digits <= set(other)
                    least = bonus + (sources.MIN_SCORE_IN_ORDER if has_all else sources.MIN_SCORE)
                if target.roles[i] == "heading":
                    if shares[i, there] < sources.EDITED_SHARE:
                        least = sources.MIN_SCORE_HEADING
                elif source.roles[there] == "heading":
                    least = max(least, sources.MIN_SCORE_FROM_HEADING)
                worth = (
                    score[i, there]
                    - origin.match.lexical[i, there]
                    + cover.load().pairs * len(shared) / max(1, len(couples))
                    - cover.load().price
                    + bonus
                )
                if least >= sources.MIN_SCORE_FROM_HEADING:
                    worth = -1.0
                best = max(score[i, there], sources.VERBATIM_WEIGHT * shares[i, there]) + bonus
                assert found.score[i, j] == pytest.approx(best)
                assert found.least[i, j] == pytest.approx(least)
                assert found.worth[i, j] == pytest.approx(worth)
                whole = shares[i, there] * len(stems) / len(other)
                assert found.verbatim[i, j] == pytest.approx(shares[i, there])
                assert found.whole[i, j] == pytest.approx(whole)
            assert found.most_verbatim[i] == pytest.approx(shares[i].max())


def chosen(target, line, *parents):
    """Source sentences chosen for a line of the target."""
    origins = [parent(each, target) for each in parents]
    measured = [sources.measure(target, each) for each in origins]
    index = target.sentences["text"].tolist().index(line)
    found = sources.choose(target, index, target.roles[index], origins, measured)
    return [parents[each.parent].sentences["text"][each.sentence] for each in found]


class TestChoose:
    def test_a_heading_of_words_that_two_sentences_have_is_of_neither(self):
        leak = "The harbour council found diesel in the harbour of Ostrell after the leak."
        again = "A second leak of diesel reached the harbour council of Ostrell."
        source = invented.report(leak, again, *invented.REPORT[4:])
        line = "Harbour diesel leak in Ostrell"
        target = invented.report(
            line, leak, again, *invented.REPORT[4:], roles=["heading", *["body"] * 6]
        )
        assert chosen(target, line, source) == []
        other = invented.report(leak, *invented.REPORT[4:])
        assert chosen(target, line, other) == [leak]

    def test_a_retold_sentence_between_two_kept_ones_takes_the_source_between_them(self):
        retold = "At dusk the divers, who closed two valves, had her brought to a quiet quay."
        source = invented.report()
        lines = (*invented.REPORT[:2], retold, *invented.REPORT[3:])
        target = invented.report(*lines)
        assert chosen(target, retold, source) == [invented.REPORT[2]]

    def test_news_with_numbers_between_two_kept_sentences_is_news(self):
        news = "At 9.30 the vessel and 14 divers reached Lathmoor for repairs."
        source = invented.report()
        target = invented.report(*invented.REPORT[:2], news, *invented.REPORT[3:])
        assert chosen(target, news, source) == []
        plain = news.replace("At 9.30 the vessel and 14", "The vessel and her")
        target = invented.report(*invented.REPORT[:2], plain, *invented.REPORT[3:])
        assert chosen(target, plain, source) == [invented.REPORT[2]]
