"""What the treasurer types about a grant: how much, who gives it, when it came, a word about it."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, StringField, ValidationError
from wtforms.validators import InputRequired, Length

from app.services.fund import Grant
from app.web.guest.forms.fields import AmountField, DayField
from pricing.money import Money

LONGEST_SOURCE, LONGEST_NOTE = 120, 200
MOST_EUROS = 10_000_000


def _stripped(text: str | None) -> str:
    return (text or "").strip()


def _words(label: Any, most: int, *validators: Any) -> StringField:
    too_long = _l("This is longer than our books hold: %(most)d characters at most.", most=most)
    return StringField(
        label,
        [*validators, Length(max=most, message=too_long)],
        filters=[_stripped],
        render_kw={"maxlength": str(most), "autocomplete": "off"},
    )


class GrantForm(Form):
    """Ask for a grant that has come."""

    amount = AmountField(
        _l("Amount in euros"),
        [InputRequired(_l("Write the amount that you have received."))],
        render_kw={"inputmode": "decimal", "maxlength": "20", "autocomplete": "off"},
    )
    source = _words(_l("Who gives it?"), LONGEST_SOURCE, InputRequired(_l("Write who gives it.")))
    received_on = DayField(_l("Received on"), [InputRequired(_l("On which day did it come?"))])
    note = _words(_l("Note"), LONGEST_NOTE)

    def __init__(self, *args: Any, currency: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.amount.currency = currency
        self._today = today

    def validate_amount(self, field: AmountField) -> None:
        """Refuse nothing, and what is beyond our books."""
        if field.data is not None and field.data.minor <= 0:
            raise ValidationError(_("A grant is more than nothing."))
        if field.data is not None and field.data > Money.of(MOST_EUROS, field.data.currency):
            raise ValidationError(_("This is more than our books hold."))

    def validate_source(self, field: StringField) -> None:
        """Refuse blanks."""
        if not field.data:
            raise ValidationError(_("Write who gives it."))

    def validate_received_on(self, field: DayField) -> None:
        """Refuse a day to come."""
        if field.data is not None and field.data > self._today:
            raise ValidationError(_("A grant is entered when it has come: today at the latest."))

    @property
    def grant(self) -> Grant:
        """Return what a form that is filled says."""
        assert self.amount.data is not None
        assert self.received_on.data is not None
        return Grant(self.amount.data, self.source.data or "", self.received_on.data, self.note.data or "")
