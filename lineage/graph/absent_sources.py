"""Sources that were not handed in: agencies behind siblings, outlets credited by name.

Two pages with the same agency text and no agency original among the inputs are
siblings. The agency gets a node of its own, and each page one more possible parent.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .. import tables
from ..match.document import Document
from ..match.pairs import Pair
from ..page import credits, outlets, publishers, releases
from . import graph_settings

# Whom a text credits for a part has been read by its writer: so surely where it reports or is
# linked to; what was told or put out in a statement others can have had too; and of material that
# was used nobody says where in the text it went, which is not enough to draw a source.
PART_P = {
    "reported": 0.94,
    "via_link": 0.94,
    "dateline": 0.94,
    "quoted": 0.85,
    "told": 0.75,
    "contributed": 0.4,
    "release": 0.75,
}
# What a release is called among the sources.
RELEASE_OF = "release of "
# Where no relative of a text names one and several go back to it.
UNNAMED = "unnamed source"
UNNAMED_ID = tables.ABSENT_PREFIX + UNNAMED
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
    dateline of a text that another publisher published.

    Parameters
    ----------
    document : Document

    Returns
    -------
    str or None
        Canonical; None when the text credits nobody for its body.
    """
    publisher = document.outlet
    agency = credits.origin_agency(document.credits)
    if agency is not None:
        is_own = publisher is not None and publishers.means(agency, publisher)
        if publisher is None or not is_own or publishers.same(agency, publisher):
            return agency
        return publishers.canonical(publisher)
    for credit in document.credits:
        if credit.kind not in BODY_FORMS:
            continue
        is_own = publisher is not None and publishers.means(credit.name, publisher)
        if publishers.is_known(credit.name):
            # A broadcaster's own name over its own text says nothing of where that is from.
            if is_own and not publishers.is_listed(credit.name):
                continue
            return publishers.canonical(credit.name)
        other = publisher is not None and not is_own
        if credit.kind == "dateline" and other and outlets.may_serve(credit.name):
            return publishers.canonical(credit.name)
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
            and publishers.same(each.outlet, name)
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
    """Give a publisher one name: initials are of one that the story names in full."""
    names = sorted({name for name in own.values() if name is not None}, key=_small_first)
    usual: dict[str, str] = {}
    for name in names:
        full = [each for each in (*names, *sorted(supplied)) if publishers.is_short_for(name, each)]
        alike = [each for each in usual.values() if publishers.same(each, name)]
        usual[name] = publishers.canonical(full[0]) if full else alike[0] if alike else name
    return {key: None if name is None else usual[name] for key, name in own.items()}


def _small_first(name: str) -> tuple[bool, str]:
    return name.isupper(), name


def _uses(
    document: Document, name: str, credited: Sequence[str], pairs: Mapping[tuple[str, str], Pair]
) -> bool:
    """Whether a text says that it has material of a source, and shares a client's words."""
    if not any(
        credit.kind == "contributed" and publishers.same(credit.name, name)
        for credit in document.credits
    ):
        return False
    return any(
        max(pair.unquoted_a, pair.unquoted_b) >= graph_settings.MIN_MATERIAL_SHARE
        for key, pair in pairs.items()
        if document.article_id in key and (key[0] in credited or key[1] in credited)
    )


