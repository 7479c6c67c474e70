"""The months of a simulated year hold the nights of the forecast, each season where the calendar has it."""

import statistics
from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random

import pytest

from pricing.balance.forecast import Forecast, ForecastInvalid
from pricing.balance.revenue import YearRevenue
from pricing.grid import example_house
from pricing.simulation.example import PLANNED, example_forecast, example_setting, real_shares
from pricing.simulation.luck import Noise, draw_month
from pricing.simulation.months import Month, months_of

GRID, FORECAST = example_house(), example_forecast()
CALM = Noise(year=0, month=0, giving=0, deviation=0)


def months_from(first_night: date) -> tuple[Month, ...]:
    return months_of(replace(GRID, calendar=replace(GRID.calendar, first_night=first_night)), FORECAST)


def test_spreads_a_whole_year_over_its_months() -> None:
    months = months_of(GRID, FORECAST)

    assert len(months) == 12
    for bracket, share in enumerate(PLANNED):
        assert sum(month.nights[bracket] for month in months) == pytest.approx(float(2405 * share))


def test_earns_in_its_months_what_the_exact_year_earns() -> None:
    setting = example_setting()
    slope = Fraction(1, 40)
    revenue = YearRevenue.of(setting.grid, FORECAST)
    prices = tuple(map(float, revenue.rule.unit_prices(slope)))

    earned = sum(
        nights * units * price
        for month in months_of(setting.grid, FORECAST)
        for nights, units, price in zip(month.nights, month.units, prices, strict=True)
    )

    assert earned == pytest.approx(float(revenue.at(slope)))


def test_has_its_dear_nights_in_summer_and_its_cheap_ones_in_winter() -> None:
    months = months_of(GRID, FORECAST)  # from September on

    assert months[10].units[7] == pytest.approx(1.8)  # July: 1.5 × 1.2
    assert months[10].units[0] == pytest.approx(1.5)  # nobody under the poverty line feels it
    assert months[2].units[7] < 1.5  # November


def test_counts_a_month_once_that_the_year_begins_and_ends_in() -> None:
    months = months_from(date(2026, 9, 20))

    assert len(months) == 12
    assert sum(month.expected for month in months) == pytest.approx(2405)


def test_simulates_a_year_that_ends_with_the_calendar() -> None:
    assert len(months_from(date(2027, 9, 2))) == 12


def test_simulates_no_year_that_the_calendar_does_not_hold() -> None:
    with pytest.raises(ForecastInvalid):
        months_from(date(2027, 9, 3))  # one night short of a year before the horizon, 31 August 2028


def test_simulates_no_season_without_nights() -> None:
    lost = Forecast.spread({"sainte_barbe": Fraction(9)}, [Fraction(1)], Fraction(1))
    short = replace(GRID.calendar, first_night=date(2027, 1, 1))
    grid = replace(GRID, calendar=short)

    assert sum(month.expected for month in months_of(grid, lost)) == pytest.approx(9)
    bare = replace(GRID, calendar=replace(short, rules=()))
    with pytest.raises(ForecastInvalid):
        months_of(bare, lost)


def test_draws_as_many_nights_as_expected_when_there_is_no_luck() -> None:
    month = Month((60.0, 40.0), (1.5, 1.8))

    drawn = draw_month(Random(1), month, CALM)

    assert sum(drawn.counts) == 100
    assert drawn.goodwill == 1
    assert month.income((10, 20), (12.0, 80.0)) == pytest.approx(10 * 1.5 * 12 + 20 * 1.8 * 80)


def test_draws_an_empty_month_without_a_fall() -> None:
    drawn = draw_month(Random(1), Month((1.0, 1.0), (1.0, 1.0)), Noise(), year_factor=0.0)

    assert drawn.counts == (0, 0)


def test_draws_brackets_as_often_as_they_are_expected() -> None:
    drawn = draw_month(Random(3), Month((3000.0, 0.0, 1000.0), (1.0, 1.0, 1.0)), CALM)

    assert drawn.counts[1] == 0
    assert drawn.counts[0] / sum(drawn.counts) == pytest.approx(0.75, abs=0.03)


def test_draws_goodwill_as_wide_as_its_guests_make_it() -> None:
    luck, month = Random(9), Month((100.0,), (1.0,))
    goodwill = [draw_month(luck, month, Noise(month=0)).goodwill for _ in range(2000)]

    assert statistics.pstdev(goodwill) == pytest.approx(0.15 * (0.4 / 50) ** 0.5, rel=0.1)
    assert statistics.fmean(goodwill) == pytest.approx(1, abs=0.002)


def test_keeps_its_example_a_mix() -> None:
    assert sum(real_shares()) == 1
    assert min(real_shares()) > 0
