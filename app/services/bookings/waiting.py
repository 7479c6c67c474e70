"""A hold that waits for its mailed link: written down with everything typed, opened by the link's button.

While most holds lapse (decision 21). The link lasts a day and keeps no night; whoever presses its button first has
the room.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select, update

from app.database import session
from app.models import Booking, Letter, LetterKind, Property, WaitingHold, new_reference
from app.services.bookings.holding import HoldLimits, HoldWish, open_hold
from app.services.bookings.terms import GuestDetails, PriceChoice
from app.services.events import record
from app.services.letters import post_letter
from app.services.support import UNCHANGED, SupportWish
from pricing.household import Household
from pricing.money import Money
from pricing.stay import Stay

LINK_LASTS = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Visit:
    """By which keys the browser that opens a link is counted (decision 21), and what it wants beside the price."""

    session_key: str
    network_key: str
    support: SupportWish = UNCHANGED


def mail_hold_link(*, house: Property, wish: HoldWish, shown: Money, now: datetime) -> WaitingHold:
    """Write down what a guest wants kept and post the link that keeps it. Commits.

    `shown`: the amount that the guest has seen. Raises: RecipientInvalid.
    """
    letter = post_letter(
        house=house,
        booking=None,
        kind=LetterKind.HOLD_LINK,
        recipient=wish.guest.email,
        language=wish.language,
        now=now,
    )
    session.flush()
    waiting = WaitingHold(
        property_id=house.id,
        reference=new_reference(),
        letter_id=letter.id,
        arrival=wish.stay.arrival,
        departure=wish.stay.departure,
        adults=wish.party.adults,
        children=list(wish.party.children),
        offer_key=wish.offer_key,
        bracket=wish.choice.bracket,
        amount_minor=wish.choice.amount.minor if wish.choice.amount is not None else None,
        shown_minor=shown.minor,
        guest_name=wish.guest.name,
        guest_email=wish.guest.email,
        guest_telephone=wish.guest.telephone,
        guest_message=wish.guest.message,
        arrival_time=wish.guest.arrival_time,
        language=wish.language,
        created_at=now,
    )
    session.add(waiting)
    session.flush()
    _record(waiting, "ask_hold_link", now)
    session.commit()
    return waiting


def open_waiting(
    *, house: Property, waiting: WaitingHold, visit: Visit, limits: HoldLimits, now: datetime, today: date
) -> Booking:
    """Keep what the guest wanted, for whoever has the link in hand. Commits; pressing twice changes nothing.

    Raises: what `hold` raises, but never LinkNeeded.
    """
    session.refresh(waiting, with_for_update=True)
    if waiting.booking_id is not None:
        return session.get_one(Booking, waiting.booking_id)
    wish = _wish_of(waiting, house.currency, visit)
    booking = open_hold(house=house, wish=wish, limits=limits, now=now, today=today)
    waiting.booking_id = booking.id
    _record(waiting, "open_hold_link", now)
    session.commit()
    return booking


def find_waiting(property_id: int, reference: str, now: datetime) -> WaitingHold | None:
    """Return the waiting hold of this house with this reference while its link lasts, or None."""
    return session.scalar(
        select(WaitingHold).where(
            WaitingHold.property_id == property_id,
            WaitingHold.reference == reference,
            WaitingHold.created_at > now - LINK_LASTS,
        )
    )


def find_waiting_of_letter(letter: Letter) -> WaitingHold | None:
    """Return what a letter with a link is about, or None once it is forgotten."""
    return session.scalar(
        select(WaitingHold).where(
            WaitingHold.property_id == letter.property_id, WaitingHold.letter_id == letter.id
        )
    )


def choice_of(waiting: WaitingHold, currency: str) -> tuple[PriceChoice, Money]:
    """Return the price that was chosen, and the amount that the guest has seen."""
    amount = Money(waiting.amount_minor, currency) if waiting.amount_minor is not None else None
    return PriceChoice(waiting.bracket, amount), Money(waiting.shown_minor, currency)


def guest_of(waiting: WaitingHold) -> GuestDetails:
    """Return who comes."""
    return GuestDetails(
        name=waiting.guest_name,
        email=waiting.guest_email,
        telephone=waiting.guest_telephone,
        message=waiting.guest_message,
        arrival_time=waiting.arrival_time,
    )


def forget_waiting(*, now: datetime) -> int:
    """Remove what waited for a day, and set aside the letters that never left. Commits; returns how many."""
    is_over = WaitingHold.created_at <= now - LINK_LASTS
    session.execute(
        update(Letter)
        .where(
            Letter.id.in_(select(WaitingHold.letter_id).where(is_over)),
            Letter.sent_at.is_(None),
            Letter.set_aside_at.is_(None),
        )
        .values(gave_up_at=now, set_aside_at=now)
        .execution_options(synchronize_session=False)
    )
    forgotten = session.scalars(delete(WaitingHold).where(is_over).returning(WaitingHold.id)).all()
    session.commit()
    return len(forgotten)


def _wish_of(waiting: WaitingHold, currency: str, visit: Visit) -> HoldWish:
    return HoldWish(
        stay=Stay(waiting.arrival, waiting.departure),
        party=Household(waiting.adults, tuple(waiting.children)),
        offer_key=waiting.offer_key,
        choice=choice_of(waiting, currency)[0],
        guest=guest_of(waiting),
        language=waiting.language,
        session_key=visit.session_key,
        network_key=visit.network_key,
        support=visit.support,
    )


def _record(waiting: WaitingHold, verb: str, now: datetime) -> None:
    record(
        property_id=waiting.property_id,
        actor="guest",
        verb=verb,
        noun="waiting_hold",
        noun_id=waiting.id,
        now=now,
    )
