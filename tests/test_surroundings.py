"""Roles of what stands around a story, in copied text: the boilerplate in it, and false friends."""

import pytest

from .test_sentence_roles import assign

HEAD = "Dam wardens free a jammed gate"
STORY = (
    "Wardens at the Olm dam called off a flood alarm on Sunday after divers freed a jammed gate.",
    "About 900 people in the villages below the wall had been told to pack a bag and wait.",
    "“It moved a hand's breadth and then it simply swung open,” said chief warden Hanna Soll.",
    "Engineers will inspect the hinge of the gate on Tuesday, and the road stays shut until then.",
    "The council said that it would pay for the divers out of the fund for storms.",
    "No one was hurt.",
)


def roles_of(above=(), below=(), middle=(), at=3, gap="\n\n"):
    """Role of each line of a page, by line."""
    lines = (HEAD, *above, *STORY[:at], *middle, *STORY[at:], *below)
    text = gap.join(lines)
    found = assign({"a": text})["a"]
    told = {}
    for line in lines:
        own = {role for role, sentence in found if sentence in line}
        told[line] = own.pop() if len(own) == 1 else own
    return told


def story_is_whole(told):
    return all(told[line] in ("body", "quote") for line in STORY)


class TestDeskNotes:
    @pytest.mark.parametrize("gap", ["\n\n", "\n"])
    @pytest.mark.parametrize(
        ("line", "role"),
        [
            ("Reporting by Mara Sund in Olm; Editing by Jon Berg", "credit"),
            ("Our Standards: The Trust Principles of the agency.", "credit"),
            ("With inputs from agencies", "credit"),
            ("Mara Sund is a reporter for the Halvane Lantern.", "credit"),
            ("Originally published on halvane.example", "credit"),
            ("ms/jb", "credit"),
            ("-30-", "credit"),
            ("This story has been corrected: the dam is on the Olm.", "correction"),
            ("Clarification: The gate is of oak.", "correction"),
            ("Tags: dams, floods, Olm", "boilerplate"),
            ("Printed from Halvane Lantern on 3 May 2021", "boilerplate"),
            ("https://lantern.example/2021/05/03/gate", "boilerplate"),
            ("Contact: Mara Sund, +47 555 0100, press@olm.example", "boilerplate"),
        ],
    )
    def test_below_the_story_of_a_bare_text(self, line, role, gap):
        told = roles_of(below=[line], gap=gap)
        assert told[line] == role
        assert story_is_whole(told)

    @pytest.mark.parametrize(
        ("line", "role"),
        [
            ("(Corrects spelling of warden's name)", "correction"),
            ("Correction (4 May): An earlier version misplaced the dam.", "correction"),
        ],
    )
    def test_above_the_story(self, line, role):
        told = roles_of(above=[line])
        assert told[line] == role
        assert story_is_whole(told)

    def test_advisory_of_a_wire_above_the_headline(self):
        lines = ["BC-EU--Olm Dam, 2nd Ld-Writethru", "Eds: UPDATES with quotes. Changes byline."]
        found = assign({"a": "\n\n".join([*lines, HEAD, "By MARA SUND", *STORY])})["a"]
        assert [role for role, _ in found[:5]] == ["credit"] * 3 + ["headline", "credit"]

    def test_note_at_the_end_of_a_paragraph(self):
        last = "The road opens on Friday. This story has been corrected to name the dam."
        found = assign({"a": "\n".join([HEAD, *STORY, last])})["a"]
        assert [role for role, _ in found[-2:]] == ["body", "correction"]

    @pytest.mark.parametrize(
        ("above", "line"),
        [
            ("The note in the paper reads:", "Correction: An earlier version misplaced the dam."),
            ("The foot of the page says:", "Reporting by Mara Sund; Editing by Jon Berg"),
        ],
    )
    def test_a_cited_note_is_story(self, above, line):
        told = roles_of(middle=[above, line])
        assert told[line] == "body"

    @pytest.mark.parametrize(
        "line",
        [
            "Reporting by the Senate committee showed that the wall leaked.",
            "Advertisement of the alarm on the radio had been slow.",
            "“This story has been updated,” is all that the village was told.",
            "Correction officers helped to carry sandbags.",
            "Ice.",
        ],
    )
    @pytest.mark.parametrize("place", ["middle", "below"])
    def test_sentence_that_looks_like_a_note_stays(self, line, place):
        told = roles_of(**{place: [line]})
        assert told[line] in ("body", "quote")
        assert story_is_whole(told)


