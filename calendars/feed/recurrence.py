"""When a repetition rule strikes: bounded in work, anchored on the days that are asked for, not on its beginning.

icalendar gives the words of a rule and leaves the counting to others; dateutil counts, but a rule that never
matches keeps it busy to the year 9999. Here every day looked at is paid from a budget that one feed shares.
"""

from __future__ import annotations

import calendar
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import product

from calendars.feed.rules import BY_THE_CLOCK, Rule

DAY_SECONDS = 86_400
# A strike becomes a block, which costs memory and rows: more than a day that is only looked at.
STRIKE_COST = 20
PERIOD_COST = 4
RULE_COST = 20


class BudgetSpent(Exception):
    """Say that a feed's rules ask for more work than one feed gets."""


class Budget:
    """Count down the days that may still be looked at for one feed, and what costs as much."""

    def __init__(self, days: int) -> None:
        self._left = days

    def spend(self, days: int) -> None:
        """Pay for some days.

        Raises: BudgetSpent.
        """
        self._left -= days
        if self._left < 0:
            raise BudgetSpent


def strikes(
    rule: Rule,
    start: datetime,
    *,
    since: date,
    before: date,
    is_over: Callable[[datetime], bool],
    budget: Budget,
) -> Iterator[datetime]:
    """Yield wall clocks at which a rule strikes on days from `since` up to `before`, in order.

    Of several strikes on one day only the earliest and the latest are given: between them they take the same
    nights. `start` is the event's own; `is_over` says that UNTIL has passed.

    Raises: BudgetSpent.
    """
    budget.spend(RULE_COST)
    days = _clock_days if rule.frequency in BY_THE_CLOCK else _calendar_days
    for first, last in days(rule, start, since, before, budget):
        if is_over(first):
            return
        if first.date() >= since:
            budget.spend(STRIKE_COST)
            yield first
            if last != first and not is_over(last):
                yield last


