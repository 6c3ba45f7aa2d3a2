"""What the fitted model says of one edge, as evidence with numbers a reader can check."""

from __future__ import annotations

import math

import numpy as np

from ..evidence.row import Evidence
from . import features, forests, model

_NATS_PER_BIT = math.log(2.0)
# Which features make up which signal, by the name before the bar.
_LINK = (
    "target_words_contained",
    "target_pairs_contained",
    "source_pairs_contained",
    "target_rare_contained",
    "held_by_few",
    "longest_run",
    "constant",
)
_DIRECTION = {
    "growth": ("growth", "growth_by_spread", "side_length"),
    "inserted_blocks": ("inserted_words", "side_inserted_words", "side_insertions"),
    "later_years": ("later_day", "more_days", "recent_days", "side_days"),
    "centre": ("degree", "isolation"),
    "headings": ("headings",),
}
_BY_ROOT = {
    "lost_words_return": ("lost_words_return",),
    "root_fan_out": ("from_root", "from_root_in_large"),
}


def evidence(
    found: features.Features,
    scores: forests.Scores,
    posterior: forests.Posterior,
    source: int,
    target: int,
) -> list[Evidence]:
    """Add up the model's features of one edge to a few named signals.

    Parameters
    ----------
    found : Features
    scores : Scores
    posterior : Posterior
    source, target : int
        The edge, as indices of the story's texts.

    Returns
    -------
    list of Evidence
        In bits. ``overlap`` is against the text having no parent here; what speaks for a
        direction has the opposite sign on the edge drawn the other way.
    """
    fitted = model.load()
    measures = found.measures
    bits = found.edge[source, target] * fitted.edge / _NATS_PER_BIT
    by_name: dict[str, float] = {}
    for name, weight in zip(features.EDGE_NAMES, bits, strict=True):
        plain = name.split("|")[0]
        by_name[plain] = by_name.get(plain, 0.0) + float(weight)
    grouped = {*_LINK, *(each for names in _DIRECTION.values() for each in names)}
    without = float(scores.further_root[target]) / _NATS_PER_BIT
    shared = float(measures.words_contained[source, target])
    rows = [
        Evidence(
            "overlap",
            "link",
            sum(by_name[name] for name in _LINK) - without,
            f"{shared:.0%} of the words are in the other; longest run "
            f"{int(measures.longest_run[source, target])}",
        ),
        Evidence(
            "neighbourhood",
            "parent_choice",
            sum(bits for name, bits in by_name.items() if name not in grouped),
            f"{int(measures.rank[source, target])} of {found.n - 2} other texts are nearer to it",
        ),
    ]
    details = {
        "growth": _growth(measures, source, target),
        "inserted_blocks": f"{int(measures.inserted_words[source, target])} words in whole "
        f"passages are new, {int(measures.inserted_words[target, source])} are gone",
        "later_years": "mentions later days, or its side of the story does",
        "centre": f"{int(measures.degree[source])} neighbours, {int(measures.degree[target])} "
        "in the tree of least distances",
        "headings": "has more headings",
    }
    for signal, names in _DIRECTION.items():
        weight = sum(by_name[name] for name in names)
        # Half of the difference, so that the other way of drawing it has the opposite sign.
        opposite = _direction_bits(found, fitted, names, target, source)
        rows.append(Evidence(signal, "direction", (weight - opposite) / 2, details[signal]))
    for signal, names in _BY_ROOT.items():
        weight = _expected_bits(found, fitted, posterior, names, source, target)
        opposite = _expected_bits(found, fitted, posterior, names, target, source)
        said = {
            "lost_words_return": "words of the oldest text that the source has lost stay lost",
            "root_fan_out": "the oldest text has several children, the others seldom",
        }[signal]
        rows.append(Evidence(signal, "direction", (weight - opposite) / 2, said))
    return [row for row in rows if abs(row.weight_bits) >= _SHOWN_BITS]


# A signal smaller than this changes nothing that is shown.
_SHOWN_BITS = 0.005


def _growth(measures: features.Measures, source: int, target: int) -> str:
    longer = int(measures.n_words[target] - measures.n_words[source])
    return f"{abs(longer)} words {'longer' if longer >= 0 else 'shorter'}"


def _direction_bits(
    found: features.Features,
    fitted: model.Model,
    names: tuple[str, ...],
    source: int,
    target: int,
) -> float:
    chosen = [name.split("|")[0] in names for name in features.EDGE_NAMES]
    return float((found.edge[source, target] * fitted.edge)[chosen].sum() / _NATS_PER_BIT)


def _expected_bits(
    found: features.Features,
    fitted: model.Model,
    posterior: forests.Posterior,
    names: tuple[str, ...],
    source: int,
    target: int,
) -> float:
    """Bits of the part that depends on the root, averaged over where the root may be."""
    chosen = np.array([name.split("|")[0] in names for name in features.BY_ROOT_NAMES])
    nats = found.by_root[:, source, target, chosen] @ fitted.by_root[chosen]
    return float(posterior.root @ nats / _NATS_PER_BIT)
