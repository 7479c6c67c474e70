"""The grids of the house: the one in force, those to come, and every older one, for ever."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.services import grids
from app.services.availability import list_type_cards
from app.web.drawings.portrait import bracket_words, plot_curve, price_tables
from app.web.drawings.season_calendar import year_sheet
from app.web.office.door import in_the_office, office
from app.web.office.draft_forms import StartForm
from app.web.staff import Page, house, today
from pricing.explain import explain_rule
from pricing.grid import Grid

TOML = "application/toml; charset=utf-8"


@office.get("/")
@in_the_office
def home() -> Page:
    """Lead to the first place of the office."""
    return redirect(url_for("office.prices"))


@office.get("/prices")
@in_the_office
def prices() -> Page:
    """Show the versions of the grid, the newest first, and the drafts of the next one."""
    return list_page(start_form())


@office.get("/prices/<int:number>")
@in_the_office
def version(number: int) -> Page:
    """Show one version: its rule in words, what it asks, and how it was voted."""
    found = grids.find_version(house(), number, today=today())
    if found is None:
        abort(404)
    year = request.args.get("year", type=int) or max(today(), found.effective_from).year
    return render_template(
        "office/version.html",
        version=found,
        rule=explain_rule(found.grid, g.language),
        curve=plot_curve(found.grid, g.language),
        brackets=bracket_words(found.grid, g.language),
        tables=price_tables(found.grid, list_type_cards(house().id), g.language),
        sheet=year_sheet(found.grid, _year_within(found.grid, year), g.language),
    )


@office.get("/prices/<int:number>/grid.toml")
@in_the_office
def version_text(number: int) -> Page:
    """Give the document of a version as a file, byte for byte as its digest was taken."""
    found = grids.find_version(house(), number, today=today())
    if found is None:
        abort(404)
    return toml_file(found.grid.text, f"grid-{number}")


def toml_file(document: str, name: str) -> Response:
    """Return a document as a file to keep."""
    answer = Response(document, content_type=TOML)
    answer.headers["Content-Disposition"] = f'attachment; filename="{house().code}-{name}.toml"'
    return answer


def start_form(typed: Any = None) -> StartForm:
    """Open the form that begins a draft, with the version in force or the next one to come."""
    versions = grids.list_versions(house(), today=today())
    ahead = (card.number for card in versions if card.standing != grids.Standing.PAST)
    form = StartForm(typed, data={"version": next(ahead, None)})
    form.version.choices = [(card.number, _("Grid %(number)s", number=card.number)) for card in versions]
    return form


def list_page(form: StartForm) -> str:
    """Print the list of versions and drafts; `form` begins another draft."""
    return render_template(
        "office/prices.html",
        versions=grids.list_versions(house(), today=today()),
        drafts=grids.list_drafts(house()),
        form=form,
    )


def _year_within(grid: Grid, year: int) -> int:
    return min(max(year, grid.calendar.first_night.year), grid.horizon.year)
