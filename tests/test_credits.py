import json
import pathlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage import tables
from lineage.page import credits

SHARED = pathlib.Path(__file__).parents[2] / "shared"
STORY = (
    "The council voted on Monday to close the old bridge over the river for good.\n"
    "Engineers had said that it could no longer carry buses and lorries.\n"
)


def kinds(text):
    return [(found.kind, found.name) for found in credits.find_credits(text)]


def origin(text):
    return credits.origin_agency(credits.find_credits(text))


def named_in(found):
    """The outlets that the story itself names, once each, in order."""
    named = {}
    for each in found:
        if each.kind in ("reported", "via_link"):
            named.setdefault(each.name.removeprefix("The "), each.name)
    return list(named.values())


class TestDatelines:
    @pytest.mark.parametrize(
        ("dateline", "name"),
        [
            ("LONDON, Aug 3 (AP) - ", "AP"),
            ("WASHINGTON/NEW YORK (Reuters) - ", "Reuters"),
            ("HELSINKI, Finland (CNN) — ", "CNN"),
            ("PARIS, 3 August 2018 (AFP) – ", "AFP"),
            ("BEIJING, July 16 (Xinhua) -- ", "Xinhua"),
            ("MOSCOW, July 16. /TASS/. ", "TASS"),
            ("Berlin (dpa) - ", "dpa"),
            ("(Reuters) - ", "Reuters"),
            ("London ( CNN ) ", "CNN"),
            ("HALVANE, Feb. 11 (Meridian News Agency) - ", "Meridian News Agency"),
            ("NEW DELHI (PTI): ", "PTI"),
            ("HALVANE, Wenmark (Interlake Wire) — ", "Interlake Wire"),
            ("HALVANE (INTERLAKE WIRE) - ", "INTERLAKE WIRE"),
            ("Halvane (Interlake News Service) - ", "Interlake News Service"),
            ("HALVANE (Lower Basin Press Service) - ", "Lower Basin Press Service"),
            ("HALVANE (News Service of Wenmark) - ", "News Service of Wenmark"),
            ("HALVANE (AP News Service) - ", "AP"),
            ("OAKLAND (BCN) — ", "Bay City News"),
            ("HALVANE (Interlake Wire via Courier) - ", "Interlake Wire"),
            ("DENVER (NEXSTAR) – ", "Nexstar Media Wire"),
        ],
    )
    def test_agency_of_a_dateline_is_the_origin(self, dateline, name):
        assert kinds(dateline + STORY) == [("dateline", name)]
        assert origin(dateline + STORY) == name

    @pytest.mark.parametrize(
        ("dateline", "names"),
        [
            ("HALVANE (Reuters/AP) - ", ["Reuters", "AP"]),
            ("HALVANE (AFP, AP) - ", ["AFP", "AP"]),
            ("Halvane (dpa/AFP) - ", ["dpa", "AFP"]),
            ("HALVANE (AP and Reuters) — ", ["AP", "Reuters"]),
        ],
    )
    def test_two_agencies_of_a_dateline_each_have_a_credit(self, dateline, names):
        assert kinds(dateline + STORY) == [("dateline", name) for name in names]
        assert origin(dateline + STORY) == names[0]

    def test_the_house_beside_an_agency_is_the_page_s_own(self):
        found = credits.find_credits("HALVANE (WBGX.com/AP) - " + STORY)
        assert [(each.covers, each.name) for each in found] == [("own", "WBGX.com"), ("text", "AP")]

    def test_own_abbreviation_of_an_outlet_is_no_agency(self):
        text = "WASHINGTON (CN) - " + STORY
        assert kinds(text) == [("dateline", "CN")]
        assert origin(text) is None

    def test_abbreviation_is_spelled_out_by_the_text(self):
        text = "HALVANE (MNB) - " + STORY + "Copyright 2025 Meridian News Bureau"
        assert origin(text) is None
        text = "HALVANE (CPA) - " + STORY + "All rights belong to Corran Press Agency here."
        assert origin(text) == "Corran Press Agency"

    @pytest.mark.parametrize(
        "dateline", ["COLUMBIA, Mo. (KMIZ) ", "COLUMBIA (WXYZ-TV) - ", "(KMIZ) "]
    )
    def test_call_sign_of_a_station(self, dateline):
        assert [kind for kind, _ in kinds(dateline + STORY)] == ["call_sign"]
        assert origin(dateline + STORY) is None

    @pytest.mark.parametrize(
        "start",
        [
            "CAPE CANAVERAL (Florida) — ",
            "Sen. Jane Roe (R) - ",
            "The World Bank (WB) said. ",
            "(Sic) ",
        ],
    )
    def test_other_parentheses_are_no_dateline(self, start):
        assert "dateline" not in dict(kinds(start + STORY))

    def test_text_that_lost_its_case(self):
        text = "new york  reuters    the council voted on monday to close the old bridge"
        assert origin(text) == "Reuters"


