"""Numbers that decide in this room, with their reasons; none of them is fitted."""

from __future__ import annotations

# attribute.py: For every sentence of every text: which sentence of its parents it was made from.

# Of the words of a sentence from an absent source that a sibling has: all but a slip.
VERBATIM_SHARE = 0.97
# With this share of equal words nothing is left for the meaning to tell.
SETTLED_SHARE = 0.85
# From this confidence on a source is named that is no kept parent, or is less alike than the
# sources of a parent's sentences are.
MIN_CONFIDENCE = 0.2
# An absent source is shown for a sentence when this share of it stands in a sibling.
WITNESS_SHARE = 0.6

# candidate_sources.py: In which texts the sentences of a text are looked up, and what is found
# there.

# A text is looked up in so many others at most, beside its parents.
MAX_TEXTS = 8
# What two sentences of one event, or any two of a wire, share by chance.
CHANCE_BITS = 15.0
# So many bits beyond chance, of all sentences together, make two texts worth a closer look:
# of 116 texts that digests were made from 109 have them, and of 837 others each has them
# with two or three.
CANDIDATE_SOURCES_MIN_BITS = 5.0
# So many pairs can be looked at without asking whether it is worth it.
N_FREE = 64
# A text of few words that others drew on, by so much more than it on them, was first.
SURELY_FIRST = 3.0
CANDIDATE_SOURCES_UNDECIDED = 0.5

# confidence.py: How sure it is that a sentence was made from another, by what the two have in
# common.

# No more than this is claimed.
MAX_CONFIDENCE = 0.99
# A run of equal words is told in tens of bits.
RUN_BITS = 20.0

# digests.py: What marks a text as made from others: what they have of it, and whom it names for
# it.

# Added to shares before their logarithm is taken: a sentence in a few dozen.
LEAST_DRAWN_SHARE = 0.02
LEAST_CITED = 0.03
# Nobody is believed more for naming others again and again: so many outlets, so large a share
# of the sentences. Of half the digests a seventh of the sentences name one, of single reports
# one in ten names more than that.
MOST_NAMES = 3
MOST_CITED = 0.25
# What links say is taken within these bounds, in nats: a close likeness tells a relative, and
# not that there are others.
LEAST_LINK_NATS = -4.0
MOST_LINK_NATS = 3.0

# Log odds of a sentence that nothing answers.
NOTHING = -6.0

# found_sentences.py: What one text has for every sentence of another: how alike, in which words,
# how surely.

# A sentence of fewer words can be anybody's.
FEW_WORDS = 5
# Bits are told on the scale of their logarithm, which is about this for a sentence.
LOG_BITS = 5.0
# Among so many sentences of a source meaning may choose another than words do.
N_NEAR = 3
# What a cosine is on the mean where so much of the words is shared, see `pairs`.
COSINE_OF_NONE = 0.3
COSINE_OF_ALL = 0.9
# So long a run of narration is not met by chance: as likely as not at the first number of
# bits, surer by each of the second. Of 100 pairs of reports of one event, wires and forms
# 3 share a run that is longer.
PROOF_BITS = 110.0
PROOF_SCALE_BITS = 15.0

# left_open.py: Which sentences words leave open, so that it is worth asking what they mean.

# So many sentences are embedded at most, however large the collection. The pairs that words
# settle least come first. A judgement: by the weights of passages before those that ship, in 166
# texts of which digests were made 1,000 found as many sources as 5,000 did, and 600 a tenth fewer.
MAX_EMBEDDED = 1000
# Where words say less than this of two texts, meaning does not make one the source of the other: of
# 1,266 texts looked up in others it brought none above .12, by the weights of passages before
# those that ship.
LEAST_P_BY_WORDS = 0.05
# Log odds by words alone below which meaning does not make a sentence one that was drawn: of
# 16,000 such sentences none came to -1.
LEAST_DRAWN = -3.0
# Words leave most open what is as likely as not.
LEFT_OPEN_UNDECIDED = 0.5

# measures.py: How every sentence of a text compares with every sentence of one parent.

# Match score from which a sentence was made from another. Among independent reports of
# one event the best match of a sentence is below .66 in 95 of 100.
MIN_SCORE = 0.66
# Where the sentences around it follow the same order, less is enough, unless there are
# numbers that the source sentence lacks: the next sentence of an update is often news.
MIN_SCORE_IN_ORDER = 0.58
ORDER_BONUS = 0.1
# A heading is a few words, and its match is a matter of one of them.
MIN_SCORE_HEADING = 0.8
# Of a body sentence made from a heading; two headings are the same or they are not.
MIN_SCORE_FROM_HEADING = 1.2
VERBATIM_WEIGHT = 1.8
# Most words in runs of equal words: not told in other words.
EDITED_SHARE = 0.5

