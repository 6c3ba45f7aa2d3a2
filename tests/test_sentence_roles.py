import json
import pathlib

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage import tables
from lineage.page import boilerplate, page_lines, sentence_roles
from lineage.text import sentences

from . import examples

ROOT = pathlib.Path(__file__).parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"
NOT_BODY = ("boilerplate", "caption", "credit")

STORY = """The council voted on Monday night to close the old bridge over the river for good.
Engineers had told members that it could no longer carry buses and lorries after the flood.
"We have no money for a new one, and I will not pretend that we have," the mayor said.
What happens now
Drivers will have to take the motorway, which adds about twenty minutes to every trip.
The state has promised to look at the case for a new bridge before the end of the year."""
OTHER_STORY = """Three bakers from the valley won the national rye bread prize on Saturday evening.
Judges praised the crust of their loaves and the patience with which the dough was left.
They have baked together since school, in an oven that one of their grandfathers built.
The prize is worth four thousand crowns and a year's supply of flour from the sponsor.
Customers queued around the corner on Sunday morning until the last loaf had been sold.
The bakers say that they will spend the money on a second oven and a long holiday."""


def assign(texts, titles=None, outlets=None):
    """Role of each sentence, by article, as lists of (role, text)."""
    articles = []
    rows = []
    for key, text in texts.items():
        article = {"article_id": key, "kind": "supplied", "text": text}
        article |= {"title": (titles or {}).get(key), "outlet": (outlets or {}).get(key)}
        articles.append(article)
        for i, (start, end) in enumerate(sentences.split_sentences(text)):
            row = {"sentence_id": f"{key}:{i}", "article_id": key, "position": i, "start": start}
            rows.append(row | {"end": end, "text": text[start:end], "role": "body"})
    found = sentence_roles.assign_roles(
        tables.build("sentences", rows), tables.build("articles", articles)
    )
    tables.check("sentences", found)
    return {
        key: list(zip(group["role"], group["text"], strict=True))
        for key, group in found.groupby("article_id")
    }


def role_of(line, text):
    """Role of the first sentence of `line` in `text`."""
    found = assign({"a": text})["a"]
    return next(role for role, sentence in found if line.startswith(sentence))


