"""Shapes that some system sends some day: built from the rules of the house, one line each, with what they become."""

import pytest

from calendars.feed import Kind, Verdict, digest
from tests.calendars.house import TODAY, calendar, nights, ranges, read_here

STAY = "UID:one\nDTSTART;VALUE=DATE:20270105\nDTEND;VALUE=DATE:20270108\nSUMMARY:Reserved"
GOOD = calendar(STAY)
NIGHTS = [("2027-01-05", "2027-01-08")]
PARIS = ";TZID=Europe/Paris"

TOLERATED = {
    "two byte order marks": b"\xef\xbb\xbf" * 2 + GOOD,
    "byte order mark after a blank line": b"\r\n\xef\xbb\xbf" + GOOD,
    "blanks before the colon": GOOD.replace(b"BEGIN:VE", b"BEGIN : VE").replace(b"END:VE", b"END : VE"),
    "blank behind the colon": GOOD.replace(b"BEGIN:VE", b"BEGIN: VE"),
    "parameter on begin and end": GOOD.replace(b"BEGIN:VE", b"BEGIN;X=1:VE").replace(
        b"END:VE", b"END;X=1:VE"
    ),
    "tab behind begin": GOOD.replace(b"BEGIN:VEVENT", b"BEGIN:VEVENT\t"),
    "hard blank behind begin": GOOD.replace(b"BEGIN:VEVENT", b"BEGIN:VEVENT\xc2\xa0"),
    "mixed letters": GOOD.replace(b"BEGIN:VEVENT", b"Begin:vEvent").replace(b"DTSTART", b"DtStart"),
    "neither version nor maker": GOOD.replace(b"VERSION:2.0\r\n", b"").replace(
        b"PRODID:-//Tests//EN\r\n", b""
    ),
    "version after the events": GOOD.replace(b"END:VCAL", b"VERSION:2.0\r\nPRODID:x\r\nEND:VCAL"),
    "text behind the end": GOOD + b"Notice: memory is low in line 7\n",
    "page behind the end": GOOD + b"<br />\n<b>Warning</b>\n",
    "nul behind the end": GOOD + b"\x00",
    "calendar in a calendar": GOOD.replace(b"BEGIN:VE", b"BEGIN:VCALENDAR\r\nBEGIN:VE").replace(
        b"END:VEVENT", b"END:VEVENT\r\nEND:VCALENDAR"
    ),
    "event in a group": GOOD.replace(b"BEGIN:VE", b"BEGIN:X-GROUP\r\nBEGIN:VE").replace(
        b"END:VEVENT", b"END:VEVENT\r\nEND:X-GROUP"
    ),
    "empty calendar before": b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n" + GOOD,
    "alarm after the dates": GOOD.replace(
        b"END:VEVENT", b"BEGIN:VALARM\r\nDTEND:20300101\r\nSTATUS:CANCELLED\r\nEND:VALARM\r\nEND:VEVENT"
    ),
    "free and busy": GOOD.replace(
        b"END:VCAL", b"BEGIN:VFREEBUSY\r\nDTSTART:20270201\r\nEND:VFREEBUSY\r\nEND:VCAL"
    ),
    "property with colons and quotes": GOOD.replace(b"UID:one", b'X-A;B="c:d;e":f:g;h="i\r\nUID:one'),
    "quoted semicolon on a date": GOOD.replace(b";VALUE=DATE:20270105", b';X="a;b:c";VALUE=DATE:20270105'),
    "line separators of other systems": GOOD.replace(b"Reserved", b"Reserved\x0b\x0c\xc2\x85\xe2\x80\xa8x"),
    "same line twice": GOOD.replace(b"UID:one", b"DTSTART;VALUE=DATE:20270105\r\nUID:one"),
    "folded after every octet": b"\r\n".join(
        b"\r\n ".join(line[place : place + 1] for place in range(len(line))) for line in GOOD.split(b"\r\n")
    ),
}


@pytest.mark.parametrize("body", TOLERATED.values(), ids=TOLERATED)
def test_forgives_what_costs_no_night(body: bytes) -> None:
    reading = read_here(body)

    assert (reading.verdict, ranges(reading)) == (Verdict.ACCEPT, NIGHTS)


