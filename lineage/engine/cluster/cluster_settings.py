"""Numbers that decide in this room, with their reasons; none of them is fitted.

What finds and weighs candidates is the archive's: `archive_settings` and `match_settings`.
"""

from __future__ import annotations

# candidate_joins.py: Which pairs of texts are worth a look.

# A word or run of words that more texts have than this is not joined with itself: the pairs grow
# with the square. A word finds nothing then; a run joins each text with the first and the last
# that have it, so that families of any size still hang together.
MOST_HOLDERS = 200
# Weights are summed as whole numbers: sums of fractions depend on the order of the rows, which is
# another on each engine.
WEIGHT_UNITS = 1_000
# BM25 as tantivy has it: how fast a longer text counts less.
BM25_K, BM25_B = 1.2, 0.75

# star_pairs.py: What is weighed together.

# Texts whose candidates are weighed in one call; each document is moved once a block.
BLOCK_TEXTS = 32
# Odds are summed as whole numbers, in millionths.
ODDS_UNITS = 1_000_000
MOST_ODDS = 10**12

# family_joins.py: Families.

# A component with more pairs than this does not fit one call; it is one family as it is.
MOST_COMPONENT_PAIRS = 500_000
# Labels of components that take more rounds than this are not settled: their number grows with
# the logarithm of the longest path.
MOST_ROUNDS = 64

# duckdb_backend.py: One machine.

# Rows that are handed to a process at a time.
CHUNK_ROWS = 2_048
# DuckDB takes no more memory than this; what needs more is spilled to disk.
MEMORY_LIMIT = "2GB"