class TestNotices:
    CONSENT = (
        "We value your privacy",
        "We and our 640 partners store information on your device, such as cookies, to show you "
        "content that fits your interests.",
        "You may change your choices at any time on the page on privacy.",
        "Accept all",
        "Reject",
    )
    PITCH = (
        "This article is for subscribers",
        "Read on for 1 crown in the first month. Already a subscriber? Log in to go on reading.",
        "- Unlimited articles",
        "- The paper as a file each morning",
    )

    def test_consent_above_the_story(self):
        text = "\n\n".join([*self.CONSENT, HEAD, *STORY])
        found = assign({"a": text})["a"]
        n_consent = sum(sentence in " ".join(self.CONSENT) for _, sentence in found)
        assert {role for role, _ in found[:n_consent]} == {"boilerplate"}
        assert [role for role, _ in found[n_consent:]].count("boilerplate") == 0

    def test_pitch_below_a_teaser(self):
        text = "\n\n".join([HEAD, STORY[0], "About 900 people had been told to…", *self.PITCH])
        found = assign({"a": text})["a"]
        assert [role for role, _ in found[:3]] == ["headline", "body", "body"]
        assert {role for role, _ in found[3:]} == {"boilerplate"}

    def test_pitch_below_one_sentence(self):
        text = "\n\n".join([HEAD, STORY[0], "This article is for subscribers"])
        assert [role for role, _ in assign({"a": text})["a"]][1:] == ["body", "boilerplate"]

    @pytest.mark.parametrize("line", ["Advertisement", "Tags: dams, floods", "Share this story"])
    def test_below_a_brief(self, line):
        found = assign({"a": "\n\n".join([HEAD, STORY[0], STORY[4], line])})["a"]
        assert [role for role, _ in found] == ["headline", "body", "body", "boilerplate"]

    def test_a_column_about_consent_keeps_its_paragraphs(self):
        lines = [
            "You may refuse our partners, every page tells me, and I click as you do.",
            "By clicking I agree to our terms, which are theirs, and so it goes with all cookies.",
            "You can change your choices about cookies at any time, and nobody ever has, as I did.",
            "We use cookies, they say on every page, and I have begun to bake some of my own.",
            "The law is two hundred pages long and has a button at its end that everybody sees.",
        ]
        found = assign({"a": "\n".join(["What a click does", lines[-1], *lines[:-1], *STORY])})["a"]
        assert "boilerplate" not in {role for role, _ in found}

    def test_advertisement_in_the_middle_and_the_story_after_it(self):
        told = roles_of(middle=["Advertisement"])
        assert told["Advertisement"] == "boilerplate"
        assert story_is_whole(told)


class TestComments:
    WRITTEN = (
        "What a disgrace, we have all known of that timber for years and nobody came.",
        "Why not take the gate out and be done with it? I would help.",
    )

    @pytest.mark.parametrize("label", ["What readers say", "Comments (2)", "2 comments"])
    def test_below_their_label(self, label):
        told = roles_of(below=[label, *self.WRITTEN])
        assert {told[line] for line in (label, *self.WRITTEN)} == {"boilerplate"}
        assert story_is_whole(told)

    def test_without_a_label(self):
        lines = ("heron9", "3 hours ago", self.WRITTEN[0], "Reply", "Olm Dweller", "2 hours ago")
        lines = (*lines, self.WRITTEN[1], "Like (3)")
        told = roles_of(below=lines)
        assert {told[line] for line in self.WRITTEN} == {"boilerplate"}
        assert story_is_whole(told)

    @pytest.mark.parametrize("line", ["Comments", "What readers say", "12 comments"])
    def test_a_link_to_them_above_the_story_ends_nothing(self, line):
        assert story_is_whole(roles_of(above=[line], below=["Share", "Tags: dams"]))

    def test_a_heading_over_more_of_the_story_ends_nothing(self):
        lines = (
            "What readers say",
            "“We were never asked,” said Ida Pell, who reads the Lantern in the lock house.",
            "Two others told the paper that they had heard the gate grind on Friday night.",
        )
        told = roles_of(below=lines)
        assert {told[line] for line in lines[1:]} <= {"body", "quote"}

    def test_letters_are_the_story(self):
        lines = (
            "Letters to the editor",
            "Sir, your report on the dam leaves out what the people of the valley have to pay.",
            "I have had a boat there for thirty years and can tell you that it is enough.",
            "Why does the council never ask us? We cross that wall every day with our children.",
            "You wrote that the library will close. We, its readers, were never asked about it.",
        )
        found = assign({"a": "\n\n".join(lines)})["a"]
        assert {role for role, _ in found[1:]} == {"body"}


