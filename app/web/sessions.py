"""Hold the session of a request: a signed cookie for guests, a row on the server for staff (decision 20).

Somebody who signs in gets a new random ticket; the cookie carries the ticket alone, the row its digest.
"""

from __future__ import annotations

import json
import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Any

from flask import Flask, Request, Response, request
from flask.json.tag import TaggedJSONSerializer
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature

from app import clock
from app.services import staff_sessions

USER_KEY = "_user_id"
TICKET_MARK = "ticket:"
TICKET_BYTES = 32
SEEN_EVERY = timedelta(minutes=1)
SAME_FOR_EVERYBODY = frozenset({"static", "feeds.read"})

_tagged = TaggedJSONSerializer()


class HouseSession(SecureCookieSession):
    """A session that remembers under which ticket it was opened, and for whom."""

    ticket: str | None = None
    stored: staff_sessions.StoredSession | None = None


class HouseSessions(SecureCookieSessionInterface):
    """Open and save the session of every request."""

    session_class = HouseSession

    def open_session(self, app: Flask, request: Request) -> HouseSession:
        """Read the cookie; whatever is not ours, or over, is an empty session."""
        cookie = request.cookies.get(cookie_name(app, request), "")
        if cookie.startswith(TICKET_MARK):
            return _open_ticket(cookie.removeprefix(TICKET_MARK))
        serializer = self.get_signing_serializer(app)
        if not cookie or serializer is None:
            return HouseSession()
        try:
            return HouseSession(serializer.loads(cookie))
        except BadSignature:
            return HouseSession()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write the session where it belongs, and end the one that somebody has left."""
        if not isinstance(session, HouseSession):
            raise TypeError("a session of this house is a HouseSession")
        if session.accessed and request.endpoint not in SAME_FOR_EVERYBODY:
            response.vary.add("Cookie")
        user_key = session.get(USER_KEY)
        if session.ticket and (session.stored is None or session.stored.user_key != user_key):
            staff_sessions.end(_digest(session.ticket))
            session.ticket = None
            if user_key is None:
                session.clear()  # who logs out leaves nothing behind
        if user_key is None:
            self._save_cookie(app, session, response)
        elif session.ticket is None:
            self._begin(app, session, response, str(user_key))
        else:
            _keep(session)

    def _begin(self, app: Flask, session: HouseSession, response: Response, user_key: str) -> None:
        session.pop("csrf_token", None)  # a token that somebody else may have planted before
        ticket = secrets.token_urlsafe(TICKET_BYTES)
        staff_sessions.begin(digest=_digest(ticket), user_key=user_key, data=_plain(session), now=clock.now())
        self._set(app, response, TICKET_MARK + ticket)

    def _save_cookie(self, app: Flask, session: HouseSession, response: Response) -> None:
        if not session.modified:
            return
        serializer = self.get_signing_serializer(app)
        if session and serializer is not None:
            self._set(app, response, str(serializer.dumps(dict(session))))
        else:
            response.delete_cookie(
                cookie_name(app, request), secure=is_secure(app, request), httponly=True, samesite="Lax"
            )

    def _set(self, app: Flask, response: Response, value: str) -> None:
        response.set_cookie(
            cookie_name(app, request), value, secure=is_secure(app, request), httponly=True, samesite="Lax"
        )
        response.vary.add("Cookie")


def is_secure(app: Flask, request: Request) -> bool:
    """Tell whether browsers reach this house over https."""
    return request.is_secure or str(app.config["HOUSE"].public_url).startswith("https://")


def cookie_name(app: Flask, request: Request) -> str:
    """Return the cookie's name; over https its prefix forbids other hosts and plain http to set it."""
    return "__Host-session" if is_secure(app, request) else "session"


def _open_ticket(ticket: str) -> HouseSession:
    stored = staff_sessions.find(_digest(ticket), now=clock.now())
    if stored is None:
        ended = HouseSession()
        ended.modified = True  # so that the useless cookie is taken away
        return ended
    session = HouseSession(_tagged.loads(json.dumps(stored.data)))
    session.ticket, session.stored = ticket, stored
    return session


def _keep(session: HouseSession) -> None:
    now = clock.now()
    is_due = session.stored is None or now - session.stored.seen_at >= SEEN_EVERY
    if session.ticket and (session.modified or is_due):
        staff_sessions.keep(digest=_digest(session.ticket), data=_plain(session), now=now)


def _plain(session: HouseSession) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(_tagged.dumps(dict(session)))
    return plain


def _digest(ticket: str) -> str:
    return sha256(ticket.encode()).hexdigest()
