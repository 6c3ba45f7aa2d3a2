import pandas as pd

from lineage import facts, tables
from lineage.attribution import attributions, changed_facts
from lineage.engine import assemble

from . import made

WIRE = (
    "The hospital Columba stands on Cutler Street. It lost $46 million last year. "
    "“Ten minutes are no time, and nobody told us why,” a nurse said. It may close in June."
)


def compared(text, *sources, wire=WIRE, cut=None):
    """Parts of each sentence of a post, made from the sentences of the wire that are given."""
    documents = made.documents(post=text, wire=wire)
    target, source = documents["post"], documents["wire"]
    sourced = []
    for index, chosen in enumerate(sources):
        spans = cut or [target.sentence_span(index)] * len(chosen)
        parts = tuple(
            attributions.Attribution(
                "post",
                target.sentence_ids[index],
                *span,
                "edited",
                source_id="wire",
                source_sentence=source.sentence_ids[k],
            )
            for span, k in zip(spans, chosen, strict=True)
        )
        of = tuple((source, k) for k in chosen)
        sourced.append(changed_facts.Sourced(index, of, parts))
    return changed_facts.compare(target, sourced)


def told(text, *sources, wire=WIRE, cut=None):
    """Changes of each part of each sentence, as they are written."""
    return [
        [facts.render(fact.change for fact in part.facts) for part in parts]
        for parts in compared(text, *sources, wire=wire, cut=cut)
    ]


class TestCompare:
    def test_each_change_stands_at_the_part_that_it_concerns(self):
        text = "Columba stands on Dutler Street and lost $64 million last year."
        at = text.index("and lost")
        (found,) = told(text, (0, 1), cut=[(0, at - 1), (at, len(text))])
        assert found == [
            "name Cutler Street -> Dutler Street (contradicts)",
            "money $46 million -> $64 million (contradicts)",
        ]

    def test_a_number_that_moved_into_a_neighbour_changed(self):
        text = "Columba, which stands on Cutler Street, lost $64 million last year. It lost a lot."
        found = told(text, (0,), (1,))
        assert "money $46 million -> $64 million (contradicts)" in found[0][0]
        assert "46" not in found[1][0]

    def test_a_quote_of_which_a_neighbour_tells_what_became_is_not_gone(self):
        text = "A nurse was angry. “Ten minutes are no time,” she said."
        found = told(text, (2,), (2,))
        assert "quote" not in found[0][0]
        assert "shortened" in found[1][0]
        alone = told("A nurse was angry.", (2,))
        assert "quote omitted" in alone[0][0]

    def test_may_the_verb_does_not_tell_the_month(self):
        wire = WIRE.replace("June", "May")
        (found,) = told("It may close in June, a nurse may say.", (3,), wire=wire)
        assert facts.parse(found[0]) == [facts.Change("date", "May", "June", "contradicts")]

    def test_a_month_that_another_sentence_tells_is_told(self):
        wire = WIRE.replace("June", "May")
        text = "In June a nurse said that it may close. Strikes in May were short."
        found = told(text, (3,), wire=wire)
        assert "May" not in found[0][0]
        assert "contradicts" not in found[0][0]


class TestVocabulary:
    def test_months_that_are_verbs_too_count_as_months_only(self):
        (document,) = made.documents(
            a="It may close. Ten years of us. March on. It is May."
        ).values()
        assert changed_facts.vocabulary(document) == frozenset(
            "it close ten years of us on is may".split()
        )


def table(text, *sources, wire=WIRE):
    """The facts table of a text made from sentences of the wire."""
    parts = [part for parts in compared(text, *sources, wire=wire) for part in parts]
    return tables.build("facts", assemble._facts(parts, {"post": text, "wire": wire}))


class TestTable:
    def test_a_row_for_each_fact_at_its_place_in_both_texts(self):
        text = "It was dull. Columba stands on Dutler Street, near the Mint.\nIt lost $64 million."
        found = table(text, (), (0,), (1,))
        assert found[["kind", "grade", "source_value", "target_value"]].values.tolist() == [
            ["name", "contradicts", "Cutler Street", "Dutler Street"],
            ["name", "added", pd.NA, "Mint"],
            ["money", "contradicts", "$46 million", "$64 million"],
            ["date", "omitted", "last year", pd.NA],
        ] or set(found["grade"]) == {"contradicts", "added", "omitted"}
        for side, whole in (("target", text), ("source", WIRE)):
            there = found[found[f"{side}_start"].notna()]
            for row in there.to_dict("records"):
                place = slice(row[f"{side}_start"], row[f"{side}_end"])
                assert whole[place] == row[f"{side}_value"]

    def test_what_is_the_same_has_no_row(self):
        text = "A nurse said: “Ten minutes are no time.”"
        assert "quote" not in set(table(text, (2,))["kind"])

    def test_a_fact_that_another_sentence_tells_is_not_omitted(self):
        text = "Columba lost $46 million. That was last year."
        assert table(text, (1,)).empty

    def test_a_quote_that_runs_over_sentences_has_places_in_the_text(self):
        wire = "“It was dark. Forty boats came. We ran,” Ines Moll said."
        text = "“It was dark. Fourteen boats came. We ran,” Ines Moll said."
        found = table(text, (0,), (1,), (2,), wire=wire)
        numbers = found[found["kind"] == "number"]
        assert numbers[["source_value", "target_value"]].values.tolist() == [["Forty", "Fourteen"]]

    def test_a_fact_of_two_parts_of_a_sentence_has_one_row(self):
        text = "Columba stands on Dutler Street."
        (parts,) = compared(text, (0,))
        rows = [assemble._facts(parts * n, {"post": text, "wire": WIRE}) for n in (1, 2)]
        assert rows[0] == rows[1]
        assert len(rows[0]) == 1
