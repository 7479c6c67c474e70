"""Writing TOML in one canonical way: fixed order, exact decimals, one way to write each thing."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from pricing.money import Money
from pricing.refusal import GridInvalid

MOST_DECIMALS = 30


def table(name: str, values: Mapping[str, str], *, is_list: bool = False) -> Iterator[str]:
    """Write a table, or one of a list of tables, after an empty line; the values are written already."""
    yield ""
    yield f"[[{name}]]" if is_list else f"[{name}]"
    yield from lines(values)


def lines(values: Mapping[str, str]) -> Iterator[str]:
    """Write keys and values, one a line."""
    yield from (f"{key} = {value}" for key, value in values.items())


def inline(values: Mapping[str, str]) -> str:
    """Write a table in one line."""
    return "{ " + ", ".join(lines(values)) + " }"


def number(value: Fraction) -> str:
    """Write a number exactly, as text. Raises: GridInvalid when no finite decimal equals it.

    >>> number(Fraction(1, 40))
    '"0.025"'
    """
    for decimals in range(MOST_DECIMALS + 1):
        scaled = value * 10**decimals
        if scaled.denominator == 1:
            return f'"{Decimal(f"{scaled.numerator}E-{decimals}"):f}"'
    raise GridInvalid("not_a_decimal", "grid", f"{value} cannot be written as a decimal number")


def amount(money: Money) -> str:
    """Write an amount in major units, with all its cents."""
    return f'"{money.decimal:f}"'


def text(words: str) -> str:
    """Write a text, with what TOML forbids in it escaped."""
    escaped = "".join(f"\\u{ord(sign):04x}" if sign < " " or sign in '"\\\x7f' else sign for sign in words)
    return f'"{escaped}"'


def flag(value: bool) -> str:
    """Write true or false."""
    return "true" if value else "false"


def names(by_language: Mapping[str, str]) -> str:
    """Write a text in every language."""
    return inline({language: text(name) for language, name in by_language.items()})


def dates(days: Iterable[date]) -> str:
    """Write plain dates, ascending."""
    return listed(str(day) for day in sorted(days))


def listed(items: Iterable[str]) -> str:
    """Write a list in one line; the items are written already."""
    return "[" + ", ".join(items) + "]"