REFUSED = {
    "UTF-16": GOOD.decode().encode("utf-16"),
    "UTF-16 without a mark": GOOD.decode().encode("utf-16-be"),
    "all lines indented": GOOD.replace(b"\r\n", b"\r\n "),
    "an end between two calendars": GOOD[: -len(b"END:VCALENDAR\r\n")] + GOOD,
    "an event closed twice": GOOD.replace(b"END:VEVENT", b"END:VEVENT\r\nEND:VEVENT"),
    "an event closed as a calendar": GOOD.replace(b"END:VEVENT", b"END:VCALENDAR"),
    "ends in the wrong order": calendar("BEGIN:VALARM\nEND:VEVENT\nEND:VALARM\nBEGIN:VEVENT"),
    "an end that is only told of": calendar(STAY + "\nDESCRIPTION:END:VEVENT").replace(
        b"\r\nEND:VEVENT", b""
    ),
    "a path": b"/etc/passwd",
    "an array": b"[{}]",
    "XML": b"<?xml version='1.0'?><iCalendar/>",
    "jCal": b'["vcalendar", []]',
}


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED)
def test_takes_nothing_from_what_is_no_whole_calendar(body: bytes) -> None:
    reading = read_here(body)

    assert (reading.verdict, reading.blocks) == (Verdict.REJECT, ())


# An event, and its nights from the day to the day after the last one, in 2027.
HOURS = [
    (f"DTSTART{PARIS}:20270105T1500\nDTEND{PARIS}:20270108T1100", "01-05 01-08"),  # no seconds
    (f"DTSTART{PARIS}:20270105T150000\nDTEND{PARIS}:20270107T240000", "01-05 01-08"),
    (f"DTSTART{PARIS}:2027-01-05T15:00:00\nDTEND{PARIS}:2027-01-08T11:00:00", "01-05 01-08"),
    ("DTSTART:2027-01-05T23:30:00.000Z\nDTEND:2027-01-08T10:00:00.000Z", "01-06 01-08"),
    ("DTSTART:20270105T233000-0100\nDTEND:20270108T100000+01:00", "01-06 01-08"),
    ("DTSTART:20270105T150000\nDTEND:20270108", "01-05 01-08"),
    ("DTSTART;VALUE=DATE:20270105T150000Z\nDTEND;VALUE=DATE:20270108T090000Z", "01-05 01-08"),
    ("DTSTART;TZID=America/New_York:20270105T220000Z\nDTEND:20270108", "01-05 01-08"),  # Z wins
    # The change to summer time at 2:00 on 28 March: a gap, the hours around it, and the week-end.
    (f"DTSTART{PARIS}:20270328T023000\nDTEND{PARIS}:20270329T110000", "03-28 03-29"),
    (f"DTSTART{PARIS}:20270327T150000\nDTEND{PARIS}:20270328T023000", "03-27 03-28"),
    (f"DTSTART{PARIS}:20270327T150000\nDURATION:PT19H", "03-27 03-28"),
    ("DTSTART:20270327T230000Z\nDTEND:20270328T220000Z", "03-28 03-29"),
    # The change to winter time at 3:00 on 31 October: an hour that comes twice.
    (f"DTSTART{PARIS}:20271031T023000\nDTEND{PARIS}:20271101T110000", "10-31 11-01"),
    ("DTSTART:20271030T220000Z\nDTEND:20271031T230000Z", "10-31 11-01"),
    (f"DTSTART{PARIS}:20271030T150000\nDURATION:P1DT20H", "10-30 11-01"),
    # Names of zones.
    ("DTSTART;TZID=america/new_york:20270105T190000\nDTEND:20270108", "01-06 01-08"),
    (
        "DTSTART;TZID=/freeassociation.sourceforge.net/America/New_York:20270105T190000\nDTEND:20270108",
        "01-06 01-08",
    ),
    ('DTSTART;TZID="Eastern Standard Time":20270105T190000\nDTEND:20270108', "01-06 01-08"),
    ("DTSTART;TZID=Etc/GMT+5:20270105T190000\nDTEND:20270108", "01-06 01-08"),
    ("DTSTART;TZID=UTC:20270105T233000\nDTEND:20270108", "01-06 01-08"),
    ("DTSTART;TZID=:20270105T190000\nDTEND:20270108", "01-05 01-08"),
    ("DTSTART;TZID=a/../../etc/passwd:20270105T190000\nDTEND:20270108", "01-05 01-08"),
    # Lengths.
    ("DTSTART:20270105\nDURATION:+P3D", "01-05 01-08"),
    ("DTSTART:20270105\nDURATION:p1w", "01-05 01-12"),
    ("DTSTART:20270105\nDURATION:PT0S", "01-05 01-06"),
    ("DTSTART:20270105T140000Z\nDURATION:PT20H", "01-05 01-06"),
    ("DTSTART:20270105T140000Z\nDURATION:P2DT20H", "01-05 01-08"),
    ("DTSTART:20270105\nDURATION:PT72H", "01-05 01-08"),
    # Mixed types.
    (f"DTSTART:20270105\nDTEND{PARIS}:20270108T180000", "01-05 01-09"),
    (f"DTSTART{PARIS}:20270105T235959\nDTEND:20270106", "01-05 01-06"),
    ("DTSTART:20270105T233000Z\nDTEND:20270106", "01-06 01-07"),
]


