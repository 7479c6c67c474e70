"""Reading TOML key by key: every value is checked, unknown keys are refused, faults carry their path."""

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Self

from pricing.money import AmountInvalid, Money
from pricing.refusal import GridInvalid

LANGUAGES = ("fr", "en")


class Table:
    """Read one table; use it in a `with` statement, whose end refuses keys that nobody asked for."""

    def __init__(self, values: object, path: str = "") -> None:
        if not isinstance(values, dict):
            raise GridInvalid("wrong_type", path, "a table is expected")
        self._values: dict[str, Any] = dict(values)
        self.path = path

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None and self._values:
            raise GridInvalid("unknown_key", self.at(min(self._values)), "nothing is known under this name")

    def at(self, key: str) -> str:
        """Return the path of a key."""
        return f"{self.path}.{key}" if self.path else key

    def has(self, key: str) -> bool:
        """Tell whether an optional key is there."""
        return key in self._values

    def unread(self) -> list[str]:
        """List the keys not read yet, for a table whose keys are free."""
        return list(self._values)

    def text(self, key: str) -> str:
        """Take a text that is not empty."""
        value = self._take(key, str)
        if not value.strip():
            raise GridInvalid("empty_text", self.at(key), "a text is expected")
        return str(value)

    def whole(self, key: str) -> int:
        """Take a whole number of at least 1."""
        value = self._take(key, int)
        if value < 1:
            raise GridInvalid("not_positive", self.at(key), "a number from 1 up is expected")
        return int(value)

    def number(self, key: str) -> Fraction:
        """Take an exact decimal number; it is written as text, so that no reader makes a float of it."""
        try:
            return Fraction(Decimal(self._plain(key)))
        except ArithmeticError:
            raise GridInvalid("not_a_number", self.at(key), "a plain decimal number is expected") from None

    def money(self, key: str, currency: str) -> Money:
        """Take an amount in major units, written as text."""
        try:
            return Money.of(self._take(key, str), currency)
        except AmountInvalid as refusal:
            raise GridInvalid("not_an_amount", self.at(key), str(refusal)) from None

    def day(self, key: str) -> date:
        """Take a plain date."""
        return _plain_date(self._take(key, date), self.at(key))

    def days(self, key: str) -> tuple[date, ...]:
        """Take a list of plain dates, ascending, none twice."""
        days = tuple(_plain_date(day, self.at(key)) for day in self._take(key, list))
        if list(days) != sorted(set(days)):
            raise GridInvalid("dates_order", self.at(key), "dates ascend, and none stands twice")
        return days

    def texts(self, key: str) -> tuple[str, ...]:
        """Take a list of texts that are not empty."""
        values = self._take(key, list)
        for place, value in enumerate(values, 1):
            if not isinstance(value, str) or not value.strip():
                raise GridInvalid(
                    "wrong_type", f"{self.at(key)}[{place}]", f"a text is expected, not {value!r}"
                )
        return tuple(values)

    def flag(self, key: str) -> bool:
        """Take true or false."""
        return bool(self._take(key, bool))

    def names(self, key: str) -> Mapping[str, str]:
        """Take a text in every language of the house."""
        with self.table(key) as names:
            return MappingProxyType({language: names.text(language) for language in LANGUAGES})

    def table(self, key: str) -> Self:
        """Take a table."""
        return type(self)(self._take(key, dict), self.at(key))

    def tables(self, key: str) -> Iterator[Self]:
        """Take a list of tables, each with its place counted from 1."""
        for place, values in enumerate(self._take(key, list), 1):
            yield type(self)(values, f"{self.at(key)}[{place}]")

    def _plain(self, key: str) -> str:
        value = str(self._take(key, str))
        if not value.isascii() or not value.lstrip("-").replace(".", "", 1).isdigit() or len(value) > 40:
            raise GridInvalid("not_a_number", self.at(key), "a plain decimal number is expected")
        return value

    def _take(self, key: str, kind: type) -> Any:
        if key not in self._values:
            raise GridInvalid("missing_key", self.at(key), "this value is missing")
        value = self._values.pop(key)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise GridInvalid("wrong_type", self.at(key), f"not a {kind.__name__}: {value!r}")
        return value


def read(text: str) -> Table:
    """Parse a document. Raises: GridInvalid when it is not TOML, or no text that can be stored."""
    try:
        text.encode()
        return Table(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, UnicodeEncodeError, RecursionError) as fault:
        raise GridInvalid("not_toml", "document", str(fault)) from None


@contextmanager
def under(path: str) -> Iterator[None]:
    """Prefix the faults that a value found in itself with the path of the place that was being read."""
    try:
        yield
    except GridInvalid as fault:
        if fault.path.startswith(path):
            raise
        raise GridInvalid(fault.code, f"{path}.{fault.path}", fault.message) from None


def _plain_date(value: object, path: str) -> date:
    if type(value) is not date:
        raise GridInvalid("wrong_type", path, f"a plain date is expected, not {value!r}")
    return value
