"""The report: one HTML page made from the tables of a run."""
