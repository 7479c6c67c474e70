"""Orders, requests and answers: by link, by telephone, in time (decisions 6 to 8)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import select

from app.database import session
from app.models import BookingStatus, Letter, PaymentAttempt, Property
from app.services import bookings, folios
from app.services.availability import offer_for
from app.services.bookings.ordering import next_opening, settle_order
from app.services.bookings.prices import refuse_settled
from app.services.bookings.statuses import TRANSITIONS, claims_of, go_to
from pricing.household import Household
from pricing.money import Money
from pricing.stay import Stay
from tests.services.bookings.conftest import NOW, STAY, Hold


def letters_to(recipient: str) -> list[str]:
    """Return the kinds of the letters to somebody, in order."""
    return list(session.scalars(select(Letter.kind).where(Letter.recipient == recipient).order_by(Letter.id)))


def test_refuses_every_transition_that_is_not_in_the_table(hold: Hold) -> None:
    booking = hold()

    for old, new in product(BookingStatus, repeat=2):
        booking.status = old
        if (old, new) in TRANSITIONS:
            go_to(booking, new, actor="user:1", verb="test", now=NOW)
            assert booking.status == new
        else:
            with pytest.raises(bookings.TransitionRefused, match=old):
                go_to(booking, new, actor="user:1", verb="test", now=NOW)
    session.rollback()


def test_keeps_an_order_for_an_hour_until_its_link_is_used(ordered: Hold) -> None:
    booking = ordered()

    assert booking.status == "tentative"
    assert booking.lapses_at == NOW + timedelta(minutes=60)
    assert letters_to("alice@example.org") == ["request_to_confirm"]


def test_asks_reception_once_the_link_is_used_however_often(house: Property, ordered: Hold) -> None:
    booking = ordered()

    for minutes in (5, 6):
        bookings.confirm_by_link(house=house, booking=booking, now=NOW + timedelta(minutes=minutes))

    assert booking.status == "requested"
    assert letters_to(house.email) == ["desk_request"]
    assert letters_to("alice@example.org") == ["request_to_confirm", "request_received"]


@pytest.mark.parametrize("status", ["requested", "confirmed"])
def test_gives_a_stay_paid_by_card_no_other_end_when_an_old_page_orders_again(
    house: Property, hold: Hold, status: str
) -> None:
    booking = hold()
    known: dict[str, Any] = {
        "house": house,
        "booking": booking,
        "link_minutes": 60,
        "most_per_contact": 2,
        "now": NOW,
    }
    bookings.order(pays_by_card=True, **known)
    settle_order(house=house, booking=booking, actor="guest", now=NOW)
    if status == "confirmed":
        bookings.confirm(house=house, booking=booking, actor="user:1", now=NOW)
    session.commit()
    before = (booking.lapses_at, booking.is_paid_by_card, letters_to("alice@example.org"))

    bookings.order(pays_by_card=False, **known)

    assert booking.status == status
    assert (booking.lapses_at, booking.is_paid_by_card, letters_to("alice@example.org")) == before
    assert [claim.lapses_at for claim in claims_of(booking)] == [booking.lapses_at]


def test_orders_nothing_that_was_cancelled_before(house: Property, hold: Hold) -> None:
    booking = hold()
    bookings.cancel(house=house, booking=booking, actor="user:1", reason="", now=NOW)

    with pytest.raises(bookings.TransitionRefused):
        bookings.order(
            house=house, booking=booking, pays_by_card=False, link_minutes=60, most_per_contact=2, now=NOW
        )


def test_refuses_a_link_that_comes_after_the_hour(house: Property, ordered: Hold) -> None:
    booking = ordered()

    with pytest.raises(bookings.HoldExpired):
        bookings.confirm_by_link(house=house, booking=booking, now=NOW + timedelta(minutes=60))


def test_confirms_an_instant_order_by_its_link(house: Property, ordered: Hold) -> None:
    booking = ordered(stay=Stay(NOW.date(), NOW.date() + timedelta(days=1)))

    bookings.confirm_by_link(house=house, booking=booking, now=NOW)

    assert booking.status == "confirmed"
    assert letters_to("alice@example.org")[-1] == "booking_confirmed"


def test_brings_nothing_back_that_was_cancelled_before_its_link_was_used(
    house: Property, ordered: Hold
) -> None:
    booking = ordered(stay=Stay(NOW.date(), NOW.date() + timedelta(days=1)))
    assert booking.is_instant
    bookings.cancel(house=house, booking=booking, actor="user:1", reason="", now=NOW)

    with pytest.raises(bookings.TransitionRefused):
        bookings.confirm_by_link(house=house, booking=booking, now=NOW)


def test_takes_nobody_out_of_the_house_by_an_old_link(house: Property, ordered: Hold) -> None:
    booking = ordered(stay=Stay(NOW.date(), NOW.date() + timedelta(days=1)))
    bookings.confirm_by_link(house=house, booking=booking, now=NOW)
    bookings.check_in(booking=booking, actor="user:1", today=NOW.date(), now=NOW)

    with pytest.raises(bookings.TransitionRefused):
        bookings.confirm_by_link(house=house, booking=booking, now=NOW)


def test_keeps_a_guest_without_mail_until_the_desk_can_call_back(house: Property, ordered: Hold) -> None:
    late = datetime(2027, 4, 1, 20, 30, tzinfo=UTC)  # 22:30 in Lens: closed until nine

    booking = ordered(now=late, guest=bookings.GuestDetails("Charlie", telephone="03 21 11 22 33"))

    assert booking.status == "requested"
    assert booking.lapses_at == datetime(2027, 4, 2, 9, tzinfo=UTC)  # 09:00 in Lens, and two hours


def test_takes_two_open_requests_of_a_contact_and_no_third(
    house: Property, hold: Hold, ordered: Hold
) -> None:
    for weeks in (0, 1):
        ordered(stay=STAY.shifted(7 * weeks))
    third = hold(stay=STAY.shifted(14), guest=bookings.GuestDetails("A", "ALICE@example.org "))

    with pytest.raises(bookings.TooManyRequests):
        bookings.order(
            house=house, booking=third, pays_by_card=False, link_minutes=60, most_per_contact=2, now=NOW
        )


@pytest.mark.parametrize(
    ("asked", "arrival", "authorised_until", "expected"),
    [
        pytest.param("2027-04-01T10:00", "2027-04-09", None, "2027-04-02T10:00", id="24 hours"),
        pytest.param("2027-04-09T05:00", "2027-04-09", None, "2027-04-09T10:00", id="3 h before check-in"),
        pytest.param("2027-04-09T12:30", "2027-04-09", None, "2027-04-09T13:30", id="at least one hour"),
        pytest.param(
            "2027-04-01T10:00",
            "2027-04-09",
            "2027-04-02T08:00",
            "2027-04-01T20:00",
            id="12 h before card ends",
        ),
    ],
)
def test_owes_its_answer_at_the_earliest_of_the_rule(
    house: Property, hold: Hold, asked: str, arrival: str, authorised_until: str | None, expected: str
) -> None:
    booking = hold()
    booking.arrival = date.fromisoformat(arrival)
    until = datetime.fromisoformat(authorised_until).replace(tzinfo=UTC) if authorised_until else None

    due = bookings.answer_due(
        house, booking, now=datetime.fromisoformat(asked).replace(tzinfo=UTC), authorised_until=until
    )

    assert due == datetime.fromisoformat(expected).replace(tzinfo=UTC)
    session.rollback()


def test_opens_the_account_with_the_promised_price_and_the_tax(confirmed: Hold) -> None:
    booking = confirmed()

    assert [(line.code, line.amount_minor) for line in folios.list_lines(booking)] == [
        ("night", 3600),
        ("night", 3600),
        ("tourist_tax", 316),
    ]
    assert booking.lapses_at is None


def test_refuses_to_confirm_a_request_whose_time_is_over(house: Property, requested: Hold) -> None:
    booking = requested()

    with pytest.raises(bookings.HoldExpired):
        bookings.confirm(house=house, booking=booking, actor="user:1", now=NOW + timedelta(hours=24))


def test_gives_the_nights_back_when_it_declines(house: Property, requested: Hold, hold: Hold) -> None:
    booking = requested()

    bookings.decline(house=house, booking=booking, actor="user:1", reason="full", now=NOW)

    assert letters_to("alice@example.org")[-1] == "booking_declined"
    assert hold().rooms[0].room_id == booking.rooms[0].room_id


@pytest.mark.parametrize(
    ("hour", "opening"),
    [("06:00", "07:00"), ("07:00", "07:00"), ("12:00", "12:00"), ("18:00", "+07:00"), ("23:00", "+07:00")],
)
def test_knows_when_somebody_is_next_at_the_desk(house: Property, hour: str, opening: str) -> None:
    now = datetime.fromisoformat(f"2027-04-01T{hour}").replace(tzinfo=UTC)  # Lens is two hours ahead
    day = "2027-04-02" if opening.startswith("+") else "2027-04-01"

    assert next_opening(house, now) == datetime.fromisoformat(f"{day}T{opening[-5:]}").replace(tzinfo=UTC)


def test_lets_the_guest_choose_a_price_that_the_telephone_left_open(house: Property) -> None:
    booking = bookings.book_at_desk(
        house=house,
        stay=STAY,
        party=Household(2),
        offer_key="double",
        choice=None,
        guest=bookings.GuestDetails("Charlie", telephone="03 21 11 22 33"),
        language="fr",
        actor="user:2",
        now=NOW,
        today=NOW.date(),
    )
    assert bookings.price_of(booking) is None
    assert folios.balance(booking) == Money(0)
    priced = offer_for(
        house=house, stay=STAY, party=Household(2), key="double", now=NOW, today=NOW.date()
    ).quote

    bookings.choose_price(
        booking=booking, priced=priced, choice=bookings.PriceChoice(bracket=1), actor="guest", now=NOW
    )

    assert bookings.price_of(booking) == Money.of("36")
    assert folios.balance(booking) == Money.of("37.60")
    assert not booking.is_price_open


def test_does_not_confirm_what_nobody_has_ordered(house: Property, hold: Hold) -> None:
    booking = hold()

    with pytest.raises(bookings.TransitionRefused):
        bookings.confirm(house=house, booking=booking, actor="user:1", now=NOW)


def test_keeps_the_price_while_a_card_page_asks_for_it(house: Property, confirmed: Hold) -> None:
    booking = confirmed()
    attempt = PaymentAttempt(
        property_id=house.id,
        booking_id=booking.id,
        public_id="attempt",
        amount_minor=7516,
        currency="EUR",
        is_captured_later=False,
        parameters={},
        state="open",
        expires_at=NOW + timedelta(minutes=35),
        created_at=NOW,
    )
    session.add(attempt)
    session.commit()

    with pytest.raises(bookings.PriceIsSettled):
        refuse_settled(booking, NOW)

    attempt.state = "expired"
    session.commit()
    refuse_settled(booking, NOW)
