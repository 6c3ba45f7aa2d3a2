"""Numbers that decide in this room, with their reasons; none of them is fitted."""

from __future__ import annotations

# intake.py: What is added at a time.

# Texts that are stored together. What is lost when the process is killed is at most these, and
# none of them was reported as stored. Twice as many save 4 % of the time and take 30 MB more.
BATCH_TEXTS = 2_000
# Long texts fill a batch earlier.
BATCH_CHARS = 16_000_000

# parts.py: Files that hold a table.

# So many files of one size become one, so that their number grows with the logarithm of the texts.
MERGED_PARTS = 8
# No file grows beyond so many rows: it is rewritten whole when a text is removed from it.
MOST_PART_ROWS = 131_072
# Rows that are read to find one, and held to write them: DuckDB's smallest.
GROUP_ROWS = 2_048
# A reader that began before two files became one still opens the old ones; so long they stay.
KEPT_S = 900.0
# DuckDB takes no more memory than this; what needs more is spilled to disk.
MEMORY_LIMIT = "1GB"

# word_index.py: What finds a text.

# Memory in which words are gathered before they go to disk, and what tantivy asks for at least.
INDEX_HEAP = 64_000_000
# Of a long text the rarest words are looked up: the rest finds what these have found.
FINDING_WORDS = 100

# relatives.py: Which texts are looked at, and which of them are relatives.

# Texts by their rare words. Among 20,000 texts the ten best have .97 to 1.0 of the relatives of
# wire updates, encyclopedia versions, digests and news.
BEST_BY_WORDS = 20
# Texts that share runs of words, most and rarest first. Usual phrases are such runs too: with 40,
# one in twenty texts that shared twelve words and nothing else was not among them (20,000 texts).
BEST_BY_RUNS = 200
# A candidate without a shared run that has less of a text than this share of its rare words, by
# BM25, is no relative: all that are have .28 and more. A text that has none which has more is not
# cut into sentences.
PROMISING_SHARE = 0.15
# Strangers that a relative has to be told from are those on the same matter. With the prior of all
# 20,000 texts .60 of the versions of an encyclopedia and no rephrased news are relatives; with
# this one .85 and .30, and of the candidates of single wire reports .06 instead of .02, most of
# them with reason: repeats and updates.
NEAR_TEXTS = 200

# lookup.py: What is asked of an archive.

# Of the candidates of a text so many are cut into sentences and weighed, 25 ms each.
WEIGHED_TEXTS = 16
# Where none is a relative, so many of the nearest are traced all the same, to show what was seen.
SHOWN_STRANGERS = 2
# Articles that have the same text to the letter; the others are counted.
MOST_SAME_TEXT = 20
# What is traced at once has no more texts than this.
MOST_TRACED = 40

# archive_stories.py: All stories of an archive.

# Texts whose pairs are stored together: what is weighed again after the process was killed.
WEIGHED_AT_A_TIME = 200
# Documents that are kept while their neighbours are weighed, some 300 kB each.
KEPT_DOCUMENTS = 1_000
# A pair with less is not stored: with ever so many relatives it would not join them.
LEAST_NATS = 0.0
# A story with more articles than this is traced by its first ones, and that is said.
MOST_STORY_ARTICLES = 300

# watching.py: A folder in which texts arrive.

# Seconds between two looks at the folder.
POLL_S = 2.0
