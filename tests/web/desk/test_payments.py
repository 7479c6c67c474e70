"""Money at the counter: taken, undone, and the only page that says sums."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.database import session
from app.models import Booking, BookingStatus, Folio, FolioLine, PaymentMethod, Property
from app.services import bookings, folios
from pricing.money import Money
from tests.cast import NOW
from tests.web.desk.conftest import Make, fresh, page_of


def _payments(booking_id: int) -> list[tuple[str, int]]:
    return [
        (line.code, line.amount_minor)
        for line in session.scalars(
            select(FolioLine)
            .join(Folio, Folio.id == FolioLine.folio_id)
            .where(Folio.booking_id == booking_id, FolioLine.kind == "payment")
            .order_by(FolioLine.id)
        )
    ]


@pytest.mark.parametrize("method", ["cash", "cheque", "holiday_voucher"])
@pytest.mark.parametrize(("typed", "minor"), [("20", 2000), ("34,88", 3488), ("34.88 €", 3488)])
def test_takes_what_reception_may_take(
    samir: FlaskClient, booked: Make, method: str, typed: str, minor: int
) -> None:
    booking = booked()

    answer = samir.submit(page_of(booking, "payment"), {"method": method, "amount": typed, "note": ""})

    assert answer.status_code == 302
    assert _payments(booking.id) == [(method, -minor)]


@pytest.mark.parametrize("typed", ["", "0", "-5", "1e3", "12.345", "forty", "٣٤"])
def test_shows_beside_the_field_what_is_no_amount(samir: FlaskClient, booked: Make, typed: str) -> None:
    booking = booked()

    answer = samir.submit(page_of(booking, "payment"), {"method": "cash", "amount": typed, "note": "slip 7"})

    assert answer.status_code == 422
    assert 'id="amount-error"' in answer.text
    assert 'value="slip 7"' in answer.text
    assert _payments(booking.id) == []


@pytest.mark.parametrize("method", ["card", "gold", ""])
def test_takes_no_card_at_the_counter(samir: FlaskClient, booked: Make, method: str) -> None:
    booking = booked()

    answer = samir.submit(page_of(booking, "payment"), {"method": method, "amount": "20", "note": ""})

    assert answer.status_code == 422
    assert _payments(booking.id) == []


def test_proposes_what_is_still_to_pay_and_says_when_it_is_settled(samir: FlaskClient, booked: Make) -> None:
    booking = booked()
    due = folios.balance(booking)
    assert f'value="{due.decimal:f}"'.replace(".00", "") in samir.get(page_of(booking, "payment")).text

    samir.submit(page_of(booking, "payment"), {"method": "cash", "amount": str(due.decimal), "note": ""})

    assert "Settled" in samir.get(page_of(booking, "payment")).text
    assert "settled" in samir.get(page_of(booking)).text


@pytest.mark.parametrize("more", [1, 5000])
def test_takes_no_more_than_is_left_to_pay(samir: FlaskClient, booked: Make, more: int) -> None:
    booking = booked()
    due = folios.balance(booking)
    typed = str((due + Money(more)).decimal)

    answer = samir.submit(page_of(booking, "payment"), {"method": "cash", "amount": typed, "note": ""})

    assert answer.status_code == 422
    assert "more than is left to pay" in answer.text
    assert f'value="{typed}"' in answer.text
    assert _payments(booking.id) == []


def test_takes_a_payment_once_when_the_button_is_pressed_twice(samir: FlaskClient, booked: Make) -> None:
    booking = booked()
    form = {"method": "cash", "amount": str(folios.balance(booking).decimal), "note": ""}
    page = page_of(booking, "payment")

    answers = [samir.submit(page_of(booking), form, to=page).status_code for _ in range(2)]

    assert answers == [302, 422]
    assert len(_payments(booking.id)) == 1
    assert "Take a payment" not in samir.get(page).text


def test_undoes_a_slip_by_its_opposite(samir: FlaskClient, booked: Make) -> None:
    booking = booked()
    samir.submit(page_of(booking, "payment"), {"method": "cash", "amount": "50", "note": ""})
    line = session.scalars(select(FolioLine).where(FolioLine.code == "cash")).one()
    reverse = page_of(booking, f"payment/{line.id}/reverse")
    assert samir.submit(reverse, {"reason": ""}).status_code == 422

    samir.submit(reverse, {"reason": "typed a zero too many"})

    assert _payments(booking.id) == [("cash", -5000), ("cash", 5000)]
    assert "typed a zero too many" in samir.get(page_of(booking, "payment")).text
    assert samir.get(reverse).status_code == 404  # once is enough


@pytest.fixture
def owed(house: Property, booked: Make) -> Booking:
    """Return a booking paid in cash and by voucher, and cancelled by the house."""
    booking = booked()
    for method in (PaymentMethod.CASH, PaymentMethod.HOLIDAY_VOUCHER):
        folios.take_payment_at_desk(
            booking=booking, method=method, amount=Money.of("20"), actor="user:1", now=NOW
        )
    bookings.cancel(house=house, booking=booking, actor="user:1", reason="leak", now=NOW)
    return booking


def test_gives_money_back_as_it_was_paid(samir: FlaskClient, owed: Booking) -> None:
    page = samir.get(page_of(owed, "payment")).text
    assert "Give money back" in page
    assert 'value="20"' in page
    assert 'value="holiday_voucher"' not in page
    assert "Take a payment" not in page

    give = page_of(owed, "payment/give-back")
    samir.submit(page_of(owed, "payment"), {"method": "cash", "amount": "15,50", "note": "to her"}, to=give)

    assert _payments(owed.id) == [("cash", -2000), ("holiday_voucher", -2000), ("cash", 1550)]
    after = samir.get(page_of(owed, "payment")).text
    assert "Cash, given back" in after
    assert "to her" in after
    assert "gave money back at the desk" in samir.get(page_of(owed)).text


@pytest.mark.parametrize(
    ("method", "amount", "field"),
    [
        ("cash", "20.01", "amount"),
        ("cash", "0", "amount"),
        ("cash", "", "amount"),
        ("cash", "forty", "amount"),
        ("cheque", "5", "method"),
        ("card", "5", "method"),
        ("", "5", "method"),
    ],
)
def test_says_beside_the_field_what_cannot_go_back(
    samir: FlaskClient, owed: Booking, method: str, amount: str, field: str
) -> None:
    give = page_of(owed, "payment/give-back")
    form = {"method": method, "amount": amount, "note": "to her"}

    answer = samir.submit(page_of(owed, "payment"), form, to=give)

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert 'value="to her"' in answer.text
    assert len(_payments(owed.id)) == 2


def test_gives_money_back_once_when_the_button_is_pressed_twice(samir: FlaskClient, owed: Booking) -> None:
    give, form = page_of(owed, "payment/give-back"), {"method": "cash", "amount": "20", "note": ""}

    answers = [samir.submit(page_of(owed), form, to=give).status_code for _ in range(2)]

    assert answers == [302, 422]
    assert len(_payments(owed.id)) == 3
    page = samir.get(page_of(owed, "payment")).text
    assert page.count("reverse…") == 2, "the voucher and what was given back; the cash is gone"


def test_gives_nothing_back_where_nothing_is_owed(samir: FlaskClient, booked: Make) -> None:
    booking = booked()
    samir.submit(page_of(booking, "payment"), {"method": "cash", "amount": "20", "note": ""})

    form = {"method": "cash", "amount": "20", "note": ""}
    answer = samir.submit(page_of(booking), form, to=page_of(booking, "payment/give-back"))

    assert answer.status_code == 422
    assert _payments(booking.id) == [("cash", -2000)]


def test_has_no_account_before_the_stay_is_confirmed(samir: FlaskClient, asked: Make) -> None:
    assert samir.get(page_of(asked(), "payment")).status_code == 404


def test_reverses_nothing_but_payments_of_this_booking(samir: FlaskClient, booked: Make) -> None:
    booking, other = booked(), booked()
    line = folios.take_payment_at_desk(
        booking=other, method=folios.AT_THE_DESK[0], amount=Money(500), actor="user:1", now=NOW
    )
    night = folios.list_lines(booking)[0]

    assert samir.get(page_of(booking, f"payment/{line.id}/reverse")).status_code == 404
    assert samir.get(page_of(booking, f"payment/{night.id}/reverse")).status_code == 404


def test_lets_the_guest_choose_on_the_turned_screen(samir: FlaskClient, booked: Make) -> None:
    booking = booked(choice=None)
    screen = page_of(booking, "price")
    page = samir.get(screen).text
    assert "desk-head" not in page
    assert "checked" not in page

    answer = samir.submit(screen, {"rung": "8400"})

    assert answer.headers["Location"].endswith("/price/thanks")
    thanks = samir.get(answer.headers["Location"]).text
    assert "84" not in thanks.replace(booking.reference, "")
    assert "give the screen back" in thanks
    assert bookings.price_of(fresh(booking)) == Money(8400)
    assert not booking.is_price_open


def test_writes_down_an_amount_that_was_told(samir: FlaskClient, booked: Make) -> None:
    booking = booked(choice=None)
    too_low = samir.submit(page_of(booking, "price/told"), {"amount": "1"})
    assert too_low.status_code == 422
    assert "solidarity night" in too_low.text

    samir.submit(page_of(booking, "price/told"), {"amount": "80"})

    assert bookings.price_of(fresh(booking)) == Money(8000)


def test_lets_an_open_price_be_chosen_with_the_key_in_hand(samir: FlaskClient, in_house: Make) -> None:
    booking = in_house(choice=None)

    samir.submit(page_of(booking, "price/told"), {"amount": "80"})

    assert fresh(booking).status == BookingStatus.IN_HOUSE
    assert bookings.price_of(booking) == Money(8000)


def test_keeps_a_price_once_money_was_taken(samir: FlaskClient, booked: Make) -> None:
    booking = booked()
    samir.submit(page_of(booking, "payment"), {"method": "cash", "amount": "5", "note": ""})

    assert samir.get(page_of(booking, "price")).status_code == 409
