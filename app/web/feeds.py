"""The door of the booking platforms: they read which nights of a room are closed, and nothing about anybody."""

from __future__ import annotations

import hashlib
from datetime import datetime

from flask import Blueprint, Response, abort, current_app, g, request, url_for
from sqlalchemy import select, update

from app import clock
from app.database import own_transaction, session
from app.models import Feed
from app.services import throttles, tokens
from app.services.channels import export

feeds = Blueprint("feeds", __name__)

TOKEN_PURPOSE = "feed"
FRESH_SECONDS = 300
WINDOW_MINUTES = 60


def feed_address(public_id: str, token_version: int) -> str:
    """Return the address that a channel is given: who it is for, and a mac over that, stored nowhere (decision 20)."""
    mac = tokens.link_token(_secret(), TOKEN_PURPOSE, public_id, token_version)
    return url_for("feeds.read", token=f"{public_id}-{mac}", _external=True)


@feeds.get("/feeds/<token>.ics")
def read(token: str) -> Response:
    """Serve the closed nights of one room to one channel; 404 for any token that is wrong or old (R41)."""
    now = clock.now()
    feed = _find_by_token(token)
    if feed is None:
        abort(404)
    if not throttles.allow(
        tokens.fingerprint(_secret(), "feed reads", feed.public_id),
        limit=current_app.config["HOUSE"].feed_reads_per_hour,
        window_minutes=WINDOW_MINUTES,
        now=now,
    ):
        refusal = Response("", status=429, mimetype="text/plain")
        refusal.headers["Retry-After"] = str(WINDOW_MINUTES * 60)
        return refusal
    response = _calendar(export(feed=feed, now=now))
    if request.method == "GET":
        _note_reading(feed.id, now)
    return response


def _find_by_token(token: str) -> Feed | None:
    """Find the feed of a token of this house; a wrong one takes the same time as an old one."""
    public_id, _, mac = token.partition("-")
    feed = session.scalar(select(Feed).where(Feed.property_id == g.house.id, Feed.public_id == public_id))
    version = feed.token_version if feed is not None else 0
    is_right = tokens.matches(_secret(), TOKEN_PURPOSE, public_id, version, mac)
    return feed if is_right else None


def _calendar(body: bytes) -> Response:
    response = Response(body, content_type="text/calendar; charset=utf-8")
    response.set_etag(hashlib.sha256(body).hexdigest())
    response.headers["Content-Disposition"] = 'inline; filename="calendar.ics"'
    response.headers["Cache-Control"] = f"private, max-age={FRESH_SECONDS}"
    response.headers["X-Robots-Tag"] = "noindex"
    response.make_conditional(request)
    return response


def _note_reading(feed_id: int, now: datetime) -> None:
    """Remember when the channel came, in a short transaction of its own (decision 16)."""
    with own_transaction() as connection:
        connection.execute(update(Feed).where(Feed.id == feed_id).values(served_at=now))


def _secret() -> str:
    return str(current_app.config["HOUSE"].secret_key)