class TestByForm:
    def test_story_alone_is_all_story(self):
        found = assign({"a": STORY})["a"]
        assert [role for role, _ in found] == ["body", "body", "quote", "heading", "body", "body"]

    def test_headline_and_the_line_below_it(self):
        found = assign({"a": f"Council Shuts Old Bridge\nTraffic must go round\n{STORY}"})["a"]
        assert [role for role, _ in found[:3]] == ["headline", "headline", "body"]

    def test_headline_printed_twice(self):
        head = "Council votes to shut old bridge for good"
        found = assign({"a": f"{head}\n{STORY}\nAdvertisement\n{head}\n{STORY}"})["a"]
        assert [text for role, text in found if role == "headline"] == [head, head]

    def test_title_tells_the_headline(self):
        text = f"Works & Traffic\nBridge shut\n{STORY}\nLoading...\nShare this:"
        found = assign({"a": text}, titles={"a": "Bridge shut"})["a"]
        assert found[0] == ("boilerplate", "Works & Traffic")
        assert found[1] == ("headline", "Bridge shut")

    @pytest.mark.parametrize(
        ("line", "role"),
        [
            ("FILE - The bridge on a summer day, July 11, 2017.", "caption"),
            ("The bridge from above. Photo: Jane Roe for the Gazette", "caption"),
            ("The bridge from above. (Jane Roe / Halvane Gazette)", "caption"),
            ("Image caption: The bridge in June", "caption"),
            ("AP Photo/Jane Roe", "caption"),
            ("By Jane Roe, Associated Press", "credit"),
            ("Posted: 3:14 AM, July 16, 2018", "credit"),
            ("July 16, 2018", "credit"),
            ("Media release, 3 June 2018, 4 p.m.", "credit"),
            ("Embargoed until 3 June 2018, 00.01", "credit"),
            ("3 June 2018, 4.15pm, by the Halvane desk", "credit"),
            ("Statement of 3 June 2018 is void, mayor of Halvane says", "headline"),
            ("For immediate release", "boilerplate"),
            ("Thursday, March 28, 2024 | Back issues", "credit"),
            ("Home | News | Sport | Weather", "boilerplate"),
            ("Home  News  Sport  Weather", "boilerplate"),
            ("Halvane Gazette Halvane Gazette", "boilerplate"),
            ("Accessibility links", "boilerplate"),
            ("Skip to main content", "boilerplate"),
            ("We use cookies to keep this site free. Manage your choices", "boilerplate"),
            ("window._box = window._box || []; _box.push({ mode: 'x' })", "boilerplate"),
        ],
    )
    def test_lines_above_the_story(self, line, role):
        head = "Council votes to shut old bridge for good"
        text = f"{line}\n{head}\nPublished June 2, 2018 at 6:15 AM\nShare this:\n{STORY}"
        assert role_of(line, text) == role

    @pytest.mark.parametrize(
        ("line", "role"),
        [
            ("Copyright 2018 The Associated Press. All rights reserved.", "credit"),
            ("(Reporting by Jane Roe; editing by John Doe)", "credit"),
            ("Jane Roe and John Doe of Reuters contributed to this report.", "credit"),
            ("Subscribe to The Bridge Letter", "boilerplate"),
            ("Sign up for our newsletter to get all about bridges in your inbox.", "boilerplate"),
            ("Tags: bridge, council, river", "boilerplate"),
            ("Categories / Traffic, Councils, Money", "boilerplate"),
            ("Most Popular", "boilerplate"),
            ("Share this:", "boilerplate"),
            ("Loading...", "boilerplate"),
            ("Nobody was hurt.", "body"),
        ],
    )
    def test_lines_below_the_story(self, line, role):
        text = f"By Jane Roe\nJuly 16, 2018\n{STORY}\n{line}\nBack to top"
        assert role_of(line, text) == role

    def test_lines_between_headline_and_date(self):
        head = "Council votes to shut old bridge for good\n{}\nJuly 16, 2018\nLoading...\n"
        for line, role in (
            ("From The Pellworth Courier", "credit"),
            ("From the river", "headline"),
            ("Halvane, 3 June 2018", "credit"),
            ("Jane Roe, 3 June 2018, 10 a.m.", "credit"),
            ("Last bus on 3 June 2018", "headline"),
            ("Interview: Jane Roe", "credit"),
            ("Obituary: Jane Roe", "headline"),
            ("Issue 214", "boilerplate"),
        ):
            assert role_of(line, head.format(line) + STORY) == role

    def test_links_under_their_label(self):
        text = f"By Jane Roe\n{STORY}\nRelated Stories\nStorm Season Arrives\nMost read\nWho pays?"
        found = assign({"a": text})["a"]
        assert [role for role, _ in found[-4:]] == ["boilerplate"] * 4

    def test_link_in_the_middle(self):
        lines = STORY.split("\n")
        lines[2:2] = ["Related content", "Storm Season Arrives"]
        found = assign({"a": "By Jane Roe\nJuly 16, 2018\n" + "\n".join(lines)})["a"]
        assert [text for role, text in found if role == "boilerplate"] == lines[2:4]
        assert sum(role in ("body", "quote") for role, _ in found) == 5

    def test_desk_credit_inside_a_paragraph(self):
        found = assign({"a": f"{STORY} (Reporting by Jane Roe; editing by John Doe)"})["a"]
        assert found[-1][0] == "credit"
        assert found[-2][0] == "body"


