"""What the desk types about a feed: its address, and whether its nights stay closed."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from app.web.desk.words import CHANNELS

LONGEST_ADDRESS = 2000
ADDRESS_MANNERS = {"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}
ADDRESS_TOO_LONG = _l("This address is too long to be one.")


def stripped(text: str | None) -> str:
    """Return a text without the blanks around it."""
    return (text or "").strip()


class NewFeedForm(Form):
    """Ask for a room, a channel, and the address that the channel gave."""

    room = SelectField(_l("Room"), [InputRequired()], coerce=int)
    channel = SelectField(
        _l("Channel"),
        [InputRequired()],
        choices=lambda: {str(name): str(words) for name, words in CHANNELS.items()},
    )
    url = StringField(
        _l("Address of the channel’s calendar"),
        [Length(max=LONGEST_ADDRESS, message=ADDRESS_TOO_LONG)],
        filters=[stripped],
        render_kw=ADDRESS_MANNERS,
    )


class AddressForm(Form):
    """Ask for another address of a feed."""

    url = StringField(
        _l("New address of the channel’s calendar"),
        [
            DataRequired(_l("Paste the address that the channel gives.")),
            Length(max=LONGEST_ADDRESS, message=ADDRESS_TOO_LONG),
        ],
        filters=[stripped],
        render_kw=ADDRESS_MANNERS,
    )


class PauseForm(Form):
    """Ask what becomes of the nights while nobody reads their feed."""

    nights = RadioField(
        _l("The nights that came from it"),
        [InputRequired(_l("Choose what becomes of the nights."))],
        choices=lambda: {"keep": _("stay closed"), "free": _("come free")},
        default="keep",
    )
