"""The family tree of the texts of one story, from their words alone; docs/model.md describes it."""
