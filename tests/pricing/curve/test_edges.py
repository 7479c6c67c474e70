"""Where a curve bends: on each of its breakpoints, a cent beside it, and with one piece alone."""

from fractions import Fraction

import pytest

from pricing.curve import (
    AffineCurve,
    Band,
    Curve,
    Knot,
    LinearEffort,
    MarginalBrackets,
    PiecewiseLinear,
    Step,
    StepCurve,
)
from pricing.refusal import GridInvalid


def of(*numbers: str | int) -> tuple[Fraction, ...]:
    return tuple(map(Fraction, numbers))


def steps(*pairs: tuple[int, int], edge: str = "lower") -> StepCurve:
    return StepCurve(tuple(Step(*of(*pair)) for pair in pairs), edge)


def knots(*pairs: tuple[int, int]) -> PiecewiseLinear:
    return PiecewiseLinear(tuple(Knot(*of(*pair)) for pair in pairs))


def bands(*pairs: tuple[int | str, str], floor: int = 10, ceiling: int = 60) -> MarginalBrackets:
    return MarginalBrackets(Fraction(floor), tuple(Band(*of(*pair)) for pair in pairs), Fraction(ceiling))


STEPS = steps((0, 10), (400, 20), (900, 50))
KNOTS = knots((600, 10), (1000, 12), (2600, 60))
BANDS = bands((600, "0.02"), (1600, "0.01"))


@pytest.mark.parametrize(
    ("curve", "income", "price"),
    [
        (STEPS, "399.99", "10"),
        (STEPS, "400", "20"),
        (STEPS, "900", "50"),
        (steps((0, 10), (400, 20), (900, 50), edge="upper"), "400", "10"),
        (steps((0, 10), (400, 20), (900, 50), edge="upper"), "400.01", "20"),
        (steps((0, 10), (400, 20), (900, 50), edge="upper"), "0", "10"),
        (KNOTS, "600", "10"),
        (KNOTS, "602", "10.01"),
        (KNOTS, "1000", "12"),
        (KNOTS, "1001", "12.03"),
        (KNOTS, "2600", "60"),
        (KNOTS, "2600.01", "60"),
        (BANDS, "599.99", "10"),
        (BANDS, "600", "10"),
        (BANDS, "601", "10.02"),
        (BANDS, "1600", "30"),
        (BANDS, "1601", "30.01"),
        (BANDS, "4600", "60"),
        (BANDS, "4601", "60"),
        (AffineCurve(*of(12, 650, "0.025", 82)), "649.99", "12"),
        (AffineCurve(*of(12, 650, "0.025", 82)), "651", "12.025"),
        (AffineCurve(*of(12, 650, "0.025", 82)), "3450.01", "82"),
        (LinearEffort(*of(12, "0.02", 60)), "599.99", "12"),
        (LinearEffort(*of(12, "0.02", 60)), "601", "12.02"),
        (LinearEffort(*of(12, "0.02", 60)), "3001", "60"),
    ],
)
def test_prices_on_an_edge_and_beside_it(curve: Curve, income: str, price: str) -> None:
    assert curve.unit_price(Fraction(income)) == Fraction(price)


