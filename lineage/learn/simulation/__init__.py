"""Stories with a known lineage: made from templates, or read from the history of a repository."""
