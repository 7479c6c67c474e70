"""The house writes letters that tell a guest everything they need, alike in both forms, and nothing private."""

from __future__ import annotations

import html
import re
from datetime import date, time, timedelta
from email.message import EmailMessage

import pytest
from flask import g
from icalendar import Calendar
from sqlalchemy import select

from app.database import session
from app.models import Booking, Letter, LetterKind, PaymentMethod, Property, PropertyHost, WaitingHold
from app.services import bookings, folios
from app.services.letters import post_letter
from app.services.tokens import matches
from app.web.filters import money
from app.web.letters import NoPublicAddress, compose
from app.web.letters.composing import ABOUT_CONFLICTS, ABOUT_NO_BOOKING, LetterIncomplete
from config import Config
from pricing.household import Household
from pricing.money import Money
from pricing.stay import Stay
from tests.cast import NOW, OTHER_HOST, TODAY

SECRET = "a secret for letters and nothing else"
CONFIG = Config(secret_key=SECRET, public_url="http://localhost:8000", mail_from="lettres@maison.test")
GUEST = bookings.GuestDetails(
    name="Alice Delattre",
    email="alice@example.org",
    telephone="+33 6 00 00 00 01",
    message="Une chambre calme, merci.",
    arrival_time=time(18, 30),
)
GUEST_KINDS = [kind for kind in LetterKind if not kind.startswith("desk_")]
DESK_KINDS = [kind for kind in LetterKind if kind.startswith("desk_")]
WITH_TWO_FORMS = [kind for kind in LetterKind if kind != LetterKind.DESK_URGENT]
# Amounts that appear nowhere else: what was agreed may be told, what the rung asks and the real cost never.
AGREED, ASKED, REAL_COST = 4242, 3117, 6231
PRIVATE_WORDS = (
    r"bracket|\brung|\bladder|\btranches?\b|échelon|quotient|income|revenu|real cost|coût réel|solidar|barème"
)


@pytest.fixture
def booking(house: Property) -> Booking:
    return book(house)


def book(house: Property) -> Booking:
    made = bookings.book_at_desk(
        house=house,
        stay=Stay(date(2026, 12, 24), date(2026, 12, 27)),
        party=Household(2, (7,)),
        offer_key="family",
        choice=bookings.PriceChoice(bracket=2),
        guest=GUEST,
        language="fr",
        actor="user:1",
        now=NOW,
        today=TODAY,
    )
    for room in made.rooms:
        for night in room.nights:
            night.chosen_minor, night.due_minor, night.reference_minor = AGREED, ASKED, REAL_COST
    folios.rewrite_stay(made, actor="user:1", now=NOW)
    session.commit()
    return made


def letter_of(
    house: Property, booking: Booking | None, kind: LetterKind, language: str = "en", hours_later: int = 0
) -> Letter:
    letter = post_letter(
        house=house,
        booking=booking,
        kind=kind,
        recipient=house.email if kind in DESK_KINDS else "alice@example.org",
        language=language,
        now=NOW + timedelta(hours=hours_later),
    )
    if booking is not None and kind == LetterKind.HOLD_LINK:
        session.flush()
        session.add(waiting_hold(booking, letter))
    session.commit()
    return letter


def waiting_hold(booking: Booking, letter: Letter) -> WaitingHold:
    """Return what a link is mailed for before there is a booking, as this guest would have typed it."""
    same = (
        "property_id",
        "arrival",
        "departure",
        "guest_name",
        "guest_email",
        "guest_telephone",
        "guest_message",
    )
    return WaitingHold(
        **{name: getattr(booking, name) for name in same},
        reference=booking.reference,
        letter_id=letter.id,
        adults=2,
        offer_key="family",
        bracket=2,
        shown_minor=AGREED,
        language=letter.language,
        created_at=letter.created_at,
    )


def written(house: Property, booking: Booking | None, kind: LetterKind, language: str = "en") -> EmailMessage:
    return compose(letter_of(house, booking, kind, language), CONFIG)


def text_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def html_of(mail: EmailMessage) -> str:
    part = mail.get_body(("html",))
    return str(part.get_content()) if part is not None else ""  # news as short as a text message has none


