"""The golden numbers of the specification: unit prices, room nights, and the steps of the formula one by one."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.curve import AffineCurve
from pricing.grid import Grid, example_house
from pricing.ladder import room_night_dues
from pricing.money import Money

GRID = example_house()
INCOMES = st.fractions(0, 10_000, max_denominator=100)
FACTORS = st.sampled_from([Fraction(text) for text in ("0.85", "1", "1.1", "1.2")])

UNIT_PRICES = [
    ("500", "12", "73.1"),
    ("650", "12", "56.2"),
    ("651.69", "12.04225", "56.2"),
    ("800", "15.75", "59.9"),
    ("950", "19.50", "62.5"),
    ("1119", "23.725", "64.5"),
    ("1288", "27.95", "66.1"),
    ("1494", "33.10", "67.4"),
    ("1700", "38.25", "68.5"),
    ("2147", "49.425", "70.1"),
    ("2448.5", "56.9625", "70.8"),
    ("3000", "70.75", "71.8"),
    ("3435", "81.625", "72.3"),
    ("3450", "82", "72.3"),
    ("5000", "82", "49.9"),
]

ROOM_NIGHTS = [
    ("500", "1", "1", "1", "12.00", "12"),
    ("500", "1.2", "1.5", "1", "18.00", "18"),
    ("500", "0.85", "1", "1", "10.20", "10"),
    ("800", "1.2", "1.5", "1", "23.63", "24"),
    ("1288", "1.2", "2.1", "1", "58.70", "59"),
    ("1494", "1", "2.1", "1", "69.51", "70"),
    ("1494", "1.2", "2.1", "1", "72.84", "73"),
    ("2147", "1.2", "1", "0.9", "53.38", "53"),
    ("2147", "1.2", "1.5", "1", "88.97", "89"),
    ("2448.5", "0.85", "1.5", "1", "72.63", "73"),
    ("3435", "1.2", "1.5", "1.15", "168.96", "169"),
    ("5000", "1", "1.5", "1", "123.00", "123"),
    ("5000", "1.2", "1", "1", "98.40", "98"),
]


def grid_at(income: Fraction | str, step: str = "1") -> Grid:
    """Make the example grid with one single bracket, priced at this income, in these price steps."""
    text = example_house().dumps()
    before, _, rest = text.partition("[[brackets]]")
    _, _, after = rest.partition("[[seasons]]")
    point = Money.of(Fraction(income)).decimal
    bracket = f'[[brackets]]\nfrom = "0"\npoint = "{point}"\n\n'
    return Grid.loads(
        before.replace('price_step = "1.00"', f'price_step = "{step}"') + bracket + "[[seasons]]" + after
    )


def room_night(income: Fraction | str, season: str, weight: str, room: str, step: str) -> Money:
    grid = grid_at(income, step)
    (due,) = room_night_dues(grid, Fraction(season), Fraction(weight) * Fraction(room), Money.zero(), False)
    return due


@pytest.mark.parametrize(("income", "price", "effort"), UNIT_PRICES)
def test_prices_one_unit_as_the_golden_table(income: str, price: str, effort: str) -> None:
    unit = GRID.curve.unit_price(Fraction(income))

    assert unit == Fraction(price)
    share_of_a_day = unit * Fraction("365.25") / 12 / Fraction(income) * 1000
    assert Fraction(effort) * 10 == int(share_of_a_day + Fraction(1, 2))


@pytest.mark.parametrize(("income", "season", "weight", "room", "cents", "euros"), ROOM_NIGHTS)
def test_prices_a_room_night_as_the_golden_table(
    income: str, season: str, weight: str, room: str, cents: str, euros: str
) -> None:
    assert room_night(income, season, weight, room, step="0.01") == Money.of(cents)
    assert room_night(income, season, weight, room, step="1") == Money.of(euros)


def test_fades_the_season_in_between_the_poverty_line_and_the_median() -> None:
    factor = GRID.protection.season_factor(Fraction("1.2"), Fraction(1494))

    assert factor == 1 + Fraction(1, 5) * Fraction(206, 859)  # 1.04796


@pytest.mark.parametrize(
    ("season", "income", "is_resident", "factor"),
    [
        ("0.85", 0, False, "0.85"),
        ("0.85", 9000, True, "0.85"),
        ("1", 9000, False, "1"),
        ("1.2", 1288, False, "1"),
        ("1.2", 2147, False, "1.2"),
        ("1.2", 2146, False, None),
        ("1.2", 9000, False, "1.2"),
        ("1.2", 9000, True, "1"),
    ],
)
def test_protects_low_incomes_and_residents_from_dear_seasons(
    season: str, income: int, is_resident: bool, factor: str | None
) -> None:
    felt = GRID.protection.season_factor(Fraction(season), Fraction(income), is_resident)

    assert felt == Fraction(factor) if factor else 1 < felt < Fraction(season)


@given(INCOMES, INCOMES, FACTORS, st.booleans())
def test_never_charges_more_to_who_has_less(
    one: Fraction, other: Fraction, season: Fraction, local: bool
) -> None:
    poorer, richer = sorted((one, other))

    def exact(income: Fraction) -> Fraction:
        return GRID.curve.unit_price(income) * GRID.protection.season_factor(season, income, local)

    assert exact(poorer) <= exact(richer)
    assert exact(richer) - exact(poorer) <= Fraction(5, 100) * (richer - poorer)  # I2: no cliff
    assert 12 * min(season, Fraction(1)) <= exact(poorer) <= 82 * max(season, Fraction(1))  # I3


@given(INCOMES.filter(bool), st.integers(2, 9))
def test_changes_nothing_when_incomes_and_the_index_rise_together(income: Fraction, times: int) -> None:
    curve = GRID.curve
    indexed = AffineCurve(
        curve.floor * times, curve.protected_income * times, curve.slope, curve.ceiling * times
    )

    assert indexed.unit_price(income * times) == curve.unit_price(income) * times


def test_keeps_every_price_between_one_step_and_the_hard_ceiling() -> None:
    assert room_night("500", "0.85", "0", "1", step="1") == Money.of(1)
    assert room_night("500", "0.85", "0.3", "0.01", step="0.50") == Money.of("0.50")
    assert room_night("5000", "1.2", "3", "1", step="1") == Money.of(200)


@pytest.mark.parametrize(("weight", "price"), [("0.375", "5"), ("0.3749", "4")])
def test_rounds_a_half_up_and_only_once(weight: str, price: str) -> None:
    assert room_night("500", "1", weight, "1", step="1") == Money.of(price)  # 4.50, 4.4988
