"""What the house remembers of a guest between two pages: the price chosen, the hold, the bookings that are theirs.

It stands in the session, never in an address: `price` for one trip with the gift and the code beside it, `hold` (the
reference that the review page is about), `waiting` (the hold that waits for its mailed link, and whether the link was
opened here), `mailbox` (whose link was opened here), `typed` (who comes, when a room was taken meanwhile), `bookings`
(references that this browser may see), `proved` (those that came by a mailed link).
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from flask import session as browser

from app.models import Booking, BookingStatus, WaitingHold
from app.services import bookings
from app.services.bookings import PriceChoice
from app.services.support import UNCHANGED, SupportWish
from app.web.guest.door import house
from app.web.guest.trip import Trip
from pricing.money import Money

MOST_BOOKINGS = 20
LONGEST_TYPED = 500


def session_key() -> str:
    """Return the random name under which this browser's hold is counted (decision 21)."""
    if "key" not in browser:
        browser["key"] = secrets.token_urlsafe(24)
    return str(browser["key"])


def keep_price(trip: Trip, choice: PriceChoice, shown: Money, support: SupportWish = UNCHANGED) -> None:
    """Remember the price chosen for a trip, the amount that the guest saw, and what is wanted beside it."""
    session_key()  # before the hold: two forms sent at once must be two of one session
    browser["price"] = {
        "trip": trip.query(),
        "bracket": choice.bracket,
        "amount": choice.amount.minor if choice.amount else None,
        "shown": shown.minor,
        "gift": support.gift.minor if support.gift else None,
        "code_id": support.code_id,
    }


def support_for(trip: Trip) -> SupportWish:
    """Return what is wanted beside the price of this very trip."""
    kept: dict[str, Any] = browser.get("price") or {}
    if kept.get("trip") != trip.query():
        return UNCHANGED
    gift = Money(kept["gift"], house().currency) if kept.get("gift") is not None else None
    return SupportWish(gift, kept.get("code_id"))


def price_for(trip: Trip) -> tuple[PriceChoice, Money] | None:
    """Return the price chosen for this very trip with the amount shown, or None."""
    kept: dict[str, Any] = browser.get("price") or {}
    if kept.get("trip") != trip.query():
        return None
    currency = house().currency
    amount = Money(kept["amount"], currency) if kept["amount"] is not None else None
    return PriceChoice(kept["bracket"], amount), Money(kept["shown"], currency)


def forget_code(trip: Trip) -> None:
    """Forget a partner's code that opens nothing any more, with the price that it had chosen."""
    if (browser.get("price") or {}).get("trip") == trip.query():
        browser.pop("price")


def keep_hold(trip: Trip, reference: str) -> None:
    """Remember the hold that this browser is about to order."""
    browser["hold"] = {"trip": trip.query(), "reference": reference}
    browser.pop("typed", None)
    browser.pop("waiting", None)
    may_see(reference)


def keep_typed(details: dict[str, str]) -> None:
    """Remember who comes until another room is kept; a message longer than a cookie holds is not."""
    browser["typed"] = {name: text for name, text in details.items() if len(text) <= LONGEST_TYPED}


def typed() -> dict[str, str]:
    """Return who comes as it was typed before a room was taken by somebody else."""
    return dict(browser.get("typed") or {})


def holds_nothing() -> bool:
    """Tell whether this browser has no hold: what it chooses changes nothing in the house yet."""
    return "hold" not in browser


def find_held() -> Booking | None:
    """Return the booking that the review page is about, whatever became of it."""
    reference = (browser.get("hold") or {}).get("reference")
    return bookings.find_by_reference(house().id, reference) if reference else None


def find_held_for(trip: Trip, now: datetime) -> Booking | None:
    """Return the hold of this browser if it still keeps the rooms of this very trip."""
    if (browser.get("hold") or {}).get("trip") != trip.query():
        return None
    booking = find_held()
    return booking if booking is not None and is_live(booking, now) else None


def wait_for_link(reference: str) -> None:
    """Remember the hold for which a link has been mailed."""
    browser["waiting"] = {"reference": reference, "is_opened": False}


def open_link(waiting: WaitingHold) -> None:
    """Remember that this browser came by the link of a waiting hold: it has the mailbox in hand."""
    browser["waiting"] = {"reference": waiting.reference, "is_opened": True}
    browser["mailbox"] = bookings.guest_of(waiting).contact_key


def find_waiting(now: datetime) -> WaitingHold | None:
    """Return the hold of this browser that waits for its link."""
    reference = (browser.get("waiting") or {}).get("reference")
    return bookings.find_waiting(house().id, reference, now) if reference else None


def is_link_opened() -> bool:
    """Tell whether the link of the waiting hold was opened in this browser."""
    return bool((browser.get("waiting") or {}).get("is_opened"))


def has_mailbox(contact_key: str) -> bool:
    """Tell whether this browser has opened a link that was mailed to this contact: one for each visit is enough."""
    return browser.get("mailbox") == contact_key


def held_trip_query() -> dict[str, str]:
    """Return the part of the address that says the trip of the hold."""
    return dict((browser.get("hold") or {}).get("trip") or {})


def is_live(booking: Booking, now: datetime) -> bool:
    """Tell whether a hold still keeps its nights and has not been ordered."""
    return (
        booking.status == BookingStatus.TENTATIVE
        and booking.ordered_at is None
        and not bookings.is_lapsed(booking, now)
    )


def may_see(reference: str) -> None:
    """Let this browser see a booking."""
    known = [other for other in browser.get("bookings", []) if other != reference]
    browser["bookings"] = [*known, reference][-MOST_BOOKINGS:]


def prove(reference: str) -> None:
    """Remember that this browser came by a mailed link: it has the mailbox in hand (decision 8)."""
    known = [other for other in browser.get("proved", []) if other != reference]
    browser["proved"] = [*known, reference][-MOST_BOOKINGS:]
    may_see(reference)


def is_visible(reference: str) -> bool:
    """Tell whether this browser may see a booking."""
    return reference in browser.get("bookings", [])


def is_proved(reference: str) -> bool:
    """Tell whether this browser came to a booking by its mailed link."""
    return reference in browser.get("proved", [])