def words_of(page: str) -> str:
    return " ".join(re.split(r"[ \n]+", html.unescape(re.sub(r"<[^>]+>", " ", page))))


def calendar_of(mail: EmailMessage) -> EmailMessage | None:
    return next(
        (part for part in mail.iter_attachments() if part.get_content_type() == "text/calendar"), None
    )


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", LetterKind)
def test_tells_nobody_how_a_guest_chose(
    house: Property, booking: Booking, kind: LetterKind, language: str
) -> None:
    mail = written(house, booking, kind, language)

    told = "\n".join([str(mail["Subject"]), text_of(mail), words_of(html_of(mail))])
    assert not re.search(PRIVATE_WORDS, told, re.IGNORECASE)
    for nights in (1, 3):
        for private in (ASKED, REAL_COST):
            assert money(Money(private * nights), language) not in told


@pytest.mark.parametrize("kind", DESK_KINDS)
def test_tells_the_desk_no_sum(house: Property, booking: Booking, kind: LetterKind) -> None:
    mail = written(house, booking, kind)

    assert "€" not in text_of(mail) + html_of(mail)


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


def test_carries_a_link_that_only_its_secret_can_make(house: Property, booking: Booking) -> None:
    mail = written(house, booking, LetterKind.BOOKING_CONFIRMED)

    found = re.search(r"http://localhost:8000/l/(\w+)/(\w+)", text_of(mail))
    assert found is not None
    assert found[1] == booking.reference
    assert matches(SECRET, "booking", booking.reference, booking.link_version, found[2])
    assert not matches(SECRET, "booking", booking.reference, booking.link_version + 1, found[2])
    assert found[0] in html_of(mail)


def test_stores_no_link_and_no_text_of_a_letter(house: Property, booking: Booking) -> None:
    written(house, booking, LetterKind.LINK)

    for letter in session.scalars(select(Letter)):
        assert "http" not in str([getattr(letter, column.key) for column in Letter.__table__.columns])


@pytest.mark.parametrize("kind", DESK_KINDS)
def test_gives_the_desk_no_link_of_a_guest(house: Property, booking: Booking, kind: LetterKind) -> None:
    mail = written(house, booking, kind)

    assert "/l/" not in text_of(mail) + html_of(mail)
    assert "/desk/" in text_of(mail)


def test_lets_the_guest_put_the_stay_into_a_calendar(house: Property, booking: Booking) -> None:
    part = calendar_of(written(house, booking, LetterKind.BOOKING_CONFIRMED))

    assert part is not None
    assert part.get_param("method") == "PUBLISH"
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    [event] = calendar.walk("VEVENT")
    assert event["UID"] == f"{booking.reference.lower()}@maison.test"
    assert event.start.isoformat() == "2026-12-24T15:00:00+01:00"
    assert event.end.isoformat() == "2026-12-27T11:00:00+01:00"
    assert "Alice" not in calendar.to_ical().decode()


def test_takes_a_cancelled_stay_out_of_the_calendar(house: Property, booking: Booking) -> None:
    confirmed = calendar_of(written(house, booking, LetterKind.BOOKING_CONFIRMED))
    cancelled = calendar_of(
        compose(letter_of(house, booking, LetterKind.BOOKING_CANCELLED, hours_later=1), CONFIG)
    )

    assert confirmed is not None
    assert cancelled is not None
    assert cancelled.get_param("method") == "CANCEL"
    before, after = (
        Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")[0] for part in (confirmed, cancelled)
    )
    assert before["UID"] == after["UID"]
    assert before["SEQUENCE"] < after["SEQUENCE"]
    assert after["STATUS"] == "CANCELLED"


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


def test_writes_the_same_letter_twice_alike(house: Property, booking: Booking) -> None:
    letter = letter_of(house, booking, LetterKind.BOOKING_CONFIRMED)

    first, second = compose(letter, CONFIG), compose(letter, CONFIG)

    assert (first["Message-ID"], first["Date"]) == (second["Message-ID"], second["Date"])
    assert first["Message-ID"] == letter.message_id
    assert text_of(first) == text_of(second)


