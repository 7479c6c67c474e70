"""The house shows who has which room, from noon to noon, and hides no conflict."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from app.database import session
from app.models import (
    BookedRoom,
    Booking,
    BookingStatus,
    Claim,
    ClaimKind,
    Property,
    Room,
    RoomType,
    Source,
    new_reference,
)
from app.services import blocks, bookings
from app.services.bookings import GuestDetails, PriceChoice
from app.services.planning import Bar, PlannedRoom, lay_out, read_planning
from app.services.planning.reading import stretches
from pricing.household import Household
from pricing.stay import Stay
from tests.cast import NOW, TODAY
from tests.statements import counted

WEEK = Stay(date(2027, 4, 5), date(2027, 4, 12))
ALICE = GuestDetails("Alice Delattre", "alice@example.org")


def _day(number: int) -> date:
    return WEEK.arrival + timedelta(days=number)


def _bar(first: int, last: int, **changes: object) -> Bar:
    stay = Stay(_day(first), _day(last))
    return Bar(claim_id=1, kind=ClaimKind.BOOKED_ROOM, nights=stay, whole=stay, **changes)  # type: ignore[arg-type]


def _drawn(bars: list[Bar]) -> list[str]:
    """Draw the lanes of a week: a letter of the span for each half day; # a bar, - a free night, . a half day."""
    return [
        "".join(("#" if cell.bar else "-" if cell.span == 2 else ".") * cell.span for cell in lane.cells)
        for lane in lay_out(bars, WEEK)
    ]


@pytest.mark.parametrize(
    ("bars", "lanes"),
    [
        ([], [".------------."]),
        ([_bar(0, 1)], [".##-----------"[:13] + "."]),
        ([_bar(1, 3)], [".--####------."]),
        ([_bar(-2, 1)], ["###----------."]),  # came before: from the first morning
        ([_bar(-2, 0)], ["#------------."]),  # leaves on the first morning: half a day of them
        ([_bar(6, 9)], [".------------#"]),  # goes on: the last afternoon
        ([_bar(-3, 12)], ["##############"]),
        ([_bar(1, 3), _bar(3, 5)], [".--########--."]),  # one leaves, one comes, the same day
        ([_bar(1, 4), _bar(3, 5, is_missing=True)], [".--######----.", ".------####--."]),
    ],
)
def test_draws_a_stay_from_noon_to_noon(bars: list[Bar], lanes: list[str]) -> None:
    assert _drawn(bars) == lanes


def test_fills_every_row_exactly_whatever_the_stays() -> None:
    draw = random.Random(20261122)
    for _ in range(300):
        bars = [
            _bar(first, first + draw.randint(1, 6))
            for first in draw.choices(range(-6, 8), k=draw.randint(0, 6))
        ]
        seen = [
            bar
            for bar in bars
            if bar.nights.departure >= WEEK.arrival and bar.nights.arrival < WEEK.departure
        ]
        lanes = lay_out(seen, WEEK)

        assert all(sum(cell.span for cell in lane.cells) == 2 * WEEK.length for lane in lanes)
        assert sum(cell.bar is not None for lane in lanes for cell in lane.cells) == len(seen)


def test_offers_each_free_night_once_and_none_in_the_row_of_a_conflict() -> None:
    lanes = lay_out([_bar(1, 4), _bar(3, 5, is_missing=True)], WEEK)

    assert [cell.night for cell in lanes[0].cells if cell.night] == [_day(0), _day(4), _day(5)]
    assert [cell.night for cell in lanes[1].cells if cell.night] == []


def test_tells_a_stay_that_crosses_the_edges() -> None:
    (lane,) = lay_out([_bar(-3, 12)], WEEK)

    assert (lane.cells[0].begins_before, lane.cells[0].goes_on) == (True, True)


def test_cuts_nights_into_unbroken_stretches() -> None:
    nights = {_day(0), _day(1), _day(3), _day(6)}

    assert list(stretches(nights)) == [Stay(_day(0), _day(2)), Stay(_day(3), _day(4)), Stay(_day(6), _day(7))]
    assert list(stretches(set())) == []


def _book(
    house: Property, stay: Stay, offer_key: str = "double", choice: PriceChoice | None = None
) -> Booking:
    return bookings.book_at_desk(
        house=house,
        stay=stay,
        party=Household(1 if offer_key == "single" else 2),
        offer_key=offer_key,
        choice=choice,
        guest=ALICE,
        language="fr",
        actor="user:1",
        now=NOW,
        today=TODAY,
    )


def _room(house: Property, rooms: tuple[PlannedRoom, ...], booking: Booking) -> PlannedRoom:
    return next(room for room in rooms if room.id == booking.rooms[0].room_id)


