"""The naive floor: what the framework allows, when nothing is asked of a booking engine but a list and a row."""
