"""A price to be chosen: on the screen turned round, or told with a card handed back closed (decision 14).

The guest chooses. The turned-round page has no way into the desk, and the page after it says no amount.
"""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.models import Booking
from app.services import bookings
from app.services.bookings import PriceChoice, PriceIsSettled
from app.services.sheets import Action, list_actions
from app.services.stay_cards import card_of
from app.services.support import support_of
from app.web.desk.door import UNPROCESSABLE, Page, actor, at_the_desk, booking_or_404, desk, now, today
from app.web.desk.forms import ToldAmountForm
from app.web.guest.beside import answer_price, count_code, repeat_gift, take_answer
from app.web.guest.forms.price import PriceForm
from app.web.guest.ladder import price_sheet
from app.web.guest.offers import party_words
from app.web.guest.priced import price_of_booking
from app.web.guest.trip import Trip
from pricing.choice import BelowMinimum
from pricing.stay import Stay


@desk.route("/bookings/<reference>/price", methods=["GET", "POST"])
@at_the_desk
def turned_round(reference: str) -> Page:
    """Let the guest choose on the screen turned round; the same ladder as everywhere."""
    count_code(now())
    booking = _with_open_account(reference)
    priced = price_of_booking(booking, g.language)
    form = PriceForm(request.form, currency=booking.currency)
    answer = answer_price(form, priced.quote) if request.method == "POST" else None
    if request.method == "GET":
        repeat_gift(form, support_of(booking), g.language)
    if answer is not None and take_answer(booking, priced, answer, form):
        return redirect(url_for("desk.price_chosen", reference=reference))
    party = priced.quote.household
    page = render_template(
        "desk/turned_round.html",
        form=form,
        sheet=price_sheet(priced.grid, priced.quote, priced.tax_of, g.language),
        rooms=priced.rooms,
        trip=Trip(Stay(booking.arrival, booking.departure), party),
        party=party_words(party),
        back_url=url_for("desk.price_chosen", reference=reference),
        reference=reference,
    )
    return page, UNPROCESSABLE if form.errors else 200


@desk.get("/bookings/<reference>/price/thanks")
@at_the_desk
def price_chosen(reference: str) -> Page:
    """Thank the guest in the same words whatever was chosen, and ask for the screen back."""
    booking = booking_or_404(reference)
    return render_template(
        "desk/price_chosen.html", reference=booking.reference, is_open=booking.is_price_open
    )


@desk.route("/bookings/<reference>/price/told", methods=["GET", "POST"])
@at_the_desk
def told_price(reference: str) -> Page:
    """Write down the amount of a card handed back closed, or told on the telephone."""
    booking = _with_open_account(reference)
    form = ToldAmountForm(request.form, currency=booking.currency)
    amount = form.amount.data
    if request.method == "POST" and form.validate() and amount is not None:
        priced = price_of_booking(booking, g.language)
        try:
            bookings.choose_price(
                booking=booking,
                priced=priced.quote,
                choice=PriceChoice(amount=amount),
                actor=actor(),
                now=now(),
            )
        except BelowMinimum:
            form.amount.errors = (below_minimum_words(),)
        else:
            flash(_("The amount is written down."), "success")
            return redirect(url_for("desk.booking", reference=reference))
    page = render_template("desk/told_price.html", form=form, card=card_of(booking))
    return page, UNPROCESSABLE if form.errors else 200


def below_minimum_words() -> str:
    """Say kindly that an amount is too low to write down, and what there is instead."""
    return _(
        "This is below what the stay uses up. Offer a solidarity night: talk to the manager, nothing is lost."
    )


def _with_open_account(reference: str) -> Booking:
    booking = booking_or_404(reference)
    if Action.CHOOSE_PRICE not in list_actions(booking, today=today(), now=now()):
        raise PriceIsSettled(reference)
    return booking
