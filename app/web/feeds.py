"""The door of the booking platforms: they read which nights of a room are closed, and nothing about anybody."""

from __future__ import annotations

import hmac
import math
from datetime import datetime

from flask import Blueprint, Response, abort, current_app, g, request, url_for
from sqlalchemy import bindparam, select
from sqlalchemy.orm import load_only

from app import clock
from app.database import session
from app.models import Feed
from app.services import tokens
from app.services.channels import export, readings
from app.services.channels.readings import Answered, Visit
from app.web.feed_answers import calendar_answer, status_for
from app.web.letters.links import origin_of
from app.web.network import neighbourhood_of

feeds = Blueprint("feeds", __name__)

# Each reading asks this, for no more than it needs: it is written once.
FEED_OF_A_TOKEN = (
    select(Feed)
    .where(Feed.property_id == bindparam("property_id"), Feed.public_id == bindparam("public_id"))
    .options(
        load_only(
            Feed.property_id,
            Feed.room_id,
            Feed.public_id,
            Feed.token_version,
            Feed.old_token_until,
            Feed.is_timed,
            Feed.body_digest,
            Feed.changed_at,
            raiseload=True,
        )
    )
)

TOKEN_PURPOSE = "feed"
CHECK_PURPOSE = "feed check"
CHECK_HEADER = "X-Own-Check"


def feed_address(public_id: str, token_version: int) -> str:
    """Return the address that a channel is given: who it is for, and a mac over that, stored nowhere (decision 20).

    It stands under the public name of the house, whatever name the desk is called by; without PUBLIC_URL under that.
    """
    mac = tokens.link_token(_secret(), TOKEN_PURPOSE, public_id, token_version)
    return _origin() + url_for("feeds.read", token=f"{public_id}-{mac}")


def own_check_mark(public_id: str, token_version: int) -> dict[str, str]:
    """Return the header by which we know ourselves at our own door: no reading of a channel is written down."""
    return {CHECK_HEADER: tokens.link_token(_secret(), CHECK_PURPOSE, public_id, token_version)}


@feeds.get("/feeds/<token>.ics")
def read(token: str) -> Response:
    """Serve the closed nights of one room to one channel; 404 for any token that is wrong or old (R41)."""
    now = clock.now()
    feed = _find_by_token(token, now)
    if feed is None:
        abort(404)
    if _is_own_check(feed):
        return _answer_ourselves(feed, now)
    visit = Visit(
        at=now,
        today=clock.today(g.house),
        network=neighbourhood_of(request.remote_addr or ""),
        user_agent=request.headers.get("User-Agent", ""),
        is_reading=request.method == "GET",
    )
    limit = current_app.config["HOUSE"].feed_reads_per_hour
    wait = readings.find_wait(feed.id, limit=limit, now=now)
    if wait is not None:
        readings.note_refusal(feed, visit)
        seconds = str(math.ceil(wait.total_seconds()))
        return Response("", status=readings.TOO_MANY, mimetype="text/plain", headers={"Retry-After": seconds})
    calendar = export(feed=feed, now=now)
    digest = readings.digest_of(calendar)
    answered = readings.answer(
        feed, calendar, visit, decide=lambda changed_at: status_for(digest, changed_at, now)
    )
    return calendar_answer(calendar.body, digest, answered)


def _find_by_token(token: str, now: datetime) -> Feed | None:
    """Find the feed of a token of this house; a wrong one takes the same time as an old one.

    The token before the present one is answered until the host's overlap is over.
    """
    public_id, _, mac = token.partition("-")
    feed = session.scalar(FEED_OF_A_TOKEN, {"property_id": g.house.id, "public_id": public_id})
    version = feed.token_version if feed is not None else 1
    is_present = tokens.matches(_secret(), TOKEN_PURPOSE, public_id, version, mac)
    is_former = tokens.matches(_secret(), TOKEN_PURPOSE, public_id, version - 1, mac)
    if feed is None:
        return None
    is_overlap = feed.old_token_until is not None and now < feed.old_token_until
    return feed if is_present or (is_former and is_overlap) else None


def _is_own_check(feed: Feed) -> bool:
    ours = own_check_mark(feed.public_id, feed.token_version)[CHECK_HEADER]
    told = request.headers.get(CHECK_HEADER, "")
    return hmac.compare_digest(ours.encode(), told.encode("utf-8", "replace"))


def _answer_ourselves(feed: Feed, now: datetime) -> Response:
    calendar = export(feed=feed, now=now)
    digest = readings.digest_of(calendar)
    changed_at = readings.date_change(feed.body_digest, feed.changed_at, digest, now)
    answered = Answered(status_for(digest, changed_at, now), changed_at)
    return calendar_answer(calendar.body, digest, answered)


def _origin() -> str:
    """Return scheme and host of our addresses, looked up once for each request."""
    if "feed_origin" not in g:
        config = current_app.config["HOUSE"]
        g.feed_origin = (
            "://".join(origin_of(g.house, config)) if config.public_url else request.host_url.rstrip("/")
        )
    return str(g.feed_origin)


def _secret() -> str:
    return str(current_app.config["HOUSE"].secret_key)
