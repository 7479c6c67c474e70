"""What a guest answers on the price page: the price itself, a gift beside it, the code of a partner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import request
from flask_babel import gettext as _
from werkzeug.exceptions import TooManyRequests

from app.models import Booking, PartnerCode
from app.services import bookings, partner_codes, throttles
from app.services.bookings import PriceChoice
from app.services.partner_codes import CodeNotUsable, Fault
from app.services.support import Support, SupportWish
from app.web.guest.door import config, house, now, today
from app.web.guest.forms.fields import write_amount
from app.web.guest.forms.price import PriceForm
from app.web.guest.priced import Priced
from app.web.network import network_key
from pricing.money import Money
from pricing.quote import Quote

WINDOW_MINUTES = 60


@dataclass(frozen=True, slots=True)
class PriceAnswer:
    """A price, and what is wanted beside it."""

    choice: PriceChoice
    support: SupportWish


def count_code(at: datetime) -> None:
    """Count a code that somebody tries, by network, before anything is looked up. Raises: TooManyRequests."""
    if not request.form.get("code", "").strip():
        return
    limit = config().codes_per_hour
    if not throttles.allow(f"code:{network_key()}", limit=limit, window_minutes=WINDOW_MINUTES, now=at):
        raise TooManyRequests


def answer_price(form: PriceForm, quote: Quote) -> PriceAnswer | None:
    """Return what the form answers, or None: then its errors say why, or `is_below_minimum`.

    A code that carries a rung chooses it; nothing has to be ticked then.
    """
    code, words = _find_code(form.code.data or "")
    choice = form.choose(quote)
    if code is not None and code.bracket is not None:
        form.forgive_price()
        choice = PriceChoice(bracket=min(code.bracket, len(quote.bracket_amounts)))
    if words:
        form.code.errors = (words,)
        if not form.rung.data:
            form.forgive_price()
    if choice is None or form.code.errors or form.gift.errors:
        return None
    gift = form.gift.data or Money.zero(house().currency)
    return PriceAnswer(choice, SupportWish(gift, code.id if code is not None else None))


def take_answer(booking: Booking, priced: Priced, answer: PriceAnswer, form: PriceForm) -> bool:
    """Write the answer to a booking; a code that somebody else has used up meanwhile is said beside its field."""
    try:
        bookings.choose_price(
            booking=booking,
            priced=priced.quote,
            choice=answer.choice,
            support=answer.support,
            actor="guest",
            now=now(),
        )
    except CodeNotUsable as refusal:
        form.code.errors = (code_words(refusal.fault),)
        return False
    return True


def code_words(fault: Fault) -> str:
    """Say kindly why a code opens nothing."""
    return {
        Fault.UNKNOWN: _("We do not know this code. Look at it again, or call us: nothing is lost."),
        Fault.EXPIRED: _("The time of this code is over. Ask who gave it to you for a new one, or call us."),
        Fault.USED_UP: _(
            "This code has been used as often as it was meant. Ask who gave it to you, or call us."
        ),
    }[fault]


def repeat_gift(form: PriceForm, support: Support, language: str) -> None:
    """Show the gift that stands already."""
    if support.gift.minor:
        form.gift.raw_data = [write_amount(support.gift, language)]


def _find_code(text: str) -> tuple[PartnerCode | None, str]:
    if not text.strip():
        return None, ""
    try:
        return partner_codes.find_usable(house=house(), text=text, today=today(), now=now()), ""
    except CodeNotUsable as refusal:
        return None, code_words(refusal.fault)
