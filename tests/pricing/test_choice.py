"""A choice is stored as decision 10 says: bracket, due and chosen of every room night."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.grid import Grid, example_house
from pricing.money import CurrencyMismatch, Money
from pricing.quote import BelowMinimum, RoomRequest, UnknownBracket, quote
from pricing.stay import Stay
from tests.pricing.stays import parties, stays

GRID = example_house()
COUPLE = quote(GRID, Stay(date(2027, 4, 9), date(2027, 4, 11)), [RoomRequest("double", 2)])  # 36 48 72 100 …


@given(stays(), parties, st.integers(0, 300_000))
def test_spreads_a_free_amount_over_the_nights_to_the_cent(
    stay: Stay, party: list[RoomRequest], more: int
) -> None:
    priced = quote(GRID, stay, party)
    amount = priced.minimum + Money(more)

    choice = priced.choose(amount=amount)

    assert choice.amount == sum((night.chosen for night in choice.nights), Money.zero()) == amount
    assert choice.due == sum((night.due for night in choice.nights), Money.zero())
    for night in choice.nights:  # in proportion to what each night asks, to the cent
        assert abs(night.chosen.minor * choice.due.minor - amount.minor * night.due.minor) < choice.due.minor


@given(stays(), parties, st.integers(0, 300_000))
def test_puts_a_free_amount_in_the_highest_rung_that_it_reaches(
    stay: Stay, party: list[RoomRequest], more: int
) -> None:
    priced = quote(GRID, stay, party)
    amount = priced.minimum + Money(more)

    bracket = priced.choose(amount=amount).bracket

    assert bracket is not None
    reached = [number for number, rung in enumerate(priced.bracket_amounts, 1) if rung <= amount]
    highest = priced.bracket_amounts[max(reached, default=1) - 1]
    assert priced.bracket_amounts[bracket - 1] == highest
    assert bracket == 1 or priced.bracket_amounts[bracket - 2] < highest  # the lower of equal ones


@given(stays(), parties, st.integers(1, 8))
def test_makes_due_and_chosen_equal_for_who_takes_a_rung(
    stay: Stay, party: list[RoomRequest], bracket: int
) -> None:
    priced = quote(GRID, stay, party)

    choice = priced.choose(bracket=bracket)

    assert choice.amount == choice.due == priced.bracket_amounts[bracket - 1]
    assert all(night.due == night.chosen for night in choice.nights)
    assert not choice.is_free_amount
    assert priced.choose(amount=choice.amount) == choice


@given(stays(), parties)
def test_charges_the_real_cost_to_who_would_rather_not_choose(stay: Stay, party: list[RoomRequest]) -> None:
    priced = quote(GRID, stay, party)

    choice = priced.choose()

    assert choice.bracket is None
    for night in choice.nights:
        assert night.chosen == night.due == min(night.reference, GRID.hard_ceiling)


@pytest.mark.parametrize(
    ("amount", "bracket", "shares"),
    [
        ("32", 1, [1600, 1600]),  # the minimum: below every rung, so in the lowest
        ("35.99", 1, [1800, 1799]),
        ("36", 1, [1800, 1800]),
        ("47.99", 1, [2400, 2399]),
        ("48", 2, [2400, 2400]),
        ("124", 4, [6200, 6200]),  # the real cost, named: it reaches bracket 4
        ("246", 8, [12300, 12300]),
        ("1000.01", 8, [50001, 50000]),
    ],
)
def test_stores_a_free_amount_as_the_table_says(amount: str, bracket: int, shares: list[int]) -> None:
    choice = COUPLE.choose(amount=Money.of(amount))

    assert choice.bracket == bracket
    assert [night.chosen.minor for night in choice.nights] == shares


def test_gives_the_cents_left_over_to_the_earliest_night_in_date_then_room_order() -> None:
    party = [RoomRequest("double", 2), RoomRequest("double", 2)]
    priced = quote(GRID, Stay(date(2027, 6, 8), date(2027, 6, 10)), party)

    choice = priced.choose(amount=priced.bracket_amounts[0] + Money(1))

    assert [(night.night.day, night.room_index) for night in choice.nights] == [
        (8, 0),
        (8, 1),
        (9, 0),
        (9, 1),
    ]
    assert choice.nights[0].chosen == choice.nights[0].due + Money(1)
    assert all(night.chosen == night.due for night in choice.nights[1:])


def test_offers_help_below_the_minimum_and_takes_the_minimum_itself() -> None:
    assert COUPLE.choose(amount=COUPLE.minimum).amount == Money.of(32)
    for amount in (COUPLE.minimum - Money(1), Money(0), Money(-100)):
        with pytest.raises(BelowMinimum) as refusal:
            COUPLE.choose(amount=amount)
        assert refusal.value.minimum == Money.of(32)


@pytest.mark.parametrize("bracket", [0, -1, 9])
def test_refuses_a_bracket_that_the_grid_does_not_have(bracket: int) -> None:
    with pytest.raises(UnknownBracket):
        COUPLE.choose(bracket=bracket)


def test_refuses_two_choices_and_another_currency() -> None:
    with pytest.raises(ValueError, match="not both"):
        COUPLE.choose(bracket=1, amount=Money.of(100))
    with pytest.raises(CurrencyMismatch):
        COUPLE.choose(amount=Money.of(100, "CHF"))


def test_never_lets_real_cost_pass_the_hard_ceiling() -> None:
    dear = Grid.loads(GRID.dumps().replace('fixed_yearly = "78200.00"', 'fixed_yearly = "510000.00"'))
    priced = quote(dear, COUPLE.stay, [RoomRequest("double", 2)])

    choice = priced.choose()

    assert (priced.cost, choice.amount) == (Money.of(632), Money.of(400))
    assert [night.reference for night in choice.nights] == [Money.of(316)] * 2
    assert next(rung.amount for rung in priced.ladder if rung.is_real_cost) == Money.of(400)


def test_keeps_bracket_and_due_out_of_what_is_printed() -> None:
    printed = repr(COUPLE.choose(bracket=3))

    assert "bracket" not in printed
    assert "due" not in printed
