import pandas as pd
import pytest

from lineage.page import printed_dates

BODY = "\n".join(
    ["The council voted on Monday to close the bridge " + "over the river " * 6 + "."] * 3
)

STANDFIRST = (
    "The bridge is shut from today, and nobody can say when the buses and the lorries of the town "
    "will be let on it again."
)


def read(head, order=None):
    return printed_dates.page_date(f"Council closes bridge\n{head}\n{BODY}", order=order)


class TestPageDate:
    @pytest.mark.parametrize(
        ("head", "at", "precision"),
        [
            ("Posted: 3:14 AM ET, July 16, 2018", "2018-07-16T07:14", "minute"),
            ("Posted: 3:14 AM, July 16, 2018", "2018-07-16T03:14", "local"),
            ("July 16, 2018 — 3:55am", "2018-07-16T03:55", "local"),
            ("By Jane Roe\nJuly 16, 2018", "2018-07-16", "day"),
            ("Updated July 17, 2018\nOriginally published July 16, 2018", "2018-07-16", "day"),
            ("The Daily | Monday, July 16, 2018, 9:06 a.m.", "2018-07-16T09:06", "local"),
            ("Published\n4:53 am PDT, Monday, July 16, 2018", "2018-07-16T11:53", "minute"),
            ("Roe, Agency Published 6:18 a.m. ET July 16, 2018", "2018-07-16T10:18", "minute"),
            ("EDITION\n07/15/2018 10:09 am ET", "2018-07-15T14:09", "minute"),
            ("March 5, 2024 / 6:30 PM EST / Quay News", "2024-03-05T23:30", "minute"),
            (
                "By Jane Roe, Tom Low\nMarch 5, 2024 / 6:30 PM EST / QN/AP",
                "2024-03-05T23:30",
                "minute",
            ),
            ("Tuesday 5 March 2024 18:30, UK", "2024-03-05T18:30", "minute"),
            ("Published 5 March 2024", "2024-03-05", "day"),
            ("Halvane, 5 marzo 2024", "2024-03-05", "day"),
            ("Halvane, 5 de marzo de 2024", "2024-03-05", "day"),
            ("Halvane, 5. März 2024", "2024-03-05", "day"),
            ("Halvane, 5 mars 2024", "2024-03-05", "day"),
            ("Published\n5 March 2024", "2024-03-05", "day"),
            ("5 March 2024, 18:30 GMT\nUpdated 6 March 2024", "2024-03-05T18:30", "minute"),
            ("Published 5 March 2024, updated 6 March 2024", "2024-03-05", "day"),
            ("Updated 6 March 2024 | Published 5 March 2024", "2024-03-05", "day"),
            ("5 March 2024 | Updated: 6 March 2024", "2024-03-05", "day"),
            (
                "Tue 5 Mar 2024 18.30 GMT\nLast modified on Wed 6 Mar 2024 09.12 GMT",
                "2024-03-05T18:30",
                "minute",
            ),
            (
                "Published: 18:30 GMT, 5 March 2024 | Updated: 09:12 GMT, 6 March 2024",
                "2024-03-05T18:30",
                "minute",
            ),
            (
                "Issued on: 25/03/2024 - 18:30\nModified: 26/03/2024 - 09:12",
                "2024-03-25T18:30",
                "local",
            ),
            ("Jane Roe | 5 March 2024 | 3 min read", "2024-03-05", "day"),
            ("Stand: 06.03.2024 09:12 Uhr\nVeröffentlicht am 5. März 2024", "2024-03-05", "day"),
            ("5. März 2024, 18:30 Uhr", "2024-03-05T18:30", "local"),
            ("Von Jana Rohe\n25.03.2024, 18.30 Uhr", "2024-03-25T18:30", "local"),
            (
                "Publié le 5 mars 2024 à 18h30, mis à jour le 6 mars 2024 à 09h12",
                "2024-03-05T18:30",
                "local",
            ),
            (
                "Publicado el 5 de marzo de 2024\nActualizado el 6 de marzo de 2024",
                "2024-03-05",
                "day",
            ),
            ("Pubblicato il 5 marzo 2024", "2024-03-05", "day"),
            ("Gepubliceerd op 5 maart 2024", "2024-03-05", "day"),
            # The label or the clock is of a language that writes the day first.
            ("Veröffentlicht am 05.03.2024", "2024-03-05", "day"),
            ("Publié le 05/03/2024 à 18:30", "2024-03-05T18:30", "local"),
            ("05.03.2024, 18:30 Uhr", "2024-03-05T18:30", "local"),
            ("5 March 2024 | By Jane Roe", "2024-03-05", "day"),
            ("5 March 2024 Save Share", "2024-03-05", "day"),
            ("Date: Tue, 5 Mar 2024 18:30:00 +0100", "2024-03-05T17:30", "second"),
            # Below a standfirst, and with the clock on a line of its own.
            (f"{STANDFIRST}\n5 March 2024, 18:30 GMT", "2024-03-05T18:30", "minute"),
            (f"{STANDFIRST}\nBy Jane Roe\n5 March 2024", "2024-03-05", "day"),
            (
                f"{STANDFIRST}\nPar Jane Roe avec AFP Publié le 05/03/2024 à 18:30, mis à jour le "
                "06/03/2024 à 09:12",
                "2024-03-05T18:30",
                "local",
            ),
            ("5 March 2024\n18:30 GMT", "2024-03-05T18:30", "minute"),
            ("Published\n5 March 2024\n6.30pm\nUpdated\n6 March 2024", "2024-03-05T18:30", "local"),
            # An author's handle is no post.
            ("By Jane Roe @roe | Mar 5, 2024, 6:30pm EST", "2024-03-05T23:30", "minute"),
            ("Jane Roe\nPort correspondent @roe\n5 March 2024", "2024-03-05", "day"),
            ("Ultima modifica: 6 marzo 2024\nInserito il 5 marzo 2024", "2024-03-05", "day"),
            ("Publicerad 5 mars 2024", "2024-03-05", "day"),
            # A clock with a stop, the place of a ministry, kinds of page with a day.
            ("5 marzo 2024 | 18.30", "2024-03-05T18:30", "local"),
            ("Publiceret 5 mars 2024 kl. 18.30", "2024-03-05T18:30", "local"),
            ("Halvane, den 5. März 2024", "2024-03-05", "day"),
            ("Halvane, 5. März 2024, 18:30 Uhr", "2024-03-05T18:30", "local"),
            ("Pressemitteilung vom 5. März 2024", "2024-03-05", "day"),
            ("Press release | 5 March 2024", "2024-03-05", "day"),
            ("Episode 12 | March 5, 2024", "2024-03-05", "day"),
            ("Aired March 5, 2024 - 18:30 ET", "2024-03-05T23:30", "minute"),
        ],
    )
    def test_line_above_the_story(self, head, at, precision):
        found = read(head)
        assert (found.at, found.precision) == (pd.Timestamp(at, tz="UTC"), precision)

    @pytest.mark.parametrize(
        "head",
        [
            "A new bridge opens on July 16, 2019, the mayor says",
            "Thursday, March 28, 2024 | Back issues",
            "— Jane Roe (@roe) July 16, 2018",
            "A post shared by Roe (@roe) on\nJul 15, 2018 at 11:08am PDT",
            "The Post posted at 2:40 pm on July 15, 2018",
            "Release date July 16, 2019 for the game of the year, studio says",
            "*Last updated: April DD, 2020*",
            "Published 4 hours ago",
            "Published\n4 hours ago\nUpdated 5 March 2024",
            "vor 3 Stunden",
            f"{STANDFIRST}\nThe vote on 5 March 2024 was close",
            f"{STANDFIRST}\n{STANDFIRST}\n5 March 2024",
            f"{STANDFIRST}\nA\nB\nC\n5 March 2024",
            "Jane Roe @roe\n5 March 2024",
            "Halvane, 5 March 2024",
            # Never a change, a print, a look.
            "*Last updated: August 6, 2020*",
            "Updated on: March 5, 2024 / 6:30 PM EST / Quay News",
            "Updated\n5 March 2024",
            "Stand: 05.03.2024 14:30 Uhr",
            "Aktualisiert am 5. März 2024",
            "Mis à jour le 5 mars 2024",
            "Printed on 5 March 2024",
            "Retrieved 5 March 2024",
            "Today, 5 March 2024",
            # Two ways to read it, or several days.
            "Published: 03/04/2018",
            "Issued on: 05/03/2024 - 18:30",
            "5 - 7 March 2024",
            "Tuesday, 26 November 2024\nBy Jane Roe, 5 March 2024\n4 March 2024",
        ],
    )
    def test_other_dates_are_not_the_page_s(self, head):
        assert read(head) is None

    @pytest.mark.parametrize(
        ("head", "order", "at"),
        [
            ("Issued on: 05/03/2024 - 18:30", "dmy", "2024-03-05T18:30"),
            ("Published: 03/05/2024 6:30 pm", "mdy", "2024-03-05T18:30"),
            ("05.03.24, 18:30 Uhr", "dmy", "2024-03-05T18:30"),
        ],
    )
    def test_the_language_settles_numbers(self, head, order, at):
        assert read(head, order).at == pd.Timestamp(at, tz="UTC")

    def test_date_inside_the_story_is_not_the_page_s(self):
        text = f"{BODY}\nJuly 16, 2018\n{BODY}"
        assert printed_dates.page_date(text) is None

    def test_a_labelled_line_can_close_the_page(self):
        found = printed_dates.page_date(f"Council closes bridge\n{BODY}\nPublished 5 March 2024")
        assert found.at == pd.Timestamp("2024-03-05", tz="UTC")
        assert printed_dates.page_date(f"Council closes bridge\n{BODY}\n5 March 2024") is None
