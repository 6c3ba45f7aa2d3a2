"""Texts side by side: candidates, pairs, likeness, readings, sentence encoders."""