class TestEndOfThePage:
    """Lines under the story of a page that says at its top whose it is."""

    HEAD = (
        "Halvane Lantern\nNews | Sport | Weather\nCouncil votes to shut old bridge for good\n"
        "By Jane Roe\nJuly 16, 2018\n"
    )
    N_ABOVE = 11

    @pytest.mark.parametrize("outlet", [None, "The Halvane Lantern"])
    @pytest.mark.parametrize(
        ("line", "role"),
        [
            ("© The Halvane Lantern 2018", "credit"),
            ("Copyright The Halvane Lantern, 2018", "credit"),
            ("Media enquiries: Jane Roe, river office", "boilerplate"),
            ("Press contact: Jane Roe", "boilerplate"),
            ("Note to editors", "boilerplate"),
            ("Is your cellar wet? Send pictures to desk@lantern.example", "boilerplate"),
            ("Is your street on the list? Tell us what you have seen.", "boilerplate"),
            ("Read the Lantern on your tram: ten issues for a crown", "boilerplate"),
            ("Coming tomorrow: who mends the weir", "boilerplate"),
            ("If you lost your boat, visit www.lantern.example", "boilerplate"),
            ("For more information ring Jane Roe on 01234 567890", "boilerplate"),
            ("Support the work of our reporters", "boilerplate"),
            ("Corrections: desk@lantern.example", "boilerplate"),
            ("Registered in Halvane, No. 12345", "boilerplate"),
            ("How we checked this story", "boilerplate"),
            ("Read next: who mends the weir", "boilerplate"),
            ("Photographs by Jane Roe", "caption"),
            ("The Lantern needs you: two crowns a month", "boilerplate"),
            ("This story will be updated.", "boilerplate"),
            ("This is a developing story, and we add to it as we learn more.", "boilerplate"),
            ("Please check back for updates.", "boilerplate"),
            ("Stay with the Lantern for more on the bridge.", "boilerplate"),
            ("Letters to the editor are most welcome, above all short ones.", "boilerplate"),
            ("Corrections should be sent to desk@lantern.example.", "boilerplate"),
            ("Halvane Lantern is printed on old paper from the mill.", "boilerplate"),
            ("Seen a leak? Call the weir desk at 555-0199.", "boilerplate"),
            ("Have a river tip? Call the weir desk at (218) 555-0199.", "boilerplate"),
            ("Report an error", "boilerplate"),
            ("Halvane Lantern: your river, your paper", "boilerplate"),
            ("Halvane Lantern is owned by the Corran family.", "boilerplate"),
            ("Halvane Lantern brings your street to your table every Friday", "boilerplate"),
            ("The Halvane Lantern lives on what readers like you can spare.", "boilerplate"),
        ],
    )
    def test_boilerplate(self, line, role, outlet):
        text = f"{self.HEAD}{STORY}\n{line}"
        found = assign({"a": text}, outlets={"a": outlet} if outlet else None)["a"]
        kept = [text for role, text in found if role not in (*NOT_BODY, "headline")]
        assert {role for role, _ in found[self.N_ABOVE :]} == {role}
        assert len(kept) == 6

    @pytest.mark.parametrize(
        "line",
        [
            "Take the tram, the mayor said.",
            "This page will be updated, the council said of its list of shut roads.",
            "This story is developing into a quarrel.",
            "The list will be updated.",
            "Stay with your mother for more than a week.",
            "Letters of the mayor are welcome reading.",
            "Letters to the editor praised the bridge.",
            "Letters should be sent by boat.",
            "The bridge is printed on old paper from the mill.",
            "Seen a leak? Call a plumber.",
            "Tell that to your mayor.",
            "Was your bus late? Tell that to the mayor.",
            "Keep your lamps lit.",
            "If you lose your lamp, buy a new one.",
            "Phones were out for a day, said Jane Roe.",
            "How we laughed!",
            "WATCH: US engineers measure the bridge",
            "Printed maps show it, in ink.",
            "The lantern needs your oil.",
            "Two lamps, your own among them",
            "Who pays for it?",
            "The council relies on the Copyright Act 1976.",
            "The press office of the council was shut.",
            "Coming tomorrow: nobody knows who.",
            "Halvane is part of the river league.",
            "Halvane Lantern says you will wait.",
            "The lantern of Halvane is owned by the Corran family.",
        ],
    )
    def test_sentence_stays(self, line):
        found = assign({"a": f"{self.HEAD}{STORY}\n{line}"})["a"]
        assert {role for role, _ in found[self.N_ABOVE :]} == {"body"}

    @pytest.mark.parametrize(
        "line",
        [
            "Halvane Lantern is owned by the Corran family.",
            "Is your street on the list? Tell us what you have seen.",
            "How we checked this story",
        ],
    )
    def test_line_with_more_story_under_it_stays(self, line):
        text = f"{self.HEAD}{STORY}\n{line}\n{OTHER_STORY}"
        found = assign({"a": text})["a"]
        assert not any(role in NOT_BODY for role, _ in found[5:])

    def test_last_line_above_a_list_of_links(self):
        lines = [
            "Stay with the Lantern for more on the bridge.",
            "Trending Stories",
            "Storm Season",
        ]
        found = assign({"a": f"{self.HEAD}{STORY}\n" + "\n".join(lines)})["a"]
        assert [role for role, _ in found[-3:]] == ["boilerplate"] * 3
        found = assign({"a": f"{self.HEAD}{STORY}\n{lines[0]}\nNobody was hurt."})["a"]
        assert [role for role, _ in found[-2:]] == ["body"] * 2

    def test_page_of_nothing_else_stays(self):
        lines = [
            "Halvane Lantern brings the whole of your street to your table on every Friday.",
            "Halvane Lantern is run by the people who have always lived in your street.",
        ]
        text = "Halvane Lantern\nNews | Sport | Weather\nJuly 16, 2018\n" + "\n".join(lines * 3)
        found = assign({"a": text})["a"]
        assert [role for role, _ in found[-6:]] == ["body"] * 6

    def test_several_lines_end_the_page(self):
        lines = [
            "Is your cellar wet? Send pictures to desk@lantern.example",
            "Read the Lantern on your tram: ten issues for a crown",
            "Halvane Lantern is run by volunteers. Find out how to join them in your own street.",
            "© The Halvane Lantern 2018",
        ]
        found = assign({"a": f"{self.HEAD}{STORY}\n" + "\n".join(lines)})["a"]
        assert [role for role, _ in found[-6:]] == ["boilerplate"] * 5 + ["credit"]
        assert sum(role in ("body", "quote", "heading") for role, _ in found) == 6


