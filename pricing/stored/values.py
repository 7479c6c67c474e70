"""What a stored text is made of: tables of named keys, amounts and days as text, whole numbers, true and false."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from pricing.money import Money
from pricing.refusal import Refusal

LONGEST_TEXT = 4_000_000
_AMOUNT = re.compile(r"[0-9]{1,15}(\.[0-9]{1,3})?", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)

Value = TypeVar("Value")


class QuoteInvalid(Refusal):
    """Say that a text is no quote or choice as it was stored here."""


def write_text(document: Mapping[str, object]) -> str:
    """Write a document in one canonical form."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def write_amount(amount: Money) -> str:
    """Write an amount in major units, with all its cents."""
    return f"{amount.decimal:f}"


def write_day(day: date | None) -> str | None:
    """Write a day, or that there is none."""
    return None if day is None else str(day)


def read_text(text: str, build: Callable[[Any], Value]) -> Value:
    """Parse a document and build a value of it. Raises: QuoteInvalid, whatever is wrong with the text."""
    if len(text) > LONGEST_TEXT:
        raise QuoteInvalid(f"a stored quote has {LONGEST_TEXT} characters at most")
    try:
        return build(
            json.loads(text, object_pairs_hook=_once, parse_float=_no_number, parse_constant=_no_number)
        )
    except QuoteInvalid:
        raise
    except (ValueError, TypeError, RecursionError) as fault:
        raise QuoteInvalid(f"this was not stored here: {fault}") from None


def read_table(told: object, keys: set[str], schema: str | None = None) -> Mapping[str, Any]:
    """Read a table that has these keys and no others. Raises: QuoteInvalid."""
    if not isinstance(told, dict) or told.keys() != keys:
        raise QuoteInvalid(f"a table of {', '.join(sorted(keys))} is expected")
    if schema is not None and told["schema"] != schema:
        raise QuoteInvalid(f"the schema is {schema}, not {told['schema']!r}")
    return told


def read_of(kind: type[Value], told: object) -> Value:
    """Read a value of one kind, true being no number. Raises: QuoteInvalid."""
    if not isinstance(told, kind) or (kind is int and isinstance(told, bool)):
        raise QuoteInvalid(f"a {kind.__name__} is expected, not {told!r}")
    return told


def read_amount(told: object, currency: str) -> Money:
    """Read an amount of nothing or more. Raises: QuoteInvalid; AmountInvalid when it is finer than a cent."""
    if not isinstance(told, str) or not _AMOUNT.fullmatch(told):
        raise QuoteInvalid(f"an amount is text such as 12.50, not {told!r}")
    return Money.of(told, currency)


def read_day(told: object) -> date:
    """Read a day. Raises: QuoteInvalid; ValueError for one that no month has."""
    if not isinstance(told, str) or not _DAY.fullmatch(told):
        raise QuoteInvalid(f"a day is written 2027-07-02, not {told!r}")
    return date.fromisoformat(told)


def read_day_or_none(told: object) -> date | None:
    """Read a day, or that there is none. Raises: as `read_day`."""
    return None if told is None else read_day(told)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a key stands twice")
    return dict(pairs)


def _no_number(digits: str) -> None:
    raise ValueError(f"{digits} is no whole number: an amount is text")
