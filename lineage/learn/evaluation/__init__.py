"""Figures against a known lineage: cases, scores, baselines, intervals, tables and plots."""
