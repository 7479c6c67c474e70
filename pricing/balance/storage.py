"""Forecasts, solutions and drafts as JSON and back, exactly: numbers and amounts are text, kinds are named."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from pricing.balance.evolution import Draft, Finding, Unchanged
from pricing.balance.forecast import Forecast, ForecastNights, Target
from pricing.balance.solver import Balanced, FloorTooHigh, OutOfReach
from pricing.money import Money
from pricing.refusal import Refusal

FORM = "pricing-balance/1"
KINDS = {
    kind.__name__: kind
    for kind in (
        Forecast, ForecastNights, Target, Balanced, OutOfReach, FloorTooHigh, Finding, Draft, Unchanged
    )
}  # fmt: skip
LONGEST_NUMBER = 4000
_EXACT = re.compile(r"-?[0-9]+(/[0-9]*[1-9][0-9]*)?", re.ASCII)
_MONEY = re.compile(r"(\S+) ([A-Z]{3})", re.ASCII)

Value = TypeVar("Value")


class StoredInvalid(Refusal):
    """Say that a text is no value of the balance that was stored here."""


def dumps(value: object) -> str:
    """Write a value of this package as JSON, in one canonical form. Raises: TypeError for any other."""
    if type(value) not in KINDS.values():
        raise TypeError(f"{value!r} is not stored as JSON here")
    return json.dumps({"form": FORM, "value": _plain(value)}, ensure_ascii=False, sort_keys=True)


def loads(kind: type[Value], text: str) -> Value:
    """Read a value of this kind. Raises: StoredInvalid."""
    try:
        document = json.loads(text)
        if not isinstance(document, dict) or document.get("form") != FORM:
            raise StoredInvalid(f"the form is not {FORM}")
        value = _of(kind, _build(kind, document["value"]))
    except (ValueError, TypeError, LookupError, ArithmeticError, RecursionError) as fault:
        raise StoredInvalid(f"this is no stored {kind.__name__}: {fault}") from None
    return value


def _plain(value: object) -> object:
    match value:
        case Fraction() | Money():
            return str(value)
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(part) for part in value]
        case int() | str() | None:
            return value
    assert is_dataclass(value)
    parts = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return {"kind": type(value).__name__, **parts}


def _build(kind: Any, stored: object) -> object:
    if get_origin(kind) is tuple:
        part = get_args(kind)[0]
        return tuple(_build(part, one) for one in _of(list, stored))
    if isinstance(kind, UnionType):
        return _build_one_of(get_args(kind), stored)
    if kind in _READERS:
        return _READERS[kind](_of(str, stored))
    if kind in {int, str}:
        return _of(kind, stored)
    return _build_dataclass(kind, _of(dict, stored))


def _build_one_of(kinds: tuple[type, ...], stored: object) -> object:
    if stored is None and NoneType in kinds:
        return None
    if isinstance(stored, dict):
        return (
            _build(KINDS[stored["kind"]], stored) if KINDS[stored["kind"]] in kinds else _of(kinds[0], None)
        )
    return _build(kinds[0], stored)


def _build_dataclass(kind: type, stored: Mapping[str, object]) -> object:
    hints = {field.name: get_type_hints(kind)[field.name] for field in fields(kind)}
    if set(stored) != {"kind", *hints} or stored["kind"] != kind.__name__:
        raise StoredInvalid(f"these are not the parts of a {kind.__name__}: {sorted(stored)}")
    return kind(**{name: _build(hint, stored[name]) for name, hint in hints.items()})


def _of(kind: type[Value], stored: object) -> Value:
    if not isinstance(stored, kind) or isinstance(stored, bool):
        raise StoredInvalid(f"a {kind.__name__} is expected, not {stored!r}")
    return stored


def _fraction(text: str) -> Fraction:
    if len(text) > LONGEST_NUMBER or not _EXACT.fullmatch(text):
        raise StoredInvalid("a number is a whole one or two with a stroke between them")
    return Fraction(text)


def _money(text: str) -> Money:
    parts = _MONEY.fullmatch(text)
    if not parts:
        raise StoredInvalid(f"{text!r} is no amount with its currency")
    return Money.of(parts[1], parts[2])


_READERS: Mapping[Any, Callable[[str], object]] = {
    Fraction: _fraction,
    Money: _money,
    date: date.fromisoformat,
}
