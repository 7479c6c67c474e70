"""The forms of a platform's stay: who comes, what the platform says of the money, another room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import EmailField, Form, RadioField, SelectField, StringField, ValidationError
from wtforms.validators import InputRequired, Length

from app.models import Property, TaxCollector
from app.services.parties import Sleepers
from app.services.platform_stays import Completion, FreeRoom, PlatformMoney
from app.web.desk.forms import stripped
from app.web.desk.guest_form import DeskWhoForm
from app.web.guest.forms.fields import AgesField, AmountField, write_amount
from app.web.guest.forms.search import CountField
from app.web.language import languages_of_house
from pricing.money import Money

LONGEST_REFERENCE = 60
MOST_ADULTS = 20
PLATFORM, HOUSE = "platform", "house"
AMOUNT = {"inputmode": "decimal", "maxlength": "20", "autocomplete": "off"}


class MoneyFields(Form):
    """Ask what the platform says of the money; whatever it does not say stays open."""

    gross = AmountField(_l("Price of the stay, in euros"), render_kw=AMOUNT)
    commission = AmountField(_l("Commission, in euros"), render_kw=AMOUNT)
    payout = AmountField(_l("Paid out to the house, in euros"), render_kw=AMOUNT)
    paid_to = RadioField(
        _l("Who takes the guest’s money?"),
        [InputRequired(_l("Choose who takes the money."))],
        choices=lambda: {PLATFORM: _("The platform"), HOUSE: _("The house, at reception")},
        default=PLATFORM,
    )
    tax_collector = RadioField(
        _l("Who collects the tourist tax?"),
        [InputRequired(_l("Choose who collects the tax, or that you do not know."))],
        choices=lambda: {
            TaxCollector.CHANNEL.value: _("The platform"),
            TaxCollector.HOUSE.value: _("The house"),
            TaxCollector.UNKNOWN.value: _("I do not know yet"),
        },
        default=TaxCollector.UNKNOWN.value,
    )
    reference = StringField(
        _l("The platform’s booking number"),
        [Length(max=LONGEST_REFERENCE, message=_l("This number is too long: 60 characters at most."))],
        filters=[stripped],
        render_kw={"maxlength": str(LONGEST_REFERENCE), "autocomplete": "off"},
    )

    def reckon_in(self, currency: str) -> None:
        """Say in which currency the amounts are."""
        for field in (self.gross, self.commission, self.payout):
            field.currency = currency

    def validate_reference(self, field: StringField) -> None:
        """Refuse what no platform gives."""
        if not (field.data or "").isprintable():
            raise ValidationError(_("This is no booking number."))

    def money(self) -> PlatformMoney:
        """Return what the platform says."""
        return PlatformMoney(
            gross=self.gross.data,
            commission=self.commission.data,
            payout=self.payout.data,
            is_paid_to_house=self.paid_to.data == HOUSE,
            tax_collector=TaxCollector(self.tax_collector.data),
            reference=self.reference.data or "",
        )


class MoneyForm(MoneyFields):
    """Ask again what the platform says of the money."""

    def __init__(self, *args: Any, house: Property, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reckon_in(house.currency)


def written(money: PlatformMoney, language: str) -> MultiDict[str, str]:
    """Return what stands written down as somebody would have typed it."""

    def typed(amount: Money | None) -> str:
        return "" if amount is None else write_amount(amount, language)

    return MultiDict(
        {
            "gross": typed(money.gross),
            "commission": typed(money.commission),
            "payout": typed(money.payout),
            "paid_to": HOUSE if money.is_paid_to_house else PLATFORM,
            "tax_collector": money.tax_collector.value,
            "reference": money.reference,
        }
    )


class CompleteForm(MoneyFields, DeskWhoForm):
    """Ask for all that makes a platform's stay a stay; the platform may keep the guest's contact to itself."""

    adults = CountField(
        _l("Adults"),
        [InputRequired(_l("Write how many adults sleep here."))],
        render_kw={"min": "1", "max": str(MOST_ADULTS), "inputmode": "numeric"},
    )
    children = AgesField(
        _l("Children (ages)"), default=(), render_kw={"autocomplete": "off", "maxlength": "60"}
    )
    language = SelectField(_l("Language"), [InputRequired()])

    def __init__(self, *args: Any, house: Property, **kwargs: Any) -> None:
        super().__init__(*args, house=house, **kwargs)
        self.reckon_in(house.currency)
        self.language.choices = languages_of_house()

    def validate_email(self, field: EmailField) -> None:
        """Refuse an address that no letter would reach; none is needed."""
        if field.data:
            super().validate_email(field)

    def validate_adults(self, field: CountField) -> None:
        """Refuse a stay without an adult, and more than any room holds."""
        if field.data is not None and not 1 <= field.data <= MOST_ADULTS:
            raise ValidationError(
                _("Write a number from 1 to %(most)d: at least one adult sleeps here.", most=MOST_ADULTS)
            )

    def completion(self) -> Completion:
        """Return what was written down."""
        assert self.adults.data is not None  # the form has asked for it
        return Completion(
            guest=self.details(),
            sleepers=Sleepers(self.adults.data, self.children.data or ()),
            language=self.language.data,
            money=self.money(),
        )


class PlatformRoomForm(Form):
    """Ask for another room. A room that has just been taken may still be sent: the service has the last word."""

    room = RadioField(
        _l("Another room"), [InputRequired(_l("Choose a room."))], coerce=int, validate_choice=False
    )

    def __init__(self, *args: Any, rooms: Sequence[FreeRoom], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.room.choices = [(room.id, room.name) for room in rooms]

    def refuse_room(self) -> None:
        """Say beside the rooms that this one cannot be given."""
        self.room.data = None
        self.room.errors = (_("This room has just been taken. Choose another one."),)