class TestBullets:
    """Pages that tell their story in bullets, and lists that are no page."""

    HEAD = "Halvane Lantern\nNews | Sport | Weather\nOld bridge shut: what we know\n"
    SIGNED = HEAD + "By Jane Roe\nJuly 16, 2018\n"
    PARTS = (
        ("What has happened?", "The council shut the bridge for good on Monday."),
        ("Who pays", "Nobody has found the money for a new one yet."),
        ("What happens next?", "Drivers must take the motorway."),
    )
    FOOT = "Related: Who mends the weir"

    def listed(self, sign="•", parts=PARTS):
        return "\n".join(
            f"{head}\n{sign} {item}\n{sign} The mayor did not want to say." for head, item in parts
        )

    @pytest.mark.parametrize("sign", ["•", "-", "*", "1."])
    @pytest.mark.parametrize("outlet", [None, "Halvane Lantern"])
    def test_page_told_in_sentences(self, sign, outlet):
        text = f"{self.SIGNED}{self.listed(sign)}\n{self.FOOT}"
        found = assign({"a": text}, outlets={"a": outlet} if outlet else None)["a"]
        top = ["boilerplate", "boilerplate", "headline", "credit", "credit"]
        assert [role for role, _ in found] == [
            *top,
            *["heading", "body", "body"] * 3,
            "boilerplate",
        ]

    def test_paragraph_above_the_bullets(self):
        story = STORY.split("\n")[0]
        found = assign({"a": f"{self.SIGNED}{story}\n{self.listed()}\n{self.FOOT}"})["a"]
        assert [role for role, _ in found[5:]] == [
            "body",
            *["heading", "body", "body"] * 3,
            "boilerplate",
        ]

    @pytest.mark.parametrize(
        ("head", "outlet"),
        [
            ("Halvane Lantern\nOld bridge shut", "The Halvane Lantern"),
            ("Old bridge shut\nBy Jane Roe", None),
            ("Old bridge shut\nJuly 16, 2018", None),
            ("Old bridge shut\nUpdated July 16, 2018, 6 p.m.", None),
        ],
    )
    def test_page_of_short_items_that_is_signed_or_dated(self, head, outlet):
        items = "\n".join(f"• {word}" for word in ("Buses", "Lorries", "Trams", "Carts"))
        text = f"{head}\nShare this:\n{STORY}\n{items}\nAdvertisement"
        found = assign({"a": text}, outlets={"a": outlet} if outlet else None)["a"]
        assert ("boilerplate", "Share this:") in found
        assert found[-1] == ("boilerplate", "Advertisement")
        assert [role for role, _ in found[-5:-1]] == ["body"] * 4

    @pytest.mark.parametrize(
        "head",
        [
            "Rules of the bridge",
            "Rules of the bridge\nLast updated: July 16, 2018",
            "Rules of the bridge\nLast revised July 16, 2018",
            "July 16, 2018\n• Opened\n• Painted\nJuly 17, 2018\n• Shut\nJuly 18, 2018\n• Sold",
        ],
    )
    def test_document_of_short_items_stays(self, head):
        items = "\n".join(f"• {word}" for word in ("Buses", "Lorries", "Trams", "Carts"))
        text = f"{head}\nPrint\nContact us\n{STORY}\n{items}\nRelated\nShare\nWeirs"
        found = assign({"a": text})["a"]
        assert not any(role in ("boilerplate", "caption") for role, _ in found)

    @pytest.mark.parametrize(
        "parts",
        [
            (("Dates", "Write the day before the month."), ("Print", "Keep a copy of this page.")),
            (("Sport", "The rowing club races in June."), ("News", "A tunnel is to be dug soon.")),
        ],
    )
    def test_document_told_in_sentences_stays(self, parts):
        items = (
            "• Subscribe to no spelling but that of the person who bears the name.\n"
            "• Ask the keeper of the bridge whenever you are in doubt about it."
        )
        text = f"Rules of the bridge\n{items}\n{self.listed('•', parts)}\nPrint\n{items}\nRelated"
        found = assign({"a": text})["a"]
        assert [role for role, _ in found] == [
            "headline",
            "body",
            "body",
            *["heading", "body", "body"] * 3,
            "body",
        ]

    def test_questions_without_a_page_around_them(self):
        found = assign({"a": f"{STORY}\n{self.listed()}"})["a"]
        assert [role for role, _ in found[6:]] == ["heading", "body", "body"] * 3

    def test_statement_for_the_press(self):
        items = "• Bridge to close on Monday\n• Buses sent over the motorway"
        notes = "1. The bridge was built in 1887.\n2. The council meets on Mondays."
        found = assign(
            {
                "a": "Press release\nHalvane, 16 July 2018\nHalvane shuts its oldest bridge\n"
                f"{items}\n{STORY}\nENDS\nNotes to editors\n{notes}\nMedia enquiries: Jane Roe"
            }
        )["a"]
        assert [role for role, _ in found[:5]] == [
            "boilerplate",
            "credit",
            "headline",
            "body",
            "body",
        ]
        assert [role for role, _ in found[-5:]] == ["boilerplate"] * 2 + ["body"] * 2 + [
            "boilerplate"
        ]

    def test_bullets_that_sum_up_the_story(self):
        items = ["• Bridge to close on Monday", "• Buses sent over the motorway"]
        found = assign({"a": self.SIGNED + "\n".join(items) + f"\n{STORY}\n{self.FOOT}"})["a"]
        top = ["boilerplate", "boilerplate", "headline", "credit", "credit"]
        assert [role for role, _ in found[:8]] == [*top, "body", "body", "body"]
        assert found[-1][0] == "boilerplate"

    @pytest.mark.parametrize("line", ["Who pays?", "Who mends the weir and who does not?"])
    def test_question_over_items_without_a_stop(self, line):
        text = f"{self.SIGNED}{STORY}\n{line}\n• The council\n• The state"
        assert role_of(line, text) == "heading"

    @pytest.mark.parametrize(
        "line",
        ["Those who pay", "Those who pay:", "Nobody knows who pays.", "“Who pays?” he asked"],
    )
    def test_line_over_items_without_a_stop_stays(self, line):
        text = f"{self.SIGNED}{STORY}\n{line}\n• The council\n• The state"
        assert role_of(line, text) == "body"

    def test_question_in_a_document_stays(self):
        items = "• Buses\n• Lorries\n• Trams\n• Carts"
        text = f"Rules of the bridge\n{STORY}\n{items}\nWho pays?\n• The council\n• The state"
        assert role_of("Who pays?", text) == "body"

    def test_verse_over_a_bullet_stays(self):
        lines = "The bridge is down\nThe river is up\nWhere shall we go"
        text = f"{self.SIGNED}{STORY}\n{lines}\n• The council shut the bridge for good on Monday."
        assert role_of("Where shall we go", text) == "body"


