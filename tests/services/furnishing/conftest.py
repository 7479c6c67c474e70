"""A house in which nothing stands yet, and a writer of its file."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from app.models import Property
from app.services import furnishing
from tests.services.furnishing.plans import (
    GRID,
    NOW,
    TEMPLATE,
    TODAY,
    Changes,
    Write,
    changed,
    create,
)


@pytest.fixture
def empty_house(app: Flask) -> Property:
    """Return a house in which nothing stands, beside one that is furnished and must never be touched."""
    lac = create("lac", "Hôtel du Lac")
    furnishing.furnish(house=lac, plan=furnishing.read_plan(TEMPLATE), actor="test", now=NOW, today=TODAY)
    return create("chez-nous", "Chez nous")


@pytest.fixture
def written(tmp_path: Path) -> Write:
    """Return a writer of the template with changes: `written(("old", "new"), more="…", grid=[("old", "new")])`."""

    def write(*changes: tuple[str, str], more: str = "", grid: Changes = ()) -> Path:
        (tmp_path / "grid.toml").write_text(changed(GRID, grid), encoding="utf-8")
        file = tmp_path / "house.toml"
        own_grid = ("../pricing/grids/example_house.toml", "grid.toml")
        file.write_text(changed(TEMPLATE, (own_grid, *changes)) + more, encoding="utf-8")
        return file

    return write
