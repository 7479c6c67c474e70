"""Verbs of the house, one file per noun."""
