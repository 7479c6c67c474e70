"""Each stay that is over stands in the fund as its account says it: paid + aids + vouchers - cost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from app.database import session
from app.models import Booking, PaymentMethod, Property
from app.services import bookings, erasing, folios, fund
from pricing.fund import Account, Kind, Ledger
from pricing.household import Household
from pricing.money import Money
from pricing.stay import Stay
from tests.conftest import Stage

NOW = datetime(2027, 4, 1, 10, tzinfo=UTC)
STAY = Stay(date(2027, 4, 9), date(2027, 4, 11))
LEAVES = datetime(2027, 4, 11, 8, tzinfo=UTC)
COST = Money.of(124)  # two nights of a couple in a double: 46 + 6 + 10 each
VARIABLE = Money.of(32)

Book = Callable[..., Booking]


def booked_by(house: Property, choice: bookings.PriceChoice, stay: Stay = STAY) -> Booking:
    """Book a double for a couple at the desk."""
    return bookings.book_at_desk(
        house=house,
        stay=stay,
        party=Household(2),
        offer_key="double",
        choice=choice,
        guest=bookings.GuestDetails("Alice Delattre"),
        language="fr",
        actor="user:1",
        now=NOW,
        today=NOW.date(),
    )


@pytest.fixture
def book(house: Property) -> Book:
    """Return a maker of stays of two nights, at a price of their choice."""

    def make(amount: str | None = None, *, bracket: int | None = None) -> Booking:
        money = Money.of(amount) if amount else None
        return booked_by(house, bookings.PriceChoice(bracket=bracket, amount=money))

    return make


def come(booking: Booking) -> None:
    """Give the key."""
    bookings.check_in(booking=booking, actor="user:1", today=booking.arrival, now=NOW)


def go(booking: Booking, now: datetime = LEAVES) -> None:
    """Take the key back, whatever is owed."""
    bookings.check_out(
        booking=booking, actor="user:1", today=booking.departure, now=now, debt_reason="as it is"
    )


def pay(booking: Booking, amount: Money, method: PaymentMethod = PaymentMethod.CASH) -> None:
    """Take money at the counter."""
    folios.take_payment_at_desk(booking=booking, method=method, amount=amount, actor="user:1", now=LEAVES)


def stays(house: Property) -> Ledger:
    """Return the fund of the house."""
    return fund.ledger_of(house)


def test_posts_a_stay_above_its_cost_when_it_is_over(house: Property, book: Book) -> None:
    booking = book("150")
    come(booking)
    pay(booking, folios.balance(booking))
    assert stays(house).entries == ()

    go(booking)

    (entry,) = stays(house).entries
    assert (entry.kind, entry.day, entry.movement) == (Kind.STAY, date(2027, 4, 11), Money.of(26))
    assert entry.into(Account.GUESTS) == -Money.of(150)
    assert entry.into(Account.COSTS) == COST
    assert fund.balance(house) == Money.of(26)


def test_leaves_the_tourist_tax_to_the_town(house: Property, book: Book) -> None:
    booking = book("150")
    come(booking)
    tax = folios.tax_of(booking)
    assert tax.minor > 0
    pay(booking, Money.of(150))  # the tax is still owed: it is taken out of what came in
    go(booking)

    assert -stays(house).into(Account.GUESTS) == Money.of(150) - tax


def test_posts_the_gap_under_the_variable_cost_by_itself(house: Property, book: Book) -> None:
    booking = book(bracket=1)
    come(booking)
    go(booking)

    voucher, stay = stays(house).entries

    assert (voucher.kind, voucher.movement) == (Kind.VOUCHER, -VARIABLE)
    assert stay.movement == VARIABLE - COST
    assert fund.balance(house) == -COST


def test_counts_holiday_vouchers_as_an_aid(house: Property, book: Book) -> None:
    booking = book("100")
    come(booking)
    pay(booking, Money.of(40), PaymentMethod.HOLIDAY_VOUCHER)
    pay(booking, folios.balance(booking))
    go(booking)

    fund_of = stays(house)
    assert (-fund_of.into(Account.AIDS), -fund_of.into(Account.GUESTS)) == (Money.of(40), Money.of(60))


def test_keeps_no_more_than_was_charged(house: Property, book: Book) -> None:
    booking = book("100")
    come(booking)
    pay(booking, Money.of(500))
    go(booking)

    assert -stays(house).into(Account.GUESTS) == Money.of(100)


def test_takes_a_stay_back_with_its_check_out(house: Property, book: Book) -> None:
    booking = book("150")
    come(booking)
    pay(booking, folios.balance(booking))
    go(booking)

    bookings.undo_check_out(booking=booking, actor="user:1", today=STAY.departure, now=LEAVES)

    assert fund.balance(house) == Money.zero()
    assert [entry.kind for entry in stays(house).entries] == [Kind.STAY, Kind.REVERSAL]
    go(booking)
    assert fund.balance(house) == Money.of(26)


def test_follows_a_payment_that_comes_late_and_one_that_was_a_mistake(house: Property, book: Book) -> None:
    booking = book("150")
    come(booking)
    go(booking)
    assert fund.balance(house) == -COST

    pay(booking, folios.balance(booking))
    assert fund.balance(house) == Money.of(26)

    line = next(line for line in folios.list_lines(booking) if line.kind == "payment")
    folios.reverse_payment(booking=booking, line_id=line.id, actor="user:1", now=LEAVES, note="")
    assert fund.balance(house) == -COST


def test_keeps_the_fee_of_a_stay_that_did_not_take_place(house: Property, book: Book) -> None:
    booking = book("150")
    pay(booking, folios.balance(booking))
    day = STAY.arrival + timedelta(days=1)
    bookings.mark_no_show(booking=booking, actor="user:1", today=day, now=LEAVES)

    (entry,) = stays(house).entries
    assert (entry.movement, entry.into(Account.COSTS)) == (Money.of(75), Money.zero())

    bookings.reinstate(house=house, booking=booking, actor="user:1", today=day, now=LEAVES)
    assert fund.balance(house) == Money.zero()


def test_posts_nothing_of_a_stay_cancelled_without_a_fee(house: Property, book: Book) -> None:
    bookings.cancel(house=house, booking=book("150"), actor="guest", reason="", now=NOW)

    assert stays(house).entries == ()


def test_settles_who_was_never_checked_out_when_the_choice_is_erased(house: Property, book: Book) -> None:
    booking = book("150")
    pay(booking, folios.balance(booking))

    erasing.erase_choices(now=LEAVES + timedelta(days=40))

    assert stays(house).movement_of(str(booking.id)) == Money.of(26)


def test_leaves_out_a_stay_whose_real_cost_nobody_knows(house: Property, book: Book) -> None:
    booking = book("150")
    come(booking)
    booking.rooms[0].nights[0].reference_minor = None
    session.commit()
    go(booking)

    assert stays(house).entries == ()


def test_takes_the_variable_cost_from_the_grid_of_the_booking(house: Property, book: Book) -> None:
    booking = book(bracket=1)

    assert fund.cost_of(booking) == (COST, VARIABLE)


@pytest.mark.parametrize("statement", ["UPDATE fund_entry SET note = 'x'", "DELETE FROM fund_entry"])
def test_lets_nobody_change_an_entry(house: Property, book: Book, statement: str) -> None:
    booking = book("150")
    come(booking)
    go(booking)

    with pytest.raises(DatabaseError, match="append-only"):
        session.execute(text(statement))
    session.rollback()


ENDS = st.sampled_from(["leaves", "leaves and comes back", "stays away", "cancels", "cancels late"])
METHODS = st.sampled_from([PaymentMethod.CASH, PaymentMethod.CHEQUE, PaymentMethod.HOLIDAY_VOUCHER])
LIVES = st.lists(
    st.tuples(
        st.integers(1, 8),  # the rung
        st.integers(1, 4),  # nights
        st.lists(st.tuples(METHODS, st.integers(1, 30_000)), max_size=3),
        ENDS,
        st.booleans(),  # pays something afterwards
    ),
    min_size=1,
    max_size=4,
)


@given(LIVES, st.integers(1, 500_000))
@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_reconciles_to_the_cent_whatever_guests_do(
    stage: Stage,
    lives: list[tuple[int, int, list[tuple[PaymentMethod, int]], str, bool]],
    granted: int,
) -> None:
    with stage.app.app_context():
        house = stage.fill()
        grant = fund.Grant(Money(granted), "Town of Lens", date(2027, 4, 1))
        fund.enter_grant(house=house, grant=grant, actor="user:5", today=NOW.date(), now=NOW)
        lived = [_live(house, week, *life) for week, life in enumerate(lives)]
        ledger = stays(house)

        paid = aids = vouchers = cost = Money.zero()
        for booking in lived:
            own = [entry for entry in ledger.standing() if entry.stay == str(booking.id)]
            money, known = fund.received(booking), fund.cost_of(booking)
            assert known is not None
            gap = max(Money.zero(), known[1] - money.paid - money.aids)
            assert -sum((entry.into(Account.GUESTS) for entry in own), Money.zero()) == money.paid
            moved = sum((entry.movement for entry in own if entry.kind == Kind.STAY), Money.zero())
            assert moved == money.paid + money.aids + gap - known[0]
            paid, aids, vouchers, cost = paid + money.paid, aids + money.aids, vouchers + gap, cost + known[0]
        # A voucher leaves the fund and comes into its stay.
        assert ledger.balance == paid + aids + vouchers + Money(granted) - cost - vouchers
        assert fund.balance(house) == ledger.balance


def _live(
    house: Property,
    week: int,
    bracket: int,
    nights: int,
    payments: list[tuple[PaymentMethod, int]],
    end: str,
    pays_later: bool,
) -> Booking:
    arrival = STAY.arrival + timedelta(weeks=week)
    stay = Stay(arrival, arrival + timedelta(days=nights))
    booking = booked_by(house, bookings.PriceChoice(bracket=bracket), stay)
    for method, minor in payments:
        pay(booking, Money(minor), method)
    if end.startswith("leaves"):
        come(booking)
        go(booking)
    elif end == "stays away":
        bookings.mark_no_show(booking=booking, actor="user:1", today=arrival + timedelta(days=1), now=LEAVES)
    else:
        at = NOW if end == "cancels" else NOW + (arrival - NOW.date())
        bookings.cancel(house=house, booking=booking, actor="guest", reason="", now=at)
    if end == "leaves and comes back":
        bookings.undo_check_out(booking=booking, actor="user:1", today=LEAVES.date(), now=LEAVES)
        pay(booking, Money(1234))
        go(booking, LEAVES + timedelta(days=3))
    if pays_later:
        pay(booking, Money(777))
    return booking
