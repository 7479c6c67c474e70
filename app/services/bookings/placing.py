"""Put a booking into rooms: choose them, take their nights, write them down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.database import session
from app.models import BookedRoom, Booking
from app.services import inventory
from app.services.availability import choose_room, list_type_cards
from app.services.bookings.statuses import claims_of, keep_until
from app.services.inventory import RoomNotAvailable, Wish, list_taken
from app.services.parties import Sleepers
from pricing.stay import Stay


@dataclass(frozen=True, slots=True)
class Place:
    """A room wanted: of which type, for whom, and which rooms of the type may be given."""

    type_id: int
    sleepers: Sleepers
    candidates: tuple[int, ...]


def choose_rooms(property_id: int, places: Sequence[Place], stay: Stay, now: datetime) -> list[int]:
    """Return one free room for each place, no room twice. Raises: RoomNotAvailable."""
    chosen: list[int] = []
    for place in places:
        left = [room_id for room_id in place.candidates if room_id not in chosen]
        if not left:
            raise RoomNotAvailable(stay)
        chosen.append(choose_room(property_id=property_id, room_ids=left, stay=stay, now=now))
    return chosen


def place(
    booking: Booking,
    places: Sequence[Place],
    room_ids: Sequence[int],
    *,
    now: datetime,
    lapses_at: datetime | None,
) -> list[BookedRoom]:
    """Take the nights and write the booked rooms of a new booking. Raises: RoomNotAvailable."""
    stay = Stay(booking.arrival, booking.departure)
    claims = inventory.take_all(
        property_id=booking.property_id,
        wishes=[Wish(room_id, stay) for room_id in room_ids],
        now=now,
        lapses_at=lapses_at,
    )
    rooms = [
        BookedRoom(
            property_id=booking.property_id,
            booking=booking,
            type_id=wanted.type_id,
            room_id=claim.room_id,
            claim_id=claim.id,
            arrival=booking.arrival,
            departure=booking.departure,
            adults=wanted.sleepers.adults,
            children=list(wanted.sleepers.children),
            position=position,
            nights=[],
        )
        for position, (wanted, claim) in enumerate(zip(places, claims, strict=True))
    ]
    session.add_all(rooms)
    session.flush()
    return rooms


def keep_or_retake(booking: Booking, *, now: datetime, lapses_at: datetime | None) -> None:
    """Keep the nights until `lapses_at` (None: for good), taking them again if their time was over meanwhile.

    Raises: RoomNotAvailable. Source: decision 4, a payment that comes too late.
    """
    claims = claims_of(booking)
    is_over = any(claim.lapses_at is not None and claim.lapses_at <= now for claim in claims)
    if is_over or len(claims) < len(booking.rooms):
        for claim in claims:
            inventory.release(claim, now=now)
        retake(booking, now=now, lapses_at=lapses_at)
    keep_until(booking, lapses_at)


def retake(booking: Booking, *, now: datetime, lapses_at: datetime | None, stay: Stay | None = None) -> None:
    """Take the nights of a booking again, or those of `stay`, in the same rooms or others of their type.

    Raises: RoomNotAvailable.
    """
    wanted = stay or Stay(booking.arrival, booking.departure)
    room_ids = find_rooms(booking, wanted, now=now)
    inventory.lock_rooms(booking.property_id, room_ids)  # what is kept for good is locked: before it is taken
    claims = inventory.take_all(
        property_id=booking.property_id,
        wishes=[Wish(room_id, wanted) for room_id in room_ids],
        now=now,
        lapses_at=lapses_at,
    )
    for room, claim in zip(booking.rooms, claims, strict=True):
        room.room_id, room.claim_id = claim.room_id, claim.id


def find_rooms(booking: Booking, stay: Stay, *, now: datetime, may_change: bool = True) -> tuple[int, ...]:
    """Return a free room for each booked room: its own, else another of its type where that may be.

    What the booking has itself is free to it. A promised room is not changed. Raises: RoomNotAvailable.
    """
    own_claims = [room.claim_id for room in booking.rooms if room.claim_id is not None]
    taken = list_taken(property_id=booking.property_id, stay=stay, now=now, besides=own_claims)
    cards = {card.id: card for card in list_type_cards(booking.property_id)}
    keep = {room.room_id for room in booking.rooms if room.room_id not in taken}
    found: list[int] = []
    for room in booking.rooms:
        others = cards[room.type_id].room_ids if may_change and not room.is_pinned else ()
        left = [room.room_id, *(room_id for room_id in others if room_id not in keep)]
        free = [room_id for room_id in left if room_id not in taken and room_id not in found]
        if not free:
            raise RoomNotAvailable(stay)
        found.append(free[0])
    return tuple(found)


def is_soon(arrival: date, today: date) -> bool:
    """Tell whether a stay begins tonight or tomorrow (decision 6)."""
    return (arrival - today).days <= 1