@pytest.mark.parametrize(
    ("curve", "floor", "ceiling", "slope", "breakpoints"),
    [
        (STEPS, 10, 50, None, [400, 900]),
        (steps((0, 10)), 10, 10, "0", []),
        (steps((0, 10), (400, 10)), 10, 10, "0", [400]),
        (KNOTS, 10, 60, "0.03", [600, 1000, 2600]),
        (knots((600, 10)), 10, 10, "0", [600]),
        (BANDS, 10, 60, "0.02", [600, 1600, 4600]),
        (bands((600, "0.02"), (1600, "0.05")), 10, 60, "0.05", [600, 1600, 2200]),
        (bands((600, "0.02"), (1600, "0.01"), ceiling=30), 10, 30, "0.02", [600, 1600]),
        (bands((600, "0.02"), (1600, "0.01"), ceiling=20), 10, 20, "0.02", [600, 1100, 1600]),
        (bands((600, "0.02"), (1600, "0")), 10, 60, "0.02", [600, 1600]),
        (bands((600, "0.02"), ceiling=10), 10, 10, "0.02", [600]),
        (LinearEffort(*of(12, "0.02", 60)), 12, 60, "0.02", [600, 3000]),
        (LinearEffort(*of(12, 0, 60)), 12, 60, "0", []),
        (AffineCurve(*of(12, 650, "0.025", 82)), 12, 82, "0.025", [650, 3450]),
        (AffineCurve(*of(12, 650, 0, 82)), 12, 82, "0", [650]),
        (AffineCurve(*of(12, 650, "0.025", 12)), 12, 12, "0.025", [650]),
    ],
)
def test_knows_its_bounds_its_slope_and_where_it_bends(
    curve: Curve, floor: int, ceiling: int, slope: str | None, breakpoints: list[int]
) -> None:
    assert (curve.floor, curve.ceiling) == (floor, ceiling)
    assert curve.slope_bound() == (None if slope is None else Fraction(slope))
    assert list(curve.breakpoints()) == breakpoints


@pytest.mark.parametrize(
    ("make", "code", "path"),
    [
        (lambda: steps((1, 10)), "curve_gap", "curve.steps[1].from"),
        (lambda: steps((0, 10), (400, 20), (400, 30)), "curve_order", "curve.steps[3].from"),
        (lambda: steps((0, 10), (400, 9)), "curve_falls", "curve.steps[2].price"),
        (lambda: steps((0, 0)), "floor_not_positive", "curve.steps[1].price"),
        (lambda: knots((-1, 10), (5, 20)), "income_negative", "curve.knots[1].income"),
        (lambda: knots((0, 0), (5, 20)), "floor_not_positive", "curve.knots[1].price"),
        (lambda: knots((0, 10), (0, 20)), "curve_order", "curve.knots[2].income"),
        (lambda: knots((0, 10), (5, 9)), "curve_falls", "curve.knots[2].price"),
        (lambda: bands((-1, "0.01"), (5, "0.01")), "income_negative", "curve.bands[1].from"),
        (lambda: bands((5, "0.01"), (5, "0.02")), "curve_order", "curve.bands[2].from"),
        (lambda: bands((5, "0.01"), (6, "-0.01")), "curve_falls", "curve.bands[2].slope"),
        (lambda: bands((5, "-0.5")), "curve_falls", "curve.bands[1].slope"),
        (lambda: bands((5, "0.01"), ceiling=9), "ceiling_below_floor", "curve.ceiling"),
        (lambda: bands((5, "0.01"), floor=0), "floor_not_positive", "curve.floor"),
        (lambda: LinearEffort(*of(12, "-0.01", 60)), "curve_falls", "curve.rate"),
        (lambda: LinearEffort(*of("-0.5", "0.01", 60)), "floor_not_positive", "curve.floor"),
    ],
)
def test_refuses_what_misses_by_one(make: object, code: str, path: str) -> None:
    assert callable(make)
    with pytest.raises(GridInvalid) as refusal:
        make()

    assert (refusal.value.code, refusal.value.path) == (code, path)


@pytest.mark.parametrize(
    "curve",
    [
        knots((0, 10), (5, 10)),
        bands((0, "0")),
        bands((0, "0.01"), floor=10, ceiling=10),
        AffineCurve(*of("0.01", 0, 0, "0.01")),
        LinearEffort(*of("0.01", 0, "0.01")),
    ],
)
def test_takes_a_flat_curve_that_begins_at_nothing(curve: Curve) -> None:
    assert curve.unit_price(Fraction(0)) == curve.unit_price(Fraction(10_000)) == curve.floor
