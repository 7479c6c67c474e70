"""Who sleeps where: parties shared out over rooms, and the sets of rooms that hold them."""

from __future__ import annotations

import pytest

from app.services.parties import Beds, Sleepers, fewest_rooms, list_combinations, share_out
from pricing.household import Household

TYPES = {"single": Beds(1), "double": Beds(2), "family": Beds(4), "accessible": Beds(2, cots=1)}


@pytest.mark.parametrize(
    ("party", "codes", "expected"),
    [
        (Household(2), ["double"], (Sleepers(2),)),
        (Household(2), ["single"], None),
        (Household(2, (1,)), ["accessible"], (Sleepers(2, (1,)),)),
        (Household(2, (1,)), ["double"], None),
        (Household(2, (4, 7, 9)), ["double", "family"], (Sleepers(1, (4,)), Sleepers(1, (7, 9)))),
        (Household(1, (4, 7)), ["single", "double"], None),
        (Household(3), ["single", "double"], (Sleepers(1), Sleepers(2))),
    ],
)
def test_shares_a_party_out_with_an_adult_in_each_room(
    party: Household, codes: list[str], expected: tuple[Sleepers, ...] | None
) -> None:
    assert share_out(party, [TYPES[code] for code in codes]) == expected


@pytest.mark.parametrize(
    ("party", "count"),
    [(Household(1), 1), (Household(2, (4, 6)), 1), (Household(2, (4, 7, 9)), 2), (Household(6), 2)],
)
def test_counts_the_fewest_rooms_that_hold_a_party(party: Household, count: int) -> None:
    assert fewest_rooms(party, TYPES) == count


def test_offers_sets_of_free_rooms_only_with_the_fewest_empty_beds_first() -> None:
    free = {"single": 2, "double": 1, "family": 1, "accessible": 1}

    sets = list(list_combinations(Household(2, (4, 7, 9)), TYPES, free))

    assert sets[0] == ("single", "family")  # five people, five beds
    assert ("family", "family") not in sets
    assert all(len(codes) == 2 for codes in sets)


def test_offers_nothing_when_no_set_holds_the_party() -> None:
    assert list(list_combinations(Household(9), TYPES, {"single": 2})) == []
