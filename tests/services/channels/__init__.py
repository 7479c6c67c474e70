"""Tests of what is read from platforms and shown to them."""
