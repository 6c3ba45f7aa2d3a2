"""Weights of the signals, in bits, each with its reason.

Set by judgement on the texts that the project began with, and held against what
``python -m lineage.fit CASES --what causes`` counts; a bit is one doubling of the odds.
"""

# --- link ---------------------------------------------------------------------------
# Before looking, two texts of one event are far more often independent than not, and a
# wrong link accuses somebody: it has to be 32 times as likely as chance.
PRIOR_BITS = -5.0
# Shared wording outside quotes: neutral where 30 % of the smaller side is shared; each
# doubling counts one bit.
WORDING_NEUTRAL = 0.30
WORDING_FLOOR = 0.02
WORDING_BITS = 1.0
# Share of the sentences whose content the other has, in order, weighted by strength:
# the best separator of independent reports (99 % below .53) from retellings.
CONTENT_BITS = 8.0
# Of texts in two languages, which cannot share wording: meaning is all there is, and a
# translation of more than half of a text is no chance.
ACROSS_BITS = 12.0
# Match score from which a sentence counts as taken at all, and fully. Below the lower
# one unrelated sentences of one event lie, at the upper one light paraphrases.
CONTENT_SCORE_NONE = 0.55
CONTENT_SCORE_FULL = 1.05
# A text of this few sentences is judged by what two sentences of the other have of its rare
# words: .60 or more for 78 of 100 sentences fused from two, and for 5 of 100 sentences of
# independent reports of the event; there the odds are even.
FLASH_SENTENCES = 2
FLASH_SHARE_NONE = 0.35
FLASH_SHARE_FULL = 0.75
# Order of facts: of independent reports 98 in 100 keep less than .6 facts more in order
# than chance; one bit and a bit for each fact beyond.
ORDER_BITS = 1.2
ORDER_MIN_SCORE = 0.66
ORDER_MIN_FACTS = 5
ORDER_LEAST_BITS = 1.0
ORDER_MOST_BITS = 4.0
# Of a word that somebody said, counted among the narration that is not explained: with
# many quotes and little narration the few words between are the same in every report.
SPOKEN_DISCOUNT = 0.5
# Nearly all of a text, quotes and narration, word for word: independent reports of a
# speech stay below .75.
WHOLE_FROM = 0.72
WHOLE_FULL = 0.92
WHOLE_BITS = 5.0
# The same hidden characters in two texts. By judgement: eight of two kinds coincide once in 256
# texts that have any, and more of them count no higher, because a program that marks all of its
# texts alike has them in strangers too.
HIDDEN_MARKS_BITS = 8.0
# Who credits an outlet has seen it.
CREDIT_LINK_BITS = 2.0

# --- choice of parent ----------------------------------------------------------------
# Similarity by pairs of words finds the neighbour in a chain of versions in nine cases
# of ten; 12 bits over its range keeps one changed paragraph visible.
CLOSENESS_BITS = 12.0
# What a text shares with a source that it rewords, and with independent reports.
CLOSENESS_NEUTRAL = 0.1
# One place where the child follows this candidate and not the other. Two writers hit
# on the same word by themselves about once in three times.
READING_BITS = 1.5
# The same in spelling only (programme, program): house style does that on its own.
SPELLING_READING_BITS = 0.25
READING_MAX_BITS = 8.0