class TestMarksOfAgencies:
    TOLD = "Similar bridges were shut in two other valleys, and one of them fell on Friday."
    GERMAN = "Im vergangenen Jahr fuhren 112.000 Wagen darüber. Kein anderer Weg führt ins Tal."

    @pytest.mark.parametrize("mark", ["(AP)", "(Reuters)", "(dpa)", "(ANSA/AFP)", "(Keystone-SDA)"])
    @pytest.mark.parametrize("told", [TOLD, GERMAN, '"Nobody was on it," the mayor said.'])
    @pytest.mark.parametrize("place", [2, 4, 6])
    def test_a_paragraph_with_a_mark_behind_it_is_story(self, mark, told, place):
        lines = STORY.split("\n")
        lines.insert(place, f"{told} {mark}")
        text = "\n".join(("Home | News | Sport", "Council votes to shut bridge", *lines, "Share:"))
        found = dict((sentence, role) for role, sentence in assign({"a": text})["a"])
        assert {found[each] for each in found if each in told} <= {"body", "quote"}
        assert found[mark] == "credit"

    def test_a_headline_may_have_what_it_is_in_parentheses(self):
        text = f"Home | News | Sport\nWho shuts a bridge in June? (Update)\n{STORY}\nShare this:"
        assert role_of("Who shuts a bridge in June? (Update)", text) == "headline"


