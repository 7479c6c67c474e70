"""Somebody confirms in the last second of a hold, and somebody else takes its nights in the next one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Thread

from flask import Flask, current_app
from sqlalchemy import func, select

from app.database import session
from app.models import BookedRoom, Booking, Claim, Property, RoomNight
from app.services import bookings, inventory
from app.services.bookings.answering import settle_confirmation
from app.services.bookings.statuses import lock
from app.services.inventory import RoomNotAvailable, Wish
from tests.services.bookings.conftest import STAY, Hold

A_MOMENT_SECONDS = 0.5
PATIENCE_SECONDS = 30
ONE_SECOND = timedelta(seconds=1)


class Other(Thread):
    """Another worker, in a transaction of its own; it has to wait for ours."""

    def __init__(self, deed: Callable[[], object]) -> None:
        super().__init__()
        self._app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # a proxy has one
        self._deed = deed
        self.refusal: Exception | None = None

    def run(self) -> None:
        """Do the deed and commit it, or remember why it was refused."""
        with self._app.app_context():
            try:
                self._deed()
                session.commit()
            except RoomNotAvailable as refusal:
                session.rollback()
                self.refusal = refusal

    def meets_our_commit(self) -> None:
        """Begin, find our transaction open, and go on after its commit."""
        self.start()
        self.join(A_MOMENT_SECONDS)
        assert self.is_alive()
        session.commit()
        self.join(PATIENCE_SECONDS)
        assert not self.is_alive()


def count_nights(booking_id: int) -> int:
    """Return how many nights the live claims of a booking have."""
    return (
        session.scalar(
            select(func.count())
            .select_from(RoomNight)
            .join(Claim, Claim.id == RoomNight.claim_id)
            .join(BookedRoom, BookedRoom.claim_id == Claim.id)
            .where(BookedRoom.booking_id == booking_id, Claim.is_live)
        )
        or 0
    )


def test_keeps_the_nights_that_were_confirmed_in_the_last_second(house: Property, requested: Hold) -> None:
    booking = requested()
    ends = booking.lapses_at
    assert ends
    house_id, wish = house.id, Wish(booking.rooms[0].room_id, STAY)
    other = Other(lambda: inventory.take_all(property_id=house_id, wishes=[wish], now=ends))
    lock(booking)
    settle_confirmation(house=house, booking=booking, actor="user:1", now=ends - ONE_SECOND)
    session.flush()

    other.meets_our_commit()

    assert isinstance(other.refusal, RoomNotAvailable)
    assert count_nights(booking.id) == STAY.length


def test_finds_another_room_where_the_nights_went_in_the_last_second(
    house: Property, requested: Hold
) -> None:
    booking = requested()
    ends = booking.lapses_at
    assert ends
    house_id, booking_id, room_id = house.id, booking.id, booking.rooms[0].room_id
    other = Other(
        lambda: bookings.confirm(
            house=session.get_one(Property, house_id),
            booking=session.get_one(Booking, booking_id),
            actor="user:1",
            now=ends - ONE_SECOND,
        )
    )
    inventory.take_all(property_id=house_id, wishes=[Wish(room_id, STAY)], now=ends)

    other.meets_our_commit()

    session.refresh(booking)
    assert booking.status == "confirmed"
    assert booking.rooms[0].room_id != room_id
    assert count_nights(booking_id) == STAY.length
