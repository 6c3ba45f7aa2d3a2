"""One simulated story: who reported, who rewrote whom, and the texts that came of it."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import random
from collections.abc import Sequence
from typing import Any

from . import drafts, rewriting, templates

Pair = tuple[str, str]

SET = "simulated"

# How a story came about, and how often.
PLANS = {"wire": 0.35, "hidden": 0.25, "live": 0.2, "fusion": 0.2}

N_OUTLETS = 400

# More than any plan uses.
_N_FREE_OUTLETS = 24

_FIRST_DAY = datetime.date(2012, 1, 1)
_N_DAYS = 4500

_P_INDEPENDENT = 0.6
_P_UNRELATED = 0.35
_P_BRITISH = 0.3
_P_CURLY = 0.4
_P_AGENCY_WRITES = 0.8
_P_CREDIT_CUT = 0.5
_P_CREDIT_ADDED = 0.3
_P_EITHER = 0.35
_P_BOILERPLATE = 0.7
_P_FROM_ROOT = 0.5

# Rules that change the length often miss (nothing left to cut, nothing new to add); after so
# many tries a copy keeps the length that it has.
_N_TRIES = 12


@dataclasses.dataclass(frozen=True)
class Node:
    """A text of a story.

    Attributes
    ----------
    name : str
    document : Document
    at : datetime
        Of publication, UTC.
    voice : int
        Of its lineage; -1 if it is about something else.
    parents : tuple of str
        Names of the nodes that it was made from.
    operations : tuple of str
        Names of the rules that made it.
    origin : str or None
        Agency that the text came from, at the root of its lineage.
    hidden : bool
        Whether it is left out of the case.
    """

    name: str
    document: drafts.Document
    at: datetime.datetime
    voice: int
    parents: tuple[str, ...] = ()
    operations: tuple[str, ...] = ()
    origin: str | None = None
    hidden: bool = False


def make(seed: int, index: int, *, most: int | None = None) -> dict[str, Any]:
    """Make a story as a case.

    Parameters
    ----------
    seed, index : int
        The same two give the same story, in any process and however many are made.
    most : int, optional
        Leave out articles above this number, those made last.

    Returns
    -------
    dict
        A case as docs/cases.md describes it, ``complete``, of the set ``simulated``,
        with ``absent`` (sources left out, and which texts come from them) and
        ``operations`` (what was done on each edge). Never to be quoted as accuracy.
    """
    # Seeded by text: random.Random hashes it, so neighboring numbers give unlike stories.
    rng = random.Random(f"lineage/{seed}/{index}")
    (plan,) = rng.choices(list(PLANS), list(PLANS.values()))
    day = _FIRST_DAY + datetime.timedelta(days=rng.randrange(_N_DAYS))
    nodes = _Newsroom(rng, seed, day, rng.choice(templates.stock().events)).run(plan)
    if most is not None:
        shown = [each for each in nodes if not each.hidden][:most]
        kept = {each.name for each in shown}
        nodes = [each for each in nodes if each.hidden or each.name in kept]
    return _case(nodes, f"story-{index:07d}/{plan}", rng)


@functools.lru_cache(maxsize=4096)
def outlet(seed: int, number: int) -> drafts.Outlet:
    """Return one of the seed's publishers: the same name, style and boilerplate in every story."""
    rng = random.Random(f"lineage/{seed}/outlet/{number}")
    names = templates.stock().names
    town = rng.choice(names["town_starts"]) + rng.choice(names["town_ends"])
    name = f"{town} {rng.choice(names['outlet_ends'])}"
    return drafts.Outlet(
        name=name,
        british=rng.random() < _P_BRITISH,
        curly=rng.random() < _P_CURLY,
        blank_lines=rng.random() < 0.5,
        head=(name, *rng.sample(names["heads"], rng.randint(0, 2))),
        foot=(*rng.sample(names["feet"], rng.randint(1, 3)), f"Copyright {name}"),
    )


@dataclasses.dataclass(frozen=True)
class _Draft:
    """A rewritten text and the rules that made it."""

    document: drafts.Document
    done: tuple[str, ...]


