"""Who has lost the link gets it again, in the mailbox it belongs to; the page tells nobody anything (decision 20)."""

from __future__ import annotations

from datetime import datetime

from flask import render_template, request
from werkzeug.exceptions import TooManyRequests

from app.services import bookings, throttles
from app.services.tokens import fingerprint
from app.web.guest.door import UNPROCESSABLE, Page, config, guest, house, now
from app.web.guest.forms.find import FindForm
from app.web.network import network_key

WINDOW_MINUTES = 60


@guest.route("/find", methods=["GET", "POST"])
def find() -> Page:
    """Mail the link of a booking to its guest; the answer is the same for every number and address."""
    form = FindForm(request.form)
    if request.method == "GET":
        return render_template("guest/find.html", form=form)
    if not form.validate():
        return render_template("guest/find.html", form=form), UNPROCESSABLE
    email = (form.email.data or "").strip()
    _count(email, now())
    bookings.mail_link(house=house(), reference=form.reference.data or "", email=email, now=now())
    return render_template("guest/find_sent.html", email=email)


def _count(email: str, at: datetime) -> None:
    """Count the question, by network and by address, before anything is looked up. Raises: TooManyRequests."""
    address = fingerprint(config().secret_key, "find", f"{house().id}:{email.casefold()}")
    for key in (f"find:{network_key()}", f"find:{address}"):
        if not throttles.allow(key, limit=config().links_per_hour, window_minutes=WINDOW_MINUTES, now=at):
            raise TooManyRequests
