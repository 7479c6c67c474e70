"""The balance of the house: a plan kept beside those before it, months that are over, one careful step as a draft."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from app.database import session
from app.models import BracketCount, Budget, Property
from app.services import balance, bookings, erasing, fund, grids
from app.services.balance import SeenMonth, YearPlan
from app.services.balance.mix import FEWEST
from pricing.balance import Balanced, Draft, slope_of
from pricing.balance.forecast import ForecastInvalid
from pricing.grid import Grid, example_house
from pricing.household import Household
from pricing.money import Money
from pricing.stay import Stay
from tests.cast import NOW, TODAY

SHARES = tuple(Fraction(part) for part in (100, 120, 150, 150, 170, 150, 90, 70))


def plan_of(**changes: object) -> YearPlan:
    """Return a year that today's rate nearly balances."""
    known: dict[str, object] = {
        "fixed": Money.of(78_200),
        "reserve": Money.of(2_000),
        "grants": Money.of(6_000),
        "night_cost": Money.of(16),
        "nights": {"low": Fraction(526), "neutral": Fraction(551), "high": Fraction(619)},
        "shares": SHARES,
        "weight": Fraction(3, 2),
    }
    return YearPlan(**(known | changes))  # type: ignore[arg-type]


def enter(house: Property, **changes: object) -> None:
    """Keep a plan."""
    balance.enter_budget(house=house, plan=plan_of(**changes), author="Jeanne", actor="user:5", now=NOW)


def come(house: Property, arrival: date, nights: int, bracket: int | None, *, erased: bool = False) -> None:
    """Let a couple come and go."""
    booking = bookings.book_at_desk(
        house=house,
        stay=Stay(arrival, arrival + timedelta(days=nights)),
        party=Household(2),
        offer_key="double",
        choice=bookings.PriceChoice(bracket=bracket),
        guest=bookings.GuestDetails("Alice Delattre"),
        language="fr",
        actor="user:1",
        now=NOW,
        today=TODAY,
    )
    if erased:
        erasing.erase_choices(now=NOW + timedelta(days=(booking.departure - TODAY).days + 40))


def test_keeps_every_plan_and_reads_the_newest(house: Property) -> None:
    enter(house)
    enter(house, reserve=Money.of(5_000))

    card = balance.current_budget(house)

    assert card is not None
    assert card.plan == plan_of(reserve=Money.of(5_000))
    assert card.author == "Jeanne"
    assert session.scalar(select(func.count(Budget.id))) == 2


def test_lets_nobody_change_a_plan(house: Property) -> None:
    enter(house)

    with pytest.raises(DatabaseError, match="append-only"):
        session.execute(text("UPDATE budget SET fixed_minor = 1"))
    session.rollback()


@pytest.mark.parametrize(
    "wrong",
    [
        {"fixed": Money.of(-1)},
        {"nights": {"low": Fraction(0)}},
        {"shares": (Fraction(0),) * 8},
        {"weight": Fraction(0)},
    ],
)
def test_refuses_a_year_that_is_none(wrong: dict[str, object]) -> None:
    with pytest.raises(ForecastInvalid):
        plan_of(**wrong)


def test_counts_the_nights_in_what_the_year_must_earn() -> None:
    assert plan_of().target.amount == Money.of(78_200 + 16 * 1_696 + 2_000 - 6_000)


def test_begins_with_the_costs_of_the_grid() -> None:
    plan = balance.first_plan(example_house())

    assert plan.fixed == Money.of(78_200)
    assert abs(sum(plan.nights.values()) - 1_700) <= len(plan.nights)


def test_sees_months_that_are_over_whether_choices_are_erased_or_not(house: Property) -> None:
    december = date(2026, 12, 1)
    come(house, date(2026, 12, 10), 6, 3, erased=True)
    come(house, date(2026, 12, 30), 4, 3)  # two nights of each month
    come(house, date(2026, 12, 20), 2, None)  # who would rather not choose

    assert balance.seen_months(house, 8, today=date(2026, 12, 31)) == ()
    (seen,) = balance.seen_months(house, 8, today=date(2027, 1, 20))
    assert seen == SeenMonth(december, (0, 0, 8, 0, 0, 0, 0, 0))
    assert [one.nights[2] for one in balance.seen_months(house, 8, today=date(2027, 2, 1))] == [8, 2]


