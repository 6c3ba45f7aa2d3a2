"""A page and an HTTP API on this machine: texts are handed in, their lineage comes back."""
