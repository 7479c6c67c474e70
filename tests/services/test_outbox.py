"""The house sends every letter at least once, under one Message-ID, and shows those that it could not deliver."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.database import db, session
from app.gateways.mail import MailRefused, PostClosed, SmtpMail
from app.models import Event, Letter, LetterKind, Property
from app.services import outbox
from app.services.letters import RecipientInvalid, post_letter
from tests.post_office import (
    NOON,
    bare_app,
    build_house,
    create_tables,
    empty_database_fixture,
    open_letterbox,
    plain_mail,
    post_to,
)

SPAWN = multiprocessing.get_context("spawn")

empty_database = empty_database_fixture


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'outbox.sqlite3'}"


@pytest.fixture
def application(database_url: str) -> Iterator[Flask]:
    app = bare_app(database_url)
    with app.app_context():
        create_tables()
        yield app
        session.remove()
        db.engine.dispose()


@pytest.fixture
def maison(application: Flask) -> Property:
    return build_house()


class RecordingPost:
    """A post that takes mails, or answers with the next of `answers`."""

    def __init__(self, *answers: Exception | None) -> None:
        self.answers = list(answers)
        self.taken: list[EmailMessage] = []
        self.was_in_transaction: list[bool] = []

    def send(self, message: EmailMessage) -> None:
        self.was_in_transaction.append(session().in_transaction())
        answer = self.answers.pop(0) if self.answers else None
        if answer is not None:
            raise answer
        self.taken.append(message)


def drain(post: RecordingPost | SmtpMail, now: datetime = NOON) -> outbox.Drained:
    return outbox.drain(compose=plain_mail, post=post, now_reader=lambda: now)


def test_sends_a_letter_once(maison: Property) -> None:
    letter_id = post_to(maison, "alice@example.org").id
    post = RecordingPost()

    first, second = drain(post), drain(post)

    assert (first, second) == (outbox.Drained(sent=1), outbox.Drained())
    assert [mail["To"] for mail in post.taken] == ["alice@example.org"]
    assert session.get_one(Letter, letter_id).sent_at == NOON


def test_holds_no_transaction_while_it_talks_to_the_post(maison: Property) -> None:
    post_to(maison, "alice@example.org")
    post = RecordingPost()

    drain(post)

    assert post.was_in_transaction == [False]


def test_sends_nothing_that_was_not_committed(maison: Property) -> None:
    post_letter(
        house=maison, booking=None, kind=LetterKind.LINK, recipient="a@example.org", language="fr", now=NOON
    )
    session.rollback()

    assert drain(RecordingPost()) == outbox.Drained()


def test_waits_until_a_letter_is_due(maison: Property) -> None:
    post_to(maison, "alice@example.org", now=NOON + timedelta(hours=1))
    post = RecordingPost()

    assert drain(post, NOON + timedelta(minutes=59)) == outbox.Drained()
    assert drain(post, NOON + timedelta(minutes=60)) == outbox.Drained(sent=1)


def test_keeps_one_message_id_through_every_try(maison: Property) -> None:
    message_id = post_to(maison, "alice@example.org").message_id
    post = RecordingPost(MailRefused("451 later"))

    drain(post)
    drain(post, NOON + outbox.PAUSES[0])

    assert [mail["Message-ID"] for mail in post.taken] == [message_id]


def test_gives_up_after_eight_tries_with_growing_pauses(maison: Property) -> None:
    post_to(maison, "nobody@refused.example")
    now = NOON

    with open_letterbox() as box:
        post = SmtpMail(box.url)
        for pause in outbox.PAUSES:
            assert drain(post, now) == outbox.Drained(failed=1)
            now += pause
            assert drain(post, now - timedelta(seconds=1)) == outbox.Drained()
        assert drain(post, now) == outbox.Drained(gave_up=1)
        assert drain(post, now + timedelta(days=365)) == outbox.Drained()
        assert box.mails == []

    [undelivered] = outbox.list_undelivered(maison.id)
    assert (undelivered.recipient, undelivered.tries, undelivered.gave_up_at) == (
        "nobody@refused.example",
        8,
        now,
    )
    assert undelivered.fault == "550 5.1.1 No such mailbox"
    assert list(outbox.PAUSES) == sorted(set(outbox.PAUSES))


def test_goes_on_to_the_next_letter_when_one_is_refused(maison: Property) -> None:
    post_to(maison, "nobody@refused.example")
    post_to(maison, "alice@example.org")

    with open_letterbox() as box:
        drained = drain(SmtpMail(box.url))

    assert drained == outbox.Drained(sent=1, failed=1)
    assert [mail["To"] for mail in box.mails] == ["alice@example.org"]


def test_does_not_knock_for_every_letter_at_a_closed_door(maison: Property) -> None:
    for number in range(3):
        post_to(maison, f"guest{number}@example.org")
    post = RecordingPost(PostClosed("ConnectionRefusedError"), None, None)

    assert drain(post) == outbox.Drained(failed=1)
    assert drain(post, NOON + outbox.PAUSES[0]) == outbox.Drained(sent=3)


def test_is_not_held_up_by_a_letter_that_cannot_be_written(maison: Property) -> None:
    broken = post_to(maison, "broken@example.org").id
    post_to(maison, "alice@example.org")

    def compose(letter: Letter) -> EmailMessage:
        if letter.id == broken:
            raise KeyError("Alice's secret words")
        return plain_mail(letter)

    drained = outbox.drain(compose=compose, post=RecordingPost(), now_reader=lambda: NOON)

    assert drained == outbox.Drained(sent=1, failed=1)
    assert session.get_one(Letter, broken).fault == "KeyError"


def test_gives_up_a_letter_on_which_eight_workers_died(maison: Property) -> None:
    letter = post_to(maison, "alice@example.org")
    letter.tries, letter.leased_until = outbox.MOST_TRIES, NOON
    session.commit()
    post = RecordingPost()

    assert drain(post) == outbox.Drained(gave_up=1)
    assert post.taken == []
    assert [late.fault for late in outbox.list_undelivered(maison.id)] == ["interrupted"]


def given_up(house: Property) -> int:
    letter = post_to(house, "alcie@example.org")
    letter.tries, letter.gave_up_at = outbox.MOST_TRIES, NOON
    session.commit()
    return letter.id


def test_sends_again_to_a_corrected_address(maison: Property) -> None:
    letter_id = given_up(maison)
    post = RecordingPost()

    outbox.retry(
        property_id=maison.id, letter_id=letter_id, actor="user:1", now=NOON, recipient="alice@example.org"
    )

    assert drain(post) == outbox.Drained(sent=1)
    assert [mail["To"] for mail in post.taken] == ["alice@example.org"]
    assert outbox.list_undelivered(maison.id) == ()
    event = session.scalars(select(Event)).one()
    assert (event.verb, event.noun, event.field_names) == ("retry", "letter", ["recipient"])


def test_sets_an_undelivered_letter_aside(maison: Property) -> None:
    letter_id = given_up(maison)

    outbox.set_aside(property_id=maison.id, letter_id=letter_id, actor="user:1", now=NOON)

    assert outbox.list_undelivered(maison.id) == ()
    assert outbox.count_undelivered(maison.id) == 0
    assert drain(RecordingPost()) == outbox.Drained()


def test_shows_a_house_its_own_letters_only(maison: Property) -> None:
    other = build_house("gare", "accueil@gare.example")
    letter_id = given_up(other)

    assert outbox.list_undelivered(maison.id) == ()
    with pytest.raises(outbox.LetterNotFound):
        outbox.retry(property_id=maison.id, letter_id=letter_id, actor="user:1", now=NOON)


@pytest.mark.parametrize(
    "recipient",
    [
        "",
        "alice",
        "alice@example.org\nBcc: all@example.org",
        "a@example.org, b@example.org",
        "A <a@example.org>",
    ],
)
def test_posts_to_one_plain_address_only(maison: Property, recipient: str) -> None:
    with pytest.raises(RecipientInvalid):
        post_to(maison, recipient)
