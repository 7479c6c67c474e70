"""The office's door: one blueprint for manager and treasurer; what only the manager may do says so."""

from __future__ import annotations

from flask import Blueprint

from app.models import RoleName
from app.models.user import OFFICE_ROLES
from app.web.guards import staff
from app.web.staff import say_where_one_may_go

office = Blueprint("office", __name__)
office.context_processor(say_where_one_may_go)
in_the_office = staff(*OFFICE_ROLES)
by_the_manager = staff(RoleName.MANAGER)
by_the_treasurer = staff(RoleName.TREASURER)
