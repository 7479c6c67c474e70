"""A calendar reads as it writes, in words that a volunteer can follow, and is refused with the place of its fault."""

import tomllib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.calendar_reader import MOST_DEPTH, read_calendar, read_first_calendar
from pricing.calendar_writer import write_calendar
from pricing.document import Table, read
from pricing.refusal import GridInvalid
from pricing.seasons import SeasonCalendar
from tests.pricing.seasons.calendars import calendars, every_night
from tests.pricing.seasons.written import FIRST_FORM, TEXT


def parse(text: str) -> SeasonCalendar:
    return read_calendar(read(text))


def high_nights(calendar: SeasonCalendar, *, year: int, month: int) -> list[int]:
    days = [date(year, month, day) for day in range(1, 29)]
    return [night.day for night in days if calendar.hit(night).code == "high"]


def test_reads_every_kind_of_selector() -> None:
    calendar = parse(TEXT)

    assert high_nights(calendar, year=2026, month=11) == [10, 11]
    assert high_nights(calendar, year=2026, month=12) == [24, 25]
    assert high_nights(calendar, year=2027, month=2) == list(range(19, 27))  # works from the 27th
    assert high_nights(calendar, year=2027, month=3) == [6, 20]
    assert high_nights(calendar, year=2027, month=4) == [3]
    assert calendar.hit(date(2027, 2, 27)).reason("en") == (
        "works, rather than weekends or holidays of both zones"
    )


def test_writes_a_calendar_in_one_way() -> None:
    written = write_calendar(parse(TEXT))

    assert write_calendar(parse(written)) == written
    assert 'nights = { any = [{ eve_of = "public_holidays" }, { on = "public_holidays" }, ' in written
    assert '"B" = [\n    { from = 2026-12-19, until = 2027-01-04 },\n' in written


@given(calendars())
def test_reads_what_it_wrote(calendar: SeasonCalendar) -> None:
    again = parse(write_calendar(calendar))

    assert again == calendar
    assert all(again.hit(night) == calendar.hit(night) for night in every_night())


def test_writes_a_calendar_without_base_and_rules() -> None:
    bare = TEXT.partition("[[calendar.rules]]")[0].replace("[calendar]", "[calendar]\nrules = []")
    always = TEXT.replace('base = "low"\n', "") + (
        '[[calendar.rules]]\ncode = "always"\nseason = "low"\npriority = 1\n'
        'reasons = { fr = "toujours", en = "always" }\nnights = { weekdays = '
        '["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] }\n'
    )

    for text in (bare, always):
        assert parse(write_calendar(parse(text))) == parse(text)
    assert parse(always).base is None


def test_lets_the_first_rule_of_form_1_decide() -> None:
    calendar = read_first_calendar(read(FIRST_FORM))

    assert high_nights(calendar, year=2026, month=12) == [20, 21, 22, 23, 25, 26, 27, 28]
    assert high_nights(calendar, year=2027, month=2) == list(range(10, 20))
    assert high_nights(calendar, year=2027, month=3) == [2, 3]
    assert calendar.hit(date(2026, 12, 24)).reason("en") == "works, rather than all winter"
    assert [(rule.code, rule.priority) for rule in calendar.rules] == [("rule_1", 2), ("rule_2", 1)]
    assert parse(write_calendar(calendar)) == calendar


KEYS = (
    "any",
    "all",
    "not",
    "yearly",
    "dates",
    "ranges",
    "weekdays",
    "on",
    "eve_of",
    "school_holidays",
    "event",
)
ODD = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.dates(), st.datetimes(),
        st.sampled_from(["public_holidays", "match", "friday", "B", "02-29", "12-31"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from((*KEYS, "from", "until")), inner, max_size=3)
    ),
    max_leaves=12,
)  # fmt: skip


@given(st.sampled_from(KEYS), ODD)
def test_reads_or_refuses_whatever_stands_for_nights(key: str, value: object) -> None:
    document = tomllib.loads(TEXT)
    document["calendar"]["rules"][0]["nights"] = {key: value}

    outcome = calendar_or_fault(document)

    if isinstance(outcome, SeasonCalendar):
        assert parse(write_calendar(outcome)) == outcome
    else:
        assert outcome.path.startswith("calendar.rules[1].nights")


def calendar_or_fault(document: dict[str, object]) -> SeasonCalendar | GridInvalid:
    try:
        return read_calendar(Table(document))
    except GridInvalid as fault:
        return fault


FEASTS = (
    'nights = { any = [{ eve_of = "public_holidays" }, { on = "public_holidays" }, { event = "match" }] }'
)
RULE = "calendar.rules[1].nights"


