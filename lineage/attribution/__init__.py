"""For every sentence of every text, where it came from."""
