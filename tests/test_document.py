import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage import tables
from lineage.io import articles
from lineage.match import document

from . import examples, invented

PAGE = (
    "Barge leaks in harbour",
    *invented.REPORT[:2],
    "“We smelled diesel before breakfast and thought nothing of it.”",
    "Gulls over Skell on Monday",
    "Sign up for the morning letter",
    "Reporting by Jane Roe",
)
ROLES = ("headline", "body", "body", "quote", "caption", "boilerplate", "credit")

any_text = st.text(
    alphabet=st.sampled_from("abcABC12.,?!“”\"' \n–éßж中\u200b\u00ad()"), min_size=1, max_size=120
).filter(lambda text: any(char.isalnum() for char in text))


def page():
    return invented.report(*PAGE, roles=ROLES)


def at(when, **given):
    return invented.report(published_at=when, **given)


def mask_words(made, mask):
    return [word for word, held in zip(made.words, mask, strict=True) if held]


class TestBuild:
    @given(any_text)
    @examples.at_most(60)
    def test_offsets_slice_to_the_words(self, text):
        made = invented.compiled(text)
        assert len(made.words) == len(made.starts) == len(made.ends) == len(made.bits)
        for k, word in enumerate(made.words):
            assert made.slice(k, 1) == text[made.starts[k] : made.ends[k]]
            assert made.slice(k, 1).strip()
            assert word
        if made.words:
            assert made.slice(0, len(made.words)) == text[made.starts[0] : made.ends[-1]]

    @given(any_text)
    @examples.at_most(60)
    def test_every_word_lies_in_its_sentence(self, text):
        made = invented.compiled(text)
        for index, inside in enumerate(made.sentence_words):
            start, end = made.spans[index]
            assert (made.sentence_of[inside] == index).all()
            assert (made.starts[inside] >= start).all()
            assert (made.ends[inside] <= end).all()
        assert sum(map(len, made.sentence_words)) == (made.sentence_of >= 0).sum()

    def test_roles_say_what_is_aligned_and_what_is_body(self):
        made = page()
        expected = {
            "headline": (True, False),
            "heading": (True, False),
            "body": (True, True),
            "quote": (True, True),
            "caption": (True, False),
            "credit": (False, False),
            "correction": (False, False),
            "boilerplate": (False, False),
        }
        assert set(expected) == set(tables.ROLES)
        for index, role in enumerate(made.roles):
            inside = made.sentence_words[index]
            content, body = expected[role]
            assert (made.content[inside] == content).all(), role
            assert (made.body[inside] == body).all(), role
        assert made.aligned.tolist() == np.flatnonzero(made.content).tolist()
        assert made.n_body == made.body.sum()

    def test_words_between_quotation_marks_are_quoted(self):
        made = page()
        assert mask_words(made, made.quoted) == (
            "we smelled diesel before breakfast and thought nothing of it".split()
        )

    def test_order_is_that_of_the_texts_and_not_of_ids(self):
        rows = [{"text": line} for line in (*invented.REPORT, *invented.ADDED)]

        def built(names):
            table = articles.prepare(pd.DataFrame(rows).assign(article_id=names))
            made = document.build(table, tables.empty("sentences"))
            return [each.text for each in made.values()]

        names = [f"n{k:02}" for k in range(len(rows))]
        assert built(names) == built(names[::-1])

    def test_texts_that_are_absent_are_not_compiled(self):
        table = articles.prepare(pd.DataFrame([{"text": "One."}, {"text": "Two."}]))
        table.loc[0, "text"] = pd.NA
        assert len(document.build(table, tables.empty("sentences"))) == 1

    def test_what_is_not_known_is_none(self):
        made = invented.report()
        assert made.outlet is made.title is made.published_at is made.origin_agency is None
        assert made.published_source == "none"

    def test_stems_are_those_of_the_sentence(self):
        made = invented.report("Growers close valves.", "Divers closed a valve.")
        assert made.stems[0] & made.stems[1] == {"close", "valv"}

    def test_a_credit_line_is_heard_and_the_boilerplate_is_not(self):
        line = "This article first appeared in the Ostrell Courier."
        heard = invented.report(*invented.REPORT, line, roles=["body"] * 8 + ["credit"])
        not_heard = invented.report(*invented.REPORT, line, roles=["body"] * 8 + ["boilerplate"])
        assert [each.name for each in heard.credits] == ["Ostrell Courier"]
        assert not_heard.credits == ()