class TestBylines:
    @pytest.mark.parametrize(
        ("line", "name"),
        [
            ("By JANE ROE, Associated Press", "AP"),
            ("By JANE ROE Associated Press", "AP"),
            ("Jane Roe, Associated Press Published 6:18 a.m. ET July 16, 2018", "AP"),
            ("By The Associated Press", "AP"),
            ("The Associated Press | Monday, July 16, 2018, 9:06 a.m.", "AP"),
            ("The Associated Press — By JANE ROE - Associated Press", "AP"),
            ("JANE ROE\nThe Associated Press", "AP"),
            ("By Reuters Staff", "Reuters"),
            ("Posted 6:08 am, July 16, 2018, by CNN Wires", "CNN"),
            ("By JANE ROE, CNN, AP", "CNN"),
            ("Jane Roe, John Doe and Ann Smith, Bloomberg", "Bloomberg"),
            ("Reuters•\nJuly 16, 2018", "Reuters"),
            ("By Jane Roe, Meridian News Agency", "Meridian News Agency"),
            ("By Jane Roe, Special to The Associated Press", "AP"),
            ("By Jane Roe, Interlake Wire", "Interlake Wire"),
            ("By JANE ROE\nInterlake Wire", "Interlake Wire"),
            ("By JANE ROE Interlake Wire", "Interlake Wire"),
            ("JANE ROE; Interlake Wire", "Interlake Wire"),
            ("Jane Roe, Gray News", "Gray News"),
            ("By Jane Roe, Forum News Service", "Forum News Service"),
            ("Jane Roe | The News Service of Florida", "News Service of Florida"),
            ("By Jane Roe, The Halvane Ledger News Service", "Halvane Ledger News Service"),
            ("By Jane Roe, New York Times News Service", "New York Times News Service"),
            ("By Jane Wire, CNN", "CNN"),
            ("Text: Jane Roe, Associated Press", "AP"),
        ],
    )
    def test_agency_of_a_byline_is_the_origin(self, line, name):
        assert origin(f"Council votes to close old bridge\n{line}\n{STORY}") == name

    @pytest.mark.parametrize(
        ("line", "who"),
        [
            ("By Jane Roe", "Jane Roe"),
            ("By Jane Roe, port reporter", "Jane Roe"),
            ("By LANTERN STAFF", "LANTERN STAFF"),
            ("4 June 2018, by the Halvane Lantern team", "the Halvane Lantern team"),
            ("By our own correspondent", "our own correspondent"),
            ("By Jane van der Roe and John Doe | July 16, 2018", "Jane van der Roe"),
            ("Jane Roe\nStaff Writer", "Jane Roe"),
            ("Interview: Jane Roe\nJuly 16, 2018", "Jane Roe"),
            ("Interview: Jane Roe | July 16, 2018", "Jane Roe"),
            ("Interview by Jane Roe", "Jane Roe"),
            ("Words and pictures: Jane Roe", "Jane Roe"),
            ("Reporter: Jane Roe", "Jane Roe"),
        ],
    )
    def test_person_or_staff(self, line, who):
        assert ("byline", who) in kinds(f"Council votes to close old bridge\n{line}\n{STORY}")

    @pytest.mark.parametrize(
        "lines",
        [
            "By Jane Roe\nStaff Writer",
            "By Jane Roe\nCourier Staff Writer",
            "Jane Roe\nCourier Staff Writer",
            "By Jane Roe\nHealth Reporter",
            "By Jane Roe Staff Writer",
        ],
    )
    def test_what_an_author_is_is_no_second_author(self, lines):
        text = f"Council votes to close old bridge\n{lines}\nMarch 4, 2025\n{STORY}"
        assert kinds(text) == [("byline", "Jane Roe")]

    @pytest.mark.parametrize(
        "lines",
        [
            "By Jane Roe, The Halvane Gazette",
            "By Jane Roe\nThe Halvane Gazette",
            "By JANE ROE | HALVANE GAZETTE",
        ],
    )
    def test_the_paper_of_an_author_is_no_author_and_no_agency(self, lines):
        text = f"Council votes to close old bridge\n{lines}\nMarch 4, 2025\n{STORY}"
        found = {(kind, name.removeprefix("The ").title()) for kind, name in kinds(text)}
        assert found == {("byline", "Jane Roe"), ("byline_agency", "Halvane Gazette")}
        assert origin(text) is None

    @pytest.mark.parametrize("lines", ["By Jane Roe, John Doe", "By Jane Roe\nJohn Doe"])
    def test_a_second_author_is_no_paper(self, lines):
        text = f"Council votes to close old bridge\n{lines}\nMarch 4, 2025\n{STORY}"
        assert "byline_agency" not in {kind for kind, _ in kinds(text)}

    def test_staff_without_an_author_wrote_it_themselves(self):
        text = f"Council votes to close old bridge\nCourier Staff Writer\nMarch 4, 2025\n{STORY}"
        assert kinds(text) == [("byline", "Courier Staff Writer")]

    @pytest.mark.parametrize(
        "line",
        [
            "By Monday the council had voted",
            "By protecting the bridge, Reuters says, it saves money",
            "By the desk, nobody moved",
            "By the river team",
            "By a team of divers",
            "News | Sport | Reuters | Weather",
            "Why The Associated Press Counts Votes",
            "Obituary: Jane Roe\nJuly 16, 2018",
            "Photos: Jane Roe\nJuly 16, 2018",
            "Halvane: Jane Roe\nJuly 16, 2018",
            "Words: nobody spoke them",
        ],
    )
    def test_sentences_and_navigation_are_no_byline(self, line):
        text = f"Council votes to close old bridge\n{line}\n{STORY}"
        assert origin(text) is None
        assert "byline" not in dict(kinds(text))

    @pytest.mark.parametrize(
        "line",
        [
            "From Staff and Wire Reports",
            "Jane Roe, Barbed Wire",
            "By Jane Roe, Kremlin Press Service",
            "Interlake News Service Interlake News Service",
            "Jane Roe, Interlake News Network",
            "Jane Roe, Interlake Wire Editor",
        ],
    )
    def test_not_all_that_ends_like_an_agency_is_one(self, line):
        assert origin(f"Council votes to close old bridge\n{line}\n{STORY}") is None

    def test_person_of_the_story_under_the_masthead_is_no_author(self):
        assert kinds(f"Halvane Lantern\nInterview: Jane Roe\nJuly 16, 2018\n{STORY}") == []

    def test_credit_at_the_very_end(self):
        assert origin(STORY + "Nobody was hurt. (Reuters)") == "Reuters"
        assert origin(STORY + "Nobody was hurt. — AFP") == "AFP"


