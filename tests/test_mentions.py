import pytest

from lineage.page import credits, mentions


def found(text):
    return [(each.kind, each.name) for each in mentions.find_mentions(text)]


def named(text):
    return [
        (each.name, text[each.name_start : each.name_end]) for each in mentions.find_mentions(text)
    ]


class TestEnglish:
    @pytest.mark.parametrize(
        ("sentence", "kind", "name"),
        [
            ("The quay is shut, according to a Reuters report.", "reported", "Reuters"),
            ("The quay is shut, according to an exclusive AFP story.", "reported", "AFP"),
            ('"It is shut," Reuters quoted the harbour master as saying.', "quoted", "Reuters"),
            ("The quay is shut, BBC Radio Ostrell reports.", "reported", "BBC"),
            ("The quay is shut, the paper said citing the NTV.", "reported", "NTV"),
            ("The Guardian on Friday reported that the quay is shut.", "reported", "The Guardian"),
            ("Bloomberg late on Monday reported that the quay is shut.", "reported", "Bloomberg"),
            ("The quay will open, Reuters said, citing two masons.", "reported", "Reuters"),
            (
                "The Financial Times has learned that the quay is shut.",
                "reported",
                "Financial Times",
            ),
            ("An AFP reporter saw smoke over the quay.", "reported", "AFP"),
            ("A mason told Reuters that it was shut.", "told", "Reuters"),
            ("A mason told the Sunday Times that it was shut.", "told", "The Sunday Times"),
            ("Tanjug news agency said that the quay was shut.", "reported", "Tanjug"),
            ("Read more at lathmoorecho.com", "via_link", "lathmoorecho.com"),
            ("Read the full story at theguardian.com", "via_link", "The Guardian"),
        ],
    )
    def test_finds(self, sentence, kind, name):
        assert found(sentence) == [(kind, name)]

    @pytest.mark.parametrize(
        ("sentence", "name"),
        [
            ("The Mail on Sunday reported it.", "Mail on Sunday"),
            ("The Irish Times reported it.", "The Irish Times"),
            ("The Times of India reported it.", "The Times of India"),
            ("The Washington Post reported it.", "The Washington Post"),
            ("The New York Times reported it.", "The New York Times"),
        ],
    )
    def test_a_longer_name_is_not_the_shorter_one_in_it(self, sentence, name):
        assert found(sentence) == [("reported", name)]

    @pytest.mark.parametrize(
        "sentence",
        [
            '"I read in the Daily Mail, and Reuters reported it, that it was shut," he said.',
            "“The Guardian reported that I had sold it, which is a lie,” the smith said.",
            "The BBC said it would shut its office in Ostrell.",
            "Reuters said in a statement that its office would move.",
            "The New York Times reported a loss for the quarter.",
            "Reuters could not verify the pictures.",
            "CNN has reached out to the mayor.",
            "She was a Reuters reporter in Ostrell for nine years.",
            "He reads the Financial Times at breakfast.",
            "Anna Wolff reported the theft.",
            "The Spiegel brothers reported the theft.",
            "According to an AP poll, most are content.",
        ],
    )
    def test_is_no_credit_of_the_text(self, sentence):
        assert found(sentence) == []

    def test_a_paper_whose_name_stands_in_quotation_marks_is_credited(self):
        assert found('Die "Norddeutsche Allgemeine Zeitung" schreibt, es sei Friede.') == [
            ("reported", "Norddeutsche Allgemeine Zeitung")
        ]


