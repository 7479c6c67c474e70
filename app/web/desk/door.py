"""The desk's door: one blueprint, and what every page behind it shares."""

from __future__ import annotations

from datetime import date, datetime

from flask import Blueprint, abort, g
from flask_login import current_user
from werkzeug.wrappers import Response

from app import clock
from app.models import Booking, Property, RoleName
from app.models.user import DESK_ROLES
from app.services import bookings
from app.web.guards import staff

desk = Blueprint("desk", __name__)
at_the_desk = staff(*DESK_ROLES)

Page = str | Response | tuple[str, int]

UNPROCESSABLE = 422
CONFLICT = 409


@desk.context_processor
def say_where_one_may_go() -> dict[str, bool]:
    """Tell the frame whether the places of reception, or the list of rooms alone, are open to whoever is signed in."""
    roles = {role for role in RoleName if current_user.is_authenticated and current_user.has_role(role)}
    is_reception = not roles.isdisjoint(DESK_ROLES)
    return {
        "is_reception": is_reception,
        "is_housekeeping": RoleName.HOUSEKEEPER in roles and not is_reception,
    }


def house() -> Property:
    """Return the house of this request."""
    chosen: Property = g.house
    return chosen


def now() -> datetime:
    """Return this instant."""
    return clock.now()


def today() -> date:
    """Return the date on the wall of the house."""
    return clock.today(house())


def actor() -> str:
    """Return who does it, as events and lines remember it."""
    return f"user:{current_user.id}"


def booking_or_404(reference: str) -> Booking:
    """Return the booking of this house; another house's is as unknown as none."""
    booking = bookings.find_by_reference(house().id, reference)
    if booking is None:
        abort(404)
    return booking
