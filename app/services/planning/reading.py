"""Read who has which room in a window of nights, as bars; five queries, whatever the number of rooms and nights.

What is drawn is who *has* the nights. A claim that could not get all of them keeps bars of its own beside, marked as
a conflict, so that nobody has to guess which of two guests the planning hides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, select

from app.database import session
from app.models import (
    Block,
    BookedRoom,
    Booking,
    BookingStatus,
    ChannelStay,
    Claim,
    ClaimKind,
    Conflict,
    Feed,
    Folio,
    FolioLine,
    PlatformTerms,
    Room,
    RoomNight,
    RoomType,
)
from app.services.inventory.nights import not_lapsed
from app.services.platform_stays.listing import KIND
from app.services.stay_cards import AccountState, account_state
from calendars.feed import Kind
from pricing.stay import Stay

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch of nights of one claim. `reference` for a booking, `channel` or `reason` for the others.

    A platform's stay has a `channel`: with its `stay_id` until it is completed, with its `reference` from then on;
    `is_closure`: nobody comes.

    `whole` is what the claim wants; `nights` the stretch that this bar shows. `is_missing`: it wants them and
    somebody else has them.
    """

    claim_id: int
    kind: ClaimKind
    nights: Stay
    whole: Stay
    status: BookingStatus | None = None
    reference: str = ""
    guest_name: str = ""
    people: int = 0
    account: AccountState | None = None
    channel: str = ""
    reason: str = ""
    stay_id: int = 0
    is_closure: bool = False
    is_in_conflict: bool = False
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class PlannedRoom:
    """A room with its bars, those that it gives first, those that it could not give after."""

    id: int
    name: str
    type_names: Mapping[str, str]
    bars: tuple[Bar, ...]


def read_planning(*, property_id: int, window: Stay, now: datetime) -> tuple[PlannedRoom, ...]:
    """Return every room of a house, in its order, with what it holds in these nights."""
    rooms = session.execute(
        select(Room.id, Room.name, RoomType.names)
        .join(RoomType, RoomType.id == Room.type_id)
        .where(Room.property_id == property_id)
        .order_by(RoomType.position, RoomType.id, Room.position, Room.id)
    ).all()
    claims = session.execute(_claims(property_id, window, now)).all()
    owned = _owned_nights(claim.id for claim in claims if claim.conflict_id)
    balances = _balances(property_id, window)
    bars: dict[int, list[Bar]] = {}
    for claim in claims:
        bars.setdefault(claim.room_id, []).extend(_bars(claim, owned, balances))
    return tuple(
        PlannedRoom(room_id, name, names, tuple(bars.get(room_id, ()))) for room_id, name, names in rooms
    )


def _touches(table: type[Claim | Booking], window: Stay) -> ColumnElement[bool]:
    # Who leaves on the first morning is still drawn: half a day of them.
    return and_(table.arrival < window.departure, table.departure >= window.arrival)


def _claims(property_id: int, window: Stay, now: datetime) -> Any:
    return (
        select(
            Claim.id,
            Claim.room_id,
            Claim.kind,
            Claim.arrival,
            Claim.departure,
            Booking.id.label("booking_id"),
            Booking.status,
            Booking.source,
            Booking.reference,
            Booking.guest_name,
            Booking.is_price_open,
            BookedRoom.adults,
            BookedRoom.children,
            Feed.channel,
            ChannelStay.id.label("stay_id"),
            KIND.label("stay_kind"),
            PlatformTerms.is_paid_to_house,
            PlatformTerms.gross_minor,
            Block.reason,
            Conflict.id.label("conflict_id"),
        )
        .outerjoin(BookedRoom, BookedRoom.claim_id == Claim.id)
        .outerjoin(Booking, Booking.id == BookedRoom.booking_id)
        .outerjoin(PlatformTerms, PlatformTerms.booking_id == Booking.id)
        .outerjoin(ChannelStay, ChannelStay.claim_id == Claim.id)
        .outerjoin(Feed, Feed.id == ChannelStay.feed_id)
        .outerjoin(Block, Block.claim_id == Claim.id)
        .outerjoin(Conflict, Conflict.claim_id == Claim.id)
        .where(Claim.property_id == property_id, Claim.is_live, _touches(Claim, window), not_lapsed(now))
        .order_by(Claim.arrival, Claim.id)
    )


def _owned_nights(claim_ids: Iterable[int]) -> dict[int, set[date]]:
    """Return the nights of the claims that once lacked some; every other live claim has all of its own."""
    wanted = list(claim_ids)
    owned: dict[int, set[date]] = {claim_id: set() for claim_id in wanted}
    for claim_id, night in session.execute(
        select(RoomNight.claim_id, RoomNight.night).where(RoomNight.claim_id.in_(wanted))
    ):
        owned[claim_id].add(night)
    return owned


def _balances(property_id: int, window: Stay) -> dict[int, int]:
    rows = session.execute(
        select(Folio.booking_id, func.coalesce(func.sum(FolioLine.amount_minor), 0))
        .join(Booking, Booking.id == Folio.booking_id)
        .outerjoin(FolioLine, FolioLine.folio_id == Folio.id)
        .where(Booking.property_id == property_id, _touches(Booking, window))
        .group_by(Folio.booking_id)
    )
    return {booking_id: int(minor) for booking_id, minor in rows}


def _bars(claim: Row[Any], owned: dict[int, set[date]], balances: dict[int, int]) -> Iterator[Bar]:
    whole = Stay(claim.arrival, claim.departure)
    nights = set(whole.nights)
    has = owned.get(claim.id, nights)
    for stretch in stretches(has):
        yield _bar(claim, whole, stretch, balances, is_in_conflict=has != nights)
    for stretch in stretches(nights - has):
        yield _bar(claim, whole, stretch, balances, is_in_conflict=True, is_missing=True)


def stretches(nights: set[date]) -> Iterator[Stay]:
    """Yield the unbroken stretches of a set of nights, in order."""
    ordered = sorted(nights)
    while ordered:
        # A night belongs to the stretch that begins now as long as it is as many days away as nights away.
        length = sum(night == ordered[0] + place * ONE_DAY for place, night in enumerate(ordered))
        yield Stay(ordered[0], ordered[0] + length * ONE_DAY)
        ordered = ordered[length:]


def _bar(
    claim: Row[Any],
    whole: Stay,
    nights: Stay,
    balances: dict[int, int],
    *,
    is_in_conflict: bool,
    is_missing: bool = False,
) -> Bar:
    common = {
        "claim_id": claim.id,
        "kind": ClaimKind(claim.kind),
        "nights": nights,
        "whole": whole,
        "is_in_conflict": is_in_conflict,
        "is_missing": is_missing,
    }
    if claim.booking_id is None:
        return Bar(
            **common,
            channel=claim.channel or "",
            reason=claim.reason or "",
            stay_id=claim.stay_id or 0,
            is_closure=claim.stay_kind == Kind.BLOCK,
        )
    return Bar(
        **common,
        channel=claim.channel or "",
        status=BookingStatus(claim.status),
        reference=claim.reference,
        guest_name=claim.guest_name,
        people=claim.adults + len(claim.children),
        account=account_state(
            is_price_open=claim.is_price_open,
            source=claim.source,
            balance_minor=balances.get(claim.booking_id),
            is_paid_to_house=claim.is_paid_to_house,
            gross_minor=claim.gross_minor,
        ),
    )
