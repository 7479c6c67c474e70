"""Two grids side by side, versions or drafts; and the page that an assembly holds in its hands."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, g, render_template, request
from flask_babel import gettext as _
from wtforms import Form, SelectField

from app.services import grids
from app.services.availability import list_type_cards
from app.web.office.changes import changes_between, other_parts
from app.web.office.door import in_the_office, office
from app.web.office.drafts import room_names
from app.web.office.handout import hand_out
from app.web.office.preview import preview_of
from app.web.staff import Page, house, today
from pricing.grid import Grid

DRAFT = "draft-"


@dataclass(frozen=True, slots=True)
class Named:
    """A grid and what it is called on the page; `key` is how addresses name it."""

    key: str
    name: str
    grid: Grid


@office.get("/prices/compare")
@in_the_office
def compare() -> Page:
    """Show two grids side by side."""
    old, new = _pair()
    preview = preview_of(
        new.grid,
        beside=old.grid,
        house=house(),
        day=today(),
        language=g.language,
        name=new.name,
    )
    return render_template(
        "office/compare.html",
        choice=_choice(old, new),
        old=old,
        new=new,
        changes=changes_between(old.grid, new.grid, room_names(), g.language),
        others=other_parts(old.grid, new.grid),
        preview=preview,
    )


@office.get("/prices/hand-out")
@in_the_office
def handout() -> Page:
    """Show one page for the assembly: before and after, by household."""
    old, new = _pair()
    return render_template(
        "office/handout.html",
        old=old,
        new=new,
        sheet=hand_out(old.grid, new.grid, list_type_cards(house().id), g.language),
        changes=changes_between(old.grid, new.grid, room_names(), g.language),
        others=other_parts(old.grid, new.grid),
    )


def _pair() -> tuple[Named, Named]:
    """Return the two grids that the address names: by default the newest, and the one before it."""
    known = _known()
    newest = next(iter(known), None)
    if newest is None:
        abort(404)
    new = known.get(request.args.get("new", newest))
    older = [key for key in known if new is not None and key != new.key and not key.startswith(DRAFT)]
    old = known.get(request.args.get("old", older[0] if older else newest))
    if old is None or new is None:
        abort(404)
    return old, new


def _known() -> dict[str, Named]:
    """Return every version of the house, newest first, and then its drafts, by their keys."""
    versions = (
        Named(str(card.number), _("Grid %(number)s", number=card.number), card.grid)
        for card in grids.list_versions(house(), today=today())
    )
    drafts = (
        Named(
            f"{DRAFT}{card.id}",
            _("Draft %(number)s", number=card.id),
            Grid.read(grids.find_draft(house(), card.id).document),
        )
        for card in grids.list_drafts(house())
    )
    return {named.key: named for named in (*versions, *drafts)}


class PairForm(Form):
    """Ask which two grids to show."""

    old = SelectField()
    new = SelectField()


def _choice(old: Named, new: Named) -> PairForm:
    form = PairForm(data={"old": old.key, "new": new.key})
    form.old.label.text, form.new.label.text = _("Before"), _("After")
    form.old.choices = form.new.choices = [(named.key, named.name) for named in _known().values()]
    return form
