"""The desk's door: one blueprint, and what every page behind it shares."""

from __future__ import annotations

from flask import Blueprint, abort

from app.models import Booking
from app.models.user import DESK_ROLES
from app.services import bookings
from app.web.guards import staff
from app.web.staff import (
    CONFLICT,
    UNPROCESSABLE,
    Page,
    actor,
    house,
    now,
    say_where_one_may_go,
    today,
)

__all__ = [
    "CONFLICT",
    "UNPROCESSABLE",
    "Page",
    "actor",
    "at_the_desk",
    "booking_or_404",
    "desk",
    "house",
    "now",
    "today",
]

desk = Blueprint("desk", __name__)
desk.context_processor(say_where_one_may_go)
at_the_desk = staff(*DESK_ROLES)


def booking_or_404(reference: str) -> Booking:
    """Return the booking of this house; another house's is as unknown as none."""
    booking = bookings.find_by_reference(house().id, reference)
    if booking is None:
        abort(404)
    return booking
