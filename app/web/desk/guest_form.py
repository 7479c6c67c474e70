"""What reception writes down of a guest at the counter or on the telephone."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, RadioField, SelectField, ValidationError
from wtforms.fields.core import Label
from wtforms.validators import InputRequired

from app.models import Booking, Property, Source
from app.services.bookings import PriceChoice
from app.web.filters import hour
from app.web.guest.forms.fields import AmountField
from app.web.guest.forms.who import WhoForm, known_details
from app.web.language import current_language, languages_of_house

OPEN = "open"
TOLD = "told"


class DeskWhoForm(WhoForm):
    """Ask who comes in the words of somebody who writes for a guest."""

    NO_NAME = _l("Write the guest’s name.")
    NO_TIME = _l("not told")
    NO_CONTACT = _l("We need one way to reach the guest: an e-mail address or a telephone number.")

    def __init__(self, *args: Any, house: Property, **kwargs: Any) -> None:
        super().__init__(*args, house=house, **kwargs)
        for field, words in (
            (self.name, _("Name")),
            (self.arrival_time, _("Arrival time")),
            (self.message, _("Message or wishes")),
        ):
            field.label = Label(field.id, words)
        self.name.validators = [InputRequired(self.NO_NAME), *self.name.validators[1:]]
        for field in (self.name, self.email, self.telephone):
            field.render_kw = {**(field.render_kw or {}), "autocomplete": "off"}  # not the volunteer's own


class ContactForm(DeskWhoForm):
    """Ask what has changed; an hour that is not in the list may stay, and a platform's guest without a contact too."""

    def __init__(self, *args: Any, house: Property, booking: Booking, **kwargs: Any) -> None:
        super().__init__(*args, house=house, data=known_details(booking), **kwargs)
        self._needs_contact = booking.source != Source.CHANNEL
        told = booking.arrival_time
        if told is not None and told.isoformat("minutes") not in self._hours:
            words = _("about %(hour)s", hour=hour(told, current_language()))
            self._hours.append(told.isoformat("minutes"))
            listed: list[Any] = list(self.arrival_time.choices or ())
            self.arrival_time.choices = [*listed, (told.isoformat("minutes"), words)]

    def validate_email(self, field: EmailField) -> None:
        """Ask for one contact where the house has to have one."""
        if field.data or self._needs_contact:
            super().validate_email(field)


class DeskGuestForm(DeskWhoForm):
    """Ask who comes, in which language to write, and whether the price is to be chosen or was told (decision 14)."""

    language = SelectField(_l("Language of the letters"), [InputRequired()])
    price = RadioField(
        _l("Price"),
        [InputRequired()],
        choices=lambda: {
            OPEN: _("To be chosen by the guest: by link, on the turned screen, or on a card"),
            TOLD: _("The guest has told an amount for the whole stay"),
        },
        default=OPEN,
    )
    amount = AmountField(
        _l("Amount told, in euros"),
        render_kw={"inputmode": "decimal", "maxlength": "20", "autocomplete": "off"},
    )

    def __init__(self, *args: Any, house: Property, **kwargs: Any) -> None:
        super().__init__(*args, house=house, **kwargs)
        self.language.choices = languages_of_house()
        self.amount.currency = house.currency

    def validate_amount(self, field: AmountField) -> None:
        """Ask for the amount where one was told, and what an amount means where none was."""
        if self.price.data == OPEN and field.data is not None:
            raise ValidationError(_("Tick that the guest has told this amount, or leave it empty."))
        if self.price.data == TOLD and field.data is None and not field.errors:
            raise ValidationError(_("Write the amount that the guest has told you."))

    @property
    def choice(self) -> PriceChoice | None:
        """Return the price, or None while it is to be chosen."""
        return PriceChoice(amount=self.amount.data) if self.price.data == TOLD else None
