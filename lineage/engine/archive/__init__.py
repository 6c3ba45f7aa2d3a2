"""A corpus on disk: texts that are added once, found in milliseconds, and traced."""
