"""What the tests of the guest's own page share."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select

from app.database import session
from app.models import Booking, Property
from app.services import bookings
from tests.cast import NOW
from tests.web.guest.conftest import Guest, reread

Link = Callable[[Booking], str]


def rows(table: type) -> int:
    """Return how many rows a table has."""
    return session.scalar(select(func.count()).select_from(table)) or 0


def confirmed(guest: Guest, house: Property, mailed_link: Link) -> Booking:
    """Return the booking of a guest that reception has confirmed."""
    booking = guest.order()
    guest.client.get(mailed_link(booking))
    guest.client.submit(guest.page_of(booking), {}, to=guest.page_of(booking, "/confirm"))
    bookings.confirm(house=house, booking=reread(booking), actor="user:1", now=NOW)
    return booking
