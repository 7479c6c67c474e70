"""A rate keeps I1 to I6 where they could first break, or the grid is refused with the place."""

from dataclasses import dataclass, replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.curve import AffineCurve
from pricing.grid import Grid, GridInvalid, example_house
from pricing.invariants import (
    RateRule,
    broken_invariants,
    check_invariants,
    largest_jump,
    steepest,
)
from pricing.limits import Limits
from pricing.protection import Protection

TEXT = example_house().dumps()
RULE = example_house().rate_rule
CURVE = TEXT.partition("[curve]")[2].partition("[protection]")[0]


def codes(rule: RateRule) -> list[str]:
    return [fault.code for fault in broken_invariants(rule)]


def with_curve(curve: str, limits: str = "") -> str:
    text = TEXT.replace(CURVE, f"\n{curve}\n\n")
    return text.replace("[limits]\n", f"[limits]\n{limits}")


def test_finds_nothing_to_refuse_in_the_example_house() -> None:
    assert codes(RULE) == []


def test_looks_at_every_breakpoint_and_a_cent_on_either_side() -> None:
    middles = {650, 3450, 1288, 2147, Fraction(25760, 12), 500, 800, 1119, 1494, 1700, 950, 2750, 3435, 4500}
    middles |= {Fraction("1923.5"), Fraction("2448.5"), Fraction("3092.5")}
    around = {
        Fraction(income) + cents for income in middles for cents in (Fraction(-1, 100), 0, Fraction(1, 100))
    }

    assert RULE.incomes == tuple(sorted({Fraction(0), Fraction("0.01"), *around}))


def test_measures_an_effort_in_days_of_an_average_month() -> None:
    assert RULE.effort(Fraction(500)) == 12 * Fraction("365.25") / 12 / 500


def test_finds_the_steepest_place_just_below_the_median_of_a_dear_season() -> None:
    rise, start, factor = steepest(RULE)

    assert (start, factor) == (2146, Fraction("1.2"))
    assert Fraction("0.0415") <= rise < Fraction("0.04151")  # spec 5.4


def test_finds_the_largest_jump_between_two_brackets() -> None:
    # from 56.9625 to 73.0625, both felt fully at 1.2
    assert largest_jump(RULE) == (Fraction("16.1") * Fraction("1.2"), 2750, Fraction("1.2"))


@pytest.mark.parametrize(
    ("old", "new", "code", "path"),
    [
        ('slope = "0.025"', 'slope = "0.036"', "cliff", "limits.slope"),
        ('slope = "0.05"\n', 'slope = "0.0414"\n', "cliff", "limits.slope"),
        ('squeeze = "0.05"', 'squeeze = "0.05"\njump = "19.31"', "jump", "limits.jump"),
        ('effort = "1"', 'effort = "0.73"', "effort", "limits.effort"),
        ('squeeze = "0.05"', 'squeeze = "0.03"', "squeezed_middle", "limits.squeeze"),
    ],
)
def test_refuses_a_grid_that_breaks_its_own_limits(old: str, new: str, code: str, path: str) -> None:
    assert old in TEXT

    with pytest.raises(GridInvalid) as refusal:
        Grid.loads(TEXT.replace(old, new, 1))

    assert (refusal.value.code, refusal.value.path) == (code, path)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('slope = "0.05"\n', 'slope = "0.0416"\n'),
        ('squeeze = "0.05"', 'squeeze = "0.05"\njump = "19.32"'),
        ('effort = "1"', 'effort = "0.7306"'),  # 12 € of 500 € a month: 0.7305
        ('squeeze = "0.05"', 'squeeze = "0.04"'),
        ("most_nights = 60", 'incomes_in = "currency"\nmost_nights = 60'),
    ],
)
def test_accepts_a_grid_that_just_keeps_them(old: str, new: str) -> None:
    assert old in TEXT
    assert Grid.loads(TEXT.replace(old, new, 1)).version == 1


def test_lets_a_rate_reach_every_limit_exactly() -> None:
    rise, jump = steepest(RULE)[0], largest_jump(RULE)[0]
    effort = max(RULE.effort(income) for income in RULE.incomes if income >= 500)
    squeeze = max(RULE.effort(income) for income in RULE.incomes if 650 <= income <= 3450)
    squeeze = squeeze / RULE.effort(RULE.median) - 1
    a_little = Fraction(1, 10**9)

    exact = Limits(rise, effort, squeeze, jump)

    assert codes(replace(RULE, limits=exact)) == []
    assert codes(replace(RULE, limits=replace(exact, slope=rise - a_little))) == ["cliff"]
    assert codes(replace(RULE, limits=replace(exact, effort=effort - a_little))) == ["effort"]
    assert codes(replace(RULE, limits=replace(exact, squeeze=squeeze - a_little))) == ["squeezed_middle"]
    assert codes(replace(RULE, limits=replace(exact, jump=jump - a_little))) == ["jump"]


