"""Who is told at once of a night sold twice, beside the house's own address: the manager's to say."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from app.models import RoleName
from app.services.urgent_recipients import save_recipients
from app.web.desk.conflicts.forms import UrgentForm
from app.web.desk.conflicts.listing import list_page
from app.web.desk.door import UNPROCESSABLE, Page, actor, desk, house, now
from app.web.guards import staff


@desk.post("/conflicts/urgent", endpoint="urgent_news")
@staff(RoleName.MANAGER)
def save() -> Page:
    """Keep other addresses."""
    form = UrgentForm(request.form)
    if not form.validate():
        return list_page(urgent_form=form), UNPROCESSABLE
    save_recipients(house=house(), addresses=form.list_addresses(), actor=actor(), now=now())
    flash(_("Noted: they are told at once."), "success")
    return redirect(url_for("desk.conflicts"))
