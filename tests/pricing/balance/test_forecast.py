"""The expected year: what adds up, what is refused, and what another mix changes."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.balance.forecast import Forecast, ForecastInvalid, ForecastNights, Target
from pricing.balance.mix import Mix
from pricing.money import CurrencyMismatch, Money
from tests.pricing.balance.years import FORECAST, SHARES

parts = st.lists(st.fractions(0, 10, max_denominator=50), min_size=8, max_size=8).filter(any)


def test_spreads_the_nights_of_a_year_over_brackets_and_seasons() -> None:
    assert FORECAST.nights == 2405
    assert FORECAST.shares(8) == SHARES
    assert ForecastNights(4, "high", 780 * Fraction("0.138"), Fraction(3, 2)) in FORECAST.expected


@given(parts)
def test_keeps_the_nights_when_the_mix_changes(shares: list[Fraction]) -> None:
    changed = FORECAST.with_shares(shares)

    assert changed.nights == FORECAST.nights
    assert changed.shares(8) == tuple(share / sum(shares) for share in shares)


def test_keeps_a_brackets_own_seasons_when_the_mix_changes() -> None:
    forecast = Forecast(
        (
            ForecastNights(1, "low", Fraction(10), Fraction(1)),
            ForecastNights(2, "high", Fraction(30), Fraction(2)),
        )
    )

    changed = forecast.with_shares([Fraction(1), Fraction(1), Fraction(2)])

    assert changed.expected == (
        ForecastNights(1, "low", Fraction(10), Fraction(1)),
        ForecastNights(2, "high", Fraction(10), Fraction(2)),
        ForecastNights(3, "low", Fraction(5), Fraction(1)),  # nobody was expected there: as the whole year
        ForecastNights(3, "high", Fraction(15), Fraction(2)),
    )


@pytest.mark.parametrize(
    "expected",
    [
        (),
        (ForecastNights(1, "low", Fraction(0), Fraction(1)),),
        (ForecastNights(1, "low", Fraction(1), Fraction(1)),) * 2,
    ],
)
def test_expects_some_night_and_nothing_twice(expected: tuple[ForecastNights, ...]) -> None:
    with pytest.raises(ForecastInvalid):
        Forecast(expected)


@pytest.mark.parametrize(("bracket", "nights", "weight"), [(0, 1, 1), (101, 1, 1), (1, -1, 1), (1, 1, 0)])
def test_refuses_nights_that_cannot_be(bracket: int, nights: int, weight: int) -> None:
    with pytest.raises(ForecastInvalid):
        ForecastNights(bracket, "low", Fraction(nights), Fraction(weight))


@pytest.mark.parametrize("shares", [[0, 0], [2, -1]])
def test_refuses_shares_that_share_nothing(shares: list[int]) -> None:
    with pytest.raises(ForecastInvalid):
        Forecast.spread({"low": Fraction(1)}, [Fraction(share) for share in shares], Fraction(1))


def test_refuses_a_target_that_cannot_be() -> None:
    with pytest.raises(ForecastInvalid):
        Target.of(Money.of(100), reserve=Money.of(-1))
    with pytest.raises(CurrencyMismatch):
        Target.of(Money.of(100), reserve=Money.of(1, "CHF"))


def test_begins_a_mix_with_the_plan_and_forgets_it_month_by_month() -> None:
    mix = Mix.planned(SHARES, 400)
    seen = (200, 0, 0, 0, 0, 0, 0, 0)
    for _ in range(3):
        mix = mix.after(seen, Fraction("0.93"))

    left = 400 * Fraction("0.93") ** 3
    from_months = 200 * (1 + Fraction("0.93") + Fraction("0.93") ** 2)
    assert sum(mix.nights) == left + from_months
    assert mix.shares[0] == (left * SHARES[0] + from_months) / (left + from_months)
    assert sum(mix.shares) == 1


@pytest.mark.parametrize("nights", [(), (Fraction(0),), (Fraction(2), Fraction(-1))])
def test_refuses_a_mix_of_nobody(nights: tuple[Fraction, ...]) -> None:
    with pytest.raises(ForecastInvalid):
        Mix(nights)


def test_refuses_a_month_of_negative_nights() -> None:
    with pytest.raises(ForecastInvalid):
        Mix((Fraction(4),)).after((-1,), Fraction(1))
