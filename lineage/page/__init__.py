"""What a page is made of: roles of its lines, bylines, credits, outlets, printed dates."""
