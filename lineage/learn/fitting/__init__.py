"""Fitting weights to cases with a known lineage, and what a fit reaches on cases unseen."""
