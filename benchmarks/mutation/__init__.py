"""Mutation testing of boundaries and roundings: change one of them, and see whether a test notices."""