class TestGerman:
    @pytest.mark.parametrize(
        ("sentence", "kind", "name"),
        [
            ("Wie die Nachrichtenagentur AFP berichtet, ist der Kai zu.", "reported", "AFP"),
            ("Der Kai ist zu, meldete dpa.", "reported", "dpa"),
            ("Laut einem Bericht des Spiegel ist der Kai zu.", "reported", "Der Spiegel"),
            (
                "Der Kai ist zu, wie die „Ostreller Nachrichten“ berichten.",
                "reported",
                "Ostreller Nachrichten",
            ),
            ("Der Maurer sagte der Deutschen Presse-Agentur, er sei zu.", "told", "dpa"),
            ("Das Wolffsche Bureau meldet, der Kaiser sei da.", "reported", "Wolff"),
            (
                "Dem Reuterschen Bureau wird aus Aden gemeldet, es sei Friede.",
                "reported",
                "Reuters",
            ),
            ("Nach einer Meldung der Agentur Stefani ist der König da.", "reported", "Stefani"),
        ],
    )
    def test_finds(self, sentence, kind, name):
        assert found(sentence) == [(kind, name)]

    @pytest.mark.parametrize(
        "sentence",
        [
            "Frau Wolff meldete sich bei der Polizei.",
            "Die Agentur für Arbeit ist am Montag zu.",
            "Er sah in den Spiegel und fand sich alt.",
            "Die dpa zieht im Herbst an den Hafen.",
            "„Laut Reuters ist der Kai schon lange zu“, sagte der Maurer.",
        ],
    )
    def test_is_no_credit(self, sentence):
        assert found(sentence) == []


class TestFrench:
    @pytest.mark.parametrize(
        ("sentence", "kind", "name"),
        [
            ("Le quai est fermé, rapporte l'AFP.", "reported", "AFP"),
            ("Selon Le Monde, le quai est fermé.", "reported", "Le Monde"),
            ("Le quai est fermé, a rapporté l'agence Tanjug.", "reported", "Tanjug"),
            ("On mande de Vienne à l'agence Havas que le quai est fermé.", "reported", "Havas"),
            ("Les agences AFP annoncent que le quai est fermé.", "reported", "AFP"),
            ("Le maçon l'a confié au Figaro.", "told", "Le Figaro"),
            ("Interrogé par l'AFP, le maçon s'est tu.", "told", "AFP"),
        ],
    )
    def test_finds(self, sentence, kind, name):
        assert found(sentence) == [(kind, name)]

    @pytest.mark.parametrize(
        "sentence",
        [
            "Le monde entier est venu voir le quai.",
            "La croix est tombée dans la nuit.",
            "L'AFP a un bureau dans la vieille ville.",
            "« Selon Reuters, le quai est fermé depuis longtemps », a dit le maçon.",
        ],
    )
    def test_is_no_credit(self, sentence):
        assert found(sentence) == []


class TestItalianAndSpanish:
    @pytest.mark.parametrize(
        ("sentence", "kind", "name"),
        [
            ("Secondo il quotidiano Il Molo, il porto è chiuso da anni.", "reported", "Il Molo"),
            ("Lo riferisce l'agenzia ANSA, che ha parlato con la sindaca.", "reported", "ANSA"),
            ("Come riporta il Corriere della Sera, il molo è chiuso.", "reported", None),
            ("Según la agencia EFE, el muelle está cerrado por la niebla.", "reported", "EFE"),
            ("El muelle no se abre, informó el diario La Tarde.", "reported", "La Tarde"),
            ("La alcaldesa dijo a Reuters que el muelle no se abre.", "told", "Reuters"),
        ],
    )
    def test_finds(self, sentence, kind, name):
        assert found(sentence) == [(kind, name or "Corriere della Sera")]

    @pytest.mark.parametrize(
        "sentence",
        [
            "Secondo il sindaco, il porto è chiuso da anni.",
            "Según la alcaldesa, el muelle no se abre.",
            "Lo dice un estudio publicado en la revista Gull Sleep.",
        ],
    )
    def test_is_no_credit(self, sentence):
        assert found(sentence) == []


