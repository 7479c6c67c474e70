"""Reception writes down again who comes: what was typed is kept, what is wrong is said beside it."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.database import session
from app.models import Event, Source
from app.services import bookings
from tests.cast import NOW, TODAY
from tests.web.desk.conftest import ALICE, Make, fresh, page_of


def _form(**changes: Any) -> dict[str, Any]:
    known = {
        "name": ALICE.name,
        "email": ALICE.email,
        "telephone": ALICE.telephone,
        "message": ALICE.message,
        "arrival_time": "",
    }
    return {**known, **changes}


def test_shows_what_is_known_and_writes_what_changed(samir: FlaskClient, booked: Make) -> None:
    booking = booked()
    page = samir.get(page_of(booking, "contact")).text
    for known in (ALICE.name, ALICE.email, ALICE.telephone):
        assert f'value="{known}"' in page

    answer = samir.submit(
        page_of(booking, "contact"), _form(name="Alice Dubois", arrival_time="18:00", telephone="0699887766")
    )

    assert answer.status_code == 302
    assert (fresh(booking).guest_name, booking.arrival_time) == ("Alice Dubois", time(18))
    sheet = samir.get(page_of(booking)).text
    assert "It is written down." in sheet
    assert "changed who comes or how to reach them" in sheet
    event = session.scalars(select(Event).where(Event.verb == "change_guest")).one()
    assert event.field_names == ["arrival_time", "guest_name", "guest_telephone"]


def test_says_that_old_links_are_dead(samir: FlaskClient, booked: Make) -> None:
    booking = booked()

    samir.submit(page_of(booking, "contact"), _form(email="alice@elsewhere.example"))

    assert "Links mailed before open nothing any more" in samir.get(page_of(booking)).text
    assert fresh(booking).link_version == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"email": "alice@example"}, "email"),
        ({"email": "a@b.test\nBcc: all@b.test"}, "email"),
        ({"email": "", "telephone": ""}, "email"),
        ({"telephone": "call me"}, "telephone"),
        ({"arrival_time": "03:17"}, "arrival_time"),
        ({"message": "x" * 2001}, "message"),
    ],
)
def test_keeps_what_was_typed_beside_what_is_wrong(
    samir: FlaskClient, booked: Make, changes: dict[str, str], field: str
) -> None:
    booking = booked()

    answer = samir.submit(page_of(booking, "contact"), _form(**{"message": "Sans oreiller", **changes}))

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert ("Sans oreiller" in answer.text) == ("message" not in changes)
    assert fresh(booking).guest_message == ALICE.message


def test_keeps_an_hour_that_is_not_in_the_list(samir: FlaskClient, booked: Make) -> None:
    booking = booked()
    booking.arrival_time = time(22, 45)
    session.commit()

    answer = samir.submit(page_of(booking, "contact"), _form(arrival_time="22:45"))

    assert answer.status_code == 302
    assert "Everything stays as it was." in samir.get(page_of(booking)).text


def test_asks_no_contact_of_who_came_by_a_platform(samir: FlaskClient, booked: Make) -> None:
    booking = booked()
    booking.source = Source.CHANNEL
    session.commit()

    answer = samir.submit(page_of(booking, "contact"), _form(email="", telephone=""))

    assert answer.status_code == 302


def test_reaches_who_has_left_and_nobody_who_cancelled(
    house: Any, samir: FlaskClient, booked: Make, in_house: Make
) -> None:
    gone, cancelled = in_house(), booked()
    bookings.check_out(booking=gone, actor="user:1", today=TODAY, now=NOW, debt_reason="later")
    bookings.cancel(house=house, booking=cancelled, actor="user:1", reason="leak", now=NOW)

    assert samir.get(page_of(gone, "contact")).status_code == 200
    assert samir.get(page_of(cancelled, "contact")).status_code == 409
