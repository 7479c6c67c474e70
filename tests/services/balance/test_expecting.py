"""The house sees what a grid would bring in the year that it has budgeted."""

from __future__ import annotations

from typing import Any

from app.database import session
from app.models import Budget, Property
from app.services.balance.expecting import expect
from pricing.grid import example_house
from pricing.money import Money
from tests.cast import NOW
from tests.services.grids.conftest import steeper

# Spec 5.7: the year and the mix of the example, at a slope of 0.025.
SHARES = ["0.056", "0.076", "0.122", "0.138", "0.202", "0.195", "0.117", "0.094"]


def budget(house: Property, **said: Any) -> None:
    """Write what the house expects of a year."""
    known = {
        "fixed_minor": 15_000_000,
        "reserve_minor": 500_000,
        "grants_minor": 1_200_000,
        "night_cost_minor": 1_000,
        "nights": {"low": "600", "neutral": "1025", "high": "780"},
        "shares": SHARES,
        "weight": "1.5",
        "author": "Jeanne",
        "actor": "user:5",
        "created_at": NOW,
    }
    session.add(Budget(property_id=house.id, **{**known, **said}))
    session.flush()


def test_expects_nothing_without_a_budget(house: Property) -> None:
    assert expect(house, example_house()) is None


def test_expects_the_golden_year(house: Property) -> None:
    budget(house)

    expected = expect(house, example_house())

    assert expected is not None
    assert expected.revenue == Money.of("166366.33")
    # 150,000 and 10 for each of 2,405 nights, 5,000 of reserve, without 12,000 of grants
    assert expected.needed == Money.of("167050")
    assert expected.missing == Money.of("683.67")


def test_expects_more_of_a_dearer_grid(house: Property) -> None:
    budget(house)

    now, then = expect(house, example_house()), expect(house, steeper(example_house()))

    assert now is not None
    assert then is not None
    assert then.revenue > now.revenue
    assert then.needed == now.needed


def test_expects_by_the_newest_budget(house: Property) -> None:
    budget(house)
    budget(house, nights={"neutral": "1000"})

    expected = expect(house, example_house())

    assert expected is not None
    assert expected.needed == Money.of("153000")


def test_expects_nothing_of_other_brackets_and_seasons(house: Property) -> None:
    budget(house, shares=SHARES[:7])
    assert expect(house, example_house()) is None

    budget(house, nights={"carnival": "3"})
    assert expect(house, example_house()) is None
