"""The forms that change a booking which stands: another room, other dates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, RadioField, ValidationError
from wtforms.validators import InputRequired

from app.services.bookings import OtherRoom
from app.web.guest.forms.fields import DayField


class MoveForm(Form):
    """Ask for another room. A room that has just been taken may still be sent: the service has the last word."""

    room = RadioField(
        _l("Another room"), [InputRequired(_l("Choose a room."))], coerce=int, validate_choice=False
    )
    is_promised = BooleanField(_l("The guest has been promised this very room"))
    may_break_promise = BooleanField(_l("The guest knows, and agrees to change"))

    def __init__(self, *args: Any, rooms: Sequence[OtherRoom], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rooms = {room.id for room in rooms}
        self.room.choices = [
            (
                room.id,
                f"{room.name} ({room.type_names.get(language) or next(iter(room.type_names.values()))})",
            )
            for room in rooms
            if room.is_free
        ]

    def validate_room(self, field: RadioField) -> None:
        """Refuse what is no other room of the house for these people."""
        if field.data not in self._rooms:
            raise ValidationError(_("Choose a room."))

    def refuse_room(self, words: str) -> None:
        """Say beside the rooms why this one cannot be given."""
        self.room.data = None
        self.room.errors = (words,)

    def refuse_promise(self) -> None:
        """Ask for the tick without which a promised room is not changed."""
        self.may_break_promise.errors = (
            _("This room was promised. Ask the guest before, then tick this box."),
        )


class DatesForm(Form):
    """Ask for other dates of a stay; whether it can have them is the service's to say."""

    arrival = DayField(_l("Arrival"), [InputRequired(_l("Tell us the day of arrival."))])
    departure = DayField(_l("Departure"), [InputRequired(_l("Tell us the day of departure."))])

    def validate_departure(self, field: DayField) -> None:
        """Refuse a stay without a night."""
        if field.data and self.arrival.data and field.data <= self.arrival.data:
            raise ValidationError(_("The departure comes after the arrival: a stay has at least one night."))

    def refuse(self, words: str) -> None:
        """Say beside the departure why the stay cannot have these dates."""
        self.departure.errors = (words,)
