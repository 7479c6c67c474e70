"""The commands of `flask`: make a house, take people in, migrate the database."""

from __future__ import annotations

from flask import Flask


def install(app: Flask) -> None:
    """Add the house's commands."""
