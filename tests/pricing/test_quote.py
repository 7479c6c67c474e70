"""A quote keeps decisions 9 to 12: the ladder, the minimum, one household in many rooms."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.grid import Grid, NoRateForNight, UnknownRoomType, example_house
from pricing.household import HouseholdInvalid
from pricing.money import Money
from pricing.quote import Quote, RoomRequest, StayTooLong, quote
from pricing.stay import Stay
from tests.pricing.stays import parties, rooms, stays

GRID = example_house()
NEUTRAL = Stay(date(2027, 6, 8), date(2027, 6, 10))
JULY = Stay(date(2027, 6, 29), date(2027, 7, 3))


def total(amounts: list[Money]) -> Money:
    return sum(amounts, Money.zero())


@given(stays(), parties, st.booleans())
def test_shows_an_ascending_ladder_with_the_real_cost_among_its_rungs(
    stay: Stay, party: list[RoomRequest], local: bool
) -> None:
    priced = quote(GRID, stay, party, is_resident=local)

    amounts = [rung.amount.minor for rung in priced.ladder]
    assert amounts == sorted(set(amounts))
    assert sum(rung.is_real_cost for rung in priced.ladder) == 1
    brackets = [rung.bracket for rung in priced.ladder if rung.bracket is not None]
    assert brackets == sorted(brackets)
    assert brackets[0] == 1
    assert {Money(amount) for amount in amounts} >= set(priced.bracket_amounts)
    assert (priced.lowest, priced.highest) == (priced.ladder[0].amount, priced.ladder[-1].amount)


@given(stays(), parties)
def test_adds_nights_and_costs_up_to_the_cent(stay: Stay, party: list[RoomRequest]) -> None:
    priced = quote(GRID, stay, party)

    assert total([line.amount for line in priced.cost_lines]) == priced.cost
    assert total([night.reference for night in priced.nights]) == priced.cost
    for place, amount in enumerate(priced.bracket_amounts):
        assert total([night.dues[place] for night in priced.nights]) == amount
    assert [(night.night, night.room_index) for night in priced.nights] == [
        (night, index) for night in stay.nights for index in range(len(party))
    ]


@given(stays(), parties)
def test_takes_at_least_the_lesser_of_variable_cost_and_lowest_rung(
    stay: Stay, party: list[RoomRequest]
) -> None:
    priced = quote(GRID, stay, party)

    variable = total([line.amount for line in priced.cost_lines if line.code != "fixed"])
    assert priced.minimum == min(variable, priced.bracket_amounts[0])
    assert priced.minimum <= priced.lowest


@given(stays(most_nights=8), parties, st.data())
def test_costs_the_same_when_a_stay_is_cut_in_two(
    stay: Stay, party: list[RoomRequest], data: st.DataObject
) -> None:
    if stay.length == 1:
        return
    cut = stay.arrival + timedelta(data.draw(st.integers(1, stay.length - 1)))

    whole = quote(GRID, stay, party)
    parts = [quote(GRID, Stay(*dates), party) for dates in ((stay.arrival, cut), (cut, stay.departure))]

    assert whole.cost == total([part.cost for part in parts])
    for place, amount in enumerate(whole.bracket_amounts):
        assert amount == total([part.bracket_amounts[place] for part in parts])


@given(stays(), rooms(), st.integers(0, 17))
def test_never_lowers_a_price_for_one_more_guest(stay: Stay, room: RoomRequest, age: int) -> None:
    more = RoomRequest(room.type_code, room.adults, (*room.children, age), room.is_beyond_fewest)

    fewer_priced, more_priced = quote(GRID, stay, [room]), quote(GRID, stay, [more])

    assert all(a <= b for a, b in zip(fewer_priced.bracket_amounts, more_priced.bracket_amounts, strict=True))
    assert fewer_priced.cost <= more_priced.cost


@given(stays(), parties)
def test_charges_residents_never_more_than_others(stay: Stay, party: list[RoomRequest]) -> None:
    local, other = quote(GRID, stay, party, is_resident=True), quote(GRID, stay, party)

    assert all(a <= b for a, b in zip(local.bracket_amounts, other.bracket_amounts, strict=True))
    assert local.cost == other.cost


@given(stays(), parties)
def test_keeps_dear_seasons_from_those_below_the_poverty_line(stay: Stay, party: list[RoomRequest]) -> None:
    priced = quote(GRID, stay, party)

    for night in priced.nights:
        in_neutral = quote(GRID, NEUTRAL, party).nights[night.room_index].dues
        assert all(night.dues[place] <= in_neutral[place] for place in range(3))  # points 500, 800, 1,119


@given(stays(), parties)
def test_gives_the_same_cents_for_the_same_question(stay: Stay, party: list[RoomRequest]) -> None:
    fresh = Grid.loads(GRID.text)
    relaid = Grid.loads(GRID.dumps())

    assert quote(fresh, stay, party) == quote(GRID, stay, party)
    assert replace(quote(relaid, stay, party), grid_hash=GRID.hash) == quote(GRID, stay, party)


def dues_of(priced: Quote, bracket: int) -> list[Money]:
    return [night.dues[bracket - 1] for night in priced.nights]


def test_weighs_a_household_once_however_many_rooms_it_sleeps_in() -> None:
    night = Stay(date(2027, 6, 8), date(2027, 6, 9))
    together = quote(GRID, night, [RoomRequest("family", 2, (4, 6))])
    apart = quote(GRID, night, [RoomRequest("double", 1, (4,)), RoomRequest("double", 1, (6,))])

    assert dues_of(together, 4) == [Money.of(80)]  # 33.10 x 2.1 x 1.15 = 79.94
    assert dues_of(apart, 4) == [Money.of(43), Money.of(26)]  # 33.10 x 1.3 = 43.03; x 0.8 = 26.48
    assert apart.household == together.household


def test_counts_the_first_adult_in_the_first_room_that_has_one() -> None:
    night = Stay(date(2027, 6, 8), date(2027, 6, 9))

    apart = quote(GRID, night, [RoomRequest("double", 0, (15, 16)), RoomRequest("double", 2)])

    assert dues_of(apart, 4) == [Money.of(33), Money.of(50)]  # 33.10 x 1 (two halves); x 1.5 = 49.65


@pytest.mark.parametrize("bracket", range(1, 9))
def test_adds_the_variable_cost_of_a_room_beyond_the_fewest_to_every_rung(bracket: int) -> None:
    needed = quote(GRID, NEUTRAL, [RoomRequest("double", 1), RoomRequest("double", 1)])
    beyond = quote(GRID, NEUTRAL, [RoomRequest("double", 1), RoomRequest("double", 1, is_beyond_fewest=True)])

    place = bracket - 1
    assert beyond.bracket_amounts[place] == needed.bracket_amounts[place] + Money.of(6) * NEUTRAL.length
    assert beyond.cost == needed.cost


@given(stays(), st.integers(1, 4), st.integers(1, 4))
def test_never_lowers_the_total_by_splitting_a_party_in_two_rooms(stay: Stay, some: int, others: int) -> None:
    together = quote(GRID, stay, [RoomRequest("double", some + others)])
    apart = quote(
        GRID, stay, [RoomRequest("double", some), RoomRequest("double", others, is_beyond_fewest=True)]
    )

    assert all(a <= b for a, b in zip(together.bracket_amounts, apart.bracket_amounts, strict=True))


@given(stays(), rooms(), st.sampled_from(["0.01", "0.50", "1", "5"]))
def test_keeps_bounds_within_one_price_step_after_rounding(stay: Stay, room: RoomRequest, step: str) -> None:
    grid = Grid.loads(GRID.dumps().replace('price_step = "1.00"', f'price_step = "{step}"'))
    bare = RoomRequest(room.type_code, room.adults, room.children)
    size = grid.scales.weights.of_household(quote(grid, stay, [bare]).household) * grid.room_factor(
        bare.type_code
    )

    for night in quote(grid, stay, [bare]).nights:  # I3
        low, high = (Fraction(limit) * size for limit in (12, 82))
        for due in night.dues:
            exact = Fraction(due.decimal)
            assert exact <= high * max(Fraction(1), night.season.factor) + Fraction(step)
            assert exact >= min(low * min(Fraction(1), night.season.factor), Fraction(200)) - Fraction(step)
            assert due.minor % grid.price_step.minor == 0
            assert grid.price_step <= due <= grid.hard_ceiling


def test_shows_equal_rungs_once_and_stores_the_lower() -> None:
    priced = quote(
        GRID, JULY, [RoomRequest("family", 4)]
    )  # 2.5 x 1.15: the hard ceiling binds from bracket 7

    assert priced.bracket_amounts[6] == priced.bracket_amounts[7] == Money.of(200) * 4
    top = priced.ladder[-1]
    assert (top.bracket, top.income_from, top.income_to) == (7, Money.of(6875), None)  # 2,750 x 2.5
    assert priced.choose(bracket=8) == priced.choose(bracket=7)
    assert priced.choose(bracket=8).bracket == 7


def test_marks_a_rung_that_equals_the_real_cost_once() -> None:
    cheap = Grid.loads(
        GRID.dumps().replace('fixed_yearly = "78200.00"', 'fixed_yearly = "22100.00"')
    )  # 13 + 6 + 5 = 24, bracket 3

    priced = quote(cheap, NEUTRAL, [RoomRequest("double", 1)])

    assert [(rung.bracket, rung.is_real_cost) for rung in priced.ladder][2] == (3, True)
    assert len(priced.ladder) == 8


def test_refuses_what_the_grid_cannot_price() -> None:
    couple = [RoomRequest("double", 2)]

    with pytest.raises(NoRateForNight):
        quote(GRID, Stay(date(2028, 8, 31), date(2028, 9, 2)), couple)
    with pytest.raises(StayTooLong):
        quote(GRID, Stay(date(2027, 1, 1), date(2027, 3, 3)), couple)
    with pytest.raises(UnknownRoomType):
        quote(GRID, NEUTRAL, [RoomRequest("castle", 2)])
    with pytest.raises(HouseholdInvalid):
        quote(GRID, NEUTRAL, [])
    with pytest.raises(HouseholdInvalid, match="adult"):
        quote(GRID, NEUTRAL, [RoomRequest("double", 0, (15,))])


def test_prices_a_stay_of_the_most_nights_up_to_the_horizon() -> None:
    assert quote(GRID, Stay(date(2028, 7, 3), date(2028, 9, 1)), [RoomRequest("double", 2)]).cost == Money.of(
        62 * 60
    )