@pytest.mark.parametrize(("event", "expected"), HOURS)
def test_turns_every_way_to_write_hours_into_nights(event: str, expected: str) -> None:
    reading = read_here(calendar(event))

    assert [f"{start[5:]} {end[5:]}" for start, end in ranges(reading)] == [expected]
    assert reading.verdict is Verdict.ACCEPT


SERIES = "UID:r\nDTSTART:20270108\nDTEND:20270110\nRRULE:FREQ=WEEKLY;COUNT=4"
TIMED = f"UID:r\nDTSTART{PARIS}:20270108T150000\nDTEND{PARIS}:20270110T110000\nRRULE:FREQ=WEEKLY;COUNT=4"
ONWARD = "UID:r\nRECURRENCE-ID;RANGE=THISANDFUTURE:20270122\n"

VERSIONS = [
    # What follows an instance goes with it: moved, made longer, cancelled; and only what follows it.
    (
        [SERIES, ONWARD + "DTSTART:20270123\nDTEND:20270124"],
        "01-08 01-10 01-15 01-17 01-23 01-24 01-30 01-31",
    ),
    (
        [SERIES, ONWARD + "DTSTART:20270120\nDTEND:20270123"],
        "01-08 01-10 01-15 01-17 01-20 01-23 01-27 01-30",
    ),
    ([SERIES, ONWARD + "DTSTART:20270122\nSTATUS:CANCELLED"], "01-08 01-10 01-15 01-17"),
    ([SERIES, ONWARD + "STATUS:CANCELLED"], "01-08 01-10 01-15 01-17"),
    (
        [
            TIMED,
            f"UID:r\nRECURRENCE-ID{PARIS};RANGE=THISANDFUTURE:20270122T150000\nDTSTART:20270123\nDTEND:20270124",
        ],
        "01-08 01-10 01-15 01-17 01-23 01-24 01-30 01-31",
    ),
    ([SERIES + "\nRDATE:20270301", ONWARD + "STATUS:CANCELLED"], "01-08 01-10 01-15 01-17 03-01 03-03"),
    # One instance.
    ([SERIES, "UID:r\nRECURRENCE-ID:20270115\nSTATUS:CANCELLED"], "01-08 01-10 01-22 01-24 01-29 01-31"),
    (
        [TIMED, "UID:r\nRECURRENCE-ID:20270115T140000Z\nDTSTART:20270115\nSTATUS:CANCELLED"],
        "01-08 01-10 01-22 01-24 01-29 01-31",
    ),
    ([TIMED + "\nEXDATE;VALUE=DATE:20270115,20270122"], "01-08 01-10 01-29 01-31"),
    ([TIMED + "\nEXDATE:20270115T140000Z\nEXDATE:20270122T140000Z"], "01-08 01-10 01-29 01-31"),
    ([TIMED + f"\nEXDATE{PARIS}:20270115T120000"], "01-08 01-10 01-15 01-17 01-22 01-24 01-29 01-31"),
    # The whole series cancelled, but not the instance that was moved by itself.
    ([SERIES + "\nSTATUS:CANCELLED", "UID:r\nRECURRENCE-ID:20270115\nDTSTART:20270118"], "01-18 01-19"),
    # Periods have a length of their own.
    (
        [
            TIMED + "\nRDATE;VALUE=PERIOD:20270301T140000Z/P5DT18H",
        ],
        "01-08 01-10 01-15 01-17 01-22 01-24 01-29 01-31 03-01 03-07",
    ),
    (
        [TIMED + "\nRDATE;VALUE=PERIOD:20270301T140000Z/20270303T090000Z"],
        "01-08 01-10 01-15 01-17 01-22 01-24 01-29 01-31 03-01 03-03",
    ),
    # One UID: two dates are two stays; one start is one stay, in its latest version.
    (["UID:r\nDTSTART:20270105", "UID:r\nDTSTART:20270107\nSEQUENCE:9"], "01-05 01-06 01-07 01-08"),
    (["UID:r\nDTSTART:20270105\nDURATION:P9D", "UID:r\nDTSTART:20270105\nSEQUENCE:1"], "01-05 01-06"),
    (["UID:r\nDTSTART:20270105", "UID:r\nDTSTART:20270105\nSTATUS:CANCELLED"], "01-05 01-06"),
    (["UID:r\nDTSTART:20270105", "UID:r\nDTSTART:20270105\nSTATUS:CANCELLED\nSEQUENCE:1"], ""),
    (["UID:r\nDTSTART:20270105", "UID:R\nDTSTART:20270105\nSTATUS:CANCELLED\nSEQUENCE:1"], "01-05 01-06"),
    (["DTSTART:20270105", "DTSTART:20270105\nSTATUS:CANCELLED\nSEQUENCE:1"], "01-05 01-06"),
    # Doubt blocks.
    (["DTSTART:20270105\nSTATUS:CANCELLED\nSTATUS:CONFIRMED"], "01-05 01-06"),
    (["DTSTART:20270105\nSTATUS: cancelled "], ""),
    (["DTSTART:20270105\nX-STATUS:CANCELLED\nSUMMARY:STATUS:CANCELLED"], "01-05 01-06"),
    (["UID:z\nSTATUS:CANCELLED"], ""),
]


