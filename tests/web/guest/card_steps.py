"""The steps of a guest who pays by card, and what is left of them in the database."""

from __future__ import annotations

import re

from sqlalchemy import select

from app.database import session
from app.models import Booking, PaymentAttempt
from tests.web.guest.conftest import Guest, reread, words


def to_the_page(guest: Guest, **details: str) -> tuple[Booking, str]:
    """Order by card; return the booking and where the guest is sent."""
    booking = guest.hold(**details)
    answer = guest.send(booking, pay="card")
    assert answer.status_code == 303, words(answer)
    return reread(booking), answer.location


def attempt_states() -> list[str]:
    """Return where every attempt to pay stands, in their order."""
    session.rollback()
    return list(session.scalars(select(PaymentAttempt.state).order_by(PaymentAttempt.id)))


def token_of(page: str) -> str:
    """Return the token of the form on a page."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found
    return found.group(1)
