"""Serve the house as wsgi.py does, on the day of the cast: whenever a race is run, its nights lie ahead."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from app import clock, create_app
from tests.cast import NOW

_opened = time.monotonic()


def cast_now() -> datetime:
    """Return the moment of the cast, and as much later as the server has been open."""
    return NOW + timedelta(seconds=time.monotonic() - _opened)


clock.now = cast_now
app = create_app()
