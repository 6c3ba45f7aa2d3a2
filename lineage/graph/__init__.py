"""One posterior for every pair: links, families, forests with absent sources, what they say."""