@given(st.lists(st.integers(0, 12), min_size=1, max_size=8))
def test_keeps_back_small_counts_and_what_subtraction_would_give(nights: list[int]) -> None:
    shown = SeenMonth(TODAY, tuple(nights)).shown

    kept_back = sum(many for many, told in zip(nights, shown, strict=True) if told is None)
    assert all(told is None or told == many >= FEWEST for many, told in zip(nights, shown, strict=True))
    assert kept_back == 0 or kept_back >= FEWEST or all(told is None for told in shown)


def test_proposes_a_step_of_three_in_a_hundred_at_most_and_adopts_it_as_a_draft(house: Property) -> None:
    enter(house, fixed=Money.of(95_000))

    outlook = balance.look(house, today=TODAY)
    assert outlook is not None
    assert isinstance(outlook.solution, Balanced)
    assert isinstance(outlook.outcome, Draft)
    assert 0 < outlook.outcome.change <= Fraction(3, 100)
    draft = balance.adopt(house, author="Marie", language="en", actor="user:2", today=TODAY, now=NOW)

    grid = Grid.read(draft.document)
    assert slope_of(grid.curve) == outlook.outcome.slope
    assert grid.effective_from >= TODAY + timedelta(days=30)
    assert draft.reason.startswith("From 1 January 2027")
    assert [card.author for card in grids.list_drafts(house)] == ["Marie"]


def test_adopts_nothing_while_the_rate_is_left_alone(house: Property) -> None:
    with pytest.raises(balance.NothingToAdopt):
        balance.adopt(house, author="Marie", language="fr", actor="user:2", today=TODAY, now=NOW)
    enter(house)

    with pytest.raises(balance.NothingToAdopt):
        balance.adopt(house, author="Marie", language="fr", actor="user:2", today=TODAY, now=NOW)


def test_lets_poorer_guests_ask_for_a_steeper_rate(house: Property) -> None:
    enter(house)
    before = balance.look(house, today=TODAY)
    session.add(
        BracketCount(
            property_id=house.id, month=date(2026, 10, 1), bracket=1, season="neutral", room_nights=300
        )
    )
    session.commit()

    after = balance.look(house, today=TODAY)

    assert before is not None
    assert after is not None
    assert after.mix[0] > before.mix[0] == before.planned[0]
    assert isinstance(after.outcome, Draft)
    assert after.outcome.change > 0


def test_draws_the_same_risk_for_everybody(house: Property) -> None:
    enter(house)

    first, second = (balance.look(house, today=TODAY) for _ in range(2))

    assert first is not None
    assert second is not None
    assert first.risks == second.risks
    assert first.risks[0].deficit > first.risks[-1].deficit


def test_takes_no_grant_for_a_surplus_while_it_is_still_to_be_spent(house: Property) -> None:
    day = date(2026, 7, 2)  # half of the year
    grant = fund.Grant(Money.of(8_000), "Town of Lens", date(2026, 1, 15))
    fund.enter_grant(house=house, grant=grant, actor="user:5", today=day, now=NOW)
    ledger = fund.ledger_of(house)

    beyond = balance.beyond_plan(ledger, Money.of(6_000), day)

    assert beyond == Money.of(8_000) - Money.nearest(Fraction(6_000) * Fraction(183, 365))
    assert balance.beyond_plan(ledger, Money.zero(), day) == Money.of(8_000)


def test_does_not_speak_of_another_house(house: Property) -> None:
    enter(house)
    other = session.scalars(select(Property).where(Property.code == "lac")).one()

    assert balance.current_budget(other) is None
    assert balance.look(other, today=TODAY) is None
