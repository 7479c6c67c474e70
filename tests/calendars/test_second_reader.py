"""What the house writes, as two strangers read it: icalendar, and `ical`, which refuses a whole calendar for one fault.

Neither shares a line with the reader of this package.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream

from calendars.export import Busy, merge, write
from calendars.feed.lines import scan
from calendars.feed.nights import HouseHours
from calendars.feed.recurrence import Budget
from calendars.feed.zones import Zones
from calendars.invitation import Method, invitation
from tests.calendars.house import NOW, read_here
from tests.calendars.test_invitation import entry

ZONES = (
    "Europe/Paris",
    "Europe/Dublin",
    "Europe/London",
    "America/New_York",
    "America/Santiago",
    "America/Sao_Paulo",
    "Africa/Casablanca",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Indian/Reunion",
    "Pacific/Kiritimati",
)
# Some days over each change of clocks of the north and of the south, over New Year, and after Ramadan.
ARRIVALS = (
    date(2027, 3, 26),
    date(2027, 10, 29),
    date(2027, 4, 2),
    date(2027, 10, 1),
    date(2026, 12, 30),
    date(2027, 3, 16),
)


def strictly_read(body: bytes) -> Calendar:
    """Read as the strict stranger does, and see that the lenient one finds no fault either."""
    assert not [part for part in icalendar.Calendar.from_ical(body).walk() if part.errors]
    assert max(map(len, body.split(b"\r\n"))) <= 75
    assert body.count(b"\n") == body.count(b"\r\n")
    return IcsCalendarStream.calendar_from_ics(body.decode())


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("arrival", ARRIVALS)
def test_invites_to_the_right_hour_in_every_zone(zone: str, arrival: date) -> None:
    method: Method = "CANCEL" if zone == "Europe/Dublin" else "PUBLISH"
    house = ZoneInfo(zone)
    check_in = datetime.combine(arrival, time(15), house)
    check_out = datetime.combine(arrival + timedelta(days=4), time(11), house)

    body = invitation(
        uid="stay-7@juste-nuit.example",
        sequence=3,
        summary="Séjour",
        location="",
        description="",
        check_in=check_in,
        check_out=check_out,
        organizer_email=None,
        stamp=NOW,
        method=method,
        timezone=zone,
    )

    (event,) = strictly_read(body).events
    assert isinstance(event.dtstart, datetime)
    assert isinstance(event.dtend, datetime)
    assert event.dtstart.replace(tzinfo=None) == check_in.replace(tzinfo=None)
    assert event.dtstart.astimezone(UTC) == check_in.astimezone(UTC)
    assert event.dtend.astimezone(UTC) == check_out.astimezone(UTC)
    assert (event.uid, event.sequence) == ("stay-7@juste-nuit.example", 3)
    assert len(body) < 2_500


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("arrival", ARRIVALS)
def test_describes_the_zone_so_that_nobody_needs_to_know_its_name(zone: str, arrival: date) -> None:
    house = ZoneInfo(zone)
    check_in = datetime.combine(arrival, time(15), house)
    check_out = datetime.combine(arrival + timedelta(days=4), time(11), house)
    body = entry(check_in=check_in, check_out=check_out, timezone=zone)

    # A name that nobody has: only the description says what it means.
    reading = read_here(
        body.replace(zone.encode(), b"Ours"), timezone="UTC", check_in=time(23, 59), check_out=time(0)
    )
    zones = scan(body.replace(zone.encode(), b"Ours")).zones
    ours = Zones(zones, Budget(10**6), arrival + timedelta(days=9)).find("Ours")

    (block,) = reading.blocks
    assert reading.warnings == ()
    assert block.start == check_in.astimezone(UTC).date()
    assert [moment.replace(tzinfo=ours).utcoffset() for moment in (check_in, check_out)] == [
        check_in.utcoffset(),
        check_out.utcoffset(),
    ]


@settings(max_examples=40)
@given(
    st.text(max_size=200),
    st.text(max_size=200),
    st.datetimes(datetime(2026, 1, 1), datetime(2035, 1, 1)),  # noqa: DTZ001
    st.integers(1, 60),
)
def test_writes_any_text_so_that_both_read_it(
    summary: str, description: str, day: datetime, nights: int
) -> None:
    check_in = day.replace(hour=15, minute=0, second=0, microsecond=0, tzinfo=ZoneInfo("Europe/Paris"))

    body = entry(
        summary=summary,
        description=description,
        check_in=check_in,
        check_out=check_in + timedelta(days=nights),
    )

    (event,) = strictly_read(body).events
    assert isinstance(event.dtstart, datetime)
    assert event.dtstart.astimezone(UTC) == check_in.astimezone(UTC)


RANGES = st.lists(
    st.tuples(st.dates(date(2026, 11, 1), date(2029, 1, 1)), st.integers(1, 40)).map(
        lambda pair: (pair[0], pair[0] + timedelta(days=pair[1]))
    ),
    max_size=12,
)


@settings(max_examples=60)
@given(RANGES, st.text(max_size=90), st.text(max_size=40), st.booleans())
def test_serves_calendars_in_which_both_find_the_same_nights(
    ranges: list[tuple[date, date]], name: str, summary: str, is_timed: bool
) -> None:
    hours = HouseHours(ZoneInfo("Europe/Paris"), time(15), time(11)) if is_timed else None

    body = write(
        [Busy(start, end, NOW) for start, end in ranges],
        name=name,
        key=b"key",
        host="juste-nuit.example",
        summary=summary,
        hours=hours,
    )

    events = strictly_read(body).events
    assert [(day_of(event.dtstart), day_of(event.dtend)) for event in events] == list(merge(ranges))
    assert [(block.start, block.end) for block in read_here(body, horizon=date(2030, 1, 1)).blocks] == list(
        merge(ranges)
    )


def day_of(moment: date | datetime | None) -> date:
    assert moment is not None
    is_moment = isinstance(moment, datetime)
    return moment.astimezone(ZoneInfo("Europe/Paris")).date() if is_moment else moment
