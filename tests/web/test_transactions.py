"""The house decides before the first query whether a request writes (decision 16)."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from app.database import OwnTransactionTooLate, db, own_transaction, session
from app.models import Property

FORM = "/fr/probe/form"


def test_writes_when_a_form_is_sent(probe: FlaskClient, house: Property) -> None:
    assert probe.submit(FORM, {}, to="/fr/probe/write").text == "written"

    assert house.name == "Renamed"


def test_writes_when_a_marked_link_is_opened(probe: FlaskClient, house: Property) -> None:
    assert probe.get("/fr/probe/link").text == "written"

    assert house.name == "Renamed"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_writes_nothing_from_a_view_that_reads(probe: FlaskClient, house: Property, method: str) -> None:
    if method == "GET":
        answer = probe.get("/fr/probe/write")
    else:
        answer = probe.submit(FORM, {}, to="/fr/probe/look")

    assert answer.status_code == 500
    assert house.name == "La Maison d'Ingénieur"


def test_writes_unless_the_view_only_reads_this_time(probe: FlaskClient, house: Property) -> None:
    assert probe.submit(FORM, {}, to="/fr/probe/perhaps?look=1").status_code == 500
    assert house.name == "La Maison d'Ingénieur"

    assert probe.submit(FORM, {}, to="/fr/probe/perhaps").text == "written"
    assert house.name == "Renamed"


def test_keeps_nothing_that_was_not_committed(probe: FlaskClient, house: Property) -> None:
    assert probe.submit(FORM, {}, to="/fr/probe/forget").text == "left"

    assert house.name == "La Maison d'Ingénieur"


def test_leaves_no_mark_behind_a_request(probe: FlaskClient, house: Property) -> None:
    probe.get(FORM)
    house.name = "Still ours to write"
    session.commit()

    assert house.name == "Still ours to write"


def test_says_at_once_that_a_count_comes_too_late(house: Property) -> None:
    if db.engine.dialect.name != "sqlite":  # only SQLite has one pen
        return
    house.name = "Written and not committed"
    session.flush()

    with pytest.raises(OwnTransactionTooLate), own_transaction():
        pass
