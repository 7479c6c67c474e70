"""Take money at the counter, give it back, undo a slip: the only page of the desk with sums (decision 15)."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.models import Booking, PaymentMethod
from app.services import folios
from app.services.bookings import PriceIsSettled
from app.services.folios import LineReversed
from app.services.ledgers import LedgerLine, read_ledger
from app.services.stay_cards import card_of
from app.web.desk.door import UNPROCESSABLE, Page, actor, at_the_desk, booking_or_404, desk, now
from app.web.desk.forms import PaymentForm, ReasonForm, RepaymentForm
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


@desk.post("/bookings/<reference>/payment/give-back")
@at_the_desk
def give_back(reference: str) -> Page:
    """Post what is given back at the counter, never more than came in there."""
    booking = _with_account(reference)
    form = _repayment(booking, request.form)
    amount = form.amount.data
    if not form.validate() or amount is None:
        return _page(booking, PaymentForm(to_pay=folios.balance(booking)), form), UNPROCESSABLE
    folios.repay_at_desk(
        booking=booking,
        method=PaymentMethod(form.method.data),
        amount=amount,
        actor=actor(),
        now=now(),
        note=form.note.data or "",
    )
    flash(_("It is written down that the money was given back."), "success")
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


def _repayment(booking: Booking, said: MultiDict[str, str] | None = None) -> RepaymentForm:
    """Make the form that gives money back, ready for all that can go back in the first way."""
    most = folios.repayable(booking)
    form = RepaymentForm(said, currency=booking.currency, most=most)
    if said is None and most:
        form.amount.raw_data = [write_amount(next(iter(most.values())), g.language)]
    return form


def _page(booking: Booking, form: PaymentForm, repayment: RepaymentForm | None = None) -> str:
    return render_template(
        "desk/payment.html",
        card=card_of(booking),
        ledger=read_ledger(booking),
        form=form,
        repayment=repayment or _repayment(booking),
        person=person_words,
    )
