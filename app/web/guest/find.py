"""Who has lost the link gets it again, in the mailbox it belongs to; the page tells nobody anything (decision 20)."""

from __future__ import annotations

from flask import render_template, request

from app.services import bookings
from app.web.guest.door import UNPROCESSABLE, Page, guest, house, now
from app.web.guest.forms.find import FindForm
from app.web.guest.link_limit import count_link


@guest.route("/find", methods=["GET", "POST"])
def find() -> Page:
    """Mail the link of a booking to its guest; the answer is the same for every number and address."""
    form = FindForm(request.form)
    if request.method == "GET":
        return render_template("guest/find.html", form=form)
    if not form.validate():
        return render_template("guest/find.html", form=form), UNPROCESSABLE
    email = (form.email.data or "").strip()
    count_link(email, now())
    bookings.mail_link(house=house(), reference=form.reference.data or "", email=email, now=now())
    return render_template("guest/find_sent.html", email=email)
