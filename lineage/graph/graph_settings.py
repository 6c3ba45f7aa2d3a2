"""Numbers that decide in this room, with their reasons; none of them is fitted."""

from __future__ import annotations

import math

# absent_edges.py: Edges from sources that were not handed in, and the agency behind each text.

# A text whose parent accounts for this much of it shares the parent's agency.
ORIGIN_COVERAGE = 0.5
# A source of a part that another text of its publisher explains as well is told of down to this.
LEAST_P_OF_PART = 0.05

# absent_sources.py: Sources that were not handed in: agencies behind siblings, outlets credited
# by name.

# Who is only quoted from a statement may have been heard as well: not enough to draw a source.
QUOTED_RELEASE_P = 0.4
MOSTLY = 0.5
# Who was told something has those words on a page of nobody knows whom too, where nothing else
# says that the page is theirs: an agency's own copy mostly has its name above or below. So a
# fifth is taken off what it counts on the page of another: a judgement.
TOLD_BY_NOBODY_P = 0.6
# A source that nobody names is the release that so many of its texts credit for a part.
MIN_NAMING_SHARE = 0.5
MIN_NAMING = 2

# A page without a credit shares an agency's text when this much of the smaller body,
# outside quotes, is that of a page with the credit.
MIN_INHERITED_SHARE = 0.5
# Where the text itself says that it has material of a source, less is enough.
MIN_MATERIAL_SHARE = 0.2
# Who names a source in a byline or dateline has it from there.
CREDITED_P = 0.94

# It is drawn, and told of, when it is as probable as this. A judgement: it accuses two texts at
# once, and in one invented story two sources of one post, which a tree joins by way of it, were
# told to go back to one at .61.
LEAST_P_UNNAMED = 0.7

# across_languages.py: Edges between texts of two languages, whose sentences were compared by
# meaning.

# A text of which another accounts for less was not made from it: 67 words of a source are not
# enough for a text of 500, whatever the sentences resemble.
LEAST_COVERED = 0.35
# No source accounts for more words than it has, but for what languages differ in length.
MOST_WORDS_RATIO = 1.5
# A text of which all is in the other, and not the other way round, is the shorter version:
# translations of agency reports leave out more often than they add. One text wholly in the other
# and half of that in it are two bits.
EXTENT_BITS = 4.0
# Two texts that are no likelier relatives than not are not asked which was first.
LEAST_LINKED = 0.5
# Below this the other direction is likelier.
LEAST_P_DIRECTION = 0.45

# arrangement.py: Arrange what is known of a family of texts into the features of its edges and
# roots.

# A share below one in fifty is like none.
LEAST_SHARE = 0.02
# Families are found with the whole price of a large collection; inside one it counts this much,
# or a family would fall apart beside strangers: tried by hand on folds, edge_f1 of the invented
# stories beside 10 to 640 of them was .27 in full and .85 at this share. At none of it they did
# worse alone (.79 for .83).
SIZE_SHARE = 0.15

# Nats from which on two texts are linked, whatever more they have of each other.
WELL_LINKED = 4.0
# Texts of a family of the usual size.
USUAL_TEXTS = 8

# constraints.py: What is known beforehand, as forests that are out of the question.

# Shares of fewer forests than this say little.
LEAST_FORESTS = 200
UNNAMED = 0
# Added to an edge that is known: no other choice is left beside it.
FORCED_NATS = 80.0

# directions.py: Which directions stay open or turn, beyond what the forests of a family say of
# them.

# Of an edge against the dates given: whatever speaks for it, the text may go back to an
# older one of the same publisher that is not here, so its direction is left open.
MAX_P_AGAINST_DATES = 0.75
# Dates given that are nearer than this are no objection: clocks and corrections.
MIN_AGAINST_DATES_S = 3600.0
# Below this the direction of a drawn edge is held to be the other one.
UNTURNED = 0.45
# From so many bits on causes speak against the way in which an edge is drawn.
TURNING_BITS = 2.0
# Of a text of a sentence or two without a cause of as many bits no direction is surer than this.
FLASH_CAUSE_BITS = 2.0
MAX_P_OF_FLASH = 0.75

# edges.py: Edges between texts: probabilities, coverage, what became of each candidate.

# With this much of it, and this much of the other in it, it was reprinted.
REPRINT_SHARE = 0.85
REPRINT_SOURCE_SHARE = 0.6

# A candidate within this factor of the chosen parent is a runner-up even when it is not the
# next best.
RUNNER_UP_ODDS = 8.0
# A pair below this probability of a link has no row among the edges.
LISTED_P_LINK = 0.3
# A text that has this much of another word for word was edited, or updated by its publisher.
EDIT_SHARE = 0.5

# With less in common than this, the quoted words are what was taken.
QUOTE_SHARE = 0.3

# family_edges.py: From the evidence on the pairs of a family to its edges, with what speaks for
# each.

