"""One's price: the ladder of this very stay, an amount of one's own, or neither (decision 9)."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.services import bookings
from app.services.bookings import PriceChoice
from app.services.support import support_of
from app.web.guest import draft
from app.web.guest.access import own_booking
from app.web.guest.beside import answer_price, count_code, repeat_gift, take_answer
from app.web.guest.door import UNPROCESSABLE, Page, guest, house, now
from app.web.guest.forms.fields import write_amount
from app.web.guest.forms.price import PriceForm
from app.web.guest.ladder import price_sheet
from app.web.guest.offers import party_words
from app.web.guest.priced import Priced, price_of_booking, price_of_offer
from app.web.guest.trip import Trip, address, trip_of_address
from app.web.transactions import reads_when
from pricing.household import Household
from pricing.quote import Quote
from pricing.stay import Stay


@guest.route("/price", methods=["GET", "POST"])
@reads_when(draft.holds_nothing)
def price() -> Page:
    """Let the guest choose the price of a trip; a hold that is on already takes it at once."""
    count_code(now())
    trip = trip_of_address()
    held = draft.find_held_for(trip, now())
    priced = price_of_booking(held, g.language) if held else price_of_offer(trip, g.language)
    form = PriceForm(request.form, currency=house().currency)
    answer = answer_price(form, priced.quote) if request.method == "POST" else None
    if request.method == "GET":
        _repeat_choice(form, trip, priced.quote)
    back = address("guest.rooms", trip.without_rooms().query())
    if answer is None or (held is not None and not take_answer(held, priced, answer, form)):
        return _show(form, priced, trip, back)
    chosen = priced.quote.choose(bracket=answer.choice.bracket, amount=answer.choice.amount)
    draft.keep_price(trip, answer.choice, chosen.amount, answer.support)
    return redirect(address("guest.who" if held is None else "guest.review", trip.query()))


@guest.route("/bookings/<reference>/price", methods=["GET", "POST"])
def booking_price(reference: str) -> Page:
    """Let the guest choose, or choose again, the price of a booking that is not settled (decisions 14, DIG-09)."""
    count_code(now())
    booking = own_booking(reference)
    bookings.refuse_settled(booking, now())
    priced = price_of_booking(booking, g.language)
    form = PriceForm(request.form, currency=booking.currency)
    answer = answer_price(form, priced.quote) if request.method == "POST" else None
    if request.method == "GET":
        repeat_gift(form, support_of(booking), g.language)
    back = url_for("guest.booking", reference=reference)
    if answer is None or not take_answer(booking, priced, answer, form):
        stay, party = Stay(booking.arrival, booking.departure), priced.quote.household
        return _show(form, priced, Trip(stay, Household(party.adults, party.children)), back)
    flash(_("Thank you. Your price is noted."), "success")
    return redirect(back)


def _repeat_choice(form: PriceForm, trip: Trip, quote: Quote) -> None:
    """Keep what this guest chose for this trip already, when they come back to the question (UX-07)."""
    kept = draft.price_for(trip)
    if kept is not None and kept[0] != PriceChoice():
        form.repeat(kept[1], quote, g.language)
    gift = draft.support_for(trip).gift
    if gift is not None and gift.minor:
        form.gift.raw_data = [write_amount(gift, g.language)]


def _show(form: PriceForm, priced: Priced, trip: Trip, back: str) -> Page:
    page = render_template(
        "guest/price.html",
        form=form,
        sheet=price_sheet(priced.grid, priced.quote, priced.tax_of, g.language),
        rooms=priced.rooms,
        trip=trip,
        party=party_words(trip.party),
        back_url=back,
    )
    return (page, UNPROCESSABLE) if form.errors else page
