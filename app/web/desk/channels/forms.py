"""What the desk types about a feed: its address, how it is read, whether it is right, what becomes of its nights."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, Form, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from app.services.channels import FeedOptions
from app.web.desk.words import CHANNELS
from pricing.stay import Stay

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


class TheirAddressForm(Form):
    """Ask for the address of one room on a platform; empty makes ours alone."""

    url = StringField(
        _l("Their address for this room"),
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


class AnswerForm(Form):
    """Ask whether a first import is right (R8)."""

    answer = RadioField(
        _l("Is this right?"),
        [InputRequired(_l("Choose one of the three."))],
        choices=lambda: {
            "right": _("Yes, these are its stays, and the departures are right"),
            "inclusive": _("The days of departure are wrong: the last day is a night, too"),
            "wrong": _("This is the wrong calendar: take its address away and free the nights"),
        },
    )


class OptionsForm(Form):
    """Ask how a feed is read and served; every field is one of FeedOptions."""

    is_end_inclusive = BooleanField(_l("Its last day is a night, too"))
    stays_only = BooleanField(_l("Stays only"))
    is_transparent_free = BooleanField(_l("What it marks as “free” closes nothing"))
    is_aggregator = BooleanField(_l("It repeats the stays of other platforms"))
    is_timed = BooleanField(_l("Show hours instead of whole days"))

    @property
    def options(self) -> FeedOptions:
        """Return what was ticked."""
        return FeedOptions(**self.data)


class NightsForm(Form):
    """Ask what becomes of the nights that came from a feed when nobody reads it any more (R53)."""

    nights = RadioField(
        _l("The nights that came from it"),
        [InputRequired(_l("Choose what becomes of the nights."))],
        choices=lambda: {"keep": _("stay closed"), "free": _("come free")},
    )

    @property
    def keeps_nights(self) -> bool:
        """Tell whether the nights stay closed."""
        return bool(self.nights.data == "keep")


class RotateForm(Form):
    """Ask how long our former address is still answered."""

    overlap = RadioField(
        _l("The present address"),
        [InputRequired(_l("Choose when the present address stops."))],
        coerce=int,
        choices=lambda: {
            "7": _("stops in seven days: time to paste the new one everywhere"),
            "1": _("stops in a day"),
            "0": _("stops at once: it has got into wrong hands"),
        },
        default=7,
    )


class EchoForm(Form):
    """Name nights that came back, and are a guest's all the same."""

    arrival = DateField(validators=[InputRequired()])
    departure = DateField(validators=[InputRequired()])

    @property
    def stay(self) -> Stay | None:
        """Return the nights, None when what was sent is none of ours."""
        if not self.validate() or self.arrival.data is None or self.departure.data is None:
            return None
        is_stay = self.arrival.data < self.departure.data
        return Stay(self.arrival.data, self.departure.data) if is_stay else None