class TestSpan:
    def test_spans_hold_the_words_between(self):
        made = invented.report()
        assert made.slice(1, 4) == "found a leaking barge"
        assert made.text[slice(*made.span(1, 4))] == "found a leaking barge"


class TestSpoken:
    POST = "I will not leave my oysters to a company of crooks, come what may."

    def test_quoted_words_are_spoken(self):
        made = page()
        assert (made.spoken & ~made.quoted).sum() == 0
        assert made.spoken.sum() == made.quoted.sum()

    def test_a_paragraph_in_the_first_person_is_somebodys(self):
        made = invented.report(*invented.REPORT, self.POST)
        assert mask_words(made, made.spoken) == mask_words(
            made, made.sentence_of == len(invented.REPORT)
        )

    def test_where_all_speak_so_the_writer_does(self):
        made = invented.report(self.POST, "My grandfather told me about oysters as I grew up.")
        assert made.spoken.sum() == 0

    def test_i_inside_quotation_marks_makes_no_paragraph_spoken(self):
        line = "A grower said “I will not leave my oysters” and went back to her empty beds."
        made = invented.report(*invented.REPORT, line)
        assert mask_words(made, made.spoken) == "i will not leave my oysters".split()


class TestOwnVoice:
    SAID = "The barge was never fit for the river, the harbour master said."
    BESIDE = "It had been patched with tar and old sails."

    def test_what_the_writer_tells_is_all_that_nobody_says(self):
        made = invented.report(*invented.REPORT, self.SAID)
        assert not made.own_voice[made.sentence_of == len(invented.REPORT)].any()
        assert made.own_voice[made.sentence_of == 1].all()

    def test_a_sentence_beside_one_that_reports_may_be_said_as_well(self):
        one = invented.report(*invented.REPORT, f"{self.SAID} {self.BESIDE}")
        apart = invented.report(*invented.REPORT, self.SAID, self.BESIDE)
        last = len(invented.REPORT) + 1
        assert not one.own_voice[one.sentence_of == last].any()
        assert apart.own_voice[apart.sentence_of == last].all()

    def test_quoted_words_are_nobodys_own(self):
        assert not (page().own_voice & page().quoted).any()


class TestStemWeights:
    def test_what_stands_in_every_sentence_weighs_least(self):
        made = invented.report("The barge leaks.", "The barge sinks.", "The barge burns.")
        weights = made.stem_weights
        assert weights["barg"] < weights["leak"]


class TestLagS:
    @pytest.mark.parametrize(
        ("one", "other", "lag"),
        [
            ("2024-03-04T08:00Z", "2024-03-04T09:30Z", 5400.0),
            ("2024-03-04T08:00Z", "2024-03-04T08:00Z", 0.0),
            ("2024-03-04", "2024-03-05", 86400.0),
            ("2024-03-04", "2024-03-05T06:00Z", 108000.0),
            ("2024-03-04", "2024-03-04", None),
            ("2024-03-04", "2024-03-04T06:00Z", None),
            ("2024-03-04", "2024-03-04T00:00Z", None),
            ("2024-03", "2024-03-20", None),
            ("2024-03", "2024-04-02", 2764800.0),
            ("2024", "2024-12-31T23:00Z", None),
            (None, "2024-03-04", None),
            (None, None, None),
        ],
    )
    def test_only_dates_that_are_precise_enough_have_an_order(self, one, other, lag):
        assert document.lag_s(at(one), at(other)) == lag
        assert document.lag_s(at(other), at(one)) == (None if lag is None else -lag)

    @given(
        st.datetimes(pd.Timestamp("2001-01-01"), pd.Timestamp("2030-01-01")),
        st.datetimes(pd.Timestamp("2001-01-01"), pd.Timestamp("2030-01-01")),
    )
    @examples.at_most(25)
    def test_turns_its_sign_with_the_order(self, one, other):
        first = at(one.replace(microsecond=0).isoformat() + "Z")
        second = at(other.replace(microsecond=0).isoformat() + "Z")
        forward, backward = document.lag_s(first, second), document.lag_s(second, first)
        assert (forward is None) == (backward is None)
        if forward is not None:
            assert forward == -backward