class TestUnlistedNames:
    @pytest.mark.parametrize(
        ("sentence", "name"),
        [
            ("Zuvor hatte der »Ostrell Spatz« über die Pläne berichtet.", "Ostrell Spatz"),
            ("Wie der „Ostrell Spatz“ am Montag berichtet, ist der Kai zu.", "Ostrell Spatz"),
            ("Die »Ostrell Spatz« hatte zuerst darüber berichtet.", "Ostrell Spatz"),
            ("The deal, first reported by the Ostrell Wader, fell through.", "Ostrell Wader"),
            ("Der »Spatz« berichtete zuerst, und der Kai ist zu.", "Spatz"),
            ("Selon le quotidien Le Moineau de la Brenne, le quai est fermé.", None),
        ],
    )
    def test_beside_words_of_reporting(self, sentence, name):
        assert found(sentence) == [("reported", name or "Le Moineau de la Brenne")]

    @pytest.mark.parametrize(
        ("sentence", "name"),
        [
            ("This article is republished from The Heron under a licence.", "The Heron"),
            ("This story was originally published by Wader and is shared here.", "Wader"),
            ("This piece first appeared in Wader Weekly.", "Wader Weekly"),
            ("Cet article est republié à partir de The Heron sous licence.", "The Heron"),
            ("Este artículo fue publicado originalmente en The Heron.", "The Heron"),
            ("Quest'articolo è stato pubblicato su The Heron con una licenza.", "The Heron"),
            ("Dieser Text ist zuerst bei Reiher erschienen.", "Reiher"),
        ],
    )
    def test_whom_a_text_says_that_it_is_from(self, sentence, name):
        assert found(sentence) == [("via_link", name)]

    @pytest.mark.parametrize(
        "sentence",
        [
            "This article was first published on Monday and has been changed.",
            "This article was first published in March 2021.",
            "This story was produced by Jane Roe and the harbour board.",
            "Er schrieb „Nein Danke“ an die Wand und ging nach Haus.",
            "Die »Ostrell Spatz« liegt im Hafen, und der Kai ist zu.",
            "Dieser Text ist von Jana Rohe.",
            "The leak was first reported by the Environment Agency.",
        ],
    )
    def test_no_credit(self, sentence):
        assert found(sentence) == []


class TestSpans:
    @pytest.mark.parametrize(
        ("sentence", "name", "written"),
        [
            ("The Guardian reported it.", "The Guardian", "Guardian"),
            ("It fell, the Associated Press reported.", "AP", "Associated Press"),
            ("Il est fermé, selon l'agence Wolff.", "Wolff", "agence Wolff"),
            ('Wie der "Spiegel" berichtet, ist er zu.', "Der Spiegel", "Spiegel"),
        ],
    )
    def test_a_name_stands_without_article_and_marks(self, sentence, name, written):
        assert named(sentence) == [(name, written)]


class TestHouse:
    @pytest.mark.parametrize(
        ("text", "outlet"),
        [
            ("A mason told Reuters that it was shut.", "Reuters"),
            ("A mason told Sky News that it was shut.", "Sky News"),
            ("The Ostrell Courier reported it first.", "ostrellcourier.com"),
        ],
    )
    def test_its_own_credit_covers_its_own(self, text, outlet):
        assert [each.covers for each in credits.find_credits(text, outlet=outlet)] == ["own"]
        assert "own" not in [each.covers for each in credits.find_credits(text, outlet="Quay Post")]


