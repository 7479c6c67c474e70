"""The guests' door: one blueprint, and what every page behind it shares."""

from __future__ import annotations

from datetime import date, datetime

from flask import Blueprint, current_app, g
from werkzeug.wrappers import Response

from app import clock
from app.models import Property
from config import Config

guest = Blueprint("guest", __name__)

Page = str | Response | tuple[str, int]

UNPROCESSABLE = 422


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
