"""Those who booked and do not come: cancelled in time or late, declined, never confirmed, expected in vain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from app.demo import steps
from app.demo.draws import Lot
from app.demo.names import draw_guest
from app.demo.steps import Scene, Wanted
from app.models import Booking
from app.services import bookings
from pricing.stay import Stay

DAYS_AGO = 2  # so that what follows the booking lies in the past as well


def book_in_vain(lot: Lot, free_codes: Sequence[str], day: date, turn: int) -> None:
    """Let somebody book one night in a free room, and not come; each way has its turn. Commits."""
    if not free_codes:
        return
    wish = lot.wish(lot.dice.choice(free_codes), day)
    guest = draw_guest(lot.dice, has_email=True)
    stay = Stay(day, day + timedelta(days=1))
    asked_at = lot.asked_at(day, days_ago=DAYS_AGO)
    is_past = day < lot.scene.today - timedelta(days=1)
    ways = WAYS if is_past else WAYS_BEFOREHAND
    ways[turn % len(ways)](lot.scene, replace(wish, stay=stay, guest=guest), asked_at)


def _cancelled(scene: Scene, wanted: Wanted, asked_at: datetime) -> None:
    booking = steps.book_online(scene, wanted, asked_at=asked_at)
    _cancel(scene, booking, asked_at + timedelta(hours=3))


def _cancelled_late(scene: Scene, wanted: Wanted, asked_at: datetime) -> None:
    booking = steps.book_online(scene, wanted, asked_at=asked_at)
    _cancel(scene, booking, scene.at(wanted.stay.arrival, 13))


def _cancel(scene: Scene, booking: Booking, at: datetime) -> None:
    bookings.cancel(house=scene.house, booking=booking, actor="guest", reason="", now=at)


def _declined(scene: Scene, wanted: Wanted, asked_at: datetime) -> None:
    booking = steps.request(scene, wanted, asked_at=asked_at)
    bookings.decline(
        house=scene.house,
        booking=booking,
        actor=scene.desk,
        reason="La maison est prise par un mariage.",
        now=asked_at + timedelta(minutes=50),
    )


def _expired(scene: Scene, wanted: Wanted, asked_at: datetime) -> None:
    steps.order(scene, wanted, asked_at=asked_at)
    bookings.expire_lapsed(now=asked_at + timedelta(hours=3))


def _not_come(scene: Scene, wanted: Wanted, asked_at: datetime) -> None:
    booking = steps.book_online(scene, wanted, asked_at=asked_at)
    next_day = wanted.stay.arrival + timedelta(days=1)
    bookings.mark_no_show(booking=booking, actor=scene.desk, today=next_day, now=scene.at(next_day, 11))


Way = Callable[[Scene, Wanted, datetime], None]
WAYS: tuple[Way, ...] = (_cancelled, _not_come, _declined, _cancelled_late, _expired)
WAYS_BEFOREHAND: tuple[Way, ...] = (_cancelled, _declined, _expired)
