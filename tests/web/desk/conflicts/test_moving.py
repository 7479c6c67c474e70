"""One step from the list: another room for either side, at once or as soon as the platforms have read it."""

from __future__ import annotations

import re
from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy import select

from app.database import session
from app.models import Booking, ChannelName, ChannelStay, Claim, Conflict, Property
from app.services import inventory
from tests.cast import NOW
from tests.sold_twice import list_room, owners_of, read_by_platform, room_named, the_conflict
from tests.web.desk.conflicts.conftest import PAGE
from tests.web.desk.conftest import NEXT_WEEK, Make, fresh


def moved(conflict_id: int, claim_id: int | None) -> str:
    """Return where a side is sent to move it."""
    return f"{PAGE}/{conflict_id}/move/{claim_id}"


def offered(page: str, conflict_id: int, claim_id: int | None) -> list[str]:
    """Return the rooms that one side is offered."""
    select_of = re.search(rf'<select[^>]*id="room-{conflict_id}-{claim_id}".*?</select>', page, re.DOTALL)
    return re.findall(r">([^<(]+) \(", select_of.group(0)) if select_of else []


def test_moves_a_guest_in_one_step(samir: FlaskClient, alice: Booking, conflict_id: int) -> None:
    page = samir.get(PAGE).text
    claim_id = alice.rooms[0].claim_id
    assert "Les Corons" in offered(page, conflict_id, claim_id)

    answer = samir.submit(PAGE, {"room": room_named("Les Corons").id}, to=moved(conflict_id, claim_id))

    assert answer.status_code == 302
    assert fresh(alice).rooms[0].room_id == room_named("Les Corons").id
    assert "the conflict is settled" in samir.get(PAGE).text


def test_moves_the_guest_of_a_platform_in_one_step(
    samir: FlaskClient, sold: ChannelStay, conflict_id: int
) -> None:
    samir.submit(PAGE, {"room": room_named("Les Corons").id}, to=moved(conflict_id, sold.claim_id))

    assert owners_of(room_named("Les Corons"), NEXT_WEEK) == [sold.claim_id] * 2
    assert the_conflict().resolution == "moved"


def test_says_that_a_room_has_just_been_taken_and_offers_the_others(
    samir: FlaskClient, alice: Booking, booked: Make, conflict_id: int
) -> None:
    other = booked(stay=NEXT_WEEK)
    claim_id = alice.rooms[0].claim_id

    answer = samir.submit(PAGE, {"room": other.rooms[0].room_id}, to=moved(conflict_id, claim_id))

    assert answer.status_code == 409
    assert "This room has just been taken" in answer.text
    assert "Les Corons" in offered(answer.text, conflict_id, claim_id)
    assert the_conflict().settled_at is None


def test_asks_for_a_room(samir: FlaskClient, alice: Booking, conflict_id: int) -> None:
    claim_id = alice.rooms[0].claim_id

    for form in ({}, {"room": ""}, {"room": "Le Jardin"}):
        answer = samir.submit(PAGE, form, to=moved(conflict_id, claim_id))

        assert answer.status_code == 422
        assert f'id="room-{conflict_id}-{claim_id}-error"' in answer.text


def test_asks_before_a_promise_is_broken(samir: FlaskClient, alice: Booking, conflict_id: int) -> None:
    alice.rooms[0].is_pinned = True
    form = {"room": room_named("Les Corons").id}
    to = moved(conflict_id, alice.rooms[0].claim_id)

    refused = samir.submit(PAGE, form, to=to)
    assert refused.status_code == 422
    assert "This room was promised" in refused.text
    samir.submit(PAGE, {**form, "may_break_promise": "y"}, to=to)

    assert fresh(alice).rooms[0].room_id == room_named("Les Corons").id


def test_says_that_the_nights_came_free_by_themselves(
    samir: FlaskClient, alice: Booking, sold: ChannelStay, conflict_id: int
) -> None:
    inventory.release(session.get_one(Claim, sold.claim_id), now=NOW)

    answer = samir.submit(
        "/en/desk/channels",
        {"room": room_named("Les Corons").id},
        to=moved(conflict_id, alice.rooms[0].claim_id),
    )

    assert answer.status_code == 409
    assert "came free by themselves" in answer.text
    assert owners_of(room_named("Les Corons"), NEXT_WEEK) == [None, None]


def test_closes_a_room_first_waits_and_offers_it_once_it_is_read(
    samir: FlaskClient, house: Property, alice: Booking, conflict_id: int
) -> None:
    corons = room_named("Les Corons")
    feed = list_room(house, corons, served_at=NOW - timedelta(hours=2))
    claim_id = alice.rooms[0].claim_id
    page = samir.get(PAGE).text
    assert "Les Corons" not in offered(page, conflict_id, claim_id)
    assert "Close these nights there first" in page
    assert "Airbnb could sell these nights" in page

    refused = samir.submit(PAGE, {"room": corons.id}, to=moved(conflict_id, claim_id))
    assert refused.status_code == 409
    assert "has not read yet" in refused.text
    samir.submit(PAGE, {"room": corons.id}, to=f"{PAGE}/{conflict_id}/prepare/{claim_id}")
    page = samir.get(PAGE).text
    assert "waiting until Airbnb has read it (last read 2 hours ago)" in page
    assert "Les Corons" not in offered(page, conflict_id, claim_id)
    assert "closed for a guest who moves in" in samir.get("/en/desk/blocks").text

    read_by_platform(feed, NEXT_WEEK)
    assert "Les Corons" in offered(samir.get(PAGE).text, conflict_id, claim_id)
    samir.submit(PAGE, {"room": corons.id}, to=moved(conflict_id, claim_id))

    assert fresh(alice).rooms[0].room_id == corons.id
    assert "closed for a guest who moves in" not in samir.get("/en/desk/blocks").text


def test_opens_a_closed_room_again_that_nobody_needs(
    samir: FlaskClient, house: Property, alice: Booking, conflict_id: int
) -> None:
    corons = room_named("Les Corons")
    list_room(house, corons, served_at=NOW)
    samir.submit(PAGE, {"room": corons.id}, to=f"{PAGE}/{conflict_id}/prepare/{alice.rooms[0].claim_id}")

    unblock = re.search(r'action="([^"]+/unblock)"', samir.get(PAGE).text)
    assert unblock
    samir.submit(PAGE, {}, to=unblock.group(1))

    assert owners_of(corons, NEXT_WEEK) == [None, None]


def test_closes_no_room_that_has_just_been_taken(
    samir: FlaskClient, alice: Booking, booked: Make, conflict_id: int
) -> None:
    other = booked(stay=NEXT_WEEK)

    answer = samir.submit(
        PAGE, {"room": other.rooms[0].room_id}, to=f"{PAGE}/{conflict_id}/prepare/{alice.rooms[0].claim_id}"
    )

    assert answer.status_code == 409
    assert "This room has just been taken" in answer.text


def test_says_that_a_platform_has_never_read_a_room(
    samir: FlaskClient, house: Property, alice: Booking, conflict_id: int
) -> None:
    list_room(house, room_named("Les Corons"), ChannelName.BOOKING)

    assert "Booking.com has never read our calendar of this room" in samir.get(PAGE).text


def test_never_speaks_of_money(samir: FlaskClient, alice: Booking, conflict_id: int) -> None:
    page = samir.get(PAGE).text

    assert "€" not in page
    assert not re.search(r"bracket|\brung|income", page)
    assert session.scalars(select(Conflict)).all()
