"""The grids of the house: the one in force, those to come, and every older one, for ever."""

from __future__ import annotations

from flask import abort, g, redirect, render_template, url_for

from app.services import grids
from app.web.office.door import in_the_office, office
from app.web.staff import Page, house, today
from pricing.explain import explain_rule


@office.get("/")
@in_the_office
def home() -> Page:
    """Lead to the first place of the office."""
    return redirect(url_for("office.prices"))


@office.get("/prices")
@in_the_office
def prices() -> Page:
    """Show the versions of the grid, the newest first."""
    return render_template("office/prices.html", versions=grids.list_versions(house(), today=today()))


@office.get("/prices/<int:number>")
@in_the_office
def version(number: int) -> Page:
    """Show one version: its rule in words, what it asks, and how it was voted."""
    found = grids.find_version(house(), number, today=today())
    if found is None:
        abort(404)
    return render_template("office/version.html", version=found, rule=explain_rule(found.grid, g.language))
