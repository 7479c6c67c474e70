"""The replay: a register is read without guessing, sized, played through the services, held against the database."""

from __future__ import annotations

import csv
import gzip
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from benchmarks import databases
from benchmarks.proof import prove
from benchmarks.register import COLUMNS, NotARegister, read_register
from benchmarks.replay import main, run
from benchmarks.sizing import Size, size_types
from benchmarks.timeline import Verb, put_in_order

KNOWN = {
    "arrival_date_year": "2016",
    "arrival_date_month": "July",
    "arrival_date_day_of_month": "10",
    "stays_in_weekend_nights": "1",
    "stays_in_week_nights": "1",
    "lead_time": "5",
    "adults": "2",
    "children": "0",
    "babies": "0",
    "reserved_room_type": "A",
    "adr": "75.50",
    "reservation_status": "Check-Out",
    "reservation_status_date": "2016-07-12",
}
CANCELLED = {"reservation_status": "Canceled", "reservation_status_date": "2016-07-06"}
NO_SHOW = {"reservation_status": "No-Show", "reservation_status_date": "2016-07-10"}


def write_register(path: Path, *rows: dict[str, str]) -> Path:
    """Write a register of rows that differ from the known one as said."""
    with path.open("w", newline="", encoding="utf-8") as text:
        writer = csv.DictWriter(text, COLUMNS)
        writer.writeheader()
        writer.writerows({**KNOWN, **row} for row in rows)
    return path


def arrives(day: int, nights: int, lead_time: int = 5) -> dict[str, str]:
    """Return what differs in a stay from a day of July on."""
    return {
        "arrival_date_day_of_month": str(day),
        "stays_in_weekend_nights": "0",
        "stays_in_week_nights": str(nights),
        "lead_time": str(lead_time),
    }


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        ({"stays_in_weekend_nights": "0", "stays_in_week_nights": "0"}, "no night"),
        ({"stays_in_week_nights": "70"}, "more than 70 nights"),
        ({"adults": "0"}, "no adult"),
        ({"adr": "-6.38"}, "a negative rate"),
        ({"adr": "1e400"}, "a rate that no room has"),
        ({"adr": "NaN"}, "a field cannot be read"),
        ({"children": "NA"}, "a field cannot be read"),
        ({"adults": "1e999999"}, "a field cannot be read"),
        ({"lead_time": "900000"}, "a field cannot be read"),
        ({"arrival_date_day_of_month": "32"}, "a field cannot be read"),
        ({"reservation_status": "Maybe"}, "a field cannot be read"),
        ({"reserved_room_type": ""}, "a field cannot be read"),
    ],
)
def test_counts_and_skips_a_row_that_is_no_stay(tmp_path: Path, odd: dict[str, str], reason: str) -> None:
    register = read_register(write_register(tmp_path / "register.csv", {}, odd))

    assert [row.number for row in register.rows] == [1]
    assert dict(register.skipped) == {reason: 1}


def test_reads_a_packed_register_and_whole_numbers_that_a_spreadsheet_has_touched(tmp_path: Path) -> None:
    plain = write_register(tmp_path / "register.csv", {"children": "1.0", "adr": "75.505"})
    packed = tmp_path / "register.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))

    (row,) = read_register(packed).rows

    assert (row.sleepers.size, row.nightly_price.minor, row.booked_on) == (3, 7551, date(2016, 7, 5))


@pytest.mark.parametrize("content", [b"", b"name,price\n", b"\x7fELF\x00\xff\xfe", b"\x1f\x8b\x08\x00cut"])
def test_refuses_a_file_that_is_no_register(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "other").write_bytes(content)

    with pytest.raises((NotARegister, OSError)):
        read_register(tmp_path / "other")


def test_leaves_rooms_before_it_gives_them_again_and_books_before_it_cancels(tmp_path: Path) -> None:
    same_day = {"lead_time": "0", **CANCELLED, "reservation_status_date": "2016-07-12"}
    rows = read_register(
        write_register(tmp_path / "r.csv", {}, {**arrives(12, 1, 0), **same_day}, arrives(12, 1, 1))
    ).rows

    steps = [(step.verb, step.row.number) for step in put_in_order(rows) if step.day == date(2016, 7, 12)]

    assert steps == [(Verb.CHECK_OUT, 1), (Verb.BOOK, 2), (Verb.CANCEL, 2), (Verb.CHECK_IN, 3)]


def test_needs_more_rooms_than_the_peak_where_free_nights_are_scattered(tmp_path: Path) -> None:
    filler = {**arrives(12, 2, 10), **CANCELLED, "reservation_status_date": "2016-07-04"}
    before = [
        arrives(10, 2, 9),  # 1 July: nights 10 and 11 in the first room
        arrives(10, 3, 9),  # 1 July: nights 10 to 12 in the second
        filler,  #            2 July: nights 12 and 13 in the first, cancelled on 4 July
        arrives(14, 2, 11),  # 3 July: nights 14 and 15 in the first, beside the filler
    ]
    long = arrives(
        12, 4, 7
    )  # 5 July: nights 12 to 15; the first room is free for two of them, the second for three

    sizes = [
        size_types(put_in_order(read_register(write_register(tmp_path / "register.csv", *rows)).rows))
        for rows in (before, [*before, long])
    ]

    assert sizes == [{"A": Size(rooms=2, peak=2, sleeps=2)}, {"A": Size(rooms=3, peak=2, sleeps=2)}]


@pytest.mark.database
def test_agrees_with_the_register_it_has_replayed(
    tmp_path: Path, empty_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    register = write_register(
        tmp_path / "register.csv",
        {},
        CANCELLED,
        NO_SHOW,
        {**arrives(12, 3, 0), "adr": "0", "adults": "4"},
        {**arrives(12, 3, 30), "reserved_room_type": "B", "babies": "1", "adr": "120"},
        {"adults": "0"},
    )

    assert main([str(register), "--database", empty_url]) == 0

    said = capsys.readouterr().out
    assert "5 stays read; rows skipped: 1 with no adult." in said
    assert "Refused: 0." in said
    assert said.count("equal") == 9


@pytest.mark.database
def test_does_not_agree_with_another_register(tmp_path: Path, empty_url: str) -> None:
    rows = read_register(write_register(tmp_path / "register.csv", {}, {}, CANCELLED)).rows
    steps = put_in_order(rows)
    dearer = replace(rows[0], nightly_price=rows[0].nightly_price * 2)

    with databases.open_app(empty_url):
        run(steps, size_types(steps))
        with_itself, with_another = prove(rows), prove([dearer, *rows[1:]])
        with_fewer = prove(rows[1:])

    assert all(line.agrees for line in with_itself)
    assert [line.what for line in with_another if not line.agrees] == ["average daily rate"]
    assert {line.what for line in with_fewer if not line.agrees} >= {
        "bookings",
        "stays",
        "room nights stayed",
    }
