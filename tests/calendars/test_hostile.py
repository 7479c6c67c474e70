"""Bytes that nobody sane would send: no crash, no hang, and never a night set free by them."""

from datetime import date
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from calendars.feed import Kind, Reading, Verdict, digest
from calendars.feed.lines import MAX_BYTES
from calendars.reconcile import KnownBlock, reconcile
from tests.calendars.house import FEEDS, NOW, TODAY, calendar, read_here

CORPUS = [path.read_bytes() for path in sorted(FEEDS.glob("*.*cs"))]
KNOWN = [KnownBlock(1, "mine", date(2027, 1, 5), date(2027, 1, 8), Kind.RESERVATION)]
PIECES = [
    b"BEGIN:VEVENT\r\n",
    b"END:VEVENT\r\n",
    b"BEGIN:VTIMEZONE\r\nTZID:x\r\n",
    b"END:VCALENDAR\r\n",
    b"RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\r\n",
    b"RDATE;VALUE=PERIOD:00010101T000000Z/P99999W\r\n",
    b"RECURRENCE-ID;RANGE=THISANDFUTURE:20270105\r\n",
    b"DTSTART;TZID=Asia/Tokyo:00010101T000000\r\n",
    b"DTEND:99991231T235959Z\r\n",
    b"DURATION:-P99999W\r\n",
    b"SEQUENCE:999999999999\r\n",
    b'DTSTART;TZID="x:20270105\r\n',
    b"\xff\xfe\x00\x00",
    b"\r\n ",
    b";:=,",
]


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """Take a real feed and cut, copy, overwrite or insert at random places."""
    body = bytearray(draw(st.sampled_from(CORPUS)))
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, len(body)))
        length = draw(st.integers(0, 60))
        change = draw(st.sampled_from(("cut", "copy", "write", "insert")))
        if change == "cut":
            del body[place : place + length]
        elif change == "copy":
            body[place:place] = body[place : place + length]
        elif change == "write":
            body[place : place + length] = draw(st.binary(max_size=12))
        else:
            body[place:place] = draw(st.sampled_from(PIECES))
    return bytes(body)


def check(reading: Reading) -> None:
    assert reading.verdict in (Verdict.ACCEPT, Verdict.PARTIAL, Verdict.REJECT)
    assert bool(reading.why) == bool(reading.code) == (reading.verdict is not Verdict.ACCEPT)
    assert not (reading.blocks and reading.verdict is Verdict.REJECT)
    assert not reconcile(KNOWN, reading, now=NOW).released


@settings(max_examples=400)
@given(mutated())
@example(b"BEGIN:VCALENDAR\nEND:VCALENDAR")
def test_survives_a_feed_that_was_tampered_with(body: bytes) -> None:
    check(read_here(body))
    assert len(digest(body, today=TODAY)) == 64


@given(st.binary(max_size=400))
def test_survives_any_bytes(noise: bytes) -> None:
    check(read_here(noise))
    check(read_here(b"BEGIN:VCALENDAR\r\n" + noise + b"\r\nEND:VCALENDAR\r\n"))
    check(read_here(calendar("DTSTART:20270105").replace(b"20270105", noise)))


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
@pytest.mark.parametrize("edge", ["00010101T000000Z", "00010101", "99991231T235959Z", "21991231T235959Z"])
def test_survives_the_ends_of_time(zone: str, edge: str) -> None:
    event = f"DTSTART:{edge}\nRRULE:FREQ=YEARLY\nEXDATE:{edge}\nRDATE:{edge}"

    check(read_here(calendar(event, f"DTSTART:20270105\nDTEND:{edge}"), timezone=zone))


BIG = {
    "line ends": b"BEGIN:VCALENDAR" + b"\n" * (MAX_BYTES - 40) + b"END:VCALENDAR",
    "folds": b"BEGIN:VCALENDAR\nX:" + b"\n x" * (MAX_BYTES // 3 - 20) + b"\nEND:VCALENDAR",
    "quotes": calendar("DTSTART:20270105\nSUMMARY;X=" + '"' * 1_000_000 + ":x"),
    "colons": calendar("DTSTART:20270105\nSUMMARY" + ";a=b" * 1_000_000 + ":x"),
    "rules": calendar("DTSTART:20270105\n" + "RRULE:FREQ=DAILY\n" * 100_000),
    "dates": calendar("DTSTART:20270105\nRDATE:" + ",".join(["20270105T120000Z"] * 300_000)),
    "digits": calendar(
        "DTSTART:20270105\nSEQUENCE:" + "9" * 1_000_000 + "\nDURATION:P" + "9" * 1_000_000 + "D"
    ),
    "one series, replaced often": calendar(
        "UID:r\nDTSTART:20270105\nRRULE:FREQ=DAILY",
        *[
            f"UID:r\nRECURRENCE-ID:20270{month}{day}\nDTSTART:20270105"
            for month in range(1, 9)
            for day in range(10, 28)
        ]
        * 50,
    ),
}


@pytest.mark.parametrize("body", BIG.values(), ids=BIG)
def test_is_not_kept_busy_by_a_big_body(body: bytes) -> None:
    begun = process_time()

    check(read_here(body))

    assert process_time() - begun < 20


def test_reads_ten_thousand_events_in_time() -> None:
    events = [
        f"UID:{n}\nDTSTAMP:20261122T000000Z\nDTSTART;VALUE=DATE:20270105\nDTEND;VALUE=DATE:20270108\nSUMMARY:Reserved"
        for n in range(10_000)
    ]
    body = calendar(*events)
    begun = process_time()

    reading = read_here(body)

    assert len(reading.blocks) == 10_000
    assert process_time() - begun < 5  # R55; about 0.7 s where nothing else runs
