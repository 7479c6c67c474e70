"""I9, I11 and I12: what a choice leaves untouched, what nothing can change any more, and where the money goes."""

from collections.abc import Mapping
from dataclasses import FrozenInstanceError, fields, is_dataclass, replace
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.explain import explain
from pricing.fund import Account, Kind, Ledger, Settlement
from pricing.grid import Grid
from pricing.money import Money
from pricing.quote import BelowMinimum, QuoteExpired, quote
from tests.pricing.fund.stays import DAY, amounts, settlements
from tests.pricing.invariants import of_every_grid
from tests.pricing.invariants.grids import Case, cases, curves

TODAY = date(2026, 12, 24)
NOTHING = Money(0)


@of_every_grid
@given(cases(), amounts(200_000))
def test_lets_a_choice_change_nothing_but_what_is_paid(case: Case, offered: Money) -> None:
    priced = quote(case.grid, case.stay, case.rooms)
    if offered < priced.minimum:
        with pytest.raises(BelowMinimum):
            priced.choose(amount=offered)
        offered = priced.minimum
    choice = priced.choose(amount=offered)

    assert choice.amount == offered == sum((night.chosen for night in choice.nights), NOTHING)
    assert choice.bracket is not None
    assert choice.due == priced.bracket_amounts[choice.bracket - 1]
    assert choice.due == max(
        (due for due in priced.bracket_amounts if due <= offered), default=priced.bracket_amounts[0]
    )
    assert quote(case.grid, case.stay, case.rooms) == priced


@of_every_grid
@given(cases(), amounts(200_000))
def test_fills_with_a_voucher_what_is_paid_below_the_variable_cost(case: Case, paid: Money) -> None:
    priced = quote(case.grid, case.stay, case.rooms)
    _fixed, *parts = (line.amount for line in priced.cost_lines)
    variable = sum(parts, NOTHING)
    settled = Settlement("a stay", priced.cost, variable, paid, NOTHING)

    assert paid >= variable or paid + settled.voucher == variable
    assert settled.voucher == NOTHING or paid < variable
    assert priced.minimum == min(variable, priced.bracket_amounts[0])


@of_every_grid
@given(cases(), curves, st.integers(0, 30), st.integers(1, 9))
def test_keeps_an_issued_quote_whatever_happens_to_the_rate(
    case: Case, curve_tomorrow: object, days: int, bracket: int
) -> None:
    issued = quote(case.grid, case.stay, case.rooms, today=TODAY)
    kept, told = repr(issued), repr(issued.nights)
    bracket = min(bracket, len(issued.bracket_amounts))
    choice = issued.choose(bracket=bracket)
    account = explain(case.grid, issued, choice, "fr")

    later = replace(case.grid, version=2, curve=curve_tomorrow, hard_ceiling=Money.of(1_000_000))
    quote(later, case.stay, case.rooms, today=TODAY)

    assert_cannot_change(issued)
    assert (repr(issued), repr(issued.nights)) == (kept, told)
    stored = Grid.read(case.grid.text)
    assert quote(stored, case.stay, case.rooms, today=TODAY) == issued
    assert explain(stored, issued, choice, "fr") == account
    on = TODAY + timedelta(days)
    if days <= case.grid.quote_days:
        assert issued.choose(bracket=bracket, today=on) == choice
    else:
        with pytest.raises(QuoteExpired):
            issued.choose(bracket=bracket, today=on)


def assert_cannot_change(value: object) -> None:
    """Walk through a value: everything in it is frozen."""
    if is_dataclass(value):
        for field in fields(value):
            with pytest.raises((FrozenInstanceError, AttributeError)):
                setattr(value, field.name, None)
            assert_cannot_change(getattr(value, field.name))
    elif isinstance(value, tuple):
        for part in value:
            assert_cannot_change(part)
    else:
        assert isinstance(value, int | str | date | Fraction | Enum | Mapping | None)


movements = st.lists(
    st.one_of(
        settlements(),
        st.tuples(st.sampled_from([Kind.GRANT, Kind.GIFT]), amounts()),
        st.sampled_from([str(number) for number in range(1, 9)]),
    ),
    max_size=12,
)


@of_every_grid
@given(movements)
def test_changes_the_fund_by_exactly_what_came_in_less_what_stays_cost(told: list[object]) -> None:
    ledger, expected = Ledger(), NOTHING
    standing: dict[str, Settlement] = {}
    for each in told:
        match each:
            case Settlement(stay=stay) if stay not in standing:
                ledger, standing[stay] = ledger.settle(each, DAY), each
                expected += each.paid + each.aids - each.cost
            case str() if each in standing:
                ledger, gone = ledger.cancel(each, DAY), standing.pop(each)
                expected -= gone.paid + gone.aids - gone.cost
            case (Kind.GRANT, Money(minor=minor) as amount) if minor:
                ledger, expected = ledger.grant(amount, DAY, memo="Town"), expected + amount
            case (Kind.GIFT, Money(minor=minor) as amount) if minor:
                ledger, expected = ledger.give(amount, DAY), expected + amount

    assert ledger.balance == expected
    others = (Account.GUESTS, Account.AIDS, Account.GRANTS, Account.GIFTS, Account.COSTS)
    assert -ledger.balance == sum((ledger.into(account) for account in others), NOTHING)
    assert ledger.into(Account.VOUCHERS) == NOTHING  # out of the fund into stays, to the cent
