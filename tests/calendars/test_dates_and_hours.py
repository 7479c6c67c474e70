"""Dates, hours, lengths and zones become nights by the rules of the house."""

from datetime import time, timedelta

import pytest

from calendars.feed import Verdict
from calendars.feed.values import Unreadable, read_clock, read_duration, read_offset
from tests.calendars.house import calendar, nights, ranges, read_here

# What a feed says, and the nights in Paris with check-in at 15:00 and check-out at 11:00.
TABLE = [
    ("DTSTART:20270105\nDTEND:20270108", ("2027-01-05", "2027-01-08")),
    ("DTSTART:20270105", ("2027-01-05", "2027-01-06")),
    ("DTSTART:20270105\nDTEND:20270105", ("2027-01-05", "2027-01-06")),
    ("DTSTART:20270105\nDURATION:P4D", ("2027-01-05", "2027-01-09")),
    ("DTSTART:20270105\nDURATION:P2W", ("2027-01-05", "2027-01-19")),
    ("DTSTART:20270105\nDURATION:PT48H", ("2027-01-05", "2027-01-07")),
    ("DTSTART:20270105\nDURATION:P1DT10H", ("2027-01-05", "2027-01-06")),
    ("DTSTART:20270105\nDURATION:P0D", ("2027-01-05", "2027-01-06")),
    ("DTSTART:20270105\nDTEND:20270108\nDURATION:P9D", ("2027-01-05", "2027-01-08")),
    # An hour before check-in is a departure, a later one a night.
    (
        "DTSTART;TZID=Europe/Paris:20270105T150000\nDTEND;TZID=Europe/Paris:20270108T145959",
        ("2027-01-05", "2027-01-08"),
    ),
    (
        "DTSTART;TZID=Europe/Paris:20270105T150000\nDTEND;TZID=Europe/Paris:20270108T150000",
        ("2027-01-05", "2027-01-09"),
    ),
    (
        "DTSTART;TZID=Europe/Paris:20270105T000000\nDTEND;TZID=Europe/Paris:20270108T000000",
        ("2027-01-05", "2027-01-08"),
    ),
    (
        "DTSTART;TZID=Europe/Paris:20270105T090000\nDTEND;TZID=Europe/Paris:20270105T100000",
        ("2027-01-05", "2027-01-06"),
    ),
    ("DTSTART;TZID=Europe/Paris:20270105T235960\nDTEND:20270108", ("2027-01-05", "2027-01-08")),
    # Mixed types become local dates first.
    ("DTSTART:20270105\nDTEND:20270108T100000Z", ("2027-01-05", "2027-01-08")),
    ("DTSTART:20270104T230000Z\nDTEND;VALUE=DATE:20270108", ("2027-01-05", "2027-01-08")),
    # Zones: UTC, Olson plain, quoted and with a path before it, Windows, unknown, none.
    ("DTSTART:20270704T220000Z\nDTEND:20270711T220000Z", ("2027-07-05", "2027-07-12")),
    ('DTSTART;TZID="America/New_York":20270105T190000\nDTEND:20270108', ("2027-01-06", "2027-01-08")),
    (
        "DTSTART;TZID=/example.org/2026_1/America/New_York:20270105T190000\nDTEND:20270108",
        ("2027-01-06", "2027-01-08"),
    ),
    ("DTSTART;TZID=Eastern Standard Time:20270105T190000\nDTEND:20270108", ("2027-01-06", "2027-01-08")),
    ("DTSTART;TZID=(UTC-05:00) Eastern:20270105T190000\nDTEND:20270108", ("2027-01-05", "2027-01-08")),
    ("DTSTART;TZID=../../etc/passwd:20270105T190000\nDTEND:20270108", ("2027-01-05", "2027-01-08")),
    ("DTSTART:20270105T190000\nDTEND:20270108", ("2027-01-05", "2027-01-08")),
]


@pytest.mark.parametrize(("event", "expected"), TABLE)
def test_turns_dates_and_hours_into_nights(event: str, expected: tuple[str, str]) -> None:
    reading = read_here(calendar(event))

    assert ranges(reading) == [expected]
    assert reading.verdict is Verdict.ACCEPT


