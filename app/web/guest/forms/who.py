"""The question of who comes: a name, one contact, and what helps to receive somebody well."""

from __future__ import annotations

from datetime import time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, Form, SelectField, StringField, TelField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from app.models import Booking, Property, WaitingHold
from app.services.bookings import GuestDetails
from app.web.filters import hour
from app.web.guest.forms.contact import LONGEST_ADDRESS, refuse_odd_address
from app.web.language import current_language

LONGEST_MESSAGE = 2000
FEWEST_DIGITS, MOST_DIGITS = 6, 15


def _stripped(text: str | None) -> str:
    return (text or "").strip()


class WhoForm(Form):
    """Ask who comes. One contact is needed, an e-mail address or a telephone number."""

    NO_NAME = _l("Tell us your name.")
    NO_TIME = _l("I do not know yet")
    NO_CONTACT = _l("We need one way to reach you: an e-mail address or a telephone number.")

    name = StringField(
        _l("Your name"),
        [
            InputRequired(NO_NAME),
            Length(max=120, message=_l("This name is too long for our books.")),
        ],
        filters=[_stripped],
        render_kw={"autocomplete": "name", "maxlength": "120"},
    )
    email = EmailField(
        _l("E-mail address"),
        [Length(max=LONGEST_ADDRESS, message=_l("This address is too long."))],
        filters=[_stripped],
        render_kw={"autocomplete": "email", "maxlength": str(LONGEST_ADDRESS)},
    )
    telephone = TelField(
        _l("Telephone"),
        [Length(max=40, message=_l("This number is too long."))],
        filters=[_stripped],
        render_kw={"autocomplete": "tel", "maxlength": "40"},
    )
    arrival_time = SelectField(_l("When do you arrive?"), validate_choice=False)
    message = TextAreaField(
        _l("A word for the house"),
        [
            Length(
                max=LONGEST_MESSAGE,
                message=_l("This is more than our notebook holds: 2,000 characters at most."),
            )
        ],
        filters=[_stripped],
        render_kw={"rows": "4", "maxlength": str(LONGEST_MESSAGE)},
    )

    def __init__(self, *args: Any, house: Property, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hours = _arrival_times(house)
        self._hours = [value for value, _words in hours]
        self.arrival_time.choices = [("", self.NO_TIME), *hours]

    def validate_name(self, field: StringField) -> None:
        """Refuse what is no name at all, in any script."""
        if not any(mark.isalpha() for mark in field.data or "") or not (field.data or "").isprintable():
            raise ValidationError(str(self.NO_NAME))

    def validate_email(self, field: EmailField) -> None:
        """Refuse an address that no letter would reach; ask for one contact."""
        if field.data:
            refuse_odd_address(self, field)
        elif not self.telephone.data:
            raise ValidationError(str(self.NO_CONTACT))

    def validate_telephone(self, field: TelField) -> None:
        """Refuse what nobody can dial."""
        text = field.data or ""
        digits = sum(mark.isdigit() for mark in text)
        is_dialled = all(mark.isdigit() or mark in "+-./() \u00a0\u202f" for mark in text)
        if text and not (is_dialled and FEWEST_DIGITS <= digits <= MOST_DIGITS):
            raise ValidationError(_("We cannot dial this number. It looks like this: 06 12 34 56 78."))

    def validate_arrival_time(self, field: SelectField) -> None:
        """Refuse an hour that is not in the list."""
        if field.data and field.data not in self._hours:
            raise ValidationError(_("Choose an hour from the list, or leave it open."))

    def typed(self) -> dict[str, str]:
        """Return what stands in the form, to print it there again."""
        return {field.name: field.data or "" for field in self}

    def details(self) -> GuestDetails:
        """Return who comes."""
        return GuestDetails(
            name=self.name.data or "",
            email=self.email.data or "",
            telephone=self.telephone.data or "",
            message=self.message.data or "",
            arrival_time=time.fromisoformat(self.arrival_time.data) if self.arrival_time.data else None,
        )


def known_details(told: Booking | WaitingHold | None) -> dict[str, str]:
    """Return what a guest has already told, so that nothing is asked twice (UX-03)."""
    if told is None:
        return {}
    return {
        "name": told.guest_name,
        "email": told.guest_email,
        "telephone": told.guest_telephone,
        "message": told.guest_message,
        "arrival_time": told.arrival_time.isoformat("minutes") if told.arrival_time else "",
    }


def _arrival_times(house: Property) -> list[tuple[str, str]]:
    hours = range(house.check_in_from.hour, house.check_in_until.hour + 1)
    language = current_language()
    times = [(time(at), _("about %(hour)s", hour=hour(time(at), language))) for at in hours]
    return [(moment.isoformat("minutes"), words) for moment, words in times]
