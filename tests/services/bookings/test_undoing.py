"""A mistake is taken back: today's check-in and check-out, a no-show, a cancellation; nights and charges follow."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.database import session
from app.models import AttemptState, Booking, Letter, PaymentAttempt, Property, RoomNight
from app.services import bookings, folios
from app.services.inventory import RoomNotAvailable
from pricing.money import Money
from pricing.stay import Stay
from tests.services.bookings.conftest import NOW, STAY, TODAY, Hold

ARRIVED = NOW + (STAY.arrival - TODAY)
SECOND_DAY = STAY.arrival + timedelta(days=1)


def nights_of(booking: Booking) -> set[date]:
    claims = [room.claim_id for room in booking.rooms]
    return set(session.scalars(select(RoomNight.night).where(RoomNight.claim_id.in_(claims))))


def arrive(booking: Booking) -> None:
    bookings.check_in(booking=booking, actor="user:1", today=STAY.arrival, now=ARRIVED)


def leave(booking: Booking, today: date) -> None:
    bookings.check_out(
        booking=booking,
        actor="user:1",
        today=today,
        now=ARRIVED + (today - STAY.arrival),
        debt_reason="called home",
    )


def take_back_leaving(booking: Booking, today: date) -> None:
    bookings.undo_check_out(
        booking=booking, actor="user:1", today=today, now=ARRIVED + (today - STAY.arrival)
    )


def reinstate(house: Property, booking: Booking, today: date = TODAY) -> None:
    bookings.reinstate(house=house, booking=booking, actor="user:1", today=today, now=NOW + (today - TODAY))


def cancel_late(house: Property, booking: Booking) -> None:
    bookings.cancel(house=house, booking=booking, actor="guest", reason="", now=ARRIVED - timedelta(hours=1))


def test_takes_a_check_in_back_on_its_day_only(confirmed: Hold) -> None:
    booking = confirmed()
    arrive(booking)

    with pytest.raises(bookings.TransitionRefused):
        bookings.undo_check_in(booking=booking, actor="user:1", today=SECOND_DAY, now=ARRIVED)
    session.rollback()
    bookings.undo_check_in(booking=booking, actor="user:1", today=STAY.arrival, now=ARRIVED)

    assert booking.status == "confirmed"


@pytest.mark.parametrize("nights_slept", [0, 1, 2])
def test_gives_who_left_by_mistake_their_nights_again(confirmed: Hold, nights_slept: int) -> None:
    booking = confirmed()
    day = STAY.arrival + timedelta(days=nights_slept)
    arrive(booking)
    room = booking.rooms[0].room_id
    leave(booking, day)

    take_back_leaving(booking, day)

    assert (booking.status, booking.ended_at, booking.ended_reason) == ("in_house", None, "")
    assert nights_of(booking) == set(STAY.nights)
    assert booking.rooms[0].room_id == room


def test_takes_no_check_out_back_when_the_nights_are_sold_or_the_day_is_over(
    confirmed: Hold, hold: Hold
) -> None:
    booking = confirmed()
    arrive(booking)
    leave(booking, SECOND_DAY)
    with pytest.raises(bookings.TransitionRefused):
        take_back_leaving(booking, STAY.departure)
    session.rollback()
    for _ in range(3):
        hold(stay=Stay(SECOND_DAY, STAY.departure), now=ARRIVED + timedelta(days=1))

    with pytest.raises(RoomNotAvailable):
        take_back_leaving(booking, SECOND_DAY)
    session.rollback()

    assert booking.status == "checked_out"
    assert nights_of(booking) == {STAY.arrival}


def test_takes_no_check_out_back_into_a_room_with_somebody_in_it(confirmed: Hold) -> None:
    booking, after = confirmed(), confirmed(stay=STAY.shifted(2))
    assert after.rooms[0].room_id == booking.rooms[0].room_id, "the snug room"
    arrive(booking)
    leave(booking, STAY.departure)
    bookings.check_in(booking=after, actor="user:1", today=STAY.departure, now=ARRIVED)

    with pytest.raises(bookings.RoomOccupied):
        take_back_leaving(booking, STAY.departure)


def test_lets_a_cancelled_stay_stand_again_and_takes_the_fee_back(house: Property, confirmed: Hold) -> None:
    booking = confirmed()
    due = folios.balance(booking)
    cancel_late(house, booking)
    assert folios.balance(booking) == Money.of("36"), "the first night was kept"
    lines = [(line.id, line.amount_minor) for line in folios.list_lines(booking)]

    reinstate(house, booking)

    assert (booking.status, booking.ended_at, booking.ended_reason) == ("confirmed", None, "")
    assert nights_of(booking) == set(STAY.nights)
    assert folios.balance(booking) == due
    after = folios.list_lines(booking)
    assert [(line.id, line.amount_minor) for line in after][: len(lines)] == lines, "only added to"
    assert sum(line.amount_minor for line in after if line.code == "cancellation_fee") == 0
    kinds = session.scalars(
        select(Letter.kind).where(Letter.booking_id == booking.id).order_by(Letter.id)
    ).all()
    assert kinds[-2:] == ["booking_cancelled", "booking_confirmed"]
    with pytest.raises(bookings.TransitionRefused):
        reinstate(house, booking)


def test_lets_who_came_a_day_late_have_the_nights_that_are_left(house: Property, confirmed: Hold) -> None:
    booking = confirmed()
    due = folios.balance(booking)
    bookings.mark_no_show(booking=booking, actor="user:1", today=SECOND_DAY, now=ARRIVED)
    written = len(session.scalars(select(Letter.id)).all())

    reinstate(house, booking, SECOND_DAY)
    bookings.check_in(booking=booking, actor="user:1", today=SECOND_DAY, now=ARRIVED)

    assert nights_of(booking) == {SECOND_DAY}
    assert folios.balance(booking) == due
    assert len(session.scalars(select(Letter.id)).all()) == written, "nobody was told that they had not come"


def test_finds_another_room_of_the_kind_or_says_that_none_is_left(house: Property, confirmed: Hold) -> None:
    booking = confirmed()
    before = booking.rooms[0].room_id
    cancel_late(house, booking)
    assert confirmed().rooms[0].room_id == before
    reinstate(house, booking)
    assert booking.rooms[0].room_id != before
    cancel_late(house, booking)
    for _ in range(2):
        confirmed()
    lines = len(folios.list_lines(booking))

    with pytest.raises(RoomNotAvailable):
        reinstate(house, booking)
    session.rollback()

    assert (booking.status, len(folios.list_lines(booking))) == ("cancelled", lines)


def test_gives_who_was_promised_a_room_no_other(house: Property, confirmed: Hold) -> None:
    booking = confirmed()
    booking.rooms[0].is_pinned = True
    session.commit()
    cancel_late(house, booking)
    confirmed()

    with pytest.raises(RoomNotAvailable):
        reinstate(house, booking)


def test_reinstates_nothing_that_is_over_or_never_stood(
    house: Property, confirmed: Hold, requested: Hold
) -> None:
    over, never = confirmed(), requested()
    for booking in (over, never):
        bookings.cancel(house=house, booking=booking, actor="guest", reason="", now=NOW)

    for booking, today in ((over, STAY.departure), (never, TODAY)):
        with pytest.raises(bookings.TransitionRefused):
            reinstate(house, booking, today)
        session.rollback()


@pytest.mark.parametrize("state", ["capturing", "releasing", "refunding"])
def test_waits_until_money_has_arrived(house: Property, confirmed: Hold, state: AttemptState) -> None:
    booking = confirmed()
    cancel_late(house, booking)
    session.add(
        PaymentAttempt(
            property_id=house.id,
            booking_id=booking.id,
            public_id="attempt",
            amount_minor=7516,
            currency="EUR",
            is_captured_later=False,
            parameters={},
            state=state,
            expires_at=NOW,
            created_at=NOW,
        )
    )
    session.commit()

    with pytest.raises(bookings.MoneyUnderWay):
        reinstate(house, booking)
