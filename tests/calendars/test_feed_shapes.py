"""What costs no night is forgiven; what could free one is refused, each with its own message."""

import time as clock
from datetime import date, time

import pytest

from calendars import words
from calendars.feed import Block, Kind, Verdict, digest, read
from calendars.feed.kinds import kind_of
from tests.calendars.house import FEEDS, NOW, TODAY, calendar, nights, ranges, read_here

STAY = "UID:one\nDTSTART;VALUE=DATE:20270105\nDTEND;VALUE=DATE:20270108\nSUMMARY:Réservé"
GOOD = calendar(STAY)
NIGHTS = [("2027-01-05", "2027-01-08")]

TOLERATED = {
    "bare line feeds": GOOD.replace(b"\r\n", b"\n"),
    "bare carriage returns": GOOD.replace(b"\r\n", b"\r"),
    "doubled line ends": GOOD.replace(b"\r\n", b"\r\n\r\n"),
    "byte order mark": b"\xef\xbb\xbf" + GOOD,
    "blanks before": b"\r\n  \r\n" + GOOD,
    "blanks after lines": GOOD.replace(b"\r\n", b"  \r\n"),
    "no last line end": GOOD.rstrip(),
    "comment after the end": GOOD + b"<!-- served in 12 ms -->\n",
    "latin-1": GOOD.decode().encode("latin-1"),
    "undecodable": GOOD.replace("é".encode(), b"\x81\xff"),
    "nul": GOOD.replace("é".encode(), b"\x00"),
    "lower case": GOOD.lower(),
    "folded name": GOOD.replace(b"DTSTART", b"DTS\r\n TART"),
    "folded by tab": GOOD.replace(b"20270105", b"2027\r\n\t0105"),
    "folded begin": GOOD.replace(b"BEGIN:VEVENT", b"BEGIN:VE\r\n VENT"),
    "folded first line": GOOD.replace(b"BEGIN:VCALENDAR", b"BEGIN:VCAL\r\n ENDAR"),
    "folded inside a character": GOOD.replace("é".encode(), b"\xc3\r\n \xa9", 1),
    "fold of nothing": GOOD.replace(b"DTEND", b" \r\nDTEND"),
    "blank after begin": GOOD.replace(b"BEGIN:VEVENT", b"BEGIN:VEVENT "),
    "stray line in the calendar": GOOD.replace(b"VERSION:2.0", b"VERSION:2.0\r\nhello"),
    "stray line in the event": GOOD.replace(b"UID:one", b"UID:one\r\n=====\r\n:\r\n;"),
    "malformed refresh interval": GOOD.replace(b"VERSION:2.0", b"VERSION:2.0\r\nREFRESH-INTERVAL:P:1H"),
    "alarm without anything": GOOD.replace(b"UID:one", b"BEGIN:VALARM\r\nDTSTART:x\r\nEND:VALARM\r\nUID:one"),
    "nested alarm": GOOD.replace(
        b"UID:one", b"BEGIN:VALARM\r\nBEGIN:X-A\r\nDTEND:20300101\r\nEND:X-A\r\nEND:VALARM\r\nUID:one"
    ),
    "quoted colon": GOOD.replace(b"SUMMARY:", b'SUMMARY;ALTREP="http://x:80/":'),
    "parameter in quotes": GOOD.replace(b"VALUE=DATE", b'VALUE="DATE"'),
    "no VALUE": GOOD.replace(b";VALUE=DATE", b""),
    "wrong VALUE": GOOD.replace(b"VALUE=DATE", b"VALUE=DATE-TIME"),
    "a zone on a date": GOOD.replace(b"VALUE=DATE", b"TZID=Pacific/Kiritimati"),
    "dashes": GOOD.replace(b"20270105", b"2027-01-05"),
    "unknown status": GOOD.replace(b"UID:one", b"STATUS:MAYBE\r\nUID:one"),
    "odd sequence": GOOD.replace(b"UID:one", b"SEQUENCE:first\r\nUID:one"),
    "no UID": GOOD.replace(b"UID:one\r\n", b""),
    "todo": GOOD.replace(b"END:VCALENDAR", b"BEGIN:VTODO\r\nDTSTART:20270201\r\nEND:VTODO\r\nEND:VCALENDAR"),
    "unused broken zone": GOOD.replace(
        b"VERSION:2.0", b"VERSION:2.0\r\nBEGIN:VTIMEZONE\r\nTZID:x\r\nEND:VTIMEZONE"
    ),
}


@pytest.mark.parametrize("body", TOLERATED.values(), ids=TOLERATED)
def test_forgives_what_costs_no_night(body: bytes) -> None:
    reading = read_here(body)

    assert (reading.verdict, ranges(reading)) == (Verdict.ACCEPT, NIGHTS)


