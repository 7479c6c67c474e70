"""Stored values come back as they were, and nothing else is taken for one."""

import json
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.balance.evolution import Draft, Unchanged, evolve
from pricing.balance.forecast import Forecast, Target
from pricing.balance.solver import Balanced, FloorTooHigh, OutOfReach, solve
from pricing.balance.storage import StoredInvalid, dumps, loads
from pricing.money import Money
from tests.pricing.balance.years import FORECAST, GRID, needing

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from(["1/0", "1/40", "Draft"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["kind", "form", "value", "slope"]), inner)
    ),
    max_leaves=8,
)


def look(need: str | int, fund: int = 0) -> Draft | Unchanged:
    return evolve(
        grid=GRID,
        forecast=FORECAST,
        months=((30, 20, 9, 9, 9, 9, 9, 9),),
        target=needing(need),
        fund=Money.of(fund),
        today=date(2026, 11, 22),
    )


@given(st.integers(0, 400_000), st.integers(-50_000, 50_000))
def test_reads_back_what_it_wrote(need: int, fund: int) -> None:
    for value in (
        FORECAST,
        Target.of(Money.of(need), reserve=Money.of("0.50")),
        solve(GRID, FORECAST, needing(need)),
        look(need, fund),
    ):
        assert loads(type(value), dumps(value)) == value


@pytest.mark.parametrize(
    ("need", "kind"), [(40_000, FloorTooHigh), (175_000, Balanced), (300_000, OutOfReach)]
)
def test_stores_every_answer_of_the_solver(need: int, kind: type) -> None:
    solution = solve(GRID, FORECAST, needing(need))

    assert type(solution) is kind
    assert loads(kind, dumps(solution)) == solution


def numbers(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [number for part in value.values() for number in numbers(part)]
    if isinstance(value, list):
        return [number for part in value for number in numbers(part)]
    return [value] if isinstance(value, int | float) else []


def test_writes_amounts_as_text() -> None:
    stored = json.loads(dumps(look(200_000)))

    assert stored["value"]["finding"]["target"] == "200000.00 EUR"
    assert stored["value"]["slope"] == "103/4000"
    assert numbers(stored) == [1]  # the version of the grid


def test_stores_nothing_else() -> None:
    with pytest.raises(TypeError):
        dumps(Money.of(1))


def changed(path: str, to: object) -> str:
    stored = json.loads(dumps(look(200_000)))
    *way, last = path.split(".")
    place = stored
    for step in way:
        place = place[step]
    place[last] = to
    return json.dumps(stored)


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("form", "pricing-balance/2"),
        ("value", None),
        ("value.kind", "Unchanged"),
        ("value.kind", "Nothing"),
        ("value.slope", 0.025),
        ("value.slope", "0.025"),
        ("value.slope", "1e9"),
        ("value.slope", "1/0"),
        ("value.slope", "٣"),
        ("value.slope", "9" * 5000),
        ("value.slope", "1/40"),  # changes nothing, so it is no draft
        ("value.effective_from", "tomorrow"),
        ("value.finding.target", "200000"),
        ("value.finding.target", "200000.001 EUR"),
        ("value.finding.target", "1 XXX"),
        ("value.finding.grid_version", True),
        ("value.finding.grid_version", "1"),
        ("value.finding.solution", None),
        ("value.finding.solution.kind", "Draft"),
        ("value.finding.solution.kind", ["Draft"]),
        ("value.finding.solution.unit_prices", "12"),
        ("value.finding.solution.slope", "-1"),
        ("value.more", "1"),
    ],
)
def test_refuses_what_it_did_not_write(path: str, to: object) -> None:
    with pytest.raises(StoredInvalid):
        loads(Draft, changed(path, to))


@pytest.mark.parametrize("text", ["", "[]", "{}", "nonsense", "[" * 100_000, '{"form": "pricing-balance/1"}'])
def test_refuses_texts_that_are_no_documents(text: str) -> None:
    with pytest.raises(StoredInvalid):
        loads(Forecast, text)


@given(json_values)
def test_meets_strangers_with_a_refusal(value: object) -> None:
    with pytest.raises(StoredInvalid):
        loads(Balanced, json.dumps({"form": "pricing-balance/1", "value": value}))


def test_reads_no_value_of_another_kind() -> None:
    with pytest.raises(StoredInvalid):
        loads(Balanced, dumps(FORECAST))


def test_keeps_fractions_exact() -> None:
    solution = solve(GRID, FORECAST, needing(175_000))
    assert isinstance(solution, Balanced)

    assert loads(Balanced, dumps(solution)).slope == solution.slope != Fraction("0.027187844715")
