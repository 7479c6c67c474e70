"""The feed that we serve: the same bytes for the same nights, readable by anybody, silent about guests."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from calendars.export import LINE_OCTETS, Busy, escape, etag, fold, merge, merge_busy, write
from calendars.feed.nights import HouseHours
from tests.calendars.house import PARIS, TODAY, read_here

CHANGED = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
KEY = b"a secret of room 4"


def feed(*pairs: tuple[date, date], stamp: datetime = CHANGED, **options: object) -> bytes:
    settings: dict[str, object] = {"name": "Chambre 4", "key": KEY, "host": "juste-nuit.example"}
    return write([Busy(start, end, stamp) for start, end in pairs], **(settings | options))  # type: ignore[arg-type]


def pair(start: int, end: int) -> tuple[date, date]:
    return TODAY + timedelta(days=start), TODAY + timedelta(days=end)


some_pairs = st.lists(
    st.builds(lambda start, length: pair(start, start + length), st.integers(0, 300), st.integers(1, 9)),
    max_size=20,
)


def nights_of(pairs: list[tuple[date, date]]) -> set[date]:
    return {
        date.fromordinal(night) for start, end in pairs for night in range(start.toordinal(), end.toordinal())
    }


@given(some_pairs)
def test_is_read_back_with_the_same_nights(pairs: list[tuple[date, date]]) -> None:
    reading = read_here(feed(*pairs), horizon=TODAY + timedelta(days=400))

    assert nights_of([(block.start, block.end) for block in reading.blocks]) == nights_of(pairs)
    assert not reading.warnings


@given(some_pairs)
def test_joins_nights_that_touch(pairs: list[tuple[date, date]]) -> None:
    merged = merge(pairs)

    assert nights_of(list(merged)) == nights_of(pairs)
    assert all(before[1] < after[0] for before, after in pairwise(merged))


@given(some_pairs, st.randoms())
def test_gives_the_same_bytes_in_whatever_order_it_is_told(
    pairs: list[tuple[date, date]], random: object
) -> None:
    shuffled = list(pairs)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert feed(*shuffled) == feed(*pairs)


def test_writes_what_the_standard_asks() -> None:
    text = feed(pair(5, 8)).decode()

    assert text.splitlines()[:4] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Juste Nuit//Calendars 1//EN",
        "CALSCALE:GREGORIAN",
    ]
    for line in (
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "DTSTAMP:20261120T093000Z",
        "DTSTART;VALUE=DATE:20261127",
        "DTEND;VALUE=DATE:20261130",
        "SUMMARY:Unavailable",
        "TRANSP:OPAQUE",
    ):
        assert f"\r\n{line}\r\n" in text
    assert text.endswith("END:VCALENDAR\r\n")


@given(st.text(max_size=300), st.text(max_size=80))
def test_passes_a_strict_parser_whatever_the_room_is_called(name: str, summary: str) -> None:
    name, summary = (text.encode(errors="ignore").decode() for text in (name, summary))

    body = feed(pair(1, 2), name=name, summary=summary)

    assert body.count(b"\n") == body.count(b"\r\n") == len(body.split(b"\r\n")) - 1
    assert max(map(len, body.split(b"\r\n"))) <= LINE_OCTETS
    calendar = Calendar.from_ical(body)
    assert [event["DTSTART"].dt for event in calendar.walk("VEVENT")] == [pair(1, 2)[0]]


def test_escapes_and_folds() -> None:
    assert escape("a;b,c\\d\r\ne\tf") == r"a\;b\,c\\d\ne f"
    assert fold("é" * 40) == "é" * 37 + "\r\n " + "é" * 3 + "\r\n"
    assert fold("x" * 75) == "x" * 75 + "\r\n"
    assert fold("x" * 150) == "x" * 75 + "\r\n " + "x" * 74 + "\r\n x\r\n"
    assert fold("x" * 76) == "x" * 75 + "\r\n x\r\n"


def uids(body: bytes) -> list[str]:
    return [str(event["UID"]) for event in Calendar.from_ical(body).walk("VEVENT")]


def test_keeps_a_uid_when_the_end_changes() -> None:
    assert uids(feed(pair(5, 8))) == uids(feed(pair(5, 9)))
    assert uids(feed(pair(5, 8))) != uids(feed(pair(6, 8)))
    assert uids(feed(pair(5, 8))) != uids(feed(pair(5, 8), key=b"room 5"))


def test_changes_its_etag_exactly_when_a_night_changes() -> None:
    tag = etag(feed(pair(5, 8)))

    assert tag == etag(feed(pair(5, 8)))
    assert tag != etag(feed(pair(5, 9)))
    assert tag != etag(feed())
    assert tag.startswith('"')
    assert tag.endswith('"')


def events(body: bytes) -> list[bytes]:
    return body.split(b"BEGIN:VEVENT")[1:]


def test_leaves_the_bytes_of_an_event_alone_when_another_changes() -> None:
    later = CHANGED + timedelta(days=9)
    settings = {"name": "Chambre 4", "key": KEY, "host": "juste-nuit.example"}
    first = Busy(*pair(5, 8), CHANGED)

    before = events(write([first, Busy(*pair(20, 22), CHANGED)], **settings))  # type: ignore[arg-type]
    after = events(write([first, Busy(*pair(20, 25), later)], **settings))  # type: ignore[arg-type]

    assert before[0] == after[0]
    assert b"DTSTAMP:20261129T093000Z" in after[1]


def test_stamps_joined_nights_by_the_last_change_among_them() -> None:
    later = CHANGED + timedelta(days=1)

    joined = merge_busy([Busy(*pair(8, 9), CHANGED), Busy(*pair(5, 8), later), Busy(*pair(12, 13), CHANGED)])

    assert joined == (Busy(*pair(5, 9), later), Busy(*pair(12, 13), CHANGED))


@given(some_pairs)
def test_writes_hours_for_readers_that_overlook_whole_days(pairs: list[tuple[date, date]]) -> None:
    hours = HouseHours(PARIS, time(15), time(11))

    body = feed(*pairs, hours=hours)
    reading = read_here(body, horizon=TODAY + timedelta(days=400))

    assert b"VALUE=DATE:" not in body
    assert nights_of([(block.start, block.end) for block in reading.blocks]) == nights_of(pairs)
    assert not reading.warnings
    for event in Calendar.from_ical(body).walk("VEVENT"):
        # A reader that cuts the date off the hour in UTC finds the dates of the house.
        assert (event["DTSTART"].dt.date(), event["DTEND"].dt.date()) in set(merge(pairs))


def test_writes_the_hours_of_summer_and_winter() -> None:
    hours = HouseHours(PARIS, time(15), time(11))

    text = feed((date(2027, 3, 27), date(2027, 3, 28)), hours=hours).decode()

    assert "DTSTART:20270327T140000Z\r\nDTEND:20270328T090000Z\r\n" in text


def test_refuses_nonsense() -> None:
    with pytest.raises(ValueError, match="no night"):
        feed(pair(5, 5))
    with pytest.raises(TypeError):
        merge([(CHANGED, CHANGED)])
    with pytest.raises(ValueError, match="zone"):
        feed(pair(5, 6), stamp=CHANGED.replace(tzinfo=None))
    with pytest.raises(ValueError, match="key"):
        feed(key=b"")


def test_writes_ten_thousand_nights_in_a_blink() -> None:
    pairs = [pair(2 * number, 2 * number + 1) for number in range(10_000)]
    begun = process_time()

    feed(*pairs)

    # 0.06 s on the machine of the benchmarks; this only catches a change of kind.
    assert process_time() - begun < 1
