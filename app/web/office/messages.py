"""What guests wrote about a settled price: the manager alone reads it, and answers by letter or by telephone."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, TextAreaField
from wtforms.validators import DataRequired, Length

from app.services import price_messages
from app.web.office.door import by_the_manager, office
from app.web.staff import UNPROCESSABLE, Page, actor, house, now

LONGEST_ANSWER = 4000


class AnswerForm(Form):
    """Ask for the answer."""

    answer = TextAreaField(
        _l("Your answer"),
        [
            DataRequired(_l("Write your answer, or what was said on the telephone.")),
            Length(max=LONGEST_ANSWER, message=_l("This is longer than a letter holds.")),
        ],
        filters=[lambda text: (text or "").strip()],
        render_kw={"rows": "5", "maxlength": str(LONGEST_ANSWER)},
    )


@office.get("/messages")
@by_the_manager
def messages() -> Page:
    """Show the words of guests, those that wait for an answer first."""
    return render_template("office/messages.html", messages=price_messages.list_messages(house().id))


@office.route("/messages/<int:message_id>", methods=["GET", "POST"])
@by_the_manager
def answer_message(message_id: int) -> Page:
    """Answer one of them."""
    listed = price_messages.list_messages(house().id)
    message = next((message for message in listed if message.id == message_id), None)
    if message is None:
        abort(404)
    form = AnswerForm(request.form)
    if request.method == "POST" and form.validate():
        price_messages.answer(
            house=house(), message_id=message_id, words=form.answer.data or "", actor=actor(), now=now()
        )
        flash(_("The answer is on its way.") if message.is_mailable else _("The answer is noted."), "success")
        return redirect(url_for("office.messages"))
    page = render_template("office/answer_message.html", message=message, form=form)
    return page, UNPROCESSABLE if form.errors else 200
