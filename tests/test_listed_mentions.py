import pytest

from lineage.page import credits


def reported(sentence):
    return [each.name for each in credits.find_credits(sentence) if each.kind == "reported"]


class TestGroups:
    @pytest.mark.parametrize(
        ("sentence", "names"),
        [
            (
                "Mehrere Medien, darunter der Spiegel und die BBC, berichteten, dass es so war.",
                ["Der Spiegel", "BBC"],
            ),
            (
                "Mehrere Medien, darunter der Wecker und die BBC, hatten zuvor darüber berichtet.",
                ["Wecker", "BBC"],
            ),
            (
                "Das berichteten mehrere Zeitungen, darunter die Süddeutsche Zeitung.",
                ["Süddeutsche Zeitung"],
            ),
            ("Outlets including the Guardian reported that it was so.", ["The Guardian"]),
            (
                "Several outlets, including the Guardian, the Lathmoor Record and CNN, said so.",
                ["The Guardian", "Lathmoor Record", "CNN"],
            ),
            (
                "It was so, according to several media, including the Guardian and Reuters.",
                ["The Guardian", "Reuters"],
            ),
            ("Selon plusieurs médias, dont Le Monde, c'était vrai.", ["Le Monde"]),
            (
                "Plusieurs journaux, dont Libération et Le Figaro, rapportent que c'est vrai.",
                ["Libération", "Le Figaro"],
            ),
            (
                "C'est vrai, ont rapporté des médias, dont La Gazette du Val et Ouest-France.",
                ["La Gazette du Val", "Ouest-France"],
            ),
            (
                "Secondo diversi media, tra cui il Corriere della Sera, era vero.",
                ["Corriere della Sera"],
            ),
            (
                "Según varios medios, entre ellos El País y La Vanguardia, es el cuarto vuelco.",
                ["El País", "La Vanguardia"],
            ),
            (
                "Meerdere media, waaronder De Telegraaf en NRC, melden dat de deuren oud zijn.",
                ["De Telegraaf", "NRC"],
            ),
            (
                "Dat meldden verschillende media, waaronder het AD en de Volkskrant.",
                ["AD", "Volkskrant"],
            ),
        ],
    )
    def test_each_named_of_several_that_report_is_credited(self, sentence, names):
        assert reported(sentence) == names

    @pytest.mark.parametrize(
        "sentence",
        [
            "Several media, including the BBC, were banned from the valley on Monday.",
            "Social media, including Facebook and Twitter, said that they would comply.",
            "Many papers, including Smith and Jones, report an effect.",
            "He worked for outlets including the Guardian and the BBC.",
            "The company sold newspapers including the Argus and the Echo, it said.",
            "Several broadcasters, including the BBC, cut jobs, the union said.",
            "Mehrere Medien, darunter der Spiegel, wurden von der Reise ausgeschlossen.",
            "Les journaux, dont Le Monde, ont été interdits.",
        ],
    )
    def test_media_of_which_something_is_told_reported_nothing(self, sentence):
        assert reported(sentence) == []


class TestBeside:
    @pytest.mark.parametrize(
        ("sentence", "names"),
        [
            (
                "Wie NDR, WDR und Süddeutsche Zeitung übereinstimmend berichten, war es so.",
                ["NDR", "WDR", "Süddeutsche Zeitung"],
            ),
            (
                "The BBC, the Guardian and Sky News reported that it was so.",
                ["BBC", "The Guardian", "Sky News"],
            ),
            ("Reuters reported that the BBC, ITV and Sky were shut.", ["Reuters"]),
        ],
    )
    def test_all_of_a_list_report(self, sentence, names):
        assert reported(sentence) == names
