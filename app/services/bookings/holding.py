"""Keep nights for a guest who is about to order: a hold of some minutes, renewable once (decisions 4 and 21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from app.database import queue_for, session
from app.models import Booking, BookingStatus, Property, Source, new_reference
from app.services import inventory
from app.services.availability import Offer, offer_for
from app.services.bookings.lapsing import LapseLimits, LinkNeeded, do_most_lapse
from app.services.bookings.placing import Place, choose_rooms, is_soon, place
from app.services.bookings.prices import support_stay, write_prices
from app.services.bookings.statuses import claims_of, go_to, keep_until, lock, refuse_lapsed
from app.services.bookings.terms import TERMS_VERSION, GuestDetails, PriceChoice, policy_of
from app.services.channels.freshness import are_feeds_fresh
from app.services.events import record
from app.services.inventory import RoomNotAvailable
from app.services.support import UNCHANGED, SupportWish
from pricing.household import Household
from pricing.stay import Stay

REPEAT_WINDOW = timedelta(hours=6)
MOST_RENEWALS = 1


class TooManyHolds(Exception):
    """This network keeps too many nights already (decision 21)."""


class TooLateToAsk(Exception):
    """Tonight or tomorrow, and a platform has not been heard from: only the telephone can tell (decision 6)."""


@dataclass(frozen=True, slots=True)
class HoldWish:
    """What a guest wants kept, at which price, and by which keys their session and network are counted."""

    stay: Stay
    party: Household
    offer_key: str
    choice: PriceChoice
    guest: GuestDetails
    language: str
    session_key: str
    network_key: str
    support: SupportWish = UNCHANGED


@dataclass(frozen=True, slots=True)
class HoldLimits:
    """How long nights are kept, how many holds a network may have, and when a hold needs a mailed link first.

    `lapses`: None for whoever has opened such a link already (decision 21).
    """

    hold_minutes: int
    most_per_network: int
    most_repeated: int
    lapses: LapseLimits | None = None


def hold(*, house: Property, wish: HoldWish, limits: HoldLimits, now: datetime, today: date) -> Booking:
    """Keep the rooms of an offer at the price chosen, in place of what this session kept before. Commits.

    Raises: RoomNotAvailable, BelowMinimum, TooManyHolds, TooLateToAsk, what `offer_for` raises; and LinkNeeded, when
    nothing else stands in the way: no mail is sent for a room that is gone already.
    """
    booking = open_hold(house=house, wish=wish, limits=limits, now=now, today=today)
    if limits.lapses is not None and do_most_lapse(house.id, limits.lapses, now):
        session.rollback()
        raise LinkNeeded
    session.commit()
    return booking


def open_hold(*, house: Property, wish: HoldWish, limits: HoldLimits, now: datetime, today: date) -> Booking:
    """Do what `hold` does, in the caller's transaction, and ask for no link. Raises: as `hold`."""
    _drop_earlier(house.id, wish.session_key, now)
    _refuse_too_many(house.id, wish, limits, now)
    lapses_at = now + timedelta(minutes=limits.hold_minutes)
    try:
        booking = _keep(house, wish, lapses_at, now, today)
    except RoomNotAvailable:  # somebody was faster by a moment; another room of the type may be left
        booking = _keep(house, wish, lapses_at, now, today)
    record(property_id=house.id, actor="guest", verb="hold", noun="booking", noun_id=booking.id, now=now)
    return booking


def _keep(house: Property, wish: HoldWish, lapses_at: datetime, now: datetime, today: date) -> Booking:
    offer = offer_for(house=house, stay=wish.stay, party=wish.party, key=wish.offer_key, now=now, today=today)
    chosen = offer.quote.choose(bracket=wish.choice.bracket, amount=wish.choice.amount)
    places = [Place(room.type.id, room.sleepers, room.free_room_ids) for room in offer.rooms]
    room_ids = choose_rooms(house.id, places, wish.stay, now)
    booking = _new_booking(house, offer, wish, now)
    booking.is_instant = _is_instant(offer, room_ids, today, now)
    booking.lapses_at = lapses_at
    with session.begin_nested():
        session.add(booking)
        session.flush()
        rooms = place(booking, places, room_ids, now=now, lapses_at=lapses_at)
        write_prices(rooms, chosen)
        support_stay(booking, wish.support, now=now)
    return booking


