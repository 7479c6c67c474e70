"""The list of rooms for those who make the beds: no names, readable on a telephone (PMS-07)."""

from __future__ import annotations

from flask import render_template

from app.models import RoleName
from app.models.user import DESK_ROLES
from app.services.room_list import list_room_tasks
from app.web.desk.door import Page, desk, house, today
from app.web.guards import staff


@desk.get("/rooms")
@staff(*DESK_ROLES, RoleName.HOUSEKEEPER)
def rooms() -> Page:
    """Show what each room needs today."""
    tasks = list_room_tasks(property_id=house().id, today=today())
    return render_template("desk/rooms.html", tasks=tasks, day=today())
