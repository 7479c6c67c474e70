"""The housekeeper's list of a day: which rooms are left, changed over or stayed in, by how many; no names (PMS-07)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, or_, select

from app.database import session
from app.models import BookedRoom, Booking, BookingStatus, Room, RoomType
from app.services.parties import COT_UNDER_AGE
from app.services.platform_stays.listing import list_to_complete


@dataclass(frozen=True, slots=True)
class RoomTask:
    """What happens in a room today: people who leave, people who come, people who stay; small children need a cot.

    Who was expected earlier and is not here yet may still come; who has come today has not slept here yet. `untold`
    are those of "leaving", "coming" and "staying" for which a platform tells of a stay, and not of how many people.
    """

    room_name: str
    type_names: Mapping[str, str]
    leaving: int
    coming: int
    staying: int
    cots: int
    untold: frozenset[str] = frozenset()

    @property
    def is_quiet(self) -> bool:
        """Tell whether nobody comes, goes or stays."""
        return not (self.leaving or self.coming or self.staying or self.untold)


def list_room_tasks(*, property_id: int, today: date) -> tuple[RoomTask, ...]:
    """Return every room of a house in its order; three queries."""
    rooms = session.execute(
        select(Room.id, Room.name, RoomType.names)
        .join(RoomType, RoomType.id == Room.type_id)
        .where(Room.property_id == property_id)
        .order_by(RoomType.position, RoomType.id, Room.position, Room.id)
    ).all()
    stays = session.execute(
        select(
            BookedRoom.room_id,
            BookedRoom.arrival,
            BookedRoom.departure,
            BookedRoom.adults,
            BookedRoom.children,
            Booking.status,
        )
        .join(Booking, Booking.id == BookedRoom.booking_id)
        .where(
            Booking.property_id == property_id,
            or_(
                Booking.status == BookingStatus.IN_HOUSE,
                and_(Booking.status == BookingStatus.CHECKED_OUT, Booking.departure == today),
                and_(
                    Booking.status == BookingStatus.CONFIRMED,
                    BookedRoom.arrival <= today,
                    BookedRoom.departure > today,
                ),
            ),
        )
    ).all()
    counts: dict[int, dict[str, int]] = {}
    for stay in stays:
        people = counts.setdefault(stay.room_id, {"leaving": 0, "coming": 0, "staying": 0, "cots": 0})
        is_leaving = stay.departure <= today
        is_coming = not is_leaving and (stay.status == BookingStatus.CONFIRMED or stay.arrival == today)
        kind = "coming" if is_coming else "leaving" if is_leaving else "staying"
        people[kind] += stay.adults + len(stay.children)
        if is_coming:
            people["cots"] += sum(age < COT_UNDER_AGE for age in stay.children)
    nobody = {"leaving": 0, "coming": 0, "staying": 0, "cots": 0}
    untold: dict[int, set[str]] = {}
    for card in list_to_complete(property_id=property_id, today=today, until=today):
        kind = "leaving" if card.departure == today else "coming" if card.arrival == today else "staying"
        untold.setdefault(card.room_id, set()).add(kind)
    return tuple(
        RoomTask(
            name, types, **counts.get(room_id, nobody), untold=frozenset(untold.get(room_id, frozenset()))
        )
        for room_id, name, types in rooms
    )
