"""Which season a night is in, and why: selectors take nights, rules give them a season, a calendar decides."""

from pricing.seasons.almanac import Almanac, Event, SchoolHolidays
from pricing.seasons.calendar import NoRateForNight, SeasonCalendar
from pricing.seasons.hit import SeasonHit, because
from pricing.seasons.periods import Period, YearlyPeriod
from pricing.seasons.rule import SeasonRule
from pricing.seasons.season import Season

__all__ = [
    "Almanac",
    "Event",
    "NoRateForNight",
    "Period",
    "SchoolHolidays",
    "Season",
    "SeasonCalendar",
    "SeasonHit",
    "SeasonRule",
    "YearlyPeriod",
    "because",
]
