"""The hotel application."""
