"""Tests of the house's solidarity fund."""
