"""Keep what the processor tells by webhook, answer at once, apply later: a notice only says where to look."""

from __future__ import annotations

import logging
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app.database import session
from app.gateways.payments import CardGateway, Notification, PaymentRefused, PaymentUnclear
from app.models import PaymentAttempt, ProcessorNotice
from app.services.payments.applying import apply
from app.services.payments.following import follow
from app.services.payments.processor import Processor, Reading, read_intent, read_session

log = logging.getLogger(__name__)

ABOUT_A_PAGE = "checkout.session."
MOST_OF_A_SWEEP = 100
MOST_UNANSWERED = 3


def keep(*, notification: Notification, gateway: CardGateway, now: datetime) -> bool:
    """Store a verified notification under its event id, once; tell whether it was new. Commits.

    One of the other mode (test or live) is none of ours and is not kept.
    """
    if notification.is_live != gateway.is_live:
        log.warning("a notice of the other mode was left aside: %s", notification.event_id)
        return False
    is_page = notification.type.startswith(ABOUT_A_PAGE)
    named = notification.object_id if is_page else notification.intent_id or notification.object_id
    session.add(
        ProcessorNotice(
            event_id=notification.event_id, type=notification.type, object_id=named, received_at=now
        )
    )
    try:
        session.commit()
    except IntegrityError:  # told again, as the processor says it may
        session.rollback()
        return False
    return True


def apply_notices(*, processor: Processor, now: datetime) -> int:
    """Read what the notices name and apply it, each object once; return how many objects. Commits each by itself.

    The payment is found by its own metadata: a notice may come before our own word of the page was stored.
    """
    named = session.execute(
        select(ProcessorNotice.type, ProcessorNotice.object_id)
        .where(ProcessorNotice.applied_at.is_(None))
        .order_by(ProcessorNotice.received_at)
        .limit(MOST_OF_A_SWEEP)
    ).all()
    session.commit()
    objects = {object_id: kind.startswith(ABOUT_A_PAGE) for kind, object_id in named}
    unanswered = 0
    for object_id, is_page in objects.items():
        unanswered += not _attend(processor, object_id, is_page, now)
        if unanswered >= MOST_UNANSWERED:
            break
    return len(objects)


def _attend(processor: Processor, object_id: str, is_page: bool, now: datetime) -> bool:
    """Look at one object; tell whether the processor answered."""
    read = read_session if is_page else read_intent
    try:
        _apply(processor, read(processor.gateway, object_id), now)
    except PaymentUnclear as unclear:
        log.warning("a notice waits, %s could not be read: %s", object_id, unclear)
        return False
    except PaymentRefused as refusal:
        log.info("a notice names nothing of ours, %s: %s", object_id, refusal.code)
    except Exception:  # one odd notice must not keep the others waiting; the re-check finds its payment
        session.rollback()
        log.exception("a notice about %s could not be applied", object_id)
    _mark_applied(object_id, now)
    return True


def _apply(processor: Processor, reading: Reading, now: datetime) -> None:
    public_id = reading.snapshot.metadata.get("attempt", "")
    attempt_id = session.scalar(select(PaymentAttempt.id).where(PaymentAttempt.public_id == public_id))
    session.commit()
    if attempt_id is None:
        log.info("a notice is about a payment that is not ours")
        return
    apply(processor=processor, attempt_id=attempt_id, reading=reading, now=now)
    follow(processor=processor, attempt_id=attempt_id, now=now)


def _mark_applied(object_id: str, now: datetime) -> None:
    session.execute(
        update(ProcessorNotice)
        .where(
            ProcessorNotice.object_id == object_id,
            ProcessorNotice.applied_at.is_(None),
            ProcessorNotice.received_at <= now,
        )
        .values(applied_at=now)
    )
    session.commit()
