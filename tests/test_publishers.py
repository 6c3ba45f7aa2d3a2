import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage.page import publishers

names = st.text(alphabet="AbcdE .-'éß7", min_size=1, max_size=20)


class TestCanonical:
    @pytest.mark.parametrize(
        ("written", "usual"),
        [
            ("The Associated Press", "AP"),
            ("Associated Press", "AP"),
            ("the Ostrell Courier", "Ostrell Courier"),
            ("Ostrell   Courier", "Ostrell Courier"),
            ("Courier", "Courier"),
        ],
    )
    def test_names_become_the_usual_ones(self, written, usual):
        assert publishers.canonical(written) == usual

    @pytest.mark.parametrize("written", ["AP", "Ostrell Courier", "The Times", "Reuters"])
    def test_a_usual_name_stays(self, written):
        assert publishers.canonical(publishers.canonical(written)) == publishers.canonical(written)


class TestKey:
    @pytest.mark.parametrize(
        "written",
        [
            "Ostrell Courier",
            "The Ostrell Courier",
            "ostrell courier",
            "OSTRELL-COURIER",
            "ostrellcourier.com",
            "www.ostrellcourier.co.uk",
            "https://www.ostrellcourier.com/news/barge",
            "news.ostrellcourier.com.au",
        ],
    )
    def test_spellings_and_domains_meet(self, written):
        assert publishers.key(written) == "ostrellcourier"

    @given(names)
    def test_has_only_letters_and_digits_in_one_case(self, written):
        found = publishers.key(written)
        assert found == "".join(char for char in found if char.isalnum() or char == "_")
        assert found == found.casefold()


class TestSundayPapers:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Mail on Sunday", "Daily Mail"),
            ("The Mail on Sunday", "Daily Mail"),
            ("Sunday Times", "The Times"),
            ("The Sunday Telegraph", "The Daily Telegraph"),
            ("Sunday Halvane Herald", "Halvane Herald"),
            ("Halvane Herald on Sunday", "Halvane Herald"),
        ],
    )
    def test_is_a_house_of_its_own_beside_the_daily(self, one, other):
        assert not publishers.same(one, other)
        assert not publishers.means(one, other)
        assert not publishers.means(other, one)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Irish Times", "The Times"),
            ("Times of India", "The Times"),
            ("New York Times", "The Times"),
            ("Washington Post", "New York Post"),
        ],
    )
    def test_one_listed_house_is_no_part_of_another(self, one, other):
        assert not publishers.means(one, other)


class TestListedDomains:
    @pytest.mark.parametrize(
        ("domain", "name"),
        [
            ("theguardian.com", "The Guardian"),
            ("www.bbc.co.uk", "BBC"),
            ("apnews.com", "Associated Press"),
            ("independent.co.uk", "The Independent"),
        ],
    )
    def test_a_domain_is_the_house_on_the_list(self, domain, name):
        assert publishers.same(domain, name)

    @pytest.mark.parametrize("domain", ["halvanetimes.com", "times.example.com"])
    def test_a_domain_of_another_is_not(self, domain):
        assert not publishers.same(domain, "The Times")


class TestSame:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("The Associated Press", "AP"),
            ("Ostrell Courier", "The Ostrell Courier"),
            ("Ostrell Courier", "ostrellcourier.com"),
        ],
    )
    def test_two_names_of_one_publisher(self, one, other):
        assert publishers.same(one, other)
        assert publishers.same(other, one)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Ostrell Courier", "Lathmoor Courier"),
            ("Ostrell Courier", "Ostrell Courier-Record"),
            ("AP", "AFP"),
            ("Reuters", "ostrellcourier.com"),
            ("news.ostrellcourier.com", "news.lathmoorrecord.com"),
        ],
    )
    def test_two_publishers(self, one, other):
        assert not publishers.same(one, other)

    @given(names, names)
    def test_order_does_not_matter(self, one, other):
        assert publishers.same(one, one)
        assert publishers.same(one, other) == publishers.same(other, one)


class TestAreOne:
    def test_an_unknown_publisher_is_nobody(self):
        assert not publishers.are_one(None, None)
        assert not publishers.are_one("Ostrell Courier", None)
        assert not publishers.are_one(None, "Ostrell Courier")

    def test_known_ones_are_compared_by_name(self):
        assert publishers.are_one("Ostrell Courier", "The Ostrell Courier")
        assert not publishers.are_one("Ostrell Courier", "Lathmoor Record")


class TestIsKnown:
    @pytest.mark.parametrize("name", ["Reuters", "Associated Press", "Brackwater News Agency"])
    def test_listed_names_and_names_of_an_agencys_form_are_known(self, name):
        assert publishers.is_known(name)

    @pytest.mark.parametrize("name", ["Jane Roe", "Tessaly Freight", ""])
    def test_people_and_companies_are_not(self, name):
        assert not publishers.is_known(name)


class TestMeans:
    @pytest.mark.parametrize(
        ("name", "house"),
        [
            ("NewsWatch 27", "NewsWatch 27"),
            ("NewsWatch 27", "WBGX NewsWatch 27"),
            ("NewsWatch 27", "newswatch27.com"),
            ("WBGX", "WBGX-TV"),
            ("WBGX", "wbgxnews.com"),
            ("KNB", "Kestrel News Bureau"),
            ("Courier", "The Ostrell Courier"),
            ("Ostrell Courier News Service", "Ostrell Courier"),
        ],
    )
    def test_a_house_names_itself_in_part_or_by_initials(self, name, house):
        assert publishers.means(name, house)

    @pytest.mark.parametrize(
        ("name", "house"),
        [
            ("NewsWatch 27", "NewsWatch 12"),
            ("Interlake Wire", "Ostrell Courier"),
            ("KNB", "Kestrel Evening Bureau"),
            ("AP", "Associated Papers"),
            ("AP", "The Lathmoor AP Review"),
            ("Lathmoor Courier", "Ostrell Courier"),
            ("KNB", "knbs.example.com"),
        ],
    )
    def test_another_house_is_not_meant(self, name, house):
        assert not publishers.means(name, house)


class TestIsShortFor:
    def test_initials_of_the_words_with_or_without_an_article(self):
        assert publishers.is_short_for("KNB", "Kestrel News Bureau")
        assert publishers.is_short_for("TKB", "The Kestrel Bureau")
        assert publishers.credits("KNB", "Kestrel News Bureau")

    def test_a_name_on_the_list_is_that_of_its_own_house(self):
        assert not publishers.is_short_for("AFP", "Alder Free Press")
        assert not publishers.credits("AFP", "Alder Free Press")

    def test_words_and_single_letters_are_no_initials(self):
        assert not publishers.is_short_for("Knb", "Kestrel News Bureau")
        assert not publishers.is_short_for("K", "Kestrel")
