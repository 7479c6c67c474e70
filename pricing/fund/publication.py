"""What the public may see of the fund: sums over months, quarters and years that give no stay away.

A period comes out whole or not at all, with all its sums at once: so nothing can be had from one column by way of
another. It needs at least five stays at or above their cost and five under it. And whatever can be had by subtracting
one published period from another needs as much: that is the whole difficulty, and the reasoning is this.

Months lie in quarters, quarters in years. Take from each published period the published ones within it; what is left
are remainders that share no month. Whatever adding and subtracting published sums may give is a sum over whole
remainders. So it is enough that each remainder either has five stays on both sides, or has nobody in it.

What was published stays published. A month therefore waits until what is still hidden of its quarter and year could
stand without it (in most houses: until the next month is over); otherwise a quiet December would keep the year from
ever being told. A stay that was undone since counts for nobody.
"""

from dataclasses import dataclass
from datetime import date

from pricing.fund.entries import Entry, Kind
from pricing.fund.ledger import Ledger
from pricing.money import Money
from pricing.periods import Period, periods_of

FEWEST_STAYS = 5


@dataclass(frozen=True, slots=True)
class PublicSums:
    """Hold what is told of a period: how many stays gave and received, and how much.

    `given` is what guests paid beyond the cost of their stays, and their gifts; `supported` counts the stays under
    their cost and `support` is what these received.
    """

    at_or_above_cost: int
    given: Money
    supported: int
    support: Money
    grants: Money

    @property
    def change(self) -> Money:
        """Return how the fund changed over the period."""
        return self.given + self.grants - self.support


@dataclass(frozen=True, slots=True)
class Publication:
    """Hold a period and its sums, or nothing where they would give a stay away (or will be told later)."""

    period: Period
    sums: PublicSums | None

    @property
    def is_hidden(self) -> bool:
        """Tell whether the sums are kept back."""
        return self.sums is None


def publish(ledger: Ledger, period: Period, *, today: date, k: int = FEWEST_STAYS) -> Publication:
    """Return what the public may see of a period, at the latest from the end of its year on.

    The same `k` must be used each time: two publications of the same house with two of them may be subtracted.
    """
    return next(told for told in publications(ledger, period.year, today=today, k=k) if told.period == period)


def publications(ledger: Ledger, year: int, *, today: date, k: int = FEWEST_STAYS) -> tuple[Publication, ...]:
    """Return what the public may see of a year and of its quarters and months, the year first."""
    if type(k) is not int or k < 2:
        raise ValueError(f"sums over fewer than two stays hide nobody: {k!r}")
    periods = periods_of(year)
    out = _Disclosure(ledger, year, k).until(today)
    return tuple(
        Publication(period, _sums(ledger, period) if frozenset(period.months) in out else None)
        for period in periods
    )


class _Disclosure:
    """Decide, month after month of one year, which sets of months come out."""

    def __init__(self, ledger: Ledger, year: int, k: int) -> None:
        self._ledger, self._k = ledger, k
        self._periods = [(period.end, frozenset(period.months)) for period in periods_of(year)]
        self._by_month: dict[int, list[Entry]] = {month: [] for month in range(1, 13)}
        for entry in ledger.entries:
            if entry.day.year == year and entry.kind not in {Kind.GRANT, Kind.VOUCHER}:
                self._by_month[entry.day.month].append(entry)
        self._out: list[frozenset[int]] = []
        self._undone: set[int | None] = set()

    def until(self, today: date) -> list[frozenset[int]]:
        """Return the sets of months that are out on a day; those of a day before are among them."""
        for end in sorted({end for end, _ in self._periods if end <= today}):
            self._undone = {entry.reverses for entry in self._ledger.entries if entry.day < end}
            for ended, months in self._periods:
                if ended <= end and months not in self._out and self._may_come_out(months, end):
                    self._out.append(months)
        return self._out

    def _may_come_out(self, months: frozenset[int], end: date) -> bool:
        part = self._remainder(months)
        if self._is_nobody(part):
            return True
        if not self._is_crowd(part):
            return False
        around = [outer for outer in self._out if months < outer]
        if around:
            left = self._remainder(min(around, key=len)) - part
            return self._is_nobody(left) or self._is_crowd(left)
        wholes = [whole for _, whole in self._periods if months < whole]
        ended = frozenset().union(*(known for day, known in self._periods if day <= end))
        return all(self._is_crowd((self._remainder(whole) & ended) - part) for whole in wholes)

    def _remainder(self, months: frozenset[int]) -> frozenset[int]:
        """Return the months of a period without those of the published ones within it."""
        return months.difference(*(inner for inner in self._out if inner < months))

    def _is_nobody(self, months: frozenset[int]) -> bool:
        return not any(self._by_month[month] for month in months)

    def _is_crowd(self, months: frozenset[int]) -> bool:
        stays = [
            entry
            for month in months
            for entry in self._by_month[month]
            if entry.kind == Kind.STAY and entry.number not in self._undone
        ]
        under = sum(entry.over_cost.minor < 0 for entry in stays)
        return min(under, len(stays) - under) >= self._k


def _sums(ledger: Ledger, period: Period) -> PublicSums:
    nothing = Money.zero(ledger.currency)
    above = under = 0
    given, support, grants = nothing, nothing, nothing
    for entry in ledger.entries:
        if not period.contains(entry.day):
            continue
        told, sign = ledger.told_by(entry)
        if told.kind == Kind.STAY and told.over_cost < nothing:
            under, support = under + sign, support - told.over_cost * sign
        elif told.kind == Kind.STAY:
            above, given = above + sign, given + told.over_cost * sign
        elif told.kind == Kind.GIFT:
            given += told.movement * sign
        elif told.kind == Kind.GRANT:
            grants += told.movement * sign
    return PublicSums(above, given, under, support, grants)
