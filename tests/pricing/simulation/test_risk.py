"""The risk of a deficit, margin by margin, within tolerance of the table of spec 5.9."""

from fractions import Fraction

import pytest

from pricing.balance.forecast import Target
from pricing.money import Money
from pricing.simulation.example import COSTS, example_setting
from pricing.simulation.luck import Noise
from pricing.simulation.risk import MarginOutOfReach, Risk, risk

SETTING = example_setting(is_affine=True)
TABLE = {0: 0.51, 1: 0.41, 2: 0.34, 3: 0.26, 5: 0.15, 8: 0.045}


def drawn(runs: int = 1000, seed: int = 1) -> tuple[Risk, ...]:
    return risk(SETTING.grid, SETTING.planned, SETTING.target, runs=runs, seed=seed)


def test_gives_the_margins_of_the_table() -> None:
    lines = drawn()

    assert {line.margin * 100: line.deficit for line in lines} == pytest.approx(TABLE, abs=0.05)
    assert lines[0].deviation == pytest.approx(9000, rel=0.15)


def test_risks_less_with_a_greater_margin() -> None:
    chances = [line.deficit for line in drawn(300, seed=5)]

    assert chances == sorted(chances, reverse=True)
    assert chances[0] > chances[-1]


def test_draws_the_same_years_for_the_same_seed() -> None:
    assert drawn(20, seed=3) == drawn(20, seed=3) != drawn(20, seed=4)


def test_lets_empty_rooms_save_what_they_would_have_cost() -> None:
    noise = Noise(year=0.05, month=0.0)
    dear, cheap = (
        risk(
            SETTING.grid,
            SETTING.planned,
            Target.of(COSTS, night_cost=night_cost),
            runs=200,
            seed=1,
            margins=[Fraction(0)],
            noise=noise,
        )[0]
        for night_cost in (Money.of(0), Money.of(40))
    )

    assert cheap.deviation < 0.7 * dear.deviation


def test_names_a_margin_that_no_slope_earns() -> None:
    with pytest.raises(MarginOutOfReach):
        risk(SETTING.grid, SETTING.planned, Target.of(Money.of(282_000)), runs=2, seed=1)


def test_draws_a_year_at_least() -> None:
    with pytest.raises(ValueError, match="a year at least"):
        drawn(0)
