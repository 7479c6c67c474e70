"""The commands of one room: what each prints, and with which exit code."""

import json
from datetime import timedelta

import pytest

from calendars.__main__ import main
from tests.calendars.room.front import Front, event, pairs

WORDS = ["verdict", "nights", "of_this_feed", "added", "released", "held", "conflicts", "alerts"]


def test_takes_the_nights_of_a_feed(front: Front) -> None:
    result = front.follow(event(10, 13), event(13, 14), event(20, 22))

    assert list(result) == WORDS
    assert front.code == 0
    assert result["verdict"] == "accept"
    assert result["nights"] == result["of_this_feed"] == result["added"] == pairs((10, 14), (20, 22))
    assert result["released"] == result["held"] == result["conflicts"] == result["alerts"] == []


def test_writes_down_nothing_new_the_second_time(front: Front) -> None:
    front.follow(event(10, 13), later=timedelta())
    before = front.state.read_bytes()

    again = front.follow(event(10, 13), later=timedelta())

    assert front.state.read_bytes() == before
    assert again["added"] == again["released"] == []


def test_names_no_address_in_a_fault(front: Front) -> None:
    told = front.fault("no answer from https://secret.example/ical?t=abc today")["alerts"]

    assert len(told) == 1
    assert "secret" not in told[0]
    assert "abc" not in told[0]
    assert "no answer from … today" in told[0]


def test_tells_of_a_fault_and_keeps_everything(front: Front) -> None:
    front.follow(event(10, 13))

    result = front.fault("http 500")

    assert (result["verdict"], front.code) == ("reject", 3)
    assert result["nights"] == pairs((10, 13))
    assert result["alerts"] == ["The server answered with error 500."]
    assert front.fault("the line\n is dead")["alerts"] == [
        "The calendar could not be read (the line is dead)."
    ]


def test_refuses_a_web_page(front: Front) -> None:
    front.follow(event(10, 13))
    page = front.state.with_name("page.html")
    page.write_bytes(b"<html>login</html>")

    result = json.loads(front.order("follow", str(page), "--feed", "airbnb"))

    assert (result["verdict"], front.code) == ("reject", 3)
    assert result["nights"] == pairs((10, 13))
    assert "web page" in result["alerts"][0]


def test_believes_a_feed_that_cannot_be_read_whole_in_what_it_adds(front: Front) -> None:
    front.follow(event(10, 13))

    result = front.follow("UID:x\nSUMMARY:no start", event(20, 22))

    assert (result["verdict"], front.code) == ("partial", 0)
    assert result["nights"] == pairs((10, 13), (20, 22))
    assert result["held"] == pairs((10, 13))
    assert result["alerts"]


def test_holds_a_vanished_stay_for_half_an_hour(front: Front) -> None:
    front.follow(event(10, 13), event(20, 22), event(30, 33))

    first = front.follow(event(10, 13), event(20, 22))
    early = front.follow(event(10, 13), event(20, 22), later=timedelta(minutes=29))
    sure = front.follow(event(10, 13), event(20, 22), later=timedelta(minutes=1))

    assert [first["held"], early["held"], sure["held"]] == [pairs((30, 33)), pairs((30, 33)), []]
    assert (early["released"], sure["released"]) == ([], pairs((30, 33)))
    assert sure["nights"] == pairs((10, 13), (20, 22))


def test_lets_a_person_confirm_what_is_gone(front: Front) -> None:
    front.follow(event(10, 13), event(20, 22), event(30, 33))
    front.ours("stay", 31, 34)
    suspicious = front.follow()
    fault = front.fault("timeout")

    confirmed = front.confirm()

    assert suspicious["verdict"] == "suspicious"
    assert suspicious["held"] == fault["held"] == pairs((10, 13), (20, 22), (30, 33))
    assert confirmed["verdict"] == "accept"
    assert confirmed["released"] == pairs((10, 13), (20, 22), (30, 33))
    assert confirmed["nights"] == pairs((31, 34))
    assert front.confirm()["released"] == []
    assert front.follow()["verdict"] == "accept"


def test_lets_no_person_free_what_was_there_at_the_last_look(front: Front) -> None:
    front.follow(event(10, 13))

    assert front.confirm()["nights"] == pairs((10, 13))


def test_books_and_cancels_for_the_house(front: Front) -> None:
    booked = front.ours("stay", 10, 13)
    twice = front.ours("stay", 10, 13)
    cancelled = front.ours("cancel", 10, 13)

    assert (booked["nights"], booked["added"], booked["of_this_feed"]) == (
        pairs((10, 13)),
        pairs((10, 13)),
        [],
    )
    assert twice["added"] == []
    assert (cancelled["nights"], cancelled["released"]) == ([], pairs((10, 13)))


def test_frees_a_night_only_when_the_last_source_lets_go(front: Front) -> None:
    front.follow(event(10, 13))
    front.ours("stay", 12, 15)

    assert front.ours("cancel", 12, 15)["nights"] == pairs((10, 13))


