"""`monotone` is a promise on every class of every table, and a broken one is found where it breaks."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pricing.scale.drafts import EXACT, draft, faults_of, line, read


def step_of(values: list[Any], monotone: str) -> dict[str, Any]:
    rows = [
        {"from": str(place), "below": str(place + 1), "value": value} for place, value in enumerate(values)
    ]
    return draft(line("step", of="qf", rows=rows, monotone=monotone))


def broken_rows(values: list[Any], monotone: str = "rising") -> list[int]:
    places = []
    for code, path in faults_of(step_of(values, monotone)):
        assert code == "not_monotone"
        places.append(int(path.removeprefix("$.versions[0].lines[0].rows[").removesuffix("]")))
    return places


def town(here: Any, nearby: Any) -> dict[str, Any]:
    return {"by": "town", "values": {"here": here, "nearby": nearby}}


def member(true: Any, false: Any) -> dict[str, Any]:
    return {"by": "member", "values": {"true": true, "false": false}}


@pytest.mark.parametrize(
    ("values", "broken"),
    [
        (["1", "1.0", "2"], []),
        (["1", "2", "1.99", "3"], [2]),
        (["3", "2", "1"], [1, 2]),
        ([town("1", "2"), town("2", "2")], []),
        ([town("1", "2"), town("2", "1")], [1]),
        ([town("1", "2"), "2"], []),
        ([town("1", "2"), "1"], [1]),
        (["1", town("2", "0")], [1]),
        ([town("5", "1"), town(None, "2"), town("4", "3")], [2]),  # nothing between, and still it falls
        ([town("5", None), town(None, "2"), town("6", "3")], []),
        ([town("1", member("2", "3")), town("1", member("2", "3"))], []),
        ([town("1", member("2", "3")), town("1", member("3", "2"))], [1]),
        ([town("1", "4"), member("5", "3")], [1]),  # nearby and no member
        ([town("1", town("9", "2")), town("1", "2")], []),  # here within nearby cannot be
        ([town(None, None), town(None, None), "1"], []),
    ],
)
def test_holds_every_class_to_the_promise(values: list[Any], broken: list[int]) -> None:
    assert broken_rows(values) == broken


def test_lets_values_fall_that_are_promised_to_fall() -> None:
    assert broken_rows(["3", "3", "1"], "falling") == []
    assert broken_rows(["3", "4", "1"], "falling") == [1]


def test_knows_no_other_promise() -> None:
    assert faults_of(step_of(["1"], "constant")) == [("bad_value", "$.versions[0].lines[0].monotone")]


def test_holds_knots_to_their_promise() -> None:
    knots = [{"at": "0", "value": "1"}, {"at": "1", "value": "3"}, {"at": "2", "value": "2"}]
    curve = line("piecewise_linear", of="qf", knots=knots, monotone="rising", round=EXACT)

    assert faults_of(draft(curve)) == [("not_monotone", "$.versions[0].lines[0].knots[2]")]
    assert faults_of(draft(curve | {"monotone": "falling"})) == [
        ("not_monotone", "$.versions[0].lines[0].knots[1]")
    ]


values_of_one_row = st.integers(0, 6).map(str) | st.builds(
    town, st.none() | st.integers(0, 6).map(str), st.none() | st.integers(0, 6).map(str)
)


@given(st.lists(values_of_one_row, min_size=1, max_size=6), st.sampled_from(["rising", "falling"]))
def test_accepts_just_the_scales_that_keep_their_promise(values: list[Any], monotone: str) -> None:
    """A scale that is accepted never breaks the promise for a household, and one that is refused does."""
    prices: dict[str, list[int]] = {"here": [], "nearby": []}
    scale = read(step_of(values, monotone) | {"versions": unpromised(step_of(values, monotone))})
    for name, found in prices.items():
        for place in range(len(values)):
            try:
                price = scale.price({"qf": str(place), "town": name}).as_json()["results"]
            except ValueError:
                continue  # no value for this class here
            found.append(int(price["price"]))  # type: ignore[index]
    sign = 1 if monotone == "rising" else -1
    keeps = all(sign * before <= sign * now for found in prices.values() for before, now in pairwise(found))

    assert (broken_rows(values, monotone) == []) is keeps


def unpromised(document: dict[str, Any]) -> Any:
    document["versions"][0]["lines"][0].pop("monotone")
    return document["versions"]
