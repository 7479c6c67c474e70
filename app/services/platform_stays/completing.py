"""The desk completes a platform's stay: who comes, and what the platform says of the money (decision 13).

A booking is written beside the stay and sleeps on its claim: no second claim is made, and no night changes hands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.database import session
from app.models import (
    BookedRoom,
    Booking,
    BookingStatus,
    ChannelStay,
    Claim,
    Feed,
    PlatformTerms,
    Property,
    Room,
    Source,
    TaxCollector,
    new_reference,
)
from app.services import folios
from app.services.bookings.statuses import TransitionRefused, go_to, lock
from app.services.bookings.terms import GuestDetails, policy_of
from app.services.events import record
from app.services.parties import Sleepers
from app.services.platform_stays.finding import lock_stay
from app.services.platform_stays.nights import write_nights
from calendars.feed import Kind
from pricing.money import Money
from pricing.stay import Stay

STANDING = (BookingStatus.CONFIRMED, BookingStatus.IN_HOUSE, BookingStatus.CHECKED_OUT)


class StayIsComplete(Exception):
    """Somebody has completed the stay already; carries the reference of its booking."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"the stay is booking {reference}")
        self.reference = reference


@dataclass(frozen=True, slots=True)
class PlatformMoney:
    """What the platform says of the money; None where it does not. `gross` is for the lodging, commission included."""

    gross: Money | None = None
    commission: Money | None = None
    payout: Money | None = None
    is_paid_to_house: bool = False
    tax_collector: TaxCollector = TaxCollector.UNKNOWN
    reference: str = ""

    def __post_init__(self) -> None:
        if any(
            amount is not None and amount.minor < 0 for amount in (self.gross, self.commission, self.payout)
        ):
            raise ValueError("a platform's sums are not below nothing")

    @property
    def adds_up(self) -> bool:
        """Tell whether gross less commission is the payout, as far as all three are known.

        >>> PlatformMoney(Money(10000), Money(1500), Money(8500)).adds_up, PlatformMoney(Money(10000)).adds_up
        (True, True)
        """
        if self.gross is None or self.commission is None or self.payout is None:
            return True
        return self.gross - self.commission == self.payout


@dataclass(frozen=True, slots=True)
class Completion:
    """What the desk writes down of a platform's stay: who comes, who sleeps, in which language we speak, the money."""

    guest: GuestDetails
    sleepers: Sleepers
    language: str
    money: PlatformMoney

    def __post_init__(self) -> None:
        if not self.guest.name.strip() or self.sleepers.adults < 1:
            raise ValueError("a stay has a name and an adult")


def complete(*, house: Property, stay_id: int, completion: Completion, actor: str, now: datetime) -> Booking:
    """Make a platform's stay a booking that stands, with its account. Commits; no letter leaves.

    Whoever completes a stay says that it is a guest's. Raises: StayNotFound, StayIsComplete.
    """
    stay = lock_stay(house.id, stay_id)
    if stay.booking_id is not None:
        raise StayIsComplete(session.get_one(Booking, stay.booking_id).reference)
    channel = session.get_one(Feed, stay.feed_id).channel
    booking = _new_booking(house, stay, completion, now)
    session.add(booking)
    session.flush()
    session.add(_new_room(stay, booking, completion.sleepers))
    terms = PlatformTerms(booking_id=booking.id, property_id=house.id, channel=channel)
    _write_money(terms, completion.money)
    session.add(terms)
    session.flush()
    write_nights(booking, terms)
    stay.booking_id, stay.told_kind = booking.id, "" if stay.kind == Kind.RESERVATION else Kind.RESERVATION
    stay.quiet_until = None  # a guest, and nobody's echo: the other channels are told at once
    record(property_id=house.id, actor=actor, verb="complete", noun="booking", noun_id=booking.id, now=now)
    go_to(booking, BookingStatus.CONFIRMED, actor=f"channel:{channel}", verb="confirm", now=now)
    folios.open_folio(booking, actor=actor, now=now)
    session.commit()
    return booking


def correct_money(*, booking: Booking, money: PlatformMoney, actor: str, now: datetime) -> None:
    """Write other sums of the platform; the account is reversed and posted anew. Commits.

    Saying the same sums again says that they were checked. Of a stay that did not take place they are kept, and
    nothing is posted. Raises: TransitionRefused for a booking that is no platform's.
    """
    lock(booking)
    terms = folios.terms_of(booking)
    if terms is None:
        raise TransitionRefused(booking, BookingStatus(booking.status))
    before = _posted(terms)
    _write_money(terms, money)
    terms.is_to_check = False
    write_nights(booking, terms)
    if booking.status in STANDING and _posted(terms) != before:
        folios.rewrite_stay(booking, actor=actor, now=now)
    record(
        property_id=booking.property_id,
        actor=actor,
        verb="correct_money",
        noun="booking",
        noun_id=booking.id,
        field_names=["commission", "gross", "payout", "tax_collector"],
        now=now,
    )
    session.commit()


def money_of(terms: PlatformTerms, currency: str) -> PlatformMoney:
    """Return what the platform said, as it is written down."""

    def amount(minor: int | None) -> Money | None:
        return None if minor is None else Money(minor, currency)

    return PlatformMoney(
        gross=amount(terms.gross_minor),
        commission=amount(terms.commission_minor),
        payout=amount(terms.payout_minor),
        is_paid_to_house=terms.is_paid_to_house,
        tax_collector=TaxCollector(terms.tax_collector),
        reference=terms.platform_reference,
    )


def _posted(terms: PlatformTerms) -> tuple[object, ...]:
    """Return what of the terms stands in the account."""
    return terms.gross_minor, terms.is_paid_to_house, terms.tax_collector


def _write_money(terms: PlatformTerms, money: PlatformMoney) -> None:
    terms.gross_minor = money.gross.minor if money.gross is not None else None
    terms.commission_minor = money.commission.minor if money.commission is not None else None
    terms.payout_minor = money.payout.minor if money.payout is not None else None
    terms.is_paid_to_house = money.is_paid_to_house
    terms.tax_collector = money.tax_collector
    terms.platform_reference = money.reference


def _new_booking(house: Property, stay: ChannelStay, completion: Completion, now: datetime) -> Booking:
    guest = completion.guest
    return Booking(
        property_id=house.id,
        reference=new_reference(),
        status=BookingStatus.TENTATIVE,
        source=Source.CHANNEL,
        arrival=stay.arrival,
        departure=stay.departure,
        guest_name=guest.name,
        guest_email=guest.email,
        guest_telephone=guest.telephone,
        guest_message=guest.message,
        contact_key=guest.contact_key if guest.email or guest.telephone else "",
        arrival_time=guest.arrival_time,
        language=completion.language,
        currency=house.currency,
        policy=policy_of(house, Stay(stay.arrival, stay.departure)),
        created_at=now,
        ordered_at=now,
        confirmed_at=now,
        rooms=[],
    )


def _new_room(stay: ChannelStay, booking: Booking, sleepers: Sleepers) -> BookedRoom:
    room = session.get_one(Room, session.get_one(Claim, stay.claim_id).room_id)
    return BookedRoom(
        property_id=stay.property_id,
        booking=booking,
        type_id=room.type_id,
        room_id=room.id,
        claim_id=stay.claim_id,
        arrival=stay.arrival,
        departure=stay.departure,
        adults=sleepers.adults,
        children=sorted(sleepers.children),
        nights=[],
    )
