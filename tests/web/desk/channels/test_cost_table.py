"""The price to type on a platform is what a night costs the house: a row for each kind of room, a column a season."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from flask.testing import FlaskClient

from app.models import Property
from app.services.availability import list_type_cards
from app.web.desk.channels.cost_table import CostTable, cost_table
from pricing.grid import Grid, example_house
from pricing.ladder import room_night_dues
from pricing.money import Money
from tests.cast import TODAY

GRID = example_house()
HEATED = replace(GRID, costs=replace(GRID.costs, by_season={"low": Money.of("4.50")}))


def table_of(grid: Grid, house: Property, samir: FlaskClient) -> CostTable:
    """Return the table of a grid in French."""
    with samir.application.test_request_context("/fr/desk/"):
        return cost_table(grid, list_type_cards(house.id), today=TODAY, language="fr")


@pytest.mark.parametrize(
    ("room", "party", "euros"),
    [
        ("Chambre simple", "une personne", 52),  # 0.9 * 46 + 6 + 5 = 52.40
        ("Chambre double", "deux adultes", 62),  # 46 + 6 + 10
        ("Chambre familiale", "deux adultes, deux enfants", 75),  # 1.15 * 46 + 6 + 10 + 6 = 74.90
        ("Chambre accessible", "deux adultes", 62),
    ],
)
def test_types_the_real_cost_for_the_usual_party(
    house: Property, samir: FlaskClient, room: str, party: str, euros: int
) -> None:
    table = table_of(GRID, house, samir)

    (row,) = (row for row in table.rows if row.room == room)
    assert (row.party, row.amounts) == (party, (Money.of(euros),))
    assert table.has_one_price


def test_has_a_column_for_each_season_where_a_season_costs_more(house: Property, samir: FlaskClient) -> None:
    table = table_of(HEATED, house, samir)

    double = next(row for row in table.rows if row.room == "Chambre double")
    prices = dict(zip((season.name for season in table.seasons), double.amounts, strict=True))
    assert prices == {season.names["fr"]: Money.of(62) for season in GRID.calendar.seasons} | {
        next(season.names["fr"] for season in GRID.calendar.seasons if season.code == "low"): Money.of(67)
    }  # 62 + 4.50 = 66.50, half up


def test_tells_the_nights_of_each_season_once(house: Property, samir: FlaskClient) -> None:
    table = table_of(HEATED, house, samir)

    nights = [night for season in table.seasons for span in season.spans for night in span.nights]
    assert len(nights) == len(set(nights)) == 366
    assert min(nights) == max(TODAY, GRID.calendar.first_night)


def test_ends_with_the_prices(house: Property, samir: FlaskClient) -> None:
    with samir.application.test_request_context("/fr/desk/"):
        table = cost_table(HEATED, list_type_cards(house.id), today=GRID.horizon, language="fr")

    nights = [night for season in table.seasons for span in season.spans for night in span.nights]
    assert nights == [GRID.horizon]
    assert isinstance(nights[0], date)


def test_never_types_a_rung(house: Property, samir: FlaskClient) -> None:
    table = table_of(GRID, house, samir)

    rungs = room_night_dues(GRID, Fraction(1), Fraction(3, 2), Money.zero(), is_resident=False)
    (double,) = (row.amounts[0] for row in table.rows if row.room == "Chambre double")
    assert double not in rungs
