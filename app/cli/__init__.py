"""The commands of `flask`: one file for each group."""

from __future__ import annotations

from flask import Flask

from app.cli.example import demo_commands
from app.cli.houses import house_commands, user_commands


def install(app: Flask) -> None:
    """Add the house's commands."""
    for group in (house_commands, user_commands, demo_commands):
        app.cli.add_command(group)
