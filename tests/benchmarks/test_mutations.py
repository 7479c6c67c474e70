"""The mutants: each boundary and each rounding of a module is made wrong once, and nothing else."""

from __future__ import annotations

from fractions import Fraction

import pytest

from benchmarks.mutation.mutations import mutants_of
from benchmarks.mutation.roundings import ROUNDINGS, rounded_otherwise
from pricing.money import Money, round_half_up

SOURCE = '''
"""Words about 7."""
KEPT_KEPT = 9

def price(amount: int) -> int:
    if amount < 3:
        raise ValueError(f"{amount} is under {3}")
    return min(amount, other)
'''


def test_changes_one_boundary_at_a_time_and_no_words() -> None:
    assert [(mutant.line, mutant.before, mutant.after) for mutant in mutants_of("a", SOURCE)] == [
        (6, "amount < 3", "amount <= 3"),
        (6, "amount < 3", "amount < 4"),
        (6, "amount < 3", "amount < 2"),
        (8, "min(amount, other)", "max(amount, other)"),
    ]


def test_gives_the_whole_module_with_its_one_fault() -> None:
    first = next(iter(mutants_of("a", SOURCE)))

    assert "if amount <= 3:" in first.source
    assert "min(amount, other)" in first.source


@pytest.mark.parametrize(
    ("name", "minors"),
    [
        ("down", [0, 0, 1, -1]),
        ("up", [1, 1, 2, -2]),
        ("half even", [0, 0, 2, -2]),
        ("half down", [0, 0, 1, -1]),
    ],
)
def test_rounds_as_the_house_does_not(name: str, minors: list[int]) -> None:
    halves = [Fraction(1, 4), Fraction(1, 2), Fraction(3, 2), Fraction(-3, 2)]

    assert [rounded_otherwise(name, round_half_up, half) for half in halves] == minors
    assert [rounded_otherwise(name, Money.nearest, half / 100).minor for half in halves] == minors
    assert [round_half_up(half) for half in halves] == [0, 1, 2, -2]
    assert set(ROUNDINGS) == {"down", "up", "half even", "half down"}
