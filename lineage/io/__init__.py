"""Readers and writers, one module a format: nothing above this room opens a user's file."""
