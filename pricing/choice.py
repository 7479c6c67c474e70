"""The choice: the price that a guest agreed to, night by night, and the bracket it belongs to.

Bracket and due are for the guest alone (decision 15), so they stay out of what is printed of these values.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from pricing.money import Money, split
from pricing.refusal import Refusal


class BelowMinimum(Refusal):
    """Say that an amount is under the least that is taken; ask for a solidarity night, or call."""

    def __init__(self, minimum: Money) -> None:
        super().__init__(f"the least that is taken for this stay is {minimum}")
        self.minimum = minimum


class UnknownBracket(Refusal):
    """Say that the grid has no bracket of this number."""


@dataclass(frozen=True, slots=True)
class PricedNight:
    """Hold one room night as it is stored: the real cost, what the rung asks, what was agreed."""

    room_index: int
    night: date
    reference: Money
    due: Money = field(repr=False)
    chosen: Money


@dataclass(frozen=True, slots=True)
class Choice:
    """Hold an agreed price; `bracket` is None for a guest who would rather not choose.

    The nights are in order of date, then of room; their `chosen` add up to `amount`.
    """

    bracket: int | None = field(repr=False)
    due: Money = field(repr=False)
    amount: Money
    nights: tuple[PricedNight, ...]

    @property
    def is_free_amount(self) -> bool:
        """Tell whether the guest named an amount that is not what a rung asks."""
        return self.amount != self.due


def bracket_reached(amounts: Sequence[Money], amount: Money) -> int:
    """Return the bracket of the highest rung that a free amount reaches, else of the lowest.

    `amounts` are those of all brackets, ascending; of equal ones the lower bracket is meant.
    """
    reached = max((rung for rung in amounts if rung <= amount), default=amounts[0])
    return amounts.index(reached) + 1


def share(amount: Money, dues: Sequence[Money]) -> tuple[Money, ...]:
    """Split an agreed amount over room nights in proportion to what each asks, earliest first."""
    return split(amount, [due.minor for due in dues])
