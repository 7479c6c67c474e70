"""The evolution: bounded steps, a dead band, a notice; and it arrives when the mix is right."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.balance.evolution import (
    Draft,
    Finding,
    Pace,
    Unchanged,
    evolve,
    first_month_after,
    next_slope,
    target_with_fund,
)
from pricing.balance.forecast import ForecastInvalid, Target
from pricing.balance.revenue import NoSlope
from pricing.balance.sentences import reason
from pricing.balance.solver import FloorTooHigh, OutOfReach
from pricing.balance.storage import dumps, loads
from pricing.money import Money
from tests.pricing.balance.years import FORECAST, GRID, SHARES, needing

PACE = Pace()
TODAY = date(2026, 11, 22)
AS_PLANNED = tuple(int(share * 1000) for share in SHARES)
POORER = (40, 40, 40, 30, 20, 15, 10, 5)
slopes = st.fractions(Fraction(1, 1000), Fraction(1, 2), max_denominator=10**6)


def look(
    need: int | str = "166366.33", fund: int = 0, months: tuple[tuple[int, ...], ...] = ()
) -> Draft | Unchanged:
    return evolve(
        grid=GRID, forecast=FORECAST, months=months, target=needing(need), fund=Money.of(fund), today=TODAY
    )


@given(slopes, slopes)
def test_never_steps_by_more_than_three_in_a_hundred(slope: Fraction, sought: Fraction) -> None:
    stepped = next_slope(slope, sought, PACE)

    assert Fraction("0.97") <= stepped / slope <= Fraction("1.03")
    assert (stepped - slope) * (sought - slope) >= 0  # towards what is sought


@given(slopes, st.fractions(Fraction("0.98"), Fraction("1.02"), max_denominator=10**6))
def test_leaves_alone_what_is_near_enough(slope: Fraction, ratio: Fraction) -> None:
    assert next_slope(slope, slope * ratio, PACE) == slope


def test_moves_just_outside_the_dead_band() -> None:
    assert next_slope(Fraction("0.025"), Fraction("0.0255"), PACE) == Fraction("0.025")
    assert next_slope(Fraction("0.025"), Fraction("0.025501"), PACE) == Fraction("0.025501")
    assert next_slope(Fraction("0.025"), Fraction("0.024499"), PACE) == Fraction("0.024499")


@given(slopes, st.fractions(1, 5, max_denominator=1000))
def test_arrives_in_the_fewest_months_that_the_bound_allows(slope: Fraction, ratio: Fraction) -> None:
    sought = slope * ratio

    for _ in range(ceil(log(ratio) / log(1.03))):
        slope = next_slope(slope, sought, PACE)

    assert abs(sought / slope - 1) <= PACE.dead_band
    assert next_slope(slope, sought, PACE) == slope


@given(slopes, slopes)
def test_drafts_a_slope_that_a_grid_can_be_written_with(slope: Fraction, sought: Fraction) -> None:
    stepped = next_slope(slope, sought, PACE)

    assert stepped == slope or (stepped * 10**9).denominator == 1


def test_proposes_nothing_when_the_year_goes_as_planned() -> None:
    outcome = look(months=(AS_PLANNED,) * 12)

    assert isinstance(outcome, Unchanged)
    assert outcome.finding.slope == Fraction("0.025")
    assert abs(outcome.finding.solution.slope - Fraction("0.025")) < Fraction(1, 10**6)


def test_drafts_a_bounded_step_when_the_guests_are_poorer() -> None:
    outcome = look(months=(POORER,) * 6)

    assert isinstance(outcome, Draft)
    assert outcome.slope == Fraction("0.02575")
    assert outcome.change == Fraction(3, 100)
    assert outcome.effective_from == date(2027, 1, 1)
    assert outcome.finding.grid_hash == GRID.hash
    assert outcome.finding.solution.slope > outcome.slope


def test_lets_one_odd_month_move_little() -> None:
    once = look(months=(AS_PLANNED,) * 11 + (POORER,))
    half_a_year = look(months=(AS_PLANNED,) * 6 + (POORER,) * 6)

    assert once.finding.solution.slope < half_a_year.finding.solution.slope


@pytest.mark.parametrize(
    ("fund", "need"),
    [
        ("0", "188609"),
        ("-3000", "189609"),
        ("3000", "187609"),
        ("-90000", "193638.57"),  # 8 % of the costs, a third of it a year
        ("90000", "183579.43"),
        ("-15088.72", "193638.57"),
        ("-0.02", "188609.01"),
    ],
)
def test_earns_a_debt_of_the_fund_back_within_bounds(fund: str, need: str) -> None:
    assert target_with_fund(needing("188609"), Money.of(fund), PACE).amount == Money.of(need)


def test_keeps_reserve_and_grants_in_the_target() -> None:
    target = Target.of(Money.of(1000), reserve=Money.of(50), grants=Money.of(100), night_cost=Money.of(9))

    needed = target_with_fund(target, Money.of(30), PACE)

    assert needed.amount == Money.of(940)
    assert needed.night_cost == Money.of(9)


@pytest.mark.parametrize(
    ("need", "kind", "slope"), [(500_000, OutOfReach, "0.02575"), (20_000, FloorTooHigh, "0.02425")]
)
def test_goes_a_step_the_right_way_even_where_no_slope_balances(need: int, kind: type, slope: str) -> None:
    outcome = look(need)

    assert isinstance(outcome, Draft)
    assert isinstance(outcome.finding.solution, kind)
    assert outcome.slope == Fraction(slope)


def test_proposes_no_step_that_the_grid_would_refuse() -> None:
    steep = replace(GRID, curve=replace(GRID.curve, slope=Fraction("0.0415")))

    outcome = evolve(
        grid=steep, forecast=FORECAST, months=(), target=needing(270_000), fund=Money.of(0), today=TODAY
    )

    assert isinstance(outcome, Unchanged)
    assert outcome.limit == "cliff"
    assert outcome.finding.solution.slope > Fraction("0.0415")
    assert "do not allow the step" in reason(outcome, "en")
    assert loads(Unchanged, dumps(outcome)) == outcome


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(0, 400))
def test_gives_a_notice_of_at_least_so_many_days(today: date, notice: int) -> None:
    first = first_month_after(today, notice)

    assert first.day == 1
    assert notice <= (first - today).days <= notice + 30


def test_gives_notice_to_the_day_when_a_month_begins_then() -> None:
    assert first_month_after(date(2026, 12, 2), 30) == date(2026, 12, 2) + timedelta(days=30)


def test_moves_no_flat_rate() -> None:
    with pytest.raises(NoSlope):
        next_slope(Fraction(0), Fraction(1), PACE)


@pytest.mark.parametrize("month", [(1, 2), (0, 0, 0, 0, 0, 0, 0, -1)])
def test_refuses_a_month_that_is_not_of_this_grid(month: tuple[int, ...]) -> None:
    with pytest.raises((ForecastInvalid, ValueError)):
        look(months=(month,))


@pytest.mark.parametrize(
    "odd",
    [
        {"memory": Fraction(0)},
        {"memory": Fraction(2)},
        {"dead_band": Fraction("0.04")},
        {"dead_band": Fraction(-1)},
        {"most_step": Fraction(1)},
        {"prior_nights": 0},
        {"fund_years": 0},
        {"fund_bound": Fraction(-1)},
        {"notice_days": -1},
    ],
)
def test_refuses_a_pace_that_makes_no_sense(odd: dict[str, Fraction]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        Pace(**odd)  # type: ignore[arg-type]


def test_drafts_nothing_that_changes_nothing() -> None:
    found = look().finding

    for slope in (found.slope, Fraction(0)):
        with pytest.raises(ValueError, match="another slope"):
            Draft(Finding(1, "", found.slope, found.target, found.fund, found.solution), slope, TODAY)
