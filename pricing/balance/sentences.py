"""What the balance has to say to treasurer and assembly, in one sentence each, in French and English."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from pricing import words
from pricing.balance import phrases
from pricing.balance.evolution import Draft, Finding, Unchanged
from pricing.balance.sensitivity import GrantWorth
from pricing.balance.solver import Balanced, FloorTooHigh, OutOfReach, Solution
from pricing.money import Money


def describe_solution(solution: Solution, currency: str, language: str) -> str:
    """Say what balances the year, or what is missing and which levers would do, or how low the floor may be.

    Raises: UnknownLanguage.
    """
    write = _Writer(words.check_language(language), currency)
    match solution:
        case Balanced():
            return write.say(
                phrases.BALANCED,
                slope=write.per_hundred(solution.slope),
                hundred=write.nearest(Fraction(100)),
                target=write.nearest(solution.target),
            )
        case OutOfReach():
            return write.say(
                phrases.OUT_OF_REACH,
                target=write.nearest(solution.target),
                most=write.nearest(solution.most),
                missing=write.nearest(solution.missing),
                levers=_listed(tuple(_levers(solution, write)), write.language),
            )
        case FloorTooHigh():
            return write.say(
                phrases.FLOOR_TOO_HIGH,
                least=write.nearest(solution.least),
                target=write.nearest(solution.target),
                floor=write.enough(solution.floor),
            )


def reason(outcome: Draft | Unchanged, language: str) -> str:
    """Say in one sentence why a step is proposed, or none. Raises: UnknownLanguage."""
    finding = outcome.finding
    write = _Writer(words.check_language(language), finding.target.currency)
    said = {
        "need": _need(finding, write),
        "now": write.per_hundred(finding.slope),
        "hundred": write.nearest(Fraction(100)),
    }
    if isinstance(outcome, Unchanged):
        return write.say(_keep(outcome), **said)
    is_whole_way = abs(outcome.slope - finding.solution.slope) < Fraction(1, 10**6)
    return write.say(
        phrases.STEP if is_whole_way else phrases.PART_OF_THE_WAY,
        next=write.per_hundred(outcome.slope),
        change=words.percent(abs(outcome.change), language),
        day=write.day(outcome.effective_from),
        **said,
    )


def describe_worth(worth: GrantWorth, language: str) -> str:
    """Say what a grant takes off the lowest prices. Raises: UnknownLanguage."""
    write = _Writer(words.check_language(language), worth.grant.currency)
    parts = []
    bracket = worth.first_helped
    if bracket is not None:
        price = write.nearest(worth.prices[bracket - 1])
        parts.append(write.say(phrases.OFF_THE_SLOPE, price=price, bracket=str(bracket)))
    if worth.floor is not None:
        parts.append(write.say(phrases.OFF_THE_FLOOR, floor=write.nearest(worth.floor)))
    effect = phrases.OR_ELSE[language].join(parts) or phrases.NO_EFFECT[language]
    return write.say(phrases.GRANT, grant=words.amount(worth.grant, language), effect=effect)


class _Writer:
    """Write amounts of one currency in one language."""

    def __init__(self, language: str, currency: str) -> None:
        self.language = language
        self._currency = currency

    def say(self, phrase: dict[str, str], **values: str) -> str:
        return phrase[self.language].format(**values)

    def nearest(self, value: Fraction) -> str:
        return words.amount(Money.nearest(value, self._currency), self.language)

    def enough(self, value: Fraction) -> str:
        """Write an amount that is not a fraction of a cent short of what is needed."""
        near = Money.nearest(value, self._currency)
        is_short = Fraction(near.decimal) < value
        return words.amount(Money(near.minor + is_short, self._currency), self.language)

    def per_hundred(self, slope: Fraction) -> str:
        return self.nearest(slope * 100)

    def day(self, day: date) -> str:
        number = phrases.FIRST[self.language] if day.day == 1 else str(day.day)
        return f"{number} {words.MONTHS[self.language][day.month - 1]} {day.year}"


def _keep(outcome: Unchanged) -> dict[str, str]:
    if outcome.limit is not None:
        return phrases.KEEP_WITHIN_LIMITS
    is_near = isinstance(outcome.finding.solution, Balanced)
    return phrases.KEEP if is_near else phrases.KEEP_AT_THE_END


def _need(finding: Finding, write: _Writer) -> str:
    solution = finding.solution
    match solution:
        case Balanced():
            return write.say(phrases.NEEDS_SLOPE, slope=write.per_hundred(solution.slope))
        case OutOfReach():
            return write.say(phrases.NEEDS_MORE, missing=write.nearest(solution.missing))
        case FloorTooHigh():
            return write.say(phrases.NEEDS_LOWER_FLOOR, floor=write.enough(solution.floor))


def _levers(solution: OutOfReach, write: _Writer) -> Iterator[str]:
    if solution.ceiling is not None:
        yield write.say(phrases.LEVER_CEILING, ceiling=write.enough(solution.ceiling))
    if solution.occupancy is not None:
        ten_thousandths = -(-(solution.occupancy - 1) * 10_000 // 1)
        more = words.percent(Fraction(ten_thousandths, 10_000), write.language)
        yield write.say(phrases.LEVER_OCCUPANCY, more=more)
    yield write.say(phrases.LEVER_GRANT, grant=write.enough(solution.grant))


def _listed(parts: tuple[str, ...], language: str) -> str:
    *most, last = parts
    return phrases.OR[language].join((", ".join(most), last)) if most else last
