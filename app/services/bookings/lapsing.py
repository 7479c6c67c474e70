"""Notice that most holds lapse: then nights are kept only for whoever opens a mailed link first (decision 21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, func, or_, select

from app.database import session
from app.models import Booking, BookingStatus, Source

ENDED_BY_THE_CLOCK = (BookingStatus.TENTATIVE, BookingStatus.EXPIRED)


class LinkNeeded(Exception):
    """Most holds lapse at the moment: this one is opened by a mailed link."""


@dataclass(frozen=True, slots=True)
class LapseLimits:
    """Over how many hours holds are watched, and from which number and share of lapsed ones a link is needed."""

    hours: int
    fewest: int
    percent: int


def do_most_lapse(property_id: int, limits: LapseLimits, now: datetime) -> bool:
    """Tell whether most of the holds opened on the web in the last hours have come to nothing.

    Lapsed is a hold whose time ran out before anybody ordered or, having ordered, opened the mailed link. What a
    guest gave up for another room has not lapsed, and what still lasts is not counted yet.
    """
    came_true = or_(Booking.answer_due_at.is_not(None), Booking.confirmed_at.is_not(None))
    has_lapsed = and_(
        Booking.status.in_(ENDED_BY_THE_CLOCK),
        Booking.lapses_at <= now,
        or_(Booking.ended_at.is_(None), Booking.ended_at >= Booking.lapses_at),
        ~came_true,
    )
    lapsed, stood = session.execute(
        select(func.count().filter(has_lapsed), func.count().filter(came_true)).where(
            Booking.property_id == property_id,
            Booking.source == Source.WEB,
            Booking.created_at > now - timedelta(hours=limits.hours),
        )
    ).one()
    return bool(lapsed >= limits.fewest and lapsed * 100 > limits.percent * (lapsed + stood))
