"""A quote as a value: the lines of a stay before the guest has chosen, and the choice that is made from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pricing.choice import BelowMinimum, Choice, PricedNight, UnknownBracket, bracket_reached, share
from pricing.household import Household
from pricing.ladder import Rung
from pricing.money import Money
from pricing.refusal import Refusal
from pricing.room_request import RoomRequest
from pricing.seasons import SeasonHit
from pricing.stay import Stay


class QuoteExpired(Refusal):
    """Say until when a quote was honoured; ask for a new one."""

    def __init__(self, honoured_until: date) -> None:
        super().__init__(f"this price was honoured until {honoured_until}; ask for it again")
        self.honoured_until = honoured_until


@dataclass(frozen=True, slots=True)
class CostLine:
    """Hold a part of the real cost of the stay: its code is fixed, room or persons."""

    code: str
    amount: Money


@dataclass(frozen=True, slots=True)
class QuotedNight:
    """Hold one room night: its season, real cost, what each bracket pays (lowest first) and the undecided."""

    room_index: int
    night: date
    season: SeasonHit
    reference: Money
    dues: tuple[Money, ...]
    undecided: Money


@dataclass(frozen=True, slots=True)
class Quote:
    """Hold the price of a stay of one household before it has chosen; amounts are for the whole stay.

    `cost_lines` add up to `cost`; `bracket_amounts` has one amount a bracket, equal ones included; `nights`
    are in order of date, then of room. It is honoured up to and on `honoured_until`; without an end where nobody
    said on which day it was made, as for a stay that is booked already.
    """

    grid_hash: str
    grid_version: int
    stay: Stay
    rooms: tuple[RoomRequest, ...]
    household: Household
    is_resident: bool
    nights: tuple[QuotedNight, ...]
    cost_lines: tuple[CostLine, ...]
    cost: Money
    bracket_amounts: tuple[Money, ...]
    minimum: Money
    ladder: tuple[Rung, ...]
    quoted_on: date | None = None
    honoured_until: date | None = None

    @property
    def lowest(self) -> Money:
        """Return the lowest amount of the ladder."""
        return self.ladder[0].amount

    @property
    def highest(self) -> Money:
        """Return the highest amount of the ladder."""
        return self.ladder[-1].amount

    def choose(
        self, *, bracket: int | None = None, amount: Money | None = None, today: date | None = None
    ) -> Choice:
        """Return what is stored for a bracket, a free amount, or neither (who would rather not choose).

        Raises: QuoteExpired when `today` is said and comes after the end of the quote, BelowMinimum,
        UnknownBracket, CurrencyMismatch; ValueError when both are given.
        """
        if today and self.honoured_until and today > self.honoured_until:
            raise QuoteExpired(self.honoured_until)
        if bracket is not None and amount is not None:
            raise ValueError("a guest chooses a bracket or names an amount, not both")
        if amount is not None:
            return self._name(amount)
        if bracket is not None:
            return self._take(bracket)
        undecided = [night.undecided for night in self.nights]
        return self._priced(None, undecided, undecided)

    def _name(self, amount: Money) -> Choice:
        if amount < self.minimum:
            raise BelowMinimum(self.minimum)
        bracket = bracket_reached(self.bracket_amounts, amount)
        dues = self._dues(bracket)
        return self._priced(bracket, dues, share(amount, dues))

    def _take(self, bracket: int) -> Choice:
        if not 1 <= bracket <= len(self.bracket_amounts):
            raise UnknownBracket(f"there is no bracket {bracket}; there are 1 to {len(self.bracket_amounts)}")
        lowest_equal = self.bracket_amounts.index(self.bracket_amounts[bracket - 1]) + 1
        dues = self._dues(lowest_equal)
        return self._priced(lowest_equal, dues, dues)

    def _dues(self, bracket: int) -> list[Money]:
        return [night.dues[bracket - 1] for night in self.nights]

    def _priced(self, bracket: int | None, dues: Sequence[Money], chosen: Sequence[Money]) -> Choice:
        priced = tuple(
            PricedNight(night.room_index, night.night, night.reference, due, agreed)
            for night, due, agreed in zip(self.nights, dues, chosen, strict=True)
        )
        return Choice(bracket=bracket, due=total(dues), amount=total(chosen), nights=priced)


def total(amounts: Sequence[Money]) -> Money:
    """Add amounts of one currency, one at least."""
    return Money(sum(amount.minor for amount in amounts), amounts[0].currency)
