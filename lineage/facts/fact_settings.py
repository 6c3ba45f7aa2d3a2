"""Numbers that decide in this room, with their reasons; none of them is fitted."""

from __future__ import annotations

# comparison.py: Which facts of a sentence differ from those of the sentences it was made from.

# Two sentences have this share of the shorter one's words in common before the lack of a
# negation or a hedge in one of them means anything.
MIN_COMMON = 0.6

# name_changes.py: Which names of a sentence came, went, or became others.

# Names of at least so many letters that are so alike are one name, misspelt.
MIN_FUZZY_LETTERS = 4
MIN_FUZZY = 75.0
# Two names that have a word in common are so alike in the rest, or stand in the same place.
MIN_PART_FUZZY = 50.0

# Fewer letters of a country are the beginning of too many words.
MIN_COUNTRY_LETTERS = 4
# Letters that the name of a country may have beyond what its people are called by.
MAX_COUNTRY_TAIL = 4
# An abbreviation of fewer letters can stand for anything.
MIN_INITIALS = 3

# names.py: Names of a sentence: capitalised words in runs, titles apart.

# A title has small words in small letters; so many longer ones, all with capitals, are no chance.
MIN_TITLE_LETTERS = 4
MIN_TITLE_WORDS = 4

# number_changes.py: How two numbers of one thing stand to each other, and which numbers of a
# sentence changed.

# Smaller whole numbers are counted and not rounded, unless a word says so.
ROUND_FROM = 100
# A measure in another unit is the same up to this share where the last digit of one of them is
# no finer than that, and rounded up to that share.
SAME_SHARE = 0.01
CONVERTED_SHARE = 0.06
NEAR_SHARE = 0.1
# Nobody rounds by more.
MOST_ROUNDED = 0.25
# Coarser and finer last digits are not told apart; a float is whole up to so much.
MOST_STEP = 1e15
LEAST_STEP = 1e-6
EXACT = 1e-9
# "A third" is said for so many points more or less.
NEAR_POINTS = 2.5

# numbers.py: Numbers of a sentence: in digits or words, with units, money, per cent, and how exact.

# No person is older: "aged 41" up to here is an age.
OLDEST = 120

# quoting.py: What became of somebody's quoted words: kept, shortened, altered, introduced,
# reported.

# A quote of which this share of the longer one's words stands in another's order is the same,
# altered; of the shorter one's, it is the same, cut.
MIN_ALTERED = 0.5
MIN_CUT = 0.75

# So many words in a row are set in place of others.
MAX_REPLACED = 3
# Words so alike are one, misspelt or in another form.
MIN_SLIP = 70.0

# Of words without quotation marks so many have to agree; person and tense change.
MIN_REPORTED = 0.5
# What a word between two of the quote's costs, in words.
GAP = 0.25
# Of a quote that the sentence lacks, when so many of its words stand elsewhere in the text,
# it is told there.
TOLD_SHARE = 0.9

# slots.py: Where in its clause a value stands, and whether two values are said of the same thing.

# So many words may stand between a number and what it counts: "14 young farm workers".
HEAD_WORDS = 3
# So many words in common, beside the one next to it, make it the same thing.
MIN_SHARED = 2

# stance.py: What a sentence denies, what it leaves uncertain, and whose word it gives for it.

# More words in a row with capitals are a title or a list.
MAX_NAME_WORDS = 4

# Letters of a title such as "Mr" or "Dr", with its stop.
MAX_SHORT_TITLE = 4
# Words behind a negation or a hedge that it is said of.
SCOPE_WORDS = 3
# Words that name who is speaking, with title and office.
MAX_SPEAKER_WORDS = 6
# "Solanke, head of medicine at the hospital, said": so many words between the commas.
MAX_APPOSITION = 12

# time_changes.py: How two dates or times stand to each other, and which of a sentence changed.

# Of a time told "about" or "just before": this near it is the same told less exactly.
NEAR_MINUTES = 30
DAY_MINUTES = 24 * 60
# "Monday or Tuesday" may be the same day, where either names no more days than this.
FEW_DAYS = 2

# times.py: Dates and clock times of a sentence, resolved by the day of publication where that is
# known.

# Minutes from midnight to noon.
HALF_DAY = 12 * 60
# Words between the name of a month and its day.
NEAR_DAY_WORDS = 2

# tokens.py: The words, numbers and marks of a sentence, with case and places, for finding facts
# in it.

# Fewer can be a name or a loan.
MIN_FUNCTION_WORDS = 2
# With more of one language no other is looked for.
ENOUGH_FUNCTION_WORDS = 3

# values.py: Values of numbers as they are written: in digits, in words, as shares, with thousands.

# "First" and "third" are mostly adverbs, "second" a unit, but for "the second fire".
MIN_ORDINAL = 4
# "One in two" is the largest share that is said so.
LEAST_IN_SHARE = 2

# "One in ten".
MOST_IN_SHARE = 100

# "Dozens" counts whole dozens up to here.
MOST_DOZENS = 100