class TestOtherHeadlines:
    @pytest.mark.parametrize(
        "line",
        [
            "Bakers of the old town raise the price of rye bread again",
            "Tractor parade draws a crowd of thousands to the fairgrounds",
            "Read more: Sawmill owner faces questions over permits",
            "Lesen Sie auch: Werft sucht Schweißer",
        ],
    )
    @pytest.mark.parametrize("place", ["middle", "below"])
    def test_headline_of_another_story(self, line, place):
        told = roles_of(**{place: [line], "above": ["By Mara Sund", "3 May 2021"]})
        assert told[line] == "boilerplate"
        assert story_is_whole(told)

    @pytest.mark.parametrize(
        "line",
        ["How the alarm was raised", "What the wardens heard at the dam on Sunday", "The gate"],
    )
    def test_heading_of_this_story(self, line):
        told = roles_of(middle=[line])
        assert told[line] == "heading"

    def test_long_list_of_the_story_stays(self):
        crops = ("rye", "barley", "turnips", "walnuts", "cherries", "mustard", "lentils")
        lines = [
            f"Farmer number {i} of Pellworth grows mostly {crop}" for i, crop in enumerate(crops)
        ]
        told = roles_of(below=[*lines, *(line.replace("mostly", "also") for line in lines)])
        assert "boilerplate" not in {told[line] for line in lines}

    def test_lines_of_a_poem_stay(self):
        lines = ("Ropes upon the winter quay", "a gull, and then", "nothing for an hour")
        found = assign({"a": "Winter\n" + "\n".join(lines * 3)})["a"]
        assert {role for role, _ in found} == {"body"}

    def test_bulleted_facts_stay(self):
        lines = [
            "• The gate was jammed by a spruce of nine metres.",
            "• Nobody knows who felled it.",
            "• The road will open again on Friday.",
        ]
        told = roles_of(above=["By Mara Sund", "3 May 2021"], middle=lines)
        assert {told[line] for line in lines} == {"body"}


class TestCaptions:
    @pytest.mark.parametrize(
        "line",
        [
            "View image in fullscreen",
            "Image source, Olm Wardens",
            "Nets on the hill above the dam. Credit...Mara Sund for The Lantern",
            "Hanna Soll, right, with the timber that had jammed the gate.",
            "Hanna Soll (left) with the timber that had jammed the gate.",
        ],
    )
    def test_in_the_middle_of_a_page(self, line):
        told = roles_of(above=["By Mara Sund", "3 May 2021"], middle=[line])
        assert told[line] == "caption"
        assert story_is_whole(told)

    @pytest.mark.parametrize(
        "line",
        [
            "Right, said Hanna Soll, and shut the gate.",
            "The road turns left, right, and left again below the wall.",
            "Soll, right, “as ever”, told them to wait.",
        ],
    )
    def test_sentence_of_the_story_stays(self, line):
        told = roles_of(above=["By Mara Sund", "3 May 2021"], middle=[line])
        assert told[line] in ("body", "quote")


class TestHead:
    def test_label_and_time_and_author_in_lines_of_their_own(self):
        above = ["Published", "4 hours ago", "Share", "Nell Quilst", "Olm News, Pell"]
        told = roles_of(above=above)
        wanted = ["credit", "credit", "boilerplate", "credit", "credit"]
        assert [told[line] for line in above] == wanted

    def test_age_of_the_page(self):
        told = roles_of(above=["This article is more than 2 years old", "By Mara Sund"])
        assert told["This article is more than 2 years old"] == "boilerplate"


class TestSeeAlso:
    @pytest.mark.parametrize(
        "line",
        [
            "More: Who pays for the weir below the dam",
            "Read more | Who pays for the weir below the dam?",
            "Related: Goats cross the dam at night",
            "À lire aussi : Le barrage voisin fuit encore",
            "Lesen Sie auch: Wer zahlt für das Wehr",
            "Leggi anche: Chi paga per la diga",
            "Lea también: Quién paga por la presa",
        ],
    )
    def test_a_label_and_the_headline_of_another_story_anywhere_in_a_bare_text(self, line):
        told = roles_of(middle=[line])
        assert told[line] == "boilerplate"
        assert story_is_whole(told)

    @pytest.mark.parametrize(
        "line",
        [
            "More: the wardens want two boats and a lamp for the wall.",
            "“More: we want more than that,” the wardens wrote on the wall in chalk.",
            "Hintergrund: Der Streit um das Tor",
        ],
    )
    def test_a_sentence_or_a_heading_of_the_story_is_none(self, line):
        assert roles_of(middle=[line])[line] != "boilerplate"


