"""Before a guest gets a room, the platforms that sell it too say what they have sold (R9)."""

from __future__ import annotations

from app.services.availability import offer_for
from app.web.guest.door import config, house, now, today
from app.web.guest.trip import Trip
from app.web.platforms import hear_platforms


def hear_platforms_of(trip: Trip) -> None:
    """Hear the platforms of the rooms that could be given for a trip. Raises: what `offer_for` raises."""
    property_id = house().id
    offer = offer_for(
        house=house(), stay=trip.stay, party=trip.party, key=trip.rooms, now=now(), today=today()
    )
    room_ids = sorted({room_id for room in offer.rooms for room_id in room.free_room_ids})
    hear_platforms(config=config(), property_id=property_id, room_ids=room_ids, now=now())
