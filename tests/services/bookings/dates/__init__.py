"""A stay gets other dates."""