# A named absent source that is as probable as this stands behind a text.
LEAST_P_ABSENT = 0.5

# forests.py: All forests of a story at once, and the best of them.

# A choice this much worse than a text's best one is held here: far below anything that
# matters, and far enough above the smallest number for several of them in a row.
FLOOR_NATS = -100.0
# Numbers held at once by the elimination, 8 bytes each: 64 MB.
FORESTS_HELD = 8_000_000

# further_parents.py: Edges between families: texts that passages of another were drawn from.

# By fits that had not seen them, 97 of 116 sources of digests in one folder are as probable as
# this and one text that is none, and 37 of 2,222 pairs of reports that have nothing of each other.
LEAST_P_FURTHER = 0.6
# Of a text without a parent one source has to be as sure as this, and another probable: 50 of
# those 116 are, and none of the others.
LEAST_P_FIRST = 0.97
# From here on the family's word on which of two was first counts, and not that of passages: who
# names outlets is made from others, but not from who copied these names.
DECIDED = 0.9
# Texts linked as surely as this are two wordings of one source; of two reports of one event each
# may be a source.
ONE_SOURCE = 0.9

# grouping.py: Stories: families of texts, and the families that tell of one event.

HASH_DIGITS = 10
# Two texts of one family are of one story from this probability of a link on.
LEAST_P_LINK = 0.5
# Families tell of one event where this share of the pairs between them do: an event is not
# made by a chain of reports each of which shares some names with the next.
LEAST_EVENT_SHARE = 0.5
# Two texts tell of one event where they share so many rare words that no more texts have than
# these, and this share of those of the text with fewer: of pairs of one story in collections with
# few relatives .78 are relatives, of which with looser numbers .13 were.
MOST_HOLDERS = 8
LEAST_WORDS = 5
LEAST_WORD_SHARE = 0.25

# growth.py: Whether texts of a kind grow or shrink as they are passed on, and what this says of
# two of them.

# From this share of either text in the other, on the mean, it is reworded or verbatim.
GROWTH_VERBATIM_FROM = 0.25
GROWTH_VERBATIM_RANGE = 0.6

# Styles further from the mean than this, in standard deviations, are not more unlike.
MAX_STYLE = 3.0
# Texts are alike in style within this many standard deviations, root mean square, and with
# so many known families like them their kind counts half: chosen with sets left out in view.
LIKE_STYLE = 0.4
GROWTH_HALF_TRUST = 1.0

# Logarithm of the ratio of two lengths that counts for most of what a length can say.
LENGTH_SCALE = 0.2
# More words than this in whole insertions say no more.
MAX_INSERTED = 150
INSERTED_SCALE = 3.0
# Texts of one length were not cut or continued: below this log ratio insertions, which
# something else then made up for, count in proportion to it.
SAME_LENGTH = 0.02
# Where texts grow, more words inserted into the shorter of two count this much: by length
# alone .74 of the versions of handbooks are right, with insertions in full .71, so .73.
AGAINST_LENGTH = 0.3

# Rewording that keeps the length makes words longer, by letters, and sets commas, by a
# hundred words: language models do that, and who retells from memory does not keep the length.
POLISH_LENGTH = 0.15
POLISH_LETTERS = 0.15
POLISH_COMMAS = 2.0

# A pair by itself says no more than this, whatever the weights: on cases that no fit has
# seen a wire's repeats hold a probability of two thirds, papers of nine tenths.
MAX_P_GROWING = 0.85
MAX_P_CUT = 0.70
MAX_P_RETOLD = 0.80

# links.py: Which texts are relatives: how probable what two have in common is with a link and
# without.

# What two texts have in common tells no more than how improbable it is by chance, from here on,
# where they have nothing. A bit would be ln 2 nats if it could not have been another word as well.
# Of 2,963 pairs of strangers in twos, threes and sixes, cut to a sentence and more, .077 were
# linked without this and .002 are with it (.004 at ln 2); no edge of a set is linked less.
NOTHING_NATS = -4.0
BIT_NATS = 0.4

# Of a text in another language this share has to be in the other's own words to be a copy: half
# a text left in its language, and not the names that both have.
LEAST_COVERED_APART = 0.3
# Texts that theta is held to one by.
HELD_TEXTS = 4.0
N_ROUNDS = 8
# Two texts are in one family when they are as likely relatives as not. At .1 a wire of 240 short
# reports kept four false edges more, and found no true one more in 206 texts with 73.
LEAST_RELATED = 0.5

# matters.py: Families that only one text holds together: a digest of reports on matters of their
# own.

# Two texts with less than this have nothing of each other but words that all texts of their kind
# have: -4 is what is said of two that share nothing. Of 264 known cases of three texts and more
# only three digests of 46 and two of 39 sets of independent reports hang together by one text.
NOTHING_SHARED_NATS = -2.0
# A text is of one matter, whatever it has of another, where it is linked to it so many times as
# well.
MAIN_MATTER = 2.0

