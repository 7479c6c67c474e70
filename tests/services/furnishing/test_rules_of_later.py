"""Grids and taxes follow one another from a day on; what was in force is never edited."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from app.database import session
from app.models import GridVersion, Property, TouristTaxRate
from app.services import furnishing
from app.services.rates import current_grid, tax_on
from pricing.grid import Grid
from tests.services.furnishing.plans import (
    FAMILY,
    ROOT,
    TEMPLATE,
    TODAY,
    VOTED,
    Changes,
    Write,
    count,
    furnish,
    rooms_of,
)


def test_sells_by_a_new_version_from_its_day_on(empty_house: Property, written: Write) -> None:
    furnish(empty_house, TEMPLATE)
    second = (
        ("version = 1", "version = 2"),
        ("effective_from = 2026-09-01", "effective_from = 2027-05-01"),
        ("horizon = 2028-08-31", "horizon = 2028-09-30"),
        ("known_until = 2028-09-01", "known_until = 2028-10-01"),
    )

    done = furnish(empty_house, written(grid=second))

    assert (done.grid_number, done.grid_from) == (2, date(2027, 5, 1))
    assert current_grid(empty_house, TODAY).grid.version == 1
    assert current_grid(empty_house, date(2027, 5, 1)).grid.version == 2
    assert empty_house.horizon == date(2028, 9, 30)


def test_sells_by_a_grid_of_the_first_form_and_knows_it_in_the_new_one(
    empty_house: Property, written: Write
) -> None:
    house_file = written(VOTED)
    first = (ROOT / "tests" / "pricing" / "grids" / "form_1.toml").read_text(encoding="utf-8")
    (house_file.parent / "grid.toml").write_text(first, encoding="utf-8")
    furnish(empty_house, house_file)

    (house_file.parent / "grid.toml").write_text(Grid.loads(first).dumps(), encoding="utf-8")
    again = furnish(empty_house, house_file)

    assert again.grid_number is None
    stored = session.scalars(select(GridVersion).filter_by(property_id=empty_house.id)).one()
    assert (stored.document, stored.digest) == (first, Grid.loads(first).hash)
    assert current_grid(empty_house, TODAY).grid.form == "pricing-grid/1"


@pytest.mark.parametrize(
    ("house_changes", "grid_changes", "path"),
    [
        ((), (('floor = "12"', 'floor = "13"'),), "grid.file:"),
        ((), (("version = 1", "version = 2"), ("from = 2026-09-01", "from = 2026-08-01")), "grid.file:"),
        ((("The board", "The bored"),), (), "grid.author:"),
        ((("decision 4", "decision 5"),), (), "grid.vote_reference:"),
        ((('rate = "0.04"', 'rate = "0.05"'),), (), "tourist_tax:"),
        ((('cap = "2.50"', 'cap = "2.60"'),), (), "tourist_tax:"),
        ((("example = true", ""),), (), "tourist_tax:"),
    ],
)
def test_never_edits_a_rule_that_was_in_force(
    empty_house: Property,
    written: Write,
    house_changes: Changes,
    grid_changes: Changes,
    path: str,
) -> None:
    furnish(empty_house, TEMPLATE)

    with pytest.raises(furnishing.StandsDifferently) as refusal:
        furnish(empty_house, written(*house_changes, grid=grid_changes))

    assert str(refusal.value).startswith(path)
    assert (count(GridVersion, empty_house), count(TouristTaxRate, empty_house)) == (1, 1)


def test_follows_a_tax_by_another_from_its_day_on(empty_house: Property, written: Write) -> None:
    furnish(empty_house, TEMPLATE)

    next_year = (("valid_from = 2026-01-01", "valid_from = 2028-01-01"), ('rate = "0.04"', 'rate = "0.05"'))
    done = furnish(empty_house, written(*next_year))

    rates = [
        tax_on(empty_house.id, empty_house.currency, day) for day in (date(2027, 12, 31), date(2028, 1, 1))
    ]
    assert done.tax_from == date(2028, 1, 1)
    assert [str(rate.rate) for rate in rates if rate] == ["1/25", "1/20"]


def test_offers_no_type_that_its_grid_of_today_cannot_price(empty_house: Property, written: Write) -> None:
    without_family = (('family = "1.15"\n', ""),)
    second = (("version = 1", "version = 2"), ("effective_from = 2026-09-01", "effective_from = 2027-05-01"))
    furnish(empty_house, written(grid=without_family))

    with pytest.raises(furnishing.PlanInvalid, match=r"^types\[4\]\.code: grid version 1 .*'family'"):
        furnish(empty_house, written(grid=second, more=FAMILY))

    assert count(GridVersion, empty_house) == 1
    furnish(empty_house, written(grid=second, more=FAMILY), today=date(2027, 5, 1))
    assert "Chambre 7" in rooms_of(empty_house)
