"""Tests of the balance of a house."""
