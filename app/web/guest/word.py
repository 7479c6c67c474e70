"""A word to the manager about a price that is settled: less or more, no reason asked (DIG-09)."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.services import price_messages
from app.services.correspondence import tell
from app.services.price_messages import MessageRefused, Wish
from app.web.guest.access import own_booking
from app.web.guest.door import UNPROCESSABLE, Page, guest, now

LONGEST_WORDS = 1000


class WordForm(Form):
    """Ask which way; the words are the guest's own to give or not."""

    wish = RadioField(
        _l("What would you like?"),
        [InputRequired(_l("Choose one of the two."))],
        choices=lambda: {
            Wish.LESS.value: _("I would like to give less"),
            Wish.MORE.value: _("I would like to give more"),
        },
    )
    words = TextAreaField(
        _l("A word, if you like"),
        [
            Length(
                max=LONGEST_WORDS, message=_l("This is longer than our books hold: 1,000 characters at most.")
            )
        ],
        filters=[lambda text: (text or "").strip()],
        render_kw={"maxlength": str(LONGEST_WORDS), "rows": "4"},
    )


@guest.route("/bookings/<reference>/word", methods=["GET", "POST"])
def word(reference: str) -> Page:
    """Take a word to the manager; while the price can still be chosen again, lead there instead."""
    booking = own_booking(reference)
    form = WordForm(request.form)
    own_page = redirect(url_for("guest.booking", reference=reference))
    if not price_messages.may_write(booking, now()):
        return own_page
    if request.method == "POST" and form.validate():
        try:
            price_messages.write_message(
                booking=booking, wish=Wish(form.wish.data), words=form.words.data or "", now=now()
            )
        except MessageRefused:
            flash(
                _("Your words are with the manager already. Please wait for the answer, or call us."),
                "warning",
            )
        else:
            flash(_("Thank you. The manager alone reads this, and answers you."), "success")
        return own_page
    page = render_template("guest/word.html", form=form, told=tell(booking, now()))
    return (page, UNPROCESSABLE) if form.errors else page