class _Newsroom:
    """Grows the texts of one story."""

    def __init__(
        self, rng: random.Random, seed: int, day: datetime.date, event: templates.Event
    ) -> None:
        self.rng = rng
        self.seed = seed
        self.nodes: list[Node] = []
        self.texts: set[str] = set()
        self.free_outlets = rng.sample(range(N_OUTLETS), _N_FREE_OUTLETS)
        self.day = day
        self.world = world(rng, day, event)
        self.desks = [
            rewriting.Desk(rng, voice, self._all_there_is()) for voice in range(templates.N_VOICES)
        ]

    def run(self, plan: str) -> list[Node]:
        """Follow a plan; texts are made in an order in which parents come first."""
        rng = self.rng
        wired = plan == "hidden" or (plan != "live" and rng.random() < _P_AGENCY_WRITES)
        first = self._report(0, agency=wired)
        if plan == "live":
            self._versions(first, rng.randint(2, 5))
        elif plan == "fusion":
            other = self._report(1, agency=False)
            fused = self._fuse(first, other)
            self._copies([first, other, fused], rng.randint(1, 3))
        else:
            self._copies([first], rng.randint(3 if plan == "hidden" else 2, 5))
        if plan == "hidden":
            self.nodes[0] = dataclasses.replace(self.nodes[0], hidden=True)
        if plan != "fusion" and rng.random() < _P_INDEPENDENT:
            own = self._report(1, agency=False)
            self._copies([own], rng.randint(0, 1))
        if rng.random() < _P_UNRELATED:
            self._something_else()
        return self.nodes

    def _all_there_is(self) -> list[tuple[str, str]]:
        """Everything that a lineage may come to tell, in an order of its own."""
        things = [(drafts.BACKGROUND, each.name) for each in templates.stock().background]
        things += [(drafts.QUOTE, str(k)) for k in range(len(self.world.event.quotes))]
        self.rng.shuffle(things)
        return [*things, (drafts.EVENT, "update")]

    def _report(self, voice: int, *, agency: bool) -> Node:
        """Somebody's own report."""
        rng, desk = self.rng, self.desks[voice]
        facts = [each.name for each in self.world.event.facts]
        inner = [name for name in facts if name not in ("lead", "waiting", "answer", "update")]
        told = rng.sample(inner, rng.randint(len(inner) - 3, len(inner) - 1))
        if voice == 0:
            told.sort(key=inner.index)
        sentences = [
            drafts.Sentence(drafts.EVENT, name, voice, desk.pick()) for name in ("lead", *told)
        ]
        desk.fresh.remove((drafts.EVENT, "update"))
        extra = desk.tell(rng.randint(2, 4))
        desk.fresh.append((drafts.EVENT, "update"))
        for each in extra:
            sentences.insert(rng.randint(2, len(sentences)), each)
        if rng.random() < 0.7:
            sentences.append(drafts.Sentence(drafts.EVENT, "waiting", voice, desk.pick()))
        size = rng.choice((1, 1, 2))
        publisher = self._outlet()
        names = templates.stock().names
        wire = rng.choice(names["agencies"]) if agency else None
        reporter = _person(rng)
        town = str(self.world.values["town"])
        document = drafts.Document(
            world=self.world,
            headline=rng.randrange(len(self.world.event.headlines)),
            paragraphs=tuple(
                tuple(sentences[k : k + size]) for k in range(0, len(sentences), size)
            ),
            outlet=publisher,
            british=publisher.british and wire is None,
            curly=publisher.curly and wire is None,
            boilerplate=wire is None,
            dateline=None
            if wire is None
            else f"{town.upper()}, {self.day:%B} {self.day.day} ({wire}) - ",
            byline=f"By {reporter}" if wire is None else f"By {reporter}, {wire}",
            last_line=None if wire is None else f"Copyright {self.day.year} {wire}",
        )
        if wire is not None:
            document = dataclasses.replace(
                document, outlet=dataclasses.replace(publisher, name=wire, head=(), foot=())
            )
        start = datetime.datetime.combine(self.day, datetime.time(9), datetime.UTC)
        at = start + datetime.timedelta(minutes=rng.randrange(600))
        return self._add(document, at, voice, (), ("report",), origin=wire)

    def _copies(self, pool: Sequence[Node], n: int) -> None:
        """Let others take the story over, from the first reports or from each other."""
        pool = [*pool]
        roots = len(pool)
        for _ in range(n):
            inside = pool[:roots] if self.rng.random() < _P_FROM_ROOT else pool
            made = self._rewrite(self.rng.choice(inside), self._outlet())
            if made is not None:
                pool.append(made)

    def _versions(self, first: Node, n: int) -> None:
        """One page, again and again: new on top, cut at the bottom."""
        at = first
        for _ in range(n):
            made = self._rewrite(at, at.document.outlet)
            at = at if made is None else made
        if self.rng.random() < 0.5:
            self._copies([self.rng.choice(self.nodes)], 1)

    def _rewrite(self, parent: Node, publisher: drafts.Outlet) -> Node | None:
        """Make a text from another, shorter or longer at even odds."""
        desk = self.desks[parent.voice]
        longer = self.rng.random() < 0.5
        for _ in range(_N_TRIES):
            before = list(desk.fresh)
            draft = self._draft(parent, publisher, desk, longer=longer)
            if draft is not None and self._is_new(draft.document, parent, longer=longer):
                at = parent.at + datetime.timedelta(minutes=self.rng.randrange(20, 900))
                return self._add(
                    draft.document, at, parent.voice, (parent.name,), draft.done, parent.origin
                )
            desk.fresh[:] = before
        return None

    def _draft(
        self,
        parent: Node,
        publisher: drafts.Outlet,
        desk: rewriting.Desk,
        *,
        longer: bool,
    ) -> _Draft | None:
        rule = self.rng.choice(rewriting.LONGER if longer else rewriting.SHORTER)
        changed = rule(parent.document, desk)
        if changed is None:
            return None
        done = [rule.__name__]
        changed = dataclasses.replace(changed, outlet=publisher)
        for other in rewriting.EITHER:
            further = other(changed, desk) if self.rng.random() < _P_EITHER else None
            if further is not None:
                changed = further
                done.append(other.__name__)
        return self._published(_Draft(changed, tuple(done)), parent)

    def _is_new(self, document: drafts.Document, parent: Node, *, longer: bool) -> bool:
        grown = drafts.n_words(document) - drafts.n_words(parent.document)
        return (grown > 0 if longer else grown < 0) and drafts.text(document) not in self.texts

    def _published(self, draft: _Draft, parent: Node) -> _Draft:
        """Put a text on its publisher's page: boilerplate, and what becomes of the credits."""
        rng = self.rng
        document, done = draft.document, draft.done
        if document.outlet == parent.document.outlet:
            return draft
        document = dataclasses.replace(document, boilerplate=rng.random() < _P_BOILERPLATE)
        own = f"By {_person(rng)}"
        if parent.origin is None:
            return _Draft(dataclasses.replace(document, byline=own), done)
        if rng.random() < _P_CREDIT_CUT:
            document = dataclasses.replace(document, dateline=None, byline=own, last_line=None)
            done = (*done, "cut_credit")
        if rng.random() < _P_CREDIT_ADDED:
            said = f"With material from {parent.origin}"
            document = dataclasses.replace(document, last_line=said)
            done = (*done, "add_credit")
        return _Draft(document, done)

    def _fuse(self, one: Node, other: Node) -> Node:
        desk = self.desks[0]
        publisher = self._outlet()
        document = rewriting.fuse(one.document, other.document, desk)
        document = dataclasses.replace(
            document,
            outlet=publisher,
            boilerplate=True,
            dateline=None,
            byline=f"By {_person(self.rng)}",
            last_line=None,
        )
        done: tuple[str, ...] = ("fuse",)
        if self.rng.random() < 0.5:
            changed = rewriting.paraphrase(document, desk)
            if changed is not None:
                document, done = changed, (*done, "paraphrase")
        minutes = self.rng.randrange(30, 900)
        at = max(one.at, other.at) + datetime.timedelta(minutes=minutes)
        return self._add(document, at, 0, (one.name, other.name), done, origin=None)

    def _something_else(self) -> None:
        """Another event on a page of a publisher that the story has too."""
        rng = self.rng
        used = [each for each in self.nodes if each.document.outlet.foot]
        publisher = rng.choice(used).document.outlet if used else self._outlet()
        # Not the same kind of event: two warehouses may burn, but nobody could tell.
        others = [each for each in templates.stock().events if each.name != self.world.event.name]
        elsewhere = _Newsroom(rng, self.seed, self.day, rng.choice(others))
        node = elsewhere._report(rng.randrange(templates.N_VOICES), agency=False)
        document = dataclasses.replace(node.document, outlet=publisher)
        self._add(document, node.at, -1, (), ("report",), origin=None)

    def _outlet(self) -> drafts.Outlet:
        return outlet(self.seed, self.free_outlets.pop())

    def _add(
        self,
        document: drafts.Document,
        at: datetime.datetime,
        voice: int,
        parents: tuple[str, ...],
        operations: tuple[str, ...],
        origin: str | None,
    ) -> Node:
        node = Node(f"n{len(self.nodes)}", document, at, voice, parents, operations, origin)
        self.nodes.append(node)
        self.texts.add(drafts.text(document))
        return node


