"""A stay gets other dates: the new nights are taken or nothing changes, and the guest is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.database import session
from app.models import (
    Event,
    Letter,
    Property,
)
from app.services import bookings, folios
from app.services.bookings import DatesRefused, Obstacle
from app.services.inventory import RoomNotAvailable
from pricing.money import Money
from pricing.stay import Stay
from tests.services.bookings.conftest import NOW, STAY, TODAY, Hold
from tests.services.bookings.dates.changes import ELSEWHEN, LONGER, SHORTER, change, nights_of, plan


def test_finds_another_room_of_the_kind_unless_it_was_promised(house: Property, confirmed: Hold) -> None:
    booking, next_guest = confirmed(), confirmed(stay=STAY.shifted(2))
    assert booking.rooms[0].room_id == next_guest.rooms[0].room_id, "the snug room"
    booking.rooms[0].is_pinned = True
    session.commit()
    with pytest.raises(RoomNotAvailable):
        plan(house, booking, LONGER)
    booking.rooms[0].is_pinned = False
    session.commit()

    change(house, booking, LONGER)

    assert booking.rooms[0].room_id != next_guest.rooms[0].room_id
    assert len(nights_of(booking)) == 3


def test_keeps_everything_as_it_was_when_no_room_is_free(house: Property, confirmed: Hold) -> None:
    booking = confirmed()
    for _ in range(3):
        confirmed(stay=STAY.shifted(2))
    before, lines = nights_of(booking), len(folios.list_lines(booking))

    with pytest.raises(RoomNotAvailable):
        bookings.change_dates(
            house=house,
            booking=booking,
            stay=LONGER,
            agreed=Money(1),
            actor="user:1",
            today=TODAY,
            now=NOW,
        )
    session.rollback()

    assert (nights_of(booking), len(folios.list_lines(booking))) == (before, lines)


def test_changes_two_rooms_together(house: Property, confirmed: Hold) -> None:
    booking = confirmed(offer_key="double+double")

    change(house, booking, LONGER)

    assert len(nights_of(booking)) == 6
    assert {(room.arrival, room.departure) for room in booking.rooms} == {(LONGER.arrival, LONGER.departure)}


def test_lets_who_is_here_stay_longer_or_leave_earlier(house: Property, confirmed: Hold) -> None:
    booking = confirmed()
    bookings.check_in(booking=booking, actor="user:1", today=STAY.arrival, now=NOW)
    second_day = STAY.nights[1]

    change(house, booking, LONGER, second_day)
    assert bookings.price_of(booking) == Money.of("108")
    change(house, booking, SHORTER, second_day)

    assert bookings.price_of(booking) == Money.of("36")
    assert {night for _, night in nights_of(booking)} == {STAY.arrival}


def test_lets_who_was_moved_stay_longer_where_they_are(house: Property, confirmed: Hold) -> None:
    booking = confirmed()
    bookings.check_in(booking=booking, actor="user:1", today=STAY.arrival, now=NOW)
    second_day = STAY.nights[1]
    other = bookings.list_other_rooms(room=booking.rooms[0], today=second_day, now=NOW)[0]
    bookings.move(
        booking=booking,
        position=0,
        room_id=other.id,
        is_promised=False,
        actor="user:1",
        today=second_day,
        now=NOW,
    )

    change(house, booking, LONGER, second_day)

    assert nights_of(booking) == {(other.id, second_day), (other.id, STAY.departure)}
    assert bookings.price_of(booking) == Money.of("108")


def test_moves_the_free_cancellation_with_the_arrival_until_it_is_over(
    house: Property, confirmed: Hold
) -> None:
    booking = confirmed()
    before = bookings.cancellation_terms(booking, NOW).free_until

    change(house, booking, ELSEWHEN)
    assert bookings.cancellation_terms(booking, NOW).free_until == before + timedelta(days=10)

    late = before + timedelta(days=11)
    shown = bookings.plan_dates(
        house=house, booking=booking, stay=STAY.shifted(20), today=late.date(), now=late
    )
    assert shown.policy == booking.policy


@pytest.mark.parametrize(
    ("stay", "obstacle"),
    [
        pytest.param(STAY, Obstacle.SAME_DATES, id="nothing changes"),
        pytest.param(Stay(TODAY - timedelta(days=1), STAY.departure), Obstacle.DAY_IS_OVER, id="yesterday"),
        pytest.param(
            Stay(STAY.arrival, STAY.arrival + timedelta(days=99)), Obstacle.TOO_LONG, id="99 nights"
        ),
    ],
)
def test_says_what_stands_in_the_way(
    house: Property, confirmed: Hold, stay: Stay, obstacle: Obstacle
) -> None:
    with pytest.raises(DatesRefused) as refusal:
        plan(house, confirmed(), stay)

    assert refusal.value.obstacle is obstacle


def test_changes_no_dates_of_what_does_not_stand(house: Property, requested: Hold, confirmed: Hold) -> None:
    ended = confirmed()
    bookings.cancel(house=house, booking=ended, actor="guest", reason="", now=NOW)

    for booking in (requested(), ended):
        with pytest.raises(bookings.TransitionRefused):
            plan(house, booking, LONGER)


def test_tells_the_guest_and_remembers_names_of_fields_only(house: Property, confirmed: Hold) -> None:
    booking = confirmed()

    change(house, booking, LONGER)

    letter = session.scalars(select(Letter).order_by(Letter.id.desc())).first()
    event = session.scalars(select(Event).where(Event.verb == "change_dates")).one()
    assert letter is not None
    assert (letter.kind, letter.recipient) == ("booking_changed", "alice@example.org")
    assert (event.noun_id, event.field_names) == (booking.id, ["arrival", "departure"])
