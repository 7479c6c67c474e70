"""Guest or closure: what the platform does not say a person does, and may say again; no night is freed by a word."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.database import session
from app.models import Property
from app.services import platform_stays
from app.services.booking_search import Kind as ListKind
from app.services.booking_search import list_by_kind, search
from app.services.platform_stays import StayIsComplete, StayNotFound
from app.services.today import read_today
from calendars.feed import Kind
from pricing.stay import Stay
from tests.cast import NOW, TODAY
from tests.services.platform_stays.told import (
    NEXT_MONTH,
    TONIGHT,
    completed,
    owner_of,
    room_of,
    told,
)
from tests.statements import counted


def tell(house: Property, stay_id: int, kind: Kind) -> None:
    """Say what a stay is."""
    platform_stays.tell_kind(house=house, stay_id=stay_id, kind=kind, actor="user:1", now=NOW)


def test_takes_a_closure_out_of_the_arrivals_and_frees_nothing(house: Property) -> None:
    read = told(house, kind=Kind.UNKNOWN)
    before = read_today(property_id=house.id, today=TODAY, now=NOW).platform_arrivals

    tell(house, read.id, Kind.BLOCK)

    assert [card.id for card in before] == [read.id]
    assert read_today(property_id=house.id, today=TODAY, now=NOW).platform == ()
    assert owner_of(room_of(house), TONIGHT) == {read.claim_id}


def test_may_be_told_otherwise_later(house: Property) -> None:
    read = told(house, kind=Kind.UNKNOWN)

    tell(house, read.id, Kind.BLOCK)
    tell(house, read.id, Kind.RESERVATION)

    (card,) = read_today(property_id=house.id, today=TODAY, now=NOW).platform_arrivals
    assert card.kind == Kind.RESERVATION


def test_believes_a_platform_that_says_itself_what_it_is(house: Property) -> None:
    read = told(house)

    with pytest.raises(StayNotFound):
        tell(house, read.id, Kind.BLOCK)


def test_is_told_nothing_of_a_stay_that_is_complete(house: Property) -> None:
    read = told(house, kind=Kind.UNKNOWN)
    completed(house, read)

    with pytest.raises(StayIsComplete):
        tell(house, read.id, Kind.BLOCK)


def test_is_not_told_that_nobody_knows(house: Property) -> None:
    read = told(house, kind=Kind.UNKNOWN)

    with pytest.raises(ValueError, match="unknown"):
        tell(house, read.id, Kind.UNKNOWN)


def test_lists_stays_by_their_dates(house: Property) -> None:
    arriving = told(house)
    here = told(house, Stay(TODAY - timedelta(days=1), TODAY + timedelta(days=1)), room="Le Terril")
    leaving = told(house, Stay(TODAY - timedelta(days=2), TODAY), room="Le Cabinet")
    told(house, Stay(TODAY - timedelta(days=4), TODAY - timedelta(days=1)), room="La Lingerie")
    told(house, NEXT_MONTH, room="Les Corons")
    told(house, room="Le Verger", kind=Kind.BLOCK)

    day = read_today(property_id=house.id, today=TODAY, now=NOW)

    assert [card.id for card in day.platform_arrivals] == [arriving.id]
    assert {card.id for card in day.platform_here} == {here.id, leaving.id}
    assert [card.id for card in day.platform_departures] == [leaving.id]


def test_leaves_the_list_to_the_booking_once_it_is_complete(house: Property) -> None:
    completed(house, told(house))

    day = read_today(property_id=house.id, today=TODAY, now=NOW)

    assert day.platform == ()
    assert [card.guest_name for card in day.arrivals] == ["Birgit Olsen"]


@pytest.mark.parametrize("text", ["airbnb", "Jardin", "le jardin"])
def test_finds_a_stay_by_its_platform_and_its_room(house: Property, text: str) -> None:
    read = told(house, NEXT_MONTH)
    told(house, NEXT_MONTH, room="Le Terril", kind=Kind.BLOCK)

    found = search(property_id=house.id, text=text, today=TODAY)

    assert [card.id for card in found.platform] == [read.id]
    assert search(property_id=house.id, text="booking.com", today=TODAY).platform == ()


@pytest.mark.parametrize("text", ["airbnb", "hm4sq2", "HM4-SQ2", "birgit"])
def test_finds_a_complete_stay_by_its_platform_and_its_number(house: Property, text: str) -> None:
    booking = completed(house, told(house, NEXT_MONTH))

    assert [card.reference for card in search(property_id=house.id, text=text, today=TODAY).cards] == [
        booking.reference
    ]


def test_lists_what_is_to_complete_among_those_to_come(house: Property) -> None:
    read = told(house, NEXT_MONTH, kind=Kind.UNKNOWN)

    coming = list_by_kind(property_id=house.id, kind=ListKind.COMING, today=TODAY)
    past = list_by_kind(property_id=house.id, kind=ListKind.PAST, today=TODAY)

    assert ([card.id for card in coming.platform], past.platform) == ([read.id], ())


def test_reads_the_day_in_a_fixed_number_of_queries(house: Property) -> None:
    told(house)
    with counted() as one:
        read_today(property_id=house.id, today=TODAY, now=NOW)
    for room in ("Le Terril", "Le Cabinet", "Les Corons"):
        told(house, room=room)
    completed(house, told(house, room="Le Verger"))

    with counted() as many:
        read_today(property_id=house.id, today=TODAY, now=NOW)

    assert len(one) == len(many) == 9


def test_tells_the_other_channels_of_a_guest_at_once(house: Property) -> None:
    quiet = [told(house, kind=Kind.BLOCK), told(house, NEXT_MONTH, kind=Kind.UNKNOWN)]
    for stay in quiet:
        stay.quiet_until = NOW + timedelta(days=1)
    session.commit()

    tell(house, quiet[0].id, Kind.RESERVATION)
    completed(house, quiet[1])

    assert [stay.quiet_until for stay in quiet] == [None, None]