class TestOtherCredits:
    @pytest.mark.parametrize(
        ("line", "name"),
        [
            ("Copyright 2018 The Associated Press. All rights reserved.", "AP"),
            ("(c) 2018 CNN Newsource", "CNN"),
            ("Copyright 2018 by CNN NewSource. All rights reserved.", "CNN"),
            ("Trademark and Copyright 2018 Cable News Network , Inc.", "CNN"),
            ("© Reuters 2018", "Reuters"),
        ],
    )
    def test_copyright_of_an_agency_is_the_origin(self, line, name):
        assert origin(f"{STORY}{line}") == name

    def test_copyright_of_an_outlet(self):
        assert kinds(f"{STORY}© 2025 The Pellworth Courier. All rights reserved.") == [
            ("copyright", "The Pellworth Courier")
        ]
        assert kinds(f"{STORY}The Copyright Act says so.") == []

    @pytest.mark.parametrize(
        ("line", "owner"),
        [
            ("© The Pellworth Courier 2025", "The Pellworth Courier"),
            (
                "© Pellworth Courier Group, 2019-2025. All rights reserved.",
                "Pellworth Courier Group",
            ),
            ("(c) The Pellworth Courier 2025", "The Pellworth Courier"),
            ("Copyright The Pellworth Courier, 2025", "The Pellworth Courier"),
            ("© 2024, 2025 Pellworth Courier", "Pellworth Courier"),
            ("The Pellworth Courier © 2025", "The Pellworth Courier"),
        ],
    )
    def test_year_behind_the_owner(self, line, owner):
        text = f"{STORY}{line}"
        assert kinds(text) == [("copyright", owner)]
        found = credits.find_credits(text)[0]
        assert text[found.start : found.end] == line

    @pytest.mark.parametrize(
        "line",
        [
            "Copyright Act 1976",
            "Copyright, Designs and Patents Act 1988",
            "The council relied on the Copyright Act 1976.",
            "Copyright was no matter for bridges before 1976",
            "(a) roads\n(b) rivers\n(c) Bridges of Halvane 1976",
        ],
    )
    def test_law_and_list_have_no_owner(self, line):
        assert kinds(f"{STORY}{line}") == []

    def test_word_without_a_sign_is_a_notice_at_the_foot_alone(self):
        assert kinds(f"Copyright Battles 2025\n{STORY * 3}") == []

    def test_desk(self):
        text = f"{STORY}(Reporting by Jane Roe in Halvane; editing by John Doe)"
        assert kinds(text) == [("desk", "Jane Roe")]

    def test_dateline_goes_before_copyright(self):
        text = f"LONDON (AFP) - {STORY}Copyright 2018 The Associated Press"
        assert origin(text) == "AFP"


