"""Take money at the counter, undo a slip, and see the account: the desk's only page with sums (decision 15)."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.models import Booking, PaymentMethod
from app.services import folios
from app.services.bookings import PriceIsSettled
from app.services.folios import LineReversed
from app.services.ledgers import LedgerLine, read_ledger
from app.services.stay_cards import card_of
from app.web.desk.door import UNPROCESSABLE, Page, actor, at_the_desk, booking_or_404, desk, now
from app.web.desk.forms import PaymentForm, ReasonForm
from app.web.desk.words import person_words
from app.web.guest.forms.fields import write_amount


@desk.get("/bookings/<reference>/payment")
@at_the_desk
def payment(reference: str) -> Page:
    """Show the account, ready to take what is still to pay."""
    booking = _with_account(reference)
    to_pay = folios.balance(booking)
    form = PaymentForm(to_pay=to_pay)
    form.amount.raw_data = [write_amount(to_pay, g.language)] if to_pay.minor > 0 else None
    return _page(booking, form)


@desk.post("/bookings/<reference>/payment")
@at_the_desk
def take_payment(reference: str) -> Page:
    """Post what was paid."""
    booking = _with_account(reference)
    form = PaymentForm(request.form, to_pay=folios.balance(booking))
    amount = form.amount.data
    if not form.validate() or amount is None:
        return _page(booking, form), UNPROCESSABLE
    folios.take_payment_at_desk(
        booking=booking,
        method=PaymentMethod(form.method.data),
        amount=amount,
        actor=actor(),
        now=now(),
        note=form.note.data or "",
    )
    flash(_("The payment is written down."), "success")
    return redirect(url_for("desk.payment", reference=reference))


@desk.route("/bookings/<reference>/payment/<int:line_id>/reverse", methods=["GET", "POST"])
@at_the_desk
def reverse_payment(reference: str, line_id: int) -> Page:
    """Undo a payment by its opposite, with a reason; both lines stay readable."""
    booking = _with_account(reference)
    line = _line_or_404(booking, line_id)
    form = ReasonForm(request.form)
    if request.method == "POST" and form.validate():
        try:
            folios.reverse_payment(
                booking=booking, line_id=line_id, actor=actor(), now=now(), note=form.words
            )
        except LineReversed:
            raise PriceIsSettled(reference) from None
        flash(_("The payment is reversed."), "success")
        return redirect(url_for("desk.payment", reference=reference))
    page = render_template("desk/reverse_payment.html", form=form, card=card_of(booking), line=line)
    return page, UNPROCESSABLE if form.errors else 200


def _with_account(reference: str) -> Booking:
    booking = booking_or_404(reference)
    if folios.find_folio(booking) is None:
        abort(404)
    return booking


def _line_or_404(booking: Booking, line_id: int) -> LedgerLine:
    line = next((line for line in read_ledger(booking).lines if line.id == line_id), None)
    if line is None or not line.is_reversible:
        abort(404)
    return line


def _page(booking: Booking, form: PaymentForm) -> str:
    return render_template(
        "desk/payment.html",
        card=card_of(booking),
        ledger=read_ledger(booking),
        form=form,
        person=person_words,
    )
