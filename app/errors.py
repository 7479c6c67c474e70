"""Turn what went wrong into a page that says what happened, in the guest's language, and what to do next.

The only table of its kind: a domain error is met nowhere else in the doors, unless a view can do better.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass

from flask import Flask, Response, g, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from app.database import session
from app.services.bookings import (
    HoldExpired,
    PriceIsSettled,
    TooLateToAsk,
    TooManyHolds,
    TooManyNightsAYear,
    TooManyRequests,
    TransitionRefused,
)
from app.services.channels import FeedNotFound
from app.services.folios import MoreThanPaid
from app.services.grids import DraftNotFound
from app.services.inventory import RoomNotAvailable
from app.services.platform_stays import StayIsComplete, StayNotFound
from app.services.rates import NoGrid, NoVotedTax
from app.services.tokens import LinkNotValid
from pricing.seasons import NoRateForNight


@dataclass(frozen=True, slots=True)
class Page:
    """The HTTP status and the template under templates/errors/ that answer an error."""

    status: int
    name: str


FAULT = Page(500, "fault")

DOMAIN: dict[type[Exception], Page] = {
    RoomNotAvailable: Page(409, "just_taken"),
    HoldExpired: Page(410, "hold_expired"),
    TransitionRefused: Page(409, "transition_refused"),
    PriceIsSettled: Page(409, "transition_refused"),
    MoreThanPaid: Page(409, "transition_refused"),
    TooManyHolds: Page(429, "too_many"),
    TooManyRequests: Page(429, "too_many_requests"),
    TooLateToAsk: Page(409, "please_call"),
    TooManyNightsAYear: Page(409, "let_us_talk"),
    NoRateForNight: Page(404, "no_rate"),
    NoGrid: Page(404, "no_rate"),
    NoVotedTax: Page(404, "not_open"),
    FeedNotFound: Page(404, "not_found"),
    StayNotFound: Page(404, "not_found"),
    StayIsComplete: Page(409, "transition_refused"),
    DraftNotFound: Page(404, "not_found"),
    LinkNotValid: Page(404, "link_not_valid"),
    CSRFError: Page(400, "stale_form"),
}

HTTP: dict[int, Page] = {
    400: Page(400, "bad_request"),
    403: Page(403, "forbidden"),
    404: Page(404, "not_found"),
    405: Page(405, "not_found"),
    410: Page(410, "hold_expired"),
    413: Page(413, "too_large"),
    429: Page(429, "too_many"),
}

MACHINE_DOORS = ("feeds", "webhooks")
KEPT_HEADERS = ("Allow", "Retry-After")

_log = logging.getLogger("app.errors")


def install(app: Flask) -> None:
    """Answer every error of the tables with its page, and everything else with the truth."""
    for error in DOMAIN:
        app.register_error_handler(error, _answer_domain)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, _answer_fault)


def _answer_domain(error: Exception) -> Response:
    page = next(DOMAIN[kind] for kind in type(error).__mro__ if kind in DOMAIN)
    return _print(page, error)


def _answer_http(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return make_response(error)  # a redirect of the router
    page = HTTP.get(error.code)
    if page is None:
        page = FAULT if error.code >= 500 else Page(error.code, "bad_request")
    return _print(page, error)


def _answer_fault(error: Exception) -> Response:
    incident = secrets.token_hex(4)
    _log.error("fault", exc_info=error, extra={"incident": incident})
    return _print(FAULT, error, incident)


def _print(page: Page, error: Exception, incident: str = "") -> Response:
    session.rollback()  # nothing half done is kept, and the page reads in a transaction that works
    if "house" not in g or request.blueprint in MACHINE_DOORS:
        return Response(f"{page.name.replace('_', ' ')}\n", page.status, mimetype="text/plain")
    frame = "desk/_layout.html" if request.blueprint in ("desk", "office") else "guest/_layout.html"
    body = render_template(
        f"errors/{page.name}.html",
        frame=frame,
        error=error,
        incident=incident,
        stay=getattr(error, "stay", None),
    )
    response = make_response(body, page.status)
    if isinstance(error, HTTPException):
        response.headers.extend(
            (name, value) for name, value in error.get_headers() if name in ("Allow", "Retry-After")
        )
    return response
