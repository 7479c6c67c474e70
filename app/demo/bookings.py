"""Everybody else: enough guests for a house that is rather full now and has room for those who decide late.

Day by day from a month ago to three months ahead, guests arrive until the nights sold so far reach what the season
asks for; so the whole is on target however the lot falls.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from app.database import session
from app.demo import steps
from app.demo.broken_plans import book_in_vain
from app.demo.draws import METHODS, Lot
from app.demo.steps import Scene, Wanted
from app.models import Booking, Claim, ClaimKind, Room, RoomNight, RoomType
from app.services.inventory import RoomNotAvailable, list_taken
from pricing.stay import Stay

DAYS_BACK, DAYS_AHEAD = 30, 90
# Per cent of the room nights sold, by days from the beginning of the window; 58 on the whole.
FULLNESS = {0: 75, 30: 65, 60: 52, 90: 40}
TONIGHT = 90  # so that somebody is expected today, whatever the day
WEEKEND, WEEK = 7, -3  # nights before a Saturday or a Sunday are fuller by this, the others emptier
WEEKEND_DAYS = (4, 5)
DAYS_BETWEEN_BROKEN_PLANS = 4
HAS_PAID = 0.6  # of those who are still in the house


@dataclass(slots=True)
class Tally:
    """How many nights the season asked for so far, in hundredths of a room night, and how many are sold."""

    asked_hundredths: int = 0
    sold: int = 0

    @property
    def missing(self) -> int:
        """Return how many nights are still to be sold, rounded up."""
        return -((100 * self.sold - self.asked_hundredths) // 100)


def fill(lot: Lot) -> None:
    """Sell the nights of the window. Commits."""
    scene, tally = lot.scene, Tally()
    type_codes = _list_rooms(scene)
    for days in range(DAYS_BACK + DAYS_AHEAD):
        day = scene.today + timedelta(days=days - DAYS_BACK)
        if days % DAYS_BETWEEN_BROKEN_PLANS == 0:
            book_in_vain(lot, _free_codes(scene, type_codes, day), day, days // DAYS_BETWEEN_BROKEN_PLANS)
        tally.asked_hundredths += fullness(days, day) * len(type_codes)
        tally.sold += _count_sold(scene, day)
        free = _free_codes(scene, type_codes, day)
        lot.dice.shuffle(free)
        for code in free[: max(0, tally.missing)]:
            _send_guest(lot, code, day)
            tally.sold += 1


def fullness(days: int, day: date) -> int:
    """Return how full the house shall be, in per cent, so many days from the beginning of the window."""
    if days == DAYS_BACK:
        return TONIGHT
    base = next(percent for start, percent in reversed(FULLNESS.items()) if days >= start)
    return base + (WEEKEND if day.weekday() in WEEKEND_DAYS else WEEK)


def _list_rooms(scene: Scene) -> Mapping[int, str]:
    rows = session.execute(
        select(Room.id, RoomType.code)
        .join(RoomType, RoomType.id == Room.type_id)
        .where(Room.property_id == scene.house.id)
        .order_by(Room.id)
    )
    return dict(rows.all())


def _free_codes(scene: Scene, type_codes: Mapping[int, str], day: date) -> list[str]:
    """Return the type of each room that is free for the night."""
    night = Stay(day, day + timedelta(days=1))
    taken = list_taken(property_id=scene.house.id, stay=night, now=scene.now)
    return [code for room_id, code in type_codes.items() if room_id not in taken]


def _count_sold(scene: Scene, day: date) -> int:
    statement = (
        select(func.count())
        .select_from(RoomNight)
        .join(Claim, Claim.id == RoomNight.claim_id)
        .where(RoomNight.property_id == scene.house.id, RoomNight.night == day, Claim.kind != ClaimKind.BLOCK)
    )
    return session.scalar(statement) or 0


def _send_guest(lot: Lot, type_code: str, day: date) -> None:
    """Let somebody book, come and go; for fewer nights where others have booked already."""
    wanted, asked_at = lot.wish(type_code, day), lot.asked_at(day)
    for nights in range(wanted.stay.length, 0, -1):
        stay = Stay(day, day + timedelta(days=nights))
        try:
            booking = _book(lot.scene, replace(wanted, stay=stay), asked_at)
        except RoomNotAvailable:
            continue
        _live(lot, booking)
        return


def _book(scene: Scene, wanted: Wanted, asked_at: datetime) -> Booking:
    if wanted.guest.email:
        return steps.book_online(scene, wanted, asked_at=asked_at)
    return steps.book_by_telephone(scene, wanted, asked_at=asked_at)


def _live(lot: Lot, booking: Booking) -> None:
    """Let them come, pay and go, as far as the day allows."""
    scene, hour = lot.scene, lot.dice.randint(15, 19)
    if booking.arrival >= scene.today:
        return
    steps.check_in(scene, booking, hour=hour)
    is_gone = booking.departure < scene.today
    if is_gone or lot.dice.random() < HAS_PAID:
        steps.pay(scene, booking, lot.one_of(METHODS), paid_at=scene.at(booking.arrival, hour, 45))
    if is_gone:
        steps.check_out(scene, booking, hour=lot.dice.randint(8, 10))
