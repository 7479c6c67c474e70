"""A quote and a choice come back from their text exactly; no income is in it, and nothing else is believed."""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.grid import Grid, example_house
from pricing.group import GroupRoom, Sleepers, quote_group
from pricing.money import Money
from pricing.quote import RoomRequest, quote
from pricing.stay import Stay
from pricing.stored import QuoteInvalid, dump_choice, dump_quote, load_choice, load_quote
from tests.pricing.stays import parties, stays

GRID = example_house()
STAY = Stay(date(2027, 6, 30), date(2027, 7, 2))
FAMILY = quote(GRID, STAY, [RoomRequest("family", 2, (4, 1))], today=date(2027, 5, 1))
QUOTE_TEXT, CHOICE_TEXT = dump_quote(FAMILY), dump_choice(FAMILY.choose(bracket=3))

SCHEMA = {
    "schema", "currency", "grid", "grid.hash", "grid.version", "stay", "stay.arrival", "stay.departure", "quoted_on",
    "honoured_until", "is_resident", "rooms", "rooms.type", "rooms.adults", "rooms.children", "rooms.is_beyond_fewest",
    "rooms.part", "rooms.parts", "nights", "nights.room", "nights.night", "nights.season", "nights.rule",
    "nights.reference", "nights.dues", "nights.undecided", "costs", "costs.fixed", "costs.room", "costs.persons",
    "minimum",
}  # fmt: skip
CHOICE_SCHEMA = {
    "schema", "currency", "bracket", "nights", "nights.room", "nights.night", "nights.reference", "nights.due",
    "nights.chosen",
}  # fmt: skip


def keys(document: Any, path: str = "") -> Iterator[str]:
    if isinstance(document, dict):
        for key, value in document.items():
            yield f"{path}{key}"
            yield from keys(value, f"{path}{key}.")
    elif isinstance(document, list):
        for value in document:
            yield from keys(value, path)


@given(stays(), parties, st.booleans(), st.none() | st.dates(date(2026, 1, 1), date(2028, 1, 1)))
def test_reads_a_quote_as_it_was_written(
    stay: Stay, party: list[RoomRequest], is_resident: bool, today: date | None
) -> None:
    priced = quote(GRID, stay, party, is_resident=is_resident, today=today)

    text = dump_quote(priced)

    assert load_quote(text, GRID) == priced
    assert dump_quote(load_quote(text, GRID)) == text


@given(stays(), parties, st.none() | st.integers(1, 8), st.integers(0, 99_999))
def test_reads_a_choice_as_it_was_written(
    stay: Stay, party: list[RoomRequest], bracket: int | None, more: int
) -> None:
    priced = quote(GRID, stay, party)

    for choice in (priced.choose(bracket=bracket), priced.choose(amount=priced.minimum + Money(more))):
        assert load_choice(dump_choice(choice)) == choice


def test_reads_a_part_of_a_shared_room_as_it_was_written() -> None:
    group = quote_group(GRID, STAY, [GroupRoom("family", (Sleepers(1, 2), Sleepers(2, 1)))])

    for part in group.parts:
        assert load_quote(dump_quote(part.quote), GRID) == part.quote


@given(stays(most_nights=5), parties, st.integers(1, 8))
def test_writes_the_keys_of_its_schema_and_amounts_as_text(
    stay: Stay, party: list[RoomRequest], bracket: int
) -> None:
    priced = quote(GRID, stay, party)
    told, chosen = json.loads(dump_quote(priced)), json.loads(dump_choice(priced.choose(bracket=bracket)))

    assert set(keys(told)) == SCHEMA
    assert set(keys(chosen)) == CHOICE_SCHEMA
    amounts = [told["minimum"], *told["costs"].values(), *(each["chosen"] for each in chosen["nights"])]
    amounts += [due for night in told["nights"] for due in night["dues"]]
    assert all(isinstance(amount, str) and re.fullmatch(r"[0-9]+\.[0-9]{2}", amount) for amount in amounts)


UNMISTAKABLE = {"650": "654.321", "950": "957.531", "1288": "1281.357", "1700": "1703.579", "500": "512.345"}


