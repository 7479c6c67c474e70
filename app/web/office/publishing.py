"""Where the manager publishes a draft: the day, the vote, one clear confirmation."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import IntegerField, StringField
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import HiddenInput

from app.database import session
from app.models import GridDraft
from app.services import grids
from app.services.grids import Publication, PublicationRefused
from app.services.rates import current_grid
from app.web.filters import date_long
from app.web.guest.forms.fields import DayField
from app.web.office.changes import changes_between, other_parts
from app.web.office.door import by_the_manager, office
from app.web.office.draft_forms import RevisionForm
from app.web.office.drafts import room_names
from app.web.staff import CONFLICT, UNPROCESSABLE, Page, actor, house, now, today
from pricing.grid import Grid
from pricing.review import describe_refusal

LONGEST_VOTE = 120


def _stripped(text: str | None) -> str:
    return (text or "").strip()


class PublishForm(RevisionForm):
    """Ask from which day the grid holds, and which vote adopted it; `number` is the one that was announced."""

    number = IntegerField(widget=HiddenInput())
    effective_from = DayField(_l("In force from"), [InputRequired(_l("From which day does it hold?"))])
    vote_reference = StringField(
        _l("Vote that adopted it"),
        [
            DataRequired(_l("Say which vote adopted it, for example “assembly of 12 March 2027”.")),
            Length(max=LONGEST_VOTE, message=_l("A few words are enough: 120 characters at most.")),
        ],
        filters=[_stripped],
        render_kw={"maxlength": str(LONGEST_VOTE), "autocomplete": "off"},
    )

    def publication(self, author: str) -> Publication:
        """Return what a valid form asks for."""
        day = self.effective_from.data
        if day is None:
            raise ValueError("a form that is not valid publishes nothing")
        return Publication(self.number.data or 0, day, author, self.vote_reference.data or "")


@office.get("/prices/drafts/<int:draft_id>/publish")
@by_the_manager
def publish(draft_id: int) -> Page:
    """Ask for the day and the vote, and say what publishing means."""
    found = grids.find_draft(house(), draft_id)
    return _page(found, PublishForm(data=_announced(found)))


@office.post("/prices/drafts/<int:draft_id>/publish", endpoint="publish_now")
@by_the_manager
def publish_now(draft_id: int) -> Page:
    """Publish the draft, once."""
    form = PublishForm(request.form)
    if not form.validate():
        return _page(grids.find_draft(house(), draft_id), form), UNPROCESSABLE
    try:
        version = grids.publish(
            house=house(),
            draft_id=draft_id,
            revision=form.revision.data or 0,
            publication=form.publication(current_user.name),
            actor=actor(),
            today=today(),
            now=now(),
        )
    except (PublicationRefused, grids.DraftChanged) as refusal:
        session.rollback()
        return _refused(grids.find_draft(house(), draft_id), form, refusal), CONFLICT
    flash(
        _(
            "Grid %(number)s is published. It holds from %(day)s; whatever is booked until then keeps its price.",
            number=version.number,
            day=date_long(version.effective_from, g.language),
        ),
        "success",
    )
    return redirect(url_for("office.version", number=version.number))


def _refused(found: GridDraft, form: PublishForm, refusal: Exception) -> str:
    """Say beside the field, or above the form, why the draft was not published; announce the number anew."""
    words = _words(refusal)
    if isinstance(refusal, (grids.EffectiveTooEarly, grids.OutsideItsCalendar)):
        form.effective_from.errors = words
    else:
        form.form_errors.extend(words)
    announced = _announced(found)
    for name in ("number", "revision"):
        form[name].data, form[name].raw_data = announced[name], None
    return _page(found, form)


def _words(refusal: Exception) -> list[str]:
    if isinstance(refusal, grids.PromisesBroken):
        return [describe_refusal(fault, g.language) for fault in refusal.refusals]
    return [_sentence(refusal)]


def _sentence(refusal: Exception) -> str:
    if isinstance(refusal, grids.EffectiveTooEarly):
        day = date_long(refusal.earliest, g.language)
        return _("The earliest day is %(day)s: a grid never reaches back.", day=day)
    if isinstance(refusal, grids.OutsideItsCalendar):
        first, last = (date_long(day, g.language) for day in (refusal.first_night, refusal.horizon))
        return _("This grid has prices from %(first)s to %(last)s.", first=first, last=last)
    if isinstance(refusal, grids.RoomTypesUnpriced):
        names = ", ".join(room_names().get(code, code) for code in refusal.names)
        return _("This grid has no price for rooms that the house sells: %(rooms)s.", rooms=names)
    if isinstance(refusal, grids.OtherCurrency):
        return _("This grid is written in another currency than the house sells in.")
    if isinstance(refusal, grids.NumberTaken):
        return _("Another grid was published in the meantime. Compare yours with it, then press again.")
    return _("Somebody has changed this draft in the meantime. Look at it again before you publish it.")


def _announced(found: GridDraft) -> dict[str, Any]:
    return {
        "revision": found.revision,
        "number": grids.next_number(house()),
        "effective_from": _first_of_a_month(grids.earliest_day(house(), today())),
    }


def _first_of_a_month(day: date) -> date:
    """Return the day if a month begins with it, else the first of the next month: people remember these."""
    if day.day == 1:
        return day
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _page(found: GridDraft, form: PublishForm) -> str:
    grid, in_force = Grid.read(found.document), current_grid(house(), today()).grid
    return render_template(
        "office/publish.html",
        draft=found,
        form=form,
        number=grids.next_number(house()),
        earliest=grids.earliest_day(house(), today()),
        changes=changes_between(in_force, grid, room_names(), g.language),
        others=other_parts(in_force, grid),
        in_force=in_force.version,
    )