# --- direction -----------------------------------------------------------------------
# By kind of credit: a copyright or byline of the other outlet is a statement about the
# whole text, "X reported" about a part of it.
CREDIT_BITS = {
    "dateline": 6.0,
    "byline_agency": 6.0,
    "copyright": 6.0,
    "desk": 5.0,
    "via_link": 6.0,
    "reported": 4.0,
    "quoted": 4.0,
}
# These say which house a text is from, and not which of its pages.
HOUSE_CREDITS = frozenset({"dateline", "byline_agency", "copyright", "desk"})
# A page of the house with so much of it inserted in the midst of the shared text may be an
# update of the page that was taken: of seven credited pages of news three hundredths to an
# eighth are, of an update half is.
UPDATE_MIN_WORDS = 8
# Words that were exchanged for the insertion, as a conjunction is.
UPDATE_INSTEAD = 2
UPDATE_SHARE_FROM = 0.15
UPDATE_SHARE_RANGE = 0.35
UPDATE_LEAST_KEPT = 0.25
# An interview given to the one outlet, in the same words in the other.
TOLD_BITS = 3.5
AGENCY_FORMS = frozenset({"dateline", "desk", "byline_agency"})
# Credits are lost in copying far more often than added; nine times in ten.
CREDIT_LOST_BITS = 3.2
CREDIT_LOST_MIN_CONTAINMENT = 0.4
GIVEN_DATE_BITS = 5.0
# Printed dates are of the page, not of the text: updates and time zones spoil them.
PRINTED_DATE_BITS = 2.0
# One given and one printed: the printed one is often that of the first version.
MIXED_DATE_BITS = 1.0
CLOCK_SLACK_S = 1800.0
LATER_HOUR_BITS = 2.5
CLOCK_MIN_CONTAINMENT = 0.2
CLOCK_MIN_AHEAD_MINUTES = 10
CORRECTION_BITS = 4.0
CORRECTS_MIN_CONTAINMENT = 0.3
# Right for 5 edges of 6 that it spoke of.
QUOTES_NARRATION_BITS = 3.5
ANSWERED_BITS = 4.0
ANSWER_MIN_CONTAINMENT = 0.5
# Who says that more will follow and was not continued has been copied by nobody who had more.
DEVELOPING_BITS = 2.5
DEVELOPING_MIN_CONTAINMENT = 0.4
TAIL_MIN_CONTAINMENT = 0.75
TAIL_CUT_BITS = 1.5
BROKEN_OFF_BITS = 5.0
# A text of a fraction of the other's length, made of its words: a digest where they stand
# far apart there, an excerpt where they stand together; a report grown out of a flash is
# like an excerpt.
DIGEST_MAX_LENGTH_SHARE = 0.35
DIGEST_MIN_CONTAINMENT = 0.4
DIGEST_MIN_SPREAD = 2.0
DIGEST_BITS = 2.5
LEAD_SHARE = 0.2
EXCERPT_BITS = 1.0
LATER_DATE_BITS = 2.0
LATER_DATE_MAX_DAYS = 400
DRESSED_BITS = 1.5
DRESSED_MIN_CONTAINMENT = 0.7
# Digits are lost in news more often than looked up; versions of an encyclopedia gain them.
ROUNDED_BITS = 1.0
# Right for 21 of 25 retellings; versions of an encyclopedia are the other way round here too.
QUALIFIER_LOST_BITS = 1.5
# Speech is reported from words that were heard or read; two reporters of one speech differ
# in this as well: right 6 times of 10.
TOLD_INDIRECTLY_BITS = 0.5
OWN_REPORTING_BITS = 2.5
OWN_MIN_CONTAINMENT = 0.4

# What a cause counts where texts shrink as they are passed on, and where they grow. News is
# cut where an encyclopedia is continued; hours of the day are opening times in a handbook,
# digits and qualifiers are added to works of reference, and a day that only the one knows of
# is news of a retelling only now and then. `python -m lineage.fit --what causes` fits these.
BY_KIND = {
    "tail_cut": (1.0, -0.5),
    "digest": (0.8, -0.5),
    "later_hour": (1.0, 0.0),
    "rounded": (1.0, 0.0),
    "qualifier_lost": (1.0, 0.0),
    "told_indirectly": (1.0, 0.0),
    "later_date": (0.25, 1.0),
}
# What one author can write without effort counts like one explicit credit at most, however
# many lines and cells say it. Each bit that the texts themselves say against it takes three
# away: two weak causes leave the direction open, and no declaration turns it.
DECLARED_MAX_BITS = 6.0
DECLARED_LOST_PER_BIT = 3.0

# A text that has parts of two strangers was made from both: up to six bits, by how much each
# has of it that the other lacks.
TWO_SOURCES_MAX_BITS = 6.0

# --- absent sources ------------------------------------------------------------------
# An agency writes for others and seldom takes from them.
AGENCY_BITS = 2.0
