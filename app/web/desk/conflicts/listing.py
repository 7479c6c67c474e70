"""The list of conflicts, oldest first, with the three ways to settle each; those of the last thirty days below."""

from __future__ import annotations

from flask import g, render_template
from flask_babel import gettext as _

from app.services import conflicts
from app.services.conflicts import ConflictGone, Party
from app.services.sheets import name_people
from app.services.urgent_recipients import list_recipients
from app.web.desk.conflicts.forms import OtherRoomForm, UrgentForm
from app.web.desk.conflicts.panels import Refused, full_words, panel_of, settled_words, who_words
from app.web.desk.door import Page, at_the_desk, desk, house, now, today
from app.web.desk.words import moment_words, person_words


@desk.get("/conflicts", endpoint="conflicts")
@at_the_desk
def list_conflicts() -> Page:
    """Show every night that two sides want."""
    return list_page()


def list_page(
    *, refused: Refused | None = None, said: str = "", urgent_form: UrgentForm | None = None
) -> str:
    """Print the list; `refused` is a form to be shown again, `said` what has happened meanwhile."""
    cards = conflicts.list_open(house().id)
    targets = conflicts.list_targets(
        property_id=house().id,
        sides=[side for card in cards for side in card.sides],
        today=today(),
        now=now(),
    )
    return render_template(
        "desk/conflicts.html",
        conflicts=[panel_of(card, targets, refused, today(), now()) for card in cards],
        settled=conflicts.list_settled(property_id=house().id, now=now()),
        refused=refused.form if refused else None,
        said=said,
        urgent_form=urgent_form or UrgentForm(data={"addresses": "\n".join(list_recipients(house()))}),
        full_words=full_words,
        settled_words=settled_words,
        who_words=who_words,
    )


def fresh_form(side: Party) -> OtherRoomForm:
    """Return the form that moves a side, with the rooms that are free now."""
    targets = conflicts.list_targets(property_id=house().id, sides=[side], today=today(), now=now())
    ready = [target for target in targets.get(side.claim_id, ()) if not target.unread]
    return OtherRoomForm(targets=ready, language=g.language)


def gone_words(gone: ConflictGone) -> str:
    """Say what became of a conflict that somebody wanted to settle."""
    if gone.settled_at is None or gone.settled_by is None:
        return _("This side is no part of the conflict any more. Here is what is left.")
    if gone.settled_by == "system":
        return _("This conflict is over: the nights came free by themselves.")
    people = name_people({gone.settled_by})
    return _(
        "%(person)s has settled this conflict already: %(moment)s.",
        person=person_words(gone.settled_by, people.get(gone.settled_by, "")),
        moment=moment_words(gone.settled_at),
    )
