"""Weights that were fitted, one versioned file a fit, and what reads them."""
