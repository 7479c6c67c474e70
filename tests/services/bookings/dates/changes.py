"""What the tests of changed dates share: the stays, the plan, the change, the payment."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from app.database import session
from app.models import (
    Booking,
    PaymentMethod,
    Property,
    RoomNight,
)
from app.services import bookings, folios
from app.services.bookings import DatePlan
from pricing.money import Money
from pricing.stay import Stay
from tests.services.bookings.conftest import NOW, STAY, TODAY

LONGER = Stay(STAY.arrival, STAY.departure + timedelta(days=1))
SHORTER = Stay(STAY.arrival, STAY.departure - timedelta(days=1))
ELSEWHEN = STAY.shifted(10)


def plan(house: Property, booking: Booking, stay: Stay, today: date = TODAY) -> DatePlan:
    return bookings.plan_dates(house=house, booking=booking, stay=stay, today=today, now=NOW)


def change(house: Property, booking: Booking, stay: Stay, today: date = TODAY) -> DatePlan:
    agreed = plan(house, booking, stay, today).after
    return bookings.change_dates(
        house=house, booking=booking, stay=stay, agreed=agreed, actor="user:1", today=today, now=NOW
    )


def nights_of(booking: Booking) -> set[tuple[int, date]]:
    claims = [room.claim_id for room in booking.rooms]
    rows = session.execute(select(RoomNight.room_id, RoomNight.night).where(RoomNight.claim_id.in_(claims)))
    return {(room_id, night) for room_id, night in rows}


def pay(booking: Booking, amount: Money, method: PaymentMethod = PaymentMethod.CASH) -> None:
    folios.take_payment(booking=booking, method=method, amount=amount, actor="user:1", now=NOW)
    session.commit()
