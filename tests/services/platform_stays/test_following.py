"""A completed stay follows its feed: other nights, or none; the house keeps who is here, and loses no money line."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.database import session
from app.models import Booking, Conflict, Event, FundEntry, Letter, LetterKind, PlatformTerms, Property
from app.services import bookings, folios, platform_stays
from app.services.platform_stays import PlatformMoney
from app.services.sheets import read_platform
from app.services.today import read_today
from pricing.stay import Stay
from tests.cast import NOW, TODAY
from tests.services.platform_stays.told import (
    NEXT_MONTH,
    SAID,
    TONIGHT,
    completed,
    ended_by_feed,
    moved_by_feed,
    owner_of,
    room_of,
    told,
)

LONGER = Stay(TODAY, TODAY + timedelta(days=4))


def test_gives_the_booking_the_nights_of_the_feed(house: Property) -> None:
    read = told(house)
    booking = completed(house, read)

    moved_by_feed(read, LONGER)

    (room,) = booking.rooms
    assert (booking.arrival, booking.departure) == (room.arrival, room.departure)
    assert (booking.arrival, booking.departure) == (LONGER.arrival, LONGER.departure)
    assert [night.chosen_minor for night in room.nights] == [5000, 5000, 5000, 5000]
    assert owner_of(room_of(house), LONGER) == {room.claim_id}
    assert folios.balance(booking) == folios.tax_of(booking)


def test_marks_sums_as_to_be_checked_until_somebody_has(house: Property) -> None:
    read = told(house)
    booking = completed(house, read)
    terms = session.get_one(PlatformTerms, booking.id)
    assert not terms.is_to_check

    moved_by_feed(read, LONGER)
    was_to_check = terms.is_to_check
    platform_stays.correct_money(booking=booking, money=SAID, actor="user:1", now=NOW)

    assert (was_to_check, terms.is_to_check) == (True, False)


def test_has_nothing_to_check_where_nothing_is_known(house: Property) -> None:
    read = told(house)
    booking = completed(house, read, PlatformMoney())

    moved_by_feed(read, LONGER)

    assert not session.get_one(PlatformTerms, booking.id).is_to_check
    assert [night.chosen_minor for night in booking.rooms[0].nights] == [None] * 4


def test_writes_nothing_when_the_nights_are_the_same(house: Property) -> None:
    read = told(house)
    booking = completed(house, read)
    before = len(folios.list_lines(booking))

    platform_stays.follow_move(read, now=NOW)
    session.commit()

    assert len(folios.list_lines(booking)) == before


def test_cancels_what_the_platform_has_cancelled(house: Property) -> None:
    read = told(house)
    booking = completed(house, read)

    is_over = ended_by_feed(read)

    assert is_over
    assert booking.status == "cancelled"
    assert folios.balance(booking).minor == 0
    assert owner_of(room_of(house), TONIGHT) == set()
    assert session.scalars(select(FundEntry)).all() == []
    side = read_platform(booking)
    assert side is not None
    assert (side.is_withdrawn, side.is_listed) == (True, False)
    assert not bookings.is_reinstatable(booking, TODAY)


@pytest.mark.parametrize(("stay", "letters"), [(TONIGHT, [LetterKind.DESK_STAY_WITHDRAWN]), (NEXT_MONTH, [])])
def test_tells_the_desk_of_a_cancelled_stay(house: Property, stay: Stay, letters: list[str]) -> None:
    read = told(house, stay)
    booking = completed(house, read)

    ended_by_feed(read)

    assert list(session.scalars(select(Letter.kind))) == letters
    day = read_today(property_id=house.id, today=TODAY, now=NOW)
    assert [card.reference for card in day.withdrawn] == [booking.reference]
    later = read_today(property_id=house.id, today=TODAY, now=NOW + timedelta(days=3))
    assert later.withdrawn == ()


def test_keeps_who_is_in_the_house(house: Property) -> None:
    read = told(house)
    booking = completed(house, read)
    bookings.check_in(booking=booking, actor="user:1", today=TODAY, now=NOW)

    answers = [ended_by_feed(read) for _ in range(3)]

    assert answers == [False, False, False]
    assert booking.status == "in_house"
    assert owner_of(room_of(house), TONIGHT) == {read.claim_id}
    assert session.get_one(PlatformTerms, booking.id).withdrawn_at == NOW
    assert len(session.scalars(select(Event).where(Event.verb == "withdraw")).all()) == 1


def test_leaves_a_stay_that_is_over_as_it_was(house: Property) -> None:
    read = told(house)
    booking = completed(house, read)
    bookings.check_in(booking=booking, actor="user:1", today=TODAY, now=NOW)
    bookings.check_out(
        booking=booking, actor="user:1", today=TODAY + timedelta(days=1), now=NOW, debt_reason="tax later"
    )
    before = len(folios.list_lines(booking))

    is_over = ended_by_feed(read)
    platform_stays.follow_move(read, now=NOW)

    assert is_over
    assert (booking.status, len(folios.list_lines(booking))) == ("checked_out", before)


def test_follows_nothing_where_nobody_has_completed(house: Property) -> None:
    read = told(house)

    moved_by_feed(read, LONGER)

    assert ended_by_feed(read)
    assert session.scalars(select(Booking).where(Booking.property_id == house.id)).all() == []


@pytest.mark.parametrize("end", ["cancel", "no_show"])
def test_keeps_the_nights_of_a_stay_given_up_here_while_the_platform_lists_it(
    house: Property, end: str
) -> None:
    yesterday = Stay(TODAY - timedelta(days=1), TODAY + timedelta(days=2))
    read = told(house, yesterday)
    booking = completed(house, read)

    if end == "cancel":
        bookings.cancel(house=house, booking=booking, actor="user:1", reason="leak", now=NOW)
    else:
        bookings.mark_no_show(booking=booking, actor="user:1", today=TODAY, now=NOW)

    assert owner_of(room_of(house), yesterday) == {read.claim_id}
    assert folios.balance(booking).minor == 0
    assert session.scalars(select(Letter)).all() == []
    assert ended_by_feed(read)
    assert owner_of(room_of(house), yesterday) == set()


def test_lets_a_stay_stand_again_on_the_nights_that_it_never_lost(house: Property) -> None:
    read = told(house)
    booking = completed(house, read)
    owed = folios.balance(booking)
    bookings.cancel(house=house, booking=booking, actor="user:1", reason="mistake", now=NOW)

    bookings.reinstate(house=house, booking=booking, actor="user:1", today=TODAY, now=NOW)

    assert (booking.status, booking.rooms[0].claim_id) == ("confirmed", read.claim_id)
    assert folios.balance(booking) == owed


def test_keeps_the_nights_of_who_leaves_early_and_takes_them_back(house: Property) -> None:
    read = told(house)
    booking = completed(house, read, PlatformMoney())
    bookings.check_in(booking=booking, actor="user:1", today=TODAY, now=NOW)

    bookings.check_out(booking=booking, actor="user:1", today=TODAY + timedelta(days=1), now=NOW)
    kept = owner_of(room_of(house), TONIGHT)
    bookings.undo_check_out(booking=booking, actor="user:1", today=TODAY, now=NOW)

    assert kept == {read.claim_id}
    assert (booking.status, booking.rooms[0].claim_id) == ("in_house", read.claim_id)


def test_lets_no_guest_of_a_platform_cancel_here(house: Property) -> None:
    booking = completed(house, told(house))

    with pytest.raises(bookings.TransitionRefused):
        bookings.cancel(house=house, booking=booking, actor="guest", reason="", now=NOW)


def test_is_in_no_conflict_with_itself(house: Property) -> None:
    read = told(house)
    completed(house, read)

    moved_by_feed(read, LONGER)

    assert session.scalars(select(Conflict)).all() == []
