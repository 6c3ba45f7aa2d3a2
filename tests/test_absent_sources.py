import itertools

import pytest

from lineage.graph import absent_sources, graph_settings
from lineage.match import pairs

from . import invented

DATELINE = "OSTRELL, Aug 3 (Reuters) - "


def page(*lines, lead="", **given):
    return invented.compiled(lead + invented.text(*(lines or invented.REPORT)), **given)


def origins(*made):
    ordered = sorted(made, key=lambda each: each.key)
    compared = {
        (one.article_id, other.article_id): pairs.compare(one, other)
        for one, other in itertools.combinations(ordered, 2)
    }
    return absent_sources.find_origins(ordered, compared)


def only(found):
    (origin,) = found
    return origin


class TestBodySource:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            (DATELINE + invented.text(*invented.REPORT), "Reuters"),
            (
                "By Jane Roe, Associated Press\n" + invented.text(*invented.REPORT),
                "AP",
            ),
            (
                invented.text(*invented.REPORT, "Copyright 2024 The Associated Press."),
                "AP",
            ),
            (
                invented.text(*invented.REPORT, "Copyright 2024 Brackwater News Agency."),
                "Brackwater News Agency",
            ),
        ],
    )
    def test_forms_that_speak_of_the_whole_text(self, text, name):
        assert absent_sources.body_source(invented.compiled(text)) == name

    @pytest.mark.parametrize(
        "line",
        [
            "Photo: Jane Roe/Reuters",
            "Reuters contributed to this report.",
            "The leak began at noon, Reuters reported.",
            "Edda Voss told Reuters that she slept through all of it.",
            "Distributed by Reuters",
            "(Reporting by Jane Roe; editing by Paul Ames)",
        ],
        ids=["photo", "contributed", "reported", "told", "distributor", "a person"],
    )
    def test_what_speaks_of_a_part_or_of_nobody_does_not_decide(self, line):
        assert absent_sources.body_source(page(*invented.REPORT, line)) is None

    def test_the_call_sign_of_a_station_is_no_agency(self):
        assert absent_sources.body_source(page(lead="OSTRELL, Mo. (KMIZ) - ")) is None

    @pytest.mark.parametrize(
        ("written", "name"),
        [
            ("Interlake Wire", "Interlake Wire"),
            ("Interlake Press", "Interlake Press"),
            ("Interlake News Network", "Interlake News Network"),
            ("INB", "INB"),
        ],
    )
    def test_an_unlisted_name_in_the_dateline_of_another_house(self, written, name):
        lead = f"OSTRELL, Aug 3 ({written}) - "
        assert absent_sources.body_source(page(lead=lead, outlet="Ostrell Courier")) == name

    @pytest.mark.parametrize(
        ("written", "house"),
        [
            ("NewsWatch 27", "NewsWatch 27"),
            ("NewsWatch 27", "wbgx.com"),
            ("Interlake News Network", "Interlake News Network"),
            ("INB", "Interlake News Bureau"),
            ("Courier", "Ostrell Courier"),
            ("United Kingdom", "Ostrell Courier"),
            ("UAE", "Ostrell Courier"),
            ("Jane Roe", "Ostrell Courier"),
        ],
    )
    def test_its_own_name_a_station_or_a_place_in_a_dateline_is_no_source(self, written, house):
        lead = f"OSTRELL, Aug 3 ({written}) - "
        assert absent_sources.body_source(page(lead=lead, outlet=house)) is None

    def test_the_paper_of_its_author_may_have_reported_a_part(self):
        lines = ("Leak at the quay", "By Jane Roe, Halvane Gazette", *invented.REPORT)
        assert absent_sources.body_source(page(*lines, outlet="Ostrell Courier")) is None

    def test_without_a_house_an_unlisted_name_may_be_its_own(self):
        assert absent_sources.body_source(page(lead="OSTRELL, Aug 3 (Interlake Press) - ")) is None

    def test_a_short_form_of_its_own_agency_is_the_agency(self):
        made = page(lead="OSTRELL (Interlake Wire) - ", outlet="Interlake Wire Service")
        assert absent_sources.body_source(made) == "Interlake Wire Service"


