"""Numbers that decide in this room: weights of the signals, in bits, and limits, with reasons.

None is fitted. They were set by judgement on the texts that the project began with, and held
against what
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
# These say which publisher a text is from, and not which of its pages.
HOUSE_CREDITS = frozenset({"dateline", "byline_agency", "copyright", "desk"})
# A page of the publisher with so much of it inserted in the midst of the shared text may be an
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

# cuts.py: Signals of cutting and dressing: where a text stops, what it was gathered from, what
# frames it.

# A tail shorter than this is a credit or a last clause, not a cut.
MIN_TAIL_WORDS = 25
# Words that may stand behind the place where a copy stops: a signature, a mark of the wire.
MAX_TAIL_LEFT = 3

# direction.py: Signals that have a cause: why the one text must have been there before the other.

# A stem rarer than this is no function word.
MIN_TELLING_BITS = 6.0
# A stretch of new words shorter than this is wording, not an answer.
MIN_ANSWER_WORDS = 8
# Quoted words fewer than this can have been heard by anybody.
MIN_QUOTED_WORDS = 8

# features.py: What is measured of the texts of one story; docs/model.md defines every feature.

# Of the median text: below the first share nothing is verbatim, from here on all is.
FAMILY_VERBATIM_FROM = 0.25
FAMILY_VERBATIM_RANGE = 0.6
# Median text with nothing verbatim: closeness 0; all but identical texts: closeness 1.
FAMILY_CLOSENESS_OFFSET = 1.02
FAMILY_CLOSENESS_SCALE = 3.4
# Of the words that differ: edited texts exchange fewer one for one, rephrased ones more.
FAMILY_REPHRASED_FROM = 0.3
FAMILY_REPHRASED_RANGE = 0.4

# Texts that differ in fewer of their words were not rephrased, whatever was exchanged for what:
# twenty copies with a word changed in each are copies.
REPHRASED_SHARE = 0.15

# orders.py: Orders of texts by likeness: the spanning tree and the shortest path through all.

# Up to this many texts the path is exact; its table has n * 2**n cells.
EXACT_PATH = 12
# Above that it grows from this many starts, spread evenly over the texts.
PATH_STARTS = 8
# An exchange must gain more than rounding.
LEAST_GAIN = 1e-9

# overlap.py: What the texts of a story have in common, counted for all pairs at once.

# A word that makes up more than a thousandth of the language says nothing of a text.
COMMON_WORD_BITS = 10.0
# Columns of a block; bounds the memory of a comparison of all pairs.
BLOCK = 16_384

# pair_features.py: Features of edges and roots, before they are multiplied by their bases;
# docs/model.md.

# Texts that are all about as near to the others, by so much of their word pairs, have no middle:
# one of twenty copies that lacks a word is not the first of them.
CENTRAL_SPREAD = 0.03
# Size of a story of the size that most have; `log(n / 8)` is then about zero.
USUAL_TEXTS = 8
# A nearest text may be the same but for a word; its closeness is held below this.
PAIR_FEATURES_MAX_NEAREST = 1.02

# word_changes.py: How two texts of a story differ word by word, and which days they mention.

# Four digits between these are years of which a text may tell; others are quantities.
FIRST_YEAR = 1900
LAST_YEAR = 2035

# A run this long is copied or formulaic; shorter ones any two texts share.
MIN_RUN_WORDS = 3
# An insertion this long is new material; a shorter one may be wording.
BLOCK_WORDS = 8

# A misspelling stands in the place of a word that is this much alike, and long enough for
# that to be no chance.
MISSPELLED_EDITS = 2
MISSPELLED_LETTERS = 4
# Whole phrases are exchanged for reasons of their own.
MISSPELLED_GAP = 3
# What the frequency list has below this is a word; what it lacks may be a misspelling.
KNOWN_BITS = 19.0
# In English text the list lacks a few names in a hundred words, in French four words in ten.
MAX_UNLISTED = 0.15
# Of the words in which the texts of an edited story differ few are misspellings. Where more
# are, somebody copied by hand, who makes them: then they say nothing here.
MAX_MISSPELLED_SHARE = 0.05

# A text that is kept up to date speaks of the last few years.
RECENT_YEARS = 3.0

# family_rows.py: Evidence that only several texts together give: readings.

# Readings are compared among this many of the likeliest parents.
MAX_CANDIDATES = 3
# Of two sources of one text each has so much in common with it, they have less than this part of
# that with each other, and each accounts for so much that the other does not; with this much for
# sure.
MIN_LINKED_SHARE = 0.3
MAX_STRANGERS_SHARE = 0.33
MIN_TWO_SOURCES_SHARE = 0.12
FULL_TWO_SOURCES_SHARE = 0.3
# Word for word it has so much of the narration of each, or each of its.
MIN_WORDED_SHARE = 0.3
# A word counts as accounted for from here on.
EXPLAINED = 0.5
# Two texts with less of each other than this are not two wordings of one text.
MIN_COMMON_TEXT = 0.5

# gather.py: All evidence on one pair of texts, for the edge drawn either way.

# With this much of the smaller side shared word for word the link is settled, and
# nothing needs embedding to see it.
SETTLED_SHARE = 0.6
# When words alone find less than this of either side in the other, in order, the texts
# do not tell the same story, and embeddings would not change that: retellings that
# are true stay above it.
SCREEN_CONTENT = 0.03
# Content that puts two texts in one story, whether they share rare words or not.
STORY_CONTENT = 0.15

# link.py: Signals of a link: that two texts share more than the event they tell.

# Enough to judge by; the word differences show the rest.
MAX_QUOTED_RUNS = 3
# A sentence of which the text has less as its own is no narration that somebody else quotes.
MIN_OWN_SHARE = 0.5

# places.py: Places that signals point at: stretches of words, sentences, and their counterparts.

# With this share of its words in another sentence a sentence is told there too.
MIN_SAME_SENTENCE = 0.4

# retelling.py: Signals of retelling: what a writer does to another's sentences, and not the
# reverse.

# A block of new words shorter than this is wording, not reporting.
MIN_BLOCK_WORDS = 12

# translation.py: Pairs of texts in two languages: which are near in meaning, and which sentences
# answer which.

# A translation has none of the words, so that its meaning stands for what a close paraphrase in
# one language has of them: about this share.
WORDS_OF_A_FULL_MATCH = 0.6
# Texts of another language that a text is held against: the nearest in meaning.
TRANSLATION_MAX_NEAREST = 5
