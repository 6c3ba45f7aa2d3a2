import pytest

from lineage.page import reader_notices


class TestNotice:
    @pytest.mark.parametrize(
        "line",
        [
            "We correct what we got wrong. Seen an error? Please write to us.",
            "Spotted a mistake in this story?",
            "Fehler gefunden? Jetzt melden.",
            "Transcripts are made by software and may contain errors.",
            "These transcripts are created on a deadline by a contractor.",
            "Support the reporters who go to every meeting so that you don't have to.",
            "We value your privacy",
            "We and our 640 partners store and read information on your device, such as cookies.",
            "This site uses cookies to keep you signed in.",
            "You can withdraw your consent to our partners at any time on the page on privacy.",
            "By continuing to browse you agree to our terms and to cookies.",
            "Wir und unsere 140 Partner speichern Daten auf Ihrem Gerät.",
            "This article is for subscribers",
            "Subscribe to continue reading",
            "Read on for 1 crown in the first month. Already a subscriber? Log in.",
            "You have read all your free articles this month.",
            "Start your free trial today. Cancel anytime.",
            "Get unlimited access for 2 crowns a month",
            "To continue reading, log in or create an account.",
            "Cet article est réservé aux abonnés",
            "This is a developing story. Check back for updates.",
        ],
    )
    def test_is_one(self, line):
        assert reader_notices.is_notice(line)

    @pytest.mark.parametrize(
        "line",
        [
            "Readers will have to subscribe to read more than three articles a month.",
            "Subscriptions will cost 12 crowns a month from May, and the first month is free.",
            "The regulator wants sites to stop placing cookies without consent.",
            "“We use cookies to keep the site free,” Ms Holm said.",
            "The firm stores cookies on the phones of 40,000 users.",
            "The wall around the paper's articles went up in March.",
            "Members of the club can cancel at any time.",
            "The ministry will support local journalism with 4 million crowns.",
            "Already a member of the council, she was asked to lead it.",
            "The bakery sells cookies in boxes of your choice.",
            "He kept reading until the lamp went out.",
            "This story is developing into a quarrel.",
        ],
    )
    def test_story_about_such_things_is_none(self, line):
        assert not reader_notices.is_notice(line)


class TestBroadcast:
    @pytest.mark.parametrize(
        "line",
        [
            "Über dieses Thema berichtete die Talschau am 3. Mai 2021 um 18:00 Uhr.",
            "Dieses Thema im Programm: Talfunk, 3. Mai 2021, 7 Uhr",
        ],
    )
    def test_is_one(self, line):
        assert reader_notices.is_broadcast(line)

    def test_what_another_reported_is_none(self):
        assert not reader_notices.is_broadcast(
            "Über dieses Thema wird im Tal seit Jahren gestritten."
        )


class TestComments:
    LABEL = "Readers' comments"
    WRITTEN = (
        "I have told the council about that wall for years and they never came.",
        "Why not use the other dock for everything?",
    )
    TOLD = (
        "“We were never asked,” said Ida Pell, who keeps a boat there.",
        "The harbour master told the Lantern that he would look into it.",
    )

    def test_readers_write_of_themselves(self):
        assert reader_notices.are_comments(self.LABEL, [], list(self.WRITTEN))

    def test_a_story_goes_on_with_what_people_said(self):
        assert not reader_notices.are_comments("What readers say", [], list(self.TOLD))

    @pytest.mark.parametrize("label", ["Comments", "Join the conversation", "Kommentare"])
    def test_a_label_that_is_also_a_link_needs_the_form_around_comments(self, label):
        assert not reader_notices.are_comments(label, [], list(self.WRITTEN))
        assert reader_notices.are_comments(
            label, ["heron9", "2 hours ago", "Reply"], list(self.WRITTEN)
        )

    @pytest.mark.parametrize(
        "line",
        [
            "No comments yet",
            "Er zijn nog geen reacties. Log in om te reageren.",
            "Noch keine Kommentare",
            "Aucun commentaire",
            "Lascia un commento",
            "Inicia sesión para comentar",
        ],
    )
    def test_the_form_without_comments(self, line):
        assert reader_notices.is_comment_form(line)

    @pytest.mark.parametrize(
        "line",
        [
            "12 comments",
            "Comments (3)",
            "What readers say",
            "Leave a comment",
            "Join the conversation",
            "Kommentare (2)",
            "Reacties (4)",
            "Comentarios",
        ],
    )
    def test_labels(self, line):
        assert reader_notices.is_comments_label(line)

    @pytest.mark.parametrize(
        "line",
        [
            "He declined to comment",
            "Comments by the mayor",
            "Comment on the budget vote",
            "The discussion",
        ],
    )
    def test_other_lines_are_no_labels(self, line):
        assert not reader_notices.is_comments_label(line)
