"""Decide before the first query whether a request reads or writes (decision 16).

GET reads and POST writes, unless the view says otherwise; what a view has not committed is undone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, current_app, request

from app.database import mark_reading, session

READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
MARK = "is_reading_view"

View = TypeVar("View", bound=Callable[..., Any])


def writes(view: View) -> View:
    """Mark a view that writes although it answers a GET: mailed links, the way back from a payment."""
    setattr(view, MARK, False)
    return view


def reads(view: View) -> View:
    """Mark a view that only reads although it answers a POST."""
    setattr(view, MARK, True)
    return view


def reads_when(condition: Callable[[], bool]) -> Callable[[View], View]:
    """Mark a view that only reads while a condition holds; it is asked before the first query, and asks none itself."""

    def mark(view: View) -> View:
        setattr(view, MARK, condition)
        return view

    return mark


def install(app: Flask) -> None:
    """Mark every request at its start; let go of its transaction before the staff session is saved."""
    app.before_request(_mark)
    app.after_request(_let_go)
    app.teardown_request(lambda _error: mark_reading(False))


def _mark() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    mark = getattr(view, MARK, request.method in READING_METHODS)
    mark_reading(mark() if callable(mark) else mark)


def _let_go(response: Response) -> Response:
    # Registered first, so it runs last: on SQLite the session's own connection could not write otherwise.
    session.rollback()
    return response