# mark_bits.py: What hidden marks add to a link that the readable text shows, and never more.

# Marks are easily written and easily washed out: they speak only where the words of two texts
# make them relatives already, so that nothing that can be read is outvoted by them.
LEAST_READABLE = 0.5

# model.py: The fitted model: from what is known of a family to the weights of its forests.

# Lengths that differ more than this are not more unlike.
MAX_SPREAD = 1.0
# Nor are texts longer than this, in words: beyond, length tells the matter, not the kind.
MAX_LENGTH = 250.0
# With this many fitted families of its kind a family's odds count half.
MODEL_HALF_TRUST = 1.0
# Named sources that may be there or not are summed over one by one: 2^6 sums.
MAX_NAMED = 6

# outcomes.py: How each pair of texts is related: one made from the other, a common source, or
# neither.

# The most probable outcome is called undecided below this.
LEAST_OUTCOME = 0.5

# pair_terms.py: What pairs of a family say on their own, from the evidence on them.

# Where this share of the narration of either text stands in the other, half of the texts of one
# event are relatives; nothing in common counts as the other share.
USUAL_NARRATED_SHARE = 0.3
LEAST_NARRATED_SHARE = 0.02

# Of two texts that were not compared: they share too few rare words to be worth it.
NOT_COMPARED_NATS = -6.0

# Fewer words in common than about this are no sign of anything.
FEW_WORDS = 10.0

# posterior.py: What the sum over all forests of a family says of every two of its texts.

# Two texts count as one source of a third where this share of the word pairs of either is in
# the other, and the one is no more than so much more probable.
ALIKE_SHARE = 0.5
ALIKE_ODDS = 4.0
# Of candidates that are about as probable the one that is surer to be above the text is drawn.
ABOVE_SHARE = 0.1
# Between candidates that are alike but for their readings these count so much more than in the sum,
# per nat: the fit is on many texts whose readings are chance. With it they have the half that
# they were judged at before the fit; edge_f1 on folds is level (mean over sets .666
# and .666, with `COPY_SHARE` at .5).
READINGS_AMONG_ALIKE = 0.25
# Alike but for readings are texts of which so much is the same; of rewordings readings tell
# nothing (at .5, as for `ALIKE_SHARE`, a direction in twenty of rephrased news was lost).
COPY_SHARE = 0.8
# A text is drawn without a parent where no forest draws it with one.
LEAST_WORTH = 1e-6

# sampling.py: Forests drawn at random, each with its probability, and who is above whom in them.

# Enough that no share is off by more than .005 (one standard error), where all are drawn.
N_DRAWN = 10_000
# Larger families are drawn less often: numbers held at once are the drawn forests times the
# square of the nodes.
SAMPLING_HELD = 5_000_000
LEAST_DRAWN = 500
# A choice less probable than this beside a node's best one is left out: an inverse has no
# digits for it.
SAMPLING_LEAST_WEIGHT = 2.0**-40
# Forests whose ancestors are told at once.
AT_ONCE = 2_000_000

# signals.py: What speaks for each listed edge, in bits that add up to the probabilities beside
# it.

NATS_PER_BIT = math.log(2.0)
# A signal smaller than this moves an even chance by less than four in a hundred; what is left of
# a question takes it up.
SHOWN_BITS = 0.25
# What is left of a question is shown as long as it changes anything that is.
LEFT_BITS = 0.005

# training.py: Weights that make true forests probable: penalised maximum likelihood.

# Price of a standardised weight: in proportion to its distance from where it starts, so that
# most stay there [R. Tibshirani, 1996], and to the square of it. What tells a direction is dearer,
# since the sign of a direction turns with the genre. Chosen by cross-validation.
L1 = 0.4
L1_DIRECTION = 0.52
L2 = 2.0

# Few weights speak of absent sources, and each has a cause.
L1_ABSENT = 0.1

# Below this a weight is where it starts; the price is rounded off on the same scale.
TRAINING_LEAST_WEIGHT = 0.02
ROUNDED = 1e-2
MAX_ROUNDS = 300
# Numbers of a batch, by which it stays in the cache.
TRAINING_HELD = 400_000
# Relative gain at which a fit ends.
TOLERANCE = 1e-8

# wording.py: How a text is written, in numbers that the format of its file does not change.

# Words for which the marks above are counted.
PER_WORDS = 100.0
# Compressed piece by piece: a longer text would be compressed better for its length alone.
PIECE = 1000

# In several modules.

# No probability is shown as more than this, in bits.
MAX_BITS = 20.0
# A family of two texts has no structure: no others stand beside them.
PAIR = 2
# From here on one of two ways is the likelier.
EVEN = 0.5
# Sums of bits nearer than this are the same, but for rounding.
NO_BITS = 1e-6
