"""The day: arrivals, departures, who is here, and everything that waits for a person."""

from __future__ import annotations

from flask import render_template

from app.services.today import read_today
from app.web.desk.door import Page, at_the_desk, desk, house, now, today


@desk.get("/", endpoint="today")
@at_the_desk
def show_day() -> Page:
    """Show the day of the house."""
    return render_template("desk/today.html", day=read_today(property_id=house().id, today=today(), now=now()))
