"""The example house is what its description says, alive on any given day, and the same twice on one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app import demo
from app.database import session
from app.demo.people import PEOPLE
from app.models import (
    BookedRoom,
    Booking,
    BookingStatus,
    Claim,
    ClaimKind,
    Feed,
    FolioLine,
    GridVersion,
    Letter,
    Property,
    Room,
    RoomNight,
    RoomType,
    TouristTaxRate,
    User,
)
from app.services import channels, folios, houses, inventory
from app.services.bookings import price_of
from pricing.grid import example_house
from pricing.money import Money
from tests.cast import NOW, TODAY
from tests.conftest import Stage
from tests.platforms import VAULT

TONIGHT = demo.Stage(
    now=NOW, today=TODAY, feed_port=8010, vault=VAULT, password_hashes=dict.fromkeys(PEOPLE, "not a hash")
)
WINDOW = (TODAY - timedelta(days=30), TODAY + timedelta(days=90))

HOLDING = (BookingStatus.TENTATIVE, BookingStatus.REQUESTED, BookingStatus.CONFIRMED, BookingStatus.IN_HOUSE)

# code: sleeps, cots, floor area, rooms
ROOMS = {
    "single": (1, 0, 11, ["Le Cabinet", "La Lingerie"]),
    "double": (2, 0, 16, ["La Bibliothèque", "Le Terril", "Le Jardin"]),
    "family": (4, 0, 24, ["Les Corons", "Le Verger"]),
    "accessible": (2, 1, 20, ["La Rotonde"]),
}

# name: status, adults, children, rooms, nights
NAMED = {
    "Alice Delattre": (BookingStatus.CONFIRMED, 1, 0, 1, 2),
    "Famille Peeters": (BookingStatus.CONFIRMED, 2, 3, 2, 3),
    "Bob Wright": (BookingStatus.IN_HOUSE, 1, 0, 1, 2),
    "Collectif Gaillette": (BookingStatus.IN_HOUSE, 4, 0, 1, 21),
    "Charlie Morel": (BookingStatus.CONFIRMED, 1, 0, 1, 2),
}


@pytest.fixture(scope="module")
def example(stage: Stage) -> Iterator[Property]:
    """Yield the example house of a Sunday in November, loaded once for all tests of this file."""
    with stage.app.app_context():
        stage.empty()
        yield demo.load(TONIGHT)


def test_has_the_rooms_of_its_description(example: Property) -> None:
    found = {
        kind.code: (
            kind.sleeps,
            kind.cots,
            kind.facts["floor_area"],
            list(session.scalars(select(Room.name).where(Room.type_id == kind.id).order_by(Room.position))),
        )
        for kind in session.scalars(select(RoomType).order_by(RoomType.position))
    }

    assert found == ROOMS


def test_shows_a_drawing_of_every_room(example: Property) -> None:
    drawings = Path(__file__).parents[2] / "app" / "static" / "img" / "rooms"

    pictures = session.scalars(select(Room.picture)).all()

    assert len(set(pictures)) == 8
    assert all((drawings / picture).is_file() for picture in pictures)


def test_sells_under_the_grid_and_the_tax_of_its_description(example: Property) -> None:
    version = session.scalars(select(GridVersion)).one()
    tax = session.scalars(select(TouristTaxRate)).one()

    assert (version.number, version.digest) == (1, example_house().hash)
    assert (tax.rate, tax.cap_minor, tax.is_example) == (Fraction(4, 100), 250, True)
    assert example.horizon == date(2028, 8, 31)


def test_says_that_it_is_an_example(example: Property) -> None:
    assert example.is_example
    assert houses.list_hosts(example) == ["127.0.0.1", "localhost"]


def test_employs_five_people_with_a_role_each(example: Property) -> None:
    people = {user.name: [role.name for role in user.roles] for user in session.scalars(select(User))}

    assert people == {name: [role.value] for name, role in PEOPLE.items()}


def test_is_rather_full(example: Property) -> None:
    sold = session.scalar(
        select(func.count())
        .select_from(RoomNight)
        .join(Claim, Claim.id == RoomNight.claim_id)
        .where(RoomNight.night >= WINDOW[0], RoomNight.night < WINDOW[1], Claim.kind != ClaimKind.BLOCK)
    )

    assert 0.55 <= (sold or 0) / (8 * 120) <= 0.61


def test_knows_every_status(example: Property) -> None:
    assert set(session.scalars(select(Booking.status))) == set(BookingStatus)


def test_has_one_conflict_with_a_platform(example: Property) -> None:
    (conflict,) = inventory.list_conflicts(example.id)

    assert (conflict.room_name, conflict.kind) == ("La Bibliothèque", ClaimKind.CHANNEL_STAY)
    assert len(conflict.missing) == 1


def test_owes_an_answer_within_the_hour(example: Property) -> None:
    due = session.scalars(
        select(Booking.answer_due_at).where(Booking.status == BookingStatus.REQUESTED)
    ).all()

    assert sum(moment is not None and NOW < moment <= NOW + timedelta(hours=1) for moment in due) == 1


def test_reads_three_platforms(example: Property) -> None:
    feeds = channels.list_feeds(property_id=example.id, now=NOW)

    assert [(feed.room_name, feed.channel) for feed in feeds] == [
        ("La Bibliothèque", "airbnb"),
        ("Le Terril", "booking"),
        ("Le Jardin", "airbnb"),
    ]
    assert {feed.state for feed in feeds} == {channels.FeedState.FRESH}
    assert [feed.is_provisional for feed in feeds] == [False, False, True]
    assert [feed.served_at is not None for feed in feeds] == [True, True, False]


@pytest.mark.parametrize("name", NAMED)
def test_expects_the_guests_of_its_description(example: Property, name: str) -> None:
    booking = named(name)

    assert NAMED[name] == (
        booking.status,
        sum(room.adults for room in booking.rooms),
        sum(len(room.children) for room in booking.rooms),
        len(booking.rooms),
        (booking.departure - booking.arrival).days,
    )


def test_lets_its_guests_pay_as_its_description_says(example: Property) -> None:
    alice, bob = named("Alice Delattre"), named("Bob Wright")

    assert [room.bracket for room in alice.rooms] == [1]
    assert [room.bracket for room in bob.rooms] == [None]
    assert price_of(bob) == Money(2 * 5240)  # 41.40 € + 6 € + 5 € a night
    assert folios.balance(named("Collectif Gaillette")) == Money(0)
    assert not named("Charlie Morel").guest_email


def test_gives_every_guest_all_their_nights_and_none_twice(example: Property) -> None:
    rooms = session.scalars(
        select(BookedRoom)
        .join(Booking, Booking.id == BookedRoom.booking_id)
        .where(Booking.status.in_(HOLDING))
    ).all()
    promised = [
        (room.room_id, room.arrival + timedelta(days=night), room.claim_id)
        for room in rooms
        for night in range((room.departure - room.arrival).days)
    ]
    owned = set(session.execute(select(RoomNight.room_id, RoomNight.night, RoomNight.claim_id)))

    assert len(promised) == len({(room_id, night) for room_id, night, _ in promised})
    assert set(promised) <= owned


def test_sends_no_letter_of_days_gone_by(example: Property) -> None:
    waiting = session.scalars(select(Letter.due_at).where(Letter.sent_at.is_(None))).all()

    assert waiting
    assert min(waiting) >= NOW - timedelta(hours=1)


def test_is_the_same_twice_a_day_on_sqlite(example: Property, stage: Stage) -> None:
    first = snapshot()
    stage.empty()
    demo.load(TONIGHT)

    assert snapshot() == first


def test_keeps_what_stands_when_loaded_again(example: Property, stage: Stage) -> None:
    before = snapshot()
    session.commit()

    again = stage.app.test_cli_runner().invoke(args=["demo", "load"])

    assert (again.exit_code, again.output) == (0, "")
    assert snapshot() == before
    assert set(map(VAULT.open, session.scalars(select(Feed.sealed_url)))) == {
        "http://127.0.0.1:8010/airbnb/bibliotheque.ics",
        "http://127.0.0.1:8010/airbnb/jardin.ics",
        "http://127.0.0.1:8010/booking/terril",
    }


def named(name: str) -> Booking:
    """Return the booking of a guest."""
    return session.scalars(select(Booking).where(Booking.guest_name == name)).one()


def snapshot() -> list[tuple[Any, ...]]:
    """Return what guests and staff would see, without references, which are drawn."""
    bookings = session.scalars(select(Booking).order_by(Booking.id)).all()
    stays = [
        (
            booking.guest_name,
            booking.status,
            booking.created_at,
            booking.language,
            [
                (room.room_id, room.arrival, room.departure, room.adults, room.children, room.bracket)
                for room in booking.rooms
            ],
            price_of(booking),
            folios.balance(booking),
        )
        for booking in bookings
    ]
    nights = session.execute(
        select(RoomNight.room_id, RoomNight.night, Claim.kind)
        .join(Claim, Claim.id == RoomNight.claim_id)
        .order_by(RoomNight.room_id, RoomNight.night)
    )
    lines = session.execute(
        select(FolioLine.code, FolioLine.amount_minor, FolioLine.posted_at).order_by(FolioLine.id)
    )
    return [*stays, *map(tuple, nights), *map(tuple, lines)]
