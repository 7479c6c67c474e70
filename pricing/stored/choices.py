"""Choices as text: canonical JSON with a schema, amounts as strings; for the guest alone (decision 15)."""

from collections.abc import Mapping
from typing import Any

from pricing.choice import Choice, PricedNight
from pricing.quoted import total
from pricing.stored.values import (
    QuoteInvalid,
    read_amount,
    read_day,
    read_of,
    read_table,
    read_text,
    write_amount,
    write_text,
)

CHOICE_SCHEMA = "pricing-choice/1"
CHOICE_KEYS = {"schema", "currency", "bracket", "nights"}
NIGHT_KEYS = {"room", "night", "reference", "due", "chosen"}


def dump_choice(choice: Choice) -> str:
    """Write a choice in one canonical form; it holds the bracket, and is for the guest alone (decision 15)."""
    return write_text(
        {
            "schema": CHOICE_SCHEMA,
            "currency": choice.amount.currency,
            "bracket": choice.bracket,
            "nights": [
                {
                    "room": night.room_index,
                    "night": str(night.night),
                    "reference": write_amount(night.reference),
                    "due": write_amount(night.due),
                    "chosen": write_amount(night.chosen),
                }
                for night in choice.nights
            ],
        }
    )


def load_choice(text: str) -> Choice:
    """Read a choice. Raises: QuoteInvalid."""
    return read_text(text, lambda told: _choice(read_table(told, CHOICE_KEYS, CHOICE_SCHEMA)))


def _choice(told: Mapping[str, Any]) -> Choice:
    currency, bracket = read_of(str, told["currency"]), told["bracket"]
    if bracket is not None and read_of(int, bracket) < 1:
        raise QuoteInvalid("brackets are numbered from 1")
    nights = tuple(
        _read_night(read_table(night, NIGHT_KEYS), currency) for night in read_of(list, told["nights"])
    )
    places = [(night.night, night.room_index) for night in nights]
    if not nights or places != sorted(set(places)):
        raise QuoteInvalid("the nights of a choice are in order of date, then of room, one at least")
    return Choice(
        bracket=bracket,
        due=total([night.due for night in nights]),
        amount=total([night.chosen for night in nights]),
        nights=nights,
    )


def _read_night(told: Mapping[str, Any], currency: str) -> PricedNight:
    reference, due, chosen = (read_amount(told[name], currency) for name in ("reference", "due", "chosen"))
    return PricedNight(read_of(int, told["room"]), read_day(told["night"]), reference, due, chosen)
