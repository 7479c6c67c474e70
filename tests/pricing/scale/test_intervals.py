"""Rows contain a quantity once: by three conventions, as a naive reading of their limits finds it."""

from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.scale.intervals import BOUNDS, Interval, Intervals
from tests.pricing.scale.drafts import draft, faults_of, line, price, read

NAIVE = {
    "from_below": lambda quantity, low, high: low <= quantity < high,
    "above_up_to": lambda quantity, low, high: low < quantity <= high,
    "whole": lambda quantity, low, high: low <= int(quantity) <= high,
}
FAR = 10**9


def rows_of(convention: str, *limits: str | None) -> list[dict[str, Any]]:
    """Return rows "0", "1"… between limits; of whole rows each begins one higher than a limit."""
    bounds = BOUNDS[convention]
    shift = 1 if bounds.is_whole else 0
    return [
        {
            bounds.low: low if not index or low is None else str(int(low) + shift) if shift else low,
            bounds.high: high,
            "value": str(index),
        }
        for index, (low, high) in enumerate(pairwise(limits))
    ]


def stepped(convention: str, quantity: str, *limits: str | None) -> Any:
    step = line("step", of="qf", rows=rows_of(convention, *limits))
    return read(draft(step, bounds=convention)).price({"qf": quantity}).as_json()["lines"]["price"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("convention", "quantity", "row"),
    [
        ("from_below", "0", "0"),
        ("from_below", "399.99", "0"),
        ("from_below", "400", "1"),
        ("above_up_to", "400", "0"),
        ("above_up_to", "400.0000001", "1"),
        ("above_up_to", "800", "1"),
        ("whole", "0", "0"),
        ("whole", "400.99", "0"),
        ("whole", "401", "1"),
        ("whole", "800.999", "1"),
    ],
)
def test_finds_the_row_of_a_limit(convention: str, quantity: str, row: str) -> None:
    assert stepped(convention, quantity, "0", "400", "800") == row


@pytest.mark.parametrize(
    ("convention", "outside"),
    [("from_below", ["-0.01", "800"]), ("above_up_to", ["0", "800.01"]), ("whole", ["-0.01", "801"])],
)
def test_has_no_price_outside_its_rows(convention: str, outside: list[str]) -> None:
    step = line("step", of="qf", rows=rows_of(convention, "0", "400", "800"))

    for quantity in outside:
        with pytest.raises(ValueError, match="out_of_domain"):
            read(draft(step, bounds=convention)).price({"qf": quantity})


@pytest.mark.parametrize("convention", BOUNDS)
def test_takes_rows_without_an_end(convention: str) -> None:
    assert stepped(convention, "-1000000", None, "400", None) == "0"
    assert stepped(convention, "1000000", None, "400", None) == "1"


@pytest.mark.parametrize("convention", BOUNDS)
@given(
    limits=st.lists(st.integers(-50, 50), min_size=2, max_size=8, unique=True).map(sorted),
    open_ends=st.tuples(st.booleans(), st.booleans()),
    quantity=st.fractions(0, 60, max_denominator=4) | st.integers(-60, 60).map(Fraction),
)
def test_agrees_with_a_naive_reading(
    convention: str, limits: list[int], open_ends: tuple[bool, bool], quantity: Fraction
) -> None:
    bounds, shift = BOUNDS[convention], 1 if convention == "whole" else 0
    naive = [(low + shift if place else low, high) for place, (low, high) in enumerate(pairwise(limits))]
    rows = [Interval(Fraction(low), Fraction(high)) for low, high in naive]
    if open_ends[0]:
        naive[0], rows[0] = (-FAR, naive[0][1]), Interval(None, rows[0].high)
    if open_ends[1]:
        naive[-1], rows[-1] = (naive[-1][0], FAR), Interval(rows[-1].low, None)
    containing = [place for place, (low, high) in enumerate(naive) if NAIVE[convention](quantity, low, high)]

    intervals = Intervals(bounds, tuple(rows))

    assert list(intervals.faults()) == []
    assert [intervals.find(quantity)] == (containing or [None])


