"""The simulation: by its seed, and with the ranking of spec 5.8; what it follows is the evolution itself."""

import math
from datetime import date
from fractions import Fraction
from functools import cache
from random import Random

import pytest

from pricing.balance.evolution import Draft, evolve
from pricing.balance.revenue import PriceRule, YearRevenue, slope_of
from pricing.money import Money
from pricing.simulation.example import COSTS, example_setting
from pricing.simulation.luck import Noise, draw_month
from pricing.simulation.months import Month, months_of
from pricing.simulation.policies import Policy, Seen, start
from pricing.simulation.runs import Life, Outcome, prices_at, simulate

SETTING = example_setting()


@cache
def outcome(policy: Policy, seed: int = 1) -> Outcome:
    return simulate(SETTING, policy, runs=24, years=5, seed=seed)


def test_loses_what_the_specification_says_when_it_does_nothing() -> None:
    revenue = YearRevenue.of(SETTING.grid, SETTING.real)

    loss = float(COSTS.decimal) - float(revenue.at(slope_of(SETTING.grid.curve)))

    assert loss == pytest.approx(15_651, abs=50)
    assert outcome(Policy.NONE).deficits == (1, 1, 1, 1, 1)
    assert outcome(Policy.NONE).fund[1] == pytest.approx(-78_186, rel=0.1)
    assert outcome(Policy.NONE).wobble == outcome(Policy.NONE).changes_a_year == 0


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_ranks_the_policies_by_their_wobble(seed: int) -> None:
    resolve, gentle, eager = (
        outcome(policy, seed) for policy in (Policy.RESOLVE, Policy.GENTLE, Policy.EAGER)
    )

    assert resolve.wobble < 0.5 * gentle.wobble < 0.5 * eager.wobble
    assert resolve.changes_a_year < gentle.changes_a_year < eager.changes_a_year


def test_reproduces_the_table_within_tolerance() -> None:
    resolve, gentle, eager = (outcome(policy) for policy in (Policy.RESOLVE, Policy.GENTLE, Policy.EAGER))

    assert resolve.wobble == pytest.approx(0.010, abs=0.004)
    assert resolve.changes_a_year == pytest.approx(1.5, abs=0.8)
    assert resolve.deficits[0] > 0.8
    assert max(resolve.deficits[1:]) < 0.65
    assert resolve.fund[1] == pytest.approx(-1318, abs=5000)
    assert gentle.wobble == pytest.approx(0.038, abs=0.008)
    assert math.log(1 + eager.largest_step) == pytest.approx(0.99, abs=0.35)


@pytest.mark.parametrize("policy", [Policy.RESOLVE, Policy.GENTLE])
def test_never_steps_above_three_in_a_hundred(policy: Policy) -> None:
    assert 0 < outcome(policy).largest_step <= 0.03 + 1e-9


def test_gives_the_same_numbers_for_the_same_seed() -> None:
    again = simulate(SETTING, Policy.RESOLVE, runs=3, years=2, seed=7)

    assert again == simulate(SETTING, Policy.RESOLVE, runs=3, years=2, seed=7)
    assert again != simulate(SETTING, Policy.RESOLVE, runs=3, years=2, seed=8)


def test_sends_the_same_guests_to_every_policy() -> None:
    luck = [Random("5/0"), Random("5/0")]
    poor, rich = (Month((100.0,), (units,)) for units in (1.0, 9.0))

    assert draw_month(luck[0], poor, Noise()) == draw_month(luck[1], rich, Noise())
    assert luck[0].getstate() == luck[1].getstate()


def test_lets_each_night_pay_the_slope_of_the_month_in_which_it_was_booked() -> None:
    luck, step = Random("3/0"), start(Policy.GENTLE, SETTING.grid, SETTING.planned, SETTING.target)
    rule, months = PriceRule.of(SETTING.grid), months_of(SETTING.grid, SETTING.real)
    slopes, fund, expected = [float(slope_of(SETTING.grid.curve))] * 4, 0.0, 2405
    luck.gauss(0, 0)  # the year's
    for month in months:
        drawn = draw_month(luck, month, SETTING.noise)
        booked = [
            month.income(drawn.counts, prices_at(rule, slope)) * drawn.goodwill / 4 for slope in slopes[-4:]
        ]
        part = month.expected / expected  # as planned, for only the mix is another
        more = sum(drawn.counts) - month.expected
        fund += sum(booked) - float(COSTS.decimal) * part - 16 * more
        slopes.append(step(Seen(drawn.counts, sum(booked), part, fund)))

    lived = simulate(SETTING, Policy.GENTLE, runs=1, years=1, seed=3)

    assert lived.fund == pytest.approx((fund,) * 3)


def test_follows_the_evolution_of_the_house_itself() -> None:
    months = [(30, 30, 40, 30, 25, 20, 10, 5), (20, 40, 40, 30, 25, 10, 10, 9)]
    step = start(Policy.RESOLVE, SETTING.grid, SETTING.planned, SETTING.target)
    first = step(Seen(months[0], 14_000.0, 0.08, -1000.0))

    drafted = evolve(
        grid=SETTING.grid,
        forecast=SETTING.planned,
        months=months[:1],
        target=SETTING.target,
        fund=Money.of(-1000),
        today=date(2026, 11, 22),
    )

    assert isinstance(drafted, Draft)
    assert first == pytest.approx(float(drafted.slope))
    assert step(Seen(months[1], 14_000.0, 0.08, -2000.0)) == pytest.approx(first * 1.03)


def test_answers_an_error_of_the_month_as_its_policy_says() -> None:
    def answer(policy: Policy, income: float) -> float:
        step = start(policy, SETTING.grid, SETTING.planned, SETTING.target)
        return step(Seen((10,) * 8, income, 0.1, 0.0)) / float(slope_of(SETTING.grid.curve))

    due = float(COSTS.decimal) * 0.1
    assert answer(Policy.GENTLE, due * 0.92) == pytest.approx(1 + 0.3 * 0.08)
    assert answer(Policy.GENTLE, due * 0.5) == pytest.approx(1.03)
    assert answer(Policy.GENTLE, due * 1.5) == pytest.approx(0.97)
    assert answer(Policy.GENTLE, due * 0.95) == 1
    assert answer(Policy.EAGER, due * 0.5) == pytest.approx(math.exp(0.75))


def test_measures_wobble_over_the_last_two_years_only() -> None:
    life = Life((0.0,), (1.0,) * 40 + (math.e, 1.0) * 12, 0.0)

    assert life.wobble == pytest.approx(0.5)
    assert Life((0.0,), (9.0,) * 9 + (1.0,) * 24, 0.0).wobble == 0
    assert Life((0.0,), (1.0, 1.03, 1.03), 0.0).steps == pytest.approx((0.03, 0))


@pytest.mark.parametrize(("runs", "years"), [(0, 1), (1, 0)])
def test_simulates_something(runs: int, years: int) -> None:
    with pytest.raises(ValueError, match="a run and a year"):
        simulate(SETTING, Policy.NONE, runs=runs, years=years, seed=1)


def test_simulates_the_curve_of_the_house_too() -> None:
    affine = simulate(example_setting(is_affine=True), Policy.RESOLVE, runs=4, years=3, seed=1)

    assert affine.largest_step <= 0.03 + 1e-9
    assert slope_of(example_setting(is_affine=True).grid.curve) > Fraction(3, 100)
