"""The limits of decisions 8 and 21 hold however many ask at the same instant, each on a connection of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from app.database import db, session
from app.models import Booking, BookingStatus, Property, Source
from app.services import bookings
from app.services.bookings import HoldLimits, HoldWish, TooManyHolds, TooManyRequests
from tests.services.bookings.conftest import ALICE, COUPLE, LIMITS, NOW, STAY, TODAY, Hold

CROWD = 8
ROUNDS = 3


@pytest.fixture
def crowd(make_app: Callable[..., Flask], house: Property) -> Callable[..., Counter[str]]:
    """Return a starter: so many workers at one instant, each with a context and a connection; what became of them."""
    app = make_app(web_threads=CROWD)

    def start(deeds: Sequence[Callable[[Property], object]]) -> Counter[str]:
        house_id, line = house.id, Barrier(len(deeds))
        session.commit()  # on SQLite we would be in their way

        def work(deed: Callable[[Property], object]) -> str:
            with app.app_context():
                own_house = session.get_one(Property, house_id)
                session.rollback()
                line.wait(30)
                try:
                    deed(own_house)
                except (TooManyHolds, TooManyRequests) as refusal:
                    return type(refusal).__name__
                return "done"

        with ThreadPoolExecutor(len(deeds)) as workers:
            return Counter(workers.map(work, deeds))

    yield start
    with app.app_context():
        db.engine.dispose()


def hold_as(
    session_key: str, network_key: str, weeks: int, limits: HoldLimits = LIMITS
) -> Callable[..., object]:
    """Return the deed of a guest who wants nights of their own."""
    wish = HoldWish(
        stay=STAY.shifted(7 * weeks),
        party=COUPLE,
        offer_key="double",
        choice=bookings.PriceChoice(bracket=3),
        guest=ALICE,
        language="fr",
        session_key=session_key,
        network_key=network_key,
    )
    return lambda house: bookings.hold(house=house, wish=wish, limits=limits, now=NOW, today=TODAY)


def order_of(reference: str) -> Callable[[Property], object]:
    """Return the deed of a guest who sends what they hold."""

    def order(house: Property) -> None:
        booking = bookings.find_by_reference(house.id, reference)
        assert booking is not None
        bookings.order(
            house=house, booking=booking, pays_by_card=False, link_minutes=60, most_per_contact=2, now=NOW
        )

    return order


def count_live(**keys: str) -> int:
    """Return how many holds last that have these keys."""
    statement = select(func.count()).select_from(Booking).where(Booking.status == BookingStatus.TENTATIVE)
    found = session.scalar(statement.filter_by(**keys)) or 0
    session.rollback()
    return found


@pytest.mark.parametrize("round_number", range(ROUNDS))
def test_keeps_three_rooms_for_one_network(crowd: Callable[..., Counter[str]], round_number: int) -> None:
    told = crowd([hold_as(f"browser {place}", "one network", place) for place in range(CROWD)])

    assert told == {"done": 3, "TooManyHolds": CROWD - 3}
    assert count_live(network_key="one network") == 3


@pytest.mark.parametrize("round_number", range(ROUNDS))
def test_keeps_the_same_nights_twice_for_one_network(
    crowd: Callable[..., Counter[str]], round_number: int
) -> None:
    wide = HoldLimits(hold_minutes=12, most_per_network=CROWD, most_repeated=2)

    told = crowd([hold_as(f"browser {place}", "one network", 0, wide) for place in range(CROWD)])

    assert told == {"done": 2, "TooManyHolds": CROWD - 2}


@pytest.mark.parametrize("round_number", range(ROUNDS))
def test_keeps_one_room_for_one_session(crowd: Callable[..., Counter[str]], round_number: int) -> None:
    told = crowd([hold_as("one browser", f"network {place}", place) for place in range(CROWD)])

    assert told == {"done": CROWD}, "the later one has the room, the earlier one is dropped"
    assert count_live(session_key="one browser") == 1


@pytest.mark.parametrize("round_number", range(ROUNDS))
def test_takes_two_requests_of_one_contact(
    crowd: Callable[..., Counter[str]], hold: Hold, round_number: int
) -> None:
    held = [hold(stay=STAY.shifted(7 * place)).reference for place in range(CROWD)]

    told = crowd([order_of(reference) for reference in held])

    assert told == {"done": 2, "TooManyRequests": CROWD - 2}


def test_has_no_second_hold_of_a_session_even_when_written_directly(hold: Hold) -> None:
    first = hold(session_key="one browser")
    copied = {
        column.key: getattr(first, column.key) for column in Booking.__table__.columns if column.key != "id"
    }
    second = insert(Booking).values({**copied, "reference": "ABCDEFGH23", "source": Source.WEB})

    with pytest.raises(IntegrityError):
        session.execute(second)
    session.rollback()
    session.get_one(Booking, first.id).ordered_at = NOW
    session.flush()
    session.execute(second)  # it was the hold that stood in the way: an order does not
