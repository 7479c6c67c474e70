"""Platforms' stays: told, completed, followed, given another room."""
