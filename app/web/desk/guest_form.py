"""What reception writes down of a guest at the counter or on the telephone."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, ValidationError
from wtforms.fields.core import Label
from wtforms.validators import InputRequired

from app.models import Property
from app.services.bookings import PriceChoice
from app.web.guest.forms.fields import AmountField
from app.web.guest.forms.who import WhoForm
from app.web.language import languages_of_house

OPEN = "open"
TOLD = "told"


class DeskGuestForm(WhoForm):
    """Ask who comes, in which language to write, and whether the price is to be chosen or was told (decision 14)."""

    NO_NAME = _l("Write the guest’s name.")
    NO_TIME = _l("not told")
    NO_CONTACT = _l("We need one way to reach the guest: an e-mail address or a telephone number.")

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
        for field, words in (
            (self.name, _("Name")),
            (self.arrival_time, _("Arrival time")),
            (self.message, _("Message or wishes")),
        ):
            field.label = Label(field.id, words)
        self.name.validators = [InputRequired(self.NO_NAME), *self.name.validators[1:]]
        for field in (self.name, self.email, self.telephone):
            field.render_kw = {**(field.render_kw or {}), "autocomplete": "off"}  # not the volunteer's own

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
