"""Numbers as people of the office write them: "2,50", "−15 %", "1 234.5"; exact, and shown again as they were typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask_babel import gettext as _
from wtforms import Field
from wtforms.widgets import TextInput

from app.web.language import current_language
from pricing.document_writer import number as canonical

_NUMBER = re.compile(r"([-+−]?)([0-9]{1,9})(?:[.,]([0-9]{1,6}))?")
_BESIDE = re.compile(r"[\s\u00a0\u202f€%]")


def read_number(text: str) -> Fraction:
    """Read a number with a comma or a point, whatever blanks, € or % stand beside it.

    >>> read_number("2,50 €"), read_number("−15 %"), read_number("78 200")
    (Fraction(5, 2), Fraction(-15, 1), Fraction(78200, 1))

    Raises: ValueError for anything else.
    """
    written = _NUMBER.fullmatch(_BESIDE.sub("", text))
    if not written:
        raise ValueError(text)
    sign, whole, decimals = written.groups()
    value = Fraction(Decimal(f"{whole}.{decimals or 0}"))
    return -value if sign in {"-", "−"} else value


def write_number(value: Fraction, language: str) -> str:
    """Write a number as somebody would type it.

    >>> write_number(Fraction(5, 2), "fr"), write_number(Fraction(-15), "en")
    ('2,5', '-15')

    Raises: GridInvalid when no finite decimal equals it.
    """
    digits = canonical(value).strip('"')
    return digits.replace(".", ",") if language == "fr" else digits


class NumberField(Field):
    """An exact number; `most_decimals` is how many digits may follow the comma."""

    widget = TextInput()
    data: Fraction | None

    def __init__(self, *args: Any, most_decimals: int = 6, **kwargs: Any) -> None:
        kwargs.setdefault("render_kw", {"inputmode": "decimal", "maxlength": "20", "autocomplete": "off"})
        super().__init__(*args, **kwargs)
        self.most_decimals = most_decimals

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else write_number(self.data, current_language())

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the number. Raises: ValueError, with a sentence for whoever typed it."""
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            value = read_number(valuelist[0])
        except ValueError:
            raise ValueError(_("Write a number in figures: for example 12 or 2.50.")) from None
        if (value * 10**self.most_decimals).denominator != 1:
            raise ValueError(_("This has too many digits after the comma."))
        self.data = value