class TestFindOrigins:
    @pytest.mark.parametrize("polarity", invented.POLARITIES)
    def test_two_clients_of_an_agency_that_is_not_there(self, polarity):
        one = page(lead=DATELINE, outlet="Ostrell Courier")
        other = page(*invented.derived(polarity), lead=DATELINE, outlet="Lathmoor Record")
        found = only(origins(one, other))
        assert found.name == "Reuters"
        assert found.holders == ()
        assert set(found.members) == found.credited == {one.article_id, other.article_id}

    def test_the_agencys_own_text_is_its_holder(self):
        wire = page(lead=DATELINE, outlet="Reuters")
        one = page(*invented.derived("longer"), lead=DATELINE, outlet="Ostrell Courier")
        found = only(origins(wire, one))
        assert found.holders == (wire.article_id,)
        assert found.members == (one.article_id,)

    def test_the_agencys_own_page_holds_it_without_a_credit(self):
        wire = page(outlet="Reuters")
        one = page(*invented.derived("longer"), lead=DATELINE, outlet="Ostrell Courier")
        assert only(origins(wire, one)).holders == (wire.article_id,)

    def test_a_bare_text_with_a_dateline_stands_for_the_agencys(self):
        wire = page(lead=DATELINE)
        one = page(*invented.derived("longer"), outlet="Ostrell Courier")
        found = only(origins(wire, one))
        assert found.holders == (wire.article_id,)
        assert found.members == (one.article_id,)

    def test_a_page_that_lost_the_credit_inherits_the_agency_of_its_body(self):
        one = page(lead=DATELINE, outlet="Ostrell Courier")
        other = page(*invented.derived("shorter"), outlet="Lathmoor Record")
        found = only(origins(one, other))
        assert set(found.members) == {one.article_id, other.article_id}
        assert found.credited == {one.article_id}

    def test_of_two_agencies_the_one_that_it_shares_most_with(self):
        reuters = page(lead=DATELINE, outlet="Ostrell Courier")
        ap = page(
            *invented.REPORT[:4],
            *invented.STRANGER,
            lead="OSTRELL (AP) - ",
            outlet="Pellworth Mail",
        )
        bare = page(*invented.REPORT[:7], outlet="Lathmoor Record")
        found = {each.name: each.members for each in origins(reuters, ap, bare)}
        assert bare.article_id in found["Reuters"]
        assert bare.article_id not in found["AP"]

    def test_an_own_report_of_the_event_inherits_nothing(self):
        one = page(lead=DATELINE, outlet="Ostrell Courier")
        other = page(*invented.INDEPENDENT, outlet="Lathmoor Record")
        assert only(origins(one, other)).members == (one.article_id,)

    def test_who_has_a_credit_of_his_own_inherits_none(self):
        one = page(lead=DATELINE, outlet="Ostrell Courier")
        other = page(lead="OSTRELL (AP) - ", outlet="Lathmoor Record")
        assert {each.name: each.members for each in origins(one, other)} == {
            "Reuters": (one.article_id,),
            "AP": (other.article_id,),
        }

    def test_a_photo_credit_makes_no_client(self):
        one = page(lead=DATELINE, outlet="Ostrell Courier")
        photo = "Photo: Jane Roe/Reuters"
        other = page(*invented.INDEPENDENT, photo, outlet="Lathmoor Record")
        assert only(origins(one, other)).members == (one.article_id,)

    CONTRIBUTED = "Reuters contributed to this report."

    def test_a_contributed_line_alone_makes_no_client(self):
        one = page(lead=DATELINE, outlet="Ostrell Courier")
        other = page(*invented.INDEPENDENT, self.CONTRIBUTED, outlet="Lathmoor Record")
        assert only(origins(one, other)).members == (one.article_id,)

    def test_a_contributed_line_with_a_clients_words_does(self):
        one = page(lead=DATELINE, outlet="Ostrell Courier")
        lines = (*invented.REPORT[:2], *invented.INDEPENDENT)
        plain = page(*lines, outlet="Lathmoor Record")
        helped = page(*lines, self.CONTRIBUTED, outlet="Pellworth Mail")
        assert only(origins(one, plain)).members == (one.article_id,)
        assert set(only(origins(one, helped)).members) == {one.article_id, helped.article_id}

    def test_an_unlisted_agency_alone_under_the_author_is_a_source(self):
        wire = page(lead="OSTRELL, Aug 3 (Interlake Wire) - ", outlet="Interlake Wire")
        client = page(
            "Leak at the quay",
            "By JANE ROE",
            "INTERLAKE WIRE",
            *invented.REPORT,
            outlet="Ostrell Courier",
        )
        found = only(origins(wire, client))
        assert (found.name, found.holders) == ("Interlake Wire", (wire.article_id,))
        assert found.members == (client.article_id,)

    def test_initials_are_those_of_the_house_that_the_story_names_in_full(self):
        wire = page(*invented.REPORT, outlet="Interlake News Bureau")
        client = page(lead="OSTRELL, Aug 3 (INB) - ", outlet="Ostrell Courier")
        found = only(origins(wire, client))
        assert (found.name, found.holders) == ("Interlake News Bureau", (wire.article_id,))
        assert found.members == (client.article_id,)

    def test_without_a_credit_there_is_no_origin(self):
        assert origins(page(), page(*invented.derived("longer"))) == []

    def test_neither_order_nor_ids_matter(self):
        given = [
            {"lead": DATELINE, "outlet": "Ostrell Courier"},
            {"lead": "", "outlet": "Lathmoor Record"},
            {"lead": "OSTRELL (AP) - ", "outlet": "Pellworth Mail"},
        ]

        def found(order, names):
            made = {
                k: page(*invented.REPORT[k:], article_id=name, **given[k])
                for k, name in zip(order, names, strict=True)
            }
            outlet = {each.article_id: each.outlet for each in made.values()}
            return [
                (each.name, [outlet[m] for m in each.members]) for each in origins(*made.values())
            ]

        assert found([0, 1, 2], "abc") == found([2, 0, 1], "abc") == found([1, 2, 0], "cab")


