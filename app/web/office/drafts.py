"""Where the manager writes the next grid: its numbers in a form, the rest as text, and what it would do beside it."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.database import session
from app.models import GridDraft
from app.services import grids
from app.services.availability import list_type_cards
from app.services.rates import grid_of_version
from app.web.office.door import by_the_manager, in_the_office, office
from app.web.office.draft_forms import NumbersForm, TextForm, open_numbers
from app.web.office.grid_numbers import field_of, numbers_of, with_numbers
from app.web.office.preview import Preview, preview_of
from app.web.office.prices import list_page, start_form, toml_file
from app.web.staff import CONFLICT, UNPROCESSABLE, Page, actor, house, now, today
from app.web.transactions import reads
from pricing.grid import Grid, GridInvalid
from pricing.review import describe_refusal


@office.post("/prices/drafts")
@by_the_manager
def start_draft() -> Page:
    """Begin a draft with the rules of a version."""
    form = start_form(request.form)
    if not form.validate():
        return list_page(form), UNPROCESSABLE
    begun_from = grids.find_version(house(), form.version.data, today=today())
    if begun_from is None:
        abort(404)
    draft = grids.start_draft(
        house=house(),
        grid=begun_from.grid,
        reason=form.reason.data or "",
        author=current_user.name,
        actor=actor(),
        now=now(),
    )
    return redirect(url_for("office.draft", draft_id=draft.id))


@office.get("/prices/drafts/<int:draft_id>")
@in_the_office
def draft(draft_id: int) -> Page:
    """Show a draft and what it would do."""
    found = grids.find_draft(house(), draft_id)
    return _page(found, _numbers(found), _text(found))


@office.post("/prices/drafts/<int:draft_id>", endpoint="save_draft")
@by_the_manager
def save_numbers(draft_id: int) -> Page:
    """Keep the numbers that were typed."""
    found = grids.find_draft(house(), draft_id)
    form = _numbers(found, request.form)
    grid = _typed(found, form)
    if grid is None:
        return _page(found, form, _text(found)), UNPROCESSABLE
    return _save(found, form, grid.dumps(), form.reason.data or "") or (
        _page(grids.find_draft(house(), draft_id), form, _text(found), grid),
        CONFLICT,
    )


@office.post("/prices/drafts/<int:draft_id>/text", endpoint="save_draft_text")
@by_the_manager
def save_text(draft_id: int) -> Page:
    """Keep the whole document that was typed or sent."""
    found = grids.find_draft(house(), draft_id)
    form = _text(found, request.form)
    grid = _written(form)
    if grid is None:
        return _page(found, _numbers(found), form), UNPROCESSABLE
    return _save(found, form, form.text, found.reason) or (
        _page(grids.find_draft(house(), draft_id), _numbers(found), form, grid),
        CONFLICT,
    )


@office.post("/prices/drafts/<int:draft_id>/look", endpoint="look_at_draft")
@by_the_manager
@reads
def look(draft_id: int) -> Page:
    """Show what was typed without keeping it: the whole page, or only the preview for the page's own script."""
    found = grids.find_draft(house(), draft_id)
    numbers, text = _numbers(found), _text(found)
    if "document" in request.form:
        text = _text(found, request.form)
        grid = _written(text)
    else:
        numbers = _numbers(found, request.form)
        grid = _typed(found, numbers)
    if "part" in request.args:
        return render_template("office/_preview.html", preview=_preview(found, grid) if grid else None)
    return _page(found, numbers, text, grid, is_kept=False), 200 if grid else UNPROCESSABLE


@office.post("/prices/drafts/<int:draft_id>/discard", endpoint="discard_draft")
@by_the_manager
def discard(draft_id: int) -> Page:
    """Drop a draft."""
    revision = request.form.get("revision", type=int) or 0
    try:
        grids.discard_draft(house=house(), draft_id=draft_id, revision=revision, actor=actor(), now=now())
    except grids.DraftChanged:
        session.rollback()
        flash(_("Somebody has changed this draft in the meantime. Look at it before you drop it."), "error")
        return redirect(url_for("office.draft", draft_id=draft_id))
    flash(_("The draft is dropped. No price has changed."), "success")
    return redirect(url_for("office.prices"))


