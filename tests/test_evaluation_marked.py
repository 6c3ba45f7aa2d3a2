import types

import pandas as pd

from lineage.learn.evaluation import cases, figures, labels, scoring, simple_matches

from . import invented


def digest(*marks):
    """A digest of two reports and its marks: target place, source, source place."""
    texts = {
        "digest": invented.text(invented.REPORT[0], invented.STRANGER[1]),
        "harbour": invented.text(*invented.REPORT),
        "library": invented.text(*invented.STRANGER),
    }
    frame = pd.DataFrame({"article_id": list(texts), "text": list(texts.values())})
    return cases.Case(
        "sources",
        "one",
        frame,
        "sources",
        edges=(("harbour", "digest"), ("library", "digest")),
        marks=tuple(
            labels.Mark("digest", *target, source, *place) for target, source, place in marks
        ),
    )


MARKS = (((0, 50), "harbour", (0, 50)), ((100, 150), "library", (90, 140)))


def answer(edges, *rows):
    columns = [
        "target_id",
        "target_start",
        "target_end",
        "source_id",
        "source_start",
        "source_end",
        "confidence",
    ]
    said = [("digest", *target, source, *place, p) for target, source, place, p in rows]
    return types.SimpleNamespace(
        edges=pd.DataFrame(edges, columns=["source_id", "target_id"]),
        attributions=pd.DataFrame(said, columns=columns).assign(target_sentence="digest:0"),
    )


def value(case, said, name):
    found = figures.summarise([scoring.score(case, said)], n_resamples=0)
    return found.set_index("figure").loc[name, "value"]


class TestScore:
    def test_a_sentence_is_hit_where_one_of_its_marked_sources_is_named(self):
        said = answer([], ((10, 40), "harbour", (20, 30), 0.5), ((0, 50), "library", (0, 9), 0.5))
        assert value(digest(*MARKS), said, "hit") == 0.5
        assert value(digest(*MARKS), said, "right_doc") == 0.5
        assert value(digest(*MARKS), said, "row_p") == 0.5

    def test_the_right_text_at_the_wrong_place_is_no_hit(self):
        said = answer([], ((0, 50), "harbour", (200, 230), 0.5))
        assert value(digest(*MARKS), said, "hit") == 0.0
        assert value(digest(*MARKS), said, "right_doc") == 0.5

    def test_who_is_not_sure_has_named_nothing(self):
        said = answer([], ((0, 50), "harbour", (0, 50), 0.1))
        assert value(digest(*MARKS), said, "hit") == 0.0
        assert "row_p" not in set(
            figures.summarise([scoring.score(digest(*MARKS), said)])["figure"]
        )

    def test_edges_are_those_of_the_digest(self):
        edges = [("harbour", "digest"), ("digest", "library"), ("harbour", "library")]
        said = answer(edges)
        assert value(digest(*MARKS), said, "edge_p") == 0.5
        assert value(digest(*MARKS), said, "edge_r") == 0.5
        assert value(digest(*MARKS), answer([]), "edge_p") == 0.0

    def test_every_named_source_of_a_marked_sentence_is_a_claim(self):
        said = answer([], ((0, 50), "harbour", (0, 50), 0.1), ((0, 50), "library", (0, 9), 0.9))
        claims = scoring.score(digest(*MARKS), said).claims
        assert [(each.confidence, each.right) for each in claims] == [(0.1, True), (0.9, False)]


class TestMostAlikeSentences:
    def test_each_sentence_names_the_one_that_it_was_taken_from(self):
        case = digest()
        texts = dict(zip(case.ids, case.articles["text"], strict=True))
        rows = simple_matches.most_alike_sentences(case)
        mine = rows[rows["target_id"] == "digest"].sort_values("target_start")
        assert mine["source_id"].tolist() == ["harbour", "library"]
        for row in mine.itertuples():
            taken = texts[row.source_id][row.source_start : row.source_end]
            assert texts["digest"][row.target_start : row.target_end] == taken


class TestMarks:
    def test_a_sentence_ends_where_its_words_do(self):
        row = {
            "target": "d",
            "target_start": 7,
            "target_sentence": "It rained.",
            "source": "s",
            "source_start": 0,
            "source_sentence": "Rain fell.",
        }
        assert labels.marks([row]) == (labels.Mark("d", 7, 17, "s", 0, 10),)
