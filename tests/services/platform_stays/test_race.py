"""Two people complete a stay at once, or one does while its feed lets go of it: one booking, or none that stands."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask, current_app
from sqlalchemy import select

from app.database import session
from app.models import Booking, ChannelStay, Claim, Property
from app.services import platform_stays
from app.services.bookings import TransitionRefused, check_in
from app.services.platform_stays import Completion, PlatformMoney, StayIsComplete, StayNotFound
from tests.cast import NOW, TODAY
from tests.services.platform_stays.told import (
    BIRGIT,
    COUPLE,
    TONIGHT,
    completed,
    ended_by_feed,
    owner_of,
    room_of,
    told,
)

ROUNDS = range(5)
COMPLETION = Completion(BIRGIT, COUPLE, "fr", PlatformMoney())


def at_once(*runs: Callable[[], str]) -> list[str]:
    """Let everybody run at the same moment, each in a context and with a session of their own."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    session.commit()  # on SQLite an open transaction would keep them waiting
    start = Barrier(len(runs))

    def run(act: Callable[[], str]) -> str:
        with app.app_context():
            start.wait(timeout=30)
            return act()

    with ThreadPoolExecutor(len(runs)) as people:
        said = list(people.map(run, runs))
    session.expire_all()
    return said


def completing(house_id: int, stay_id: int) -> Callable[[], str]:
    """Return what somebody at the desk does."""

    def act() -> str:
        house = session.get_one(Property, house_id)
        try:
            platform_stays.complete(
                house=house, stay_id=stay_id, completion=COMPLETION, actor="user:1", now=NOW
            )
        except (StayIsComplete, StayNotFound) as refusal:
            return type(refusal).__name__
        return "completed"

    return act


def ending(stay_id: int) -> Callable[[], str]:
    """Return what the import does with a stay that is gone: lock first what the desk locks first."""

    def act() -> str:
        stay = session.get_one(ChannelStay, stay_id)
        platform_stays.lock_bookings([stay])
        session.refresh(stay, with_for_update=True)
        return "ended" if ended_by_feed(stay) else "kept"

    return act


@pytest.mark.parametrize("round_number", ROUNDS)
def test_completes_once_what_two_complete_at_once(house: Property, round_number: int) -> None:
    read = told(house)

    said = at_once(*[completing(house.id, read.id) for _ in range(4)])

    assert sorted(said) == ["StayIsComplete"] * 3 + ["completed"]
    bookings = session.scalars(select(Booking).where(Booking.property_id == house.id)).all()
    assert [booking.id for booking in bookings] == [read.booking_id]
    assert len(session.scalars(select(Claim).where(Claim.property_id == house.id)).all()) == 1


@pytest.mark.parametrize("round_number", ROUNDS)
def test_leaves_no_booking_standing_on_nights_that_are_gone(house: Property, round_number: int) -> None:
    read = told(house)

    said = at_once(completing(house.id, read.id), ending(read.id))

    assert said[1] == "ended"
    assert owner_of(room_of(house), TONIGHT) == set()
    statuses = session.scalars(select(Booking.status).where(Booking.property_id == house.id)).all()
    assert statuses == ([] if said[0] == "StayNotFound" else ["cancelled"])


@pytest.mark.parametrize("round_number", ROUNDS)
def test_keeps_or_cancels_who_checks_in_while_the_feed_lets_go(house: Property, round_number: int) -> None:
    read = told(house)
    booking_id = completed(house, read).id

    def checking_in() -> str:
        booking = session.get_one(Booking, booking_id)
        try:
            check_in(booking=booking, actor="user:1", today=TODAY, now=NOW)
        except TransitionRefused as refusal:
            session.rollback()
            return type(refusal).__name__
        return "in"

    said = at_once(checking_in, ending(read.id))

    status = session.get_one(Booking, booking_id).status
    assert (said, status) in (
        (["in", "kept"], "in_house"),
        (["TransitionRefused", "ended"], "cancelled"),
    )
    assert bool(owner_of(room_of(house), TONIGHT)) == (status == "in_house")
