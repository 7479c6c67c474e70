"""Holds: some minutes, renewable once, one a session, few a network (decisions 4, 6 and 21)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from app.database import session
from app.models import Booking, ChannelName, ChannelStay, Event, Feed, Property, RoomNight
from app.services import bookings
from app.services.channels.freshness import are_feeds_fresh
from app.services.inventory import RoomNotAvailable
from pricing.money import Money
from pricing.quote import BelowMinimum
from pricing.stay import Stay
from tests.services.bookings.conftest import NOW, STAY, TODAY, Hold


def night_count() -> int:
    """Return how many room nights somebody has."""
    return session.scalar(select(func.count()).select_from(RoomNight)) or 0


def test_keeps_the_promised_price_night_by_night(hold: Hold) -> None:
    booking = hold(choice=bookings.PriceChoice(amount=Money.of("75")))

    nights = [night for room in booking.rooms for night in room.nights]

    assert [(n.reference_minor, n.due_minor, n.chosen_minor) for n in nights] == [
        (6200, 3600, 3750),
        (6200, 3600, 3750),
    ]
    assert booking.rooms[0].bracket == 3, "75 € reaches the rung of 72 €"


def test_stores_the_real_cost_and_no_bracket_for_who_would_rather_not_choose(hold: Hold) -> None:
    booking = hold(choice=bookings.PriceChoice())

    assert booking.rooms[0].bracket is None
    assert bookings.price_of(booking) == Money.of("124")


def test_refuses_an_amount_below_the_minimum_and_keeps_no_night(hold: Hold) -> None:
    before = night_count()

    with pytest.raises(BelowMinimum) as refusal:
        hold(choice=bookings.PriceChoice(amount=Money.of("31.99")))

    session.rollback()
    assert refusal.value.minimum == Money.of("32")
    assert night_count() == before


def test_gives_the_three_doubles_and_refuses_the_fourth(hold: Hold) -> None:
    rooms = {hold().rooms[0].room_id for _ in range(3)}

    with pytest.raises(RoomNotAvailable):
        hold()

    assert len(rooms) == 3


def test_drops_what_the_same_session_kept_before(hold: Hold) -> None:
    first = hold(session_key="one browser")

    hold(session_key="one browser", stay=STAY.shifted(7))

    assert session.get_one(Booking, first.id).status == "expired"
    assert hold().rooms[0].room_id == first.rooms[0].room_id


def test_keeps_an_order_of_the_same_session(hold: Hold, ordered: Hold) -> None:
    first = ordered(session_key="one browser")

    hold(session_key="one browser", stay=STAY.shifted(7))

    assert session.get_one(Booking, first.id).status == "tentative"


def test_refuses_a_fourth_hold_of_a_network_until_one_lapses(hold: Hold) -> None:
    for weeks in range(3):
        hold(network_key="one network", stay=STAY.shifted(7 * weeks))

    with pytest.raises(bookings.TooManyHolds):
        hold(network_key="one network", stay=STAY.shifted(28))

    session.rollback()
    assert hold(network_key="one network", stay=STAY.shifted(28), now=NOW + timedelta(minutes=12))


def test_refuses_a_third_hold_of_the_same_nights_within_six_hours(hold: Hold) -> None:
    for hours in (0, 5):
        hold(network_key="one network", now=NOW + timedelta(hours=hours))

    with pytest.raises(bookings.TooManyHolds):
        hold(network_key="one network", now=NOW + timedelta(hours=5, minutes=59))

    session.rollback()
    assert hold(network_key="one network", now=NOW + timedelta(hours=6, minutes=1))


def test_lets_one_browser_look_at_three_rooms_of_the_same_nights(hold: Hold) -> None:
    offers = ("double", "family", "accessible")

    kept = [hold(network_key="one network", session_key="one browser", offer_key=key) for key in offers]

    assert [booking.status for booking in kept] == ["expired", "expired", "tentative"]


def test_renews_a_hold_once(hold: Hold) -> None:
    booking = hold()

    for minutes in (1, 20):
        bookings.renew_hold(booking=booking, hold_minutes=12, now=NOW + timedelta(minutes=minutes))

    assert booking.lapses_at == NOW + timedelta(minutes=24)
    renewals = select(func.count()).where(Event.noun_id == booking.id, Event.verb == "renew_hold")
    assert session.scalar(renewals) == 1


def test_does_not_renew_a_hold_that_is_over(hold: Hold) -> None:
    booking = hold()

    with pytest.raises(bookings.HoldExpired):
        bookings.renew_hold(booking=booking, hold_minutes=12, now=NOW + timedelta(minutes=12))


@pytest.mark.parametrize(
    ("days_ahead", "is_instant"), [(0, True), (1, True), (2, False)], ids=["tonight", "tomorrow", "later"]
)
def test_sells_tonight_and_tomorrow_at_once(hold: Hold, days_ahead: int, is_instant: bool) -> None:
    arrival = TODAY + timedelta(days=days_ahead)

    booking = hold(stay=Stay(arrival, arrival + timedelta(days=1)))

    assert booking.is_instant is is_instant


def test_gives_the_telephone_for_tonight_while_a_feed_is_stale(house: Property, hold: Hold) -> None:
    tonight = Stay(TODAY, TODAY + timedelta(days=1))
    room_id = hold(stay=tonight).rooms[0].room_id
    feed = Feed(
        property_id=house.id,
        room_id=room_id + 1,
        channel=ChannelName.AIRBNB,
        sealed_url="sealed",
        public_id="abcdefgh",
        created_at=NOW,
        read_well_at=NOW - timedelta(hours=6, seconds=1),
    )
    session.add(feed)
    session.commit()

    with pytest.raises(bookings.TooLateToAsk):
        hold(stay=tonight)

    feed.read_well_at = NOW - timedelta(hours=5, minutes=59)
    session.commit()
    assert hold(stay=tonight).is_instant


def test_asks_before_selling_tonight_beside_a_feed_paused_with_its_nights(
    house: Property, hold: Hold
) -> None:
    tonight = Stay(TODAY, TODAY + timedelta(days=1))
    room_id = hold(stay=tonight).rooms[0].room_id + 1
    feed = Feed(
        property_id=house.id,
        room_id=room_id,
        channel=ChannelName.AIRBNB,
        sealed_url="sealed",
        public_id="abcdefgh",
        created_at=NOW,
        is_paused=True,
    )
    session.add(feed)
    session.flush()
    assert are_feeds_fresh([room_id], now=NOW), "paused and empty: the house has left this platform"
    session.add(
        ChannelStay(
            property_id=house.id,
            feed_id=feed.id,
            uid="a",
            kind="reservation",
            arrival=STAY.arrival,
            departure=STAY.departure,
            first_seen_at=NOW,
        )
    )
    session.flush()

    assert not are_feeds_fresh([room_id], now=NOW)


def test_freezes_the_cancellation_moment_across_the_change_of_clocks(hold: Hold) -> None:
    booking = hold(stay=Stay(date(2027, 11, 2), date(2027, 11, 3)))  # summer time ends on 31 October

    terms = bookings.cancellation_terms(booking, NOW)

    assert terms.free_until.isoformat() == "2027-10-31T17:00:00+00:00"
