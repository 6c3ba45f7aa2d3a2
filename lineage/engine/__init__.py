"""The stages in order, from articles to the tables of a run."""