class TestNothingIsLost:
    def test_short_text(self):
        text = "Subscribe to win.\nFollow us home, he said. Close the door."
        assert {role for role, _ in assign({"a": text})["a"]} == {"body"}

    def test_handbook_about_sites(self):
        text = "\n".join(
            [
                "# Privacy policy",
                "We use cookies to remember who you are and what you did on our pages last time.",
                "## Newsletters",
                "Subscribe to our newsletter if you want to hear from us once a month by email.",
                "## Contact us",
                "* Sign in",
                "* Share this page",
                "Log in",
                "Contact us at any time if you have a question about any of these terms of use.",
            ]
        )
        found = assign({"a": text})["a"]
        assert {role for role, _ in found} <= {"headline", "heading", "body"}

    def test_list_of_an_encyclopedia(self):
        text = (
            "Hack may refer to:\nHack (horse), a kind of horse\nHack (1997 film)\nSee also\n"
            f"Hacker\nMore from the family\nHackney\n{STORY}\nHacksaw\nRelated terms"
        )
        assert not any(role in NOT_BODY for role, _ in assign({"a": text})["a"])

    def test_text_without_marks(self):
        text = "subscribe to the council  " + STORY.lower().replace(".", " ").replace("\n", "  ")
        assert {role for role, _ in assign({"a": text.replace(",", " ")})["a"]} == {"body"}

    @examples.at_most(50)
    @given(st.text(alphabet="Aab .\n|-#:!'“”19/", max_size=120))
    def test_every_sentence_gets_a_known_role(self, text):
        found = assign({"a": text}) if sentences.split_sentences(text) else {}
        for role, _ in found.get("a", []):
            assert role in tables.ROLES


