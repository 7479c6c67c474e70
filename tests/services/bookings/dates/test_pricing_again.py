"""A stay gets other dates: the same choice is priced again, and the account corrected by new lines."""

from __future__ import annotations

from datetime import date

import pytest

from app.database import session
from app.models import (
    AttemptState,
    PaymentAttempt,
    PaymentMethod,
    Property,
)
from app.services import bookings, folios
from app.services.bookings import DatesRefused, Obstacle, PriceChoice
from pricing.money import Money
from pricing.seasons import NoRateForNight
from pricing.stay import Stay
from tests.services.bookings.conftest import NOW, TODAY, Hold
from tests.services.bookings.dates.changes import ELSEWHEN, LONGER, SHORTER, change, nights_of, pay, plan


@pytest.mark.parametrize(
    ("stay", "price"),
    [
        pytest.param(LONGER, "108", id="36 a night x 3"),
        pytest.param(SHORTER, "36", id="36 a night x 1"),
        pytest.param(ELSEWHEN, "72", id="36 a night x 2, other nights"),
    ],
)
def test_prices_the_same_choice_on_other_nights(
    house: Property, confirmed: Hold, stay: Stay, price: str
) -> None:
    booking = confirmed()
    assert bookings.price_of(booking) == Money.of("72")
    before = {line.id: line.amount_minor for line in folios.list_lines(booking)}

    shown = change(house, booking, stay)

    assert bookings.price_of(booking) == Money.of(price)
    assert shown.after == Money.of(price) + folios.tax_of(booking) == folios.balance(booking)
    assert shown.before == Money.of("75.16")
    assert (booking.arrival, booking.departure, booking.rooms[0].bracket) == (stay.arrival, stay.departure, 3)
    assert nights_of(booking) == {(booking.rooms[0].room_id, night) for night in stay.nights}
    lines = folios.list_lines(booking)
    assert {line.id: line.amount_minor for line in lines if line.id in before} == before, "only added to"
    assert {line.reverses_id for line in lines} >= set(before)


def test_keeps_a_free_amount_in_proportion_to_its_rung(house: Property, confirmed: Hold) -> None:
    booking = confirmed(choice=PriceChoice(amount=Money.of("80")))
    due = sum(night.due_minor or 0 for night in booking.rooms[0].nights)

    change(house, booking, LONGER)

    new_due = sum(night.due_minor or 0 for night in booking.rooms[0].nights)
    assert (due * 3, bookings.price_of(booking)) == (new_due * 2, Money.of("120"))


def test_takes_no_less_than_the_minimum_of_the_new_nights(house: Property, confirmed: Hold) -> None:
    booking = confirmed(
        choice=PriceChoice(amount=Money.of("32"))
    )  # the least in April, whose lowest rung is 36

    change(house, booking, Stay(date(2027, 12, 10), date(2027, 12, 12)))  # where the lowest rung is 30

    assert bookings.price_of(booking) == Money.of("30"), "32 x 30 / 36 would be 26.67"


def test_leaves_an_open_price_open(house: Property, confirmed: Hold) -> None:
    booking = confirmed()
    booking.is_price_open = True
    for room in booking.rooms:
        for night in room.nights:
            night.due_minor = night.chosen_minor = None
    folios.rewrite_stay(booking, actor="user:1", now=NOW)
    session.commit()

    shown = change(house, booking, LONGER)

    assert (shown.after, folios.balance(booking)) == (None, Money(0))
    assert {night.night for night in booking.rooms[0].nights} == set(LONGER.nights)
    assert bookings.price_of(booking) is None


def test_does_nothing_at_a_sum_that_nobody_was_shown(house: Property, confirmed: Hold) -> None:
    booking = confirmed()
    shown = plan(house, booking, LONGER)
    fresh = plan(house, booking, LONGER).quote.choose(bracket=1)
    for night in booking.rooms[0].nights:  # the guest has chosen again in the meantime
        night.due_minor = night.chosen_minor = fresh.nights[0].chosen.minor
    booking.rooms[0].bracket = 1
    session.commit()

    with pytest.raises(DatesRefused) as refusal:
        bookings.change_dates(
            house=house,
            booking=booking,
            stay=LONGER,
            agreed=shown.after,
            actor="user:1",
            today=TODAY,
            now=NOW,
        )

    assert refusal.value.obstacle is Obstacle.PRICE_HAS_CHANGED


def test_invents_no_price_beyond_the_horizon(house: Property, confirmed: Hold) -> None:
    with pytest.raises(NoRateForNight):
        plan(house, confirmed(), Stay(date(2031, 5, 1), date(2031, 5, 2)))


def test_leaves_a_platforms_price_to_the_platform(house: Property, confirmed: Hold) -> None:
    booking = confirmed()
    booking.grid_version_id = None
    session.commit()

    with pytest.raises(DatesRefused) as refusal:
        plan(house, booking, LONGER)

    assert refusal.value.obstacle is Obstacle.PRICE_OF_PLATFORM


def test_follows_a_card_upwards_and_money_of_the_desk_both_ways(house: Property, confirmed: Hold) -> None:
    by_card, in_cash = confirmed(), confirmed()
    pay(by_card, Money.of("75.16"), PaymentMethod.CARD)
    pay(in_cash, Money.of("75.16"))

    with pytest.raises(DatesRefused) as refusal:
        plan(house, by_card, SHORTER)
    assert refusal.value.obstacle is Obstacle.CARD_CANNOT_GIVE_BACK

    assert change(house, by_card, LONGER).to_pay == folios.balance(by_card) == Money.of("37.58")
    assert change(house, in_cash, SHORTER).to_pay == folios.balance(in_cash) == Money.of("-37.58")


@pytest.mark.parametrize("state", ["new", "open", "authorised", "capturing", "releasing", "refunding"])
def test_waits_while_a_card_is_being_asked(house: Property, confirmed: Hold, state: AttemptState) -> None:
    booking = confirmed()
    session.add(
        PaymentAttempt(
            property_id=house.id,
            booking_id=booking.id,
            public_id="attempt",
            amount_minor=7516,
            currency="EUR",
            is_captured_later=False,
            parameters={},
            state=state,
            expires_at=NOW,
            created_at=NOW,
        )
    )
    session.commit()

    with pytest.raises(DatesRefused) as refusal:
        plan(house, booking, LONGER)

    assert refusal.value.obstacle is Obstacle.CARD_PAGE_OPEN
