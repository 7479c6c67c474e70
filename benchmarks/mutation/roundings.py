"""Other ways to round, which the tests of a price must tell from half up; they take the place of its one rounding."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from fractions import Fraction
from typing import Any

STAND_IN = "rounded_otherwise"


def _down(steps: Fraction) -> int:
    return int(steps)


def _up(steps: Fraction) -> int:
    return -int(-steps // 1)


def _half_even(steps: Fraction) -> int:
    return round(steps)


def _half_down(steps: Fraction) -> int:
    return int(steps) if (steps - int(steps)) * 2 <= 1 else int(steps) + 1


ROUNDINGS: dict[str, Callable[[Fraction], int]] = {
    "down": _down,
    "up": _up,
    "half even": _half_even,
    "half down": _half_down,
}
"""By name, the nearest step of a size of nothing or more."""


def rounded_otherwise(name: str, rounding: Callable[..., Any], *args: Any, **named: Any) -> Any:
    """Call what rounds (`Money.nearest` or `round_half_up`) while the house's only rounding is another one."""
    money = importlib.import_module("pricing.money")
    kept = money.round_half_up

    def otherwise(value: Any, step_minor: int = 1) -> int:
        steps = ROUNDINGS[name](Fraction(abs(value)) / step_minor) * step_minor
        return steps if value >= 0 else -steps

    money.round_half_up = otherwise
    try:
        return (otherwise if rounding is kept else rounding)(*args, **named)
    finally:
        money.round_half_up = kept