def test_asks_a_curve_of_steps_how_high_they_may_be() -> None:
    steps = 'kind = "step"\nedge = "lower"\nsteps = [{ from = "0", price = "12" }, { from = "1288", price = "30" }]'

    with pytest.raises(GridInvalid) as refusal:
        Grid.loads(with_curve(steps))
    assert (refusal.value.code, refusal.value.path) == ("jump_unbounded", "limits.jump")

    # at 1,494 the season counts 1.04796: 31.4389 after 12
    assert Grid.loads(with_curve(steps, 'jump = "19.44"\n')).curve.ceiling == 30
    with pytest.raises(GridInvalid, match="pays 19.4389 more"):
        Grid.loads(with_curve(steps, 'jump = "19.43"\n'))


def test_finds_no_squeezed_middle_where_everybody_pays_the_same() -> None:
    one_price = AffineCurve(Fraction(12), Fraction(650), Fraction(0), Fraction(12))

    assert codes(replace(RULE, curve=one_price)) == []


def test_refuses_too_strong_a_protection_that_squeezes_the_middle() -> None:
    protected = 'kind = "affine"\nfloor = "9"\nprotected_income = "1288"\nslope = "0.044"\nceiling = "62.50"'

    with pytest.raises(GridInvalid) as refusal:  # spec 5.2: 135 % in the middle
        Grid.loads(with_curve(protected).replace('slope = "0.05"\n', 'slope = "0.2"\n'))

    assert refusal.value.code == "squeezed_middle"


@dataclass(frozen=True)
class Broken(AffineCurve):
    """A curve that breaks a promise above 1,000 € a month."""

    kind = "broken"
    fault: str = ""

    def unit_price(self, income: Fraction) -> Fraction:
        price = AffineCurve.unit_price(self, income)
        if income <= 1000:
            return price
        return {"falls": price - 5, "leaves": price * 3, "indexed": price}[self.fault]

    def indexed(self, times: Fraction) -> "Broken":
        return replace(self, floor=self.floor * times)


@dataclass(frozen=True)
class Harsh(Protection):
    """A protection that lets everybody feel the season, and knows no index."""

    def season_factor(self, factor: Fraction, income: Fraction, is_resident: bool = False) -> Fraction:
        return factor


def broken(fault: str) -> RateRule:
    curve = Broken(Fraction(12), Fraction(650), Fraction(1, 40), Fraction(82), fault)
    return replace(RULE, curve=curve)


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (broken("falls"), "price_falls"),
        (broken("leaves"), "out_of_bounds"),
        (broken("indexed"), "index_changes"),
        (replace(RULE, protection=Harsh(Fraction(1288), Fraction(2147))), "season_unsafe"),
    ],
)
def test_sees_a_promise_that_no_part_of_a_grid_could_break_today(rule: RateRule, code: str) -> None:
    assert code in codes(rule)
    with pytest.raises(GridInvalid):
        check_invariants(rule)


def test_says_all_that_is_broken_and_not_only_the_first() -> None:
    text = TEXT.replace('slope = "0.05"', 'slope = "0.01"').replace('effort = "1"', 'effort = "0.5"')

    assert codes(Grid.read(text).rate_rule) == ["cliff", "effort"]


@given(
    st.integers(1, 60),
    st.integers(0, 2000),
    st.integers(0, 60),
    st.integers(0, 120),
    st.sampled_from(["0.7", "1", "1.3", "2"]),
    st.integers(0, 400_000),
)
def test_holds_at_every_income_what_it_proved_at_the_breakpoints(
    floor: int, protected: int, slope: int, above: int, season: str, cents: int
) -> None:
    curve = AffineCurve(Fraction(floor), Fraction(protected), Fraction(slope, 1000), Fraction(floor + above))
    rule = replace(RULE, curve=curve, season_factors=(Fraction("0.85"), Fraction(1), Fraction(season)))
    income = Fraction(cents, 100)
    faults = codes(replace(rule, season_factors=tuple(sorted(set(rule.season_factors)))))

    for factor in rule.season_factors:
        rise = rule.unit_price(income + 1, factor) - rule.unit_price(income, factor)
        assert rise >= 0
        if "cliff" not in faults:
            assert rise <= rule.limits.slope  # I2
        low, high = floor * min(1, factor), (floor + above) * max(1, factor)
        assert low <= rule.unit_price(income, factor) <= high  # I3
    if income >= 500 and "effort" not in faults:
        assert rule.effort(income) <= rule.limits.effort  # I4
