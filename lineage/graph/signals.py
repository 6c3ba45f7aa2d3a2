"""What speaks for each listed edge, in bits that add up to the probabilities beside it."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..evidence import direction as causes
from ..evidence import hidden_marks
from ..evidence.family import features
from ..evidence.row import Evidence
from . import design, edges, families, graph_settings, model, posterior

PairKey = tuple[str, str]

# Which features make up which signal, by the name before the bar; what is left over is
# the neighbourhood.
_OVERLAP = (
    "target_words_contained",
    "target_pairs_contained",
    "source_pairs_contained",
    "target_rare_contained",
    "held_by_few",
    "longest_run",
    "constant",
    "log_bayes",
    "explained_most",
    "explained_least",
    "narrated",
    "spoken",
    "cited",
    "quoted",
)
# What the evidence on a pair says of its link is replaced by what the model makes of it; the
# words that are quoted share it among themselves.
_WORDED = ("shared_wording", "shared_content")
_DIRECTION = {
    "growth": ("growth", "growth_by_spread", "side_length"),
    "style": ("style_growth",),
    "inserted_blocks": ("inserted_words", "side_inserted_words", "side_insertions"),
    "later_years": ("later_day", "more_days", "recent_days", "side_days"),
    "centre": ("degree", "isolation"),
    "headings": ("headings",),
    "misspellings": ("mended", "side_mended"),
}
_BY_ROOT = {
    "lost_words_return": ("lost_words_return",),
    "root_fan_out": ("from_root", "from_root_in_large"),
}


@dataclass(frozen=True, eq=False)
class Weighed:
    """Signals of all edges of a family, in bits.

    Attributes
    ----------
    measured : Features
    root : ndarray of shape (n,)
        That a text is the first of all.
    link : ndarray of shape (n, n)
        ``[source, target]``: what the two share, against `target` having no parent here.
    parent_choice : ndarray of shape (n, n)
        How they lie to each other among all texts.
    direction : dict of str to ndarray of shape (n, n)
        By signal; what speaks for an edge speaks as much against its reverse.
    """

    measured: features.Features
    root: np.ndarray
    link: np.ndarray
    parent_choice: np.ndarray
    direction: dict[str, np.ndarray]


def explain(
    family: families.Family,
    fitted: model.Model,
    said: posterior.Posterior,
    listed: Sequence[edges.Edge],
) -> dict[PairKey, tuple[Evidence, ...]]:
    """List the evidence of edges.

    Parameters
    ----------
    family : Family
    fitted : Model
    said : Posterior
    listed : sequence of Edge
        Between texts of the family.

    Returns
    -------
    dict of (source_id, target_id) to tuple of Evidence
        The bits about the link add up to the log odds of `p_link`, those about the direction
        to the log odds of `p_direction`, those about the choice of the parent to the log odds
        that it is this one, given that the text has a parent here.
    """
    weighed = _weigh(family.design, fitted, said)
    has_parent = np.maximum(said.parent[: family.design.n].sum(axis=0), 1e-9)
    # Of two texts there is no other candidate.
    has_choice = family.design.n > graph_settings.PAIR
    place = {each.article_id: k for k, each in enumerate(family.documents)}
    found = {}
    for drawn in listed:
        s, t = place[drawn.source_id], place[drawn.target_id]
        given = family.rows.get(drawn.key, ())
        link = _link(given, weighed, family.design, s, t)
        link += [each for each in given if each.signal == hidden_marks.SIGNAL]
        link.append(_rest(link, "family", drawn.p_link, "what the family as a whole adds"))
        choice = [each for each in given if each.signal in ("readings", "latest_before")]
        choice.append(_neighbourhood(weighed, s, t))
        as_parent = max(0.0, float(said.edge[s, t] - said.parent[t, s]))
        share = min(1.0, as_parent / float(has_parent[t]))
        choice.append(_rest(choice, "other_candidates", share, "how much likelier than the others"))
        turned = [each for each in given if each.about == "direction"]
        turned += _held_back(turned)
        for signal, bits in weighed.direction.items():
            said_of = _DETAILS[signal](weighed, s, t)
            turned.append(Evidence(signal, "direction", float(bits[s, t]), said_of))
        rest = "what all texts and edges together say"
        turned.append(_rest(turned, "whole_story", drawn.p_direction, rest))
        found[drawn.key] = tuple(
            each for each in (*link, *(choice if has_choice else ()), *turned) if _is_shown(each)
        )
    return found


def _is_shown(each: Evidence) -> bool:
    """Whether it has a row: by its size, or because it points into the texts."""
    least = graph_settings.LEFT_BITS if each.signal in _ABOUT else graph_settings.SHOWN_BITS
    return abs(each.weight_bits) >= least or each.source_span is not None


def _rest(listed: Sequence[Evidence], signal: str, p: float, detail: str) -> Evidence:
    """What is missing between the bits of some signals and the log odds of a probability."""
    shown = sum(each.weight_bits for each in listed if _is_shown(each))
    missing = edges.log2_odds(p, graph_settings.MAX_BITS) - shown
    return Evidence(signal, _ABOUT[signal], missing, detail)


def _held_back(turned: Sequence[Evidence]) -> list[Evidence]:
    """What dates, credits and notes do not count of what they say, see `causes.capped`."""
    over = causes.capped(turned) - math.fsum(each.weight_bits for each in turned)
    said = "dates, credits and notes can be written by anybody, and count for less than they say"
    return (
        [Evidence("held_back", "direction", over, said)]
        if abs(over) >= graph_settings.SHOWN_BITS
        else []
    )


# Rows that every question has: where it starts from, and what is left of it.
_ABOUT = {
    "prior": "link",
    "family": "link",
    "other_candidates": "parent_choice",
    "whole_story": "direction",
}


def _link(
    given: Sequence[Evidence], weighed: Weighed, family: design.Design, s: int, t: int
) -> list[Evidence]:
    prior = Evidence(
        "prior",
        "link",
        float(family.prior[s]) / graph_settings.NATS_PER_BIT,
        f"found among {_counted(family.n_others, 'other text')}",
    )
    bits = float(weighed.link[s, t])
    worded = [each for each in given if each.signal in _WORDED and each.weight_bits > 0]
    total = sum(each.weight_bits for each in worded)
    if not worded or bits <= 0:
        shared = float(weighed.measured.measures.words_contained[s, t])
        longest = int(weighed.measured.measures.longest_run[s, t])
        said = f"{shared:.0%} of the words are in the other; longest run {longest}"
        return [prior, Evidence("overlap", "link", bits, said)]
    return [
        prior,
        *(dataclasses.replace(e, weight_bits=bits * e.weight_bits / total) for e in worded),
    ]


def _neighbourhood(weighed: Weighed, s: int, t: int) -> Evidence:
    nearer = int(weighed.measured.measures.rank[s, t])
    return Evidence(
        "neighbourhood",
        "parent_choice",
        float(weighed.parent_choice[s, t]),
        f"{nearer} of {_counted(weighed.measured.n - 2, 'other text')} nearer to it",
    )


def _weigh(family: design.Design, fitted: model.Model, said: posterior.Posterior) -> Weighed:
    """Add up the model's features of every edge to a few named signals."""
    n = family.n
    of_edge, of_root, of_by_root, of_further = model.split(fitted.weights)
    edge = family.edge[:n]
    plain = [name.split("|")[0] for name in design.EDGE_NAMES[: design.N_LINK]]
    grouped = {
        *_OVERLAP,
        *(name for names in _DIRECTION.values() for name in names),
        "causes",
        "readings",
    }
    rest = [name for name in plain if name not in grouped]
    without = family.root[:n] @ of_root + family.kinds @ of_further[:2]
    direction = {
        signal: _antisymmetric(_bits(edge, of_edge, plain, names))
        for signal, names in _DIRECTION.items()
    }
    plain_by_root = [name.split("|")[0] for name in design.BY_ROOT_NAMES]
    for signal, names in _BY_ROOT.items():
        under_each = _bits(family.by_root, of_by_root, plain_by_root, names)
        direction[signal] = _antisymmetric(np.einsum("r,rst->st", said.no_parent, under_each))
    return Weighed(
        family.measured,
        said.no_parent,
        _bits(edge, of_edge, plain, _OVERLAP) - without[None, :] / graph_settings.NATS_PER_BIT,
        _bits(edge, of_edge, plain, rest),
        direction,
    )


