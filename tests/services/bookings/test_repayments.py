"""Money goes back at the desk as it came in, and never more: whatever is done, by whoever, in whatever order."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.database import session
from app.models import Booking, Event, PaymentMethod, Property
from app.services import bookings, folios
from app.services.folios import MoreThanPaid
from pricing.money import Money
from tests.services.bookings.conftest import NOW, Hold

CASH, CHEQUE, VOUCHER = folios.AT_THE_DESK
Cancelled = Callable[..., Booking]


@pytest.fixture
def cancelled(house: Property, confirmed: Hold) -> Cancelled:
    """Return a maker of bookings that were paid for at the desk and cancelled free of charge."""

    def make(**paid: str) -> Booking:
        booking = confirmed()
        for method, amount in paid.items():
            pay(booking, PaymentMethod(method), amount)
        bookings.cancel(house=house, booking=booking, actor="guest", reason="", now=NOW)
        return booking

    return make


def pay(booking: Booking, method: PaymentMethod, amount: str) -> int:
    line = folios.take_payment(
        booking=booking, method=method, amount=Money.of(amount), actor="user:1", now=NOW
    )
    session.commit()
    return line.id


def repay(booking: Booking, method: PaymentMethod, amount: str) -> int:
    return folios.repay_at_desk(
        booking=booking, method=method, amount=Money.of(amount), actor="user:1", now=NOW, note="to Alice"
    ).id


def test_gives_back_what_was_paid_as_it_was_paid(cancelled: Cancelled) -> None:
    booking = cancelled(cash="50", cheque="25.16")
    lines = len(folios.list_lines(booking))
    assert folios.repayable(booking) == {CASH: Money.of("50"), CHEQUE: Money.of("25.16")}

    repay(booking, CASH, "50")
    repay(booking, CHEQUE, "25.16")

    assert folios.balance(booking) == Money(0)
    assert folios.repayable(booking) == {}
    assert len(folios.list_lines(booking)) == lines + 2, "only added to"
    last = folios.list_lines(booking)[-1]
    assert (last.kind, last.code, last.amount_minor, last.note) == ("payment", "cheque", 2516, "to Alice")
    verbs = session.scalars(
        select(Event.verb).where(Event.noun == "folio_line", Event.noun_id == last.id)
    ).all()
    assert verbs == ["repay"]


@pytest.mark.parametrize(
    ("method", "amount"),
    [
        pytest.param(CASH, "50.01", id="more than came in by it"),
        pytest.param(CHEQUE, "0.01", id="nothing came in by it"),
        pytest.param(VOUCHER, "1", id="a voucher is not turned into money"),
        pytest.param(PaymentMethod.CARD, "1", id="a card is the processor's"),
    ],
)
def test_gives_back_no_more_than_came_in(cancelled: Cancelled, method: PaymentMethod, amount: str) -> None:
    booking = cancelled(cash="50", holiday_voucher="25")

    with pytest.raises(MoreThanPaid):
        repay(booking, method, amount)


def test_gives_back_no_more_than_is_owed(house: Property, confirmed: Hold) -> None:
    booking = confirmed()
    pay(booking, CASH, "75.16")

    with pytest.raises(MoreThanPaid):
        repay(booking, CASH, "1")

    bookings.mark_no_show(booking=booking, actor="user:1", today=booking.departure, now=NOW)
    with pytest.raises(MoreThanPaid):
        repay(booking, CASH, "39.17")
    repay(booking, CASH, "39.16")
    assert folios.balance(booking) == Money(0)


def test_gives_back_once(cancelled: Cancelled) -> None:
    booking = cancelled(cash="50")
    repay(booking, CASH, "30")

    with pytest.raises(MoreThanPaid):
        repay(booking, CASH, "30")
    repay(booking, CASH, "20")

    assert folios.balance(booking) == Money(0)


def test_undoes_a_slip_but_no_payment_that_went_back(house: Property, confirmed: Hold) -> None:
    booking = confirmed()
    paid = pay(booking, CASH, "50")
    bookings.cancel(house=house, booking=booking, actor="guest", reason="", now=NOW)
    back = repay(booking, CASH, "20")

    with pytest.raises(folios.LineReversed):
        folios.reverse_payment(booking=booking, line_id=paid, actor="user:1", now=NOW, note="slip")
    session.rollback()
    folios.reverse_payment(booking=booking, line_id=back, actor="user:1", now=NOW, note="slip")

    assert folios.repayable(booking) == {CASH: Money.of("50")}


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["pay", "repay", "reverse"]), st.sampled_from([CASH, CHEQUE]), st.integers(1, 4000)
    ),
    max_size=12,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_never_gives_back_what_it_never_had(
    cancelled: Cancelled, steps: list[tuple[str, PaymentMethod, int]]
) -> None:
    booking = cancelled()
    for verb, method, minor in steps:
        if verb == "pay":
            pay(booking, method, str(minor / 100))
        else:
            with suppress(MoreThanPaid, folios.LineReversed):
                if verb == "repay":
                    repay(booking, method, str(minor / 100))
                else:
                    lines = [line for line in folios.list_lines(booking) if line.kind == "payment"]
                    if lines:
                        line_id = lines[minor % len(lines)].id
                        folios.reverse_payment(
                            booking=booking, line_id=line_id, actor="user:1", now=NOW, note="slip"
                        )
            session.rollback()

        assert all(folios.paid_by(booking, each).minor >= 0 for each in folios.AT_THE_DESK)
        assert folios.balance(booking).minor <= 0
    session.commit()