class TestByRepetition:
    SLOGAN = "Good news from up and down the river since 1887"

    def pages(self):
        return {
            "a": f"{self.SLOGAN}\nCouncil votes to shut old bridge for good\n{STORY}",
            "b": f"{self.SLOGAN}\nBakers from the valley win rye prize\n{OTHER_STORY}",
        }

    def test_line_of_two_unrelated_articles_is_boilerplate(self):
        found = assign(self.pages())
        assert found["a"][0] == ("boilerplate", self.SLOGAN)
        assert found["b"][0] == ("boilerplate", self.SLOGAN)
        assert all(role not in NOT_BODY for role, _ in found["a"][1:])

    def test_more_of_it_than_of_the_story_is_shared(self):
        slogans = ["Up and down the river", "Since 1887 and still dry", "Ink, bread and barges"]
        head = f"{self.SLOGAN}\nWhere the water goes\n"
        texts = {
            key: head + text.split("\n", 1)[1] + "\n" + "\n".join(slogans)
            for key, text in self.pages().items()
        }
        for rows in assign(texts).values():
            assert [role for role, _ in rows[-3:]] == ["boilerplate"] * 3
            assert rows[0] == ("boilerplate", self.SLOGAN)

    def test_lists_without_a_paragraph_prove_nothing(self):
        lists = {
            "a": "Bridge may mean:\nA game of cards\nA part of a ship\nSee also\nArch",
            "b": "Bread may mean:\nSomething baked\nMoney\nA band of 1968\nSee also\nRoll",
        }
        for rows in assign(lists).values():
            assert not any(role in NOT_BODY for role, _ in rows)

    def test_versions_of_one_story_repeat_nothing_but_themselves(self):
        text = self.pages()["a"]
        found = assign({"a": text, "b": text + "\nNobody was hurt, the mayor said later."})
        assert all(role not in NOT_BODY for rows in found.values() for role, _ in rows)

    def test_stock_sentence_inside_two_stories_stays(self):
        stock = "Nobody was available for comment."
        middle = "\n".join(f"Line {i} of it was long and dull and about rye." for i in range(12))
        texts = {
            "a": STORY + "\n" + STORY.replace("council", "board") + f"\n{stock}\n" + STORY * 2,
            "b": OTHER_STORY + f"\n{middle}\n{stock}\n{middle}\n" + OTHER_STORY,
        }
        found = assign(texts)
        assert ("body", stock) in found["a"]
        assert ("body", stock) in found["b"]

    def test_order_and_ids_do_not_matter(self):
        texts = self.pages() | {"c": STORY, "d": OTHER_STORY}
        first = assign(texts)
        renamed = {key.upper() + "9": texts[key] for key in reversed(texts)}
        second = assign(renamed)
        assert {key: second[key.upper() + "9"] for key in texts} == first


