"""From events to dated stretches: which version of an event holds, and on which dates a series falls."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from calendars.feed.events import Event, Remark, exact_or_day
from calendars.feed.nights import HouseHours, Span
from calendars.feed.recurrence import Budget, BudgetSpent, strikes
from calendars.feed.rules import Rule
from calendars.feed.values import Unreadable, wall_at_the_house

ONE_DAY = timedelta(days=1)
# No replacement moves what follows it further: it bounds how far around the window a rule is followed.
LONGEST_MOVE = 400


@dataclass(frozen=True, slots=True)
class Window:
    """Hold the days between which series are followed, half-open."""

    since: date
    before: date


@dataclass(slots=True)
class Replaced:
    """Hold what other events of one UID replace: instances by moment and by day, and all that follow some."""

    exact: set[datetime | date] = field(default_factory=set)
    days: set[date] = field(default_factory=set)
    onward: list[tuple[datetime, Event]] = field(default_factory=list)

    def holds(self, event: Event, start: datetime) -> bool:
        """Say whether another event speaks for this instance; those of whole days are told by day."""
        if event.start.is_date:
            return start.date() in self.days
        return start in self.exact or start.date() in self.exact

    def governing(self, event: Event, start: datetime) -> tuple[datetime, Event] | None:
        """Give the last replacement, and its instance, that speaks for this start and all after it."""
        place = bisect_right(self.onward, start, key=lambda pair: pair[0])
        found = self.onward[place - 1] if place else None
        return found if found and found[0].date() >= event.span.start.date() else None


NOTHING_REPLACED = Replaced()


def settle(events: Iterable[Event], hours: HouseHours) -> tuple[list[Event], dict[str, Replaced]]:
    """Keep the versions that hold, and what of each series (by UID) other events replace.

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
    return sorted(kept, key=lambda event: event.number), _replaced(replacements)


def _replaced(replacements: dict[tuple[str, datetime | date], Event]) -> dict[str, Replaced]:
    replaced: dict[str, Replaced] = defaultdict(Replaced)
    for (uid, instance), event in replacements.items():
        of_series = replaced[uid]
        moment = instance if isinstance(instance, datetime) else datetime.combine(instance, time())
        of_series.exact.add(instance)
        of_series.days.add(moment.date())
        if event.replaces_what_follows:
            of_series.onward.append((moment, event))
    for of_series in replaced.values():
        of_series.onward.sort(key=lambda pair: pair[0])
    return replaced


def _told_by(event: Event, hours: HouseHours) -> datetime | date:
    try:
        return exact_or_day(event.replaces or event.start, hours)
    except Unreadable:
        return event.span.start


class Series:
    """Follow the events of one feed through one window, collecting remarks on the way."""

    def __init__(self, window: Window, hours: HouseHours, budget: Budget, remarks: list[Remark]) -> None:
        self._window = window
        self._hours = hours
        self._budget = budget
        self._remarks = remarks

    def spans(self, event: Event, replaced: Replaced) -> Iterator[Span]:
        """Yield the stretches of an event: itself, or its series inside the window without what is excepted."""
        if event.replaces is not None:
            yield event.span
            return
        excepted = self._excepted(event)
        is_series = bool(event.rules or event.extra or event.periods)
        ruled, added = self._found(event, replaced)
        for span in sorted(ruled | added, key=lambda span: (span.start, span.end)):
            if excepted.holds(event, span.start) or replaced.holds(event, span.start):
                continue
            # A date that was added one by one stays where it was put.
            now = self._as_replaced(event, span, replaced) if span in ruled else span
            if now is not None and (not is_series or now.end.date() >= self._window.since):
                yield now

    def _as_replaced(self, event: Event, span: Span, replaced: Replaced) -> Span | None:
        """Give an instance as the event that speaks for it and all after it has it; None when that cancels them."""
        found = replaced.governing(event, span.start)
        if found is None:
            return span
        instance, other = found
        if other.is_cancelled:
            return None
        return other.span.moved_to(span.start + _move(instance, other))

    def _found(self, event: Event, replaced: Replaced) -> tuple[set[Span], set[Span]]:
        """Give the stretches that the rules of an event make, its own among them, and those added one by one."""
        if not (event.rules or event.extra or event.periods):
            return {event.span}, set()
        starts, added = {event.span.start}, set(event.periods)
        try:
            for rule in event.rules:
                starts.update(self._strikes(event, rule, replaced))
        except BudgetSpent:
            self._fault("rule_too_long", event)
        except Unreadable:
            self._fault("bad_rule", event)
        for moment in event.extra:
            try:
                added.add(event.span.moved_to(moment.at_the_house(self._hours.zone)))
            except Unreadable:
                self._fault("bad_extra_date", event)
        return {event.span.moved_to(start) for start in starts}, added

    def _strikes(self, event: Event, rule: Rule, replaced: Replaced) -> list[datetime]:
        """Follow one rule on the event's own clock and give its strikes on the clock of the house."""
        zone = None if event.start.is_date else event.start.zone
        since, before = self._reach(event, replaced)
        found = strikes(
            rule,
            event.start.wall,
            since=since,
            before=before,
            is_over=_ending(rule, event, self._hours),
            budget=self._budget,
        )
        return [wall_at_the_house(wall, zone, self._hours.zone) for wall in found]

    def _reach(self, event: Event, replaced: Replaced) -> tuple[date, date]:
        """Give the days of starts whose stretches may lie in the window, also when they are longer or moved."""
        back, forth = (event.span.end - event.span.start).days, 0
        for instance, other in replaced.onward:
            move = _move(instance, other).days
            back = max(back, (other.span.end - other.span.start).days + move)
            forth = max(forth, -move)
        # A day of margin for zones far from that of the house.
        since = date.fromordinal(max(1, self._window.since.toordinal() - back - 2))
        return since, self._window.before + timedelta(days=forth + 1)

    def _excepted(self, event: Event) -> Replaced:
        excepted = Replaced()
        for moment in event.excepted:
            # An unreadable exception frees nothing.
            with suppress(Unreadable):
                instance = exact_or_day(moment, self._hours)
                excepted.exact.add(instance)
                excepted.days.add(instance.date() if isinstance(instance, datetime) else instance)
        return excepted

    def _fault(self, code: str, event: Event) -> None:
        self._remarks.append(Remark(code, event.number, is_fault=True))


def _move(instance: datetime, other: Event) -> timedelta:
    """Tell how far a replacement moves its instance, and with it all that follow; never further than a year or so."""
    furthest = timedelta(days=LONGEST_MOVE)
    return max(-furthest, min(other.span.start - instance, furthest))


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
