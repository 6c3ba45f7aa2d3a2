"""Two short texts that have nothing to do with each other, alone in a folder, and two that have."""

import itertools

import pandas as pd
import pytest

import lineage

# Ten events, each told once: of one sentence to five.
ITEMS = {
    "bridge": "The old bridge of oak was opened again by the mayor at noon. Ninety singers "
    "stood in the rain until the lamps were lit. A barge with salt waited below the "
    "lock for the tide.",
    "school": "Swallows nest under the roof of the school, and the teacher writes their number "
    "on a board. Two goats broke into the chapel, ate the candles and slept on the "
    "altar cloth until evening prayers.",
    "profit": "Pellam Foods said profit fell 12 percent in the third quarter because sugar had "
    "become dearer. The company kept its forecast for the year. Its shares lost 3 "
    "percent.",
    "fire": "A fire destroyed a furniture store in Osterby on Monday night.",
    "court": "A court in Varnhem sentenced a former bank manager to four years in prison on "
    "Friday for moving customers' savings to an account of his own. His lawyer said "
    "he would appeal.",
    "match": "Kestrel United beat Harrow Vale 3-1 on Saturday with two goals from Idris Pike. "
    "The visitors had led after six minutes. A crowd of 4,100 saw the match.",
    "storm": "Strong wind closed the harbour of Lisk for a second day. Ferries will not sail "
    "before Thursday, the port authority said. About 300 lorries are waiting on the "
    "quay. Hotels in the town are full, and the council has opened a sports hall for "
    "drivers.",
    "vaccine": "Researchers at Tarn University have tested a vaccine against a fever of cattle "
    "on 900 animals. It protected four in five of them, they write. A larger trial is "
    "to begin next spring.",
    "vote": "Parliament in Sorrel voted 61 to 58 to lower the age of voting to sixteen.",
    "whale": "A whale that had been stranded on a beach near Cape Ulden swam free at high tide "
    "after volunteers had poured water over it for eleven hours.",
}
# The same events by another desk that had the item before it.
REWRITTEN = {
    "bridge": "The mayor opened the old oak bridge again at noon. Ninety singers stood in the "
    "rain until its lamps were lit, while a salt barge waited below the lock for the "
    "tide.",
    "profit": "Profit at Pellam Foods fell 12 percent in the third quarter as sugar became "
    "dearer, the company said. It kept its forecast for the year; its shares lost 3 "
    "percent.",
    "whale": "After volunteers poured water over it for eleven hours, a whale stranded on a "
    "beach near Cape Ulden swam free at high tide.",
}


def outcome(one, other):
    result = lineage.trace(
        pd.DataFrame({"article_id": ["a", "b"], "text": [one, other]}), encoder="lexical"
    )
    (row,) = result.relations.itertuples()
    return row, result


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(ITEMS, 2)))
def test_two_items_of_two_events_are_no_relatives(one, other):
    row, result = outcome(ITEMS[one], ITEMS[other])
    assert row.outcome in ("unrelated", "independent")
    assert len(result.edges) == 0


@pytest.mark.parametrize("name", REWRITTEN)
def test_an_item_and_its_rewriting_are_relatives(name):
    row, _ = outcome(ITEMS[name], REWRITTEN[name])
    assert row.outcome not in ("unrelated", "independent")
