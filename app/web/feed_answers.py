"""Say a calendar over HTTP: whether the reader has these very bytes already, and if not, as small as it can read them.

A tag names one form of the bytes, so the compressed one has a tag of its own; either of them proves that the reader
knows the calendar. A date proves it only where it can be true (R43).
"""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

from flask import Response, request
from werkzeug.http import http_date

from app.services.channels.readings import Answered

OK, NOT_MODIFIED = 200, 304
GZIP = "gzip"
# A night that is sold must stand in the very next answer (R47), and what a channel knows of us is judged by what it
# has read: nobody in between may answer for us, not for a minute. Being asked costs a 304.
FRESHNESS = "private, max-age=0, must-revalidate"


def status_for(digest: str, changed_at: datetime, now: datetime) -> int:
    """Return 304 for a reader that has proved to know the calendar, else 200. If-None-Match wins over any date."""
    if "If-None-Match" in request.headers:
        is_known = any(request.if_none_match.contains_weak(tag) for tag in _tags(digest))
    else:
        since = _true_date(request.headers.get("If-Modified-Since", ""))
        is_known = since is not None and changed_at <= since <= now
    return NOT_MODIFIED if is_known else OK


def calendar_answer(body: bytes, digest: str, answered: Answered) -> Response:
    """Return a calendar, or the sentence that it is still the same, under headers that make it a private file."""
    is_small = request.accept_encodings.best_match((GZIP, "identity"), "identity") == GZIP
    plain, small = _tags(digest)
    response = Response(status=answered.status)
    if answered.status == OK:
        response.data = gzip.compress(body, mtime=0) if is_small else body
        response.content_type = "text/calendar; charset=utf-8"
        response.headers["Content-Disposition"] = 'inline; filename="calendar.ics"'
        if is_small:
            response.content_encoding = GZIP
    else:
        del response.headers["Content-Type"]
        is_small = request.if_none_match.contains_weak(small) and not request.if_none_match.contains_weak(
            plain
        )
    response.set_etag(small if is_small else plain)
    response.last_modified = answered.changed_at
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = FRESHNESS
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _tags(digest: str) -> tuple[str, str]:
    """Return the tags of the plain and of the compressed bytes."""
    return digest, f"{digest}-{GZIP}"


def _true_date(text: str) -> datetime | None:
    """Return the instant of a date as HTTP writes it, to the letter; None for anything else.

    >>> _true_date("Sun, 22 Nov 2026 12:00:00 GMT").isoformat()
    '2026-11-22T12:00:00+00:00'
    >>> _true_date("Mon, 22 Nov 2026 12:00:00 GMT")  # it was a Sunday
    """
    try:
        found = datetime.strptime(text, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)
    except ValueError:
        return None
    return found if http_date(found) == text else None
