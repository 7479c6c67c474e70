"""Letters as they are written and read: what their tests share."""

from __future__ import annotations

import html
import re
from datetime import date, time, timedelta
from email.message import EmailMessage

from app.database import session
from app.models import Booking, Letter, LetterKind, Property, WaitingHold
from app.services import bookings, folios
from app.services.letters import post_letter
from app.web.letters import compose
from config import Config
from pricing.household import Household
from pricing.stay import Stay
from tests.cast import NOW, TODAY

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
HOSTILE = "<script>alert(1)</script>\"'><img src=x> {{ 7 * 7 }} %(name)s"


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
