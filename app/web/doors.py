"""Open the doors: which blueprint stands under which address."""

from __future__ import annotations

import logging
from importlib import import_module
from importlib.util import find_spec

from flask import Blueprint, Flask

from app.web.csrf import protection
from app.web.language import UNDER_A_LANGUAGE

DOORS = {
    "guest": UNDER_A_LANGUAGE,
    "desk": f"{UNDER_A_LANGUAGE}/desk",
    "office": f"{UNDER_A_LANGUAGE}/office",
    "links": None,
    "feeds": None,
    "webhooks": None,
}


def open_doors(app: Flask) -> None:
    """Register every door that has been built."""
    for name, address in DOORS.items():
        if find_spec(f"app.web.{name}") is None:
            continue
        try:
            door: Blueprint = getattr(import_module(f"app.web.{name}"), name)
        except (ImportError, AttributeError) as unfinished:
            logging.getLogger(__name__).error("the door %s is not finished: %s", name, unfinished)
            continue
        app.register_blueprint(door, url_prefix=door.url_prefix or address)
        if name == "webhooks":
            protection.exempt(door)
