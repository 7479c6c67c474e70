"""A household is people who can be, weighed as the scales say."""

from fractions import Fraction

import pytest

from pricing.household import Household, HouseholdInvalid
from pricing.household_scales import INCOME_UNITS, NIGHT_WEIGHTS
from pricing.quote import RoomRequest


@pytest.mark.parametrize(
    ("adults", "children", "units", "weight", "beds"),
    [
        (1, (), "1", "1", 1),
        (2, (), "1.5", "1.5", 2),
        (2, (4, 6), "2.1", "2.1", 4),  # 1 + 0.5 + 0.3 + 0.3
        (2, (13, 14), "2.3", "2.3", 4),  # from 14 on, half
        (1, (2,), "1.3", "1", 1),  # a baby is a consumption unit, and weighs nothing in a price
        (1, (3,), "1.3", "1.3", 2),
        (1, (17, 0), "1.8", "1.5", 2),
    ],
)
def test_weighs_people_as_the_scales_say(
    adults: int, children: tuple[int, ...], units: str, weight: str, beds: int
) -> None:
    household = Household(adults, children)

    assert INCOME_UNITS.of_household(household) == Fraction(units)
    assert NIGHT_WEIGHTS.of_household(household) == Fraction(weight)
    without_first = NIGHT_WEIGHTS.of(adults, children, has_first_adult=False)
    assert without_first == Fraction(weight) - Fraction(1, 2)
    assert household.bed_count == beds
    assert household.size == adults + len(children)


@pytest.mark.parametrize(
    ("adults", "children"),
    [(0, ()), (0, (15,)), (-1, (4, 5)), (1, (18,)), (1, (-1,)), (100, ()), (60, (5,) * 60)],
)
def test_refuses_people_who_cannot_be(adults: int, children: tuple[int, ...]) -> None:
    with pytest.raises(HouseholdInvalid):
        Household(adults, children)


@pytest.mark.parametrize(("adults", "children"), [(True, ()), (1.0, ()), (1, [4]), (1, (4.5,)), ("2", ())])
def test_refuses_what_is_no_number_of_people(adults: object, children: object) -> None:
    with pytest.raises(TypeError):
        Household(adults, children)  # type: ignore[arg-type]


def test_lets_older_children_have_a_room_of_their_own_but_nobody_have_none() -> None:
    assert RoomRequest("double", 0, (15, 16)).children == (15, 16)
    with pytest.raises(HouseholdInvalid):
        RoomRequest("double", 0)
