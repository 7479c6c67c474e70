"""Reception books for somebody at the counter or on the telephone, with the same rooms, rules and prices."""

from __future__ import annotations

from datetime import date, datetime

from app.database import session
from app.models import Booking, BookingStatus, Property, Source, new_reference
from app.services import inventory
from app.services.availability import Offer, OfferedRoom, offer_for
from app.services.bookings.answering import settle_confirmation
from app.services.bookings.placing import Place, choose_rooms, place
from app.services.bookings.prices import write_prices, write_references
from app.services.bookings.terms import TERMS_VERSION, GuestDetails, PriceChoice, policy_of
from app.services.events import record
from pricing.household import Household
from pricing.stay import Stay


def book_at_desk(
    *,
    house: Property,
    stay: Stay,
    party: Household,
    offer_key: str,
    choice: PriceChoice | None,
    guest: GuestDetails,
    language: str,
    actor: str,
    now: datetime,
    today: date,
    room_id: int | None = None,
) -> Booking:
    """Book and confirm at once; without a choice the price stays open until the guest has chosen. Commits.

    The guest chooses, not the volunteer (decision 14): the desk can only enter an amount that it was told.
    `room_id` is the room that reception points at, given when it is free and of the type; else the best fitting one.

    Raises: RoomNotAvailable, BelowMinimum, and what `offer_for` raises.
    """
    offer = offer_for(house=house, stay=stay, party=party, key=offer_key, now=now, today=today)
    places = [Place(room.type.id, room.sleepers, _candidates(offer, room, room_id)) for room in offer.rooms]
    room_ids = choose_rooms(house.id, places, stay, now)
    # Confirmed in the same transaction, it needs the lock of its rooms: taken before the nights, or whoever has it and
    # waits for these very nights, an import, would wait crosswise.
    inventory.lock_rooms(house.id, room_ids)
    booking = Booking(
        property_id=house.id,
        reference=new_reference(),
        status=BookingStatus.TENTATIVE,
        source=Source.DESK,
        arrival=stay.arrival,
        departure=stay.departure,
        guest_name=guest.name,
        guest_email=guest.email,
        guest_telephone=guest.telephone,
        guest_message=guest.message,
        contact_key=guest.contact_key,
        arrival_time=guest.arrival_time,
        language=language,
        currency=house.currency,
        grid_version_id=offer.grid.version_id,
        policy=policy_of(house, stay),
        terms_version=TERMS_VERSION,
        is_price_open=choice is None,
        created_at=now,
        ordered_at=now,
        rooms=[],
    )
    session.add(booking)
    session.flush()
    rooms = place(booking, places, room_ids, now=now, lapses_at=None)
    if choice is None:
        write_references(rooms, offer.quote)
    else:
        write_prices(rooms, offer.quote.choose(bracket=choice.bracket, amount=choice.amount))
    record(property_id=house.id, actor=actor, verb="book", noun="booking", noun_id=booking.id, now=now)
    settle_confirmation(house=house, booking=booking, actor=actor, now=now)
    session.commit()
    return booking


def _candidates(offer: Offer, room: OfferedRoom, wished: int | None) -> tuple[int, ...]:
    if wished is not None and wished in room.free_room_ids and len(offer.rooms) == 1:
        return (wished,)
    return room.free_room_ids
