"""Write the mail of a letter: the same words as text and as HTML, and the stay for the guest's calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app, g
from flask_babel import force_locale
from markupsafe import Markup

from app.database import session
from app.models import Booking, Letter, LetterKind, Property, WaitingHold
from app.services import bookings, price_messages
from app.services.correspondence import BookingTold, WaitingTold, tell, tell_waiting
from app.web.filters import date_range
from app.web.letters.conflicts import sentence_of, tell_conflicts
from app.web.letters.links import Links
from app.web.letters.silence import list_silent_rows
from app.web.letters.stay_file import list_address_lines, stay_file
from app.web.letters.subjects import subject_of
from calendars.invitation import Method
from config import Config

MORE_THAN_ONE_BLANK_LINE = re.compile(r"\n(?:[ \t]*\n){2,}")
WITH_CALENDAR: dict[LetterKind, Method] = {
    LetterKind.BOOKING_CONFIRMED: "PUBLISH",
    LetterKind.BOOKING_CHANGED: "PUBLISH",
    LetterKind.BOOKING_CANCELLED: "CANCEL",
}

DESK_KINDS = frozenset(kind for kind in LetterKind if kind.startswith("desk_"))
ABOUT_FEEDS = frozenset({LetterKind.DESK_SILENCE, LetterKind.DESK_SILENCE_OVER})
ABOUT_CONFLICTS = frozenset({LetterKind.DESK_CONFLICT, LetterKind.DESK_URGENT})
ABOUT_NO_BOOKING = ABOUT_FEEDS | ABOUT_CONFLICTS


class LetterIncomplete(ValueError):
    """A letter about a booking, or about a hold that waits for its link, has none."""


def compose(letter: Letter, config: Config) -> EmailMessage:
    """Return the finished mail of a letter; the same letter gives the same Message-ID and date each time.

    Raises: LetterIncomplete, NoPublicAddress, ValueError for a header that would break out of its line.
    """
    house = session.get_one(Property, letter.property_id)
    kind = LetterKind(letter.kind)
    about = _find_about(letter, kind)
    told = _told(about, letter.created_at)
    with speaking(house, letter.language):
        mail = _addressed(letter, house, config)
        words = _words(house, about, told, letter, config)
        if kind == LetterKind.DESK_URGENT:
            return _as_message(mail, words)
        mail["Subject"] = subject_of(
            kind,
            reference=told.reference if told else "",
            dates=date_range(told.stay, letter.language) if told else "",
        )
        mail.set_content(_as_text(kind, words))
        mail.add_alternative(_as_html(kind, words), subtype="html")
    if isinstance(about, Booking) and kind in WITH_CALENDAR and about.confirmed_at is not None:
        method = WITH_CALENDAR[kind]
        _attach_calendar(mail, stay_file(house, about, stamp=letter.created_at, method=method), method)
    return mail


def _find_about(letter: Letter, kind: LetterKind) -> Booking | WaitingHold | None:
    """Return what a letter is about: a booking, a hold that waits for its link, or nothing but the house."""
    about: Booking | WaitingHold | None = None
    if kind == LetterKind.HOLD_LINK:
        about = bookings.find_waiting_of_letter(letter)
    elif letter.booking_id is not None:
        about = session.get(Booking, letter.booking_id)
    if about is None and kind not in ABOUT_NO_BOOKING:
        raise LetterIncomplete(f"letter {letter.id} of kind {kind} is about nothing")
    return about


def _told(about: Booking | WaitingHold | None, now: datetime) -> BookingTold | WaitingTold | None:
    if isinstance(about, Booking):
        return tell(about, now)
    return tell_waiting(about) if about is not None else None


@contextmanager
def speaking(house: Property, language: str) -> Iterator[None]:
    """Speak a language inside the block; the filters ask `g` for it as they do in a request."""
    before = {name: g.get(name) for name in ("house", "language")}
    g.house, g.language = house, language
    try:
        with force_locale(language):
            yield
    finally:
        for name, value in before.items():
            setattr(g, name, value) if value is not None else g.pop(name)


def _addressed(letter: Letter, house: Property, config: Config) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = Address(house.name, addr_spec=config.mail_from or house.email)
    mail["Reply-To"] = Address(house.name, addr_spec=house.email)
    mail["To"] = Address(addr_spec=letter.recipient)
    mail["Date"] = letter.created_at.astimezone(ZoneInfo(house.timezone))
    mail["Message-ID"] = letter.message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = letter.language
    return mail


def _words(
    house: Property,
    about: Booking | WaitingHold | None,
    told: BookingTold | WaitingTold | None,
    letter: Letter,
    config: Config,
) -> dict[str, Any]:
    return {
        "house": house,
        "address_lines": list_address_lines(house),
        "language": letter.language,
        "booking": told,
        "answer": price_messages.answer_of(letter) if letter.kind == LetterKind.PRICE_ANSWER else "",
        "silent": list_silent_rows(house, letter.language) if letter.kind in ABOUT_FEEDS else (),
        "conflicts": tell_conflicts(house, letter) if letter.kind in ABOUT_CONFLICTS else (),
        **_addresses(Links(house, letter.language, config), LetterKind(letter.kind), about),
    }


def _addresses(links: Links, kind: LetterKind, about: Booking | WaitingHold | None) -> dict[str, str]:
    """Return the addresses that a letter may carry: the desk never gets a guest's own link, nor a guest the desk's."""
    if isinstance(about, WaitingHold):
        return {"home_url": links.home(), "hold_url": links.hold(about)}
    if kind in ABOUT_FEEDS:
        return {"desk_url": links.desk_channels()}
    if kind in DESK_KINDS:
        return {"desk_url": links.desk_booking(about) if about is not None else links.desk_conflicts()}
    assert about is not None  # compose has refused a guest's letter without one
    return {"home_url": links.home(), "booking_url": links.booking(about)}


def _as_message(mail: EmailMessage, words: dict[str, Any]) -> EmailMessage:
    """Finish a mail that a telephone shows as a text message: one sentence and an address, nothing else."""
    said = sentence_of(words["conflicts"])
    mail["Subject"] = subject_of(LetterKind.DESK_URGENT, reference="", dates="")
    template = current_app.jinja_env.get_template("email/desk_urgent.txt")
    mail.set_content(template.render(words | {"said": said}).strip() + "\n")
    return mail


def _as_text(kind: LetterKind, words: dict[str, Any]) -> str:
    framed = _framed("txt", kind, words)
    return MORE_THAN_ONE_BLANK_LINE.sub("\n\n", framed).strip() + "\n"


def _as_html(kind: LetterKind, words: dict[str, Any]) -> str:
    return _framed("html", kind, words)


def _framed(form: str, kind: LetterKind, words: dict[str, Any]) -> str:
    """Write a letter in one form: its words say the same in both, through the pieces of the form."""
    # Not render_template: what it adds to every page asks for a request, and a letter has none.
    templates = current_app.jinja_env
    pieces = templates.get_template(f"email/_pieces.{form}").make_module(words)
    said = templates.get_template(f"email/{kind}.txt").render(words | {"say": pieces})
    # The pieces have escaped what they were given; the templates of the letters write nothing themselves.
    return templates.get_template(f"email/_frame.{form}").render(words | {"words": Markup(said)})  # nosec B704


def _attach_calendar(mail: EmailMessage, file: bytes, method: Method) -> None:
    """Attach the stay for the guest's calendar, with the method in the header too, as mail programs expect it."""
    mail.add_attachment(
        file,
        maintype="text",
        subtype="calendar",
        filename="sejour.ics",
        params={"method": method, "charset": "utf-8"},
    )
