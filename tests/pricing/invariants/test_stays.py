"""I7, I8 and I10: what holds for the price of a whole stay, whoever sleeps where, on whatever machine."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import ROUND_DOWN, Context, localcontext

from hypothesis import given
from hypothesis import strategies as st

from pricing.grid import Grid
from pricing.quote import Quote, RoomRequest, quote
from pricing.stay import Stay
from tests.pricing.invariants import of_every_grid
from tests.pricing.invariants.grids import TYPES, Case, cases, grids, stays


def minors(priced: Quote) -> list[int]:
    return [amount.minor for amount in priced.bracket_amounts]


@of_every_grid
@given(cases(), st.integers(0, 18))
def test_never_asks_less_for_a_room_in_which_one_more_sleeps(case: Case, age: int) -> None:
    *others, last = case.rooms
    more = (
        replace(last, children=(*last.children, age)) if age < 18 else replace(last, adults=last.adults + 1)
    )
    fewer = quote(case.grid, case.stay, case.rooms)
    after = quote(case.grid, case.stay, [*others, more])

    for before, now in zip(fewer.nights, after.nights, strict=True):
        if before.room_index == len(others):
            assert all(less <= asked for less, asked in zip(before.dues, now.dues, strict=True))
    assert all(less <= asked for less, asked in zip(minors(fewer), minors(after), strict=True))


@of_every_grid
@given(
    grids().map(lambda grid: replace(grid, caps_at_cost=False)),
    stays(),
    st.sampled_from(TYPES),
    st.integers(1, 3),
    st.lists(st.integers(0, 17), max_size=4),
    st.integers(0, 3),
    st.integers(0, 4),
)
def test_never_asks_less_of_a_party_that_is_split_over_two_rooms(
    grid: Grid,
    stay: Stay,
    code: str,
    adults: int,
    children: list[int],
    adults_there: int,
    children_there: int,
) -> None:
    there = min(adults_there, adults - 1), tuple(children[:children_there])
    if not sum([there[0], len(there[1])]):
        there = (adults - 1, tuple(children))
    if not sum([there[0], len(there[1])]):
        return  # one adult cannot be split
    left = list(children[len(there[1]) :])
    together = quote(grid, stay, [RoomRequest(code, adults, tuple(children))])
    apart = [
        RoomRequest(code, adults - there[0], tuple(left)),
        RoomRequest(code, *there, is_beyond_fewest=True),
    ]
    split = quote(grid, stay, apart)

    # two roundings instead of one: each night within one price step (decision 12)
    tolerated = grid.price_step.minor * stay.length
    assert all(one <= two + tolerated for one, two in zip(minors(together), minors(split), strict=True))
    if grid.costs.room >= grid.price_step:  # what a room more adds is more than that
        assert all(one <= two for one, two in zip(minors(together), minors(split), strict=True))


@of_every_grid
@given(cases())
def test_adds_up_a_stay_from_its_nights(case: Case) -> None:
    priced = quote(case.grid, case.stay, case.rooms)

    for place, amount in enumerate(minors(priced)):
        assert amount == sum(night.dues[place].minor for night in priced.nights)
    assert priced.cost.minor == sum(night.reference.minor for night in priced.nights)
    assert priced.cost.minor == sum(line.amount.minor for line in priced.cost_lines)


@of_every_grid
@given(cases(of=grids().map(lambda grid: replace(grid, length=None))), st.integers(1, 6))
def test_asks_the_same_for_a_stay_that_is_cut_in_two(case: Case, after: int) -> None:
    if after >= case.stay.length:
        return
    cut = case.stay.nights[after]
    whole = quote(case.grid, case.stay, case.rooms)
    parts = [
        quote(case.grid, Stay(case.stay.arrival, cut), case.rooms),
        quote(case.grid, Stay(cut, case.stay.departure), case.rooms),
    ]

    assert minors(whole) == [sum(amounts) for amounts in zip(*map(minors, parts), strict=True)]
    assert whole.cost == parts[0].cost + parts[1].cost


@contextmanager
def _another_machine() -> Iterator[None]:
    """Forget every price that was kept, and compute with a decimal context that somebody else has spoilt."""
    for name, module in list(sys.modules.items()):
        if name.startswith("pricing."):
            for kept in vars(module).values():
                if getattr(kept, "__module__", None) == name and hasattr(kept, "cache_clear"):
                    kept.cache_clear()
    with localcontext(Context(prec=2, rounding=ROUND_DOWN)):
        yield


@of_every_grid
@given(cases())
def test_asks_the_same_cents_wherever_the_same_grid_is_read(case: Case) -> None:
    here = quote(case.grid, case.stay, case.rooms)

    with _another_machine():
        read = Grid.read(case.grid.dumps())
        there = quote(read, case.stay, case.rooms)

    assert (read.dumps(), there) == (case.grid.dumps(), here)