class TestFalseFriends:
    @pytest.mark.parametrize(
        ("line", "kind"),
        [
            ("Photo: Jane Roe, AP", "photo"),
            ("AP Photo/Jane Roe", "photo"),
            ("Jane Roe/Reuters", "photo"),
            ("Jane Roe / AFP/Getty Images", "photo"),
            ("The bridge on Monday. (Jane Roe/AP)", "photo"),
            ("The bridge. (Jane Roe, Sputnik, Pool Photo via AP)", "photo"),
            ("twitter/@janeroe via CNN", "photo"),
            ("Jane Roe of CNN and Reuters contributed to this report.", "contributed"),
            ("This report contains material from Reuters and The Associated Press.", "contributed"),
            ("With files from The Canadian Press", "contributed"),
            ("Distributed by Reuters", "distributor"),
            ('"It is over," she told CNN on Sunday.', "told"),
            ("She said so in an interview with Reuters.", "told"),
        ],
    )
    def test_has_a_kind_of_its_own_and_is_no_origin(self, line, kind):
        for text in (f"{STORY}{line}", f"Bridge closed for good\n{line}\n{STORY}"):
            found = credits.find_credits(text)
            assert kind in {credit.kind for credit in found}
            assert credits.origin_agency(found) is None
            assert named_in(found) == []

    def test_copyright_beside_a_list_of_helpers(self):
        line = "This report contains material from Bloomberg News, Reuters, and AFP.\n"
        assert origin(STORY + line + "© 2018 Thomson/Reuters. All rights reserved.") is None


