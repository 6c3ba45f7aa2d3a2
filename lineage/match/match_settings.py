"""Numbers that decide in this room, with their reasons; none of them is fitted."""

from __future__ import annotations

# background.py: What is common in a collection: how many of its texts have a word, or some words
# in a row.

# A word of fewer bits in the language says nothing of a text.
BACKGROUND_COMMON_BITS = 8.0
# No word says more than this: the list of the language ends near there.
MOST_WORD_BITS = 18.0
MOST_PAIR_BITS = 24.0
# A word that is never written small and is this rare is a name.
NAME_BITS = 11.0
# What a digit after the second, or a decimal point, adds to the rarity of a number.
DIGIT_BITS = 2.0
# Texts that the list of the language is worth beside those of the collection. A family of
# twenty has all its words in common; a form of eighty too, and is told by what fills it.
LANGUAGE_TEXTS = 40.0
# Words of a usual text: turns the frequency of a word into that of texts with it.
USUAL_WORDS = 250.0
# Who quotes somebody has not told it; a text of which more than this is quoted is itself what
# was said, a statement or an interview.
MAX_SPOKEN = 0.8

# candidates.py: Which pairs of texts are worth a look: those that share what few texts have.

# Up to this many texts every pair is looked at.
COMPARE_ALL = 80
# Of each text the best by what is shared, and the best by share: a digest has something of a
# long text, a short retelling most of what it has.
BEST_BY_WEIGHT = 10
BEST_BY_SHARE = 10
# What more texts have separates nothing and costs most time.
LEAST_HOLDERS = 20
MOST_SHARE_OF_TEXTS = 0.1

# document.py: An article as the aligner needs it: words, their sentences, what counts as body.

# Sentences in the first person that more of a text than this consists of are how it is written,
# and no speech that it reports.
MAX_SPOKEN_SHARE = 0.4

# encoders.py: Sentence encoders: what turns a sentence into a vector of unit length.

# The model's own settings: sentence_bert_config.json (max_seq_length) and
# 1_Pooling/config.json (mean of the token vectors).
MINILM_MAX_TOKENS = 256

BATCH_SENTENCES = 32  # fastest on two cores among 8, 16, 32 and 64
# Multiples of eight word pieces keep batches full and waste one twelfth of the work.
PAD_TOKENS = 8

# event_words.py: Which pairs of texts are worth a look.

# Words rarer than this in the language connect texts: names, places, technical words.
EVENT_WORDS_RARE_BITS = 13.0
# Two texts tell of one event when they share this many such words, and this share of
# the shorter text's.
MIN_SHARED_RARE = 3
MIN_SHARED_SHARE = 0.13

# likeness.py: What two texts have in common, as numbers that a fit can weigh.

# A pair of sentences with fewer bits in common, or less of each other, has met by chance.
CHANCE_BITS = 12.0
CHANCE_STEM_BITS = 2.0
ANSWER_SHARE = 0.35
# Shares of less than this would be shares of nothing.
LEAST_WORD_BITS = 20.0
LEAST_PAIR_BITS = 60.0
LEAST_TOLD = 20
LEAST_SENTENCE_BITS = 15.0

# A word that every seventh text has tells nothing of two of them.
USUAL_BITS = 3.0
# A run that this many others have is worth half.
HALF_HOLDERS = 3.0

# So many names and numbers fill a form.
FORM_FACTS = 3
# Fewer sentences that answer each other have no order.
MIN_ANSWERED = 2

# pairs.py: Two documents side by side: which words and which sentences they share.

# A run of equal words counts as shared when it is unlikely to meet by chance: three
# words or more and 30 bits, that is two rare words, or five common ones.
MIN_RUN_WORDS = 3
MIN_RUN_BITS = 30.0
# Single words beside such a run belong to it when no more than this many words lie
# between them in either text: "the <new> programme" is one passage.
MAX_GAP_WORDS = 3

# Longer texts are not judged by what two sentences have; with a headline these have two or
# three told sentences.
MAX_COVERED = 6
# The best pair has one of the best single ones in it.
MAX_FIRST_OF_TWO = 8

# readings.py: Readings: where two possible parents differ, which wording the child follows.

# A longer difference is new material, not another reading of the same place.
MAX_READING_WORDS = 12
# Words around a difference that a reader needs to recognise the place.
CONTEXT_WORDS = 2
# A shared run beside a difference shows the sentence from this length on.
MIN_BESIDE_WORDS = 4
# Two words this alike are one word in two spellings (programme, program).
SPELLING_RATIO = 85.0
# Articles, pronouns and the like, of fewer bits, are no reading: they stand in every sentence.
READING_BITS = 7.5

# similarity.py: How alike two sentences are, by rare words and by meaning, and which answers which.

# A word that everybody uses ("the", 4 bits) says nothing about a sentence; one rarer
# than 16 bits (names, technical words) says no more than another such word.
SIMILARITY_COMMON_BITS = 4.0
SIMILARITY_RARE_BITS = 16.0
LEAST_BITS = 0.3

# Weights of the score by which a sentence takes its source: share of the sentence's
# rare words found there, cosine of the embeddings, share of the source's rare words
# that were taken. On 327 sentences fused from two, this order of choice finds .84 of
# the sources (words alone .79, embeddings alone .56).
COSINE_WEIGHT = 0.3
TAKEN_WEIGHT = 0.5

# Prices of the path through the sentences, in units of the match score (0 to about
# 1.5): going on to the next sentence or staying is free, skipping forward is cheap,
# going back is not; leaving a sentence unmatched costs what a poor match is worth.
SKIP_PRICE = 0.05
BACK_PRICE = 0.25
GAP_SCORE = 0.55

# word_runs.py: What finds a text among very many: its rare words, and fingerprints of its runs of
# words.

# So many words in a row in common are never missed. Shorter runs meet by chance: forms, titles,
# usual phrases.
SURE_RUN = 12
# Words of a run that is hashed. Of each window of five such runs one is kept, a third of all;
# shorter ones would be fewer, and met by chance more often.
HASHED_RUN = 8
# A word of fewer bits finds too many texts.
FINDING_BITS = 11.0
# Years and round numbers stand in every other text; so short they find nothing.
FINDING_DIGITS = 3