@pytest.mark.parametrize(
    ("old", "new", "code", "path"),
    [
        (FEASTS, "nights = {}", "selector_keys", RULE),
        (FEASTS, 'nights = { on = "public_holidays", event = "match" }', "selector_keys", RULE),
        (FEASTS, "nights = { moon = true }", "unknown_selector", f"{RULE}.moon"),
        (FEASTS, "nights = [1]", "wrong_type", RULE),
        (FEASTS, "", "missing_key", RULE),
        (FEASTS, "nights = { any = [] }", "selector_empty", f"{RULE}.any"),
        (FEASTS, "nights = { all = [] }", "selector_empty", f"{RULE}.all"),
        (FEASTS, "nights = { any = [{ dates = [] }] }", "selector_empty", f"{RULE}.any[1].dates"),
        (FEASTS, "nights = { not = { ranges = [] } }", "selector_empty", f"{RULE}.not.ranges"),
        (FEASTS, "nights = { not = [] }", "wrong_type", f"{RULE}.not"),
        (FEASTS, 'nights = { on = "sundays" }', "unknown_selector", f"{RULE}.on"),
        (FEASTS, 'nights = { eve_of = "match" }', "unknown_selector", f"{RULE}.eve_of"),
        (FEASTS, 'nights = { weekdays = ["friday", "Saturday"] }', "no_such_day", f"{RULE}.weekdays[2]"),
        (FEASTS, "nights = { weekdays = [5] }", "wrong_type", f"{RULE}.weekdays[1]"),
        (FEASTS, "nights = { weekdays = [] }", "selector_empty", f"{RULE}.weekdays"),
        (FEASTS, 'nights = { event = "strike" }', "unknown_event", f"{RULE}.event"),
        (FEASTS, 'nights = { not = { event = "strike" } }', "unknown_event", f"{RULE}.event"),
        (FEASTS, 'nights = { school_holidays = { any = ["D"] } }', "unknown_zone", f"{RULE}.school_holidays"),
        (FEASTS, 'nights = { school_holidays = { any = ["A"], all = ["B"] } }', "unknown_key",
         f"{RULE}.school_holidays.any"),
        (FEASTS, "nights = { school_holidays = {} }", "missing_key", f"{RULE}.school_holidays.any"),
        (FEASTS, 'nights = { school_holidays = "B" }', "wrong_type", f"{RULE}.school_holidays"),
        (FEASTS, "nights = { yearly = { from = 11-01 } }", "not_toml", "document"),
        ('until = "02-15"', 'until = "02-30"', "no_such_day", "calendar.rules[2].nights.all[2].not.yearly.until"),
        ('until = "02-15"', 'until = "2-15"', "no_such_day", "calendar.rules[2].nights.all[2].not.yearly.until"),
        ('until = "02-15"', 'until = "11-01"', "period_order", "calendar.rules[2].nights.all[2].not.yearly.until"),
        ("until = 2027-03-06", "until = 2027-02-27", "period_order", "calendar.rules[4].nights.ranges[1].until"),
        ("priority = 20", "priority = 0", "not_positive", "calendar.rules[1].priority"),
        ("priority = 20", 'priority = "20"', "wrong_type", "calendar.rules[1].priority"),
        ("priority = 20", "", "missing_key", "calendar.rules[1].priority"),
        ('code = "feasts"', 'code = "both"', "rule_twice", "calendar.rules"),
        ('code = "feasts"', "", "missing_key", "calendar.rules[1].code"),
        ('season = "high"', 'season = "monsoon"', "unknown_season", "calendar.rules[1].season"),
        ('base = "low"\n', "", "nights_without_season", "calendar.rules"),
        ('base = "low"', 'base = ""', "empty_text", "calendar.base"),
        ("known_until = 2027-09-01", "known_until = 2027-08-31", "school_holidays_unknown", "calendar.horizon"),
        ("known_until = 2027-09-01", "known_until = 2026-09-01", "period_order",
         "calendar.school_holidays.known_until"),
        ("until = 2027-03-01", "until = 2027-12-01", "holiday_outside", "calendar.school_holidays.zones.A"),
        ("until = 2027-01-04", "until = 2027-03-04", "range_overlap", "calendar.school_holidays.zones.B"),
        ("until = 2027-03-01", "until = 2027-02-01", "period_order",
         "calendar.school_holidays.zones.A[1].until"),
        ('source = "the ministry"', "", "missing_key", "calendar.school_holidays.source"),
        ("dates = [2027-03-20]", "dates = []", "event_empty", "calendar.events.match"),
        ("dates = [2027-03-20]", "dates = [2027-03-20, 2027-03-20]", "dates_order", "calendar.events[1].dates"),
        ("[calendar]", "[calendar]\nmoon = 1", "unknown_key", "calendar.moon"),
    ],
)  # fmt: skip
def test_refuses_a_faulty_calendar_and_says_where(old: str, new: str, code: str, path: str) -> None:
    assert old in TEXT

    with pytest.raises(GridInvalid) as refusal:
        parse(TEXT.replace(old, new, 1))

    assert (refusal.value.code, refusal.value.path) == (code, path)


@pytest.mark.parametrize(("depth", "is_read"), [(MOST_DEPTH - 1, True), (MOST_DEPTH, False), (5000, False)])
def test_refuses_selectors_that_are_joined_too_deep(depth: int, is_read: bool) -> None:
    deep = TEXT.replace(FEASTS, f"nights{'.not' * depth}.event = 'match'")

    if is_read:
        assert parse(deep).hit(date(2027, 3, 20)).code == "low"  # a not an odd number of times
        return
    with pytest.raises(GridInvalid) as refusal:
        parse(deep)
    assert refusal.value.code == "too_deep"


@pytest.mark.parametrize(
    "change",
    [
        ("dates = [2026-12-24, 2027-03-01]\n", ""),
        ("dates = [2026-12-24, 2027-03-01]\n", "dates = []\n"),
    ],
)
def test_refuses_a_rule_of_form_1_that_takes_no_night(change: tuple[str, str]) -> None:
    with pytest.raises(GridInvalid) as refusal:
        read_first_calendar(read(FIRST_FORM.replace(*change)))

    assert (refusal.value.code, refusal.value.path) == ("rule_empty", "calendar.rules[1]")
