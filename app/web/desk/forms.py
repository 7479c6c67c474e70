"""The small forms of the desk: a reason, a payment, a block."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, RadioField, SelectField, StringField, ValidationError
from wtforms.validators import InputRequired, Length

from app.models import PaymentMethod
from app.services.blocks import REASONS
from app.services.folios import AT_THE_DESK
from app.web.desk.words import BLOCK_REASONS, METHODS
from app.web.filters import money
from app.web.guest.forms.fields import AmountField, DayField
from app.web.language import current_language
from pricing.money import Money

LONGEST_REASON = 200
LONGEST_BLOCK_DAYS = 731
TOO_LONG = _l("This is longer than our books hold: 200 characters at most.")


def stripped(text: str | None) -> str:
    """Return a text without the blanks around it."""
    return (text or "").strip()


class ReasonForm(Form):
    """Ask why; a few words that colleagues will understand."""

    reason = StringField(
        _l("Reason"),
        [InputRequired(_l("Write a few words: why?")), Length(max=LONGEST_REASON, message=TOO_LONG)],
        filters=[stripped],
        render_kw={"maxlength": str(LONGEST_REASON), "autocomplete": "off"},
    )

    @property
    def words(self) -> str:
        """Return what was written."""
        return self.reason.data or ""

    def validate_reason(self, field: StringField) -> None:
        """Refuse blanks."""
        if not field.data:
            raise ValidationError(_("Write a few words: why?"))


class PaymentForm(Form):
    """Ask how and how much was paid."""

    method = SelectField(
        _l("How was it paid?"),
        [InputRequired()],
        choices=lambda: {method.value: str(METHODS[method]) for method in AT_THE_DESK},
    )
    amount = AmountField(
        _l("Amount in euros"),
        [InputRequired(_l("Write the amount that you have received."))],
        render_kw={"inputmode": "decimal", "maxlength": "20", "autocomplete": "off"},
    )
    note = StringField(
        _l("Note"),
        [Length(max=LONGEST_REASON, message=TOO_LONG)],
        filters=[stripped],
        render_kw={"maxlength": str(LONGEST_REASON), "autocomplete": "off"},
    )

    def __init__(self, *args: Any, to_pay: Money, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.amount.currency = to_pay.currency
        self._to_pay = to_pay

    def validate_amount(self, field: AmountField) -> None:
        """Refuse nothing, and more than is left to pay: a slip of the finger, or a button pressed twice."""
        if field.data is None:
            return
        if field.data.minor <= 0:
            raise ValidationError(_("A payment is more than nothing."))
        if self._to_pay.minor <= 0:
            raise ValidationError(_("Nothing is left to pay."))
        if field.data > self._to_pay:
            raise ValidationError(
                _(
                    "This is more than is left to pay: %(amount)s. Write down what stays in the till.",
                    amount=money(self._to_pay, current_language()),
                )
            )


class RepaymentForm(Form):
    """Ask how and how much is given back; `most` says by which means, and how much at most by each."""

    method = SelectField(_l("How is it given back?"), [InputRequired()])
    amount = AmountField(
        _l("Amount given back, in euros"),
        [InputRequired(_l("Write the amount that you give back."))],
        render_kw={"inputmode": "decimal", "maxlength": "20", "autocomplete": "off"},
    )
    note = StringField(
        _l("Note"),
        [Length(max=LONGEST_REASON, message=TOO_LONG)],
        filters=[stripped],
        render_kw={"maxlength": str(LONGEST_REASON), "autocomplete": "off"},
    )

    def __init__(self, *args: Any, currency: str, most: Mapping[PaymentMethod, Money], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.method.choices = [(method.value, str(METHODS[method])) for method in most]
        self.amount.currency = currency
        self._most = {method.value: amount for method, amount in most.items()}

    def validate_amount(self, field: AmountField) -> None:
        """Refuse nothing, and more than is owed or came in by this means."""
        if field.data is None:
            return
        if field.data.minor <= 0:
            raise ValidationError(_("What is given back is more than nothing."))
        most = self._most.get(self.method.data or "")
        if most is None:
            raise ValidationError(_("Nothing is left to give back in this way."))
        if field.data > most:
            raise ValidationError(
                _("At most %(amount)s can go back in this way.", amount=money(most, current_language()))
            )


class ToldAmountForm(Form):
    """Ask for the amount that the guest has told, for the whole stay."""

    amount = AmountField(
        _l("Amount for the whole stay, in euros"),
        [InputRequired(_l("Write the amount that the guest has told you."))],
        render_kw={"inputmode": "decimal", "maxlength": "20", "autocomplete": "off"},
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.amount.currency = currency


class BlockForm(Form):
    """Ask which room is closed, when, and why."""

    room = SelectField(_l("Room"), [InputRequired()], coerce=int)
    arrival = DayField(_l("First night"), [InputRequired(_l("Tell us the first night."))])
    departure = DayField(
        _l("Free again from"), [InputRequired(_l("Tell us the day from which it is free again."))]
    )
    reason = RadioField(
        _l("Reason"),
        [InputRequired(_l("Choose a reason."))],
        choices=lambda: {reason: str(BLOCK_REASONS[reason]) for reason in REASONS},
    )
    note = StringField(
        _l("Note"),
        [Length(max=LONGEST_REASON, message=TOO_LONG)],
        filters=[stripped],
        render_kw={"maxlength": str(LONGEST_REASON), "autocomplete": "off"},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def validate_departure(self, field: DayField) -> None:
        """Refuse a block without a night, one that is over, and one longer than two years."""
        if field.data is None or self.arrival.data is None:
            return
        if field.data <= self.arrival.data:
            raise ValidationError(_("This day comes after the first night: at least one night is closed."))
        if field.data <= self._today:
            raise ValidationError(_("These nights are over: nobody can be kept out of them any more."))
        if (field.data - self.arrival.data).days > LONGEST_BLOCK_DAYS:
            raise ValidationError(_("Two years at most; block it again later."))
