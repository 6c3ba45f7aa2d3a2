"""Sources that were not handed in: agencies behind siblings, outlets credited by name.

Two pages with the same agency text and no agency original among the inputs are
siblings. The agency gets a node of its own, and each page one more possible parent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from . import articles
from .document import Document
from .pairs import Pair
from .text import credits, houses, outlets

# A page without a credit shares an agency's text when this much of the smaller body,
# outside quotes, is that of a page with the credit.
MIN_INHERITED_SHARE = 0.5
# Where the text itself says that it has material of a source, less is enough.
MIN_MATERIAL_SHARE = 0.2
# Who names a source in a byline or dateline has it from there.
CREDITED_P = 0.94
# Where no relative of a text names one and several go back to it.
UNNAMED = "unnamed source"
UNNAMED_ID = articles.ABSENT_PREFIX + UNNAMED
# It is drawn, and told of, when it is as probable as this. A judgement: it accuses two texts at
# once, and in one invented story two sources of one post, which a tree joins by way of it, were
# told to go back to one at .61.
LEAST_P_UNNAMED = 0.7
# What people are told that it is.
UNNAMED_SAID = "a source that nobody names"
# Forms that speak of the whole text.
BODY_FORMS = ("dateline", "byline_agency", "copyright", "desk")


@dataclass(frozen=True)
class Origin:
    """A source that several texts credit, present or not.

    Attributes
    ----------
    name : str
        Canonical name of the agency or outlet.
    holders : tuple of str
        Supplied articles that are its own text; empty when it is absent.
    members : tuple of str
        Articles that carry its text by credit or by equal body, holders excluded, in
        order of `Document.key`.
    credited : frozenset of str
        Those of them that say so themselves.
    """

    name: str
    holders: tuple[str, ...]
    members: tuple[str, ...]
    credited: frozenset[str]


def body_source(document: Document) -> str | None:
    """Name of the agency or other outlet that a text says it comes from.

    A name that is on no list and has no agency's form counts where it stands in a full
    dateline of a text that another house published.

    Parameters
    ----------
    document : Document

    Returns
    -------
    str or None
        Canonical; None when the text credits nobody for its body.
    """
    house = document.outlet
    agency = credits.origin_agency(document.credits)
    if agency is not None:
        is_own = house is not None and houses.means(agency, house)
        if house is None or not is_own or houses.same(agency, house):
            return agency
        return houses.canonical(house)
    for credit in document.credits:
        if credit.kind not in BODY_FORMS:
            continue
        is_own = house is not None and houses.means(credit.name, house)
        if houses.is_known(credit.name):
            # A broadcaster's own name over its own text says nothing of where that is from.
            if is_own and not houses.is_listed(credit.name):
                continue
            return houses.canonical(credit.name)
        other = house is not None and not is_own
        if credit.kind == "dateline" and other and outlets.may_serve(credit.name):
            return houses.canonical(credit.name)
    return None


def find_origins(
    documents: Sequence[Document], pairs: Mapping[tuple[str, str], Pair]
) -> list[Origin]:
    """Group texts by the source that they credit or evidently share.

    Parameters
    ----------
    documents : sequence of Document
        In order of key.
    pairs : mapping of (article_id, article_id) to Pair
        Compared pairs, by ids in order of key.

    Returns
    -------
    list of Origin
        By name; only sources with at least one member, or a holder.
    """
    own = _in_full(
        {each.article_id: body_source(each) for each in documents},
        [each.outlet for each in documents if each.outlet is not None],
    )
    by_id = {each.article_id: each for each in documents}
    names = sorted({name for name in own.values() if name is not None})
    # An outlet of the input that others credit is a source as well.
    inherited = _inherit(documents, pairs, own)
    found = []
    for name in names:
        credited = [each for each in by_id if own[each] == name]
        holders = tuple(each for each in credited if _is_holder(by_id[each], name))
        holders += tuple(
            each.article_id
            for each in documents
            if each.outlet is not None
            and houses.same(each.outlet, name)
            and each.article_id not in holders
        )
        members = tuple(
            each.article_id
            for each in documents
            if each.article_id not in holders
            and (
                own[each.article_id] == name
                or inherited.get(each.article_id) == name
                or _uses(each, name, credited, pairs)
            )
        )
        found.append(Origin(name, holders, members, frozenset(credited)))
    return found


def _in_full(own: Mapping[str, str | None], supplied: Sequence[str]) -> dict[str, str | None]:
    """Give one house one name: initials are those of a house that the story names in full."""
    names = sorted({name for name in own.values() if name is not None}, key=_small_first)
    usual: dict[str, str] = {}
    for name in names:
        full = [each for each in (*names, *sorted(supplied)) if houses.is_short_for(name, each)]
        alike = [each for each in usual.values() if houses.same(each, name)]
        usual[name] = houses.canonical(full[0]) if full else alike[0] if alike else name
    return {key: None if name is None else usual[name] for key, name in own.items()}


def _small_first(name: str) -> tuple[bool, str]:
    return name.isupper(), name


def _uses(
    document: Document, name: str, credited: Sequence[str], pairs: Mapping[tuple[str, str], Pair]
) -> bool:
    """Whether a text says that it has material of a source, and shares a client's words."""
    if not any(
        credit.kind == "contributed" and houses.same(credit.name, name)
        for credit in document.credits
    ):
        return False
    return any(
        max(pair.unquoted_a, pair.unquoted_b) >= MIN_MATERIAL_SHARE
        for key, pair in pairs.items()
        if document.article_id in key and (key[0] in credited or key[1] in credited)
    )


def _is_holder(document: Document, name: str) -> bool:
    """Whether a text that credits an agency is the agency's own copy of it.

    Without an outlet given, a text that opens with the agency's dateline and has no
    other house's marks stands for the agency's text.
    """
    if document.outlet is not None:
        return houses.same(document.outlet, name)
    return any(
        credit.kind in ("dateline", "desk") and houses.same(credit.name, name)
        for credit in document.credits
    )


def _inherit(
    documents: Sequence[Document],
    pairs: Mapping[tuple[str, str], Pair],
    own: Mapping[str, str | None],
) -> dict[str, str]:
    """Give pages without a credit the source of the credited page they share most with."""
    found: dict[str, str] = {}
    best: dict[str, float] = {}
    for (first, second), pair in sorted(
        pairs.items(), key=lambda item: (item[1].a.key, item[1].b.key)
    ):
        share = max(pair.unquoted_a, pair.unquoted_b)
        if share < MIN_INHERITED_SHARE:
            continue
        for page, other in ((first, second), (second, first)):
            name = own[other]
            if own[page] is None and name is not None and share > best.get(page, 0.0):
                found[page], best[page] = name, share
    return found


def credited_outlets(document: Document) -> list[credits.Credit]:
    """Return the credits by which a text names another outlet for a part of it.

    Parameters
    ----------
    document : Document

    Returns
    -------
    list of Credit
        One for each outlet, in order of the text; its own outlet is left out.
    """
    found: dict[str, credits.Credit] = {}
    wanted = {houses.canonical(name) for name in credits.credited_outlets(document.credits)}
    for credit in document.credits:
        name = houses.canonical(credit.name)
        if name not in wanted or credit.kind not in ("reported", "via_link"):
            continue
        if document.outlet is not None and houses.same(name, document.outlet):
            continue
        found.setdefault(name, credit)
    return list(found.values())
