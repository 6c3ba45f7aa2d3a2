"""Signals: what speaks for a link and for its direction, in bits, with the words quoted."""
