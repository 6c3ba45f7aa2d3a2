"""Data that simulated stories are made from."""
