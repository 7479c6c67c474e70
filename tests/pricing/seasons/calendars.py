"""What the tests of seasons share: calendars of every kind, and a slow, plain way to say what a selector means."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from hypothesis import strategies as st

from pricing.seasons import (
    Almanac,
    Event,
    Period,
    SchoolHolidays,
    Season,
    SeasonCalendar,
    SeasonRule,
    YearlyPeriod,
)
from pricing.seasons.selectors import (
    AllOf,
    AnyOf,
    Dates,
    InSchoolHolidays,
    Not,
    OnEvent,
    PublicHolidays,
    Ranges,
    Selector,
    Weekdays,
    Yearly,
)

ONE_DAY = timedelta(1)
FIRST, LAST = date(2026, 11, 20), date(2028, 3, 20)  # two turns of the year and a 29 February
LOW = Season("low", Fraction("0.85"), {"fr": "basse saison", "en": "low season"})
MILD = Season("mild", Fraction(1), {"fr": "saison douce", "en": "mild season"})
HIGH = Season("high", Fraction("1.2"), {"fr": "haute saison", "en": "high season"})
SEASONS = (LOW, MILD, HIGH)
ALMANAC = Almanac(
    public_holidays=frozenset({date(2026, 12, 25), date(2027, 1, 1), date(2027, 5, 1), date(2028, 3, 21)}),
    school_holidays=SchoolHolidays(
        known_from=date(2026, 9, 1),
        known_until=date(2028, 9, 1),
        source="the ministry",
        zones={
            "A": (Period(date(2027, 2, 13), date(2027, 3, 1)), Period(date(2027, 7, 3), date(2027, 9, 1))),
            "B": (Period(date(2027, 2, 20), date(2027, 3, 8)), Period(date(2027, 7, 3), date(2027, 9, 1))),
            "C": (Period(date(2027, 2, 6), date(2027, 2, 22)),),
        },
    ),
    events=(
        Event("feast", {"fr": "la Sainte-Barbe", "en": "Saint Barbara"}, frozenset({date(2026, 12, 4)})),
        Event(
            "match", {"fr": "le match", "en": "the match"}, frozenset({date(2027, 2, 27), date(2027, 8, 7)})
        ),
    ),
)

nights = st.dates(FIRST, LAST)
days_around = st.dates(FIRST - timedelta(40), LAST + timedelta(40))
days_of_the_year = st.dates(date(2028, 1, 1), date(2028, 12, 31)).map(lambda day: (day.month, day.day))
yearly_periods = (
    st.tuples(days_of_the_year, days_of_the_year)
    .filter(lambda pair: pair[0] != pair[1])
    .map(lambda pair: YearlyPeriod(*pair))
)


@st.composite
def periods(draw: st.DrawFn) -> tuple[Period, ...]:
    """Make periods that ascend; some touch."""
    edges = sorted(draw(st.sets(days_around, min_size=2, max_size=7)))
    pairs = [Period(*pair) for pair in pairwise(edges)]
    return tuple(pairs[:: draw(st.integers(1, 2))])


leaves: st.SearchStrategy[Selector] = st.one_of(
    st.frozensets(days_around, min_size=1, max_size=5).map(Dates),
    periods().map(Ranges),
    yearly_periods.map(Yearly),
    st.frozensets(st.integers(0, 6), min_size=1).map(Weekdays),
    st.booleans().map(PublicHolidays),
    st.builds(
        InSchoolHolidays, st.lists(st.sampled_from("ABC"), min_size=1, unique=True).map(tuple), st.booleans()
    ),
    st.sampled_from(["feast", "match"]).map(OnEvent),
)
selectors: st.SearchStrategy[Selector] = st.recursive(
    leaves,
    lambda parts: st.one_of(
        st.lists(parts, min_size=1, max_size=3).map(lambda found: AnyOf(tuple(found))),
        st.lists(parts, min_size=1, max_size=3).map(lambda found: AllOf(tuple(found))),
        parts.map(Not),
    ),
    max_leaves=8,
)


@st.composite
def calendars(draw: st.DrawFn, most_rules: int = 6) -> SeasonCalendar:
    """Make calendars whose rules meet: few priorities, many ties."""
    rules = tuple(
        SeasonRule(
            code=f"rule {place}",
            season=draw(st.sampled_from(SEASONS)).code,
            priority=draw(st.integers(1, 3)),
            selector=draw(selectors),
            reasons={"fr": f"raison {place}", "en": f"reason {place}"},
        )
        for place in range(draw(st.integers(0, most_rules)))
    )
    return SeasonCalendar(SEASONS, "mild", rules, FIRST, LAST, ALMANAC)


def means(selector: Selector, night: date) -> bool:  # noqa: C901, PLR0911 - one short line a kind
    """Tell, night by night and without bits, whether a selector takes a night."""
    match selector:
        case Dates(dates):
            return night in dates
        case Ranges(ranges):
            return any(each.start <= night < each.end for each in ranges)
        case Yearly(period):
            day = (night.month, night.day)
            if period.start < period.end:
                return period.start <= day < period.end
            return day >= period.start or day < period.end
        case Weekdays(weekdays):
            return night.weekday() in weekdays
        case PublicHolidays(are_eves):
            return (night + ONE_DAY if are_eves else night) in ALMANAC.public_holidays
        case InSchoolHolidays(zones, in_all):
            free = [means(Ranges(ALMANAC.zone(zone)), night) for zone in zones]
            return all(free) if in_all else any(free)
        case OnEvent(code):
            return night in ALMANAC.event(code).dates
        case AnyOf(parts):
            return any(means(part, night) for part in parts)
        case AllOf(parts):
            return all(means(part, night) for part in parts)
        case Not(part):
            return not means(part, night)
    raise AssertionError(selector)


def every_night() -> list[date]:
    """List the nights of these calendars."""
    return [FIRST + timedelta(place) for place in range((LAST - FIRST).days + 1)]
