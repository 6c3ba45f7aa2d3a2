"""Tell where news texts come from."""

__version__ = "0.1.0"
