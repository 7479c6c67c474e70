"""The question that mails a guest the link to their booking."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, Form, StringField
from wtforms.validators import InputRequired, Length

from app.web.guest.forms.contact import LONGEST_ADDRESS, refuse_odd_address


class FindForm(Form):
    """Ask for the number and the address; whether they belong together is never told (decision 20)."""

    reference = StringField(
        _l("Booking number"),
        [
            InputRequired(_l("Write your booking number: ten letters and digits.")),
            Length(max=40, message=_l("A booking number has ten letters and digits.")),
        ],
        render_kw={
            "autocomplete": "off",
            "autocapitalize": "characters",
            "spellcheck": "false",
            "maxlength": "40",
        },
    )
    email = EmailField(
        _l("E-mail address"),
        [
            InputRequired(_l("Write the e-mail address that you booked with.")),
            Length(max=LONGEST_ADDRESS, message=_l("This address is too long.")),
            refuse_odd_address,
        ],
        filters=[lambda text: (text or "").strip()],
        render_kw={"autocomplete": "email", "maxlength": str(LONGEST_ADDRESS)},
    )
