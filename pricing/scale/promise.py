"""The promise `monotone`: values rise (or fall) from row to row, in every class of every table."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from pricing.scale.amount import shortest
from pricing.scale.operands import Case, Tabular, agree, cases
from pricing.scale.place import Place, word

RISING, FALLING = "rising", "falling"
promise = word((RISING, FALLING))


def check_promise(kept: str | None, values: Sequence[Tabular], places: Sequence[Place]) -> None:
    """Note every place whose value falls (or rises) after the one before, in some class."""
    if kept is None:
        return
    table = [list(cases(value)) for value in values]
    for index, place in enumerate(places):
        broken = next((pair for pair in _neighbours(table, index) if _breaks(kept, *pair)), None)
        if broken is not None:
            before, now = map(shortest, broken)
            place.note("not_monotone", f"{kept} is promised, and the value goes from {before} to {now}")


def _breaks(kept: str, before: Fraction, now: Fraction) -> bool:
    return now < before if kept == RISING else now > before


def _neighbours(table: Sequence[Sequence[Case]], index: int) -> Iterator[tuple[Fraction, Fraction]]:
    """Yield each value of a row with the nearest earlier ones of the same classes; a row may have none there."""
    for chosen, value in table[index]:
        if value is not None:
            for before in _nearest(table, index - 1, chosen):
                yield before, value


def _nearest(table: Sequence[Sequence[Case]], index: int, chosen: Mapping[str, str]) -> Iterator[Fraction]:
    waiting = [(index, chosen)]
    while waiting:
        row, classes = waiting.pop()
        for case, value in table[row] if row >= 0 else ():
            if not agree(case, classes):
                continue
            if value is None:
                waiting.append((row - 1, {**classes, **case}))
            else:
                yield value
