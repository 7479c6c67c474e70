"""The manager says who is told at once; the letter and the short message name the room and no guest."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.database import session
from app.models import ChannelStay, Letter, LetterKind, Property
from app.services.channels.quarrels import tell_desk
from app.services.urgent_recipients import list_recipients, save_recipients
from app.web.letters import compose
from config import Config
from tests.cast import NOW
from tests.web.desk.conflicts.conftest import PAGE

CONFIG = Config(secret_key="a secret for letters and nothing else", public_url="http://localhost:8000")


@pytest.fixture
def marie(signed_in: Callable[[str], FlaskClient]) -> FlaskClient:
    """Return the manager's browser."""
    return signed_in("marie")


def written(house: Property) -> dict[str, EmailMessage]:
    """Return the mails of the letters about what came up now."""
    save_recipients(house=house, addresses=["garden@sms.test"], actor="user:1", now=NOW)
    tell_desk(house, now=NOW)
    session.commit()
    return {letter.kind: compose(letter, CONFIG) for letter in session.scalars(select(Letter))}


def test_keeps_who_is_told_at_once(marie: FlaskClient, house: Property) -> None:
    addresses = " a@sms.test \r\n\r\nb@sms.test\r\na@sms.test"
    answer = marie.submit(PAGE, {"addresses": addresses}, to=f"{PAGE}/urgent")

    assert answer.status_code == 302
    session.refresh(house)
    assert list_recipients(house) == ("a@sms.test", "b@sms.test")
    assert "a@sms.test\r\nb@sms.test" in marie.get(PAGE).text.replace("\n", "\r\n").replace("\r\r", "\r")


@pytest.mark.parametrize(
    "odd",
    ["nobody", "a@b", "a@b.test, c@d.test", "a@b.test\x0bBcc: c@d.test", "@b.test", f"{'a' * 250}@b.test"],
)
def test_refuses_what_no_letter_would_reach_and_keeps_what_was_written(
    marie: FlaskClient, house: Property, odd: str
) -> None:
    answer = marie.submit(PAGE, {"addresses": f"good@sms.test\r\n{odd}"}, to=f"{PAGE}/urgent")

    assert answer.status_code == 422
    assert 'id="addresses-error"' in answer.text
    assert "good@sms.test" in answer.text
    session.refresh(house)
    assert list_recipients(house) == ()


def test_refuses_a_list_that_is_too_long(marie: FlaskClient) -> None:
    addresses = "\n".join(f"{number}@sms.test" for number in range(11))

    assert marie.submit(PAGE, {"addresses": addresses}, to=f"{PAGE}/urgent").status_code == 422


def test_asks_the_manager_alone(samir: FlaskClient) -> None:
    assert "Who is told at once" not in samir.get(PAGE).text
    assert samir.submit("/en/desk/channels", {"addresses": ""}, to=f"{PAGE}/urgent").status_code == 403


def test_tells_room_nights_and_sides_in_a_letter_and_no_name(
    house: Property, sold: ChannelStay, conflict_id: int
) -> None:
    mail = written(house)["desk_conflict"]

    body = mail.get_body(("plain",))
    assert body is not None
    told = str(body.get_content())
    assert "La Bibliothèque" in told or "Le Terril" in told or "Le Jardin" in told
    assert "29 novembre" in told
    assert "Airbnb" in told
    assert "/fr/desk/conflicts" in told
    assert "Alice" not in told


def test_sends_a_telephone_one_sentence(house: Property, sold: ChannelStay, conflict_id: int) -> None:
    mail = written(house)[LetterKind.DESK_URGENT]

    assert mail.get_content_type() == "text/plain"
    sentence, address = str(mail.get_content()).strip().splitlines()
    assert "29 novembre" in sentence
    assert address.endswith("/fr/desk/conflicts")
    assert len(sentence) < 160
    assert "Alice" not in sentence
    assert mail["To"] == "garden@sms.test"
