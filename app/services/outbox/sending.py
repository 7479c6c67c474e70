"""Send what is due: at least once each, always under the same Message-ID (decision 17).

A worker takes a letter by a lease that is committed before the post is called, and marks it sent afterwards. A worker
that dies in between leaves a lease that runs out; somebody else then sends the letter again. No transaction is open
while the post is called.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Literal

from sqlalchemy import or_, select, update

from app.database import reading, session
from app.gateways.mail import MailRefused, Post, PostClosed
from app.models import Letter

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
MOST_LETTERS_OF_A_SWEEP = 200
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720))
MOST_TRIES = len(PAUSES) + 1
LONGEST_FAULT = 200

Outcome = Literal["sent", "failed", "gave_up"]


@dataclass(frozen=True, slots=True)
class Drained:
    """What one sweep did: letters sent, to be tried again, given up."""

    sent: int = 0
    failed: int = 0
    gave_up: int = 0

    def __bool__(self) -> bool:
        return bool(self.sent or self.failed or self.gave_up)


@dataclass(frozen=True, slots=True)
class Lease:
    """One worker's right to send a letter until an instant; `tries` counts this one."""

    letter_id: int
    tries: int
    until: datetime

    @property
    def is_the_last(self) -> bool:
        """Tell whether no try is left after this one."""
        return self.tries >= MOST_TRIES


def drain(
    *, compose: Callable[[Letter], EmailMessage], post: Post, now_reader: Callable[[], datetime]
) -> Drained:
    """Send every letter that is due, one lease at a time, until none is left or the post does not answer.

    `now_reader` reads the clock, because a sweep lasts: each lease and mark carries its own instant.
    """
    tally: Counter[str] = Counter()
    for _ in range(MOST_LETTERS_OF_A_SWEEP):
        lease = _lease_next(now_reader())
        if lease is None:
            break
        try:
            tally[_send(lease, compose, post, now_reader)] += 1
        except PostClosed as error:  # every other letter would wait for the same closed door
            tally[_put_back(lease, str(error), now_reader())] += 1
            break
    return Drained(**tally)


def _lease_next(now: datetime) -> Lease | None:
    """Take the letter that has waited longest, and count the try; committed before anything else happens."""
    until = now + LEASE
    waits_longest = (
        select(Letter.id)
        .where(
            Letter.sent_at.is_(None),
            Letter.gave_up_at.is_(None),
            Letter.due_at <= now,
            or_(Letter.leased_until.is_(None), Letter.leased_until <= now),
        )
        .order_by(Letter.due_at, Letter.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    taken = session.execute(
        update(Letter)
        .where(Letter.id == waits_longest)
        .values(leased_until=until, tries=Letter.tries + 1)
        .returning(Letter.id, Letter.tries)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    session.commit()
    return None if taken is None else Lease(taken.id, taken.tries, until)


def _send(
    lease: Lease, compose: Callable[[Letter], EmailMessage], post: Post, now_reader: Callable[[], datetime]
) -> Outcome:
    if lease.tries > MOST_TRIES:  # eight workers died on it
        return _put_back(lease, "interrupted", now_reader())
    try:
        post.send(_composed(lease, compose))
    except PostClosed:
        raise
    except MailRefused as error:
        return _put_back(lease, str(error), now_reader())
    except Exception as error:  # a letter that cannot be written must not keep back the others
        log.exception("letter %s could not be composed", lease.letter_id)
        return _put_back(lease, type(error).__name__, now_reader())  # its text could hold a guest's words
    return _mark_sent(lease, now_reader())


def _composed(lease: Lease, compose: Callable[[Letter], EmailMessage]) -> EmailMessage:
    """Write the mail, and let go of the database before the post is called."""
    with reading():
        try:
            return compose(session.get_one(Letter, lease.letter_id))
        finally:
            session.rollback()


def _mark_sent(lease: Lease, now: datetime) -> Outcome:
    session.execute(
        update(Letter)
        .where(Letter.id == lease.letter_id, Letter.sent_at.is_(None))
        .values(sent_at=now, leased_until=None, gave_up_at=None, fault="")
        .execution_options(synchronize_session=False)
    )
    session.commit()
    return "sent"


def _put_back(lease: Lease, fault: str, now: datetime) -> Outcome:
    """Put the letter back for later, or give it up; leave it alone if another worker has it meanwhile."""
    later = {"gave_up_at": now} if lease.is_the_last else {"due_at": now + PAUSES[lease.tries - 1]}
    session.execute(
        update(Letter)
        .where(Letter.id == lease.letter_id, Letter.leased_until == lease.until, Letter.sent_at.is_(None))
        .values(leased_until=None, tries=min(lease.tries, MOST_TRIES), fault=fault[:LONGEST_FAULT], **later)
        .execution_options(synchronize_session=False)
    )
    session.commit()
    return "gave_up" if lease.is_the_last else "failed"