def test_shows_every_room_in_the_order_of_the_house_and_no_other_house(house: Property) -> None:
    rooms = read_planning(property_id=house.id, window=Stay(TODAY, TODAY + timedelta(days=7)), now=NOW)

    assert [room.name for room in rooms][:3] == ["Le Cabinet", "La Lingerie", "La Bibliothèque"]
    assert len(rooms) == 8
    assert all(room.bars == () for room in rooms)


def test_says_who_sleeps_there_and_how_the_account_stands_without_a_sum(house: Property) -> None:
    booking = _book(house, WEEK)

    (bar,) = _room(house, read_planning(property_id=house.id, window=WEEK, now=NOW), booking).bars

    assert (bar.guest_name, bar.people, bar.status) == ("Alice Delattre", 2, BookingStatus.CONFIRMED)
    assert bar.account == "price_open"
    assert not any(isinstance(getattr(bar, name), int) for name in ("nights", "account", "reason", "channel"))


def test_shows_a_block_over_a_guest_as_a_conflict_of_its_own(house: Property) -> None:
    booking = _book(house, Stay(_day(1), _day(3)))
    room_id = booking.rooms[0].room_id
    blocks.block(
        house=house,
        room_id=room_id,
        stay=Stay(_day(0), _day(5)),
        reason="repair",
        note="",
        actor="user:1",
        now=NOW,
    )

    bars = _room(house, read_planning(property_id=house.id, window=WEEK, now=NOW), booking).bars

    drawn = sorted((bar.nights, bar.kind, bar.is_missing, bar.is_in_conflict) for bar in bars)
    assert drawn == [
        (Stay(_day(0), _day(1)), ClaimKind.BLOCK, False, True),
        (Stay(_day(1), _day(3)), ClaimKind.BLOCK, True, True),
        (Stay(_day(1), _day(3)), ClaimKind.BOOKED_ROOM, False, False),
        (Stay(_day(3), _day(5)), ClaimKind.BLOCK, False, True),
    ]
    assert len(lay_out(bars, WEEK)) == 2


def test_shows_no_hold_whose_time_is_over_though_no_job_ran(house: Property) -> None:
    booking = _book(house, WEEK)
    claim = session.get_one(Claim, booking.rooms[0].claim_id)
    claim.lapses_at = NOW + timedelta(minutes=12)
    session.commit()

    def bars(minutes: int) -> tuple[Bar, ...]:
        at = NOW + timedelta(minutes=minutes)
        return _room(house, read_planning(property_id=house.id, window=WEEK, now=at), booking).bars

    assert len(bars(11)) == 1
    assert bars(12) == ()


def test_reads_two_hundred_rooms_in_as_many_queries_as_eight(house: Property) -> None:
    month = Stay(TODAY, TODAY + timedelta(days=31))
    _book(house, WEEK)
    with counted() as few:
        read_planning(property_id=house.id, window=month, now=NOW)
    _fill(house, month)

    with counted() as many:
        rooms = read_planning(property_id=house.id, window=month, now=NOW)

    assert len(rooms) == 200
    assert sum(len(room.bars) for room in rooms) > 1000
    assert len(many) == len(few) == 4


def _fill(house: Property, window: Stay) -> None:
    """Put two hundred rooms and a stay of four nights into each of them, one after the other."""
    room_type = session.query(RoomType).filter_by(property_id=house.id, code="double").one()
    rooms = [
        Room(property_id=house.id, type_id=room_type.id, name=f"Chambre {n}", position=9 + n)
        for n in range(192)
    ]
    session.add_all(rooms)
    session.flush()
    for room in rooms:
        for place in range(7):
            arrival = window.arrival + timedelta(days=4 * place)
            _add_stay(house, room, Stay(arrival, arrival + timedelta(days=4)))
    session.commit()


def _add_stay(house: Property, room: Room, stay: Stay) -> None:
    common = {"property_id": house.id, "arrival": stay.arrival, "departure": stay.departure}
    claim = Claim(**common, room_id=room.id, kind=ClaimKind.BOOKED_ROOM, created_at=NOW)
    booking = Booking(
        **common,
        reference=new_reference(),
        status=BookingStatus.CONFIRMED,
        source=Source.DESK,
        guest_name="Claes",
        language="fr",
        currency="EUR",
        created_at=NOW,
    )
    session.add_all([claim, booking])
    session.flush()
    session.add(
        BookedRoom(
            **common,
            booking_id=booking.id,
            type_id=room.type_id,
            room_id=room.id,
            claim_id=claim.id,
            adults=1,
        )
    )
