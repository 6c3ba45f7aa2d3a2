import pytest

from lineage.page import credits, releases


def issuers(text):
    return [each.name for each in releases.find_releases(text) if each.kind == "release"]


class TestEnglish:
    @pytest.mark.parametrize(
        ("sentence", "issuer"),
        [
            ("The lock is shut, Lathe Water said in a statement.", "Lathe Water"),
            ("The lock is shut, Lathe Water said on Monday in a written statement.", "Lathe Water"),
            ("Lathe Water announced in a press release that the lock is shut.", "Lathe Water"),
            ("In a news release, the Lathe Trust said that the lock is shut.", "Lathe Trust"),
            ("In a joint statement on Monday, the union called it a shame.", "union"),
            ("Lathe Water issued a statement on Monday.", "Lathe Water"),
            ("According to a statement from Lathe Water, the lock is shut.", "Lathe Water"),
            ("A statement from the Lathe Trust said the lock is shut.", "Lathe Trust"),
            ('"It is shut," the charity said in a statement.', "charity"),
            ("She said in a statement that it was shut.", releases.UNNAMED),
            ("The statement said that it was shut.", releases.UNNAMED),
            ("Ada Lorne said in the statement that it was shut.", releases.UNNAMED),
        ],
    )
    def test_who_issued_it(self, sentence, issuer):
        assert issuers(sentence) == [issuer]

    @pytest.mark.parametrize(
        "sentence",
        [
            "The release of the prisoners was put off.",
            "Nobody made a statement to the police.",
            "The bank statement came late, the smith said.",
            "The firm's statement of accounts was lost.",
            "He signed a statement for the court.",
            "The press release lever jammed.",
            '"Lathe Water said in a statement that it was shut," the smith said.',
        ],
    )
    def test_other_statements_and_releases(self, sentence):
        assert issuers(sentence) == []


class TestGerman:
    @pytest.mark.parametrize(
        ("sentence", "issuer"),
        [
            ("Niemand wurde verletzt, teilte die Polizei mit.", "Polizei"),
            ("Die Polizei teilte am Montag mit, niemand sei verletzt.", "Polizei"),
            ("Wie die Stadtwerke Ostrell mitteilten, ist das Wasser rein.", "Stadtwerke Ostrell"),
            ("In einer Mitteilung der Lathe AG heißt es, das Wasser sei rein.", "Lathe AG"),
        ],
    )
    def test_who_issued_it(self, sentence, issuer):
        assert issuers(sentence) == [issuer]

    @pytest.mark.parametrize(
        "sentence", ["Sie teilte das Brot mit dem Hund.", "Das teilte er mit seinem Bruder."]
    )
    def test_bread_is_shared_too(self, sentence):
        assert issuers(sentence) == []

    def test_who_is_only_said_to_have_told_it_issued_nothing(self):
        (found,) = releases.find_releases("Nach Angaben der Feuerwehr brannte der Stall.")
        assert (found.kind, found.name) == ("attributed", "Feuerwehr")

    def test_an_office_that_told_it_issued_nothing(self):
        (found,) = releases.find_releases("Wie der Krisenstab der Stadt mitteilte, brennt es.")
        assert (found.kind, found.name) == ("attributed", "Krisenstab")


class TestFrench:
    @pytest.mark.parametrize(
        ("sentence", "issuer"),
        [
            ("Le quai est fermé, a indiqué la préfecture dans un communiqué.", "préfecture"),
            ("Dans un communiqué, la société Lathe a annoncé la fermeture.", "Lathe"),
            ("La mairie a publié un communiqué.", "mairie"),
        ],
    )
    def test_who_issued_it(self, sentence, issuer):
        assert issuers(sentence) == [issuer]


class TestRomance:
    @pytest.mark.parametrize(
        ("sentence", "issuer"),
        [
            ("La ditta Lathe ha detto in una nota che il molo non si apre più.", "ditta Lathe"),
            ("In un comunicato, la prefettura ha annunciato che il molo è chiuso.", "prefettura"),
            ("El muelle no se abre, dijo Lathe en un comunicado.", "Lathe"),
            ("En un comunicado, la alcaldía informó de que el muelle no se abre.", "alcaldía"),
        ],
    )
    def test_who_issued_it(self, sentence, issuer):
        assert issuers(sentence) == [issuer]


class TestIsCommon:
    @pytest.mark.parametrize(
        "issuer",
        [
            *("company", "Police", "Reederei", "Unternehmen", "Baufirma", "Fluggesellschaft"),
            *("préfecture", "entreprise de transport", "società", "alcaldía", "gemeente"),
        ],
    )
    def test_what_somebody_is_is_no_name(self, issuer):
        assert releases.is_common(issuer)

    @pytest.mark.parametrize(
        "issuer",
        [
            *("Lathe Water", "Halvane Police", "Reederei Halm", "Stadtwerke Ostrell", "Siemens"),
            *("ministère de la Santé", "ditta Lathe", "BUND", "Bundesregierung", "Mannheim"),
        ],
    )
    def test_a_name_is_one(self, issuer):
        assert not releases.is_common(issuer)


def test_a_release_is_a_credit_and_its_issuer_no_outlet():
    text = "The lock is shut, Lathe News said in a statement."
    assert [each.kind for each in credits.find_credits(text)] == ["release"]


@pytest.mark.parametrize(
    "sentence",
    [
        "He said in a statement that it was shut.",
        "Sie teilte am Montag mit, der Kai sei zu.",
        "Il a annoncé lundi dans un communiqué la fermeture.",
    ],
)
def test_a_pronoun_names_nobody(sentence):
    assert set(issuers(sentence)) <= {releases.UNNAMED}
