"""The feed, some volunteers and a guest at once on the same nights: nobody waits crosswise, no night has two owners."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from app.database import session
from app.models import Booking, ChannelStay, Claim, Conflict, Property, Room, RoomNight
from app.services import bookings, channels, conflicts, inventory, platform_stays
from app.services.bookings import TransitionRefused
from calendars.fetch import Fetched
from pricing.stay import Stay
from tests.cast import NOW, TODAY
from tests.platforms import calendar
from tests.services.channels.conftest import RHYTHM
from tests.services.conflicts.conftest import ACTOR, NIGHTS, book
from tests.services.platform_stays.told import completed
from tests.sold_twice import room_named, the_conflict

LATER = NOW + timedelta(minutes=1)
REFUSALS = (
    bookings.RoomUnfit,
    conflicts.ConflictGone,
    conflicts.SideStays,
    inventory.RoomNotAvailable,
    platform_stays.StayIsComplete,
    platform_stays.StayNotFound,
    TransitionRefused,
)


@dataclass(frozen=True, slots=True)
class Crowd:
    """Whoever wants something of the same nights, each by what they hold in their hands: numbers, no rows."""

    stay_id: int
    feed_id: int
    uid: str
    conflict_id: int
    claim_id: int
    booking_id: int
    terril_id: int
    library_id: int

    @property
    def verbs(self) -> tuple[Callable[[Property], None], ...]:
        """Return everything that is done at once."""
        return self.read_feed, self.settle, self.move_stay, self.move_guest, self.complete, self.come

    def read_feed(self, _house: Property) -> None:
        longer = Stay(NIGHTS.arrival - timedelta(days=1), NIGHTS.departure + timedelta(days=2))
        body = calendar((str(longer.arrival), str(longer.departure), self.uid))
        channels.import_feed(
            feed_id=self.feed_id, fetch=lambda _url, _known: Fetched(200, body), now=LATER, rhythm=RHYTHM
        )

    def settle(self, house: Property) -> None:
        conflicts.move_side(
            house=house,
            conflict_id=self.conflict_id,
            claim_id=self.claim_id,
            room_id=self.terril_id,
            may_break_promise=False,
            actor=ACTOR,
            today=TODAY,
            now=NOW,
        )

    def move_stay(self, house: Property) -> None:
        platform_stays.move_to_room(
            house=house, stay_id=self.stay_id, room_id=self.library_id, actor=ACTOR, today=TODAY, now=NOW
        )

    def move_guest(self, _house: Property) -> None:
        bookings.move(
            booking=session.get_one(Booking, self.booking_id),
            position=0,
            room_id=self.terril_id,
            is_promised=False,
            actor=ACTOR,
            today=TODAY,
            now=NOW,
        )

    def complete(self, house: Property) -> None:
        completed(house, session.get_one(ChannelStay, self.stay_id))

    def come(self, house: Property) -> None:
        book(house, session.get_one(Room, self.terril_id), NIGHTS.shifted(2))


@pytest.fixture
def crowd(alice: Booking, sold: ChannelStay, terril: Room) -> Crowd:
    """Return the people of a conflict between a guest of ours and a platform's."""
    assert sold.claim_id is not None
    return Crowd(
        stay_id=sold.id,
        feed_id=sold.feed_id,
        uid=sold.uid,
        conflict_id=the_conflict().id,
        claim_id=sold.claim_id,
        booking_id=alice.id,
        terril_id=terril.id,
        library_id=room_named("La Bibliothèque").id,
    )


@pytest.mark.parametrize("is_completed", [False, True])
@pytest.mark.parametrize("round_number", range(3))
def test_ends_with_one_owner_for_every_night(
    app: Flask, house: Property, crowd: Crowd, *, is_completed: bool, round_number: int
) -> None:
    if is_completed:
        crowd.complete(house)
    house_id = house.id
    start = Barrier(len(crowd.verbs))
    session.commit()

    def act(verb: Callable[[Property], None]) -> str:
        with app.app_context():
            ours = session.get_one(Property, house_id)
            session.commit()
            start.wait(30)
            try:
                verb(ours)
            except REFUSALS as refusal:
                session.rollback()
                return type(refusal).__name__
            return "done"

    with ThreadPoolExecutor(len(crowd.verbs)) as pool:
        said = list(pool.map(act, crowd.verbs[round_number:] + crowd.verbs[:round_number]))

    assert "done" in said
    session.expire_all()
    assert list_wrong_nights() == []


def list_wrong_nights() -> list[str]:
    """Return what must never be: nights of nobody who wants them, wanted nights of nobody, conflicts unheard."""
    live = {claim.id: claim for claim in session.scalars(select(Claim).where(Claim.is_live))}
    owners = {(row.room_id, row.night): row.claim_id for row in session.scalars(select(RoomNight))}
    is_open = select(Conflict.claim_id).where(Conflict.settled_at.is_(None))
    at_odds = {
        claim.id
        for claim in live.values()
        if any(owners.get((claim.room_id, night)) != claim.id for night in _nights(claim))
    }
    wrong = [
        f"{place} has no right owner"
        for place, owner in owners.items()
        if owner not in live or live[owner].room_id != place[0] or place[1] not in _nights(live[owner])
    ]
    wrong += [
        f"nobody has {night}"
        for claim in live.values()
        for night in _nights(claim)
        if (claim.room_id, night) not in owners
    ]
    unheard = at_odds ^ set(session.scalars(is_open))
    return [*wrong, *(f"claim {claim_id} is not heard rightly" for claim_id in sorted(unheard))]


def _nights(claim: Claim) -> tuple[object, ...]:
    return tuple(Stay(claim.arrival, claim.departure).nights)
