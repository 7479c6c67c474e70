"""A letter tells a guest everything they need, alike in both forms."""

from __future__ import annotations

from datetime import date

import pytest
from flask import g

from app.models import Booking, LetterKind, PaymentMethod, Property
from app.services import bookings, folios
from app.web.filters import money
from app.web.letters import compose
from app.web.letters.composing import ABOUT_CONFLICTS, LetterIncomplete
from pricing.household import Household
from pricing.money import Money
from pricing.stay import Stay
from tests.cast import NOW, TODAY
from tests.web.letters.post import (
    AGREED,
    CONFIG,
    GUEST,
    WITH_TWO_FORMS,
    html_of,
    letter_of,
    text_of,
    words_of,
    written,
)


@pytest.mark.parametrize("kind", WITH_TWO_FORMS)
def test_says_the_same_in_both_forms(house: Property, booking: Booking, kind: LetterKind) -> None:
    mail = written(house, booking, kind)

    page = words_of(html_of(mail)).casefold()
    for said in text_of(mail).splitlines():
        sentence = said.strip().casefold()
        if not sentence or sentence == "--" or sentence.startswith("http"):
            continue
        label, _, value = sentence.partition(": ")
        assert sentence.rstrip(":") in page or (label in page and value in page), said


@pytest.mark.parametrize("language", ["fr", "en"])
def test_confirms_with_everything_that_was_agreed(house: Property, booking: Booking, language: str) -> None:
    folios.take_payment_at_desk(
        booking=booking, method=PaymentMethod.CASH, amount=Money(2000), actor="user:1", now=NOW
    )
    tax = folios.tax_of(booking)

    mail = written(house, booking, LetterKind.BOOKING_CONFIRMED, language)

    total = Money(3 * AGREED) + tax
    facts = [
        booking.reference,
        "12 rue de l'Ingénieur",
        "62300 Lens",
        house.telephone,
        money(Money(AGREED), language),
        money(Money(3 * AGREED), language),
        money(tax, language),
        money(total, language),
        money(Money(2000), language),
        money(total - Money(2000), language),
        "L221-28",
    ]
    if language == "fr":
        facts += [
            "jeudi 24 décembre 2026",
            "dimanche 27 décembre 2026",
            "mardi 22 décembre 2026 à 18",
            "Chambre familiale",
        ]
    else:
        facts += [
            "Thursday 24 December 2026, between 15:00 and 20:00",
            "Sunday 27 December 2026, by 11:00",
            "3 nights",
            "Family room – 2 adults, 1 child (ages: 7)",
            "18:30",
            "Tuesday 22 December 2026 at 18:00",
        ]
    for told in (text_of(mail), words_of(html_of(mail))):
        for fact in facts:
            assert fact in told, fact
    assert booking.reference in mail["Subject"]
    assert "24" in mail["Subject"]
    assert money(total, language) not in mail["Subject"]


def test_says_what_a_late_cancellation_keeps(house: Property, booking: Booking) -> None:
    late = NOW.replace(month=12, day=23)
    bookings.cancel(house=house, booking=booking, actor="guest", reason="", now=late)

    told = text_of(written(house, booking, LetterKind.BOOKING_CANCELLED))

    assert f"the first night is kept: {money(Money(AGREED), 'en')}" in told
    assert f"Still to pay: {money(Money(AGREED), 'en')}" in told


def test_promises_no_free_cancellation_that_is_over_already(house: Property, booking: Booking) -> None:
    late = letter_of(house, booking, LetterKind.BOOKING_CONFIRMED, hours_later=24 * 31)

    told = text_of(compose(late, CONFIG))

    assert "The time for cancelling free of charge is over: the first night is kept." in told
    assert "free of charge until" not in told


def test_says_that_an_early_cancellation_costs_nothing(house: Property, booking: Booking) -> None:
    folios.take_payment_at_desk(
        booking=booking, method=PaymentMethod.CASH, amount=Money(2000), actor="user:1", now=NOW
    )
    bookings.cancel(house=house, booking=booking, actor="guest", reason="", now=NOW)

    told = text_of(written(house, booking, LetterKind.BOOKING_CANCELLED))

    assert "is kept" not in told
    assert f"gives you back {money(Money(2000), 'en')}" in told


def test_leaves_an_open_price_open(house: Property) -> None:
    booking = bookings.book_at_desk(
        house=house,
        stay=Stay(date(2026, 12, 24), date(2026, 12, 27)),
        party=Household(1),
        offer_key="single",
        choice=None,
        guest=GUEST,
        language="en",
        actor="user:1",
        now=NOW,
        today=TODAY,
    )

    mail = written(house, booking, LetterKind.PRICE_TO_CHOOSE)

    assert "it is you who choose it" in text_of(mail)
    assert "€" not in text_of(mail)


def test_says_who_writes_and_where_to_answer(house: Property, booking: Booking) -> None:
    mail = written(house, booking, LetterKind.BOOKING_CONFIRMED)

    assert mail["From"] == "La Maison d'Ingénieur <lettres@maison.test>"
    assert mail["Reply-To"] == "La Maison d'Ingénieur <bonjour@maison.test>"
    assert mail["To"] == "alice@example.org"
    assert mail["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("kind", sorted(ABOUT_CONFLICTS))
def test_tells_the_desk_of_a_conflict_without_a_booking(house: Property, kind: LetterKind) -> None:
    mail = written(house, None, kind)

    assert "/desk/conflicts" in text_of(mail)


@pytest.mark.parametrize("kind", [LetterKind.BOOKING_CONFIRMED, LetterKind.HOLD_LINK])
def test_does_not_write_about_a_booking_that_is_missing(house: Property, kind: LetterKind) -> None:
    letter = letter_of(house, None, kind)

    with pytest.raises(LetterIncomplete):
        compose(letter, CONFIG)


def test_speaks_to_the_next_one_in_their_own_language(house: Property, booking: Booking) -> None:
    written(house, booking, LetterKind.LINK, "fr")

    assert not {"house", "language"} & set(g)
