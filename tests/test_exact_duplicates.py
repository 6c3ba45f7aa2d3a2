import pandas as pd
import pytest

import lineage

CRANE = (
    "A crane collapsed in the harbour of Ostrell on Monday, killing nobody but blocking the main "
    "channel, the port authority said.\nSalvage crews worked through the night to free the "
    "container ship Brackwater, which was carrying bananas.\nThe channel is expected to reopen "
    "on Thursday, harbour master Ines Calloway told reporters."
)
OTHER = "The council of Pellworth raised parking fees on Tuesday after a long and bitter debate."


def trace(rows):
    return lineage.trace(pd.DataFrame(rows), encoder="lexical")


class TestExpand:
    def test_identical_texts_are_marked_and_tied_without_a_direction(self):
        result = trace([{"article_id": "x", "text": CRANE}, {"article_id": "y", "text": CRANE}])
        marked = result.articles.set_index("article_id")["duplicate_of"]
        assert marked.isna().sum() == 1
        (edge,) = result.edges.itertuples()
        assert edge.p_edge == 1.0
        assert edge.p_direction == 0.5
        assert result.run["counts"]["pairs_compared"] == 0

    def test_an_earlier_date_turns_the_copy(self):
        result = trace(
            [
                {"article_id": "late", "text": CRANE, "published_at": "2024-03-05T10:00Z"},
                {"article_id": "early", "text": CRANE, "published_at": "2024-03-05T08:00Z"},
            ]
        )
        (edge,) = result.edges.itertuples()
        assert (edge.source_id, edge.target_id) == ("early", "late")
        assert edge.p_direction > 0.9
        bits = result.evidence.set_index("about")["weight_bits"]
        assert 1 / (1 + 2 ** -bits["direction"]) == pytest.approx(edge.p_direction)
        assert bits.sum() == edge.score_bits

    @pytest.mark.parametrize(
        ("late", "early"),
        [
            ("2024-03-05 10:00", "2024-03-05T08:00Z"),
            ("2024-03-05 10:00", "2024-03-05 08:00"),
            ("2024-03-05T18:00Z", "2024-03-05"),
        ],
    )
    def test_a_date_that_tells_no_order_turns_nothing(self, late, early):
        rows = [("late", late), ("early", early)]
        result = trace([{"id": name, "text": CRANE, "date": date} for name, date in rows])
        (edge,) = result.edges.itertuples()
        assert edge.p_direction == 0.5
        assert pd.isna(edge.lag_s)

    def test_of_three_that_are_the_same_each_source_is_one_of_two(self):
        result = trace([{"article_id": name, "text": CRANE} for name in "xyz"])
        assert result.edges["n_alike"].tolist() == [2, 2]
        assert result.edges["p_edge"].tolist() == [1.0, 1.0]

    def test_copies_at_two_publishers_with_a_parent_are_siblings(self):
        credited = CRANE + "\nThis article first appeared in the Ostrell Courier."
        result = trace(
            [
                {"article_id": "p", "text": CRANE, "outlet": "Ostrell Courier"},
                {"article_id": "x", "text": credited, "outlet": "Lathmoor Record"},
                {"article_id": "y", "text": credited, "outlet": "Pellworth Mail"},
            ]
        )
        assert set(zip(result.edges["source_id"], result.edges["target_id"], strict=True)) == {
            ("p", "x"),
            ("p", "y"),
        }
        rows = result.relations.set_index(["a", "b"])["outcome"]
        assert rows["x", "y"] == "shared_source"

    def test_relations_of_a_copy_are_those_of_its_text(self):
        result = trace(
            [
                {"article_id": "x", "text": CRANE},
                {"article_id": "y", "text": CRANE},
                {"article_id": "z", "text": OTHER},
            ]
        )
        rows = result.relations.set_index(["a", "b"])["outcome"]
        assert len(rows) == 3
        assert rows["x", "z"] == rows["y", "z"] == "unrelated"

    @pytest.mark.parametrize("same", ["x", "y"])
    def test_every_sentence_of_a_copy_is_attributed(self, same):
        result = trace([{"article_id": "x", "text": CRANE}, {"article_id": "y", "text": CRANE}])
        mine = result.sentences[result.sentences["article_id"] == same]
        rows = result.attributions[result.attributions["target_id"] == same]
        assert set(rows["target_sentence"]) == set(mine["sentence_id"])
