"""Where an interval ends and which way a tie is rounded: each edge of the price path, on it and beside it."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from pricing.brackets import MOST_BRACKETS, Bracket, check_brackets
from pricing.costs import CostModel, YearlyCosts
from pricing.grid import GridInvalid, example_house
from pricing.group import GroupRoom, Sleepers, quote_group
from pricing.household import MOST_PEOPLE, Household, HouseholdInvalid
from pricing.household_scales import HouseholdScales, PeopleScale
from pricing.length_rule import LengthRule
from pricing.money import Money, round_half_up, split
from pricing.protection import Protection
from pricing.quote import QuoteExpired, RoomRequest, UnknownBracket, quote
from pricing.room_request import MOST_ROOMS, household_of
from pricing.stay import Stay

ONE = Fraction(1)
GRID = example_house()
NIGHT = Stay(date(2027, 6, 8), date(2027, 6, 9))  # a neutral one


def evenly(count: int) -> tuple[Bracket, ...]:
    edges = [Fraction(number) for number in range(count)]
    return tuple(Bracket(low, high, low) for low, high in zip(edges, [*edges[1:], None], strict=True))


@pytest.mark.parametrize(
    ("value", "rounded"), [("0.5", 1), ("-0.5", -1), ("0.49", 0), ("-0.49", 0), ("0", 0)]
)
def test_moves_half_a_cent_away_from_nothing(value: str, rounded: int) -> None:
    assert round_half_up(Fraction(value)) == rounded


def test_begins_a_sum_with_nothing() -> None:
    assert Money.zero() == Money(0)
    assert Money.zero("JPY") == Money(0, "JPY")


@pytest.mark.parametrize(("minor", "shares"), [(-1, [0, -1]), (0, [0, 0]), (1, [0, 1])])
def test_shares_nothing_and_a_single_cent(minor: int, shares: list[int]) -> None:
    assert [share.minor for share in split(Money(minor), [0, 1])] == shares


def test_lets_as_many_people_travel_together_as_it_says() -> None:
    assert Household(MOST_PEOPLE).size == 99
    with pytest.raises(HouseholdInvalid):
        Household(MOST_PEOPLE + 1)
    with pytest.raises(HouseholdInvalid):
        RoomRequest("double", -1, (4, 5, 6))


@pytest.mark.parametrize("parts", [(1, 1, 1, 1), (1, 1, 1, 0), (2, 1, 0, 0)])
def test_lets_people_of_all_ages_count_alike_and_babies_nothing(parts: tuple[int, ...]) -> None:
    assert PeopleScale(*map(Fraction, parts)).parts == parts


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ((0, 0, 0, 0), "weight_not_positive"),
        (("-0.5", -1, -1, -1), "weight_not_positive"),
        ((1, "1.01", 0, 0), "weight_order"),
        ((1, "0.5", "0.51", 0), "weight_order"),
        ((1, "0.5", "0.3", "0.31"), "weight_order"),
        ((1, "0.5", "0.3", "-0.01"), "weight_order"),
    ],
)
def test_refuses_a_scale_in_which_somebody_counts_too_little(parts: tuple[str, ...], code: str) -> None:
    with pytest.raises(GridInvalid) as refusal:
        PeopleScale(*map(Fraction, parts))

    assert refusal.value.code == code


def test_knows_who_weighs_most_for_what_he_counts() -> None:
    half = PeopleScale(ONE, Fraction(1, 2), Fraction(1, 10), Fraction(0))

    assert HouseholdScales().most_weight_per_unit == 1
    assert (
        HouseholdScales(
            units=half, weights=PeopleScale(ONE, ONE, Fraction(0), Fraction(0))
        ).most_weight_per_unit
        == 2
    )


@pytest.mark.parametrize(
    ("income", "shown"),
    [("1002.49", 1000), ("1002.5", 1005), ("1007.49", 1005), ("1007.5", 1010), ("1000.01", 1000)],
)
def test_shows_an_edge_of_incomes_to_the_nearest_five_euros(income: str, shown: int) -> None:
    edge = Fraction(income)

    assert Bracket(edge, edge, edge).income_edges(ONE, "EUR") == (Money.of(shown), Money.of(shown))


def test_takes_a_hundred_brackets_and_not_one_more() -> None:
    check_brackets(evenly(MOST_BRACKETS))
    assert MOST_BRACKETS == 100
    with pytest.raises(GridInvalid) as refusal:
        check_brackets(evenly(MOST_BRACKETS + 1))
    assert refusal.value.code == "too_many_brackets"


@pytest.mark.parametrize(
    ("brackets", "fault"),
    [
        ([(0, 5, 0), (0, None, 1)], ("bracket_order", "brackets[2].from")),
        ([(0, 5, 0), (6, None, 6)], ("bracket_gap", "brackets[2].from")),
        ([(0, 5, 5), (5, None, 5)], ("point_outside", "brackets[1].point")),
        ([(0, 5, 0), (5, None, 4)], ("point_outside", "brackets[2].point")),
        ([(0, 5, 0), (5, 5, 5), (5, None, 5)], ("bracket_order", "brackets[2].below")),
    ],
)
def test_refuses_brackets_that_miss_by_one(
    brackets: list[tuple[int, int | None, int]], fault: tuple[str, str]
) -> None:
    made = (
        Bracket(Fraction(low), None if high is None else Fraction(high), Fraction(at))
        for low, high, at in brackets
    )

    with pytest.raises(GridInvalid) as refusal:
        check_brackets(tuple(made))

    assert (refusal.value.code, refusal.value.path) == fault


@pytest.mark.parametrize(("low", "high"), [(0, 1), ("0.5", 1), (0, "0.01")])
def test_protects_from_nothing_up(low: str, high: str) -> None:
    assert Protection(Fraction(low), Fraction(high)).season_factor(Fraction(2), Fraction(low)) == 1


@pytest.mark.parametrize(("low", "high"), [(1, 1), (2, 1), ("-0.01", 1), (-1, 1), (0, 0)])
def test_refuses_a_protection_without_a_way_from_one_income_to_the_other(low: str, high: str) -> None:
    with pytest.raises(GridInvalid, match="is not below"):
        Protection(Fraction(low), Fraction(high))


@pytest.mark.parametrize(
    ("fixed", "nights", "share"), [("0.01", 2, 1), ("0.03", 2, 2), ("0.01", 3, 0), ("1", 1, 100)]
)
def test_shares_a_year_over_its_nights_to_the_nearest_cent(fixed: str, nights: int, share: int) -> None:
    assert YearlyCosts(Money.of(fixed), Fraction(nights)).per_room_night == Money(share)


@pytest.mark.parametrize(("factor", "minor"), [("0.5", 1), ("1.5", 2), ("2.5", 3), ("0.49", 0), ("2.49", 2)])
def test_rounds_the_roof_over_a_room_half_up(factor: str, minor: int) -> None:
    costs = CostModel(Money(1), Money(0), Money(0), Money(0))

    assert costs.room_night(1, (), Fraction(factor)).total == Money(minor)


def test_takes_a_year_that_costs_nothing_and_nights_that_are_few() -> None:
    assert YearlyCosts(Money(0), Fraction(1, 2)).per_room_night == Money(0)
    assert YearlyCosts(Money(1), Fraction(1, 2)).per_room_night == Money(2)


@pytest.mark.parametrize(
    ("fixed", "nights", "code"),
    [(-1, 1, "cost_negative"), (1, 0, "not_positive"), (1, "-0.5", "not_positive")],
)
def test_refuses_a_year_without_a_night_or_below_nothing(fixed: int, nights: str, code: str) -> None:
    with pytest.raises(GridInvalid) as refusal:
        YearlyCosts(Money(fixed), Fraction(nights))

    assert refusal.value.code == code


@pytest.mark.parametrize("place", range(4))
def test_refuses_a_cost_of_a_cent_less_than_nothing(place: int) -> None:
    costs = [Money(0)] * 4
    assert CostModel(*costs).room_night(1, (), ONE).total == Money(0)
    costs[place] = Money(-1)
    with pytest.raises(GridInvalid, match="not negative"):
        CostModel(*costs)
    with pytest.raises(GridInvalid, match="not negative"):
        CostModel(*[Money(0)] * 4, by_season={"high": Money(-1)})


@pytest.mark.parametrize(("night", "off"), [(2, "0.01"), (3, "0.99"), (60, "0.5")])
def test_takes_a_length_rule_from_the_second_night_on(night: int, off: str) -> None:
    rule = LengthRule(night, Fraction(off))

    assert rule.unit_price(Fraction(12), Fraction(12)) == 12
    assert rule.unit_price(Fraction(13), Fraction(12)) == 13 - Fraction(off)


@pytest.mark.parametrize(
    ("night", "off", "code"),
    [
        (1, "0.5", "length_from_first"),
        (0, "0.5", "length_from_first"),
        (2, "0", "fraction_range"),
        (2, "-0.5", "fraction_range"),
        (2, "1", "fraction_range"),
        (2, "1.5", "fraction_range"),
    ],
)
def test_refuses_a_length_rule_of_every_stay_of_nothing_or_of_all(night: int, off: str, code: str) -> None:
    with pytest.raises(GridInvalid) as refusal:
        LengthRule(night, Fraction(off))

    assert refusal.value.code == code


def test_asks_for_as_many_rooms_as_it_says() -> None:
    assert MOST_ROOMS == 50
    assert household_of([RoomRequest("single", 1)] * MOST_ROOMS).size == MOST_ROOMS
    assert household_of([RoomRequest("single", 1)]).size == 1
    for count in (0, MOST_ROOMS + 1):
        with pytest.raises(HouseholdInvalid, match="asks for 1 to 50 rooms"):
            household_of([RoomRequest("single", 1)] * count)


@pytest.mark.parametrize(("part", "parts"), [(0, 1), (2, 1), (0, 2), (3, 2), (-1, 2)])
def test_refuses_a_part_of_a_room_that_there_is_not(part: int, parts: int) -> None:
    with pytest.raises(HouseholdInvalid, match="there is no part"):
        RoomRequest("double", 1, part=part, parts=parts)


def test_gives_the_odd_cent_of_a_shared_room_to_the_first_part() -> None:
    shared = [RoomRequest("double", 1, part=part, parts=2) for part in (1, 2)]

    assert [room.part_of(Money(5)).minor for room in shared] == [3, 2]
    assert [room.is_shared for room in shared] == [True, True]
    assert not RoomRequest("double", 1).is_shared
    assert RoomRequest("double", 1).part_of(Money(5)) == Money(5)


def test_shares_the_hard_ceiling_of_a_room_in_whole_price_steps() -> None:
    crowded = [RoomRequest("family", 4, (15, 15), part=part, parts=3) for part in (1, 2, 3)]
    asked = [quote(GRID, NIGHT, [room]).bracket_amounts[-1] for room in crowded]

    assert asked == [Money.of(66)] * 3  # of 200
    alone = RoomRequest("family", 1, part=1, parts=200)
    assert quote(GRID, NIGHT, [alone]).bracket_amounts == (Money.of(1),) * 8
    with pytest.raises(HouseholdInvalid, match="no room is shared by 201"):
        quote(GRID, NIGHT, [RoomRequest("family", 1, part=1, parts=201)])


def test_honours_a_quote_up_to_and_on_its_last_day() -> None:
    priced = quote(GRID, NIGHT, [RoomRequest("double", 2)], today=date(2027, 6, 1))

    assert priced.choose(bracket=1, today=date(2027, 6, 8)).amount == Money.of(18)
    with pytest.raises(QuoteExpired):
        priced.choose(bracket=1, today=date(2027, 6, 9))


def test_knows_the_first_and_the_last_bracket_of_a_quote() -> None:
    priced = quote(GRID, NIGHT, [RoomRequest("double", 2)])

    assert priced.choose(bracket=1).bracket == 1
    assert priced.choose(bracket=8).bracket == 8
    for number in (0, 9, -1):
        with pytest.raises(UnknownBracket):
            priced.choose(bracket=number)
    assert (priced.lowest, priced.highest) == (Money.of(18), Money.of(123))


def test_asks_one_step_where_the_real_cost_is_less() -> None:
    free = CostModel(*[Money(0)] * 4)
    capped = replace(GRID, caps_at_cost=True, costs=free)

    priced = quote(capped, NIGHT, [RoomRequest("double", 2)])
    assert priced.bracket_amounts == (GRID.price_step,) * 8
    assert priced.choose(amount=Money(0)).amount == Money(0)


def test_agrees_with_a_household_that_shares_no_room() -> None:
    group = quote_group(GRID, NIGHT, [GroupRoom("double", (Sleepers(1, 2),))])
    agreed = group.agree([group.parts[0].quote.choose(bracket=4)])

    assert (agreed.amount, agreed.nights[0].night) == (Money.of(50), NIGHT.arrival)
    assert [line.code for line in group.cost_lines] == ["fixed", "room", "persons"]
