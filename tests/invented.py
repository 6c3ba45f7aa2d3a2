"""Short invented texts compiled for the stages: documents, pairs, evidence. No files, no model."""

import itertools
import zlib

import numpy as np
import pandas as pd

from lineage import tables
from lineage.attribution import attribute, found_sentences, measures, sentence_index
from lineage.evidence import gather
from lineage.io import articles
from lineage.match import document, pairs
from lineage.page import sentence_roles as page_roles
from lineage.text import sentences

# A report in the voice of its writer: nothing in it is quoted, credited or dated.
REPORT = (
    "Fishermen found a leaking barge in the harbour of Ostrell, three miles below the old ferry.",
    "The barge Brackwater, registered in Lathmoor, carried diesel for ploughs and had no crew.",
    "Divers closed two valves before dusk and towed the vessel to a disused quay at Pellworth.",
    "Minister Ines Calloway ordered an inquiry into the owners, a company called Tessaly Freight.",
    "Oyster growers along the estuary fear that slicks will reach their beds within a week.",
    "A similar leak closed the fishery for eleven months and ruined nineteen families of growers.",
    "Marine biologist Jonas Thackeray counted forty oiled cormorants on the sandbank of Skell.",
    "The harbour council keeps only one boom, which is shorter than the mouth of the estuary.",
)
# What a second writer adds; nothing of it is in the report.
ADDED = (
    "Schools in Marrowby opened their gymnasiums for volunteers who scrub gulls with dish soap.",
    "A brewery lent its lorries so that straw could be spread over the shingle overnight.",
    "Retired pilot Agatha Renwick flew her seaplane above the slick and sketched its outline.",
)
# Another report of the same event, in another order and in words of its own.
INDEPENDENT = (
    "Nineteen households lost their income when oil last fouled these oysters, records show.",
    "Nobody was on board the drifting tank boat that dripped fuel near Ostrell, officials said.",
    "Inspectors want to know who at Tessaly Freight let her drift, Calloway told parliament.",
    "Dozens of blackened birds lie around Skell, by one naturalist's tally.",
)
# The first sentence of the second text is the first one of the first, with a clause of the
# second one set into it.
BRIDGE = (
    "The bridge over the Tarn at Oddmoor will be torn down in the spring, the council decided.",
    "It had carried trams since 1902 and buses since 1950, and was closed to both last year.",
    "Rust had eaten through nine of the forty girders, the county engineer told the councillors.",
    "A new crossing is to cost 31 million pounds, and the ferry at Pellow Steps runs until then.",
    "Shopkeepers in Bell Street fear that nobody will come over the water for a loaf of bread.",
)
INSET = (
    "The bridge over the Tarn at Oddmoor, which had carried trams since 1902, will be torn down "
    "in the spring.",
    *BRIDGE[2:],
)
# Another story altogether.
STRANGER = (
    "Librarians at Quarrendon abolished fines after a choir returned hymnals borrowed in 1962.",
    "The reading room will stay heated through winter, treasurer Osric Bellamy promised.",
    "Borrowers returned eleven thousand novels, two atlases and a stuffed heron in a fortnight.",
    "Carpenters are now building shelves from the pews of a chapel that closed last autumn.",
)

POLARITIES = ("longer", "shorter")


def text(*lines):
    return "\n".join(lines)


def derived(polarity, lines=REPORT):
    """Lines of a text made from others: with additions at its end, or with its end cut off."""
    return (*lines, *ADDED) if polarity == "longer" else tuple(lines[:5])


def inserted(line, lines, at=2):
    return (*lines[:at], line, *lines[at:])


def compiled(text, *, roles=None, **given):
    """Compile one text, if need be with the roles of its sentences said outright."""
    table = articles.prepare(pd.DataFrame([{"text": text, **given}]))
    (article_id,) = table["article_id"]
    rows = [
        {
            "sentence_id": f"{article_id}:{position}",
            "article_id": article_id,
            "position": position,
            "start": start,
            "end": end,
            "text": text[start:end],
            "role": "body",
        }
        for position, (start, end) in enumerate(sentences.split_sentences(text))
    ]
    found = page_roles.assign_roles(tables.build("sentences", rows), table)
    if roles is not None:
        assert len(roles) == len(found), found["text"].tolist()
        found["role"] = pd.Series(list(roles), dtype="string")
    (only,) = document.build(table, found).values()
    return only


def report(*lines, **given):
    """Compile lines, those of the report if none are given."""
    return compiled(text(*(lines or REPORT)), **given)


def looked_up(source, target, p_from=1.0, *, is_kept=True, vectors=(None, None)):
    """One text looked up in another, as `attribute` takes it."""
    match = pairs.match_sentences(source, target, *vectors)
    parent = measures.Parent(source, pairs.compare(source, target), match)
    bits = sentence_index.build([source, target]).bits
    found = found_sentences.answer(target, parent, bits)
    return attribute.Source(found, np.full(len(target.roles), p_from), is_kept)


def weighed(one, other, vectors=None):
    """All evidence on two documents; without vectors by their words alone."""
    screened = gather.screen(pairs.compare(one, other))
    return gather.gather(screened, _no_vectors if vectors is None else vectors)


def _no_vectors(document, rows=None):
    return None


def ask(signal, source, target):
    """What a signal says of `source` as the older one."""
    return signal(source, target, pairs.compare(source, target))


def both_ways(signal, source, target):
    """The one row for the right direction, after seeing that the other has none."""
    assert ask(signal, target, source) == []
    (found,) = ask(signal, source, target)
    assert found.about == "direction"
    assert found.weight_bits > 0
    return found


def story(*made, vectors=None):
    """Documents in order of key, their places, and the evidence of every pair."""
    ordered = sorted(made, key=lambda each: each.key)
    place = {each.article_id: k for k, each in enumerate(ordered)}
    found = {
        (one.article_id, other.article_id): weighed(one, other, vectors)
        for one, other in itertools.combinations(ordered, 2)
    }
    return ordered, place, found


def rows_of(ordered, place, found):
    """Evidence for every way to draw an edge, as lists that stages add to."""
    rows = {}
    for (first, second), each in found.items():
        rows[first, second] = list(each.rows(ordered[place[first]]))
        rows[second, first] = list(each.rows(ordered[place[second]]))
    return rows


def signal(rows, name):
    return [row for row in rows if row.signal == name]


def words_at(document, span):
    """The words that evidence points at; None where it points at none."""
    return None if span is None else document.text[slice(*span)]


class Meanings:
    """Embeds a sentence by the ideas in it: words of one group are one idea.

    Deterministic, and no model: a word without a group is an idea of its own.
    """

    def __init__(self, *groups, n_dimensions=256):
        self._idea = {word: group[0] for group in groups for word in group}
        self._n = n_dimensions

    def encode(self, texts):
        rows = np.zeros((len(texts), self._n), dtype=np.float32)
        for row, each in zip(rows, texts, strict=True):
            for word in each.casefold().replace(".", " ").replace(",", " ").split():
                row[zlib.crc32(self._idea.get(word, word).encode()) % self._n] += 1.0
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return rows / np.where(lengths > 0, lengths, 1.0)

    def __call__(self, document, rows=None):
        return self.encode(document.sentences["text"].tolist())


def bridge():
    """Frame of the two texts, ready to be traced."""
    texts = {"wire": BRIDGE, "post": INSET}
    rows = [
        {"article_id": name, "text": "\n".join(lines), "outlet": f"Oddmoor {name}"}
        for name, lines in texts.items()
    ]
    return pd.DataFrame(rows)
