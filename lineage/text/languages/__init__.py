"""Languages: which one a text is in, and lists of words, one file a language."""
