"""A platform's stay becomes a booking: on its own claim, at the price the platform says, taxed as it says."""

from __future__ import annotations

import dataclasses

import pytest
from sqlalchemy import func, select

from app.database import session
from app.models import (
    Booking,
    BookingStatus,
    Claim,
    FundEntry,
    Letter,
    PlatformTerms,
    Property,
    RoomNight,
    TaxCollector,
)
from app.services import bookings, folios, platform_stays
from app.services.bookings import GuestDetails
from app.services.parties import Sleepers
from app.services.platform_stays import PlatformMoney, StayIsComplete, StayNotFound
from app.services.stay_cards import AccountState, card_of
from calendars.feed import Kind
from pricing.money import Money
from tests.cast import NOW, TODAY
from tests.services.platform_stays.told import (
    BIRGIT,
    SAID,
    TONIGHT,
    completed,
    owner_of,
    room_of,
    told,
)


def rows(model: type) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def lines(booking: Booking) -> dict[str, int]:
    """Return what stands in an account by code."""
    sums: dict[str, int] = {}
    for line in folios.list_lines(booking):
        sums[line.code] = sums.get(line.code, 0) + line.amount_minor
    return sums


def test_sleeps_on_the_claim_of_the_feed(house: Property) -> None:
    read = told(house)
    claims, nights = rows(Claim), rows(RoomNight)

    booking = completed(house, read)

    (room,) = booking.rooms
    assert (rows(Claim), rows(RoomNight)) == (claims, nights)
    assert room.claim_id == read.claim_id
    assert owner_of(room_of(house), TONIGHT) == {read.claim_id}
    assert (booking.status, booking.source, read.booking_id) == ("confirmed", "channel", booking.id)
    assert (room.adults, room.bracket, booking.grid_version_id) == (2, None, None)


def test_shares_the_gross_over_the_nights_to_the_cent(house: Property) -> None:
    booking = completed(house, told(house))

    shares = [(night.chosen_minor, night.reference_minor) for night in booking.rooms[0].nights]
    assert shares == [(6667, None), (6667, None), (6666, None)]


def test_is_settled_by_the_platform_but_for_the_tax(house: Property) -> None:
    booking = completed(house, told(house))

    tax = folios.tax_of(booking).minor
    assert tax > 0
    assert lines(booking) == {"night": 20000, "platform": -20000, "tourist_tax": tax}
    assert card_of(booking).account == AccountState.TO_SETTLE


@pytest.mark.parametrize(
    ("collector", "expected"),
    [
        (TaxCollector.CHANNEL, {"night": 20000, "platform": -20000, "tax_by_channel": 0}),  # E12: a line of 0
        (TaxCollector.UNKNOWN, {"night": 20000, "platform": -20000}),
    ],
)
def test_charges_no_tax_that_is_not_the_houses(
    house: Property, collector: TaxCollector, expected: dict[str, int]
) -> None:
    booking = completed(house, told(house), dataclasses.replace(SAID, tax_collector=collector))

    assert lines(booking) == expected
    assert card_of(booking).account == AccountState.BY_PLATFORM


def test_takes_at_reception_what_the_platform_leaves_to_it(house: Property) -> None:
    money = dataclasses.replace(SAID, is_paid_to_house=True, tax_collector=TaxCollector.CHANNEL)

    booking = completed(house, told(house), money)

    assert folios.balance(booking) == Money(20000)
    assert card_of(booking).account == AccountState.TO_SETTLE


@pytest.mark.parametrize(
    ("is_paid_to_house", "account"),
    [(False, AccountState.BY_PLATFORM), (True, AccountState.PRICE_UNKNOWN)],
)
def test_invents_no_price(house: Property, is_paid_to_house: bool, account: AccountState) -> None:
    money = PlatformMoney(is_paid_to_house=is_paid_to_house, tax_collector=TaxCollector.HOUSE)

    booking = completed(house, told(house), money)

    assert [night.chosen_minor for night in booking.rooms[0].nights] == [None, None, None]
    assert folios.list_lines(booking) == []
    assert card_of(booking).account == account


