"""What every staff page shares: the house, the clock, who is signed in, and which places are open to them."""

from __future__ import annotations

from datetime import date, datetime

from flask import g
from flask_login import current_user
from werkzeug.wrappers import Response

from app import clock
from app.models import Property, RoleName
from app.models.user import DESK_ROLES, OFFICE_ROLES
from app.services import price_messages

Page = str | Response | tuple[str, int]

UNPROCESSABLE = 422
CONFLICT = 409


def say_where_one_may_go() -> dict[str, bool | int]:
    """Tell the frame which places are open to whoever is signed in: reception's, the office's, the list of rooms.

    `open_messages`: how many words of guests wait for the manager, who alone is told.
    """
    roles = {role for role in RoleName if current_user.is_authenticated and current_user.has_role(role)}
    is_reception = not roles.isdisjoint(DESK_ROLES)
    is_manager = RoleName.MANAGER in roles
    return {
        "is_reception": is_reception,
        "is_housekeeping": RoleName.HOUSEKEEPER in roles and not is_reception,
        "is_office": not roles.isdisjoint(OFFICE_ROLES),
        "is_manager": is_manager,
        "is_treasurer": RoleName.TREASURER in roles,
        "open_messages": price_messages.count_open(house().id) if is_manager else 0,
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
