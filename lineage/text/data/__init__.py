"""Small lists that the text room reads."""