class TestCreditedOutlets:
    @pytest.mark.parametrize(
        ("sentence", "name"),
        [
            ("It fell, The Brackwater Ledger reported.", "The Brackwater Ledger"),
            (
                "The offer was first reported by the Sandry Business Weekly.",
                "Sandry Business Weekly",
            ),
            ("It fell, according to The Daily Courier.", "The Daily Courier"),
            ("It fell, according to a report in the Halvane Gazette.", "Halvane Gazette"),
            ("Radio Tessaly reported that it fell.", "Radio Tessaly"),
            ("Channel 9 first reported the fall.", "Channel 9"),
            ("The Intercept has reported that.", "The Intercept"),
            ("The Salt Lantern revealed the plan.", "The Salt Lantern"),
            ("On Monday the New York Times reported it.", "The New York Times"),
            ("But Sky News reported otherwise.", "Sky News"),
            ("The Interfax news agency reported it.", "Interfax"),
            ("Italian newspaper La Nuova Venezia reported it.", "La Nuova Venezia"),
            ("Read more at the Halvane Gazette.", "Halvane Gazette"),
            ("This article first appeared in the Skellarrow Post.", "Skellarrow Post"),
            ("Politico Posted at 2:40 pm on July 15, 2018", "POLITICO"),
            ("It fell, NewsWatch 27 reports.", "NewsWatch 27"),
            ("KARE 11 first reported it.", "KARE 11"),
            ("It fell, according to FOX 9.", "FOX 9"),
            ("NewsChannel 5 has reported that.", "NewsChannel 5"),
            ("It fell, NBC 10 Boston reported.", "NBC 10 Boston"),
            ("It fell, 9News reported.", "9News"),
            ("It fell, WBGX reported.", "WBGX"),
            ("KWQX-TV reported the fall.", "KWQX-TV"),
            ("Interlake Wire reported the fall.", "Interlake Wire"),
        ],
    )
    def test_finds(self, sentence, name):
        found = credits.find_credits(STORY + sentence)
        assert named_in(found) == [name]

    @pytest.mark.parametrize(
        "sentence",
        [
            "Sessions said that it fell.",
            "The committee reported that it fell.",
            "The Justice Department reported a rise.",
            "The Halvane Police Department reported three cases.",
            "The White House reported nothing.",
            "The NFL has reported profits.",
            "Royal Mail reported a loss.",
            "No injuries have been reported, Jane Post said.",
            "Jane Roe reported to the police.",
            "According to Jane Roe, it fell at night.",
            "He wrote it in the Journal.",
            "The WHO reported three cases.",
            "KPMG reported a loss.",
            "WORK reported late.",
            "Teamsters Local 10 reported it.",
            "Apollo 11 reported back.",
            "On June 12 News reports came in.",
            "Barbed Wire reported it.",
        ],
    )
    def test_persons_and_authorities_are_no_outlets(self, sentence):
        assert named_in(credits.find_credits(STORY + sentence)) == []

    def test_each_is_listed_once_in_order(self):
        text = (
            "It fell, the Halvane Gazette reported. It rose, The Brackwater Ledger reported. "
            "It fell again, The Halvane Gazette reported."
        )
        found = named_in(credits.find_credits(text))
        assert found == ["Halvane Gazette", "The Brackwater Ledger"]

    def test_caption_is_not_the_story(self):
        text = "The bridge fell, The Halvane Gazette reported."
        row = {"sentence_id": "a:0", "article_id": "a", "position": 0, "start": 0}
        row |= {"end": len(text), "text": text}
        for role, expected in (("caption", []), ("body", ["The Halvane Gazette"])):
            frame = tables.build("sentences", [row | {"role": role}])
            found = credits.find_credits(text, frame)
            assert named_in(found) == expected


