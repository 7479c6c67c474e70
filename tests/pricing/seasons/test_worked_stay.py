"""The stay that the specification works out (section 6), to the cent and in whole euros."""

from dataclasses import replace
from datetime import date

import pytest

from pricing.grid import Grid, example_house
from pricing.money import Money
from pricing.quote import RoomRequest, quote
from pricing.stay import Stay

STAY = Stay(date(2027, 7, 2), date(2027, 7, 5))
FAMILY = [RoomRequest("double", 2, (4, 6))]  # 2.1 units, in a room of factor 1
BRACKET = 4  # its point is 1,494
FROM_THE_HOLIDAYS_ON = ("mild season", "high season", "high season")  # of zone B: from 3 July
ALL_JULY = ("high season",) * 3


def priced(*, step: str, without: str | None = None) -> tuple[tuple[str, ...], list[Money], Money]:
    house = example_house()
    rules = tuple(rule for rule in house.calendar.rules if rule.reasons["en"] != without)
    grid: Grid = replace(house, price_step=Money.of(step), calendar=replace(house.calendar, rules=rules))

    choice = quote(grid, STAY, FAMILY).choose(bracket=BRACKET)

    names = tuple(grid.calendar.hit(night).names["en"] for night in STAY.nights)
    return names, [night.chosen for night in choice.nights], choice.amount


@pytest.mark.parametrize(
    ("without", "seasons", "step", "nights", "total"),
    [
        ("July and August", FROM_THE_HOLIDAYS_ON, "0.01", ("69.51", "72.84", "72.84"), "215.19"),
        ("July and August", FROM_THE_HOLIDAYS_ON, "1", ("70", "73", "73"), "216"),
        (None, ALL_JULY, "0.01", ("72.84", "72.84", "72.84"), "218.52"),
        (None, ALL_JULY, "1", ("73", "73", "73"), "219"),
    ],
)
def test_prices_the_worked_stay(
    without: str | None, seasons: tuple[str, ...], step: str, nights: tuple[str, ...], total: str
) -> None:
    assert priced(step=step, without=without) == (
        seasons,
        [Money.of(night) for night in nights],
        Money.of(total),
    )
