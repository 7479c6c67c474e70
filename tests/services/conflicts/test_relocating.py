"""A guest for whom there is no room left sleeps in another house, which the house has found and pays for."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from app.database import session
from app.models import Booking, BookingStatus, ChannelStay, Conflict, Letter, Property, Resolution, Room
from app.services import bookings, conflicts, folios
from app.services.conflicts import ConflictGone, ConflictNotFound, OtherHouse, SideStays
from tests.cast import NOW, TODAY
from tests.services.conflicts.conftest import ACTOR, NIGHTS
from tests.services.conflicts.test_moving import claim_of
from tests.sold_twice import owners_of, the_conflict

ELSEWHERE = OtherHouse(
    name="Hôtel de la Gare",
    address="1 place de la Gare\n62300 Lens",
    telephone="03 21 00 00 01",
    way="Bus 7, trois arrêts.",
    pays_transport=True,
)


def relocate(house: Property, conflict: Conflict, claim_id: int, **changes: Any) -> Booking | None:
    known: dict[str, Any] = {
        "house": house,
        "conflict_id": conflict.id,
        "claim_id": claim_id,
        "to": ELSEWHERE,
        "reason": "sleeps at Hôtel de la Gare",
        "actor": ACTOR,
        "today": TODAY,
        "now": NOW,
    }
    return conflicts.relocate(**{**known, **changes})


def test_cancels_a_direct_booking_without_a_fee_and_gives_the_room_to_the_other(
    house: Property, alice: Booking, sold: ChannelStay, conflict: Conflict, jardin: Room
) -> None:
    assert relocate(house, conflict, claim_of(alice)) is alice

    assert alice.status == BookingStatus.CANCELLED
    assert folios.balance(alice).minor == 0
    assert owners_of(jardin, NIGHTS) == [sold.claim_id] * 3
    assert [letter.kind for letter in session.scalars(select(Letter))].count("booking_cancelled") == 1
    settled = the_conflict()
    assert (settled.resolution, settled.settled_by) == (Resolution.RELOCATED, ACTOR)


def test_leaves_a_stay_to_its_platform_which_alone_can_cancel_it(
    house: Property, alice: Booking, sold: ChannelStay, conflict: Conflict, jardin: Room
) -> None:
    assert relocate(house, conflict, sold.claim_id) is None

    assert alice.status == BookingStatus.CONFIRMED
    assert owners_of(jardin, NIGHTS) == [claim_of(alice)] * 3
    assert session.get_one(ChannelStay, sold.id).ended_at is None
    assert the_conflict().resolution == Resolution.RELOCATED
    assert conflicts.list_open(house.id) == ()


def test_remembers_what_the_letter_says(house: Property, alice: Booking, conflict: Conflict) -> None:
    relocate(house, conflict, claim_of(alice))

    told = conflicts.find_relocation(property_id=house.id, conflict_id=conflict.id)

    assert told.house == ELSEWHERE
    assert (told.side.guest_name, told.side.reference, told.side.language) == (
        "Alice Delattre",
        alice.reference,
        "fr",
    )


def test_has_a_letter_only_for_who_went_elsewhere_from_this_house(
    house: Property, alice: Booking, conflict: Conflict
) -> None:
    with pytest.raises(ConflictNotFound):
        conflicts.find_relocation(property_id=house.id, conflict_id=conflict.id)
    relocate(house, conflict, claim_of(alice))
    with pytest.raises(ConflictNotFound):
        conflicts.find_relocation(property_id=house.id + 1, conflict_id=conflict.id)


def test_sends_nobody_away_twice(
    house: Property, alice: Booking, sold: ChannelStay, conflict: Conflict
) -> None:
    relocate(house, conflict, claim_of(alice))

    with pytest.raises(ConflictGone):
        relocate(house, conflict, sold.claim_id)


def test_sends_nobody_away_who_has_moved_in(house: Property, alice: Booking, conflict: Conflict) -> None:
    bookings.check_in(booking=alice, actor=ACTOR, today=alice.arrival, now=NOW)

    with pytest.raises(SideStays):
        relocate(house, conflict, claim_of(alice), today=alice.arrival)


@pytest.mark.parametrize("field", ["name", "address", "telephone"])
def test_knows_no_house_that_nobody_could_find(field: str) -> None:
    with pytest.raises(ValueError, match="address"):
        OtherHouse(**{"name": "a", "address": "b", "telephone": "c", field: "  "})


def test_remembers_for_a_month_who_settled_what_and_how(
    house: Property, alice: Booking, conflict: Conflict
) -> None:
    conflicts.keep(property_id=house.id, conflict_id=conflict.id, note="both agree", actor=ACTOR, now=NOW)
    conflict.opened_at = NOW.replace(hour=1)

    (settled,) = conflicts.list_settled(property_id=house.id, now=NOW)

    assert (settled.resolution, settled.note, settled.settled_at) == ("kept", "both agree", NOW)
    assert settled.person
    assert conflicts.list_settled(property_id=house.id, now=NOW.replace(year=2027)) == ()
