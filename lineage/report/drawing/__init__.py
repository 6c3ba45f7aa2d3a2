"""The picture of a lineage as boxes and lines, before anything draws it."""
