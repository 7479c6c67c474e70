"""What the desk calls things: statuses, accounts, reasons, deeds; and moments as somebody at a counter says them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import g
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.models import BookingStatus, PaymentMethod
from app.services.stay_cards import AccountState
from app.web.desk.door import desk, now
from app.web.filters import date_short, hour
from app.web.night_words import BLOCK_REASONS, CHANNELS

__all__ = [
    "ACCOUNTS",
    "BLOCK_REASONS",
    "CHANNELS",
    "DEEDS",
    "FEED_STATES",
    "KINDS",
    "LINES",
    "METHODS",
    "STATUSES",
    "moment_words",
    "person_words",
]

STATUSES: Mapping[str, str] = {
    BookingStatus.TENTATIVE: _l("option"),
    BookingStatus.REQUESTED: _l("to confirm"),
    BookingStatus.CONFIRMED: _l("confirmed"),
    BookingStatus.IN_HOUSE: _l("in house"),
    BookingStatus.CHECKED_OUT: _l("gone"),
    BookingStatus.CANCELLED: _l("cancelled"),
    BookingStatus.DECLINED: _l("declined"),
    BookingStatus.EXPIRED: _l("expired"),
    BookingStatus.NO_SHOW: _l("did not come"),
}

ACCOUNTS: Mapping[str, str] = {
    AccountState.SETTLED: _l("settled"),
    AccountState.TO_SETTLE: _l("to settle"),
    AccountState.TO_GIVE_BACK: _l("to give back"),
    AccountState.PRICE_OPEN: _l("price to be chosen"),
    AccountState.BY_PLATFORM: _l("by the platform"),
    AccountState.PRICE_UNKNOWN: _l("price not known"),
    AccountState.NOT_OPENED: _l("nothing to settle yet"),
}

METHODS: Mapping[str, str] = {
    PaymentMethod.CASH: _l("Cash"),
    PaymentMethod.CHEQUE: _l("Cheque"),
    PaymentMethod.HOLIDAY_VOUCHER: _l("Holiday voucher"),
    PaymentMethod.CARD: _l("Card"),
}

LINES: Mapping[str, str] = {
    "night": _l("Night"),
    "tourist_tax": _l("Tourist tax"),
    "gift": _l("Gift to the fund"),
    "partner_voucher": _l("Settled by a partner"),
    "tax_by_channel": _l("Tourist tax, collected by the platform"),
    "platform": _l("Paid to the platform"),
    "cancellation_fee": _l("Kept by the terms of cancellation"),
    **METHODS,
}

DEEDS: Mapping[str, str] = {
    "hold": _l("began to book"),
    "order": _l("sent the request"),
    "request": _l("confirmed the request"),
    "book": _l("made the booking"),
    "confirm": _l("confirmed the stay"),
    "decline": _l("declined the request"),
    "cancel": _l("cancelled the booking"),
    "drop": _l("gave up the option"),
    "expire": _l("let it lapse: time was over"),
    "choose_price": _l("chose the price"),
    "change_guest": _l("changed who comes or how to reach them"),
    "change_dates": _l("changed the dates"),
    "move_room": _l("gave another room"),
    "complete": _l("completed the platform’s stay"),
    "correct_money": _l("wrote down what the platform says of the money"),
    "withdraw": _l("does not list the stay any more"),
    "check_in": _l("checked in"),
    "undo_check_in": _l("took the check-in back"),
    "check_out": _l("checked out"),
    "undo_check_out": _l("took the check-out back"),
    "reinstate": _l("let the booking stand again"),
    "mark_no_show": _l("noted that nobody came"),
    "take_payment": _l("took a payment"),
    "give_back": _l("gave money back to a card"),
    "repay": _l("gave money back at the desk"),
    "reverse": _l("reversed a payment"),
    "write_again": _l("wrote to the guest again"),
}

FEED_STATES: Mapping[str, str] = {
    "broken": _l("cannot be read"),
    "stale": _l("silent for hours"),
}

KINDS: Mapping[str, str] = {
    "coming": _l("To come"),
    "here": _l("In house"),
    "past": _l("Past"),
    "ended": _l("Cancelled and declined"),
}


@desk.app_context_processor
def give_words() -> dict[str, object]:
    """Give the words to the desk's templates."""
    if g.get("house") is None:
        return {}
    return {
        "statuses": STATUSES,
        "accounts": ACCOUNTS,
        "channels": CHANNELS,
        "block_reasons": BLOCK_REASONS,
        "folio_words": LINES,
        "deeds": DEEDS,
        "feed_states": FEED_STATES,
        "kinds": KINDS,
    }


def person_words(actor: str, person: str) -> str:
    """Say who did something."""
    if person:
        return person
    if actor.startswith("channel:"):
        channel = actor.removeprefix("channel:")
        return str(CHANNELS.get(channel, channel))
    names = {"guest": _("the guest"), "system": _("the house")}
    return names.get(actor, _("somebody of the house"))


def moment_words(moment: datetime) -> str:
    """Say a moment near now as people do: the hour today, "tomorrow 9:05", else the day and the hour."""
    zone = ZoneInfo(g.house.timezone)
    local = moment.astimezone(zone)
    at = hour(local.time(), g.language)
    day = now().astimezone(zone).date()
    if local.date() == day:
        return at
    if local.date() == day + timedelta(days=1):
        return _("tomorrow %(hour)s", hour=at)
    return _("%(day)s, %(hour)s", day=date_short(local.date(), g.language), hour=at)


desk.add_app_template_filter(moment_words, "moment")
