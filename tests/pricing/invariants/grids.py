"""Random grids, every one valid: any family of curve, brackets, seasons, rooms, costs and rules.

Amounts have two digits, so that each of these grids can also be written and read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from pricing.brackets import Bracket
from pricing.costs import CostModel
from pricing.curve import AffineCurve, Curve, LinearEffort, MarginalBrackets, PiecewiseLinear, StepCurve
from pricing.curve.marginal import Band
from pricing.curve.piecewise import Knot
from pricing.curve.step import Step
from pricing.grid import Grid
from pricing.household_scales import HouseholdScales, PeopleScale
from pricing.invariants import RateRule, largest_jump, steepest
from pricing.length_rule import LengthRule
from pricing.limits import Limits
from pricing.money import Money
from pricing.protection import Protection
from pricing.quote import RoomRequest
from pricing.residents import ResidentRule
from pricing.seasons import Season, SeasonCalendar, SeasonRule
from pricing.seasons.selectors import Weekdays
from pricing.stay import Stay

ONE = Fraction(1)
MONDAY = date(2027, 1, 4)
NIGHTS = 28
TYPES = ("single", "double", "family")
NAMES: Mapping[str, str] = {"fr": "une saison", "en": "a season"}


def hundredths(low: int, high: int) -> st.SearchStrategy[Fraction]:
    """Make numbers of two digits from so many hundredths up to so many."""
    return st.integers(low, high).map(lambda number: Fraction(number, 100))


incomes = hundredths(0, 600_000)
prices = hundredths(1, 9_000)
slopes = st.integers(0, 60).map(lambda number: Fraction(number, 1000))
factors = hundredths(50, 200)


def _ascending(of: st.SearchStrategy[Fraction], most: int) -> st.SearchStrategy[list[Fraction]]:
    return st.lists(of, min_size=1, max_size=most, unique=True).map(sorted)


@st.composite
def _steps(draw: st.DrawFn) -> StepCurve:
    starts = [Fraction(0), *draw(_ascending(hundredths(1, 600_000), 4))]
    rising = sorted(draw(st.lists(prices, min_size=len(starts), max_size=len(starts))))
    return StepCurve(tuple(map(Step, starts, rising)), draw(st.sampled_from(["lower", "upper"])))


@st.composite
def _piecewise(draw: st.DrawFn) -> PiecewiseLinear:
    at = draw(_ascending(incomes, 4))
    rising = sorted(draw(st.lists(prices, min_size=len(at), max_size=len(at))))
    return PiecewiseLinear(tuple(map(Knot, at, rising)))


@st.composite
def _marginal(draw: st.DrawFn) -> MarginalBrackets:
    starts = draw(_ascending(incomes, 4))
    floor, ceiling = sorted(draw(st.tuples(prices, prices)))
    return MarginalBrackets(floor, tuple(Band(start, draw(slopes)) for start in starts), ceiling)


@st.composite
def _with_one_slope(draw: st.DrawFn) -> AffineCurve | LinearEffort:
    floor, ceiling = sorted(draw(st.tuples(prices, prices)))
    if draw(st.booleans()):
        return LinearEffort(floor, draw(slopes), ceiling)
    return AffineCurve(floor, draw(incomes), draw(slopes), ceiling)


curves: st.SearchStrategy[Curve] = st.one_of(_with_one_slope(), _piecewise(), _marginal(), _steps())
continuous_curves: st.SearchStrategy[Curve] = st.one_of(_with_one_slope(), _piecewise(), _marginal())


@st.composite
def _brackets(draw: st.DrawFn, neighbours: bool) -> tuple[Bracket, ...]:
    """Make brackets; with `neighbours` the points of two of them are one unit of income apart."""
    edges = {Fraction(0), *draw(st.lists(incomes, max_size=6))}
    points: dict[Fraction, Fraction] = {}
    if neighbours:
        income = draw(incomes)
        edges = {edge for edge in edges if not income < edge <= income + 1} | {income, income + 1}
        points = {income: income, income + 1: income + 1}
    lower = sorted(edges)
    inside = [draw(hundredths(0, 99)) for _ in lower]
    return tuple(
        Bracket(start, end, points.get(start, _rounded(start + ((end or start + 1000) - start) * share)))
        for start, end, share in zip(lower, [*lower[1:], None], inside, strict=True)
    )


def _rounded(income: Fraction) -> Fraction:
    return Fraction(income * 100 // 1, 100)


@st.composite
def _calendars(draw: st.DrawFn) -> SeasonCalendar:
    drawn = draw(st.lists(factors, min_size=1, max_size=3))
    seasons = [Season("neutral", ONE, NAMES)]
    seasons += [Season(f"season_{number}", factor, NAMES) for number, factor in enumerate(drawn, 1)]
    days = st.frozensets(st.integers(0, 6), min_size=1, max_size=3)
    rules = [SeasonRule(each.code, each.code, 1, Weekdays(draw(days)), NAMES) for each in seasons[1:]]
    last = MONDAY + timedelta(NIGHTS - 1)
    return SeasonCalendar(tuple(seasons), "neutral", tuple(rules), MONDAY, last)


@st.composite
def _scales(draw: st.DrawFn) -> HouseholdScales:
    if draw(st.booleans()):
        return HouseholdScales()
    weights = sorted(draw(st.tuples(*[hundredths(1, 120)] * 3, hundredths(0, 1))), reverse=True)
    units = sorted(draw(st.tuples(*[hundredths(1, 120)] * 4)), reverse=True)
    return HouseholdScales(PeopleScale(*units), PeopleScale(*weights))


@st.composite
def _costs(draw: st.DrawFn, codes: tuple[str, ...]) -> CostModel:
    cents = st.integers(0, 6_000).map(Money)
    dear = {code: draw(cents) for code in codes if draw(st.booleans())}
    return CostModel(draw(cents), draw(cents), draw(cents), draw(cents), dear)


@st.composite
def grids(draw: st.DrawFn, *, of: st.SearchStrategy[Curve] = curves, neighbours: bool = False) -> Grid:
    """Make a grid whose limits it may break: for the properties that do not follow from them."""
    curve, calendar = draw(of), draw(_calendars())
    step = draw(st.sampled_from([1, 50, 100, 200, 500]))
    steps = -(-curve.ceiling * 100 // step) + draw(st.integers(0, 300))
    low, high = draw(_ascending(incomes, 2).filter(lambda edges: len(edges) == 2))
    length = st.builds(LengthRule, st.integers(2, 5), hundredths(1, 99))
    return Grid(
        version=1,
        currency="EUR",
        effective_from=date(2026, 12, 1),
        curve=curve,
        brackets=draw(_brackets(neighbours)),
        protection=Protection(low, high),
        calendar=calendar,
        room_factors={code: draw(factors) for code in TYPES},
        hard_ceiling=Money(steps * step),
        price_step=Money(step),
        costs=draw(_costs(tuple(season.code for season in calendar.seasons))),
        most_nights=NIGHTS,
        scales=draw(_scales()),
        residents=ResidentRule(NAMES),
        length=draw(st.none() | length),
        caps_at_cost=draw(st.booleans()),
    )


def within_limits(grid: Grid) -> Grid:
    """Return the grid if it keeps the limits of spec 8.5, else with limits that it just keeps."""
    rule = grid.rate_rule
    usual = Limits(jump=None if rule.is_continuous else largest_jump(rule)[0])
    lowest = min((point for point in rule.points if point), default=Fraction(0))
    judged = [
        each for each in (rule.incomes if rule.is_continuous else rule.points) if each and each >= lowest
    ]
    most = max(map(rule.effort, judged), default=Fraction(0))
    return replace(
        grid,
        limits=Limits(
            slope=max(usual.slope, steepest(rule)[0]) if rule.is_continuous else usual.slope,
            effort=max(usual.effort, most),
            squeeze=max(usual.squeeze, Fraction(most, rule.effort(rule.median)) - 1),
            jump=usual.jump,
        ),
    )


@dataclass(frozen=True)
class Case:
    """A grid, a stay in its calendar and a household in some rooms."""

    grid: Grid
    stay: Stay
    rooms: tuple[RoomRequest, ...]


@st.composite
def stays(draw: st.DrawFn, fewest: int = 1) -> Stay:
    """Make stays of up to a week in the calendar of these grids."""
    first = draw(st.integers(0, NIGHTS - 7))
    return Stay(MONDAY + timedelta(first), MONDAY + timedelta(first + draw(st.integers(fewest, 7))))


@st.composite
def rooms(draw: st.DrawFn, fewest_adults: int = 1) -> RoomRequest:
    """Make one room with its sleepers."""
    children = draw(st.lists(st.integers(0, 17), min_size=not fewest_adults, max_size=3))
    adults = draw(st.integers(fewest_adults, 3))
    return RoomRequest(draw(st.sampled_from(TYPES)), adults, tuple(children), draw(st.booleans()))


@st.composite
def cases(draw: st.DrawFn, *, of: st.SearchStrategy[Grid] | None = None) -> Case:
    """Make a grid and who asks for a stay under it; the first room has an adult."""
    more = draw(st.lists(rooms(fewest_adults=0), max_size=2))
    grid = draw(grids() if of is None else of)
    return Case(grid, draw(stays()), (draw(rooms()), *more))


def rule_of(grid: Grid) -> RateRule:
    """Return the rule of a grid: exact prices at any income."""
    return grid.rate_rule