def _bits(
    values: np.ndarray, weights: np.ndarray, plain: Sequence[str], names: Sequence[str]
) -> np.ndarray:
    chosen = np.flatnonzero([name in names for name in plain])
    return np.asarray(values[..., chosen] @ weights[chosen] / graph_settings.NATS_PER_BIT)


def _antisymmetric(bits: np.ndarray) -> np.ndarray:
    return (bits - bits.T) / 2


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _growth(weighed: Weighed, source: int, target: int) -> str:
    n_words = weighed.measured.measures.n_words
    longer = int(n_words[target] - n_words[source])
    return f"{_counted(abs(longer), 'word')} {'longer' if longer >= 0 else 'shorter'}"


def _style(weighed: Weighed, source: int, target: int) -> str:
    return "texts of this style usually " + (
        "grow" if _is_longer(weighed, source, target) else "shrink"
    )


def _is_longer(weighed: Weighed, source: int, target: int) -> bool:
    n_words = weighed.measured.measures.n_words
    return bool(n_words[target] > n_words[source])


def _inserted(weighed: Weighed, source: int, target: int) -> str:
    inserted = weighed.measured.measures.inserted_words
    new, gone = int(inserted[source, target]), int(inserted[target, source])
    return f"{new} words in whole passages are new, {gone} are gone"


