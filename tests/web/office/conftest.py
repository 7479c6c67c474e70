"""The office on the day of the cast: the clock stands still, Marie governs, Jeanne reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
import time_machine
from flask.testing import FlaskClient

from app.database import session
from app.models import Property
from app.services import grids
from pricing.grid import example_house
from tests.cast import NOW


@pytest.fixture(autouse=True)
def _still() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def marie(signed_in: Callable[[str], FlaskClient]) -> FlaskClient:
    """Return the browser of the manager."""
    return signed_in("marie")


@pytest.fixture
def draft_page(house: Property) -> str:
    """Return the address of a draft that says what the grid in force says."""
    draft = grids.start_draft(
        house=house, grid=example_house(), reason="heating", author="Marie", actor="user:1", now=NOW
    )
    draft_id = draft.id
    session.commit()
    return f"/en/office/prices/drafts/{draft_id}"


def typed(page: str) -> dict[str, str]:
    """Return what the fields of the numbers' form hold, as a browser would send them."""
    form = page.split('data-look="')[1].split("</form>", maxsplit=1)[0]
    fields = re.findall(r'<input(?: checked)? [^>]*name="([^"]+)"[^>]*value="([^"]*)"', form)
    chosen = re.findall(r'<select[^>]*name="([^"]+)".*?<option selected value="([^"]*)"', form, re.DOTALL)
    return {name: value for name, value in (*fields, *chosen) if name not in {"caps_at_cost", "csrf_token"}}
