import pytest

from lineage.page import teasers

LEAD = (
    "The harbour board shut the west quay on Monday after a survey found that two of its piles "
    "had come loose."
)
MORE = "\n".join(
    f"Harbour master Ola Rud said that pile {n} would be replaced before the end of the month, "
    "and that ships would go to Norrow until then."
    for n in range(12)
)


class TestSignOfTeaser:
    @pytest.mark.parametrize(
        "ending",
        [
            "\nRud said the board had known since…",
            " The board had known since the spring of last year that ...",
            " The board had known since the spring [...]",
            " The board had known since the spring… [+2140 chars]",
            " The board had known since the spring [&hellip;".replace("&hellip;", "…]"),
            "\nRud said the board had known since… Continue reading",
            "\nRud said the board knew [...] The post Quay shut appeared first on Norrow Post.",
            "\nContinue reading",
            "\nRead more",
            "\nRead the full story on Norrow Post",
            "\nSubscribe to read the rest of it",
            "\nTo continue reading, sign in or register.",
            "\nThis article is for subscribers\nOne crown a month\nAlready a subscriber? Log in",
            "\nYou have reached your limit of free articles.",
            "\nJetzt weiterlesen",
            "\nDieser Text ist nur für Abonnenten.",
            "\nLire la suite",
            "\nArticle réservé aux abonnés",
        ],
    )
    def test_a_beginning_is_told_by_what_shows_it(self, ending):
        assert teasers.sign_of_teaser(LEAD + ending) is not None

    @pytest.mark.parametrize(
        "text",
        [
            LEAD,
            f"{LEAD}\n{MORE}",
            f"{LEAD}\n{MORE}\nRead more",
            f"{LEAD}\nRead more about: quays, piles",
            f"{LEAD}\n“We will see ...” he said.",
            f"{LEAD}\n“We will see what the summer brings us ...”",
            f"Loose piles ...\n{LEAD}",
            f"Who knew of it, and since when, is a question that ...\n{LEAD}\n{MORE}",
            "The paper told its readers to subscribe to read the rest of the story, and lost half "
            "of them; the publisher says that the wall will come down before the summer.",
            "Continue reading",
            "Well ...",
            "",
        ],
    )
    def test_a_whole_text_is_none(self, text):
        assert teasers.sign_of_teaser(text) is None
