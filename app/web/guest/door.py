"""The guests' door: one blueprint, and what every page behind it shares."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import Blueprint, current_app, g
from werkzeug.wrappers import Response

from app import clock
from app.models import Property
from config import Config
from pricing.money import Money

guest = Blueprint("guest", __name__)

Page = str | Response | tuple[str, int]

UNPROCESSABLE = 422

# What the example house asks for breakfast, an adult's and a child's; a house's own extras will have their table.
EXAMPLE_BREAKFAST = (Money.of(7), Money.of(4))


def house() -> Property:
    """Return the house of this request."""
    chosen: Property = g.house
    return chosen


def config() -> Config:
    """Return the settings of this installation."""
    settings: Config = current_app.config["HOUSE"]
    return settings


def now() -> datetime:
    """Return this instant."""
    return clock.now()


def today() -> date:
    """Return the date on the wall of the house."""
    return clock.today(house())


@guest.context_processor
def _words_of_every_page() -> dict[str, Any]:
    return {"breakfast": EXAMPLE_BREAKFAST if house().is_example else None}
