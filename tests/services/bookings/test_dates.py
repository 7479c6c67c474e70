"""A stay gets other dates: the same choice priced again, the account corrected by new lines, the nights taken."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.database import session
from app.models import (
    AttemptState,
    Booking,
    Event,
    Letter,
    PaymentAttempt,
    PaymentMethod,
    Property,
    RoomNight,
)
from app.services import bookings, folios
from app.services.bookings import DatePlan, DatesRefused, Obstacle, PriceChoice
from app.services.inventory import RoomNotAvailable
from pricing.money import Money
from pricing.seasons import NoRateForNight
from pricing.stay import Stay
from tests.services.bookings.conftest import NOW, STAY, TODAY, Hold

LONGER = Stay(STAY.arrival, STAY.departure + timedelta(days=1))
SHORTER = Stay(STAY.arrival, STAY.departure - timedelta(days=1))
ELSEWHEN = STAY.shifted(10)


def plan(house: Property, booking: Booking, stay: Stay, today: date = TODAY) -> DatePlan:
    return bookings.plan_dates(house=house, booking=booking, stay=stay, today=today, now=NOW)


def change(house: Property, booking: Booking, stay: Stay, today: date = TODAY) -> DatePlan:
    agreed = plan(house, booking, stay, today).after
    return bookings.change_dates(
        house=house, booking=booking, stay=stay, agreed=agreed, actor="user:1", today=today, now=NOW
    )


def nights_of(booking: Booking) -> set[tuple[int, date]]:
    claims = [room.claim_id for room in booking.rooms]
    rows = session.execute(select(RoomNight.room_id, RoomNight.night).where(RoomNight.claim_id.in_(claims)))
    return {(room_id, night) for room_id, night in rows}


def pay(booking: Booking, amount: Money, method: PaymentMethod = PaymentMethod.CASH) -> None:
    folios.take_payment(booking=booking, method=method, amount=amount, actor="user:1", now=NOW)
    session.commit()


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


def test_finds_another_room_of_the_kind_unless_it_was_promised(house: Property, confirmed: Hold) -> None:
    booking, next_guest = confirmed(), confirmed(stay=STAY.shifted(2))
    assert booking.rooms[0].room_id == next_guest.rooms[0].room_id, "the snug room"
    booking.rooms[0].is_pinned = True
    session.commit()
    with pytest.raises(RoomNotAvailable):
        plan(house, booking, LONGER)
    booking.rooms[0].is_pinned = False
    session.commit()

    change(house, booking, LONGER)

    assert booking.rooms[0].room_id != next_guest.rooms[0].room_id
    assert len(nights_of(booking)) == 3


def test_keeps_everything_as_it_was_when_no_room_is_free(house: Property, confirmed: Hold) -> None:
    booking = confirmed()
    for _ in range(3):
        confirmed(stay=STAY.shifted(2))
    before, lines = nights_of(booking), len(folios.list_lines(booking))

    with pytest.raises(RoomNotAvailable):
        bookings.change_dates(
            house=house,
            booking=booking,
            stay=LONGER,
            agreed=Money(1),
            actor="user:1",
            today=TODAY,
            now=NOW,
        )
    session.rollback()

    assert (nights_of(booking), len(folios.list_lines(booking))) == (before, lines)


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


def test_changes_two_rooms_together(house: Property, confirmed: Hold) -> None:
    booking = confirmed(offer_key="double+double")

    change(house, booking, LONGER)

    assert len(nights_of(booking)) == 6
    assert {(room.arrival, room.departure) for room in booking.rooms} == {(LONGER.arrival, LONGER.departure)}


def test_lets_who_is_here_stay_longer_or_leave_earlier(house: Property, confirmed: Hold) -> None:
    booking = confirmed()
    bookings.check_in(booking=booking, actor="user:1", today=STAY.arrival, now=NOW)
    second_day = STAY.nights[1]

    change(house, booking, LONGER, second_day)
    assert bookings.price_of(booking) == Money.of("108")
    change(house, booking, SHORTER, second_day)

    assert bookings.price_of(booking) == Money.of("36")
    assert {night for _, night in nights_of(booking)} == {STAY.arrival}


def test_lets_who_was_moved_stay_longer_where_they_are(house: Property, confirmed: Hold) -> None:
    booking = confirmed()
    bookings.check_in(booking=booking, actor="user:1", today=STAY.arrival, now=NOW)
    second_day = STAY.nights[1]
    other = bookings.list_other_rooms(room=booking.rooms[0], today=second_day, now=NOW)[0]
    bookings.move(
        booking=booking,
        position=0,
        room_id=other.id,
        is_promised=False,
        actor="user:1",
        today=second_day,
        now=NOW,
    )

    change(house, booking, LONGER, second_day)

    assert nights_of(booking) == {(other.id, second_day), (other.id, STAY.departure)}
    assert bookings.price_of(booking) == Money.of("108")


def test_moves_the_free_cancellation_with_the_arrival_until_it_is_over(
    house: Property, confirmed: Hold
) -> None:
    booking = confirmed()
    before = bookings.cancellation_terms(booking, NOW).free_until

    change(house, booking, ELSEWHEN)
    assert bookings.cancellation_terms(booking, NOW).free_until == before + timedelta(days=10)

    late = before + timedelta(days=11)
    shown = bookings.plan_dates(
        house=house, booking=booking, stay=STAY.shifted(20), today=late.date(), now=late
    )
    assert shown.policy == booking.policy


@pytest.mark.parametrize(
    ("stay", "obstacle"),
    [
        pytest.param(STAY, Obstacle.SAME_DATES, id="nothing changes"),
        pytest.param(Stay(TODAY - timedelta(days=1), STAY.departure), Obstacle.DAY_IS_OVER, id="yesterday"),
        pytest.param(
            Stay(STAY.arrival, STAY.arrival + timedelta(days=99)), Obstacle.TOO_LONG, id="99 nights"
        ),
    ],
)
def test_says_what_stands_in_the_way(
    house: Property, confirmed: Hold, stay: Stay, obstacle: Obstacle
) -> None:
    with pytest.raises(DatesRefused) as refusal:
        plan(house, confirmed(), stay)

    assert refusal.value.obstacle is obstacle


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


def test_changes_no_dates_of_what_does_not_stand(house: Property, requested: Hold, confirmed: Hold) -> None:
    ended = confirmed()
    bookings.cancel(house=house, booking=ended, actor="guest", reason="", now=NOW)

    for booking in (requested(), ended):
        with pytest.raises(bookings.TransitionRefused):
            plan(house, booking, LONGER)


def test_tells_the_guest_and_remembers_names_of_fields_only(house: Property, confirmed: Hold) -> None:
    booking = confirmed()

    change(house, booking, LONGER)

    letter = session.scalars(select(Letter).order_by(Letter.id.desc())).first()
    event = session.scalars(select(Event).where(Event.verb == "change_dates")).one()
    assert letter is not None
    assert (letter.kind, letter.recipient) == ("booking_changed", "alice@example.org")
    assert (event.noun_id, event.field_names) == (booking.id, ["arrival", "departure"])
