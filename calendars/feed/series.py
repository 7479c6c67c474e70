"""From events to dated stretches: which version of an event holds, and on which dates a series falls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from calendars.feed.events import Event, Remark, exact_or_day
from calendars.feed.nights import HouseHours, Span
from calendars.feed.recurrence import Budget, BudgetSpent, strikes
from calendars.feed.rules import Rule
from calendars.feed.values import Unreadable, wall_at_the_house

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """Hold the days between which series are followed, half-open."""

    since: date
    before: date


def settle(events: Iterable[Event], hours: HouseHours) -> tuple[list[Event], dict[str, set[datetime | date]]]:
    """Keep the versions that hold, and the instances of each series (by UID) that another event replaces.

    Of one UID and one start the highest SEQUENCE holds; equal ones all stand, since doubt blocks. Of the events that
    replace one instance, the highest SEQUENCE holds, then the last in the file.
    """
    originals: dict[tuple[str, date], list[Event]] = defaultdict(list)
    replacements: dict[tuple[str, datetime | date], Event] = {}
    kept: list[Event] = []
    for event in events:
        if not event.uid:
            kept.append(event)
        elif event.replaces is None:
            originals[event.uid, event.span.start.date()].append(event)
        else:
            key = (event.uid, _told_by(event, hours))
            if key not in replacements or event.sequence >= replacements[key].sequence:
                replacements[key] = event
    for versions in originals.values():
        highest = max(event.sequence for event in versions)
        kept.extend(event for event in versions if event.sequence == highest)
    kept.extend(replacements.values())
    replaced: dict[str, set[datetime | date]] = defaultdict(set)
    for uid, instance in replacements:
        replaced[uid].add(instance)
    return sorted(kept, key=lambda event: event.number), replaced


def _told_by(event: Event, hours: HouseHours) -> datetime | date:
    try:
        return exact_or_day(event.replaces or event.start, hours)
    except Unreadable:
        return event.span.start


def spans(
    event: Event,
    replaced: set[datetime | date],
    window: Window,
    hours: HouseHours,
    budget: Budget,
    remarks: list[Remark],
) -> Iterator[Span]:
    """Yield the stretches of an event: itself, or its series inside the window without what is excepted."""
    if event.replaces is not None:
        yield event.span
        return
    gone = _instances_gone(event, replaced, hours)
    is_series = bool(event.rules or event.extra)
    starts = sorted(_starts(event, window, hours, budget, remarks)) if is_series else [event.span.start]
    for start in starts:
        if start in gone or start.date() in gone:
            continue
        span = event.span.moved_to(start)
        if not is_series or span.end.date() >= window.since:
            yield span


def _starts(
    event: Event, window: Window, hours: HouseHours, budget: Budget, remarks: list[Remark]
) -> set[datetime]:
    starts = {event.span.start}
    try:
        for rule in event.rules:
            starts.update(_strikes(event, rule, window, hours, budget))
    except BudgetSpent:
        remarks.append(Remark("rule_too_long", event.number, is_fault=True))
    except Unreadable:
        remarks.append(Remark("bad_rule", event.number, is_fault=True))
    for moment in event.extra:
        try:
            starts.add(moment.at_the_house(hours.zone))
        except Unreadable:
            remarks.append(Remark("bad_extra_date", event.number, is_fault=True))
    return starts


def _strikes(event: Event, rule: Rule, window: Window, hours: HouseHours, budget: Budget) -> list[datetime]:
    """Follow one rule on the event's own clock and give its strikes on the clock of the house."""
    zone = None if event.start.is_date else event.start.zone
    # A stretch begun earlier may reach into the window; a day of margin for zones far from that of the house.
    reach = (event.span.end - event.span.start).days + 2
    since = date.fromordinal(max(1, window.since.toordinal() - reach))
    found = strikes(
        rule,
        event.start.wall,
        since=since,
        before=window.before + ONE_DAY,
        is_over=_ending(rule, event, hours),
        budget=budget,
    )
    return [wall_at_the_house(wall, zone, hours.zone) for wall in found]


def _ending(rule: Rule, event: Event, hours: HouseHours) -> Callable[[datetime], bool]:
    """Make the test that a strike comes after UNTIL, which is inclusive: by instant, by day where either is a day."""
    until, zone = rule.until, event.start.zone
    if until is None:
        return lambda _: False
    if rule.until_is_utc:
        until = wall_at_the_house(until, UTC, hours.zone)
    last_day = until.date()
    if rule.until_is_date or event.start.is_date:
        return lambda wall: wall.date() > last_day
    if rule.until_is_utc:
        return lambda wall: wall_at_the_house(wall, zone, hours.zone) > until
    return lambda wall: wall > until


def _instances_gone(event: Event, replaced: set[datetime | date], hours: HouseHours) -> set[datetime | date]:
    """Collect the instances of a series that are excepted or replaced; those of whole days are told by day."""
    gone = set(replaced)
    for moment in event.excepted:
        # An unreadable exception frees nothing.
        with suppress(Unreadable):
            gone.add(exact_or_day(moment, hours))
    if event.start.is_date:
        return {instance.date() if isinstance(instance, datetime) else instance for instance in gone}
    return gone
