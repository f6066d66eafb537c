"""Families of reprints and stories: which articles tell one text, one event."""
