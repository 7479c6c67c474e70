"""The house loses no letter, however many of those who carry them are killed on the way."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import Counter
from email.message import EmailMessage
from multiprocessing.synchronize import Barrier

from sqlalchemy import func, select

from app.database import db, session
from app.gateways.mail import SmtpMail
from app.models import Letter
from app.services import outbox
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


def drain_and_die(start: Barrier, url: str, smtp_url: str, dies: str, dies_at: int) -> None:
    """Drain in a process of its own that is killed just before or just after its mail number `dies_at`."""
    sent = 0

    class DeadlyPost:
        def send(self, message: EmailMessage) -> None:
            nonlocal sent
            sent += 1
            if dies == "before" and sent == dies_at:
                os.kill(os.getpid(), signal.SIGKILL)
            SmtpMail(smtp_url).send(message)
            if dies == "after" and sent == dies_at:
                os.kill(os.getpid(), signal.SIGKILL)

    app = bare_app(url)
    start.wait(60)
    with app.app_context():
        outbox.drain(compose=plain_mail, post=DeadlyPost(), now_reader=lambda: NOON)


def test_loses_no_letter_when_workers_are_killed(empty_database: str) -> None:
    app = bare_app(empty_database)
    with app.app_context(), open_letterbox() as box:
        create_tables()
        house = build_house()
        wanted = {post_to(house, f"guest{number}@example.org").message_id for number in range(80)}
        session.remove()

        start = SPAWN.Barrier(4)
        deaths = [("before", 1), ("after", 2), ("never", 0), ("never", 0)]
        workers = [
            SPAWN.Process(target=drain_and_die, args=(start, empty_database, box.url, *death))
            for death in deaths
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(60)
        later = NOON + outbox.LEASE  # the leases of the dead are over
        outbox.drain(compose=plain_mail, post=SmtpMail(box.url), now_reader=lambda: later)

        arrived = Counter(mail["Message-ID"] for mail in box.mails)
        letters = session.scalar(select(func.count(Letter.id)).where(Letter.sent_at.is_(None)))
        session.remove()
        db.engine.dispose()

    assert sorted(worker.exitcode or 0 for worker in workers) == [-9, -9, 0, 0]
    assert set(arrived) == wanted
    assert sorted(arrived.values()) == [1] * 79 + [
        2
    ]  # the one whose worker died after sending, under its own name
    assert letters == 0
