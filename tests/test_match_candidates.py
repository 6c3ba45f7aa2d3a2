import random

from lineage.match import background, candidates, match_settings

from . import made

WORDS = (
    "anchor barley cedar dowry ember fallow gannet hollow ingot jetty kelp lantern marrow nettle "
    "otter pewter quarry rudder sorrel thistle umber vellum willow yarrow zinc"
).split()


def collection(n):
    """Texts of chance words; the last is made of the first."""
    dice = random.Random(4)
    texts = {f"t{k:03}": " ".join(dice.choices(WORDS, k=30)) + "." for k in range(n)}
    first = "The ferryman Tobiah Renn lost his licence over a crate of smuggled saffron."
    texts["t000"] = first
    texts[f"t{n - 1:03}"] = "A crate of smuggled saffron cost Tobiah Renn his licence, he said."
    return made.documents(**texts)


def ids(documents, pairs):
    names = list(documents)
    return {frozenset((names[a], names[b])) for a, b in pairs.tolist()}


class TestFind:
    def test_a_small_collection_is_compared_whole(self):
        known = background.build(list(collection(20).values()))
        assert len(candidates.find(known)) == 190

    def test_relatives_are_found_among_many(self):
        documents = collection(120)
        found = candidates.find(background.build(list(documents.values())))
        assert frozenset(("t000", "t119")) in ids(documents, found)

    def test_pairs_grow_with_the_texts_and_not_with_their_square(self):
        known = background.build(list(collection(160).values()))
        most = match_settings.BEST_BY_WEIGHT + match_settings.BEST_BY_SHARE
        assert len(candidates.find(known)) <= 160 * most

    def test_order_of_texts_does_not_matter(self):
        documents = collection(100)
        turned = dict(reversed(documents.items()))
        one = candidates.find(background.build(list(documents.values())))
        other = candidates.find(background.build(list(turned.values())))
        assert ids(documents, one) == ids(turned, other)

    def test_one_text_has_no_pair(self):
        documents = made.documents(a="The ferry is late.")
        assert candidates.find(background.build(list(documents.values()))).shape == (0, 2)