class TestCreditedOutlets:
    def test_names_each_outlet_once_and_in_order(self):
        made = page(
            "The leak began at noon, the Lathmoor Record reported.",
            *invented.REPORT,
            "Nobody was warned, the Pellworth Mail reported.",
            "The Lathmoor Record reported more of it.",
            outlet="Ostrell Courier",
        )
        found = absent_sources.credited_parts(made)
        assert [each.name for each in found] == ["Lathmoor Record", "Pellworth Mail"]
        assert "Lathmoor Record reported" in made.text[found[0].credit.start : found[0].credit.end]

    @pytest.mark.parametrize("name", ["Ostrell Courier", "The Ostrell Courier"])
    def test_its_own_name_is_no_credit(self, name):
        made = page(*invented.REPORT, "The Ostrell Courier reported the leak.", outlet=name)
        assert absent_sources.credited_parts(made) == []

    @pytest.mark.parametrize(
        "line",
        ["Photo: Jane Roe/Reuters", "Reuters contributed to this report."],
    )
    def test_false_friends_are_no_credits(self, line):
        assert absent_sources.credited_parts(page(*invented.REPORT, line)) == []

    @pytest.mark.parametrize(
        ("line", "name"),
        [
            ("Edda Voss told Reuters that she slept through it.", "Reuters"),
            ("The leak began at noon, according to a BBC report.", "BBC"),
            ("With files from The Canadian Press", "Canadian Press"),
            ("Lathe Water said in a statement that it was sorry.", "release of Lathe Water"),
            ("She said in a statement that it was shut.", "release"),
            ("The company said in a statement that it was shut.", "release"),
            ("Der Kai sei zu, teilte die Reederei mit.", "release"),
            ("Der Kai sei zu, teilte die Reederei Halm mit.", "release of Reederei Halm"),
            ("Le quai est fermé, a indiqué la préfecture dans un communiqué.", "release"),
            ("In un comunicato, la prefettura ha annunciato che il molo è chiuso.", "release"),
            ("En un comunicado, la alcaldía informó de que el muelle no se abre.", "release"),
        ],
    )
    def test_sources_of_words_of_material_and_of_releases(self, line, name):
        made = page(*invented.REPORT, line, outlet="Ostrell Courier")
        assert [each.name for each in absent_sources.credited_parts(made)] == [name]

    def test_material_that_went_nobody_knows_where_is_not_enough_to_draw_a_source(self):
        made = page(*invented.REPORT, "With material from dpa", outlet="Ostrell Courier")
        assert [each.p < 0.5 for each in absent_sources.credited_parts(made)] == [True]

    def test_who_is_told_on_its_own_page_is_no_source(self):
        line = "Edda Voss told Reuters that she slept through it."
        assert absent_sources.credited_parts(page(*invented.REPORT, line, outlet="Reuters")) == []
        assert (
            absent_sources.credited_parts(page(*invented.REPORT, line, outlet="reuters.com")) == []
        )

    @pytest.mark.parametrize(
        "line",
        [
            "Edda Voss told Reuters that she slept through it.",
            "Es sei nichts gewesen, sagte Edda Voss der Nachrichtenagentur Reuters.",
            "« Ce n'était rien », a déclaré à Reuters Edda Voss.",
        ],
    )
    def test_who_is_told_on_a_page_of_nobody_has_the_words_less_surely(self, line):
        of_nobody, of_another = (
            absent_sources.credited_parts(page(*invented.REPORT, line, outlet=outlet))
            for outlet in (None, "Ostrell Courier")
        )
        assert [each.name for each in of_nobody] == ["Reuters"]
        assert graph_settings.LEAST_P_ABSENT < of_nobody[0].p < of_another[0].p

    @pytest.mark.parametrize(
        ("lead", "last"),
        [
            (DATELINE, "Nobody was hurt."),
            ("", "(c) 2021 Reuters"),
            ("", "Copyright 2021 Reuters. All rights reserved."),
        ],
    )
    def test_who_is_told_is_no_source_where_another_sign_says_that_the_page_is_theirs(
        self, lead, last
    ):
        told = "Edda Voss told Reuters that she slept through it."
        made = page(*invented.REPORT, told, last, lead=lead)
        assert absent_sources.credited_parts(made) == []

    def test_the_house_of_the_whole_text_is_no_source_of_a_part(self):
        lines = (*invented.REPORT, "The leak began at noon, Reuters reported.")
        assert (
            absent_sources.credited_parts(page(*lines, lead=DATELINE, outlet="Ostrell Courier"))
            == []
        )

    def test_the_second_agency_of_a_dateline_gave_a_part(self):
        made = page(lead="OSTRELL (Reuters/AP) - ", outlet="Ostrell Courier")
        assert absent_sources.body_source(made) == "Reuters"
        assert [each.name for each in absent_sources.credited_parts(made)] == ["AP"]

    def test_words_quoted_from_a_statement_may_have_been_heard(self):
        quoted = '"We are sorry for the water in your halls and gardens," Voss said in a statement.'
        told = "Lathe Water said in a statement that it was sorry."
        p = {}
        for line in (quoted, told):
            (part,) = absent_sources.credited_parts(
                page(*invented.REPORT, line, outlet="Quay Post")
            )
            p[line] = part.p
        assert p[quoted] < 0.5 < p[told]


