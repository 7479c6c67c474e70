"""What a stay costs: an exact, standalone package of the standard library only (see README.md)."""
