"""The day: arrivals, departures, who is here, and everything that waits for a person."""

from __future__ import annotations

from flask import g, redirect, render_template, url_for
from flask_login import current_user

from app.models import RoleName
from app.models.user import DESK_ROLES
from app.services import fund
from app.services.channels import SUSPICIONS
from app.services.today import read_today
from app.web.desk.door import Page, desk, house, now, today
from app.web.guards import staff


@desk.get("/", endpoint="today")
@staff(*DESK_ROLES, RoleName.HOUSEKEEPER, RoleName.TREASURER)
def show_day() -> Page:
    """Show the day of the house; others are led to their own place: the rooms, or the office."""
    if not any(current_user.has_role(role) for role in DESK_ROLES):
        is_treasurer = current_user.has_role(RoleName.TREASURER)
        return redirect(url_for("office.home" if is_treasurer else "desk.rooms"))
    day = read_today(property_id=house().id, today=today(), now=now())
    alert = fund.alert(house()) if current_user.has_role(RoleName.MANAGER) else None
    return render_template(
        "desk/today.html",
        day=day,
        fund_alert=alert.sentence(g.language) if alert else "",
        suspicions=SUSPICIONS,
    )