@pytest.mark.parametrize(("events", "expected"), VERSIONS)
def test_follows_versions_instances_and_what_was_called_off(events: list[str], expected: str) -> None:
    reading = read_here(calendar(*events))

    assert " ".join(f"{start[5:]} {end[5:]}" for start, end in ranges(reading)) == expected
    assert reading.verdict is Verdict.ACCEPT


def test_says_that_an_event_has_two_starts_and_takes_the_first() -> None:
    reading = read_here(calendar("DTSTART:20270105\nDTSTART:20270201\nDTEND:20270108"))

    assert (reading.verdict, ranges(reading)) == (Verdict.PARTIAL, NIGHTS)
    assert "more than one start" in reading.warnings[0]


def test_counts_an_event_within_an_event() -> None:
    assert nights("UID:a\nDTSTART:20270105\nBEGIN:VEVENT\nUID:b\nDTSTART:20270201\nEND:VEVENT") == [
        ("2027-01-05", "2027-01-06"),
        ("2027-02-01", "2027-02-02"),
    ]


def test_leaves_transparent_series_to_the_choice_of_the_feed() -> None:
    assert len(nights(SERIES + "\nTRANSP:TRANSPARENT")) == 4
    assert nights(SERIES + "\nTRANSP:TRANSPARENT", is_transparent_free=True) == []
    assert len(nights(SERIES + "\nTRANSP:TRANSPARENT\nTRANSP:OPAQUE", is_transparent_free=True)) == 4


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("DTSTART:20270105\nDTEND:20270107", "01-05 01-08"),
        ("DTSTART:20270105\nDTEND:20270105", "01-05 01-06"),
        ("DTSTART:20270105", "01-05 01-06"),
        ("DTSTART:20270105T140000Z\nDTEND:20270107T100000Z", "01-05 01-07"),
        ("DTSTART:20270105T140000Z\nDTEND:20270107", "01-05 01-08"),
        ("DTSTART:20270105\nDTEND:20270107\nRRULE:FREQ=DAILY;COUNT=1", "01-05 01-08"),
    ],
)
def test_reads_inclusive_ends_of_dates_only(event: str, expected: str) -> None:
    ((start, end),) = nights(event, is_end_inclusive=True)

    assert f"{start[5:]} {end[5:]}" == expected


def test_sees_a_hidden_event_behind_a_description_too() -> None:
    told = calendar(STAY + "\nDESCRIPTION:told\n twice")
    hidden = told.replace(b" twice", b" BEGIN:VEVENT")

    assert read_here(told).verdict is Verdict.ACCEPT
    assert read_here(hidden).verdict is Verdict.PARTIAL
    assert digest(told, today=TODAY) != digest(hidden, today=TODAY)


def test_takes_no_refused_body_for_an_unchanged_one() -> None:
    stamped = b"DTSTAMP:20261122T000000Z\r\n" + GOOD

    assert read_here(stamped).verdict is Verdict.REJECT
    assert digest(stamped, today=TODAY) != digest(GOOD, today=TODAY)


def test_judges_a_summary_by_its_beginning() -> None:
    (block,) = read_here(calendar(STAY.replace("Reserved", "x" * 9_000 + " Reserved"))).blocks

    assert block.kind is Kind.UNKNOWN