class TestRealPages:
    @pytest.mark.parametrize("with_metadata", [True, False])
    def test_stories_of_the_repository(self, with_metadata):
        missed, lost, n_lines = [], [], 0
        for truth_file in sorted((ROOT / "data").glob("*/truth.json")):
            truth = json.loads(truth_file.read_text(encoding="utf-8"))
            folder = truth_file.parent / "articles"
            meta = pd.read_csv(folder / "metadata.csv")
            keys = [name.removesuffix(".txt") for name in meta["file"]]
            texts = {key: (folder / f"{key}.txt").read_text(encoding="utf-8") for key in keys}
            given_by_key = {
                name: dict(zip(keys, meta[name].astype(object), strict=True))
                if with_metadata
                else {}
                for name in ("title", "outlet")
            }
            found = assign(texts, given_by_key["title"], given_by_key["outlet"])
            for key, text in texts.items():
                prefixes = truth.get("not_body", {}).get(key, [])
                lines = [line.strip() for line in text.splitlines()]
                boilerplate_lines = {
                    next(line for line in lines if line.startswith(prefix)) for prefix in prefixes
                }
                n_lines += len(boilerplate_lines)
                for role, sentence in found[key]:
                    line = next(line for line in lines if sentence.split("\n")[0] in line)
                    if line in boilerplate_lines and role not in NOT_BODY:
                        missed.append((key, role, sentence))
                    elif line not in boilerplate_lines and role in NOT_BODY:
                        lost.append((key, role, sentence))
        assert lost == []
        # A slogan under a masthead looks like a headline where the title is not known.
        assert len(missed) <= (1 if with_metadata else 4), missed
        assert n_lines > 200

    @pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not there")
    def test_seeds(self):
        gold = json.loads((SEEDS / "gold.json").read_text(encoding="utf-8"))
        texts = {
            path.name[:3]: path.read_text(encoding="utf-8")
            for path in (SEEDS / "articles").iterdir()
        }
        found = assign(texts)
        for key in ("003", "004"):
            prefixes = gold[f"not_body_of_{key}"]
            for prefix in prefixes:
                hits = [role for role, text in found[key] if text.startswith(prefix)]
                assert hits
                assert set(hits) <= set(NOT_BODY)
        aside = {
            key: [text for role, text in rows if role in NOT_BODY] for key, rows in found.items()
        }
        assert aside["000"] == aside["002"] == []
        assert [text[:13] for text in aside["001"]] == ["(Reporting by"]
        for key in ("003", "004"):
            prefixes = tuple(gold[f"not_body_of_{key}"])
            # A listed line can be two sentences; the newsletter's appeal is not listed.
            others = [text for text in aside[key] if not text.startswith(prefixes)]
            known = {"003": ["Sessions"], "004": ["Please c", "Sign up "]}
            assert [text[:8] for text in others] == known[key]


class TestForms:
    def test_row_of_links(self):
        assert boilerplate.is_navigation("Home > News > National")
        assert not boilerplate.is_navigation("The council met | and then went home again to eat")
        assert not boilerplate.is_navigation("He left.  She stayed.")

    def test_masthead(self):
        assert boilerplate.is_masthead("The Boston Bridge", "bostonbridge.com")
        assert boilerplate.is_masthead("Bridge Post Bridge Post", "")
        assert not boilerplate.is_masthead("Bridge Post", "")

    @pytest.mark.parametrize(
        ("line", "is_told"),
        [
            ("• The mayor has no money for it.", True),
            ("•The mayor has no money for it.", True),
            ("- £3 million is what it takes.", True),
            ("2. “I have no money for it.”", True),
            ("• Lamps, oil, rope, nails and paint", False),
            ("• Lamps and oil.", False),
            ("• lamps, oil, rope, nails and paint.", False),
            ("a) The mayor has no money for it.", False),
            ("# The mayor has no money for it.", False),
            ("-5 degrees were measured at the weir.", False),
            ("The mayor has no money for it.", False),
        ],
    )
    def test_item_that_is_a_sentence(self, line, is_told):
        assert boilerplate.is_told(line) is is_told

    def test_lines_cover_the_paragraphs(self):
        lines = page_lines.lines_of("  One line. \n\n* * *\nTwo lines.")
        assert [(line.text, line.index) for line in lines] == [("One line.", 0), ("Two lines.", 1)]