def test_says_who_writes_and_where_to_answer(house: Property, booking: Booking) -> None:
    mail = written(house, booking, LetterKind.BOOKING_CONFIRMED)

    assert mail["From"] == "La Maison d'Ingénieur <lettres@maison.test>"
    assert mail["Reply-To"] == "La Maison d'Ingénieur <bonjour@maison.test>"
    assert mail["To"] == "alice@example.org"
    assert mail["Auto-Submitted"] == "auto-generated"


HOSTILE = "<script>alert(1)</script>\"'><img src=x> {{ 7 * 7 }} %(name)s"


@pytest.mark.parametrize("kind", LetterKind)
def test_prints_hostile_words_as_words(house: Property, booking: Booking, kind: LetterKind) -> None:
    booking.guest_name, booking.guest_message, booking.guest_telephone = HOSTILE, HOSTILE, HOSTILE[:40]
    session.commit()

    mail = written(house, booking, kind)

    page = html_of(mail)
    assert "<script" not in page
    assert "<img" not in page
    assert (HOSTILE in text_of(mail)) == (HOSTILE in html.unescape(page))
    nameless = {*ABOUT_NO_BOOKING, LetterKind.DESK_STAY_WITHDRAWN}
    assert "7 * 7" in text_of(mail) or kind in nameless


@pytest.mark.parametrize("field", ["name", "email"])
def test_refuses_a_header_that_breaks_out_of_its_line(house: Property, booking: Booking, field: str) -> None:
    letter = letter_of(house, booking, LetterKind.LINK)
    setattr(house, field, f"{getattr(house, field)}\r\nBcc: everybody@example.org")
    session.commit()

    with pytest.raises(ValueError, match=r"."):
        compose(letter, CONFIG)


def test_refuses_a_recipient_that_breaks_out_of_its_line(house: Property, booking: Booking) -> None:
    letter = letter_of(house, booking, LetterKind.LINK)
    letter.recipient = "alice@example.org\r\nBcc: everybody@example.org"
    session.commit()

    with pytest.raises(ValueError, match=r"."):
        compose(letter, CONFIG)


def test_points_every_house_to_itself(house: Property) -> None:
    lac = session.scalars(select(Property).where(Property.code == "lac")).one()
    theirs = session.scalars(select(Booking).where(Booking.property_id == lac.id)).one()

    mail = written(lac, theirs, LetterKind.LINK)

    assert f"http://{OTHER_HOST}:8000/l/LACLACLAC2/" in text_of(mail)
    assert "Lac" in str(mail["From"])


def test_points_to_its_own_name_without_a_public_address(house: Property, booking: Booking) -> None:
    mail = compose(letter_of(house, booking, LetterKind.LINK), Config(secret_key=SECRET))

    assert f"https://localhost/l/{booking.reference}/" in text_of(mail)


def test_sends_nothing_that_would_point_nowhere(house: Property, booking: Booking) -> None:
    letter = letter_of(house, booking, LetterKind.LINK)
    session.delete(session.get_one(PropertyHost, "localhost"))
    session.commit()

    with pytest.raises(NoPublicAddress):
        compose(letter, Config(secret_key=SECRET))


@pytest.mark.parametrize("kind", sorted(ABOUT_CONFLICTS))
def test_tells_the_desk_of_a_conflict_without_a_booking(house: Property, kind: LetterKind) -> None:
    mail = written(house, None, kind)

    assert "/desk/conflicts" in text_of(mail)


@pytest.mark.parametrize("kind", [LetterKind.BOOKING_CONFIRMED, LetterKind.HOLD_LINK])
def test_does_not_write_about_a_booking_that_is_missing(house: Property, kind: LetterKind) -> None:
    letter = letter_of(house, None, kind)

    with pytest.raises(LetterIncomplete):
        compose(letter, CONFIG)


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


def test_speaks_to_the_next_one_in_their_own_language(house: Property, booking: Booking) -> None:
    written(house, booking, LetterKind.LINK, "fr")

    assert not {"house", "language"} & set(g)
