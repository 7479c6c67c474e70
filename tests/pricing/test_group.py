"""Several households in one booking: each its own rung, one total, and nobody's rung to be read from another's part."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.explain import explain
from pricing.grid import Grid, example_house
from pricing.group import GroupQuote, GroupRoom, Sleepers, quote_group
from pricing.household import HouseholdInvalid
from pricing.money import Money
from pricing.quote import BelowMinimum, NoResidentRule, RoomRequest, StayTooLong, quote
from pricing.stay import Stay
from tests.pricing.stays import TYPES, stays

GRID = example_house()
NIGHT = Stay(date(2027, 6, 8), date(2027, 6, 9))  # neutral
SHARED = GroupRoom("family", (Sleepers(1, 2), Sleepers(2, 1)))
CHILDREN = st.lists(st.integers(0, 17), max_size=2).map(tuple)


@st.composite
def groups(draw: st.DrawFn, most_households: int = 3) -> list[GroupRoom]:
    """Make rooms of several households, some of them shared."""
    sleeping: dict[int, list[Sleepers]] = {}
    for household in range(1, draw(st.integers(1, most_households)) + 1):
        places = draw(st.lists(st.integers(0, 2), min_size=1, max_size=2, unique=True))
        for nth, place in enumerate(places):
            who = Sleepers(household, draw(st.integers(1 if nth == 0 else 0, 2)), draw(CHILDREN))
            if who.adults or who.children:
                sleeping.setdefault(place, []).append(who)
    return [
        GroupRoom(draw(st.sampled_from(TYPES)), tuple(who), draw(st.booleans())) for who in sleeping.values()
    ]


def total(amounts: list[Money]) -> Money:
    return sum(amounts, Money.zero())


def plus(room: GroupRoom, place: int, age: int) -> GroupRoom:
    who = room.sleepers[place]
    more = replace(who, children=(*who.children, age))
    return replace(room, sleepers=(*room.sleepers[:place], more, *room.sleepers[place + 1 :]))


def dues(group: GroupQuote, household: int) -> list[int]:
    return [amount.minor for amount in group.parts[household - 1].quote.bracket_amounts]


def test_lets_each_household_pay_for_its_own_people_at_its_own_rung() -> None:
    group = quote_group(GRID, NIGHT, [SHARED])
    couple, single = (part.quote for part in group.parts)

    agreed = group.agree([couple.choose(bracket=4), single.choose(bracket=1)])

    assert [choice.amount for choice in agreed.choices] == [Money.of(57), Money.of(14)]
    assert agreed.amount == Money.of(71)  # 33.10 x 1.5 x 1.15 = 57.10; 12 x 1 x 1.15 = 13.80
    assert (couple.cost, single.cost) == (Money.of("39.45"), Money.of("34.45"))  # 58.90 / 2, and 5 a person
    assert [(line.code, line.amount) for line in group.cost_lines] == [
        ("fixed", Money.of("52.90")),
        ("room", Money.of(6)),
        ("persons", Money.of(15)),
    ]
    assert (couple.minimum, single.minimum) == (Money.of(13), Money.of(8))  # 6 / 2, and 5 a person


def test_gives_each_household_a_minimum_of_its_own() -> None:
    group = quote_group(GRID, NIGHT, [SHARED])

    with pytest.raises(BelowMinimum, match="13"):
        group.parts[0].quote.choose(amount=Money.of("12.99"))
    assert group.parts[1].quote.choose(amount=Money.of(8)).bracket == 1


def test_gives_the_odd_cents_of_a_shared_room_to_the_first_households() -> None:
    three = GroupRoom("family", tuple(Sleepers(number, 1) for number in (1, 2, 3)))

    group = quote_group(GRID, NIGHT, [three])

    fixed = [part.quote.cost_lines[0].amount.minor for part in group.parts]
    assert fixed == [1764, 1763, 1763]  # 52.90 / 3
    assert group.cost == Money.of("73.90")


@given(stays(), groups())
def test_prices_a_household_that_shares_no_room_as_if_it_came_alone(
    stay: Stay, rooms: list[GroupRoom]
) -> None:
    group = quote_group(GRID, stay, rooms)

    for number, part in enumerate(group.parts, 1):
        own = [rooms[place] for place in part.rooms]
        if all(len(room.sleepers) == 1 for room in own):
            alone = [
                RoomRequest(room.type_code, who.adults, who.children, room.is_beyond_fewest)
                for room in own
                for who in room.sleepers
            ]
            assert part.quote == quote(GRID, stay, alone)
        assert all(number in room.households for room in own)


@given(stays(most_nights=4), groups(), st.data())
def test_adds_rooms_and_households_up_to_the_cent(
    stay: Stay, rooms: list[GroupRoom], data: st.DataObject
) -> None:
    group = quote_group(GRID, stay, rooms)
    brackets = st.one_of(st.none(), st.integers(1, 8))
    agreed = group.agree([part.quote.choose(bracket=data.draw(brackets)) for part in group.parts])

    assert agreed.amount == total([choice.amount for choice in agreed.choices])
    assert agreed.amount == total([night.chosen for night in agreed.nights])
    assert total([line.amount for line in group.cost_lines]) == group.cost
    assert [(each.night, each.room_index) for each in agreed.nights] == [
        (night, place) for night in stay.nights for place in range(len(rooms))
    ]
    for each in agreed.nights:
        room = rooms[each.room_index]
        people = room.sleepers
        whole = GRID.costs.room_night(
            sum(who.adults for who in people),
            tuple(age for who in people for age in who.children),
            GRID.room_factor(room.type_code),
        )
        assert each.reference == whole.total
        assert each.due <= max(GRID.hard_ceiling, whole.total)


@given(stays(most_nights=4), groups())
def test_never_asks_more_for_a_shared_room_than_for_any_room(stay: Stay, rooms: list[GroupRoom]) -> None:
    group = quote_group(GRID, stay, rooms)

    for bracket in (1, 8):
        agreed = group.agree([part.quote.choose(bracket=bracket) for part in group.parts])
        assert all(night.due <= GRID.hard_ceiling for night in agreed.nights)


def test_shares_the_hard_ceiling_in_whole_price_steps() -> None:
    four = GroupRoom("family", tuple(Sleepers(number, 2) for number in (1, 2, 3)))

    group = quote_group(GRID, NIGHT, [four])

    assert [dues(group, household)[-1] for household in (1, 2, 3)] == [6600] * 3  # 200 / 3 = 66.67


@given(stays(most_nights=3), groups(), st.integers(0, 17), st.data())
def test_never_lowers_a_room_for_one_more_guest_of_any_household(
    stay: Stay, rooms: list[GroupRoom], age: int, data: st.DataObject
) -> None:
    room = data.draw(st.integers(0, len(rooms) - 1))
    place = data.draw(st.integers(0, len(rooms[room].sleepers) - 1))
    more = [*rooms[:room], plus(rooms[room], place, age), *rooms[room + 1 :]]
    joined = rooms[room].sleepers[place].household

    before, after = quote_group(GRID, stay, rooms), quote_group(GRID, stay, more)

    assert all(less <= much for less, much in zip(dues(before, joined), dues(after, joined), strict=True))
    assert before.cost <= after.cost
    for number, (part, same) in enumerate(zip(before.parts, after.parts, strict=True), 1):
        assert number == joined or part == same  # nobody else's part tells that somebody came


@given(stays(most_nights=3), st.sampled_from(TYPES), st.integers(1, 3), st.integers(1, 2), st.booleans())
def test_never_lowers_the_total_when_a_household_takes_a_second_room(
    stay: Stay, code: str, some: int, others: int, is_shared: bool
) -> None:
    neighbours = (Sleepers(2, 2),) if is_shared else ()
    together = [GroupRoom(code, (Sleepers(1, some + others), *neighbours))]
    apart = [
        GroupRoom(code, (Sleepers(1, some), *neighbours)),
        GroupRoom(code, (Sleepers(1, others),), is_beyond_fewest=True),
    ]

    before, after = quote_group(GRID, stay, together), quote_group(GRID, stay, apart)

    assert all(less <= much for less, much in zip(dues(before, 1), dues(after, 1), strict=True))
    assert before.cost <= after.cost
    assert before.parts[1:] == after.parts[1:]


@given(stays(most_nights=3), groups(), st.integers(1, 8), st.integers(1, 8))
def test_tells_nothing_of_a_bracket_in_the_part_of_another(
    stay: Stay, rooms: list[GroupRoom], one: int, other: int
) -> None:
    group = quote_group(GRID, stay, rooms)
    mine = group.parts[0].quote
    accounts = []
    for bracket in (one, other):
        theirs = [part.quote.choose(bracket=bracket) for part in group.parts[1:]]
        agreed = group.agree([mine.choose(bracket=3), *theirs])
        accounts.append(repr(explain(GRID, mine, agreed.choices[0], "fr")))
        assert "bracket" not in repr(agreed)
        assert "due" not in repr(agreed)

    assert accounts[0] == accounts[1]


def test_weighs_a_household_once_over_rooms_of_its_own_and_shared_ones() -> None:
    rooms = [
        GroupRoom("double", (Sleepers(1, 2),)),
        GroupRoom("double", (Sleepers(1, 0, (6,)), Sleepers(2, 1))),
    ]

    group = quote_group(GRID, NIGHT, rooms)

    assert [night.dues[3].minor for night in group.parts[0].quote.nights] == [
        5000,
        1000,
    ]  # 33.10 x 1.5, x 0.3
    assert [part.rooms for part in group.parts] == [(0, 1), (1,)]


def test_keeps_a_dear_season_from_the_resident_household_alone() -> None:
    july = Stay(date(2027, 7, 8), date(2027, 7, 9))

    group = quote_group(GRID, july, [SHARED], residents=[2])
    usual = quote_group(GRID, july, [SHARED])

    assert [part.quote.is_resident for part in group.parts] == [False, True]
    assert group.parts[0] == usual.parts[0]
    assert dues(group, 2)[7] == 9400  # 82 x 1.15, and not 82 x 1.2 x 1.15 capped at 100
    assert dues(usual, 2)[7] == 10000


def test_takes_long_stays_and_children_of_every_age_into_each_part() -> None:
    long = Grid.loads(
        GRID.dumps().replace("[residents]", '[length]\nfrom_night = 4\nfraction_off = "0.1"\n\n[residents]')
    )
    rooms = [GroupRoom("double", (Sleepers(1, 1, (2, 3, 13, 14)), Sleepers(2, 1)))]
    week = Stay(date(2027, 6, 8), date(2027, 6, 12))

    group = quote_group(long, week, rooms)

    family, single = (part.quote for part in group.parts)
    # 1 + 0 + 0.3 + 0.3 + 0.5 = 2.1: 33.10 x 2.1 = 69.51; 30.99 x 2.1 = 65.08 on the fourth night
    assert [night.dues[3].minor // 100 for night in family.nights] == [70, 70, 70, 65]
    assert [night.dues[3].minor // 100 for night in single.nights] == [33, 33, 33, 31]
    with pytest.raises(StayTooLong, match="60 nights"):
        quote_group(GRID, Stay(date(2027, 1, 1), date(2027, 3, 3)), rooms)


def test_honours_every_part_until_the_same_day() -> None:
    group = quote_group(GRID, NIGHT, [SHARED], today=date(2027, 5, 1))

    assert {part.quote.honoured_until for part in group.parts} == {date(2027, 5, 8)}


@pytest.mark.parametrize(
    ("rooms", "said"),
    [
        ([], "numbered"),
        ([GroupRoom("double", (Sleepers(2, 1),))], "numbered"),
        ([GroupRoom("double", (Sleepers(0, 1), Sleepers(1, 1)))], "numbered"),
        ([GroupRoom("double", (Sleepers(1, 0, (15,)), Sleepers(2, 1)))], "adult"),
        ([GroupRoom("family", tuple(Sleepers(number, 1) for number in range(1, 202)))], "201 households"),
    ],
)
def test_refuses_a_group_that_cannot_be(rooms: list[GroupRoom], said: str) -> None:
    with pytest.raises(HouseholdInvalid, match=said):
        quote_group(GRID, NIGHT, rooms)


def test_refuses_rooms_and_residents_that_cannot_be() -> None:
    with pytest.raises(HouseholdInvalid, match="named once"):
        GroupRoom("double", (Sleepers(1, 1), Sleepers(1, 1)))
    with pytest.raises(HouseholdInvalid, match="one household"):
        GroupRoom("double", ())
    with pytest.raises(HouseholdInvalid, match="number 3"):
        quote_group(GRID, NIGHT, [SHARED], residents=[3])
    with pytest.raises(HouseholdInvalid, match="part 3"):
        RoomRequest("double", 1, part=3, parts=2)
    who = GRID.dumps().partition("[residents]\n")[2].partition("\n")[0]
    without = Grid.loads(GRID.dumps().replace(f"[residents]\n{who}\n", ""))
    with pytest.raises(NoResidentRule):
        quote_group(without, NIGHT, [SHARED], residents=[1])


def test_refuses_a_choice_that_was_made_from_another_part() -> None:
    group = quote_group(GRID, NIGHT, [SHARED])
    couple, single = (part.quote.choose() for part in group.parts)

    with pytest.raises(ValueError, match="own part"):
        group.agree([single, couple])
    with pytest.raises(ValueError, match="2 households choose"):
        group.agree([couple])
