"""Nights that two sides want, settled by people."""