def world(rng: random.Random, day: datetime.date, event: templates.Event) -> drafts.World:
    """Draw the place, people and numbers of an event.

    Parameters
    ----------
    rng : Random
    day : date
        Of the event.
    event : Event

    Returns
    -------
    World
    """
    names = templates.stock().names
    town = rng.choice(names["town_starts"]) + rng.choice(names["town_ends"])
    values: dict[str, object] = {
        "town": town,
        "county": f"{rng.choice(names['town_starts'])} County",
        "river": rng.choice(names["rivers"]),
        "street": rng.choice(names["streets"]),
        "weekday": f"{day:%A}",
        "next_day": f"{day + datetime.timedelta(days=1):%A}",
        "month": rng.choice(names["months"]),
        "company": f"{rng.choice(names['company_starts'])} {rng.choice(names['company_ends'])}",
        "chief_title": rng.choice(names["chief_titles"]),
        "official_title": rng.choice(names["official_titles"]),
        "residents": _number(rng, 11200, 389000),
        "miles": _number(rng, 23, 188),
        "calls": _number(rng, 110, 890),
        "decade": _number(rng, 11, 38),
        "pupils": _number(rng, 210, 1890),
    }
    for role in ("chief", "official", "witness", "expert"):
        values[role] = _person(rng)
    values |= {
        "chief_role": f"the {str(values['chief_title']).lower()} in charge",
        "official_role": f"{str(values['official_title']).lower()} of {town}",
        "witness_role": f"who lives on {values['street']}",
    }
    for name, (low, high) in event.numbers.items():
        values[name] = _number(rng, low, high)
    for name, options in event.words.items():
        values[name] = rng.choice(options)
    return drafts.World(event, values)


