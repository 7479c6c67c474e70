"""Serve the house as wsgi.py does, on the day of the cast, with a door that breaks and pages that say their names.

Several processes share the day: HOUSE_OPENED_AT is the real instant at which it began for all of them.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask import Flask, Response, abort, g, request, template_rendered
from jinja2 import Template

from app import clock, create_app
from app.services.bookings import TooLateToAsk, TooManyNightsAYear, TooManyRequests
from app.services.inventory import RoomNotAvailable
from app.services.rates import NoVotedTax
from app.web.language import UNDER_A_LANGUAGE
from pricing.seasons import NoRateForNight
from pricing.stay import Stay
from tests.cast import NOW

OPENED_AT = datetime.fromisoformat(os.environ["HOUSE_OPENED_AT"])


def shared_now() -> datetime:
    """Return the moment of the cast, and as much later as the house has been open."""
    return NOW + (datetime.now(UTC) - OPENED_AT)


def break_down(name: str) -> str:
    """Meet an error that no visitor can bring about at will."""
    if name.isdigit():
        abort(int(name))
    raise ERRORS[name]


ERRORS: dict[str, Exception] = {
    "no_rate": NoRateForNight(date(2031, 1, 1), date(2025, 9, 1), date(2028, 8, 31)),
    "not_open": NoVotedTax("maison"),
    "please_call": TooLateToAsk(),
    "let_us_talk": TooManyNightsAYear(90),
    "too_many_requests": TooManyRequests(),
    "just_taken": RoomNotAvailable(Stay(NOW.date(), NOW.date() + timedelta(days=2))),
    "fault": ZeroDivisionError("asked for by a test"),
}


def remember_template(_app: Flask, template: Template, **_words: Any) -> None:
    """Note which template a page is printed from; the last one is the page, those before are parts of a mail."""
    g.printed = template.name


def sign(response: Response) -> Response:
    """Say on the envelope which view answered and what it printed."""
    response.headers["X-Endpoint"] = request.endpoint or ""
    response.headers["X-Template"] = g.get("printed") or ""
    return response


clock.now = shared_now
app = create_app()
app.add_url_rule(f"{UNDER_A_LANGUAGE}/broken/<name>", "broken", break_down)
template_rendered.connect(remember_template, app)
app.after_request(sign)
