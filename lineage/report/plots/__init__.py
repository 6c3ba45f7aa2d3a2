"""Plots of a lineage with matplotlib."""
