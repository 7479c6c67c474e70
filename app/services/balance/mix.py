"""The observed mix: room nights by month and bracket, those of erased choices and those of stays not erased yet.

Only months that are over count, so that no page of today and one of yesterday can be subtracted to learn what one
guest chose; and of what is shown, small counts are kept back (decision 15).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.database import session
from app.models import BookedNight, BookedRoom, Booking, BracketCount, Property
from app.models.bracket_count import UNDECIDED
from app.services.erasing import STAYED

FEWEST = 5

Counts = Counter[tuple[date, int]]


@dataclass(frozen=True, slots=True)
class SeenMonth:
    """A month that is over: its room nights by bracket from the lowest, as the solver counts them."""

    month: date
    nights: tuple[int, ...]

    @property
    def shown(self) -> tuple[int | None, ...]:
        """Return what may be shown: None where fewer than five nights would be told, or could be had by subtraction.

        What is kept back of a month adds up to five nights at least, or there were none.
        """
        hidden = {place for place, nights in enumerate(self.nights) if nights < FEWEST}
        left = sum(self.nights[place] for place in hidden)
        if 0 < left < FEWEST and len(hidden) < len(self.nights):
            rest = (place for place in range(len(self.nights)) if place not in hidden)
            hidden.add(min(rest, key=lambda place: self.nights[place]))
        return tuple(None if place in hidden else nights for place, nights in enumerate(self.nights))


def seen_months(house: Property, brackets: int, *, today: date) -> tuple[SeenMonth, ...]:
    """Return the months that are over, the earliest first, from the first in which somebody slept.

    Who would rather not choose is in no bracket and is left out; so is a bracket that the grid does not have.
    """
    counts = _erased(house) + _not_erased(house, today)
    this_month = today.replace(day=1)
    months = sorted({month for month, _ in counts if month < this_month})
    return tuple(
        SeenMonth(month, tuple(counts[month, bracket] for bracket in range(1, brackets + 1)))
        for month in months
    )


def nights_of(months: Sequence[SeenMonth]) -> tuple[tuple[int, ...], ...]:
    """Return the counts as the evolution takes them."""
    return tuple(month.nights for month in months)


def _erased(house: Property) -> Counts:
    rows = session.execute(
        select(BracketCount.month, BracketCount.bracket, func.sum(BracketCount.room_nights))
        .where(BracketCount.property_id == house.id, BracketCount.bracket != UNDECIDED)
        .group_by(BracketCount.month, BracketCount.bracket)
    )
    return Counter({(month, bracket): int(nights) for month, bracket, nights in rows})


def _not_erased(house: Property, today: date) -> Counts:
    rows = session.execute(
        select(BookedNight.night, BookedRoom.bracket)
        .join(BookedRoom, BookedRoom.id == BookedNight.booked_room_id)
        .join(Booking, Booking.id == BookedRoom.booking_id)
        .where(
            Booking.property_id == house.id,
            Booking.status.in_(STAYED),
            Booking.choice_erased_at.is_(None),
            BookedRoom.bracket.is_not(None),
            BookedNight.night < today.replace(day=1),
            BookedNight.chosen_minor.is_not(None),
        )
    )
    return Counter((night.replace(day=1), bracket) for night, bracket in rows if bracket is not None)
