"""Where two sides want one night: who they are, and what a person did about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.models import ClaimKind
from app.services import conflicts, inventory
from app.services.conflicts import ConflictCard, Party
from app.web.desk.channel_forms import SettleForm
from app.web.desk.door import UNPROCESSABLE, Page, actor, at_the_desk, desk, house, now
from app.web.desk.words import BLOCK_REASONS, CHANNELS
from app.web.filters import date_short
from calendars.export import merge
from pricing.stay import Stay


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a conflict in words; a booking can be opened by its reference, a block among the rooms closed."""

    words: str
    stay: Stay
    reference: str
    is_block: bool


@dataclass(frozen=True, slots=True)
class ConflictPanel:
    """What a template prints of a conflict."""

    id: int
    room_name: str
    nights: str
    opened_at: datetime
    wanted_by: Side
    had_by: tuple[Side, ...]
    form: SettleForm


@desk.get("/conflicts", endpoint="conflicts")
@at_the_desk
def list_conflicts() -> Page:
    """Show every night that two sides want."""
    return _page()


@desk.post("/conflicts/<int:conflict_id>", endpoint="settle_conflict")
@at_the_desk
def settle(conflict_id: int) -> Page:
    """Note how a conflict was settled."""
    form = SettleForm(request.form)
    if not form.validate():
        return _page(conflict_id, form), UNPROCESSABLE
    is_settled = inventory.settle_conflict(
        property_id=house().id, conflict_id=conflict_id, actor=actor(), note=form.note.data or "", now=now()
    )
    if not is_settled:
        abort(404)
    flash(_("Noted. Thank you."), "success")
    return redirect(url_for("desk.conflicts"))


def _page(refused_id: int = 0, refused: SettleForm | None = None) -> str:
    panels = [
        _panel(card, refused if refused is not None and card.id == refused_id else SettleForm())
        for card in conflicts.list_open(house().id)
    ]
    return render_template("desk/conflicts.html", conflicts=panels)


def _panel(card: ConflictCard, form: SettleForm) -> ConflictPanel:
    form.note.id = f"note-{card.id}"  # several such fields stand on one page
    form.note.label.field_id = form.note.id
    return ConflictPanel(
        id=card.id,
        room_name=card.room_name,
        nights=_nights_words(card.missing),
        opened_at=card.opened_at,
        wanted_by=_side(card.wanted_by),
        had_by=tuple(_side(party) for party in card.had_by),
        form=form,
    )


def _side(party: Party) -> Side:
    return Side(
        words=_party_words(party),
        stay=Stay(party.arrival, party.departure),
        reference=party.reference,
        is_block=party.kind == ClaimKind.BLOCK,
    )


def _party_words(party: Party) -> str:
    match party.kind:
        case ClaimKind.BOOKED_ROOM:
            return party.guest_name or party.reference
        case ClaimKind.CHANNEL_STAY:
            return str(CHANNELS.get(party.channel, party.channel))
        case _:
            return _("a block (%(reason)s)", reason=BLOCK_REASONS.get(party.reason, party.reason))


def _nights_words(nights: tuple[date, ...]) -> str:
    """Say which nights: each night, or the first and the last of a row of them."""
    day = timedelta(days=1)
    rows = merge((night, night + day) for night in nights)
    return ", ".join(_row_words(first, end - day) for first, end in rows)


def _row_words(first: date, last: date) -> str:
    begin, finish = date_short(first, g.language), date_short(last, g.language)
    if first == last:
        return _("night of %(day)s", day=begin)
    return _("nights from %(first)s to %(last)s", first=begin, last=finish)
