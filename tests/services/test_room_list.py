"""The housekeeper's list: who leaves, who comes and who stays, by room and by number only (PMS-07)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from app.models import Booking, Property
from app.services import bookings
from app.services.bookings import GuestDetails, PriceChoice
from app.services.room_list import list_room_tasks
from calendars.feed import Kind
from pricing.household import Household
from pricing.stay import Stay
from tests.cast import NOW, TODAY
from tests.services.platform_stays.told import told

Book = Callable[..., Booking]

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture
def book(house: Property) -> Book:
    """Return a maker of stays of a couple in a double room, which have begun if `is_here`."""

    def make(stay: Stay, *, is_here: bool) -> Booking:
        booking = bookings.book_at_desk(
            house=house,
            stay=stay,
            party=Household(2),
            offer_key="double",
            choice=PriceChoice(bracket=3),
            guest=GuestDetails("Alice Delattre", "alice@example.org"),
            language="fr",
            actor="user:1",
            now=NOW - timedelta(days=2),
            today=TODAY - timedelta(days=2),
        )
        if is_here:
            bookings.check_in(booking=booking, actor="user:1", today=stay.arrival, now=NOW)
        return booking

    return make


@pytest.mark.parametrize(
    ("stay", "is_here", "counts"),
    [
        (Stay(YESTERDAY, TOMORROW), True, (0, 0, 2)),
        (Stay(YESTERDAY, TODAY), True, (2, 0, 0)),
        (Stay(TODAY, TOMORROW), False, (0, 2, 0)),
        (Stay(TODAY, TOMORROW), True, (0, 2, 0)),
        (Stay(YESTERDAY, TOMORROW), False, (0, 2, 0)),
        (Stay(YESTERDAY, TODAY), False, (0, 0, 0)),
        (Stay(TOMORROW, TOMORROW + timedelta(days=1)), False, (0, 0, 0)),
    ],
    ids=[
        "stays another night",
        "leaves today",
        "comes today",
        "came today and has not slept here yet",
        "is late and may still come",
        "never came",
        "comes tomorrow",
    ],
)
def test_tells_the_housekeeper_what_a_room_needs(
    house: Property, book: Book, stay: Stay, is_here: bool, counts: tuple[int, int, int]
) -> None:
    book(stay, is_here=is_here)

    tasks = list_room_tasks(property_id=house.id, today=TODAY)

    told = [
        sum(column)
        for column in zip(*((task.leaving, task.coming, task.staying) for task in tasks), strict=True)
    ]
    assert tuple(told) == counts


@pytest.mark.parametrize(
    ("stay", "untold"),
    [
        (Stay(YESTERDAY, TODAY), {"leaving"}),
        (Stay(TODAY, TOMORROW), {"coming"}),
        (Stay(YESTERDAY, TOMORROW), {"staying"}),
        (Stay(TOMORROW, TOMORROW + timedelta(days=1)), set()),
    ],
    ids=["leaves today", "comes today", "stays another night", "comes tomorrow"],
)
def test_tells_of_a_platforms_guest_whom_nobody_has_counted(
    house: Property, stay: Stay, untold: set[str]
) -> None:
    told(house, stay, room="Le Jardin")
    told(house, stay, room="Le Terril", kind=Kind.BLOCK)

    tasks = {task.room_name: task for task in list_room_tasks(property_id=house.id, today=TODAY)}

    assert tasks["Le Jardin"].untold == untold
    assert tasks["Le Jardin"].is_quiet == (not untold)
    assert tasks["Le Terril"].is_quiet
