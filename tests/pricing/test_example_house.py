"""Every figure that the example house publishes, to the cent."""

from datetime import date

import pytest

from pricing.grid import example_house
from pricing.money import Money
from pricing.quote import Quote, RoomRequest, quote
from pricing.stay import Stay

GRID = example_house()
NEUTRAL = Stay(date(2027, 6, 8), date(2027, 6, 9))


def one_night(room: RoomRequest) -> Quote:
    return quote(GRID, NEUTRAL, [room])


def euros(amounts: tuple[Money, ...]) -> list[str]:
    return [f"{amount.decimal:f}" for amount in amounts]


def test_asks_one_adult_eight_rungs_from_12_to_82() -> None:
    rungs = one_night(RoomRequest("double", 1)).bracket_amounts

    assert rungs == tuple(map(Money.of, (12, 16, 24, 33, 44, 57, 73, 82)))


def test_asks_a_couple_eight_rungs_from_18_to_123() -> None:
    rungs = one_night(RoomRequest("double", 2)).bracket_amounts

    assert rungs == tuple(map(Money.of, (18, 24, 36, 50, 66, 85, 110, 123)))


@pytest.mark.parametrize(
    ("room", "fixed", "for_room", "persons", "cost"),
    [
        (RoomRequest("double", 2), "46.00", "6.00", "10.00", "62.00"),
        (RoomRequest("single", 1), "41.40", "6.00", "5.00", "52.40"),
        (RoomRequest("family", 2, (4, 6)), "52.90", "6.00", "16.00", "74.90"),
        (RoomRequest("family", 2, (2, 14)), "52.90", "6.00", "15.00", "73.90"),
        (RoomRequest("accessible", 2), "46.00", "6.00", "10.00", "62.00"),
    ],
)
def test_costs_what_the_example_house_says(
    room: RoomRequest, fixed: str, for_room: str, persons: str, cost: str
) -> None:
    priced = one_night(room)

    assert euros(tuple(line.amount for line in priced.cost_lines)) == [fixed, for_room, persons]
    assert priced.cost == Money.of(cost)


def test_prices_the_worked_stay_at_219_euros() -> None:
    stay = Stay(date(2027, 7, 2), date(2027, 7, 5))
    family = [RoomRequest("double", 2, (4, 6))]  # of factor 1, as in the worked stay

    choice = quote(GRID, stay, family).choose(bracket=4)

    assert [night.chosen for night in choice.nights] == [Money.of(73)] * 3
    assert choice.amount == Money.of(219)


def test_prices_the_worked_stay_at_218_52_to_the_cent() -> None:
    cents = type(GRID).loads(GRID.dumps().replace('price_step = "1.00"', 'price_step = "0.01"'))
    stay = Stay(date(2027, 7, 2), date(2027, 7, 5))

    choice = quote(cents, stay, [RoomRequest("double", 2, (4, 6))]).choose(bracket=4)

    assert choice.amount == Money.of("218.52")  # 3 x 72.84


def test_has_the_brackets_factors_and_horizon_that_it_publishes() -> None:
    assert [int(bracket.lower) for bracket in GRID.brackets] == [0, 650, 950, 1288, 1700, 2147, 2750, 3435]
    assert [str(float(bracket.point)) for bracket in GRID.brackets] == [
        "500.0", "800.0", "1119.0", "1494.0", "1923.5", "2448.5", "3092.5", "4500.0",
    ]  # fmt: skip
    assert {code: str(float(factor)) for code, factor in GRID.room_factors.items()} == {
        "single": "0.9", "double": "1.0", "family": "1.15", "accessible": "1.0",
    }  # fmt: skip
    assert (GRID.version, GRID.currency, GRID.most_nights) == (1, "EUR", 60)
    assert GRID.horizon == date(2028, 8, 31)


def test_shows_the_incomes_of_a_household_like_the_travelling_one() -> None:
    ladder = one_night(RoomRequest("double", 2)).ladder

    shown = [(rung.income_from, rung.income_to) for rung in ladder if not rung.is_real_cost]
    edges = [Money.of(euros) for euros in (975, 1425, 1930, 2550, 3220, 4125, 5155)]
    assert shown == list(zip([None, *edges], [*edges, None], strict=True))


def test_puts_the_real_cost_at_its_place_on_the_ladder() -> None:
    ladder = one_night(RoomRequest("double", 2)).ladder

    assert [rung.amount for rung in ladder] == [Money.of(e) for e in (18, 24, 36, 50, 62, 66, 85, 110, 123)]
    assert [rung.bracket for rung in ladder] == [1, 2, 3, 4, None, 5, 6, 7, 8]
    assert [rung.is_real_cost for rung in ladder].index(True) == 4