def test_serialises_no_figure_of_an_income() -> None:
    text = GRID.dumps()
    for figure, other in UNMISTAKABLE.items():
        text = re.sub(rf'(from|below|point) = "{figure}"', rf'\1 = "{other}"', text)
    grid = Grid.loads(text)
    priced = quote(grid, STAY, [RoomRequest("double", 1)])
    shown = {edge.minor for rung in priced.ladder for edge in (rung.income_from, rung.income_to) if edge}
    assert {edge // 100 for edge in shown} >= {655, 960, 1280, 1705}  # what a guest is shown, to 5 €

    for stored in (dump_quote(priced), dump_choice(priced.choose(bracket=2))):
        for word in ("income", "revenu", "living", "declar", "units", "slope"):
            assert word not in stored
        figures = {figure.partition(".")[0] for figure in re.findall(r'"([0-9.]+)"', stored)}
        edges = {str(edge // 100) for edge in shown} | {
            other.partition(".")[0] for other in UNMISTAKABLE.values()
        }
        assert not figures & edges


def changed(text: str, *path: str | int, to: object) -> str:
    document = json.loads(text)
    place = document
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = to
    return json.dumps(document)


@pytest.mark.parametrize(
    ("path", "to"),
    [
        (("schema",), "pricing-quote/2"),
        (("income",), "1500"),
        (("grid", "hash"), "0" * 64),
        (("grid", "version"), 2),
        (("currency",), "CHF"),
        (("stay", "arrival"), "2027-07-01"),
        (("stay", "arrival"), "2027-02-30"),
        (("stay", "departure"), "9999-01-01"),
        (("quoted_on",), "yesterday"),
        (("is_resident",), 0),
        (("rooms", 0, "type"), "castle"),
        (("rooms", 0, "adults"), True),
        (("rooms", 0, "adults"), 0),
        (("rooms", 0, "children"), [4, 40]),
        (("rooms", 0, "part"), 2),
        (("rooms",), []),
        (("nights", 0, "season"), "high"),
        (("nights", 1, "rule"), None),
        (("nights", 0, "night"), "2040-01-01"),
        (("nights", 0, "room"), 1),
        (("nights", 0, "dues", 0), "400.00"),
        (("nights", 0, "dues", 0), 28.0),
        (("nights", 0, "dues", 0), "-1.00"),
        (("nights", 0, "dues", 0), "28.001"),
        (("nights", 0, "dues"), ["28.00"]),
        (("nights",), []),
        (("nights", 0, "reference"), "1.00"),
        (("costs", "fixed"), "1.00"),
        (("costs",), {"fixed": "1.00"}),
        (("minimum",), "99.00"),
    ],
)
def test_believes_no_quote_that_was_changed(path: tuple[str | int, ...], to: object) -> None:
    with pytest.raises(QuoteInvalid):
        load_quote(changed(QUOTE_TEXT, *path, to=to), GRID)


@pytest.mark.parametrize(
    ("path", "to"),
    [
        (("schema",), "pricing-quote/1"),
        (("currency",), "???"),
        (("bracket",), 0),
        (("bracket",), "3"),
        (("nights",), []),
        (("nights", 0, "night"), "2027-07-09"),
        (("nights", 0, "chosen"), 12),
        (("nights", 0, "due"), None),
        (("nights", 0, "income"), "1500"),
    ],
)
def test_believes_no_choice_that_was_changed(path: tuple[str | int, ...], to: object) -> None:
    with pytest.raises(QuoteInvalid):
        load_choice(changed(CHOICE_TEXT, *path, to=to))


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "null", "[" * 100_000, '{"schema":1,"schema":2}', '{"minimum":1.5}', "NaN", "9" * 5000],
)
def test_refuses_what_is_no_stored_text_without_a_trace(text: str) -> None:
    with pytest.raises(QuoteInvalid):
        load_quote(text, GRID)
    with pytest.raises(QuoteInvalid):
        load_choice(text)


@given(st.data())
def test_never_stumbles_over_a_broken_text(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([QUOTE_TEXT, CHOICE_TEXT]))
    start = data.draw(st.integers(0, len(text)))
    broken = text[:start] + data.draw(st.text(max_size=5)) + text[start + data.draw(st.integers(0, 20)) :]

    for read in (lambda: load_quote(broken, GRID), lambda: load_choice(broken)):
        try:
            again = read()
        except QuoteInvalid:
            continue
        assert again is not None
