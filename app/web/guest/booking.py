"""The guest's own page of a booking: where it stands, what is next, what it costs and why."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.models import Booking, BookingStatus
from app.services import bookings, price_messages
from app.services.bookings import HoldExpired, PriceIsSettled
from app.services.correspondence import tell
from app.web.guest import draft
from app.web.guest.access import own_booking
from app.web.guest.cancel import CANCELLABLE
from app.web.guest.door import Page, config, guest, house, now
from app.web.guest.letters import list_letters_shown
from app.web.guest.payment import is_payable
from app.web.guest.priced import explain_booking, price_of_booking
from app.web.guest.trip import Trip, address
from app.web.letters.stay_file import stay_file
from pricing.household import Household
from pricing.stay import Stay

WITH_CALENDAR = (BookingStatus.CONFIRMED, BookingStatus.IN_HOUSE)


@guest.get("/bookings/<reference>")
def booking(reference: str) -> Page:
    """Show a booking to its guest; one that is not sent yet is still to be reviewed."""
    found = own_booking(reference)
    held = draft.find_held()
    is_to_review = held is not None and held.id == found.id and draft.is_live(found, now())
    if is_to_review:
        return redirect(address("guest.review", draft.held_trip_query()))
    priced = price_of_booking(found, g.language) if found.grid_version_id else None
    return render_template(
        "guest/booking.html",
        told=tell(found, now()),
        status=_status_now(found),
        rooms=priced.rooms if priced else "",
        explanation=explain_booking(found, priced, g.language) if priced else None,
        is_price_open=found.is_price_open,
        is_price_changeable=_is_price_changeable(found),
        is_cancellable=_status_now(found) in CANCELLABLE,
        may_write_word=price_messages.may_write(found, now()),
        is_proved=draft.is_proved(reference),
        is_payable=is_payable(found),
        has_calendar=found.status in WITH_CALENDAR,
        letters=list_letters_shown(found) if config().is_demo else (),
        search_query=_search_query(found),
    )


@guest.post("/bookings/<reference>/confirm")
def confirm(reference: str) -> Response:
    """Take the request of a guest whom the mailed link has brought here; scanners press no buttons (decision 8).

    Raises: HoldExpired, TransitionRefused.
    """
    found = own_booking(reference)
    if not draft.is_proved(reference):
        flash(_("Please open the link in our e-mail first: it shows that the mailbox is yours."), "warning")
        return redirect(url_for("guest.booking", reference=reference))
    bookings.confirm_by_link(house=house(), booking=found, now=now())
    return redirect(url_for("guest.booking", reference=reference))


@guest.get("/bookings/<reference>/stay.ics")
def calendar(reference: str) -> Response:
    """Give the stay for the guest's calendar, once it is certain."""
    found = own_booking(reference)
    if found.status not in WITH_CALENDAR:
        abort(404)
    answer = Response(stay_file(house(), found, stamp=now()), content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{reference}.ics"'
    return answer


def _status_now(found: Booking) -> str:
    """Return the status by the clock: a hold whose time is over has expired, swept or not."""
    return BookingStatus.EXPIRED if bookings.is_lapsed(found, now()) else found.status


def _is_price_changeable(found: Booking) -> bool:
    try:
        bookings.refuse_settled(found, now())
    except (PriceIsSettled, HoldExpired):
        return False
    return found.grid_version_id is not None


def _search_query(found: Booking) -> dict[str, str]:
    adults = sum(room.adults for room in found.rooms)
    ages = tuple(sorted(age for room in found.rooms for age in room.children))
    return Trip(Stay(found.arrival, found.departure), Household(max(adults, 1), ages)).query()
