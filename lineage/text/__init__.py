"""From characters to sentences with roles, credits and dates, offsets kept."""
