"""The house lets nobody see which price a guest chose: no address, log, mail or calendar (DIG-08, decision 15)."""

from __future__ import annotations

import logging
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.database import session
from app.models import Event, Letter
from app.web.letters import compose
from tests.web.guest.conftest import Guest, words

BETRAYING = re.compile(r"bracket|tranche|due_minor|échelon|\brung\b", re.IGNORECASE)


OF_EVERY_RECORD = frozenset(vars(logging.makeLogRecord({})))


def told_by(record: logging.LogRecord) -> str:
    """Return what we wrote into a log record: not its instants and numbers of processes, which may be any digits."""
    ours = {name: value for name, value in vars(record).items() if name not in OF_EVERY_RECORD}
    return f"{record.getMessage()} {ours}"


def test_tells_the_choice_to_no_log_and_no_mail(
    guest: Guest, stage: object, caplog: pytest.LogCaptureFixture
) -> None:
    app: Flask = stage.app  # type: ignore[attr-defined]
    with caplog.at_level(logging.DEBUG):
        booking = guest.order(name="Marguerite Quatrevingts")
    guest.client.get(guest.page_of(booking))

    logged = " ".join(told_by(record) for record in caplog.records if record.name.startswith("app"))
    for secret in ("Quatrevingts", "alice@example.org", "7200", booking.reference):
        assert secret not in logged
    events = " ".join(f"{event.verb} {event.noun} {event.field_names}" for event in session.query(Event))
    assert not BETRAYING.search(events)
    for letter in session.query(Letter):
        mail = compose(letter, app.config["HOUSE"])
        assert not BETRAYING.search(mail.as_string())
        subject = str(mail["Subject"]).replace(booking.reference, "")  # drawn: any digits may stand in it
        assert "72" not in subject


def test_never_shows_the_number_of_a_bracket(guest: Guest) -> None:
    booking = guest.hold()
    pages = [guest.look("price"), guest.look("who"), guest.look("review")]
    guest.send(booking)
    pages.append(guest.client.get(guest.page_of(booking)))

    for page in pages:
        assert not re.search(r"bracket|tranche \d|échelon", words(page), re.IGNORECASE)


@pytest.mark.parametrize(
    "page", ["", "rooms", "prices", "find", "terms", "privacy", "accessibility", "legal"]
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_reads_every_public_page_in_both_languages(client: FlaskClient, language: str, page: str) -> None:
    answer = client.get(f"/{language}/{page}")

    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    assert "ec.europa.eu/consumers/odr" not in answer.text
    assert "http://" not in answer.text.replace("http://www.w3.org", "")
    assert "https://" not in answer.text


def test_shows_the_mails_of_the_demo_and_only_there(make_app: object, house: object) -> None:
    demo: Flask = make_app(is_demo=True)  # type: ignore[operator]
    guest = Guest(demo.test_client())
    booking = guest.order()
    page = guest.client.get(guest.page_of(booking))
    link = re.search(r'href="(/en/bookings/\w+/letters/\d+)"', page.text)
    assert link

    letter = guest.client.get(link[1])

    assert f"/l/{booking.reference}/" in letter.text
    assert "Please confirm your request" in words(letter)


def test_shows_no_mail_outside_the_demo(guest: Guest) -> None:
    booking = guest.order()
    letter = session.query(Letter).filter_by(booking_id=booking.id).one()

    assert "/letters/" not in guest.client.get(guest.page_of(booking)).text
    assert guest.client.get(guest.page_of(booking, f"/letters/{letter.id}")).status_code == 404
