"""The guest's own entry: right hours over the change of clocks, one UID for life, gone when cancelled."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Timezone

from calendars.feed.lines import scan
from calendars.feed.recurrence import Budget
from calendars.feed.zones import Zones
from calendars.invitation import invitation
from calendars.vtimezone import vtimezone
from tests.calendars.house import NOW, PARIS


def entry(**options: Any) -> bytes:
    settings: dict[str, Any] = {
        "uid": "stay-7@juste-nuit.example",
        "sequence": 0,
        "summary": "Séjour à la maison",
        "location": "1, rue du Jardin; Lille",
        "description": "Arrivée dès 15 h.\nÀ bientôt",
        "check_in": datetime(2027, 3, 27, 15, tzinfo=PARIS),
        "check_out": datetime(2027, 3, 28, 11, tzinfo=PARIS),
        "organizer_email": "accueil@juste-nuit.example",
        "stamp": NOW,
    }
    return invitation(**(settings | options))


def event(body: bytes) -> Any:
    (found,) = Calendar.from_ical(body).walk("VEVENT")
    return found


@pytest.mark.parametrize("day", ["20270327", "20271030", "20270101"])
def test_keeps_its_hours_over_the_change_of_clocks(day: str) -> None:
    check_in = datetime.fromisoformat(day).replace(hour=15, tzinfo=PARIS)
    # On the clock of the wall: 20 hours later is 11:00, however long the night was.
    check_out = check_in + timedelta(hours=20)

    body = entry(check_in=check_in, check_out=check_out)

    assert f"DTSTART;TZID=Europe/Paris:{day}T150000".encode() in body
    assert check_out.hour == 11
    assert event(body)["DTEND"].dt.astimezone(UTC) == check_out.astimezone(UTC)


@pytest.mark.parametrize(
    "name",
    [
        "Europe/Paris",
        "America/New_York",
        "Australia/Sydney",
        "Europe/Dublin",
        "Pacific/Kiritimati",
        "Indian/Reunion",
        "Asia/Kolkata",
        "America/Santiago",
    ],
)
def test_describes_a_zone_by_two_rules_that_hold(name: str) -> None:
    zone = ZoneInfo(name)
    description = vtimezone(zone, 2026, 2028).to_ical()
    document = scan(
        b"BEGIN:VCALENDAR\r\n" + description.replace(name.encode(), b"Ours") + b"END:VCALENDAR\r\n"
    )

    ours = Zones(document.zones, Budget(10**7), NOW.date() + timedelta(days=900)).find("Ours")

    assert len(description) < 500
    assert ours is not None
    for hours in range(0, 24 * 730, 7):
        wall = datetime.combine(datetime(2027, 1, 1, tzinfo=UTC).date(), datetime.min.time()) + timedelta(
            hours=hours
        )
        if wall.replace(tzinfo=zone).utcoffset() == wall.replace(tzinfo=zone, fold=1).utcoffset():
            assert wall.replace(tzinfo=ours).utcoffset() == wall.replace(tzinfo=zone).utcoffset(), wall


def test_is_understood_by_others() -> None:
    body = entry()
    found = event(body)

    assert str(found["SUMMARY"]) == "Séjour à la maison"
    assert str(found["LOCATION"]) == "1, rue du Jardin; Lille"
    assert str(found["DESCRIPTION"]) == "Arrivée dès 15 h.\nÀ bientôt"
    assert str(found["ORGANIZER"]) == "mailto:accueil@juste-nuit.example"
    assert Calendar.from_ical(body)["METHOD"] == "PUBLISH"
    assert isinstance(Calendar.from_ical(body).walk("VTIMEZONE")[0], Timezone)
    assert max(map(len, body.split(b"\r\n"))) <= 75
    assert body.count(b"\n") == body.count(b"\r\n")


def test_replaces_and_removes_the_entry_that_was_sent_before() -> None:
    first, moved = entry(), entry(sequence=1, check_out=datetime(2027, 3, 29, 11, tzinfo=PARIS))
    gone = entry(sequence=2, method="CANCEL")

    assert {str(event(body)["UID"]) for body in (first, moved, gone)} == {"stay-7@juste-nuit.example"}
    assert [event(body)["SEQUENCE"] for body in (first, moved, gone)] == [0, 1, 2]
    assert Calendar.from_ical(gone)["METHOD"] == "CANCEL"
    assert event(gone)["STATUS"] == "CANCELLED"
    assert entry() == first


def test_leaves_out_what_is_empty() -> None:
    body = entry(location="", description="", organizer_email=None)

    for name in (b"LOCATION", b"DESCRIPTION", b"ORGANIZER"):
        assert name not in body


@pytest.mark.parametrize(
    "nonsense",
    [
        {"uid": ""},
        {"uid": "a\r\nATTENDEE:mailto:x@y"},
        {"organizer_email": "a@b.example\r\nX:1"},
        {"sequence": -1},
        {"check_out": datetime(2027, 3, 26, 11, tzinfo=PARIS)},
        {"stamp": NOW.replace(tzinfo=None)},
    ],
)
def test_refuses_what_makes_no_entry(nonsense: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        entry(**nonsense)


def test_lets_no_text_become_a_line_of_its_own() -> None:
    body = entry(summary="x\r\nATTENDEE:mailto:a@b.example")

    assert b"\r\nATTENDEE" not in body
