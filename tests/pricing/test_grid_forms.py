"""A grid of the first form is read for ever: its hash and its prices stand in bookings."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.grid import Grid, GridInvalid, example_house
from pricing.limits import Limits
from pricing.quote import RoomRequest, quote
from pricing.stay import Stay
from tests.pricing.stays import parties, stays

FIRST = (Path(__file__).parent / "grids" / "form_1.toml").read_text(encoding="utf-8")
DIGEST = "0d3f33b49f591a5f311ce6477dc540acae9504c2d95bb1977434f80ece9a9c30"
"""Written by the program of 22 November 2026, and stored with every booking of that day."""


def test_keeps_the_hash_under_which_an_old_grid_is_stored() -> None:
    assert Grid.loads(FIRST).hash == DIGEST


@given(stays(), parties, st.booleans())
def test_keeps_every_price_of_an_old_grid(stay: Stay, party: list[RoomRequest], is_resident: bool) -> None:
    old = quote(Grid.loads(FIRST), stay, party, is_resident=is_resident)
    new = quote(example_house(), stay, party, is_resident=is_resident)

    assert old.bracket_amounts == new.bracket_amounts
    assert (old.ladder, old.cost_lines, old.minimum) == (new.ladder, new.cost_lines, new.minimum)
    assert [night.season.code for night in old.nights] == [night.season.code for night in new.nights]


def test_writes_an_old_grid_in_the_new_form() -> None:
    old = Grid.loads(FIRST)

    again = Grid.loads(old.dumps())

    assert old.dumps().startswith('form = "pricing-grid/2"')
    assert again == old
    assert again.hash != old.hash  # another document, that says the same
    assert (again.author, again.vote_reference, again.index) == (None, None, None)


def test_reads_an_old_grid_that_would_break_an_invariant_of_today() -> None:
    steep = FIRST.replace('slope = "0.025"', 'slope = "0.06"')

    assert Grid.loads(steep).curve.unit_price(Grid.loads(steep).brackets[2].point) > 12
    with pytest.raises(GridInvalid, match="limits.slope"):
        Grid.loads(Grid.loads(steep).dumps())


def test_holds_an_old_grid_to_the_limits_of_the_specification_when_it_is_written_anew() -> None:
    again = Grid.loads(Grid.loads(FIRST).dumps())

    assert again.limits == example_house().limits == Limits(Fraction("0.05"), Fraction(1), Fraction("0.05"))


def test_takes_an_index_that_comes_out_in_its_own_year() -> None:
    text = example_house().dumps().replace("reference_year = 2023", "reference_year = 2025")

    assert Grid.loads(text).index is not None


def test_knows_what_the_new_form_adds() -> None:
    grid = example_house()

    assert (grid.author, grid.vote_reference, grid.previous_hash) == ("Marie", "example", None)
    assert (grid.most_nights, grid.most_nights_a_year, grid.quote_days) == (60, 90, 7)
    assert Grid.loads(grid.dumps().replace("quote_days = 7\n", "")).quote_days == 7
    assert grid.index is not None
    assert grid.index.monthly * 12 == 25_760
    assert (grid.index.reference_year, grid.index.published) == (2023, date(2025, 7, 7))
    assert grid.length is None
    assert not grid.caps_at_cost
