"""Paying by card: to the processor's page and back; what the address says on the way back is not believed."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.gateways.payments import PaymentRefused, PaymentUnclear
from app.models import Booking, BookingStatus
from app.services import bookings, payments
from app.services.correspondence import tell
from app.web.cards import processor_of
from app.web.guest import draft
from app.web.guest.access import own_booking
from app.web.guest.door import Page, config, guest, house, now
from app.web.transactions import writes
from pricing.stay import Stay

# The processor writes the id of its page here; nobody reads it, for the booking alone says what to look at.
SESSION_PLACE = "?session={CHECKOUT_SESSION_ID}"
BAD_GATEWAY, UNAVAILABLE = 502, 503


def start_card_payment(booking: Booking) -> Page:
    """Order by card and lead to the processor's page; where that fails, say so, and the room is kept."""
    reference = booking.reference
    try:
        address = payments.start(
            processor=_processor(),
            house=house(),
            booking=booking,
            page=_page_for(booking),
            most_per_contact=config().open_requests_per_contact,
            now=now(),
        )
    except payments.CardNotOffered:  # paid meanwhile in another window, or nothing that a card could take
        if booking.status == BookingStatus.TENTATIVE:
            flash(_("This stay cannot be paid by card; you can pay at reception."), "warning")
        return redirect(url_for("guest.booking", reference=reference))
    except payments.TooManyAttempts:
        return _trouble(booking, "too_many"), 429
    except PaymentRefused:
        return _trouble(booking, "refused"), BAD_GATEWAY
    except PaymentUnclear:
        return _trouble(booking, "unreachable"), UNAVAILABLE
    return redirect(address, 303)


@guest.get("/bookings/<reference>/payment")
def payment(reference: str) -> Page:
    """Show what is still to be paid by card, and the other way to pay; the guest may have just turned back.

    Raises: HoldExpired.
    """
    booking = own_booking(reference)
    bookings.refuse_lapsed(booking, now())
    if not is_payable(booking):
        return redirect(url_for("guest.booking", reference=reference))
    return render_template(
        "guest/payment_open.html", told=tell(booking, now()), due=payments.amount_due(booking)
    )


@guest.post("/bookings/<reference>/payment")
def pay(reference: str) -> Page:
    """Go to the processor's page, the same one as before while it is open."""
    return start_card_payment(own_booking(reference))


@guest.post("/bookings/<reference>/payment/reception")
def pay_at_reception(reference: str) -> Page:
    """Close the processor's page and order without a card; a page that is paid already has the last word."""
    booking = own_booking(reference)
    try:
        payments.close(processor=_processor(), booking_id=booking.id, now=now())
    except (PaymentUnclear, PaymentRefused):
        return _trouble(booking, "unreachable"), UNAVAILABLE
    if booking.status == BookingStatus.TENTATIVE:
        bookings.order(
            house=house(),
            booking=booking,
            pays_by_card=False,
            link_minutes=config().link_minutes,
            most_per_contact=config().open_requests_per_contact,
            now=now(),
        )
    return redirect(url_for("guest.booking", reference=reference))


@guest.get("/bookings/<reference>/payment/return")
@writes
def payment_return(reference: str) -> Page:
    """Ask the processor what became of the payment, once, and show what the house knows then.

    A browser that does not know the booking learns nothing: the notices and the sweep do the work.
    """
    if not draft.is_visible(reference):
        return render_template("guest/payment_back.html")
    booking = own_booking(reference)
    try:
        payments.look_at_booking(processor=_processor(), booking_id=booking.id, now=now())
    except (PaymentUnclear, PaymentRefused):
        return render_template("guest/payment_wait.html", told=tell(booking, now()))
    if is_payable(booking) and not bookings.is_lapsed(booking, now()):
        flash(_("We have not received this payment. Nothing has been taken."), "warning")
        return redirect(url_for("guest.payment", reference=reference))
    return redirect(url_for("guest.booking", reference=reference))


def is_payable(booking: Booking) -> bool:
    """Tell whether the guest's own page may offer to pay by card now."""
    was_asked = booking.is_paid_by_card or booking.status != BookingStatus.TENTATIVE
    return config().takes_cards and was_asked and payments.amount_due(booking) is not None


def _processor() -> payments.Processor:
    processor = processor_of(config())
    if processor is None:
        abort(404)
    return processor


def _page_for(booking: Booking) -> payments.PaymentPage:
    nights = Stay(booking.arrival, booking.departure).length
    way_back = url_for("guest.payment_return", reference=booking.reference, _external=True)
    return payments.PaymentPage(
        line_name=ngettext(
            "%(house)s, %(num)d night", "%(house)s, %(num)d nights", nights, house=house().name
        ),
        success_url=way_back + SESSION_PLACE,
        cancel_url=url_for("guest.payment", reference=booking.reference, _external=True),
    )


def _trouble(booking: Booking, kind: str) -> str:
    return render_template(
        "guest/payment_trouble.html",
        told=tell(booking, now()),
        kind=kind,
        is_to_order=booking.status == BookingStatus.TENTATIVE,
    )
