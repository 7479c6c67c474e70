"""Whole feeds in the forms of many platforms, written from the rules: the nights, and what each night is."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from calendars.feed import Reading, Verdict
from tests.calendars.house import FEEDS, read_here

# Kinds by their first letter: a guest's reservation, a block of the host, unknown.
STAYS: dict[str, list[str]] = {
    "abritel_french_host": [
        "2027-02-06 2027-02-13 r",
        "2027-02-13 2027-02-20 r",
        "2027-04-03 2027-04-10 r",
        "2027-05-01 2027-05-10 b",
    ],
    "airbnb_new_form": [
        "2026-11-21 2026-11-24 r",
        "2026-11-24 2026-11-25 b",
        "2027-11-22 2028-11-22 b",
    ],
    "airbnb_timed_events": ["2027-02-09 2027-02-12 r", "2027-07-09 2027-07-12 r"],
    "apple_calendar_with_alarms": [
        "2026-12-24 2026-12-27 b",
        "2027-10-30 2027-11-01 u",
        "2028-12-24 2028-12-27 b",
    ],
    "beds24_template_with_personal_data": ["2027-02-17 2027-02-21 u", "2027-03-01 2027-03-05 b"],
    "booking_stay_under_way": ["2026-11-22 2026-11-25 u", "2026-11-25 2027-06-01 u"],
    "gites_de_france_weeks": [
        "2027-07-10 2027-07-17 r",
        "2027-07-17 2027-07-24 r",
        "2027-10-30 2027-11-06 b",
    ],
    "google_series_and_instances": [
        "2027-03-05 2027-03-07 u",
        "2027-03-20 2027-03-21 u",
        "2027-04-02 2027-04-04 u",
        "2027-05-10 2027-05-12 u",
    ],
    "guesty_blocked_by_guesty": ["2027-01-10 2027-01-12 u", "2027-01-12 2027-01-16 u"],
    # A cleaning takes the night of its day, as every event does, but is no stay.
    "igms_bookings_and_cleanings": ["2027-04-02 2027-04-05 r", "2027-04-05 2027-04-06 b"],
    "lodgify_masked_names": ["2027-01-15 2027-01-18 u", "2027-01-22 2027-02-01 b"],
    "outlook_windows_zones": [
        "2027-03-28 2027-03-30 u",
        "2027-04-16 2027-04-17 r",
        "2027-05-01 2027-05-03 b",
    ],
    "pms_late_instance_moved_for_good": [
        "2027-01-04 2027-01-05 b",
        "2027-01-11 2027-01-12 b",
        "2027-01-19 2027-01-21 b",
        "2027-01-26 2027-01-28 b",
        "2027-02-02 2027-02-04 b",
        "2027-03-01 2027-03-05 b",
    ],
    "script_that_indents": ["2027-01-05 2027-01-08 u"],
    "script_that_writes_iso_dates": ["2027-01-05 2027-01-08 u", "2027-02-05 2027-02-08 u"],
    "tripadvisor_hours": ["2027-06-05 2027-06-12 r"],
    "vrbo_days_as_duration": [
        "2027-03-01 2027-03-07 r",
        "2027-03-27 2027-03-29 r",
        "2027-04-10 2027-04-17 b",
    ],
}
NOT_WHOLLY_READ = {"script_that_indents"}
PERSONAL = ("Vasseur", "00 17", "412.50", "Okafor", "Moreau", "5150", "Solène", "HMTEST", "cousins", "Garde")


def body_of(name: str) -> bytes:
    return (FEEDS / f"{name}.ics").read_bytes()


def lines(reading: Reading) -> list[str]:
    return [f"{block.start} {block.end} {block.kind[0]}" for block in reading.blocks]


@pytest.mark.parametrize("name", STAYS)
def test_reads_the_nights_of_a_platform_and_what_they_are(name: str) -> None:
    reading = read_here(body_of(name))

    assert lines(reading) == STAYS[name]
    assert reading.verdict is (Verdict.PARTIAL if name in NOT_WHOLLY_READ else Verdict.ACCEPT)


def test_knows_the_nights_of_every_file_in_the_folder() -> None:
    numbered = {path.stem for path in FEEDS.glob("[0-9]*")}

    assert {path.stem for path in FEEDS.glob("*.ics")} - numbered == set(STAYS)


@pytest.mark.parametrize("name", STAYS)
def test_leaves_out_exactly_the_closures_when_asked(name: str) -> None:
    reading = read_here(body_of(name), stays_only=True)

    assert lines(reading) == [line for line in STAYS[name] if not line.endswith("b")]


@pytest.mark.parametrize("name", STAYS)
def test_keeps_nothing_about_any_guest(name: str) -> None:
    told = repr(read_here(body_of(name)))

    assert not [secret for secret in PERSONAL if secret in told]


@pytest.mark.parametrize("name", STAYS)
def test_refuses_every_beginning_of_a_feed(name: str) -> None:
    body = body_of(name)
    end = body.rindex(b"VCALENDAR") + len(b"VCALENDAR")

    for cut in range(0, end, 11):
        reading = read_here(body[:cut])
        assert (reading.verdict, reading.blocks) == (Verdict.REJECT, ()), body[:cut][-40:]


READS_ALL = """
import sys, time
from tests.calendars.house import FEEDS, read_here
time.tzset()
for path in sorted(FEEDS.glob("*.*")):
    for options in ({}, {"timezone": "Pacific/Auckland"}, {"is_end_inclusive": True}):
        print(path.name, read_here(path.read_bytes(), **options).blocks)
"""


def test_reads_the_same_nights_in_a_server_anywhere_on_earth() -> None:
    told = {
        zone: subprocess.run(
            [sys.executable, "-c", READS_ALL],
            env={**os.environ, "TZ": zone, "PYTHONPATH": str(Path(__file__).parents[2])},
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        ).stdout
        for zone in ("Europe/Paris", "Pacific/Kiritimati", "America/Los_Angeles")
    }

    assert len(set(told.values())) == 1
    assert "2027" in told["Europe/Paris"]


def test_shares_its_feeds_with_the_tests_of_the_specification() -> None:
    expected = json.loads((FEEDS / "expected.json").read_text(encoding="utf-8"))

    assert {entry["file"] for entry in expected["feeds"]} <= {path.name for path in FEEDS.iterdir()}
