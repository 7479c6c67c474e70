"""When most holds lapse, the house notices, and keeps the next nights only for who opens a link (decision 21)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from app.database import session
from app.models import (
    Booking,
    BookingStatus,
    Event,
    Letter,
    Property,
    PropertyHost,
    RoomNight,
    Source,
    WaitingHold,
)
from app.services import bookings
from app.services.bookings import HoldWish, LapseLimits, LinkNeeded, PriceChoice, Visit
from app.services.bookings.lapsing import do_most_lapse
from app.services.inventory import RoomNotAvailable
from pricing.money import Money
from tests.cast import OTHER_HOST
from tests.services.bookings.conftest import ALICE, COUPLE, LIMITS, NOW, STAY, TODAY, Hold
from tests.services.bookings.lapsed import add_lapsed
from tests.statements import counted

WATCH = LapseLimits(hours=3, fewest=4, percent=66)
LATER = NOW + timedelta(minutes=13)  # the holds of NOW are over
WATCHED = replace(LIMITS, lapses=WATCH)

# Bookings that are no lapsed hold: each is added four times to four that are.
NOT_LAPSED: dict[str, dict[str, Any]] = {
    "a request": {"status": BookingStatus.REQUESTED, "answer_due_at": NOW},
    "a stay": {"status": BookingStatus.CONFIRMED, "confirmed_at": NOW, "lapses_at": None},
    "a request that nobody answered": {"answer_due_at": NOW, "ordered_at": NOW},
}
# What says nothing, one way or the other.
UNCOUNTED: dict[str, dict[str, Any]] = {
    "given up for another room": {"ended_at": NOW - timedelta(minutes=30)},
    "still kept": {
        "status": BookingStatus.TENTATIVE,
        "lapses_at": NOW + timedelta(minutes=1),
        "ended_at": None,
    },
    "cancelled": {"status": BookingStatus.CANCELLED},
    "from before": {"created_at": NOW - timedelta(hours=3)},
    "from reception": {"source": Source.DESK},
}


@pytest.mark.parametrize(("count", "is_noticed"), [(0, False), (3, False), (4, True), (40, True)])
def test_notices_from_a_number_on(house: Property, count: int, is_noticed: bool) -> None:
    if count:
        add_lapsed(house, count, now=NOW)

    assert do_most_lapse(house.id, WATCH, NOW) is is_noticed


@pytest.mark.parametrize("kind", NOT_LAPSED)
@pytest.mark.parametrize(("stood", "is_noticed"), [(2, True), (3, False)], ids=["8 of 10", "6 of 9"])
def test_notices_from_a_share_on(house: Property, kind: str, stood: int, is_noticed: bool) -> None:
    add_lapsed(house, 8 if is_noticed else 6, now=NOW)
    add_lapsed(house, stood + (not is_noticed), now=NOW, **NOT_LAPSED[kind])

    assert do_most_lapse(house.id, WATCH, NOW) is is_noticed


@pytest.mark.parametrize("kind", UNCOUNTED)
def test_counts_only_what_came_to_an_end_by_the_clock(house: Property, kind: str) -> None:
    add_lapsed(house, 3, now=NOW)
    add_lapsed(house, 40, now=NOW, **UNCOUNTED[kind])
    assert not do_most_lapse(house.id, WATCH, NOW)

    add_lapsed(house, 1, now=NOW)
    assert do_most_lapse(house.id, WATCH, NOW)


def test_counts_an_order_whose_link_nobody_opened(house: Property) -> None:
    add_lapsed(house, 4, now=NOW, ordered_at=NOW - timedelta(minutes=35))

    assert do_most_lapse(house.id, WATCH, NOW)


def test_counts_a_hold_that_no_job_has_ended_yet(house: Property, hold: Hold) -> None:
    for weeks in range(4):
        hold(stay=STAY.shifted(7 * weeks))

    assert not do_most_lapse(house.id, WATCH, NOW)
    assert do_most_lapse(house.id, WATCH, LATER)


def test_does_not_mind_the_house_next_door(house: Property) -> None:
    other = session.get_one(
        Property, session.scalar(select(PropertyHost.property_id).where(PropertyHost.host == OTHER_HOST))
    )
    add_lapsed(other, 40, now=NOW)

    assert not do_most_lapse(house.id, WATCH, NOW)


@pytest.mark.parametrize("count", [1, 200])
def test_asks_one_question_whatever_the_number(house: Property, count: int) -> None:
    add_lapsed(house, count, now=NOW)

    with counted() as statements:
        do_most_lapse(house.id, WATCH, NOW)

    assert len(statements) == 1


@pytest.fixture
def wish() -> HoldWish:
    """Return what Alice wants."""
    return HoldWish(
        stay=STAY,
        party=COUPLE,
        offer_key="double",
        choice=PriceChoice(bracket=3),
        guest=replace(ALICE, message="Un vélo"),
        language="fr",
        session_key="browser",
        network_key="network",
    )


def night_count() -> int:
    """Return how many room nights somebody has."""
    return session.scalar(select(func.count()).select_from(RoomNight)) or 0


def test_keeps_no_night_before_the_link_is_opened(house: Property, wish: HoldWish, hold: Hold) -> None:
    earlier = hold(session_key="browser", stay=STAY.shifted(7))
    add_lapsed(house, 4, now=NOW)
    before = night_count()

    with pytest.raises(LinkNeeded):
        bookings.hold(house=house, wish=wish, limits=WATCHED, now=NOW, today=TODAY)

    assert night_count() == before
    assert session.get_one(Booking, earlier.id).status == "tentative", "what is kept stays kept"


def test_mails_nothing_for_a_room_that_is_gone(house: Property, wish: HoldWish, hold: Hold) -> None:
    add_lapsed(house, 4, now=NOW)
    for _ in range(3):
        hold()

    with pytest.raises(RoomNotAvailable):
        bookings.hold(house=house, wish=wish, limits=WATCHED, now=NOW, today=TODAY)


@pytest.fixture
def waiting(house: Property, wish: HoldWish) -> WaitingHold:
    """Return a hold whose link has been mailed."""
    return bookings.mail_hold_link(house=house, wish=wish, shown=Money.of("72"), now=NOW)


@pytest.fixture
def press(house: Property, waiting: WaitingHold) -> Callable[..., Booking]:
    """Return the button of the link."""

    def press_button(session_key: str = "browser") -> Booking:
        return bookings.open_waiting(
            house=house,
            waiting=waiting,
            visit=Visit(session_key, "another network"),
            limits=WATCHED,
            now=NOW,
            today=TODAY,
        )

    return press_button


def test_keeps_by_the_link_what_was_wanted(house: Property, press: Callable[..., Booking]) -> None:
    add_lapsed(house, 4, now=NOW)

    booking = press("another browser")

    assert (booking.status, booking.lapses_at) == ("tentative", NOW + timedelta(minutes=12))
    assert (booking.guest_name, booking.guest_message) == ("Alice Delattre", "Un vélo")
    assert bookings.price_of(booking) == Money.of("72")
    assert (booking.session_key, booking.network_key) == ("another browser", "another network")
    assert booking.rooms[0].bracket == 3


def test_keeps_one_room_however_often_the_button_is_pressed(press: Callable[..., Booking]) -> None:
    before = night_count()

    assert len({press(key).id for key in ("browser", "browser", "another browser")}) == 1
    assert night_count() == before + STAY.length


def test_remembers_what_was_done_with_a_link(waiting: WaitingHold, press: Callable[..., Booking]) -> None:
    press()

    verbs = session.scalars(select(Event.verb).where(Event.noun == "waiting_hold").order_by(Event.id)).all()
    assert verbs == ["ask_hold_link", "open_hold_link"]


def test_forgets_after_a_day_what_was_typed_and_the_letter_that_never_left(
    house: Property, waiting: WaitingHold
) -> None:
    day, letter_id, reference = timedelta(days=1), waiting.letter_id, waiting.reference
    almost = NOW + day - timedelta(seconds=1)
    assert bookings.find_waiting(house.id, reference, almost)
    assert bookings.find_waiting(house.id, reference, NOW + day) is None

    assert [bookings.forget_waiting(now=at) for at in (almost, NOW + day, NOW + day)] == [0, 1, 0]

    assert session.scalar(select(func.count()).select_from(WaitingHold)) == 0
    letter = session.get_one(Letter, letter_id)
    assert (letter.gave_up_at, letter.set_aside_at) == (NOW + day, NOW + day)