REFUSED = {
    "nothing": (b"", "empty_body"),
    "blanks": (b"\xef\xbb\xbf \r\n\t \n", "empty_body"),
    "page": (b"<!DOCTYPE html><html></html>", "web_page"),
    "json": (b'{"error": "not found"}', "json"),
    "list": (b"[]", "json"),
    "text": (b"Not found", "not_a_calendar"),
    "path": (b"/etc/passwd", "not_a_calendar"),
    "calendar inside a page": (b"<pre>" + GOOD, "web_page"),
    "event alone": (b"BEGIN:VEVENT\r\nEND:VEVENT\r\n", "not_a_calendar"),
    "cut after the event": (GOOD[: GOOD.rindex(b"END:VCALENDAR")], "truncated"),
    "cut in the last word": (GOOD[:-6], "truncated"),
    "cut in a line": (GOOD[: GOOD.index(b"20270108") + 4], "truncated"),
    "one END too few": (GOOD.replace(b"END:VEVENT\r\n", b""), "unbalanced"),
    "one END too many": (GOOD + b"END:VCALENDAR\r\n", "unbalanced"),
    "event in event": (calendar("UID:a\nBEGIN:VEVENT\nUID:b"), "unbalanced"),
    "too deep": (b"BEGIN:VCALENDAR\n" + b"BEGIN:X\n" * 40 + b"END:X\n" * 40 + b"END:VCALENDAR", "too_deep"),
    "too large": (GOOD + b"\n" * 10 * 1024 * 1024, "too_large"),
    "too many": (calendar(*["UID:1"] * 50_001), "too_many_events"),
}


@pytest.mark.parametrize(("body", "code"), REFUSED.values(), ids=REFUSED)
def test_refuses_what_is_no_whole_calendar(body: bytes, code: str) -> None:
    reading = read_here(body)

    assert (reading.verdict, reading.code, reading.blocks) == (Verdict.REJECT, code, ())
    assert reading.why


@pytest.mark.parametrize("cut", range(40, len(GOOD) - 14, 7))
def test_refuses_a_calendar_cut_anywhere(cut: int) -> None:
    assert read_here(GOOD[:cut]).verdict is Verdict.REJECT


def test_counts_every_calendar_of_a_body() -> None:
    other = calendar("UID:two\nDTSTART:20270201\nDTEND:20270203")

    assert ranges(read_here(GOOD + other)) == [*NIGHTS, ("2027-02-01", "2027-02-03")]


def test_takes_no_text_for_a_file() -> None:
    with pytest.raises(TypeError):
        read_here(str(FEEDS / "43_complete_three_stays.ics"))  # type: ignore[arg-type]


def test_wants_to_know_the_time_exactly() -> None:
    with pytest.raises(ValueError, match="time zone"):
        read_here(GOOD, now=NOW.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("events", "expected", "codes"),
    [
        (["DTEND:20270105"], [], ["no_start"]),
        (["DTSTART:20271345"], [], ["bad_start"]),
        (["DTSTART:99991231T235959Z\nDTEND:99991231T235959Z"], [], ["zero_length"]),
        (["DTSTART:20270105\nDTEND:20271345"], [("2027-01-05", "2027-01-06")], ["bad_end"]),
        (["DTSTART:20270105\nDURATION:later"], [("2027-01-05", "2027-01-06")], ["bad_end"]),
        (["DTSTART:20270105\nDTEND:20270104"], [], ["reversed"]),
        (["DTSTART:20270105\nDURATION:-P1D"], [], ["reversed"]),
        (
            ["DTSTART:20270105\nDTEND:20270106\nRDATE:soon"],
            [("2027-01-05", "2027-01-06")],
            ["bad_extra_date"],
        ),
        (["DTSTART:20270105\nRECURRENCE-ID:soon"], [("2027-01-05", "2027-01-06")], ["bad_instance"]),
    ],
)
def test_tells_each_event_that_it_cannot_read(
    events: list[str], expected: list[tuple[str, str]], codes: list[str]
) -> None:
    good = "DTSTART:20270301\nDTEND:20270303"

    reading = read_here(calendar(*events, good), horizon=date(2028, 1, 1))

    assert ranges(reading) == [*expected, ("2027-03-01", "2027-03-03")]
    assert reading.warnings == tuple(words.say(code, event=1) for code in codes)
    assert reading.verdict is (Verdict.ACCEPT if codes == ["zero_length"] else Verdict.PARTIAL)


def test_speaks_french_to_a_french_host() -> None:
    assert read_here(b"", language="fr").why == "La réponse était vide (0 octet)."
    assert read_here(calendar("UID:1"), language="fr").warnings == (
        "L’événement 1 n’a pas de date de début.",
    )


def test_words_no_more_remarks_than_a_person_reads() -> None:
    warnings = read_here(calendar(*["UID:1"] * 80)).warnings

    assert len(warnings) == 51
    assert "30" in warnings[-1]


def test_lets_a_cancelled_event_go_and_keeps_a_tentative_one() -> None:
    cancelled, tentative = STAY + "\nSTATUS:CANCELLED", STAY + "\nSTATUS:TENTATIVE"

    assert nights(cancelled) == []
    assert nights(tentative) == NIGHTS


