"""A post office for tests: a real mail server on loopback, and a house with nothing but a name and an outbox."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from pathlib import Path
from typing import cast

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask
from sqlalchemy import create_engine, make_url, text

from app.database import Base, db, install_transactions, session
from app.models import Letter, LetterKind, Property
from app.services.letters import post_letter

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass
class Letterbox:
    """What arrived; addresses at `refused.example` are turned away by the server."""

    mails: list[EmailMessage] = field(default_factory=list)
    port: int = 0

    async def handle_RCPT(  # noqa: N802 (the name that aiosmtpd calls)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address.endswith("@refused.example"):
            return "550 5.1.1 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        parsed: Message = message_from_bytes(cast(bytes, envelope.content), policy=default)
        self.mails.append(cast(EmailMessage, parsed))
        return "250 Taken"

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"


@contextmanager
def open_letterbox() -> Iterator[Letterbox]:
    """Listen on a free port of loopback until the block ends."""
    box = Letterbox(port=free_port())
    controller = Controller(box, hostname="127.0.0.1", port=box.port, enable_SMTPUTF8=True)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def free_port() -> int:
    """Return a port of loopback on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def bare_app(url: str) -> Flask:
    """Return an application with the database and nothing else: what a worker process needs."""
    app = Flask("outbox")
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    db.init_app(app)
    with app.app_context():
        install_transactions(db.engine)
    return app


@pytest.fixture(name="empty_database")
def empty_database_fixture(tmp_path: Path) -> Iterator[str]:
    """Yield the address of a database of its own, without tables, that several processes can open."""
    server_url = os.environ.get("TEST_DATABASE_URL")
    if not server_url:
        yield f"sqlite:///{tmp_path / 'shared.sqlite3'}"
        return
    server = create_engine(server_url, isolation_level="AUTOCOMMIT")
    name = f"outbox_{secrets.token_hex(6)}"
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(server_url).set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


def build_house(code: str = "ingenieur", email: str = "accueil@maison.example") -> Property:
    """Add a house to the database and commit it."""
    house = Property(
        code=code,
        name="La Maison d'Ingénieur",
        timezone="Europe/Paris",
        currency="EUR",
        languages=["fr", "en"],
        telephone="+33 3 21 00 00 00",
        email=email,
        address="1 rue de l'Exemple\n62300 Lens",
        check_in_from=time(15),
        check_in_until=time(20),
        check_out_until=time(11),
        created_at=NOON,
    )
    session.add(house)
    session.commit()
    return house


def post_to(house: Property, recipient: str, *, now: datetime = NOON) -> Letter:
    """Post a letter that needs no booking, and commit it."""
    letter = post_letter(
        house=house, booking=None, kind=LetterKind.DESK_CONFLICT, recipient=recipient, language="fr", now=now
    )
    session.commit()
    return letter


def plain_mail(letter: Letter) -> EmailMessage:
    """Compose a letter without templates: what the outbox does with it is what is tested."""
    mail = EmailMessage()
    mail["From"] = "accueil@maison.example"
    mail["To"] = letter.recipient
    mail["Subject"] = f"Lettre {letter.id}"
    mail["Message-ID"] = letter.message_id
    mail["Date"] = letter.created_at
    mail.set_content("Bonjour")
    return mail


def create_tables() -> None:
    """Create every table in the database of the current application."""
    Base.metadata.create_all(db.engine)
