"""Read days, ages and amounts as people write them; what cannot be read is shown again as it was written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup
from wtforms import Field
from wtforms.widgets import DateInput, TextInput

from pricing.household import ADULT_FROM
from pricing.money import Money

MOST_CHILDREN = 10

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})\s*[/. -]\s*([0-9]{1,2})\s*[/. -]\s*([0-9]{4}|[0-9]{2})")
_BETWEEN_AGES = re.compile(r"[\s,;/+&]+|\bet\b|\band\b", re.IGNORECASE)
_AGE = re.compile(r"[0-9]{1,2}")
_AMOUNT = re.compile(r"([0-9]{1,3}(?:[ \u00a0\u202f'’][0-9]{3})+|[0-9]{1,6})(?:[.,]([0-9]{1,2}))?")


def read_day(text: str) -> date:
    """Read a day as browsers send it or as people write it, the day before the month (DATE-01).

    >>> read_day("2026-12-24") == read_day("24/12/2026") == read_day("24.12.26") == read_day("24 12 2026")
    True

    Raises: ValueError.
    """
    iso = _ISO.fullmatch(text.strip())
    if iso:
        year, month, day = iso.groups()
        return date(int(year), int(month), int(day))
    written = _DAY_FIRST.fullmatch(text.strip())
    if not written:
        raise ValueError(text)
    day, month, year = written.groups()
    return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))


def read_ages(text: str) -> tuple[int, ...]:
    """Read ages in whole years, with whatever stands between them.

    >>> read_ages("4, 7"), read_ages("0 et 12 ans"), read_ages("")
    ((4, 7), (0, 12), ())

    Raises: ValueError.
    """
    words = [
        word for word in _BETWEEN_AGES.split(text) if word and word.casefold() not in ("ans", "an", "years")
    ]
    if not all(_AGE.fullmatch(word) for word in words):
        raise ValueError(text)
    return tuple(int(word) for word in words)


def read_amount(text: str, currency: str) -> Money:
    """Read an amount with a comma or a point, a currency sign and blanks between thousands.

    >>> read_amount("1 234,50 €", "EUR"), read_amount("€42", "EUR")
    (Money(minor=123450, currency='EUR'), Money(minor=4200, currency='EUR'))

    Raises: ValueError for anything else: a sign, an exponent, three digits after the comma.
    """
    bare = re.sub(r"\s*(€|eur|euros?)\s*", "", text.strip(), flags=re.IGNORECASE)
    written = _AMOUNT.fullmatch(bare)
    if not written:
        raise ValueError(text)
    whole = re.sub(r"[^0-9]", "", written.group(1))
    return Money.of(f"{whole}.{written.group(2) or '0'}", currency)


def write_amount(amount: Money, language: str) -> str:
    """Write an amount as somebody would type it.

    >>> write_amount(Money(4250), "fr"), write_amount(Money(4200), "en")
    ('42,50', '42')
    """
    text = f"{amount.decimal:f}".removesuffix(".00")
    return text.replace(".", ",") if language == "fr" else text


class _DayInput(DateInput):
    """A native date control; plain text when it holds something that the control would throw away."""

    def __call__(self, field: Any, **attributes: Any) -> Markup:
        if field.raw_data and field.raw_data[0] and field.data is None:
            attributes["type"] = "text"
        return super().__call__(field, **attributes)


class DayField(Field):
    """A plain date of the hotel."""

    widget = _DayInput()
    data: date | None

    def _value(self) -> str:
        if self.data is not None:
            return self.data.isoformat()
        return str(self.raw_data[0]) if self.raw_data else ""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the day. Raises: ValueError, with a sentence for the guest."""
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            self.data = read_day(valuelist[0])
        except ValueError:
            raise ValueError(_("This is not a day that we know. Write it like this: 24/12/2026.")) from None


class AgesField(Field):
    """The ages of the children, in one line of text."""

    widget = TextInput()
    data: tuple[int, ...] | None

    def _value(self) -> str:
        if self.data:
            return ", ".join(str(age) for age in self.data)
        return str(self.raw_data[0]) if self.raw_data else ""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the ages. Raises: ValueError, with a sentence for the guest."""
        self.data = None
        try:
            ages = read_ages(valuelist[0] if valuelist else "")
        except ValueError:
            raise ValueError(
                _("Write only the ages in years, with a comma between them: 4, 7. A baby is 0.")
            ) from None
        if any(age >= ADULT_FROM for age in ages):
            raise ValueError(_("From 18 on, please count people among the adults."))
        if len(ages) > MOST_CHILDREN:
            raise ValueError(_("For so many children, please call us: we shall find room together."))
        self.data = ages


class AmountField(Field):
    """A sum of money in the currency of the house."""

    widget = TextInput()
    data: Money | None

    def __init__(self, *args: Any, currency: str = "EUR", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else ""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the amount. Raises: ValueError, with a sentence for the guest."""
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            self.data = read_amount(valuelist[0], self.currency)
        except ValueError:
            raise ValueError(
                _("Write an amount in figures, in euros and cents: for example 42 or 42.50.")
            ) from None
