"""The question behind new codes of a partner: which rung, how much is paid, for how many stays, until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, IntegerField, SelectField, StringField, ValidationError
from wtforms.validators import InputRequired, Length, NumberRange

from app.services.partner_codes import MOST_AT_ONCE, CodeTerms
from app.web.drawings.portrait import BracketWords
from app.web.guest.forms.fields import AmountField, DayField

MOST_USES = 100
LONGEST_PARTNER = 120


class CodeForm(Form):
    """Ask what new codes give; a code that gives nothing is none."""

    partner = StringField(
        _l("Partner"),
        [InputRequired(_l("Write who gives these codes out.")), Length(max=LONGEST_PARTNER)],
        filters=[lambda text: (text or "").strip()],
        render_kw={"maxlength": str(LONGEST_PARTNER), "autocomplete": "off"},
    )
    bracket = SelectField(_l("Price"), choices=[])
    cap = AmountField(
        _l("The partner pays, of each stay, up to (in euros)"),
        render_kw={"inputmode": "decimal", "maxlength": "20", "autocomplete": "off"},
    )
    uses = IntegerField(
        _l("Stays for each code"),
        [InputRequired(_l("Write a number.")), NumberRange(1, MOST_USES, _l("From 1 to 100 stays."))],
        default=1,
    )
    valid_until = DayField(_l("May be used until"), [InputRequired(_l("Write the last day."))])
    count = IntegerField(
        _l("How many codes"),
        [
            InputRequired(_l("Write a number.")),
            NumberRange(1, MOST_AT_ONCE, _l("From 1 to 50 codes at once.")),
        ],
        default=1,
    )

    def __init__(
        self, *args: Any, brackets: Sequence[BracketWords], currency: str, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.cap.currency = currency
        self._today = today
        chosen = [
            (str(each.number), _("the one for %(incomes)s a month", incomes=each.incomes))
            for each in brackets
        ]
        self.bracket.choices = [("", _("the guest chooses")), *chosen]

    def validate_partner(self, field: StringField) -> None:
        """Refuse blanks."""
        if not field.data:
            raise ValidationError(_("Write who gives these codes out."))

    def validate_cap(self, field: AmountField) -> None:
        """Refuse a code that gives nothing."""
        if field.data is not None and field.data.minor <= 0:
            raise ValidationError(_("Write more than nothing, or leave it empty."))
        if field.data is None and not self.bracket.data:
            raise ValidationError(_("A code gives a price, or an amount, or both."))

    def validate_valid_until(self, field: DayField) -> None:
        """Refuse a day that is over."""
        if field.data is not None and field.data < self._today:
            raise ValidationError(_("This day is over. Choose today or a later day."))

    def terms(self) -> CodeTerms:
        """Return what the codes give."""
        return CodeTerms(
            partner=self.partner.data or "",
            bracket=int(self.bracket.data) if self.bracket.data else None,
            cap=self.cap.data,
            most_uses=self.uses.data or 1,
            valid_until=self.valid_until.data or self._today,
        )