def _later(weighed: Weighed, source: int, target: int) -> str:
    last = weighed.measured.measures.last_day
    return f"last mentions {_said(last[target])}, the other {_said(last[source])}"


def _said(day: float) -> str:
    """Year and, where it is known, month of a day as `changes` counts them."""
    if day <= 0:
        return "no year"
    year = int(day)
    month = int((day - year) * 12 + 1e-6) + 1
    return str(year) if day == year else f"{year}-{month:02}"


def _centre(weighed: Weighed, source: int, target: int) -> str:
    degree = weighed.measured.measures.degree
    return (
        f"{_counted(int(degree[source]), 'neighbour')} in the tree of least distances, "
        f"the other {int(degree[target])}"
    )


def _headings(weighed: Weighed, source: int, target: int) -> str:
    n_headings = weighed.measured.measures.n_headings
    return f"{_counted(int(n_headings[target]), 'heading')}, the other {int(n_headings[source])}"


def _misspellings(weighed: Weighed, source: int, target: int) -> str:
    mended = int(weighed.measured.measures.mended[source, target])
    if mended == 0:
        return "of the texts on its side more misspellings are mended, or fewer"
    return f"{abs(mended)} misspellings {'mended' if mended > 0 else 'made'} on balance"


def _returning(weighed: Weighed, source: int, target: int) -> str:
    first = int(weighed.root.argmax())
    between = weighed.measured.measures.common_between[first]
    returned = _counted(int(between[source, target]), "word pair")
    return (
        f"has {returned} of the likeliest first text that the source lacks; "
        f"the other way round {int(between[target, source])}"
    )


def _fan_out(weighed: Weighed, source: int, target: int) -> str:
    root = weighed.root
    return f"the source is the first text with p {root[source]:.2f}, the other {root[target]:.2f}"


_DETAILS = {
    "growth": _growth,
    "style": _style,
    "inserted_blocks": _inserted,
    "later_years": _later,
    "centre": _centre,
    "headings": _headings,
    "misspellings": _misspellings,
    "lost_words_return": _returning,
    "root_fan_out": _fan_out,
}
