"""What the public may see of the fund, and an attacker with pencil, paper and linear algebra."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import combinations
from math import lcm

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pricing.fund import Kind, Ledger, Publication, publications, publish
from pricing.money import Money
from pricing.periods import Period, periods_of
from tests.pricing.fund.stays import settlement, with_stays

YEAR = 2027
LATER = date(2028, 1, 1)
Row = list[Fraction]


def year_of(counts: list[tuple[int, int]]) -> Ledger:
    ledger = Ledger()
    for number, (above, under) in enumerate(counts, start=1):
        ledger = with_stays(ledger, date(YEAR, number, 10), above=above, under=under)
    return ledger


def shown(ledger: Ledger, today: date = LATER) -> list[str]:
    return [str(told.period) for told in publications(ledger, YEAR, today=today) if not told.is_hidden]


MONTHS = [str(Period.month(YEAR, number)) for number in range(1, 13)]
QUARTERS = [str(Period.quarter(YEAR, number)) for number in range(1, 5)]


def test_tells_everything_where_enough_people_stayed() -> None:
    assert shown(year_of([(5, 5)] * 12)) == [str(YEAR), *QUARTERS, *MONTHS]


def test_tells_the_sums_of_a_period() -> None:
    ledger = Ledger().grant(Money.of(1000), date(YEAR, 1, 2), memo="Town")
    ledger = with_stays(ledger, date(YEAR, 1, 10), above=6, under=5).give(Money.of(30), date(YEAR, 1, 11))

    told = publish(ledger, Period.of_year(YEAR), today=LATER).sums

    stays = [entry.over_cost for entry in ledger.entries if entry.kind == Kind.STAY]
    assert told is not None
    assert (told.at_or_above_cost, told.supported, told.grants) == (6, 5, Money.of(1000))
    assert told.given == sum(stays[:6], Money.of(30))
    assert told.support == -sum(stays[6:], Money(0))
    assert told.change == ledger.balance


def test_hides_a_month_of_four_and_all_that_would_give_it_away() -> None:
    counts = [(9, 9)] * 12
    counts[4] = (9, 4)

    assert shown(year_of(counts)) == [
        str(YEAR), *QUARTERS, *(month for month in MONTHS if month not in {f"{YEAR}-05", f"{YEAR}-06"})
    ]  # fmt: skip


def test_still_tells_the_year_after_a_quiet_december() -> None:
    counts = [(9, 9)] * 11 + [(1, 2)]

    assert shown(year_of(counts)) == [str(YEAR), *QUARTERS, *MONTHS[:10]]


def test_tells_the_quarters_of_a_small_house() -> None:
    assert shown(year_of([(2, 2)] * 12)) == [str(YEAR), *QUARTERS]


def test_tells_nothing_of_a_year_with_four_supported_stays() -> None:
    counts = [(0, 0)] * 12
    counts[2] = (40, 4)

    told = shown(year_of(counts))

    assert str(YEAR) not in told
    assert MONTHS[2] not in told
    assert QUARTERS[0] not in told
    assert MONTHS[7] in told  # nobody was there


@pytest.mark.parametrize(
    ("above", "under", "is_shown"), [(5, 5, True), (4, 5, False), (5, 4, False), (9, 0, False)]
)
def test_needs_five_stays_on_either_side(above: int, under: int, is_shown: bool) -> None:
    assert (str(YEAR) in shown(year_of([(above, under)]))) is is_shown


def test_counts_an_undone_stay_for_nobody() -> None:
    ledger = with_stays(Ledger(), date(YEAR, 3, 5), above=5, under=5)
    ledger = ledger.cancel("stay-3", date(YEAR, 3, 6))

    assert str(YEAR) not in shown(ledger)


def test_keeps_a_year_back_from_which_a_month_of_four_would_follow() -> None:
    ledger = with_stays(Ledger(), date(YEAR, 1, 5), above=9, under=9)
    ledger = with_stays(ledger, date(YEAR, 2, 5), above=5, under=5)
    assert shown(ledger, date(YEAR, 3, 1)) == [MONTHS[0]]

    undone = ledger.cancel(ledger.entries[-1].stay, date(YEAR, 3, 6))

    assert {str(YEAR), QUARTERS[0], MONTHS[1], MONTHS[2]}.isdisjoint(shown(undone))


def test_counts_a_stay_that_paid_its_cost_among_those_above_it() -> None:
    ledger = with_stays(Ledger(), date(YEAR, 3, 5), above=4, under=5)
    ledger = ledger.settle(settlement("fair", "78.36"), date(YEAR, 3, 6))

    told = publish(ledger, Period.of_year(YEAR), today=LATER).sums

    assert told is not None
    assert (told.at_or_above_cost, told.supported) == (5, 5)


def test_stands_by_a_year_of_which_a_stay_is_undone_on_the_day_after() -> None:
    ledger = with_stays(Ledger(), date(YEAR, 3, 5), above=5, under=5)
    before = publications(ledger, YEAR, today=LATER)

    undone = ledger.cancel(ledger.entries[-1].stay, LATER)

    assert publications(undone, YEAR, today=date(2030, 1, 1)) == before
    assert not before[0].is_hidden


def test_does_not_let_a_lone_gift_be_told() -> None:
    counts = [(9, 9)] * 5 + [(0, 0)]
    ledger = year_of(counts).give(Money.of(20), date(YEAR, 6, 3))

    told = shown(ledger, date(YEAR, 8, 1))

    assert MONTHS[5] not in told


def test_waits_for_a_period_to_be_over() -> None:
    ledger = year_of([(9, 9)] * 3)

    assert MONTHS[1] not in shown(ledger, date(YEAR, 2, 28))
    assert shown(ledger, date(YEAR, 3, 1)) == [MONTHS[0]]
    assert shown(ledger, date(YEAR, 4, 1)) == [MONTHS[0], MONTHS[1]]
    assert str(YEAR) not in shown(ledger, date(YEAR, 12, 31))


def test_refuses_to_hide_nobody() -> None:
    with pytest.raises(ValueError, match="nobody"):
        publish(Ledger(), Period.of_year(YEAR), today=LATER, k=1)


# What follows knows nothing of how the sums were chosen: it reads them, and tries to solve for what is hidden.

COUNT = st.one_of(st.integers(0, 6), st.just(9), st.just(0))
YEARS = st.lists(st.tuples(COUNT, COUNT), min_size=12, max_size=12)


@st.composite
def years(draw: st.DrawFn) -> Ledger:
    """Return a year of stays, some undone later, some gifts."""
    ledger = Ledger()
    for number, (above, under) in enumerate(draw(YEARS), start=1):
        ledger = with_stays(ledger, date(YEAR, number, 3), above=above, under=under)
        if draw(st.integers(0, 9)) == 0:
            ledger = ledger.give(Money(100 + number), date(YEAR, number, 4))
        stays = [entry.stay for entry in ledger.standing() if entry.kind == Kind.STAY]
        for stay in draw(st.lists(st.sampled_from(stays), max_size=4, unique=True)) if stays else []:
            ledger = ledger.cancel(stay, date(YEAR, number, 20))
    return ledger


def null_space(rows: list[Row], width: int) -> list[Row]:
    """Return a basis of what the published sums do not settle, by elimination."""
    rows, pivots = [row[:] for row in rows], []
    for column in range(width):
        place = len(pivots)
        found = next((number for number in range(place, len(rows)) if rows[number][column]), None)
        if found is None:
            continue
        rows[place], rows[found] = rows[found], rows[place]
        rows[place] = [value * (1 / rows[place][column]) for value in rows[place]]
        for number, row in enumerate(rows):
            if number != place and row[column]:
                rows[number] = [
                    value - row[column] * top for value, top in zip(row, rows[place], strict=True)
                ]
        pivots.append(column)
    basis = []
    for free in set(range(width)) - set(pivots):
        vector = [Fraction(0)] * width
        vector[free] = Fraction(1)
        for place, pivot in enumerate(pivots):
            vector[pivot] = -rows[place][free]
        basis.append(vector)
    return basis


def solved(told: tuple[Publication, ...]) -> Iterator[frozenset[int]]:
    """Find every set of months whose sum follows from the published ones."""
    rows = [[Fraction(month in one.period.months) for month in range(1, 13)] for one in told if one.sums]
    # Whole numbers do as well as fractions, and are quicker to add.
    basis = [
        [int(value * lcm(*(item.denominator for item in vector))) for value in vector]
        for vector in null_space(rows, 12)
    ]
    for size in range(1, 13):
        for months in combinations(range(1, 13), size):
            if not any(sum(vector[month - 1] for month in months) for vector in basis):
                yield frozenset(months)


@settings(max_examples=60)
@given(years(), st.sampled_from([date(YEAR, month, 1) for month in range(2, 13)] + [LATER]))
def test_gives_nobody_away_to_one_who_adds_and_subtracts(ledger: Ledger, today: date) -> None:
    told = publications(ledger, YEAR, today=today)

    for months in solved(told):
        within = [entry for entry in ledger.entries if entry.day.month in months]
        undone = {entry.reverses for entry in within}
        stays = [entry for entry in within if entry.kind == Kind.STAY and entry.number not in undone]
        under = sum(entry.over_cost.minor < 0 for entry in stays)
        assert not within or (under >= 5 and len(stays) - under >= 5), sorted(months)


@settings(max_examples=20)
@given(years())
def test_never_takes_back_what_it_told(ledger: Ledger) -> None:
    before: dict[Period, Publication] = {}
    for today in [*(date(YEAR, month, 1) for month in range(2, 13)), LATER, date(2030, 1, 1)]:
        known = Ledger(tuple(entry for entry in ledger.entries if entry.day < today))
        told = {one.period: one for one in publications(known, YEAR, today=today)}
        assert told == {one.period: one for one in publications(ledger, YEAR, today=today)}
        assert all(told[period] == one for period, one in before.items() if not one.is_hidden)
        before = told


@settings(max_examples=60)
@given(YEARS)
def test_tells_every_year_that_may_be_told(counts: list[tuple[int, int]]) -> None:
    enough = min(sum(above for above, _ in counts), sum(under for _, under in counts)) >= 5

    assert (str(YEAR) in shown(year_of(counts))) is (enough or not any(map(sum, counts)))


@settings(max_examples=60)
@given(years())
def test_publishes_sums_that_agree_with_one_another(ledger: Ledger) -> None:
    told = {one.period: one.sums for one in publications(ledger, YEAR, today=LATER)}

    for period, sums in told.items():
        parts = [told[part] for part in periods_of(YEAR) if part.span != period.span and within(part, period)]
        months = parts[-(period.span.months) :]
        if sums and len(months) == period.span.months and all(months):
            assert sums.change == sum((part.change for part in months if part), Money(0))


def within(part: Period, whole: Period) -> bool:
    return set(part.months) < set(whole.months)
