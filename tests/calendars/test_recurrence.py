"""Repetition rules, against the counting of dateutil, and against those who would keep the house counting for ever."""

from datetime import date, datetime, time, timedelta
from itertools import takewhile

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from calendars.feed import Verdict
from calendars.feed.recurrence import Budget, strikes
from calendars.feed.rules import read_rule
from calendars.feed.values import Unreadable
from tests.calendars.house import calendar, nights, ranges, read_here

SINCE, BEFORE = date(2026, 11, 21), date(2028, 6, 1)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def numbers(low: int, high: int) -> st.SearchStrategy[str]:
    some = st.integers(low, high).filter(bool)
    return st.lists(some, min_size=1, max_size=3, unique=True).map(lambda found: ",".join(map(str, found)))


CONDITIONS = (
    "",
    "BYMONTH",
    "BYMONTHDAY",
    "BYDAY",
    "BYMONTH BYDAY",
    "BYMONTH BYMONTHDAY",
    "BYDAY BYMONTHDAY",
    "BYYEARDAY",
)


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Make rules that surely strike: dateutil looks for the others to the year 9999."""
    frequency = draw(st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")))
    conditions = draw(st.sampled_from(CONDITIONS)).split()
    if frequency == "WEEKLY":
        conditions = [condition for condition in conditions if condition in ("BYDAY", "BYMONTH")]
    has_ordinals = frequency in ("MONTHLY", "YEARLY") and conditions == ["BYDAY"]
    nth = draw(st.sampled_from(("", "1", "-1", "2"))) if has_ordinals else ""
    weekdays = draw(st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=3, unique=True))
    values = {
        "BYMONTH": draw(numbers(1, 12)),
        "BYMONTHDAY": draw(numbers(-28, 28)),
        "BYDAY": ",".join(nth + name for name in weekdays),
        "BYYEARDAY": draw(numbers(-365, 365)),
    }
    parts = [f"FREQ={frequency}", *(f"{condition}={values[condition]}" for condition in conditions)]
    if frequency == "WEEKLY":
        parts.append(f"WKST={draw(st.sampled_from(WEEKDAYS))}")
    if not (frequency == "MONTHLY" and {"BYMONTH", "BYYEARDAY"} & set(conditions)):
        parts.append(f"INTERVAL={draw(st.integers(1, 5))}")
    # Of a week that the series begins in the middle of, dateutil sees only the rest: no positions there.
    if conditions and frequency != "WEEKLY" and draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(st.sampled_from(('1', '-1', '1,-1')))}")
    if draw(st.booleans()):
        parts.append(f"COUNT={draw(st.integers(1, 40))}")
    return ";".join(parts)


@settings(max_examples=100)
@given(rules(), st.dates(date(2024, 1, 1), date(2028, 1, 1)), st.times())
def test_strikes_when_dateutil_says(text: str, day: date, hour: time) -> None:
    start = datetime.combine(day, hour.replace(microsecond=0))
    oracle = rrulestr(text, dtstart=start)
    if "COUNT" not in text:
        oracle = oracle.replace(until=datetime.combine(BEFORE, datetime.min.time()))
    expected = [moment for moment in oracle if SINCE <= moment.date() < BEFORE]

    found = list(
        strikes(
            read_rule(text), start, since=SINCE, before=BEFORE, is_over=lambda _: False, budget=Budget(10**7)
        )
    )

    assert found == expected


@st.composite
def rules_told_by_day(draw: st.DrawFn) -> str:
    """Make rules of which only the days are compared: by week number, by the clock, at several hours."""
    frequency = draw(st.sampled_from(("BYWEEKNO", "HOURLY", "MINUTELY", "DAILY")))
    weekdays = ",".join(draw(st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=3, unique=True)))
    match frequency:
        case "BYWEEKNO":
            parts = [f"FREQ=YEARLY;BYWEEKNO={draw(numbers(-52, 52))}"]
        case "HOURLY":
            parts = [f"FREQ=HOURLY;INTERVAL={draw(st.integers(1, 200))}"]
        case "MINUTELY":
            parts = [f"FREQ=MINUTELY;INTERVAL={draw(st.integers(500, 9_000))}"]
        case _:
            parts = [f"FREQ=DAILY;INTERVAL={draw(st.integers(1, 9))};BYHOUR=0,9,23;BYMINUTE=0,59"]
    # A week without weekdays means all seven to dateutil, that of the start to RFC 5545 and to us.
    if frequency == "BYWEEKNO" or (frequency != "DAILY" and draw(st.booleans())):
        parts.append(f"BYDAY={weekdays}")
    if draw(st.booleans()):
        parts.append(f"COUNT={draw(st.integers(1, 300))}")
    return ";".join(parts)


@settings(max_examples=80)
@given(rules_told_by_day(), st.dates(date(2025, 6, 1), date(2027, 12, 1)), st.times())
def test_strikes_on_the_days_that_dateutil_says(text: str, day: date, hour: time) -> None:
    start = datetime.combine(day, hour.replace(microsecond=0))
    expected = {
        moment.date()
        for moment in takewhile(lambda moment: moment.date() < BEFORE, rrulestr(text, dtstart=start))
        if moment.date() >= SINCE
    }

    found = strikes(
        read_rule(text), start, since=SINCE, before=BEFORE, is_over=lambda _: False, budget=Budget(10**7)
    )

    assert {moment.date() for moment in found} == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=WEEKLY;COUNT=3", ["01-08", "01-15", "01-22"]),
        ("FREQ=DAILY;INTERVAL=10;UNTIL=20270128", ["01-08", "01-18", "01-28"]),
        ("FREQ=MONTHLY;BYDAY=2FR;COUNT=3", ["01-08", "02-12", "03-12"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", ["01-08", "01-29", "02-26"]),
        ("FREQ=YEARLY;BYWEEKNO=1;UNTIL=20271231", ["01-08"]),
        ("FREQ=YEARLY;BYWEEKNO=3;BYDAY=MO;UNTIL=20271231", ["01-08", "01-18"]),
        ("FREQ=HOURLY;INTERVAL=36;COUNT=4", ["01-08", "01-09", "01-11", "01-12"]),
        ("FREQ=MINUTELY;INTERVAL=1440;COUNT=2", ["01-08", "01-09"]),
        ("freq=weekly;count=2;", ["01-08", "01-15"]),
    ],
)
def test_follows_the_rules_that_hosts_make(rule: str, expected: list[str]) -> None:
    found = nights(f"DTSTART:20270108\nDTEND:20270109\nRRULE:{rule}")

    assert [start for start, _ in found] == [f"2027-{day}" for day in expected]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=WEKLY",
        "COUNT=2",
        "",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;COUNT=1000000000000",
        "FREQ=DAILY;UNTIL=soon",
        "FREQ=DAILY;BYMONTH=13",
        "FREQ=DAILY;BYMONTHDAY=0",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=DAILY;WKST=XX",
        "FREQ=DAILY;FREQ=WEEKLY",
        "FREQ=DAILY;EVERY=2",
        "FREQ=HOURLY;BYHOUR=9",
        "FREQ=DAILY;BYHOUR=9,10;BYSETPOS=1",
        "FREQ=MONTHLY;BYWEEKNO=3",
        "RSCALE=CHINESE;FREQ=YEARLY",
    ],
)
def test_blocks_the_first_date_of_a_rule_that_it_does_not_follow(rule: str) -> None:
    with pytest.raises(Unreadable):
        read_rule(rule)

    reading = read_here(calendar(f"DTSTART:20270108\nDTEND:20270110\nRRULE:{rule}"))

    assert (reading.verdict, ranges(reading)) == (Verdict.PARTIAL, [("2027-01-08", "2027-01-10")])


SERIES = "UID:r\nDTSTART:20270108\nDTEND:20270110\nRRULE:FREQ=WEEKLY;COUNT=3"


@pytest.mark.parametrize(
    ("events", "starts"),
    [
        ([SERIES + "\nEXDATE:20270115"], ["01-08", "01-22"]),
        ([SERIES + "\nEXDATE:20270115,20270122"], ["01-08"]),
        ([SERIES + "\nEXDATE:20270115T000000Z"], ["01-08", "01-22"]),
        ([SERIES + "\nRDATE:20270301"], ["01-08", "01-15", "01-22", "03-01"]),
        ([SERIES + "\nRDATE;VALUE=PERIOD:20270301T150000Z/P1D"], ["01-08", "01-15", "01-22", "03-01"]),
        (
            [SERIES, "UID:r\nRECURRENCE-ID:20270115\nDTSTART:20270118\nDTEND:20270119"],
            ["01-08", "01-18", "01-22"],
        ),
        ([SERIES, "UID:r\nRECURRENCE-ID:20270115\nDTSTART:20270115\nSTATUS:CANCELLED"], ["01-08", "01-22"]),
        (
            [SERIES, "UID:other\nRECURRENCE-ID:20270115\nDTSTART:20270118"],
            ["01-08", "01-15", "01-18", "01-22"],
        ),
        (
            [
                SERIES,
                "UID:r\nSEQUENCE:2\nRECURRENCE-ID:20270115\nDTSTART:20270118\nDTEND:20270119",
                "UID:r\nSEQUENCE:1\nRECURRENCE-ID:20270115\nDTSTART:20270117\nDTEND:20270119",
            ],
            ["01-08", "01-18", "01-22"],
        ),
    ],
)
def test_minds_what_a_series_excepts_adds_and_replaces(events: list[str], starts: list[str]) -> None:
    assert [start for start, _ in nights(*events)] == [f"2027-{day}" for day in starts]


def test_keeps_the_hour_of_a_series_over_the_change_of_clocks() -> None:
    # The last Friday strikes at 16:00 in summer time, which is 14:00 UTC, exactly UNTIL.
    series = (
        "DTSTART;TZID=Europe/Paris:20270319T160000\nDTEND;TZID=Europe/Paris:20270320T100000\n"
        "RRULE:FREQ=WEEKLY;UNTIL=20270402T140000Z"
    )

    assert [start for start, _ in nights(series)] == ["2027-03-19", "2027-03-26", "2027-04-02"]
    assert len(nights(series.replace("T140000Z", "T135959Z"))) == 2


def test_begins_a_very_old_series_where_today_is() -> None:
    found = nights("DTSTART:19011224\nDTEND:19011227\nRRULE:FREQ=YEARLY")

    assert [start[:4] for start, _ in found] == ["2026", "2027", "2028"]


def test_reaches_back_to_a_stretch_that_is_under_way() -> None:
    assert nights("DTSTART:20261001\nDURATION:P60D\nRRULE:FREQ=YEARLY;COUNT=1") == [
        ("2026-10-01", "2026-11-30")
    ]


def test_blocks_every_night_of_a_rule_by_the_second() -> None:
    reading = read_here(
        calendar("DTSTART:20270105T150000Z\nDTEND:20270105T150001Z\nRRULE:FREQ=SECONDLY;COUNT=172800")
    )

    assert {block.start for block in reading.blocks} == {
        date(2027, 1, 5) + timedelta(days=day) for day in range(3)
    }


def test_says_when_rules_ask_for_too_much() -> None:
    reading = read_here(calendar(*["DTSTART:20200101T000000Z\nRRULE:FREQ=SECONDLY"] * 300))

    assert reading.verdict is Verdict.PARTIAL
    assert "too often" in reading.warnings[0]
