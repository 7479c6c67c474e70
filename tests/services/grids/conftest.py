"""A house with the example's grid, and drafts of the next one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest

from app.models import GridDraft, Property
from app.services import grids
from pricing.curve import AffineCurve
from pricing.grid import Grid, example_house
from tests.cast import NOW, TODAY

TOMORROW = TODAY + timedelta(days=1)

Begin = Callable[..., GridDraft]


def steeper(grid: Grid) -> Grid:
    """Return the grid with 2 € more on its floor."""
    curve = grid.curve
    assert isinstance(curve, AffineCurve)
    return replace(grid, curve=replace(curve, floor=curve.floor + Fraction(2)))


@pytest.fixture
def begin(house: Property) -> Begin:
    """Return a maker of drafts."""

    def begin_draft(grid: Grid | None = None, on: Property = house, **said: Any) -> GridDraft:
        known = {"reason": "less for the middle", "author": "Marie", "actor": "user:1", "now": NOW}
        return grids.start_draft(house=on, grid=grid or steeper(example_house()), **{**known, **said})

    return begin_draft