def test_leaves_free_events_to_the_choice_of_the_feed() -> None:
    assert nights(STAY + "\nTRANSP:TRANSPARENT") == NIGHTS
    assert nights(STAY + "\nTRANSP:TRANSPARENT", is_transparent_free=True) == []


def test_takes_the_later_version_of_an_event() -> None:
    longer = STAY.replace("20270108", "20270110") + "\nSEQUENCE:2"
    elsewhere = STAY.replace("20270105", "20270106") + "\nSEQUENCE:3"

    assert nights(longer, STAY) == [("2027-01-05", "2027-01-10")]
    assert nights(STAY, longer + "\nSTATUS:CANCELLED") == []
    assert nights(STAY, elsewhere) == [*NIGHTS, ("2027-01-06", "2027-01-08")]
    assert nights(STAY, longer.replace("\nSEQUENCE:2", "")) == [*NIGHTS, ("2027-01-05", "2027-01-10")]


def test_ends_every_block_at_the_end_of_sales() -> None:
    for_ever = "DTSTART:20270105\nDTEND:99991231"

    assert nights(for_ever, horizon=date(2027, 6, 1)) == [("2027-01-05", "2027-06-01")]
    assert nights(for_ever, horizon=date(2027, 1, 5)) == []
    assert nights(for_ever) == [("2027-01-05", "2029-01-01")]


def test_shortens_an_endless_uid() -> None:
    (block,) = read_here(calendar("DTSTART:20270105\nUID:" + "x" * 5_000)).blocks

    assert len(block.uid) == 64


@pytest.mark.parametrize(
    ("summary", "maker", "kind"),
    [
        ("Reserved", "-//Airbnb Inc//Hosting Calendar 1.0//EN", Kind.RESERVATION),
        ("Airbnb (Not available)", "-//Airbnb Inc//Hosting Calendar 1.0//EN", Kind.BLOCK),
        ("CLOSED - Not available", "-//Booking.com//Calendar//EN", Kind.UNKNOWN),
        ("CLOSED - Not available", "", Kind.UNKNOWN),
        ("Reserved", "BOOKING.COM", Kind.UNKNOWN),
        ("Blocked", "-//HomeAway.com, Inc.//EN", Kind.BLOCK),
        ("Réservée - A.", "-//HomeAway.com, Inc.//EN", Kind.RESERVATION),
        ("Indisponible", "-//HomeAway.com, Inc.//EN", Kind.BLOCK),
        ("Provisoire - B.", "-//HomeAway.com, Inc.//EN", Kind.RESERVATION),
        ("Blocked By Guesty", "", Kind.UNKNOWN),
        ("Unavailable", "-//Beds24//EN", Kind.BLOCK),
        ("[B] Somebody", "", Kind.RESERVATION),
        ("[C] Cleaning", "", Kind.BLOCK),
        ("N. D.", "-//Lodgify//EN", Kind.UNKNOWN),
        ("", "", Kind.UNKNOWN),
    ],
)
def test_tells_stays_from_closures_where_the_platform_does(summary: str, maker: str, kind: Kind) -> None:
    assert kind_of(summary, maker) is kind


def test_refuses_a_block_without_a_night() -> None:
    with pytest.raises(ValueError, match="no night"):
        Block(TODAY, TODAY, "x")
    with pytest.raises(TypeError):
        Block(NOW, TODAY, "x")


def test_condenses_only_what_matters() -> None:
    stamped = calendar(STAY + "\nDTSTAMP:20261122T000000Z\nDESCRIPTION:a\n b")
    restamped = calendar(STAY + "\nDTSTAMP:20261122T111111Z\nDESCRIPTION:c\n d\n e")
    moved = calendar(STAY.replace("20270108", "20270109") + "\nDTSTAMP:20261122T000000Z\nDESCRIPTION:a\n b")

    assert digest(stamped, today=TODAY) == digest(restamped, today=TODAY)
    assert digest(stamped, today=TODAY) != digest(moved, today=TODAY)
    assert digest(stamped, today=TODAY) != digest(stamped, today=date(2026, 11, 23))


def test_gives_the_same_nights_wherever_the_server_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    bodies = [path.read_bytes() for path in sorted(FEEDS.glob("*.ics"))]
    at_home = [read_here(body) for body in bodies]
    try:
        for zone in ("Pacific/Kiritimati", "America/Los_Angeles", "UTC"):
            monkeypatch.setenv("TZ", zone)
            clock.tzset()
            assert [read_here(body) for body in bodies] == at_home
    finally:
        monkeypatch.undo()
        clock.tzset()


def test_reads_for_a_house_in_another_zone() -> None:
    evening = "DTSTART:20270105T030000Z\nDTEND:20270107T160000Z"

    reading = read(
        calendar(evening), timezone="America/Cayenne", check_in=time(15), check_out=time(11), now=NOW
    )

    assert ranges(reading) == [("2027-01-05", "2027-01-07")]
