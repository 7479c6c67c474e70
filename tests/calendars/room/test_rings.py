"""Rings of platforms that read us and each other: nights are taken while the stay lives, and free when it is gone."""

import random
from itertools import permutations

import pytest

from calendars.feed import Kind
from tests.calendars.room.front import HALF_AN_HOUR, Front, day, event, pairs
from tests.calendars.room.platforms import US, Market

STAR = ((US, "airbnb"), (US, "vrbo"), ("airbnb", US), ("vrbo", US))
MESH = (*STAR, ("airbnb", "vrbo"), ("vrbo", "airbnb"))
NIGHTS = (day(10), day(13))
ORIGINS = (US, "airbnb", "vrbo")
BLOCK, UNKNOWN = Kind.BLOCK, Kind.UNKNOWN
SOME_STARS, SOME_MESHES = (random.Random(4).sample(list(permutations(each)), 6) for each in (STAR, MESH))


def live_and_let_go(market: Market, origin: str, order: tuple[tuple[str, str], ...]) -> None:
    market.pass_hours(1, order)
    market.sell(origin, NIGHTS)
    market.pass_hours(12, order)
    assert not market.is_free(NIGHTS)
    market.let_go(origin, NIGHTS)
    market.pass_hours(30, order)


@pytest.mark.parametrize("origin", ORIGINS)
@pytest.mark.parametrize("closures", [(BLOCK, BLOCK), (BLOCK, UNKNOWN), (UNKNOWN, UNKNOWN)])
def test_frees_the_nights_when_two_platforms_read_us_and_send_everything_back(
    closures: tuple[Kind, Kind], origin: str
) -> None:
    for order in SOME_STARS:
        market = Market(closures, is_naive=True)

        live_and_let_go(market, origin, order)

        assert market.is_free(NIGHTS), order
        assert not any(outcome.conflicts for outcome in market.outcomes)


@pytest.mark.parametrize("origin", ORIGINS)
def test_frees_the_nights_when_platforms_read_each_other_too(origin: str) -> None:
    for order in SOME_MESHES:
        market = Market((BLOCK, BLOCK), is_naive=False)

        live_and_let_go(market, origin, order)

        assert market.is_free(NIGHTS), order
        assert not any(outcome.alerts for outcome in market.outcomes)


def test_sends_a_stay_round_no_ring(front: Front) -> None:
    front.follow(event(10, 13), event(30, 31), event(40, 41), feed="airbnb")
    front.export("vrbo")

    echoed = front.follow(event(10, 13, "Blocked"), event(50, 52), feed="vrbo")

    assert echoed["of_this_feed"] == pairs((50, 52))
    assert echoed["conflicts"] == echoed["alerts"] == []
    assert front.export("airbnb") == pairs((50, 52))
    front.follow(event(30, 31), event(40, 41), feed="airbnb")
    gone = front.follow(event(30, 31), event(40, 41), feed="airbnb")
    assert gone["released"] == pairs((10, 13))
    assert gone["nights"] == pairs((30, 31), (40, 41), (50, 52))


def test_ends_an_echo_once_the_channel_has_read_that_its_origin_is_gone(front: Front) -> None:
    closed = event(10, 13, "Airbnb (Not available)")
    front.ours("stay", 10, 13)
    front.export("airbnb")
    front.follow(closed)
    front.ours("cancel", 10, 13)

    not_yet_read = front.follow(closed)
    front.export("airbnb")
    has_read = front.follow(closed)

    assert not_yet_read["nights"] == []
    assert has_read["nights"] == has_read["of_this_feed"] == pairs((10, 13))


def test_keeps_the_last_echo_from_other_channels_for_a_day(front: Front) -> None:
    test_ends_an_echo_once_the_channel_has_read_that_its_origin_is_gone(front)

    assert front.export("vrbo") == []
    for _ in range(49):
        front.follow(event(10, 13, "Airbnb (Not available)"))
    assert front.export("vrbo") == pairs((10, 13))


def test_keeps_the_last_echo_quiet_while_it_is_missing(front: Front) -> None:
    # A day of quiet ends before the day for which an empty calendar is held: no ring may close in between.
    test_ends_an_echo_once_the_channel_has_read_that_its_origin_is_gone(front)

    for _ in range(48):
        held = front.follow()

    assert held["held"] == pairs((10, 13))
    assert front.export("vrbo") == []
    assert front.follow()["released"] == pairs((10, 13))


def test_sees_a_guest_behind_the_nights_that_it_has_shown(front: Front) -> None:
    front.ours("stay", 10, 13)
    front.export("airbnb")

    sold_twice = front.follow(event(10, 13))
    overlap = front.follow(event(10, 13), event(12, 14, "Airbnb (Not available)"))

    assert sold_twice["conflicts"] == pairs((10, 13))
    assert len(sold_twice["alerts"]) == 1
    assert overlap["conflicts"] == pairs((10, 13))
    assert overlap["nights"] == pairs((10, 14))


def test_judges_by_what_the_sender_can_have_known(front: Front) -> None:
    front.ours("stay", 10, 13)
    sold = event(10, 13, "CLOSED - Not available")

    before_any_reading = front.follow(sold, feed="booking")

    assert before_any_reading["conflicts"] == pairs((10, 13))
    front.export("booking")
    assert front.follow(sold, feed="booking")["of_this_feed"] == pairs((10, 13))


def test_asks_once_whether_nights_that_were_just_shown_are_a_guest(front: Front) -> None:
    front.follow(feed="booking")
    front.ours("stay", 10, 13)
    front.now += HALF_AN_HOUR
    front.export("booking")

    first = front.follow(event(10, 13, "CLOSED - Not available"), feed="booking")
    again = front.follow(event(10, 13, "CLOSED - Not available"), feed="booking")

    assert (first["of_this_feed"], first["conflicts"]) == ([], [])
    assert [len(result["alerts"]) for result in (first, again)] == [1, 0]