def _is_holder(document: Document, name: str) -> bool:
    """Whether a text that credits an agency is the agency's own copy of it.

    Without an outlet given, a text that opens with the agency's dateline and has no
    other publisher's marks stands for the agency's text.
    """
    if document.outlet is not None:
        return publishers.same(document.outlet, name)
    return any(
        credit.kind in ("dateline", "desk") and publishers.same(credit.name, name)
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
        if share < graph_settings.MIN_INHERITED_SHARE:
            continue
        for page, other in ((first, second), (second, first)):
            name = own[other]
            if own[page] is None and name is not None and share > best.get(page, 0.0):
                found[page], best[page] = name, share
    return found


@dataclass(frozen=True)
class Part:
    """A source that a text credits for a part of it.

    Attributes
    ----------
    name : str
        Usual name of the publisher, or `releases.UNNAMED`, or "release of" who issued it.
    credit : Credit
        The first that names it.
    p : float
        How probable it is that the part is from there, before other texts are looked at.
    """

    name: str
    credit: credits.Credit
    p: float


def credited_parts(document: Document) -> list[Part]:
    """List whom a text credits for a part of it: a sentence, words, material, a release.

    Parameters
    ----------
    document : Document

    Returns
    -------
    list of Part
        One for each source, in order of the text. A publisher's own credit is none, and whom a
        text is from as a whole is none. Who was told something is the source of those words
        in the text of another publisher, and less surely where nobody is known to have published
        it and nothing else in it is a sign of whose it is.
    """
    whole = body_source(document)
    found: dict[str, Part] = {}
    for credit in document.credits:
        if credit.kind not in PART_P or credit.is_own:
            continue
        name = _name_of_part(credit)
        if whole is not None and publishers.same(name, whole):
            continue
        if not _may_be_part(document, credit, whole):
            continue
        p = PART_P[credit.kind]
        if credit.kind == "release" and _is_of_quote(document, credit):
            p = graph_settings.QUOTED_RELEASE_P
        if credit.kind == "told" and document.outlet is None:
            p = graph_settings.TOLD_BY_NOBODY_P
        key = publishers.key(name)
        if key not in found or found[key].p < p:
            found[key] = Part(found[key].name if key in found else name, credit, p)
    return list(found.values())


def _is_of_quote(document: Document, credit: credits.Credit) -> bool:
    """Whether the sentence of a credit is somebody's words, most of it."""
    for (start, end), words in zip(document.spans, document.sentence_words, strict=True):
        if start <= credit.start < end and len(words) > 0:
            return bool(document.quoted[words].mean() > graph_settings.MOSTLY)
    return False


def _name_of_part(credit: credits.Credit) -> str:
    if credit.kind != "release":
        return publishers.canonical(credit.name)
    # "the company", "la préfecture" and "die Reederei" are what somebody is, and no name.
    return RELEASE_OF + credit.name if _is_proper(credit.name) else releases.UNNAMED


def _may_be_part(document: Document, credit: credits.Credit, whole: str | None) -> bool:
    if credit.kind == "release":
        return document.outlet is None or not publishers.same(credit.name, document.outlet)
    if credit.kind == "dateline":
        # The second one of "(Reuters/AP)"; alone it speaks of the whole, or of the page's own.
        return whole is not None and outlets.is_agency(credit.name)
    if credit.kind == "contributed":
        # "With material from dpa"; people of an agency who "contributed" made no text of its own.
        line = document.text[credit.start : credit.end]
        return outlets.is_agency(credit.name) and re.search(r"\bcontribut", line) is None
    return credit.kind != "told" or not _is_signed(document, credit.name)


def _is_signed(document: Document, name: str) -> bool:
    """Whether a text without a publisher has a sign that it is of whoever it names."""
    return document.outlet is None and any(
        credit.kind in (*BODY_FORMS, "call_sign") and publishers.same(credit.name, name)
        for credit in document.credits
    )


def parts_of_family(documents: Sequence[Document]) -> dict[str, list[Part]]:
    """List whom each text of a family credits for a part of it.

    Parameters
    ----------
    documents : sequence of Document

    Returns
    -------
    dict of str to list of Part
        By article, see `credited_parts`. Where the family names one issuer of a release by
        name, "the charity" and "she said in a statement" mean that one.
    """
    found = {each.article_id: credited_parts(each) for each in documents}
    named = {
        part.name
        for parts in found.values()
        for part in parts
        if part.credit.kind == "release" and _is_proper(part.credit.name)
    }
    only = named.pop() if len(named) == 1 else None
    return {article: _with_issuer(parts, only) for article, parts in found.items()}


def _with_issuer(parts: Sequence[Part], only: str | None) -> list[Part]:
    """Give releases the one issuer that the family names, or the unnamed that of their text."""
    of_text = [part.name for part in parts if part.name.startswith(RELEASE_OF)]
    found: dict[str, Part] = {}
    for part in parts:
        name = part.name
        if part.credit.kind == "release":
            unnamed = name == releases.UNNAMED
            name = only or (of_text[0] if unnamed and of_text else name)
        if name not in found or found[name].p < part.p:
            found[name] = dataclasses.replace(part, name=name)
    return list(found.values())


def _is_proper(issuer: str) -> bool:
    return issuer != releases.UNNAMED and not releases.is_common(issuer)


def release_behind(members: Sequence[str], parts: Mapping[str, Sequence[Part]]) -> str | None:
    """Name the release that texts with an unnamed source in common go back to.

    Parameters
    ----------
    members : sequence of str
        The texts.
    parts : mapping of str to sequence of Part
        See `parts_of_family`.

    Returns
    -------
    str or None
        The one release that a share `MIN_NAMING_SHARE` of them credit, and `MIN_NAMING` at the
        least; None where there is none, or several.
    """
    naming = [
        {part.name for part in parts.get(each, ()) if part.credit.kind == "release"}
        for each in members
    ]
    named = set().union(*naming) if naming else set()
    n_naming = sum(len(each) > 0 for each in naming)
    if len(named) != 1 or n_naming < max(
        graph_settings.MIN_NAMING, graph_settings.MIN_NAMING_SHARE * len(members)
    ):
        return None
    return named.pop()
