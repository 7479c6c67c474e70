"""What selectors look up: public holidays, school holidays by zone, named events. Dates, copied into the version.

A new calendar of the ministry must not change an old price: a version carries its own dates.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pricing.refusal import GridInvalid
from pricing.seasons.periods import Period, check_ascending


@dataclass(frozen=True, slots=True)
class SchoolHolidays:
    """Hold the school holidays of every zone, known from a date up to, not including, another.

    `source` says where the dates come from. Raises: GridInvalid for periods that overlap or are not known.
    """

    known_from: date
    known_until: date
    source: str
    zones: Mapping[str, tuple[Period, ...]]

    def __post_init__(self) -> None:
        path = "calendar.school_holidays"
        if self.known_until <= self.known_from:
            raise GridInvalid("period_order", f"{path}.known_until", "nothing is known of these years")
        for zone, periods in self.zones.items():
            check_ascending(periods, f"{path}.zones.{zone}")
            if periods and (periods[0].start < self.known_from or periods[-1].end > self.known_until):
                raise GridInvalid(
                    "holiday_outside",
                    f"{path}.zones.{zone}",
                    f"holidays lie between {self.known_from} and {self.known_until}",
                )


@dataclass(frozen=True, slots=True)
class Event:
    """Hold a named event: its code, its names by language, its nights. Raises: GridInvalid without any."""

    code: str
    names: Mapping[str, str]
    dates: frozenset[date]

    def __post_init__(self) -> None:
        if not self.dates:
            raise GridInvalid(
                "event_empty", f"calendar.events.{self.code}", "an event has at least one night"
            )


@dataclass(frozen=True, slots=True)
class Almanac:
    """Hold all the dates that a calendar's rules may name. Raises: GridInvalid for two events of one code."""

    public_holidays: frozenset[date] = frozenset()
    school_holidays: SchoolHolidays | None = None
    events: tuple[Event, ...] = ()

    def __post_init__(self) -> None:
        codes = [event.code for event in self.events]
        if len(set(codes)) != len(codes):
            raise GridInvalid("event_twice", "calendar.events", "two events have the same code")

    def event(self, code: str) -> Event:
        """Return an event. Raises: GridInvalid when nothing has this code."""
        for event in self.events:
            if event.code == code:
                return event
        raise GridInvalid("unknown_event", "event", f"there is no event {code!r}")

    def events_on(self, night: date) -> tuple[Event, ...]:
        """Return the events of a night, whatever they do to its season: a calendar shows their names."""
        return tuple(event for event in self.events if night in event.dates)

    def zone(self, code: str) -> tuple[Period, ...]:
        """Return the school holidays of a zone. Raises: GridInvalid when they were not copied in."""
        zones = self.school_holidays.zones if self.school_holidays else {}
        if code not in zones:
            raise GridInvalid("unknown_zone", "school_holidays", f"no school holidays of zone {code!r} here")
        return zones[code]
