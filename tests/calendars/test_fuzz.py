"""Bytes that nobody sane would send: no crash, no hang, no promise broken; a few thousand here, the rest by hand."""

import random
from datetime import date
from itertools import repeat
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from calendars.feed import Kind, Verdict
from calendars.reconcile import KnownBlock, reconcile
from tests.calendars.fuzz import CORPUS, PromiseBroken, changed, check, check_beginning, seeds, time_limit
from tests.calendars.house import FEEDS, NOW, calendar, ranges, read_here

BODIES = {path.stem: path.read_bytes() for path in sorted(CORPUS.glob("*.ics"))}
KNOWN = [KnownBlock(1, "mine", date(2027, 1, 5), date(2027, 1, 8), Kind.RESERVATION)]
ONE_NIGHT = [("2027-01-05", "2027-01-06")]

# What some of the corpus became once it was mended; the others only have to keep the promises.
MENDED = {
    "event_within_another": [*ONE_NIGHT, ("2027-02-01", "2027-02-02")],
    "event_within_something_else": ONE_NIGHT,
    "blanks_around_the_colon": ONE_NIGHT,
    "parameter_on_begin": ONE_NIGHT,
    "two_starts": [("2027-01-05", "2027-01-08")],
    "cancelled_and_confirmed": ONE_NIGHT,
    "period_longer_than_the_event": [*ONE_NIGHT, ("2027-03-01", "2027-03-07")],
    "the_first_day_of_the_calendar": [("1970-01-01", "2029-01-01")],
}


@pytest.mark.parametrize("seed", range(5))
def test_survives_feeds_that_were_tampered_with(seed: int) -> None:
    chance, feeds = random.Random(seed), seeds()

    for _ in range(500):
        original = chance.choice(feeds)
        check(changed(original, feeds, chance), original)


@pytest.mark.parametrize("name", BODIES)
def test_does_not_break_twice_at_what_broke_it_once(name: str) -> None:
    reading = check(BODIES[name])

    assert ranges(reading) == MENDED.get(name, ranges(reading))


@pytest.mark.parametrize("path", sorted(FEEDS.glob("*.ics")), ids=lambda path: path.stem)
def test_takes_no_cut_feed_for_a_whole_one(path: Path) -> None:
    chance = random.Random(path.stem)
    body = path.read_bytes()
    if read_here(body).verdict is Verdict.REJECT:
        return

    for _ in range(60):
        check_beginning(body, chance.randint(0, 10**6))


def test_notices_a_broken_promise() -> None:
    whole = calendar("DTSTART:20270105")

    with pytest.raises(PromiseBroken, match="cut feed"):
        check_beginning(whole + whole, len(whole))
    with pytest.raises(PromiseBroken, match="an end within"), time_limit(0.05):
        sum(place % 2 for place in repeat(1))


@given(st.binary(max_size=400))
@example(b"BEGIN:VCALENDAR\nEND:VCALENDAR")
def test_survives_any_bytes(noise: bytes) -> None:
    check(noise)
    check(b"BEGIN:VCALENDAR\r\n" + noise + b"\r\nEND:VCALENDAR\r\n")
    check(calendar("DTSTART:20270105").replace(b"20270105", noise))


@settings(max_examples=60)
@given(st.integers(0, 2**32))
def test_frees_no_night_at_the_first_look(seed: int) -> None:
    chance, feeds = random.Random(seed), seeds()

    reading = read_here(changed(chance.choice(feeds), feeds, chance))

    assert not reconcile(KNOWN, reading, now=NOW).released


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
@pytest.mark.parametrize("edge", ["00010101T000000Z", "00010101", "99991231T235959Z", "21991231T235959Z"])
def test_survives_the_ends_of_time(zone: str, edge: str) -> None:
    event = f"DTSTART:{edge}\nRRULE:FREQ=YEARLY\nEXDATE:{edge}\nRDATE:{edge}"
    moved = f"UID:m\nRECURRENCE-ID;RANGE=THISANDFUTURE:{edge}\nDTSTART:20270105"

    body = calendar(event, f"DTSTART:20270105\nDTEND:{edge}", "UID:m\n" + event, moved)

    check(body)
    assert read_here(body, timezone=zone).verdict in (Verdict.ACCEPT, Verdict.PARTIAL)