def test_writes_to_nobody(house: Property) -> None:
    completed(house, told(house), guest=GuestDetails("Bob Wright", "bob@example.org"))

    assert rows(Letter) == 0


def test_is_completed_once(house: Property) -> None:
    read = told(house)
    booking = completed(house, read)

    with pytest.raises(StayIsComplete) as refusal:
        completed(house, read)

    assert refusal.value.reference == booking.reference


def test_completes_no_stay_of_another_house(house: Property) -> None:
    lac = session.scalars(select(Property).where(Property.code == "lac")).one()
    read = told(house)

    with pytest.raises(StayNotFound):
        completed(lac, read)


def test_completes_no_stay_that_has_gone(house: Property) -> None:
    read = told(house)
    read.ended_at = NOW
    session.commit()

    with pytest.raises(StayNotFound):
        completed(house, read)


def test_takes_a_completion_for_a_word_that_somebody_comes(house: Property) -> None:
    read = told(house, kind=Kind.UNKNOWN)

    completed(house, read)

    assert platform_stays.kind_of(read) == Kind.RESERVATION


@pytest.mark.parametrize("words", [{"guest": GuestDetails(" ")}, {"sleepers": Sleepers(0, (4,))}])
def test_refuses_a_stay_without_a_name_or_an_adult(house: Property, words: dict[str, object]) -> None:
    read = told(house)

    with pytest.raises(ValueError, match="a name and an adult"):
        completed(house, read, **words)


def test_refuses_sums_below_nothing() -> None:
    with pytest.raises(ValueError, match="below nothing"):
        PlatformMoney(commission=Money(-1))


def test_corrects_an_account_by_reversing_its_lines(house: Property) -> None:
    booking = completed(house, told(house))
    before = [(line.id, line.amount_minor) for line in folios.list_lines(booking)]

    platform_stays.correct_money(
        booking=booking,
        money=dataclasses.replace(SAID, gross=Money(21000), tax_collector=TaxCollector.CHANNEL),
        actor="user:1",
        now=NOW,
    )

    after = folios.list_lines(booking)
    assert [(line.id, line.amount_minor) for line in after][: len(before)] == before
    assert lines(booking) == {"night": 21000, "platform": -21000, "tourist_tax": 0, "tax_by_channel": 0}
    assert [night.chosen_minor for night in booking.rooms[0].nights] == [7000, 7000, 7000]


def test_leaves_an_account_alone_when_only_the_commission_changes(house: Property) -> None:
    booking = completed(house, told(house))
    before = len(folios.list_lines(booking))

    platform_stays.correct_money(
        booking=booking, money=dataclasses.replace(SAID, commission=Money(1)), actor="user:1", now=NOW
    )

    assert len(folios.list_lines(booking)) == before
    assert session.get_one(PlatformTerms, booking.id).commission_minor == 1


def test_corrects_no_money_of_its_own_bookings(house: Property) -> None:
    booking = completed(house, told(house))
    booking.source = "desk"
    session.commit()

    with pytest.raises(bookings.TransitionRefused):
        platform_stays.correct_money(booking=booking, money=SAID, actor="user:1", now=NOW)


def test_checks_in_and_out_and_stands_in_no_fund(house: Property) -> None:
    money = dataclasses.replace(SAID, tax_collector=TaxCollector.CHANNEL)
    booking = completed(house, told(house), money)

    bookings.check_in(booking=booking, actor="user:1", today=TODAY, now=NOW)
    bookings.check_out(booking=booking, actor="user:1", today=TONIGHT.departure, now=NOW)

    assert booking.status == BookingStatus.CHECKED_OUT
    assert rows(FundEntry) == 0


def test_keeps_what_a_police_form_will_ask(house: Property) -> None:
    booking = completed(house, told(house), sleepers=Sleepers(2, (9, 4)))

    (room,) = booking.rooms
    assert (booking.guest_name, booking.guest_telephone) == (BIRGIT.name, BIRGIT.telephone)
    assert (room.adults, room.children, room.arrival, room.departure) == (
        2,
        [4, 9],
        TONIGHT.arrival,
        TONIGHT.departure,
    )
