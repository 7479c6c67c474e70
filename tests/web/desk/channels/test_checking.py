"""Our address is looked at from outside, point by point, each with a sentence of what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.database import session
from app.gateways.own_address import Answer, NoAnswer, OwnDoor
from app.models import Feed, Property, PropertyHost
from app.services.channels import Point, check_address
from app.web.desk.channels.address_words import show_findings
from calendars.fetch import FetchRefused
from tests.cast import NOW
from tests.platforms import calendar
from tests.web.desk.channels.conftest import PAGE

URL = "https://maison.example/feeds/abc-def.ics"
HEADERS = {
    "content-type": "text/calendar; charset=utf-8",
    "etag": '"one"',
    "date": format_datetime(NOW, usegmt=True),
}


@dataclass
class Door:
    """A server that says what it is told to say."""

    answer: Answer = field(default_factory=lambda: Answer(200, HEADERS, calendar()))
    again: int = 304
    head: Answer = field(default_factory=lambda: Answer(200))
    silence: NoAnswer | None = None

    def ring(self, url: str, *, method: str = "GET", etag: str = "") -> Answer:
        """Answer, or not."""
        if self.silence is not None:
            raise self.silence
        if method == "HEAD":
            return self.head
        return Answer(self.again) if etag else self.answer


def without(*names: str, **more: str) -> Answer:
    """Return a good answer without some headers, or with others."""
    headers = {name: value for name, value in HEADERS.items() if name not in names}
    return Answer(
        200, {**headers, **{name.replace("_", "-"): value for name, value in more.items()}}, calendar()
    )


def amiss(house: Property, door: Door, url: str = URL, **more: Any) -> set[Point]:
    """Return the points that are not well."""
    findings = check_address(
        url,
        public_url=more.get("public_url", "https://maison.example"),
        check_public=more.get("check_public", lambda _: None),
        ring=door.ring,
        house=house,
        now=NOW,
    )
    assert [finding.point for finding in findings] == sorted(
        (finding.point for finding in findings), key=list(Point).index
    )
    for language in ("en", "fr"):
        assert all(shown.words for shown in show_findings(findings, language))
    return {finding.point for finding in findings if not finding.is_well}


def refuse(_url: str) -> None:
    """Say what the fetcher says of an address in the house."""
    raise FetchRefused("not_public")


@pytest.fixture(autouse=True)
def _in_a_request(samir: FlaskClient) -> Iterator[None]:
    with samir.application.test_request_context("/en/desk/"):
        yield


def test_finds_nothing_amiss_with_a_good_address(house: Property) -> None:
    assert amiss(house, Door()) == set()


@pytest.mark.parametrize(
    ("door", "point"),
    [
        (Door(without("etag")), Point.ETAG),
        (Door(again=200), Point.ETAG),
        (Door(without(content_type="text/html")), Point.TYPE),
        (Door(without(set_cookie="a=b")), Point.COOKIE),
        (Door(without("date")), Point.CLOCK),
        (Door(without(date=format_datetime(NOW - timedelta(minutes=5), usegmt=True))), Point.CLOCK),
        (Door(Answer(200, HEADERS, b"<html>Sign in</html>")), Point.CALENDAR),
        (Door(Answer(302)), Point.REDIRECT),
        (Door(Answer(403)), Point.ANSWER),
        (Door(head=Answer(405)), Point.HEAD),
        (Door(silence=NoAnswer()), Point.ANSWER),
        (Door(silence=NoAnswer(is_certificate=True)), Point.ANSWER),
    ],
)
def test_says_what_stands_in_the_way(house: Property, door: Door, point: Point) -> None:
    assert amiss(house, door) == {point}


def test_says_what_is_wrong_with_the_address_itself(house: Property) -> None:
    url = "http://maison.example/feeds/abc-def"

    found = amiss(house, Door(), url=url, public_url="", check_public=refuse)

    assert found == {Point.PUBLIC_URL, Point.HTTPS, Point.NAME, Point.PUBLIC}


def test_rings_at_its_own_door_without_counting_as_a_reader(
    samir: FlaskClient, feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"{PAGE}/{feed.id}"
    browser = samir.application.test_client()

    def ring(door: OwnDoor, url: str, *, method: str = "GET", etag: str = "") -> Answer:
        headers = {**door.mark, **({"If-None-Match": etag} if etag else {})}
        answer = browser.open(url.removeprefix("http://localhost"), method=method, headers=headers)
        told = {name.lower(): value for name, value in answer.headers.items()}
        return Answer(answer.status_code, {**told, "date": HEADERS["date"]}, answer.data)

    monkeypatch.setattr(OwnDoor, "ring", ring)

    page = samir.submit(address, {}, to=f"{address}/check").text

    assert "PUBLIC_URL is not set" in page
    assert "The calendar can be read." in page
    assert "A reader who has it already is told that nothing has changed." in page
    assert "Airbnb has not read it yet" in samir.get(address).text


def test_says_that_nobody_answers(samir: FlaskClient, feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    config = samir.application.config["HOUSE"]
    monkeypatch.setitem(samir.application.config, "HOUSE", replace(config, public_url="http://127.0.0.1:1"))
    monkeypatch.setattr(OwnDoor, "ring", Door(silence=NoAnswer()).ring)

    page = samir.submit(f"{PAGE}/{feed.id}", {}, to=f"{PAGE}/{feed.id}/check").text

    assert "Nobody answers at this address" in page


def test_lets_only_those_look_who_give_the_address_away(
    signed_in: Callable[[str], FlaskClient], feed: Feed
) -> None:
    assert signed_in("odile").submit(PAGE, {}, to=f"{PAGE}/{feed.id}/check").status_code == 403


def test_gives_its_address_under_its_public_name(
    samir: FlaskClient, house: Property, feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.add(PropertyHost(property_id=house.id, host="maison.example"))
    session.commit()
    config = samir.application.config["HOUSE"]
    monkeypatch.setitem(
        samir.application.config, "HOUSE", replace(config, public_url="http://maison.example")
    )

    page = samir.get(f"{PAGE}/{feed.id}").text

    assert 'value="http://maison.example/feeds/' in page