def row(low: Any, high: Any, **keys: Any) -> dict[str, Any]:
    return {"from": low, "below": high, "value": "1", **keys}


def whole(low: Any, high: Any) -> dict[str, Any]:
    return {"from": low, "up_to": high, "value": "1"}


@pytest.mark.parametrize(
    ("bounds", "rows", "faults"),
    [
        ("from_below", [row("0", "4"), row("5", "9")], [("gap", "[1]")]),
        ("from_below", [row("0", "4"), row("3", "9")], [("overlap", "[1]")]),
        ("from_below", [row("0", "4"), row("0", "4")], [("overlap", "[1]")]),
        ("from_below", [row("0", None), row("4", "9")], [("overlap", "[1]")]),
        ("from_below", [row("0", "4"), row(None, "9")], [("overlap", "[1]")]),
        ("from_below", [row("4", "4")], [("bad_order", "[0]")]),
        ("from_below", [row("0", "4"), row("4", "2")], [("bad_order", "[1]")]),
        ("from_below", [row("0", "4"), {"from": "4", "value": "1"}], [("missing_key", "[1]")]),
        ("from_below", [row("0", "4"), whole("4", "9")], [("mixed_bounds", "[1]")]),
        ("from_below", [row("0", "4", up_to="9")], [("mixed_bounds", "[0]")]),
        ("from_below", [row("0", "4", price="9")], [("unknown_key", "[0].price")]),
        ("from_below", [row(0, "4")], [("bad_amount", "[0].from")]),
        ("from_below", [row("0", "four")], [("bad_amount", "[0].below")]),
        ("from_below", [row("0", "qf")], [("bad_amount", "[0].below")]),
        ("from_below", [], [("bad_value", "")]),
        ("from_below", {}, [("bad_value", "")]),
        ("from_below", ["0"], [("bad_value", "[0]")]),
        ("above_up_to", [row("0", "4")], [("mixed_bounds", "[0]")]),
        ("whole", [whole("0", "4"), whole("5", "9")], []),
        ("whole", [whole("0", "0"), whole("1", None)], []),
        ("whole", [whole("0", "4"), whole("4", "9")], [("overlap", "[1]")]),
        ("whole", [whole("0", "4"), whole("6", "9")], [("gap", "[1]")]),
        ("whole", [whole("5", "4")], [("bad_order", "[0]")]),
        ("whole", [whole("0", "4.5")], [("bad_value", "[0].up_to")]),
    ],
)
def test_refuses_rows_that_leave_a_doubt(bounds: str, rows: Any, faults: list[tuple[str, str]]) -> None:
    found = faults_of(draft(line("step", of="qf", rows=rows), bounds=bounds))

    assert found == [(code, f"$.versions[0].lines[0].rows{below}") for code, below in faults]


def test_asks_for_the_bounds_of_rows_alone() -> None:
    step = line("step", of="qf", rows=[row("0", "4")])

    assert faults_of(draft(step, bounds=None)) == [("missing_key", "$")]
    assert faults_of(draft(step, bounds="from_to")) == [("bad_value", "$.bounds")]
    assert faults_of(draft(bounds=None)) == []


def test_cuts_a_quantity_down_to_a_whole_number() -> None:
    assert stepped("whole", "599.99", "0", "599", "700") == "0"
    assert stepped("whole", "-0.5", "-1", "-1", "0") == "0"


def test_steps_by_a_line_that_is_an_exact_fraction() -> None:
    third = {"name": "third", "kind": "product", "of": ["qf"], "divide_by": ["3"], "round": "exact"}
    step = line("step", of="third", rows=[row("0", "0.333333333334"), row("0.333333333334", None, value="2")])

    assert price(third, step, qf="1") == "1"  # printed 0.333333333333, compared exactly
