"""The house finds a guest by whatever somebody at the counter says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models import Booking, Property
from app.services import bookings
from app.services.booking_search import Kind, list_by_kind, search
from app.services.bookings import GuestDetails
from pricing.household import Household
from pricing.stay import Stay
from tests.cast import NOW, TODAY
from tests.statements import counted

PEOPLE = (
    GuestDetails("Émilie Lœb", "emilie.loeb@example.org", "06 12 34 56 78"),
    GuestDetails("Jörg O'Brien", "jorg@example.net", "+49 151 2000 3000"),
    GuestDetails("Peeters 100%", "peeters@example.be", "+33 6 98 76 54 32"),
)


@pytest.fixture
def guests(house: Property) -> list[Booking]:
    """Book three people, one week after the other, in Le Cabinet or La Lingerie."""
    return [_book(house, guest, weeks) for weeks, guest in enumerate(PEOPLE, 1)]


def _book(house: Property, guest: GuestDetails, weeks: int) -> Booking:
    arrival = TODAY + timedelta(weeks=weeks)
    return bookings.book_at_desk(
        house=house,
        stay=Stay(arrival, arrival + timedelta(days=2)),
        party=Household(1),
        offer_key="single",
        choice=None,
        guest=guest,
        language="fr",
        actor="user:1",
        now=NOW,
        today=TODAY,
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("emilie", 0),
        ("ÉMILIE", 0),
        ("LOEB", 0),
        ("lœb émilie", 0),
        ("0612345678", 0),
        ("06.12.34.56.78", 0),
        ("+33 6 12 34 56 78", 0),
        ("5678", 0),
        ("emilie.loeb@", 0),
        ("jorg", 1),
        ("o'brien", 1),
        ("100%", 2),
        ("0698765432", 2),
    ],
)
def test_finds_one_guest_by_what_is_said(
    house: Property, guests: list[Booking], text: str, place: int
) -> None:
    found = search(property_id=house.id, text=text, today=TODAY)

    assert [card.reference for card in found.cards] == [guests[place].reference]


@pytest.mark.parametrize(
    "text", ["", "   ", "%%", "_", "Neverseen", "LACLACLAC2", "lac", "0000", "\\", "'; --", "٣٣٣٣"]
)
def test_finds_nobody_by_tricks_nor_in_another_house(
    house: Property, guests: list[Booking], text: str
) -> None:
    assert search(property_id=house.id, text=text, today=TODAY).cards == ()


def test_finds_by_reference_however_it_is_typed(house: Property, guests: list[Booking]) -> None:
    reference = guests[1].reference
    typed = f"{reference[:4].lower()}-{reference[4:]} "

    assert [card.reference for card in search(property_id=house.id, text=typed, today=TODAY).cards] == [
        reference
    ]


def test_finds_by_room_and_puts_the_next_stay_first(house: Property, guests: list[Booking]) -> None:
    room = search(property_id=house.id, text="lingerie", today=TODAY).cards
    other = search(property_id=house.id, text="cabinet", today=TODAY).cards

    assert len(room) + len(other) == 3
    everybody = search(property_id=house.id, text="e", today=TODAY + timedelta(weeks=2)).cards
    assert [card.reference for card in everybody] == [
        guests[1].reference,
        guests[2].reference,
        guests[0].reference,
    ]


def test_lists_each_kind_and_nothing_twice(house: Property, guests: list[Booking]) -> None:
    bookings.cancel(house=house, booking=guests[0], actor="user:1", reason="ill", now=NOW)
    arrival = guests[1].arrival
    bookings.check_in(booking=guests[1], actor="user:1", today=arrival, now=NOW)

    listed = {kind: list_by_kind(property_id=house.id, kind=kind, today=TODAY).cards for kind in Kind}

    assert {kind: [card.reference for card in cards] for kind, cards in listed.items()} == {
        Kind.COMING: [guests[2].reference],
        Kind.HERE: [guests[1].reference],
        Kind.PAST: [],
        Kind.ENDED: [guests[0].reference],
    }


def test_searches_in_a_fixed_number_of_queries(house: Property, guests: list[Booking]) -> None:
    with counted() as one:
        search(property_id=house.id, text="emilie", today=TODAY)
    with counted() as all_of_them:
        assert len(search(property_id=house.id, text="e", today=TODAY).cards) == 3

    assert len(one) == len(all_of_them) == 7
