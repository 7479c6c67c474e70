"""What manager and treasurer see: the grids of the house and how they are governed."""

from __future__ import annotations

from tests.browser.gallery.shots import Shot, Show, at


def _shot(view: str, template: str, show: Show, variant: str = "", who: str = "Marie") -> Shot:
    return Shot(f"office.{view}", f"office/{template}.html", show, variant, who)


OFFICE = (
    _shot("prices", "prices", at("/office/prices"), who="Jeanne"),
    _shot("version", "version", at("/office/prices/1"), who="Jeanne"),
)
