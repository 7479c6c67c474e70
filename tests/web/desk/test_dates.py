"""Reception changes dates: what they mean first, then one button; no rung and no bracket on the way."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import select

from app.database import session
from app.models import Letter, PaymentMethod, Source
from app.services import bookings, folios
from app.services.bookings import PriceChoice
from app.web.letters import compose
from config import Config
from pricing.money import Money
from pricing.stay import Stay
from tests.cast import NOW, TODAY
from tests.web.desk.conftest import NEXT_WEEK, Make, fresh, page_of

PRIVATE = re.compile(r"bracket|\brung|tranche|échelon|quotient|suggest", re.IGNORECASE)
CONFIG = Config(secret_key="a secret for letters and nothing else", public_url="http://localhost:8000")
LONGER = Stay(NEXT_WEEK.arrival, NEXT_WEEK.departure + timedelta(days=1))


def _asked(stay: Stay) -> str:
    return f"dates?arrival={stay.arrival.isoformat()}&departure={stay.departure.isoformat()}"


def _hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="(arrival|departure|agreed_minor)" value="([^"]*)"', page))


def test_shows_the_new_sum_before_it_changes_anything(samir: FlaskClient, booked: Make) -> None:
    booking = booked(stay=NEXT_WEEK, choice=PriceChoice(amount=Money.of("77")))
    assert "Other dates…" in samir.get(page_of(booking)).text

    page = samir.get(page_of(booking, _asked(LONGER))).text

    before = folios.balance(fresh(booking))
    assert f"€{before.decimal:f}" in page
    assert f"€{(before.decimal * 3 / 2):.2f}" in page, "77 for two nights are 115.50 for three, and their tax"
    assert Decimal(_hidden(page)["agreed_minor"]) * 2 == before.minor * 3
    assert not PRIVATE.search(page)
    assert fresh(booking).departure == NEXT_WEEK.departure


def test_changes_the_dates_at_one_button(samir: FlaskClient, booked: Make) -> None:
    booking = booked(stay=NEXT_WEEK)
    before = folios.balance(booking)

    asked = page_of(booking, _asked(LONGER))
    answer = samir.submit(asked, _hidden(samir.get(asked).text), to=page_of(booking, "dates"))

    assert answer.status_code == 302
    assert fresh(booking).departure == LONGER.departure
    assert folios.balance(booking) * 2 == before * 3
    sheet = samir.get(page_of(booking)).text
    assert "The stay has new dates" in sheet
    assert "changed the dates" in sheet


def test_writes_to_the_guest_with_a_file_that_replaces_the_first(samir: FlaskClient, booked: Make) -> None:
    booking = booked(stay=NEXT_WEEK)
    asked = page_of(booking, _asked(LONGER))
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        samir.submit(asked, _hidden(samir.get(asked).text), to=page_of(booking, "dates"))

    letters = session.scalars(select(Letter).order_by(Letter.id)).all()
    events = []
    for letter in letters:
        (part,) = compose(letter, CONFIG).iter_attachments()
        events += Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")

    assert [letter.kind for letter in letters] == ["booking_confirmed", "booking_changed"]
    first, second = events
    assert first["UID"] == second["UID"]
    assert first["SEQUENCE"] < second["SEQUENCE"]
    assert second.end.date() == LONGER.departure


def test_changes_nothing_at_another_sum(samir: FlaskClient, booked: Make) -> None:
    booking = booked(stay=NEXT_WEEK)
    asked = page_of(booking, _asked(LONGER))

    for agreed in ("1", "", "much", None):
        said = {**_hidden(samir.get(asked).text), "agreed_minor": agreed}
        answer = samir.submit(
            asked, {k: v for k, v in said.items() if v is not None}, to=page_of(booking, "dates")
        )

        assert answer.status_code == 409
        assert "look at the new sum first" in answer.text
    assert fresh(booking).departure == NEXT_WEEK.departure


def test_says_that_the_nights_are_taken(samir: FlaskClient, booked: Make) -> None:
    booking = booked(stay=NEXT_WEEK)
    asked = page_of(booking, _asked(LONGER))
    shown = _hidden(samir.get(asked).text)
    for _ in range(3):
        booked(stay=Stay(NEXT_WEEK.departure, NEXT_WEEK.departure + timedelta(days=2)))

    answer = samir.submit(asked, shown, to=page_of(booking, "dates"))

    assert answer.status_code == 409
    assert "These nights are not all free" in answer.text
    assert f'value="{LONGER.departure.isoformat()}"' in answer.text
    assert samir.get(asked).status_code == 422


@pytest.mark.parametrize(
    ("arrival", "departure", "words"),
    [
        ("2026-11-29", "2026-12-01", "dates that the stay has already"),
        ("2026-11-01", "2026-12-01", "This day is over"),
        ("2026-11-30", "2026-11-30", "at least one night"),
        ("2026-11-30", "", "Tell us the day of departure"),
        ("soon", "2026-12-01", "not a day that we know"),
        ("2026-11-30", "2027-11-30", "longer than the house books"),
        ("2031-05-01", "2031-05-03", "no prices yet"),
    ],
)
def test_says_beside_the_dates_what_stands_in_the_way(
    samir: FlaskClient, booked: Make, arrival: str, departure: str, words: str
) -> None:
    booking = booked(stay=NEXT_WEEK)

    answer = samir.get(page_of(booking, f"dates?arrival={arrival}&departure={departure}"))

    assert answer.status_code == 422
    assert words in answer.text


def test_leaves_the_arrival_of_who_is_here(samir: FlaskClient, in_house: Make) -> None:
    booking = in_house()

    later = Stay(TODAY + timedelta(days=1), booking.departure)
    answer = samir.get(page_of(booking, _asked(later)))

    assert answer.status_code == 422
    assert "only the departure can change" in answer.text


def test_sends_who_came_by_a_platform_back_to_it(samir: FlaskClient, booked: Make) -> None:
    booking = booked(stay=NEXT_WEEK)
    booking.source, booking.grid_version_id = Source.CHANNEL, None
    session.commit()

    assert "The platform made this price" in samir.get(page_of(booking, _asked(LONGER))).text


def test_gives_nothing_back_to_a_card_while_the_stay_stands(samir: FlaskClient, booked: Make) -> None:
    booking = booked(stay=NEXT_WEEK)
    folios.take_payment(
        booking=booking,
        method=PaymentMethod.CARD,
        amount=folios.balance(booking),
        actor="system",
        now=NOW,
    )
    session.commit()

    shorter = Stay(NEXT_WEEK.arrival, NEXT_WEEK.arrival + timedelta(days=1))
    answer = samir.get(page_of(booking, _asked(shorter)))

    assert answer.status_code == 422
    assert "money cannot go back to a card" in answer.text


def test_changes_no_dates_of_a_request(samir: FlaskClient, asked: Make) -> None:
    booking = asked()

    assert samir.get(page_of(booking, "dates")).status_code == 409
    assert bookings.price_of(booking)
