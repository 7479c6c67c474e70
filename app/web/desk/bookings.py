"""Find bookings and open one: the search box, the lists by kind, the sheet."""

from __future__ import annotations

from flask import render_template, request
from flask_login import current_user

from app.models import RoleName
from app.services import booking_search, conflicts
from app.services.booking_search import Kind
from app.services.sheets import SELDOM, Action, read_sheet
from app.web.desk.door import Page, at_the_desk, booking_or_404, desk, house, now, today
from app.web.desk.words import person_words

FOR_MANAGERS = {Action.UNDO_CHECK_OUT}
LONGEST_SEARCH = 100
MOST_PAGES = 1000


@desk.get("/bookings")
@at_the_desk
def bookings() -> Page:
    """Show what answers to the search box, or the bookings of a kind."""
    text = "".join(mark for mark in request.args.get("q", "") if mark.isprintable()).strip()[:LONGEST_SEARCH]
    kind = _kind()
    page = min(max(request.args.get("page", 1, type=int), 1), MOST_PAGES)
    if text:
        found = booking_search.search(property_id=house().id, text=text, today=today(), page=page)
    else:
        found = booking_search.list_by_kind(property_id=house().id, kind=kind, today=today(), page=page)
    return render_template("desk/bookings.html", found=found, text=text, kind=kind)


@desk.get("/bookings/<reference>")
@at_the_desk
def booking(reference: str) -> Page:
    """Show the sheet of a booking."""
    found = booking_or_404(reference)
    sheet = read_sheet(booking=found, today=today(), now=now())
    return render_template(
        "desk/booking.html",
        sheet=sheet,
        card=sheet.card,
        today=today(),
        Action=Action,
        changes=sheet.actions & (SELDOM if is_manager() else SELDOM - FOR_MANAGERS),
        person=person_words,
        is_at_odds=conflicts.is_open_for(
            property_id=house().id, claim_ids=[room.claim_id for room in found.rooms]
        ),
    )


def is_manager() -> bool:
    """Tell whether a manager is signed in."""
    return bool(current_user.has_role(RoleName.MANAGER))


def _kind() -> Kind:
    try:
        return Kind(request.args.get("kind", Kind.COMING))
    except ValueError:
        return Kind.COMING