class TestNamesOfAnyWord:
    """Outlets of no list, without a noun or a mark: by their article, by what stands around."""

    @pytest.mark.parametrize(
        ("sentence", "kind", "name"),
        [
            ("Der Riss sei alt, berichtete Die Fackel am Montag.", "reported", "Die Fackel"),
            ("Wie Die Fackel am Montag berichtet, ist der Riss alt.", "reported", "Die Fackel"),
            ("Zuvor hatte Die Fackel über den Riss berichtet.", "reported", "Die Fackel"),
            ("Wie der Deichbote meldet, ist die Fähre alt.", "reported", "Deichbote"),
            ("Der Riss sei alt, sagte der Wirt dem Deichboten.", "told", "Deichbote"),
            ("Laut Moor-Anzeiger ist die Fähre alt.", "reported", "Moor-Anzeiger"),
            ("Selon Le Sémaphore, la digue est vieille.", "reported", "Le Sémaphore"),
            ("La digue est vieille, révélait Le Sémaphore.", "reported", "Le Sémaphore"),
            ("Le maire a dit à L'Éveil du Bocage que non.", "told", "L'Éveil du Bocage"),
            ("Contacté par nos confrères du Sémaphore, il nie.", "reported", "Sémaphore"),
            (
                "La digue est vieille, indique La Gazette du Bocage.",
                "reported",
                "La Gazette du Bocage",
            ),
            ("Secondo La Lanterna, la diga è vecchia.", "reported", "La Lanterna"),
            ("Lo scrive il Corriere di Sassano.", "reported", "Corriere di Sassano"),
            ("Según publicó La Brújula, la presa es vieja.", "reported", "La Brújula"),
            ("Volgens De Vuurtoren is de dijk oud.", "reported", "De Vuurtoren"),
            ("De dijk is oud, meldt de Polderbode.", "reported", "Polderbode"),
            ("De dijk is oud, zei de boer tegen De Vuurtoren.", "told", "De Vuurtoren"),
            ('"It is old," the mason told The Lantern.', "told", "The Lantern"),
            ("The crack was first reported by The Lantern.", "reported", "The Lantern"),
            ("The quay is shut, local daily The Lantern said.", "reported", "The Lantern"),
            ("The quay is shut, the Lathmoor Observer says.", "reported", "Lathmoor Observer"),
            ("The Lantern was first to report that it is shut.", "reported", "The Lantern"),
        ],
    )
    def test_finds(self, sentence, kind, name):
        assert found(sentence) == [(kind, name)]

    @pytest.mark.parametrize(
        "sentence",
        [
            "Selon Le Goff, la digue est vieille. Hervé Le Goff la connaît.",
            "Selon La Poste, la digue est vieille.",
            "Das sagte der Wirt dem Briefboten und dem Fahrradkurier.",
            "Laut Amtsblatt ist die Fähre alt.",
            "Das berichtet die Lokalpresse.",
            "Wie Die Linke am Montag berichtet, ist die Fähre alt.",
            "Volgens De Jong is de dijk oud. Piet de Jong kent hem.",
            "The firm told The Hague that the quay was shut.",
            "The quay is shut, Jane Post said.",
            "The quay is shut, KARE 11 said.",
        ],
    )
    def test_persons_places_and_others_are_none(self, sentence):
        assert found(sentence) == []

    @pytest.mark.parametrize(
        ("sentence", "names"),
        [
            ("Zuerst hatten NDR und Deichbote darüber berichtet.", ["NDR", "Deichbote"]),
            ("Der Deichbote und die Moor-Zeitung berichteten.", ["Deichbote", "Moor-Zeitung"]),
        ],
    )
    def test_two_that_report_together_are_both_credited(self, sentence, names):
        assert [name for _, name in found(sentence)] == names


class TestThePress:
    @pytest.mark.parametrize(
        "sentence",
        [
            "Es sei nichts gewesen, sagte Hafenmeister Denholm vor der Presse.",
            "Es sei nichts gewesen, sagte Denholm gegenüber der Presse.",
            "Er drehte sich um, sagte sie vor dem Spiegel.",
        ],
    )
    def test_who_speaks_before_the_press_told_no_outlet(self, sentence):
        assert mentions.find_mentions(sentence) == []

    def test_the_paper_of_that_name_is_one(self):
        (found,) = mentions.find_mentions("Es war nichts, sagte Denholm der Zeitung Die Presse.")
        assert (found.name, found.kind) == ("Die Presse", "told")
