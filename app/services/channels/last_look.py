"""Look once more at the platforms' calendars before a room is sold, and sell whatever they answer (R9).

At most once for each feed in five minutes, failures included, whoever sells; all at once, and for a few seconds in all.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import datetime, timedelta

from sqlalchemy import not_, or_, update

from app.database import session
from app.models import Feed
from app.services.channels.imports import Answer, Fetch, ask, take_in
from app.services.channels.orders import Order, prepare
from app.services.channels.outcomes import ASKED_FOR
from app.services.channels.rhythm import Rhythm
from app.services.channels.sweep import LEASE

log = logging.getLogger(__name__)

NEWS_FOR = timedelta(minutes=5)
MOST_AT_ONCE = 8


def look_before_sale(
    *,
    property_id: int,
    room_ids: Sequence[int],
    fetch: Fetch,
    seconds: float,
    now: datetime,
    rhythm: Rhythm,
) -> int:
    """Import the feeds of these rooms whose news are old; return how many answered within so many `seconds`. Commits.

    `fetch` must give up after `seconds` by itself. Who did not answer is left to the sweep, which asks at once.
    """
    leased = _lease_old_news(property_id, room_ids, now)
    if not leased:
        return 0
    answers = _ask_all(prepare(leased, now), fetch, seconds)
    for order, answer in answers:
        try:
            take_in(order, answer, now, rhythm)
        except Exception:  # a sale must not fail because a calendar did
            session.rollback()
            log.exception("feed %s could not be imported before a sale", order.feed_id)
    _leave_to_sweep(sorted(set(leased) - {order.feed_id for order, _ in answers}), now)
    return len(answers)


def _lease_old_news(property_id: int, room_ids: Sequence[int], now: datetime) -> Sequence[int]:
    """Take the feeds that nobody has tried in five minutes; of two who ask at once, one gets each.

    A server that has told us when to come back is left alone until then (R7).
    """
    session.commit()
    is_old = or_(Feed.read_well_at.is_(None), Feed.read_well_at < now - NEWS_FOR)
    was_tried = or_(Feed.attempted_at.is_(None), Feed.attempted_at < now - NEWS_FOR)
    may_come = or_(not_(Feed.fault.contains(ASKED_FOR)), Feed.due_at <= now)
    leased = session.scalars(
        update(Feed)
        .where(
            Feed.property_id == property_id,
            Feed.room_id.in_(room_ids),
            Feed.sealed_url != "",
            Feed.is_paused.is_(False),
            is_old,
            was_tried,
            may_come,
        )
        .values(attempted_at=now, due_at=now + LEASE)
        .returning(Feed.id)
        .execution_options(synchronize_session=False)
    ).all()
    session.commit()
    return leased


def _ask_all(orders: Sequence[Order], fetch: Fetch, seconds: float) -> list[tuple[Order, Answer]]:
    """Ask every platform at the same time, and return what came in time; who is late speaks to nobody."""
    askers = ThreadPoolExecutor(max_workers=MOST_AT_ONCE, thread_name_prefix="last-look")
    asked = {askers.submit(ask, order, fetch): order for order in orders}
    in_time = wait(asked, timeout=seconds).done
    askers.shutdown(wait=False, cancel_futures=True)
    return [(order, one.result()) for one, order in asked.items() if one in in_time]


def _leave_to_sweep(feed_ids: Sequence[int], now: datetime) -> None:
    if feed_ids:
        session.execute(update(Feed).where(Feed.id.in_(feed_ids)).values(due_at=now))
        session.commit()