def renew_hold(*, booking: Booking, hold_minutes: int, now: datetime) -> None:
    """Keep the nights as long again from their end, once; later nothing changes. Commits. Raises: HoldExpired."""
    lock(booking)
    refuse_lapsed(booking, now)
    if booking.hold_renewals >= MOST_RENEWALS or booking.ordered_at is not None:
        return
    booking.hold_renewals += 1
    keep_until(booking, (booking.lapses_at or now) + timedelta(minutes=hold_minutes))
    record(
        property_id=booking.property_id,
        actor="guest",
        verb="renew_hold",
        noun="booking",
        noun_id=booking.id,
        field_names=["lapses_at"],
        now=now,
    )
    session.commit()


def _end(booking: Booking, now: datetime) -> None:
    go_to(booking, BookingStatus.EXPIRED, actor="guest", verb="drop", now=now)
    booking.ended_at = now
    for claim in claims_of(booking):
        inventory.release(claim, now=now)


def _drop_earlier(property_id: int, session_key: str, now: datetime) -> None:
    queue_for(f"holds of session {property_id} {session_key}")  # the later of two posts drops the other's
    earlier = session.scalars(
        select(Booking)
        .where(
            Booking.property_id == property_id,
            Booking.session_key == session_key,
            Booking.status == BookingStatus.TENTATIVE,
            Booking.ordered_at.is_(None),
        )
        .with_for_update()
    ).all()
    for booking in earlier:
        _end(booking, now)
    session.flush()


def _refuse_too_many(property_id: int, wish: HoldWish, limits: HoldLimits, now: datetime) -> None:
    queue_for(f"holds of network {property_id} {wish.network_key}")
    of_network = select(func.count()).where(
        Booking.property_id == property_id,
        Booking.network_key == wish.network_key,
        Booking.ordered_at.is_(None),
    )
    live = of_network.where(Booking.status == BookingStatus.TENTATIVE, Booking.lapses_at > now)
    repeated = of_network.where(
        Booking.arrival == wish.stay.arrival,
        Booking.departure == wish.stay.departure,
        Booking.created_at > now - REPEAT_WINDOW,
        Booking.session_key != wish.session_key,  # who looks at three rooms in one evening repeats nothing
    )
    has_too_many = (session.scalar(live) or 0) >= limits.most_per_network
    if has_too_many or (session.scalar(repeated) or 0) >= limits.most_repeated:
        raise TooManyHolds


def _is_instant(offer: Offer, room_ids: list[int], today: date, now: datetime) -> bool:
    is_fresh = are_feeds_fresh(room_ids, now=now)
    if is_soon(offer.stay.arrival, today) and not is_fresh:
        raise TooLateToAsk
    return is_fresh and (offer.is_instant or is_soon(offer.stay.arrival, today))


def _new_booking(house: Property, offer: Offer, wish: HoldWish, now: datetime) -> Booking:
    return Booking(
        property_id=house.id,
        reference=new_reference(),
        status=BookingStatus.TENTATIVE,
        source=Source.WEB,
        arrival=wish.stay.arrival,
        departure=wish.stay.departure,
        guest_name=wish.guest.name,
        guest_email=wish.guest.email,
        guest_telephone=wish.guest.telephone,
        guest_message=wish.guest.message,
        contact_key=wish.guest.contact_key,
        session_key=wish.session_key,
        network_key=wish.network_key,
        arrival_time=wish.guest.arrival_time,
        language=wish.language,
        currency=house.currency,
        grid_version_id=offer.grid.version_id,
        policy=policy_of(house, wish.stay),
        terms_version=TERMS_VERSION,
        created_at=now,
        rooms=[],
    )