def _person(rng: random.Random) -> str:
    names = templates.stock().names
    return f"{rng.choice(names['first_names'])} {rng.choice(names['last_names'])}"


def _number(rng: random.Random, low: int, high: int) -> int:
    """A number with a last digit that rounding takes away."""
    drawn = rng.randint(low, high)
    return drawn if drawn % 10 else drawn + rng.randint(1, 9)


def _case(nodes: Sequence[Node], name: str, rng: random.Random) -> dict[str, Any]:
    shown = [each for each in nodes if not each.hidden]
    shuffled = rng.sample(shown, len(shown))
    ids = {each.name: f"d{k:02d}" for k, each in enumerate(shuffled)}
    above: dict[str, set[str]] = {}
    for each in nodes:
        above[each.name] = set(each.parents).union(*(above[p] for p in each.parents))
    pairs: dict[str, list[list[str]]] = {"siblings": [], "independent": [], "unrelated": []}
    for k, one in enumerate(shuffled):
        for other in shuffled[k + 1 :]:
            if one.name in above[other.name] or other.name in above[one.name]:
                continue
            if one.voice == -1 or other.voice == -1:
                kind = "unrelated"
            elif above[one.name] & above[other.name]:
                kind = "siblings"
            else:
                kind = "independent"
            pairs[kind].append([ids[one.name], ids[other.name]])
    edges = [(parent, each) for each in shown for parent in each.parents if parent in ids]
    return {
        "set": SET,
        "case": name,
        "complete": True,
        "articles": [
            {
                "id": ids[each.name],
                "title": drafts.title(each.document),
                "outlet": each.document.outlet.name,
                "published_at": each.at.isoformat(timespec="minutes"),
                "text": drafts.text(each.document),
            }
            for each in shuffled
        ],
        "edges": sorted([ids[parent], ids[each.name]] for parent, each in edges),
        **{kind: sorted(listed) for kind, listed in pairs.items()},
        "origins": {
            ids[each.name]: "publisher-own" if each.origin is None else f"other:{each.origin}"
            for each in shuffled
        },
        "absent": [
            {
                "name": each.document.outlet.name,
                "children": sorted(ids[c.name] for c in shown if each.name in c.parents),
            }
            for each in nodes
            if each.hidden
        ],
        "operations": sorted(
            [ids[parent], ids[each.name], list(each.operations)] for parent, each in edges
        ),
    }
