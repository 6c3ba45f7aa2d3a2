import numpy as np

from lineage.attribution import found_sentences, left_open, sentence_index
from lineage.graph import links
from lineage.match import pairs

from . import invented


def looked_up(*made):
    """Every text in every other, by words."""
    documents = sorted(made, key=lambda each: each.key)
    bits = sentence_index.build(documents).bits
    found = {}
    for s, source in enumerate(documents):
        for t, target in enumerate(documents):
            if s != t:
                whole = found_sentences.by_words(
                    source, target, pairs.compare(source, target), bits
                )
                found[s, t] = found_sentences.brief(whole, bits)
    return documents, found


def reports():
    """A report, most of it again, and a stranger."""
    one = invented.report(article_id="one")
    retold = [
        line.replace(" the ", " that ") if k % 2 else line for k, line in enumerate(invented.REPORT)
    ]
    return (
        one,
        invented.report(*retold, article_id="retold"),
        invented.report(*invented.STRANGER, article_id="stranger"),
    )


class TestChoose:
    def test_sentences_of_strangers_are_left_to_words(self):
        documents, found = looked_up(*reports())
        chosen = left_open.choose(
            documents, found, dict.fromkeys(found, 1.0), links.find(documents).by_pair
        )
        stranger = [each.article_id for each in documents].index("stranger")
        assert all(stranger not in key for key in chosen.rows)

    def test_all_are_asked_for_where_nothing_may_be_left_out(self):
        documents, found = looked_up(*reports())
        chosen = left_open.choose(
            documents, found, dict.fromkeys(found, 1.0), links.find(documents).by_pair, least_p=0.0
        )
        for (s, t), (of_source, of_target) in chosen.rows.items():
            pair = found[s, t].pair
            assert of_source.tolist() == left_open.unsettled(pair, documents[s]).tolist()
            assert of_target.tolist() == left_open.unsettled(pair, documents[t]).tolist()
        stranger = [each.article_id for each in documents].index("stranger")
        assert any(stranger in key for key in chosen.rows)

    def test_parents_are_asked_for_whatever_words_say(self):
        documents, found = looked_up(*reports())
        stranger = [each.article_id for each in documents].index("stranger")
        wanted = dict.fromkeys(found, 1.0)
        parent = stranger, (stranger + 1) % 3
        wanted[parent] = np.inf
        chosen = left_open.choose(documents, found, wanted, links.find(documents).by_pair)
        assert {parent, parent[::-1]} <= set(chosen.rows)
        assert next(iter(chosen.rows)) in (parent, parent[::-1])

    def test_no_more_are_asked_for_than_there_is_room_for(self):
        documents, found = looked_up(*reports())
        for room in (0, 6, 12):
            chosen = left_open.choose(
                documents,
                found,
                dict.fromkeys(found, 1.0),
                links.find(documents).by_pair,
                max_embedded=room,
                least_p=0.0,
            )
            asked = [np.zeros(len(each.roles), dtype=bool) for each in documents]
            for (s, t), (of_source, of_target) in chosen.rows.items():
                asked[s] |= of_source
                asked[t] |= of_target
            assert sum(int(each.sum()) for each in asked) <= room

    def test_what_there_is_no_room_for_is_told(self):
        documents, found = looked_up(*reports())
        wanted, nats = dict.fromkeys(found, 1.0), links.find(documents).by_pair
        everything = left_open.choose(documents, found, wanted, nats, least_p=0.0)
        assert everything.no_room == frozenset()
        some = left_open.choose(documents, found, wanted, nats, max_embedded=12, least_p=0.0)
        assert some.no_room == set(everything.rows) - set(some.rows) != set()


class TestUnsettled:
    def test_agrees_with_counting_the_words_of_each_sentence(self):
        one, retold, stranger = reports()
        for other in (retold, stranger):
            pair = pairs.compare(one, other)
            for document in (one, other):
                covered = pair.covered(document)
                slow = [len(k) > 0 and covered[k].mean() < 0.85 for k in document.sentence_words]
                assert left_open.unsettled(pair, document).tolist() == slow

    def test_boilerplate_is_not_of_the_story(self):
        page = invented.report(*invented.REPORT[:2], roles=["body", "boilerplate"])
        pair = pairs.compare(page, invented.report(*invented.STRANGER))
        assert left_open.unsettled(pair, page).tolist() == [True, False]