def issued(*lines, **given):
    return page(*lines, outlet="Quay Post", **given)


class TestReleases:
    FULL = "The leak is mended, Lathe Water said in a news release."
    COMMON = "The leak is mended, the company said in a statement."
    PRONOUN = "She said in a statement that the leak was mended."
    OTHER = "In a statement, the Ostrell Guild said that it was no such thing."

    def parts(self, *lines):
        documents = [
            issued(*invented.REPORT, each, article_id=str(k)) for k, each in enumerate(lines)
        ]
        return absent_sources.parts_of_family(documents)

    def named(self, *lines):
        return [[each.name for each in found] for found in self.parts(*lines).values()]

    def test_one_issuer_named_in_full_is_meant_by_all(self):
        assert self.named(self.FULL, self.COMMON, self.PRONOUN) == [["release of Lathe Water"]] * 3

    def test_of_two_issuers_nobody_is_meant(self):
        assert self.named(self.FULL, self.OTHER, self.PRONOUN) == [
            ["release of Lathe Water"],
            ["release of Ostrell Guild"],
            ["release"],
        ]

    def test_an_unnamed_source_is_the_release_that_half_of_its_texts_credit(self):
        parts = self.parts(self.FULL, self.COMMON, "Nobody was hurt.", "No cat was hurt.")
        assert (
            absent_sources.release_behind(["0", "1", "2", "3"], parts) == "release of Lathe Water"
        )

    def test_it_is_not_the_release_that_few_credit_or_one_of_two(self):
        parts = self.parts(self.FULL, "Nobody was hurt.", "No cat was hurt.")
        assert absent_sources.release_behind(["0", "1", "2"], parts) is None
        assert absent_sources.release_behind(["0", "1"], parts) is None
        parts = self.parts(self.FULL, self.OTHER)
        assert absent_sources.release_behind(["0", "1"], parts) is None
        assert absent_sources.release_behind([], parts) is None
