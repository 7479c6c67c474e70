"""Another house for a guest: chosen by a person, told plainly, and printed in the guest's language."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.database import session
from app.models import Booking, BookingStatus, ChannelStay, Letter, PaymentMethod, RoomNight
from app.services import bookings, folios
from pricing.money import Money
from tests.cast import NOW
from tests.sold_twice import the_conflict
from tests.web.desk.conflicts.conftest import PAGE
from tests.web.desk.conftest import Make, fresh

FORM = {
    "name": "Hôtel de la Gare",
    "address": "1 place de la Gare\r\n62300 Lens",
    "telephone": "03 21 00 00 01",
    "way": "Bus 7 <b>",
    "pays_difference": "y",
    "pays_transport": "y",
}


def elsewhere(conflict_id: int, claim_id: int | None) -> str:
    return f"{PAGE}/{conflict_id}/elsewhere/{claim_id}"


def test_cancels_a_direct_booking_and_prints_the_letter_in_the_guests_language(
    samir: FlaskClient, alice: Booking, conflict_id: int
) -> None:
    page = elsewhere(conflict_id, alice.rooms[0].claim_id)
    assert "no fee" in samir.get(page).text

    answer = samir.submit(page, FORM)

    assert answer.status_code == 302
    assert fresh(alice).status == BookingStatus.CANCELLED
    assert "booking_cancelled" in {letter.kind for letter in session.scalars(select(Letter))}
    letter = samir.get(answer.location).text
    assert '<article class="paper" lang="fr">' in letter
    for words in (
        "Alice Delattre",
        "Hôtel de la Gare",
        "62300 Lens",
        "03 21 00 00 01",
        "Bus 7 &lt;b&gt;",
        alice.reference,
    ):
        assert words in letter
    assert "Print the letter" in letter


def test_writes_the_letter_in_the_other_language_too(
    samir: FlaskClient, alice: Booking, conflict_id: int
) -> None:
    samir.submit(elsewhere(conflict_id, alice.rooms[0].claim_id), FORM)

    letter = samir.get(f"{PAGE}/{conflict_id}/letter?in=en").text

    assert '<article class="paper" lang="en">' in letter
    assert "our house pays the difference" in letter
    assert "Our house pays your way there too." in letter
    assert "cancelled without any fee" in letter
    assert 'lang="fr"' in samir.get(f"{PAGE}/{conflict_id}/letter?in=xx").text


def test_promises_nothing_that_was_not_said(samir: FlaskClient, alice: Booking, conflict_id: int) -> None:
    form = {name: words for name, words in FORM.items() if not name.startswith("pays") and name != "way"}
    samir.submit(elsewhere(conflict_id, alice.rooms[0].claim_id), form)

    letter = samir.get(f"{PAGE}/{conflict_id}/letter?in=en").text

    assert "Our house pays" not in letter
    assert "pays the difference" not in letter
    assert "How to get there" not in letter


def test_says_what_to_do_on_the_platform(samir: FlaskClient, sold: ChannelStay, conflict_id: int) -> None:
    page = elsewhere(conflict_id, sold.claim_id)
    assert "cannot be cancelled from here" in samir.get(page).text

    letter = samir.get(samir.submit(page, FORM).location + "?in=en").text

    assert "Now cancel the stay on Airbnb." in letter
    assert 'Dear <span class="tick__line"></span>,' in letter
    assert session.get_one(ChannelStay, sold.id).ended_at is None
    assert the_conflict().resolution == "relocated"
    assert session.scalars(select(RoomNight.night).where(RoomNight.claim_id == sold.claim_id)).all() == []


def test_says_that_money_has_to_be_given_back(samir: FlaskClient, alice: Booking, conflict_id: int) -> None:
    folios.take_payment_at_desk(
        booking=alice, method=PaymentMethod.CASH, amount=Money(2000), actor="user:1", now=NOW
    )
    page = elsewhere(conflict_id, alice.rooms[0].claim_id)
    assert "has to be given back" in samir.get(page).text

    letter = samir.get(samir.submit(page, FORM).location).text

    assert f"/desk/bookings/{alice.reference}/payment" in letter


@pytest.mark.parametrize("field", ["name", "address", "telephone"])
@pytest.mark.parametrize("words", ["", "  ", "x" * 501])
def test_asks_for_a_house_that_can_be_found_and_keeps_what_was_written(
    samir: FlaskClient, alice: Booking, conflict_id: int, field: str, words: str
) -> None:
    answer = samir.submit(elsewhere(conflict_id, alice.rooms[0].claim_id), {**FORM, field: words})

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert "Bus 7" in answer.text
    assert fresh(alice).status == BookingStatus.CONFIRMED


def test_sends_nobody_away_who_has_moved_in(samir: FlaskClient, alice: Booking, conflict_id: int) -> None:
    page = elsewhere(conflict_id, alice.rooms[0].claim_id)
    bookings.check_in(booking=alice, actor="user:1", today=alice.arrival, now=NOW)

    answer = samir.get(page)

    assert answer.status_code == 409
    assert "has ended, or has begun" in answer.text


def test_tells_the_second_volunteer_that_the_first_has_found_a_house(
    samir: FlaskClient, alice: Booking, sold: ChannelStay, conflict_id: int
) -> None:
    samir.submit(elsewhere(conflict_id, alice.rooms[0].claim_id), FORM)

    answer = samir.submit(
        PAGE.replace("conflicts", "channels"), FORM, to=elsewhere(conflict_id, sold.claim_id)
    )

    assert answer.status_code == 409
    assert "Samir has settled this conflict already" in answer.text


def test_says_how_many_rooms_go(samir: FlaskClient, booked: Make, conflict_id: int, alice: Booking) -> None:
    assert "all of them are cancelled" not in samir.get(elsewhere(conflict_id, alice.rooms[0].claim_id)).text