class TestEndOfARelease:
    ABOUT = (
        "About Olm Gates",
        "Founded in 1911, Olm Gates makes gates for dams. It is based in Halvane and has 40 staff.",
    )
    FORECAST = (
        "Forward-Looking Statements",
        "This release has forward-looking statements that involve risks. Results may differ.",
    )

    @pytest.mark.parametrize("parts", [ABOUT, FORECAST, ABOUT + FORECAST, FORECAST + ABOUT])
    def test_what_the_issuer_says_of_itself_and_of_its_forecasts(self, parts):
        told = roles_of(below=[*parts, "Media Contact", "Mara Sund", "SOURCE Olm Gates, Inc."])
        assert {told[line] if isinstance(told[line], str) else "" for line in parts} == {
            "boilerplate"
        }
        assert told["Mara Sund"] == "boilerplate"
        assert told["SOURCE Olm Gates, Inc."] in ("credit", "boilerplate")
        assert story_is_whole(told)

    @pytest.mark.parametrize(
        "parts",
        [
            ("Rückfragen bitte an:", "Mara Sund", "Telefon: 0555 888-2040"),
            ("For more information", "Mara Sund", "press@olm.example"),
            ("Contact presse", "Mara Sund", "Service des barrages", "555-0199"),
        ],
    )
    def test_whom_to_ask(self, parts):
        told = roles_of(below=parts)
        assert [told[line] for line in parts] == ["boilerplate"] * len(parts)
        assert story_is_whole(told)

    def test_a_heading_on_a_press_office_that_nobody_can_reach(self):
        line = "The office had known of the jam since Friday and had told nobody, wardens said."
        told = roles_of(middle=["Press office", line])
        assert told[line] == "body"

    def test_in_german(self):
        about = ("Über Olmtore", "Olmtore baut seit 1911 Tore für Talsperren und sitzt in Halvane.")
        told = roles_of(below=about)
        assert {told[line] for line in about} == {"boilerplate"}

    @pytest.mark.parametrize(
        ("heading", "paragraph"),
        [
            ("About time", "The wardens had asked for a new gate for as long as anybody knows."),
            (
                "About Hanna Soll",
                "The chief warden has walked the wall each morning for ten years.",
            ),
        ],
    )
    def test_a_heading_of_the_story_begins_none(self, heading, paragraph):
        told = roles_of(middle=[heading, paragraph])
        assert told[paragraph] == "body"
        assert story_is_whole(told)

    def test_the_next_heading_of_the_story_ends_it(self):
        told = roles_of(middle=[*self.ABOUT, "What happens next"])
        assert told["What happens next"] == "heading"
        assert story_is_whole(told)


class TestDisclosures:
    def test_below_their_label(self):
        lines = ("Disclosure statement", "Mara Sund receives funding from the dam fund of Olm.")
        told = roles_of(above=lines)
        assert {told[line] for line in lines} == {"boilerplate"}
        assert story_is_whole(told)

    def test_without_one_a_sentence_is_story(self):
        line = "The valley of Olm receives funding from the dam fund of the state each year."
        assert roles_of(middle=[line])[line] == "body"


class TestAppeals:
    @pytest.mark.parametrize(
        "line",
        [
            "Suscríbete aquí a la newsletter del valle y recibe las noticias cada mañana.",
            "Abonnez-vous à la newsletter de la vallée pour tout savoir des barrages.",
            "Folgen Sie uns in den Newsletter, der jeden Tag Neues von der Talsperre bringt.",
            "Sign up for the newsletter of the valley to read of dams before breakfast.",
        ],
    )
    def test_one_that_begins_and_speaks_as_such_stands_in_no_bare_story(self, line):
        told = roles_of(middle=[line])
        assert told[line] == "boilerplate"
        assert story_is_whole(told)


class TestButtons:
    @pytest.mark.parametrize(
        "line",
        [
            "- Link kopieren", "Copier le lien", "Écouter cet article", "Commenter 3", "Condividi",
            "RIPRODUZIONE RISERVATA © Copyright ANSA", "Compartir en WhatsApp", "[AD BREAK]",
            "Teilen auf Facebook", "Lesezeit: 3 Minuten", "Partager sur X",
        ],
    )  # fmt: skip
    def test_of_other_languages_are_none_of_the_story(self, line):
        told = roles_of(middle=[line])
        assert told[line] == "boilerplate"
        assert story_is_whole(told)
