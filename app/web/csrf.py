"""Refuse a form that another site sent in somebody's name: a token in every form, and what the browser says."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, request
from flask_wtf.csrf import CSRFError, CSRFProtect

from app.web.transactions import READING_METHODS

OWN_SITES = frozenset({"same-origin", "none"})

protection = CSRFProtect()


def install(app: Flask) -> None:
    """Check every request that may change something; a webhook's blueprint is exempted by its door."""
    app.before_request(_refuse_other_sites)
    protection.init_app(app)


def _refuse_other_sites() -> None:
    if request.method in READING_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site is not None and site not in OWN_SITES:
        raise CSRFError("This form was sent from another site.")
    if site is None and origin is not None and urlsplit(origin).netloc != request.host:
        raise CSRFError("This form was sent from another site.")