# passages.py: Further parents: texts that passages of a text were drawn from, whatever its other
# parents.

MAX_PASSAGES = 6
# A sentence belongs to a passage when it was drawn from there as likely as not.
IN_PASSAGE = 0.0
# So many sentences of a passage may be from elsewhere.
MAX_GAP = 1

# reuse_types.py: How a sentence was made from its source: copied, edited, cut, told anew, or only
# quoted.

# A word by itself ("the", "said") is found in any sentence; two that follow each other
# are kept words. Of 107 sentences judged by hand .93 are told edited or retold by the
# share of these, .88 by the share of words in runs of the whole texts.
MIN_KEPT_RUN = 2
# A sentence that has so much of a source sentence in it is that one, made longer.
LONGER_SHARE = 0.75
# A sentence of which less was spoken is its reporter's own, a name or a word in marks aside.
SPOKEN_SHARE = 0.2
# A quote that several of the parents have to this share was heard by several reporters.
HEARD_SHARE = 0.85

# segmentation.py: Dividing a fused sentence among the sentences it was made from.

# Of two cuts alike, the one where something is set in.
INSET_BITS = 0.5

BINDING_BITS = 8.5

# sentence_index.py: Every sentence of a collection, and which others are likeliest to be its
# source.

# So many sentences are looked at more closely, by each way of looking.
N_CANDIDATES = 8
# What the rarity of a word in the language weighs against the collection: as much as it
# would be seen in so many sentences.
LANGUAGE_SENTENCES = 200.0
# Words of a sentence of news, for the chance that a word of the language is among them.
USUAL_LENGTH = 20.0
MAX_BITS = 16.0
SENTENCE_INDEX_MIN_BITS = 0.3
# A word that is in more sentences than this finds none: it would find them all.
MAX_POSTINGS = 2000
# A sentence is looked up by its rarest words.
N_LOOKED_UP = 16
# What is less alike than this is not worth a closer look.
MIN_ALIKE = 0.12
TAKEN_WEIGHT = 0.5

# source_sentences.py: Which sentences of its parents a sentence was made from.

# Words that another sentence has nearly as well are those of the whole story. Chosen on nine
# headings of known source: right ones are ahead by .27 and more, four of six wrong ones by less.
MIN_MARGIN_HEADING = 0.25
# All but the last word in one run: nothing is left for other sources.
SETTLED_SCORE = 1.74
# Among the many sentences of a long text some fit by accident. One that fits less well counts
# for a phrase that the better sources lack, of this share of the rare words and so many that
# are no function words: of eleven such in stories of known sources seven are sources, the
# other four below .172.
MIN_FURTHER_SCORE = 0.6
MIN_OPEN_SCORE = 0.4
PHRASE_WORDS = 3
PHRASE_SHARE = 0.18
FUNCTION_BITS = 9.0
# Who updates a text keeps its words: what is told in few of them about the same people is news.
# Of nine sentences of updates below both in stories of known sources eight were.
MIN_UPDATE_WORDS = 0.55
MIN_UPDATE_MEANING = 0.75
# Where no single source is enough, several may be: this share of the rare words. Two
# sentences of an independent report reach it for 5 in 100 sentences.
MIN_COVER = 0.6
# A text of so few sentences that is linked was made of something; below this share not
# even its sentences can be told (of fused sentences 98 in 100 reach it).
FEW_SENTENCES = 2
MIN_COVER_OF_FEW = 0.35
# What a sentence is worth less for each nat by which its text is less probable a source.
PRIOR_WORTH = 0.15
MIN_PRIOR = 0.01

# source_sets.py: Which few source sentences together explain a sentence: words, meaning, at a
# price for each.

# The search is exhaustive among so many of the best single sources.
MAX_CANDIDATES = 10
# Two words of one family (racist, racism; elect, election): they begin alike, in four
# letters at least and in this share of the longer one. Not the same word, but nearly.
FAMILY_LETTERS = 4
FAMILY_SHARE = 0.6
FAMILY_WORTH = 0.7
# Sets of more source sentences than two have a price of their own.
PAIR = 2
