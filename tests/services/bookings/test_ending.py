"""Ends: cancelled by the terms, expired by the clock, stayed or not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.database import session
from app.models import Claim, Letter, PaymentMethod, Property, RoomNight
from app.services import bookings, folios
from pricing.money import Money
from tests.services.bookings.conftest import NOW, STAY, Hold

FREE_UNTIL = datetime(2027, 4, 7, 16, tzinfo=UTC)  # 18:00 in Lens, two days before 9 April


@pytest.mark.parametrize(
    ("seconds", "owed"),
    [
        pytest.param(-60, "0", id="a minute before: free"),
        pytest.param(0, "36", id="at the minute: the first night"),
        pytest.param(60, "36", id="a minute after: the first night"),
    ],
)
def test_keeps_the_first_night_from_the_exact_moment_on_and_never_the_tax(
    house: Property, confirmed: Hold, seconds: int, owed: str
) -> None:
    booking = confirmed()

    bookings.cancel(
        house=house,
        booking=booking,
        actor="guest",
        reason="",
        now=FREE_UNTIL + timedelta(seconds=seconds),
    )

    assert folios.balance(booking) == Money.of(owed)
    codes = {line.code: 0 for line in folios.list_lines(booking)}
    for line in folios.list_lines(booking):
        codes[line.code] += line.amount_minor
    assert codes["tourist_tax"] == 0


def test_asks_no_fee_when_the_house_cancels(house: Property, confirmed: Hold) -> None:
    booking = confirmed()

    bookings.cancel(
        house=house, booking=booking, actor="user:1", reason="leak", now=FREE_UNTIL + timedelta(hours=1)
    )

    assert folios.balance(booking) == Money(0)


def test_owes_the_guest_what_was_paid_when_nothing_is_kept(house: Property, confirmed: Hold) -> None:
    booking = confirmed()
    folios.take_payment_at_desk(
        booking=booking, method=PaymentMethod.CASH, amount=Money.of("75.16"), actor="user:1", now=NOW
    )

    bookings.cancel(house=house, booking=booking, actor="guest", reason="", now=NOW)

    assert folios.balance(booking) == Money.of("-75.16")


def test_frees_a_cancelled_room_for_the_next_guest(house: Property, confirmed: Hold, hold: Hold) -> None:
    booking = confirmed()

    bookings.cancel(house=house, booking=booking, actor="guest", reason="", now=NOW)

    assert hold().rooms[0].room_id == booking.rooms[0].room_id


def test_expires_what_is_over_once_and_tells_who_had_ordered(
    house: Property, hold: Hold, ordered: Hold
) -> None:
    silent, told = hold(), ordered()
    later = NOW + timedelta(minutes=60)

    counts = [bookings.expire_lapsed(now=later) for _ in range(2)]

    assert counts == [2, 0]
    assert {silent.status, told.status} == {"expired"}
    kinds = session.scalars(select(Letter.kind).where(Letter.kind == "booking_expired")).all()
    assert len(kinds) == 1


def test_waits_for_a_payment_that_is_being_looked_at(hold: Hold) -> None:
    booking = hold()
    claim = session.get_one(Claim, booking.rooms[0].claim_id)
    claim.lapses_at = NOW + timedelta(minutes=22)
    session.commit()

    assert bookings.expire_lapsed(now=NOW + timedelta(minutes=13)) == 0
    assert bookings.expire_lapsed(now=NOW + timedelta(minutes=22)) == 1


def test_gives_the_key_on_the_day_and_not_before(confirmed: Hold) -> None:
    booking = confirmed()

    with pytest.raises(bookings.TransitionRefused):
        bookings.check_in(booking=booking, actor="user:1", today=STAY.arrival - timedelta(days=1), now=NOW)
    session.rollback()
    bookings.check_in(booking=booking, actor="user:1", today=STAY.arrival, now=NOW)

    assert booking.status == "in_house"


def test_does_not_give_a_room_that_somebody_is_still_in(confirmed: Hold) -> None:
    before = confirmed(stay=STAY.shifted(-2))
    bookings.check_in(booking=before, actor="user:1", today=STAY.arrival, now=NOW)
    after = confirmed()
    assert after.rooms[0].room_id == before.rooms[0].room_id, "the snug room"

    with pytest.raises(bookings.RoomOccupied) as refusal:
        bookings.check_in(booking=after, actor="user:1", today=STAY.arrival, now=NOW)

    assert refusal.value.reference == before.reference


def test_lets_nobody_leave_a_debt_without_a_word(confirmed: Hold) -> None:
    booking = confirmed()
    bookings.check_in(booking=booking, actor="user:1", today=STAY.arrival, now=NOW)

    with pytest.raises(bookings.DebtNeedsReason):
        bookings.check_out(booking=booking, actor="user:1", today=STAY.departure, now=NOW)
    session.rollback()
    bookings.check_out(
        booking=booking, actor="user:1", today=STAY.departure, now=NOW, debt_reason="pays on Monday"
    )

    assert (booking.status, booking.ended_reason) == ("checked_out", "pays on Monday")


@pytest.mark.parametrize(("nights_slept", "kept"), [(0, 0), (1, 1), (2, 2)])
def test_sells_the_nights_of_who_leaves_early(confirmed: Hold, nights_slept: int, kept: int) -> None:
    booking = confirmed()
    today = STAY.arrival + timedelta(days=nights_slept)
    bookings.check_in(booking=booking, actor="user:1", today=STAY.arrival, now=NOW)

    bookings.check_out(booking=booking, actor="user:1", today=today, now=NOW, debt_reason="called home")

    nights = session.scalars(select(RoomNight.night).where(RoomNight.claim_id == booking.rooms[0].claim_id))
    assert set(nights) == set(STAY.nights[:kept])
    assert folios.balance(booking).minor == 7516


def test_keeps_the_first_night_of_who_did_not_come_and_no_tax(confirmed: Hold) -> None:
    booking = confirmed()

    bookings.mark_no_show(booking=booking, actor="user:1", today=STAY.arrival + timedelta(days=1), now=NOW)

    assert folios.balance(booking) == Money.of("36")


def test_reverses_a_payment_by_its_opposite_once(confirmed: Hold) -> None:
    booking = confirmed()
    line = folios.take_payment_at_desk(
        booking=booking, method=PaymentMethod.CHEQUE, amount=Money.of("75.16"), actor="user:1", now=NOW
    )

    folios.reverse_payment(booking=booking, line_id=line.id, actor="user:1", now=NOW, note="wrong booking")

    assert folios.balance(booking) == Money.of("75.16")
    with pytest.raises(folios.LineReversed):
        folios.reverse_payment(booking=booking, line_id=line.id, actor="user:1", now=NOW, note="again")