def test_tells_of_a_night_taken_twice_once_and_lists_it_until_it_is_settled(front: Front) -> None:
    front.ours("stay", 12, 15)

    first = front.follow(event(10, 13), event(40, 41))
    again = front.follow(event(10, 13), event(40, 41))
    third = front.follow(event(12, 14), feed="vrbo")
    settled = front.ours("cancel", 12, 15)

    assert first["nights"] == pairs((10, 15), (40, 41))
    assert first["conflicts"] == again["conflicts"] == pairs((12, 13))
    assert [len(result["alerts"]) for result in (first, again)] == [1, 0]
    assert third["conflicts"] == pairs((12, 14))
    assert settled["conflicts"] == pairs((12, 13))


def test_wakes_nobody_for_a_closure(front: Front) -> None:
    front.ours("stay", 12, 15)

    with_ours = front.follow(event(10, 13, "Airbnb (Not available)"))
    front.follow(event(11, 12), feed="vrbo")
    with_theirs = front.follow(event(11, 12), feed="vrbo")

    assert (with_ours["conflicts"], with_ours["alerts"]) == (pairs((12, 13)), [])
    assert (with_theirs["conflicts"], with_theirs["alerts"]) == (pairs((12, 13)), [])


def test_serves_a_channel_everything_but_its_own(front: Front) -> None:
    front.follow(event(10, 13), feed="airbnb")
    front.follow(event(20, 22), feed="vrbo")
    front.ours("stay", 22, 24)

    assert front.export("airbnb") == pairs((20, 24))
    assert front.export("vrbo") == pairs((10, 13), (22, 24))
    assert front.export("google") == pairs((10, 13), (20, 24))


def test_serves_the_same_bytes_until_a_night_changes(front: Front) -> None:
    front.follow(event(10, 13))
    first = front.order("export", "--channel", "google")
    front.now += timedelta(days=3)
    front.follow(event(10, 13, uid="another"))

    assert front.order("export", "--channel", "google") == first
    front.follow(event(10, 14))
    assert front.order("export", "--channel", "google") != first


def test_keeps_the_event_of_a_stay_under_way_as_it_is(front: Front) -> None:
    front.ours("stay", 0, 3)
    front.ours("stay", 3, 9)
    first = front.order("export", "--channel", "google")

    for _ in range(8):
        front.now += timedelta(days=1)
        assert front.order("export", "--channel", "google") == first


def test_tells_of_long_silence_once_a_day_and_of_its_end_once(front: Front) -> None:
    front.follow(event(10, 13), later=timedelta())
    told = [front.fault("timeout", later=timedelta(hours=1))["alerts"] for _ in range(40)]
    recovered = front.follow(event(10, 13))
    well = front.follow(event(10, 13))

    assert [hour for hour, alerts in enumerate(told, start=1) if len(alerts) > 1] == [6, 30]
    assert "6 hours" in told[5][1]
    assert recovered["alerts"] == ["This calendar is read well again."]
    assert well["alerts"] == []


def test_keeps_the_past_and_does_not_import_it_again(front: Front) -> None:
    front.follow(event(-2, 2), event(10, 13), event(20, 21), event(30, 31))
    front.now += timedelta(days=3)

    dropped = front.follow(event(10, 13), event(20, 21), event(30, 31))
    back = front.follow(event(-2, 2), event(-9, -5), event(10, 13), event(20, 21), event(30, 31))

    for result in (dropped, back):
        assert result["released"] == result["held"] == result["added"] == []
        assert result["of_this_feed"][0] == pairs((-2, 2))[0]


def test_reads_as_it_is_told(front: Front) -> None:
    body = front.state.with_name("feed.ics")
    front.follow()
    body.write_bytes(
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20270105\r\n"
        b"DTEND;VALUE=DATE:20270106\r\nSUMMARY:Not available\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )

    inclusive = json.loads(front.order("follow", str(body), "--inclusive-end"))
    stays = json.loads(front.order("follow", str(body), "--stays-only", "--feed", "other"))

    assert inclusive["of_this_feed"] == [["2027-01-05", "2027-01-07"]]
    assert stays["of_this_feed"] == []


@pytest.mark.parametrize(
    "order",
    [
        ("follow",),
        ("follow", "feed.ics", "--fault", "http 500"),
        ("follow", "no_such_file.ics"),
        ("follow", "--fault", "http 500", "--feed", ""),
        ("confirm",),
        ("confirm", "--feed", "nobody"),
        ("ours",),
        ("ours", "--stay", "2027-01-05"),
        ("ours", "--stay", "2027-01-05", "2027-01-05"),
        ("ours", "--stay", "2027-01-05", "2027-01-06", "--cancel", "2027-01-05", "2027-01-06"),
        ("ours", "--cancel", "2027-01-05", "2027-01-06"),
        ("export",),
        ("export", "--channel", "a\nb"),
        ("export", "--channel", "airbnb", "surplus"),
    ],
)
def test_says_what_is_wrong_with_an_order(front: Front, order: tuple[str, ...]) -> None:
    output = front.order(*order)

    assert (front.code, output) == (2, "")
    assert front.complaint
    assert "Traceback" not in front.complaint
    assert not front.state.exists()


@pytest.mark.parametrize("now", ["2026-11-22T12:00:00", "0001-01-01T00:00:00+00:00", "noon"])
def test_needs_to_be_told_the_time(front: Front, now: str) -> None:
    arguments = ["export", str(front.state), "--channel", "airbnb", "--now", now]

    with pytest.raises(SystemExit) as stop:
        main(arguments)

    assert stop.value.code == 2