def _calendar_days(
    rule: Rule, start: datetime, since: date, before: date, budget: Budget
) -> Iterator[tuple[datetime, datetime]]:
    """Walk period by period through a rule of years, months, weeks or days."""
    clocks = _clocks(rule, start)
    budget.spend(len(clocks))
    matches = _condition(rule, start.date())
    left = rule.count
    for first_day, next_period in _periods(rule, start.date(), since, before):
        budget.spend(next_period - first_day + PERIOD_COST + len(rule.positions) // 8)
        days = [day for day in map(date.fromordinal, range(first_day, next_period)) if matches(day)]
        for day in _chosen(days, rule.positions):
            # On the day of the start itself, only what comes after it.
            missed = bisect_left(clocks, start.time()) if day == start.date() else 0
            if missed == len(clocks) or not start.date() <= day < before:
                continue
            yield datetime.combine(day, clocks[missed]), datetime.combine(day, clocks[-1])
            if left is not None:
                left -= len(clocks) - missed
                if left <= 0:
                    return


def _clock_days(
    rule: Rule, start: datetime, since: date, before: date, budget: Budget
) -> Iterator[tuple[datetime, datetime]]:
    """Step day by day through a rule of hours, minutes or seconds, by arithmetic instead of by strike."""
    step = rule.interval * BY_THE_CLOCK[rule.frequency]
    has_conditions = bool(rule.months or rule.month_days or rule.weekdays)
    matches = _condition(rule, start.date()) if has_conditions else _always
    day = start.date() if rule.count is not None else max(start.date(), since)
    left = rule.count
    while day < before:
        budget.spend(1)
        opening = (datetime.combine(day, time()) - start) // timedelta(seconds=1)
        first = max(0, -(-opening // step))
        last = (opening + DAY_SECONDS - 1) // step
        if first > last:
            # Nothing strikes today: go on to the day of the next strike.
            day = max(day + timedelta(days=1), _day_after(start, first * step, before))
            continue
        if matches(day):
            if left is not None:
                last = min(last, first + left - 1)
            yield start + timedelta(seconds=first * step), start + timedelta(seconds=last * step)
            if left is not None:
                left -= last - first + 1
                if left <= 0:
                    return
        day += timedelta(days=1)


def _day_after(start: datetime, seconds: int, before: date) -> date:
    try:
        return (start + timedelta(seconds=seconds)).date()
    except OverflowError:
        return before


def _always(_: date) -> bool:
    return True


def _periods(rule: Rule, start: date, since: date, before: date) -> Iterator[tuple[int, int]]:
    """Give each period as the ordinals of its first day and of the next one's.

    Without COUNT the walk begins where it is asked from; with COUNT it must begin at the start.
    """
    number_of, opening_of = _PERIODS[rule.frequency]
    origin = number_of(start, rule.week_start)
    number = origin
    if rule.count is None and since > start:
        skipped = number_of(since, rule.week_start) - origin
        number = origin + max(0, skipped // rule.interval) * rule.interval
    while True:
        first_day = max(1, opening_of(number, rule.week_start))
        if first_day >= before.toordinal():
            return
        yield first_day, opening_of(number + 1, rule.week_start)
        number += rule.interval


def _month_opening(number: int, _: int) -> int:
    year, month = divmod(number, 12)
    return date(year, month + 1, 1).toordinal() if year <= 9999 else date.max.toordinal()


def _year_opening(year: int, _: int) -> int:
    return date(year, 1, 1).toordinal() if year <= 9999 else date.max.toordinal()


_PERIODS: dict[str, tuple[Callable[[date, int], int], Callable[[int, int], int]]] = {
    "DAILY": (lambda day, _: day.toordinal(), lambda number, _: number),
    # Ordinal 1 was a Monday.
    "WEEKLY": (
        lambda day, week_start: (day.toordinal() - 1 - week_start) // 7,
        lambda number, week_start: number * 7 + 1 + week_start,
    ),
    "MONTHLY": (lambda day, _: day.year * 12 + day.month - 1, _month_opening),
    "YEARLY": (lambda day, _: day.year, _year_opening),
}


def _clocks(rule: Rule, start: datetime) -> list[time]:
    """List the hours of the day at which a rule strikes."""
    if not rule.names_hours:
        return [start.time()]
    hours = rule.hours or {start.hour}
    minutes = rule.minutes or {start.minute}
    seconds = {min(second, 59) for second in rule.seconds} or {start.second}
    return sorted(time(*clock) for clock in product(hours, minutes, seconds))


def _chosen(days: list[date], positions: frozenset[int]) -> list[date]:
    """Keep the days that BYSETPOS picks of one period."""
    if not positions:
        return days
    count = len(days)
    picked = {position - 1 if position > 0 else count + position for position in positions}
    return [day for index, day in enumerate(days) if index in picked]


def _condition(rule: Rule, start: date) -> Callable[[date], bool]:
    """Make the test that a day of a period must pass."""
    rule = _completed(rule, start)
    months, month_days, weekdays, year_days = rule.months, rule.month_days, rule.weekdays, rule.year_days
    in_months = rule.frequency == "MONTHLY" or bool(months)

    def matches(day: date) -> bool:
        return (
            (not months or day.month in months)
            and (not weekdays or not weekdays.isdisjoint(_names_of_weekday(day, in_months)))
            and (not month_days or bool({day.day, day.day - 1 - _days_in_month(day)} & month_days))
            and (
                not year_days
                or bool({_day_of_year(day), _day_of_year(day) - 1 - _days_in_year(day)} & year_days)
            )
            and (not rule.weeks or _is_week(day, rule.weeks))
        )

    return matches


def _completed(rule: Rule, start: date) -> Rule:
    """Let the start decide what the rule leaves open (RFC 5545, 3.3.10)."""
    if rule.weeks and not rule.weekdays:
        return replace(rule, weekdays=frozenset(((0, start.weekday()),)))
    if rule.weeks or rule.year_days or rule.month_days or rule.weekdays:
        return rule
    if rule.frequency == "YEARLY":
        return replace(
            rule, months=rule.months or frozenset((start.month,)), month_days=frozenset((start.day,))
        )
    if rule.frequency == "MONTHLY":
        return replace(rule, month_days=frozenset((start.day,)))
    if rule.frequency == "WEEKLY":
        return replace(rule, weekdays=frozenset(((0, start.weekday()),)))
    return rule


def _days_in_month(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


def _day_of_year(day: date) -> int:
    return day.timetuple().tm_yday


def _days_in_year(day: date) -> int:
    return 366 if calendar.isleap(day.year) else 365


def _names_of_weekday(day: date, in_months: bool) -> tuple[tuple[int, int], ...]:
    """Name a day as a Monday, as the second Monday and as the last but two of its month or year."""
    weekday = day.weekday()
    from_start = day.day if in_months else _day_of_year(day)
    length = _days_in_month(day) if in_months else _days_in_year(day)
    return (0, weekday), ((from_start - 1) // 7 + 1, weekday), (-((length - from_start) // 7 + 1), weekday)


def _is_week(day: date, weeks: frozenset[int]) -> bool:
    year, week, _ = day.isocalendar()
    weeks_of_year = date(year, 12, 28).isocalendar().week
    return bool({week, week - 1 - weeks_of_year} & weeks)
