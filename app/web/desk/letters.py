"""Letters that could not be delivered: try again, to a corrected address if need be, or set them aside."""

from __future__ import annotations

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _

from app.services import outbox
from app.services.letters import RecipientInvalid
from app.services.outbox import LetterNotFound
from app.web.desk.door import Page, actor, at_the_desk, desk, house, now

LONGEST_ADDRESS = 254


@desk.post("/letters/<int:letter_id>/retry")
@at_the_desk
def retry_letter(letter_id: int) -> Page:
    """Send a letter again."""
    recipient = request.form.get("recipient", "").strip()[:LONGEST_ADDRESS]
    try:
        outbox.retry(
            property_id=house().id, letter_id=letter_id, actor=actor(), now=now(), recipient=recipient or None
        )
    except LetterNotFound:
        abort(404)
    except RecipientInvalid:
        flash(_("This is no e-mail address: %(address)s", address=recipient), "error")
    else:
        flash(_("The letter is on its way again."), "success")
    return redirect(url_for("desk.today"))


@desk.post("/letters/<int:letter_id>/set-aside")
@at_the_desk
def set_letter_aside(letter_id: int) -> Page:
    """Take a letter off the list: the guest knows."""
    try:
        outbox.set_aside(property_id=house().id, letter_id=letter_id, actor=actor(), now=now())
    except LetterNotFound:
        abort(404)
    flash(_("The letter is off the list."), "success")
    return redirect(url_for("desk.today"))