@pytest.mark.parametrize(
    ("event", "word"),
    [
        ("DTSTART:20270105T190000\nDTEND:20270108", "names no time zone"),
        ("DTSTART;TZID=Mars:20270105T190000\nDTEND:20270108", "unknown time zone"),
        ("DTSTART:20270105T190000Z", "no end"),
        ("DTSTART:20270105\nDTEND:20270105", "no length"),
        ("DTSTART:20270105T190000Z\nDURATION:PT0S", "no length"),
    ],
)
def test_remarks_what_it_had_to_assume(event: str, word: str) -> None:
    (warning,) = read_here(calendar(event)).warnings

    assert word in warning


def test_reads_inclusive_ends_where_the_feed_writes_them() -> None:
    assert nights("DTSTART:20270105\nDTEND:20270107", is_end_inclusive=True) == [("2027-01-05", "2027-01-08")]
    assert nights("DTSTART:20270105\nDTEND:20270105", is_end_inclusive=True) == [("2027-01-05", "2027-01-06")]
    assert nights("DTSTART:20270105\nDURATION:P2D", is_end_inclusive=True) == [("2027-01-05", "2027-01-07")]


def test_lets_guests_leave_late_where_the_house_does() -> None:
    event = "DTSTART:20270105T150000Z\nDTEND:20270108T150000Z"

    assert nights(event) == [("2027-01-05", "2027-01-09")]
    assert nights(event, check_out=time(16)) == [("2027-01-05", "2027-01-08")]


OWN_ZONE = """BEGIN:VTIMEZONE
TZID:Far West
BEGIN:STANDARD
DTSTART:16011104T020000
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010311T020000
RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
END:DAYLIGHT
END:VTIMEZONE
"""


@pytest.mark.parametrize(
    ("clock", "first"),
    [
        # Midnight in Paris is 18:00 there, and 19:00 in the weeks when only one side has changed its clocks.
        ("20270105T180000", "2027-01-06"),
        ("20270105T175900", "2027-01-05"),
        ("20270705T180000", "2027-07-06"),
        ("20270705T175900", "2027-07-05"),
        ("20270320T185900", "2027-03-20"),
        ("20270320T190000", "2027-03-21"),
    ],
)
def test_follows_a_zone_that_the_feed_defines(clock: str, first: str) -> None:
    ((start, _),) = nights(f"DTSTART;TZID=Far West:{clock}\nDURATION:P3D", head=OWN_ZONE)

    assert start == first


@pytest.mark.parametrize(
    "damage",
    [
        ("TZOFFSETTO:-0500\n", ""),
        ("TZOFFSETTO:-0500", "TZOFFSETTO:west"),
        ("FREQ=YEARLY;BYDAY=1SU;BYMONTH=11", "FREQ=SOMETIMES"),
        ("DTSTART:16011104T020000", "DTSTART:never"),
        ("FREQ=YEARLY;BYDAY=1SU;BYMONTH=11", "FREQ=SECONDLY"),
    ],
)
def test_takes_its_own_zone_for_one_that_is_broken(damage: tuple[str, str]) -> None:
    head = OWN_ZONE.replace(*damage)

    reading = read_here(calendar("DTSTART;TZID=Far West:20270105T180000\nDTEND:20270107", head=head))

    assert reading.verdict is Verdict.ACCEPT
    assert ranges(reading)[0][0] in ("2027-01-05", "2027-01-06")


@pytest.mark.parametrize(
    "text", ["", "2027", "20270230", "20270105T250000", "20270105T1", "٢٠٢٧0105", "00000101"]
)
def test_refuses_what_is_no_date(text: str) -> None:
    with pytest.raises(Unreadable):
        read_clock(text)


@pytest.mark.parametrize("text", ["", "P", "PT", "4D", "P1Y", "P1M", "P-1D", "P999999999W"])
def test_refuses_what_is_no_length(text: str) -> None:
    with pytest.raises(Unreadable):
        read_duration(text)


def test_reads_offsets_to_the_second() -> None:
    assert read_offset("-033015") == -timedelta(hours=3, minutes=30, seconds=15)
    with pytest.raises(Unreadable):
        read_offset("+9900")
