"""What a year is expected to bring and to need: room nights by bracket and season, and the sum they must earn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Self

from pricing.money import Money
from pricing.refusal import Refusal

MOST_BRACKETS = 100


class ForecastInvalid(Refusal):
    """Say why nothing can be computed from these expected nights."""


@dataclass(frozen=True, slots=True)
class ForecastNights:
    """Hold the room nights of a year that one bracket is expected to spend in one season.

    `bracket` counts from 1; `weight` is the mean weight of such a night: its sleepers times the room's factor.

    Raises: ForecastInvalid.
    """

    bracket: int
    season: str
    nights: Fraction
    weight: Fraction

    def __post_init__(self) -> None:
        if not 1 <= self.bracket <= MOST_BRACKETS:
            raise ForecastInvalid(f"brackets are numbered from 1 to {MOST_BRACKETS}, not {self.bracket}")
        if self.nights < 0 or self.weight <= 0:
            raise ForecastInvalid(f"{self.nights} nights of weight {self.weight} cannot be expected")


@dataclass(frozen=True, slots=True)
class Forecast:
    """Hold the expected year, at most once for each bracket and season, some night at least.

    Raises: ForecastInvalid.
    """

    expected: tuple[ForecastNights, ...]

    def __post_init__(self) -> None:
        places = [(cell.bracket, cell.season) for cell in self.expected]
        if len(set(places)) != len(places):
            raise ForecastInvalid("a bracket and a season stand together twice")
        if self.nights == 0:
            raise ForecastInvalid("no night is expected")

    @classmethod
    def spread(
        cls, nights_by_season: Mapping[str, Fraction], shares: Sequence[Fraction], weight: Fraction
    ) -> Self:
        """Expect every season to have the same mix of brackets; the shares need not add up to 1."""
        whole = _whole(shares)
        return cls(
            tuple(
                ForecastNights(bracket, season, Fraction(nights * share, whole), weight)
                for (bracket, share), (season, nights) in product(
                    enumerate(shares, 1), nights_by_season.items()
                )
            )
        )

    @property
    def nights(self) -> Fraction:
        """Return the room nights of the year."""
        return sum((cell.nights for cell in self.expected), Fraction(0))

    def shares(self, bracket_count: int) -> tuple[Fraction, ...]:
        """Return the part of the nights that each bracket has, lowest first; they add up to 1."""
        by_bracket = [Fraction(0)] * bracket_count
        for cell in self.expected:
            by_bracket[self._place(cell, bracket_count)] += cell.nights
        return tuple(Fraction(nights, self.nights) for nights in by_bracket)

    def with_shares(self, shares: Sequence[Fraction]) -> "Forecast":
        """Return as many nights with another mix of brackets.

        A bracket keeps its seasons and weights; one that was not expected at all takes those of the whole year.
        """
        before, whole = self.shares(len(shares)), _whole(shares)
        expected = []
        for bracket, (old, new) in enumerate(zip(before, shares, strict=True), 1):
            if old:
                own = (cell for cell in self.expected if cell.bracket == bracket)
                expected += [_times(cell, Fraction(new, whole * old)) for cell in own]
            elif new:
                expected += [_times(cell, Fraction(new, whole), bracket) for cell in self._by_season()]
        return Forecast(tuple(expected))

    def _by_season(self) -> list[ForecastNights]:
        nights: dict[str, Fraction] = {}
        weighed: dict[str, Fraction] = {}
        for cell in self.expected:
            nights[cell.season] = nights.get(cell.season, Fraction(0)) + cell.nights
            weighed[cell.season] = weighed.get(cell.season, Fraction(0)) + cell.nights * cell.weight
        return [
            ForecastNights(1, season, many, Fraction(weighed[season], many))
            for season, many in nights.items()
            if many
        ]

    @staticmethod
    def _place(cell: ForecastNights, bracket_count: int) -> int:
        if cell.bracket > bracket_count:
            raise ForecastInvalid(f"the grid has {bracket_count} brackets, not {cell.bracket}")
        return cell.bracket - 1


@dataclass(frozen=True, slots=True)
class Target:
    """Hold what the nights of a year must earn: its costs and what is put aside, less what is given.

    `night_cost` is the part of the costs that one room night more would add; what the grants exceed is negative.

    Raises: ForecastInvalid for a negative part; CurrencyMismatch.
    """

    costs: Money
    reserve: Money
    grants: Money
    night_cost: Money

    def __post_init__(self) -> None:
        for part in (self.costs, self.reserve, self.grants, self.night_cost):
            if part < Money.zero(self.costs.currency):
                raise ForecastInvalid(f"a year's costs, reserve and grants are not negative: {part}")

    @classmethod
    def of(
        cls,
        costs: Money,
        *,
        reserve: Money | None = None,
        grants: Money | None = None,
        night_cost: Money | None = None,
    ) -> Self:
        """Make a target; what is not named is nothing."""
        nothing = Money.zero(costs.currency)
        return cls(costs, reserve or nothing, grants or nothing, night_cost or nothing)

    @property
    def amount(self) -> Money:
        """Return what the nights must earn (spec 5.7).

        >>> str(Target.of(Money.of(188600), reserve=Money.of(5000), grants=Money.of(12000)).amount)
        '181600.00 EUR'
        """
        return self.costs + self.reserve - self.grants


def _whole(shares: Sequence[Fraction]) -> Fraction:
    whole = sum(shares, Fraction(0))
    if whole <= 0 or min(shares) < 0:
        raise ForecastInvalid("the shares of the brackets are not negative, and not all 0")
    return whole


def _times(cell: ForecastNights, factor: Fraction, bracket: int | None = None) -> ForecastNights:
    return ForecastNights(bracket or cell.bracket, cell.season, cell.nights * factor, cell.weight)
