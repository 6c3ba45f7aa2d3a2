"""Web pages: what of them is the article, who wrote it, when, and from whom it is."""
