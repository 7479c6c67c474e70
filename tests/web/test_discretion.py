"""Bracket, rung and suggestion of a guest change nothing that staff see: pages, mails, logs and books are the same.

The proof is by difference: the same stay at the same agreed price, once in one bracket and once in another, gives the
same pages and the same mails to the letter (decision 15).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from app.database import session
from app.models import Booking, Event, Letter, LetterKind, PaymentMethod, Property
from app.models.user import DESK_ROLES
from app.services import balance, bookings, folios, fund, grids
from app.services.letters import post_letter
from app.web.letters import compose
from config import Config
from pricing.grid import example_house
from pricing.household import Household
from pricing.money import Money
from pricing.stay import Stay
from tests.cast import NOW, PEOPLE, TODAY
from tests.services.balance.test_balance import enter

CONFIG = Config(
    secret_key="a secret for letters and nothing else",
    public_url="http://localhost:8000",
    mail_from="a@maison.test",
)
AGREED = Money.of(77)  # a free amount: between the rungs 60 and 80 of a couple for two nights
STAFF_DOORS = ("desk.", "office.")
FRESH = re.compile(r'name="csrf_token"[^>]*>')
PRIVATE = re.compile(r"bracket|\brung|tranche|échelon|quotient|suggest", re.IGNORECASE)

SignedIn = Callable[..., FlaskClient]


@pytest.fixture(autouse=True)
def _still() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def stays(house: Property) -> list[Booking]:
    """Return a stay that has begun, one that is over, one that was cancelled, in a house with books and a draft."""
    made = [_book(house, name, days) for name, days in (("Alice", 0), ("Bob", 0), ("Carole", 6))]
    for booking in made[:2]:
        bookings.check_in(booking=booking, actor="user:1", today=TODAY, now=NOW)
    folios.take_payment_at_desk(
        booking=made[1], method=PaymentMethod.CASH, amount=Money.of(40), actor="user:1", now=NOW
    )
    bookings.check_out(booking=made[1], actor="user:1", today=TODAY, now=NOW, debt_reason="as it is")
    bookings.cancel(house=house, booking=made[2], actor="user:1", reason="ill", now=NOW)
    enter(house)
    grids.start_draft(house=house, grid=example_house(), reason="", author="Marie", actor="user:2", now=NOW)
    return made


def _book(house: Property, name: str, days: int) -> Booking:
    return bookings.book_at_desk(
        house=house,
        stay=Stay(TODAY + timedelta(days=days), TODAY + timedelta(days=days + 2)),
        party=Household(2),
        offer_key="double",
        choice=bookings.PriceChoice(amount=AGREED),
        guest=bookings.GuestDetails(f"{name} Delattre", f"{name.lower()}@example.org"),
        language="fr",
        actor="user:1",
        now=NOW,
        today=TODAY,
    )


def choose_otherwise(stays: list[Booking]) -> None:
    """Put every guest into another bracket, with another rung and the same agreed price."""
    for booking in stays:
        for room in booking.rooms:
            assert room.bracket is not None
            room.bracket += 2
            for night in room.nights:
                night.due_minor = (night.due_minor or 0) + 2711
    session.commit()


def pages_of(browser: FlaskClient, stays: list[Booking]) -> dict[str, str]:
    """Return every page of the staff's doors that somebody may open, by its address."""
    found: dict[str, str] = {}
    for rule in browser.application.url_map.iter_rules():
        if rule.endpoint.startswith(STAFF_DOORS) and "GET" in (rule.methods or ()):
            for values in _values(rule.arguments, stays):
                built = rule.build(values, append_unknown=False)
                assert built is not None
                found[built[1]] = FRESH.sub("", browser.get(built[1]).text)
    return found


def _values(arguments: set[str], stays: list[Booking]) -> Iterator[dict[str, object]]:
    known = {"language": "en", "position": 0, "year": TODAY.year}
    for booking in stays if "reference" in arguments else stays[:1]:
        line = next((line.id for line in folios.list_lines(booking) if line.kind == "payment"), 1)
        mine = known | {"reference": booking.reference, "line_id": line}
        yield {name: mine.get(name, 1) for name in arguments}


@pytest.mark.parametrize("name", PEOPLE)
def test_shows_staff_the_same_whatever_a_guest_chose(
    stays: list[Booking], signed_in: SignedIn, name: str
) -> None:
    browser = signed_in(name)
    before = pages_of(browser, stays)

    choose_otherwise(stays)

    after = pages_of(browser, stays)
    assert len(before) > 30
    assert any("Delattre" in page for page in before.values()) == (PEOPLE[name] in DESK_ROLES)
    assert [address for address in before if before[address] != after[address]] == []


def test_writes_the_same_mails_whatever_a_guest_chose(house: Property, stays: list[Booking]) -> None:
    letters = [
        post_letter(
            house=house, booking=stays[0], kind=kind, recipient="a@example.org", language=language, now=NOW
        )
        for kind in LetterKind
        if kind in (LetterKind.BOOKING_CONFIRMED, LetterKind.BOOKING_CHANGED, LetterKind.BOOKING_CANCELLED)
        or kind.startswith("desk_")
        for language in ("fr", "en")
    ]
    session.commit()
    before = [_mail(letter) for letter in letters]

    choose_otherwise(stays)

    assert [_mail(letter) for letter in letters] == before


def _mail(letter: Letter) -> list[str]:
    mail = compose(letter, CONFIG)
    return [str(part.get_content()) for part in mail.walk() if part.get_content_maintype() == "text"]


def test_logs_and_remembers_nothing_of_a_choice(
    house: Property,
    signed_in: SignedIn,
    stays: list[Booking],
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG):
        pages_of(signed_in("marie"), stays[:1])
        _book(house, "Denise", 20)
    said = [
        f"{record.getMessage()} {record.__dict__}"
        for record in caplog.records
        if record.name.startswith("app")
    ]
    events = [
        f"{event.verb} {event.noun} {' '.join(event.field_names)}" for event in session.scalars(select(Event))
    ]

    assert events
    assert [line for line in said + events if PRIVATE.search(line)] == []


def test_keeps_a_choice_out_of_the_books(house: Property, stays: list[Booking]) -> None:
    ledger, plan = fund.ledger_of(house), balance.current_budget(house)
    choose_otherwise(stays)

    assert fund.ledger_of(house) == ledger
    assert balance.current_budget(house) == plan
    assert all(not PRIVATE.search(entry.memo) for entry in ledger.entries)
