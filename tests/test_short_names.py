import pytest

from lineage.page import short_names


class TestInMark:
    @pytest.mark.parametrize(
        ("written", "name"),
        [
            ("A. F. P.", "AFP"),
            ("Afp", "AFP"),
            ("D.N.B.", "DNB"),
            ("Hayas", "Havas"),
            ("Reuler", "Reuters"),
            ("Taß", "TASS"),
            ("ag.", "unnamed agency"),
        ],
    )
    def test_abbreviations_and_misread_letters(self, written, name):
        assert short_names.in_mark(written) == name

    @pytest.mark.parametrize(
        "written", ["Florida", "Renters", "A. B. Lorne", "BBC", "sic", "Belgian"]
    )
    def test_words_people_and_outlets_are_no_agencies(self, written):
        assert short_names.in_mark(written) is None


class TestByDomain:
    @pytest.mark.parametrize(
        ("domain", "name"),
        [
            ("theguardian.com", "The Guardian"),
            ("www.spiegel.de", "Der Spiegel"),
            ("lathmoorecho.com", "lathmoorecho.com"),
        ],
    )
    def test_is_the_house_on_the_list_or_the_domain(self, domain, name):
        assert short_names.by_domain(domain) == name
