"""Pages fetched from web addresses, politely and within limits."""