@office.get("/prices/drafts/<int:draft_id>/grid.toml")
@in_the_office
def draft_text(draft_id: int) -> Page:
    """Give the document of a draft as a file."""
    return toml_file(grids.find_draft(house(), draft_id).document, f"draft-{draft_id}")


def room_names() -> dict[str, str]:
    """Return the names of the house's types of room by their code."""
    return {card.code: card.name(g.language) for card in list_type_cards(house().id)}


def _numbers(found: GridDraft, typed: Any = None) -> NumbersForm:
    grid = Grid.read(found.document)
    values = {**numbers_of(grid), "reason": found.reason, "revision": found.revision}
    return open_numbers(grid, g.language, room_names(), values, typed)


def _text(found: GridDraft, typed: Any = None) -> TextForm:
    form = TextForm(typed, data={"document": found.document, "revision": found.revision})
    sent = request.files.get("file") if typed else None
    if sent is not None and sent.filename:
        form.document.data = sent.read().decode("utf-8", errors="replace")
    return form


def _typed(found: GridDraft, form: NumbersForm) -> Grid | None:
    """Return the draft's grid with the numbers of the form; None when the form says what is wrong with them."""
    if not form.validate():
        return None
    grid = Grid.read(found.document)
    try:
        return Grid.read(with_numbers(grid, form).dumps())
    except GridInvalid as refusal:
        name = field_of(grid, refusal.path)
        if name is not None and name in form:
            form[name].errors = [describe_refusal(refusal, g.language)]
        else:
            form.form_errors.append(describe_refusal(refusal, g.language))
        return None


def _written(form: TextForm) -> Grid | None:
    """Return the grid of the text; None when the form says why it is none."""
    if not form.validate():
        return None
    try:
        return Grid.read(form.text)
    except GridInvalid as refusal:
        form.document.errors = [describe_refusal(refusal, g.language)]
        if refusal.code == "not_toml":
            form.document.errors[0] += f" {refusal.message}"
        return None


def _save(found: GridDraft, form: NumbersForm | TextForm, document: str, reason: str) -> Page | None:
    """Keep a text; None when somebody else was quicker, which the form then says."""
    draft_id = found.id
    try:
        grids.save_draft(
            house=house(),
            draft_id=draft_id,
            revision=form.revision.data or 0,
            document=document,
            reason=reason,
            actor=actor(),
            now=now(),
        )
    except grids.DraftChanged:
        session.rollback()
        form.revision.data, form.revision.raw_data = grids.find_draft(house(), draft_id).revision, None
        form.form_errors.append(
            _("Somebody has changed this draft in the meantime. Press again to put yours in place of theirs.")
        )
        return None
    flash(_("The draft is kept. No price has changed."), "success")
    return redirect(url_for("office.draft", draft_id=draft_id))


def _page(
    found: GridDraft, numbers: NumbersForm, text: TextForm, grid: Grid | None = None, *, is_kept: bool = True
) -> str:
    is_wrong = bool(numbers.errors or text.errors)
    shown = grid or (None if is_wrong else Grid.read(found.document))
    return render_template(
        "office/draft.html",
        draft=found,
        base=grid_of_version(found.base_version_id).grid.version,
        form=text if text.errors else numbers,
        numbers=numbers,
        text=text,
        preview=_preview(found, shown) if shown else None,
        is_kept=is_kept,
    )


def _preview(found: GridDraft, grid: Grid) -> Preview:
    return preview_of(
        grid,
        beside=grid_of_version(found.base_version_id).grid,
        house=house(),
        day=today(),
        language=g.language,
        name=_("This draft"),
    )