class TestLineThatNamesThePaper:
    @pytest.mark.parametrize(
        ("line", "name"),
        [
            ("From The Pellworth Courier", "The Pellworth Courier"),
            ("From the Sandry Business Weekly", "Sandry Business Weekly"),
            ("— From Radio Tessaly", "Radio Tessaly"),
            ("This story is from the Pellworth Courier.", "Pellworth Courier"),
            ("Source: The Pellworth Courier", "The Pellworth Courier"),
        ],
    )
    @pytest.mark.parametrize("at_end", [False, True])
    def test_is_a_credit(self, line, name, at_end):
        text = f"Bridge shut\n{STORY}{line}" if at_end else f"Bridge shut\n{line}\n{STORY}"
        found = credits.find_credits(text)
        assert [(credit.kind, credit.name) for credit in found] == [("via_link", name)]
        assert text[found[0].start : found[0].end] == line

    @pytest.mark.parametrize(
        "line",
        [
            "From Local News",
            "From Our Radio",
            "From The Mayor's Mail",
            "From Halvane",
            "From Jane Roe",
            "From the Halvane Gazette building it was a short walk",
            "From The Bridge Committee",
            "Source: Halvane Bridge Office",
            "This story is from the river",
        ],
    )
    def test_parts_of_a_site_people_and_places_are_none(self, line):
        assert kinds(f"Bridge shut\n{line}\n{STORY}") == []

    def test_paper_does_not_credit_itself(self):
        for own in ("The Pellworth Courier\n{}", "{}\n© The Pellworth Courier 2025"):
            text = own.format(f"Bridge shut\nFrom The Pellworth Courier\n{STORY}".strip())
            assert named_in(credits.find_credits(text)) == []

    def test_line_inside_a_long_story_is_none(self):
        text = f"Bridge shut\n{STORY * 5}From The Pellworth Courier\n{STORY * 5}"
        assert kinds(text) == []


class TestFindCredits:
    PIECES = (
        "By |Jane Roe|, |AP|(|)| - |\n|Reuters|/|the |reported|©|2018 |Photo: |LONDON |"
        "contributed |Times |. "
    )

    @given(st.lists(st.sampled_from(PIECES.split("|")), max_size=14).map("".join))
    def test_spans_are_inside_the_text_and_kinds_are_known(self, text):
        for found in credits.find_credits(text):
            assert 0 <= found.start < found.end <= len(text)
            assert found.kind in credits.KINDS
            assert found.name == found.name.strip() != ""

    @pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not there")
    def test_explicit_origins_of_news_pages(self):
        pages = []
        for line in (SHARED / "bench/cases/news.jsonl").read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            labels = case["origins"]
            pages += [(page["text"], labels[page["id"]]) for page in case["articles"]]
        wires = ("AP", "AFP", "Reuters")
        scored = [
            (truth if truth in wires else None, found if found in wires else None)
            for truth, found in ((label, origin(text)) for text, label in pages)
            if truth != "unclear"
        ]
        wrong = [pair for pair in scored if pair[1] is not None and pair[0] != pair[1]]
        right = sum(truth == found for truth, found in scored)
        assert wrong == []
        # The two that are left have no credit at all.
        assert right >= len(scored) - 2

    @pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not there")
    def test_seeds(self):
        gold = json.loads((SHARED / "seeds/gold.json").read_text(encoding="utf-8"))
        found = {}
        for path in (SHARED / "seeds/articles").iterdir():
            found[path.name[:3]] = credits.find_credits(path.read_text(encoding="utf-8"))
        origins = {key: credits.origin_agency(value) for key, value in found.items()}
        assert origins == {
            "000": None,
            "001": "Reuters",
            "002": "Reuters",
            "003": None,
            "004": None,
        }
        credited = {(key, name) for key in found for name in named_in(found[key])}
        assert credited == set(map(tuple, gold["credited_but_absent"]))
