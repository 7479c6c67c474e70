"""Reception answers: each step through its form, and what each refuses."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.database import session
from app.models import BookingStatus, Event, Letter, LetterKind, User
from tests.web.desk.conftest import Make, fresh, page_of


def test_confirms_a_request_under_the_name_of_who_did_it(samir: FlaskClient, asked: Make) -> None:
    booking = asked()

    answer = samir.submit(page_of(booking), {}, to=page_of(booking, "confirm"))

    assert answer.status_code == 302
    assert fresh(booking).status == BookingStatus.CONFIRMED
    actor = session.scalars(
        select(Event.actor).where(Event.noun_id == booking.id, Event.verb == "confirm")
    ).one()
    assert actor == f"user:{session.scalars(select(User.id).where(User.name == 'Samir')).one()}"
    assert "Samir: confirmed the stay" in samir.get(page_of(booking)).text


def test_declines_with_a_reason_and_tells_the_guest(samir: FlaskClient, asked: Make) -> None:
    booking = asked()

    answer = samir.submit(page_of(booking, "decline"), {"reason": "a group comes"})

    assert answer.status_code == 302
    assert fresh(booking).status == BookingStatus.DECLINED
    assert booking.ended_reason == "a group comes"
    kinds = session.scalars(select(Letter.kind).where(Letter.booking_id == booking.id)).all()
    assert LetterKind.BOOKING_DECLINED in kinds


@pytest.mark.parametrize("reason", ["", "   ", "x" * 201])
@pytest.mark.parametrize("step", ["decline", "cancel"])
def test_asks_for_a_reason_that_colleagues_can_read(
    samir: FlaskClient, asked: Make, step: str, reason: str
) -> None:
    booking = asked()

    answer = samir.submit(page_of(booking, step), {"reason": reason})

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert "<title>Error:" in answer.text
    assert fresh(booking).status == BookingStatus.REQUESTED


def test_says_what_a_cancellation_means_before_it_is_done(samir: FlaskClient, booked: Make) -> None:
    booking = booked()
    question = samir.get(page_of(booking, "cancel")).text

    samir.submit(page_of(booking, "cancel"), {"reason": "called, ill"})

    assert "The nights are free again at once" in question
    assert fresh(booking).status == BookingStatus.CANCELLED
    assert "called, ill" in samir.get(page_of(booking)).text


@pytest.mark.parametrize(
    ("method", "step"), [("post", "confirm"), ("get", "decline"), ("post", "check-in"), ("get", "check-out")]
)
def test_answers_a_step_that_comes_too_late_with_a_human_page(
    samir: FlaskClient, asked: Make, method: str, step: str
) -> None:
    booking = asked()
    samir.submit(page_of(booking, "cancel"), {"reason": "double"})

    if method == "post":
        answer = samir.submit("/en/desk/", {}, to=page_of(booking, step))
    else:
        answer = samir.get(page_of(booking, step))

    assert answer.status_code == 409
    assert "This has already changed" in answer.text
    assert fresh(booking).status == BookingStatus.CANCELLED


def test_writes_to_the_guest_again(samir: FlaskClient, booked: Make) -> None:
    booking = booked()
    before = len(session.scalars(select(Letter)).all())

    samir.submit(page_of(booking), {}, to=page_of(booking, "write"))

    letters = session.scalars(select(Letter).order_by(Letter.id)).all()
    assert len(letters) == before + 1
    assert letters[-1].kind == LetterKind.BOOKING_CONFIRMED
    assert letters[-1].recipient == booking.guest_email


def test_does_nothing_without_the_token_of_the_form(samir: FlaskClient, asked: Make) -> None:
    booking = asked()

    answer = samir.post(page_of(booking, "confirm"))

    assert answer.status_code == 400
    assert fresh(booking).status == BookingStatus.REQUESTED
