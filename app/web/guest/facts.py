"""Say in short words what a room type has: its size, its beds, its way in (rules A11Y-05, UX-10)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.services.availability import TypeCard


def _if_true(words: Callable[[], str]) -> Callable[[Any], str]:
    return lambda value: words() if value else ""


# Facts that the house knows how to say, in the order in which people ask for them.
KNOWN: Mapping[str, Callable[[Any], str]] = {
    "floor_area": lambda value: f"{value}\u00a0m²",
    "is_step_free": _if_true(lambda: _("step-free from the street")),
    "door_width_cm": lambda value: _("doors %(width)d cm wide", width=value),
    "has_roll_in_shower": _if_true(lambda: _("roll-in shower")),
    "bed_height_cm": lambda value: _("bed %(height)d cm high", height=value),
}


def list_facts(card: TypeCard, language: str) -> tuple[str, ...]:
    """Return the facts of a type: those that everybody asks for, then what the house wrote in this language."""
    sleeps = ngettext("sleeps %(num)d person", "sleeps %(num)d people", card.beds.sleeps)
    cots = ngettext("and a cot", "and %(num)d cots", card.beds.cots) if card.beds.cots else ""
    known = [say(card.facts[name]) for name, say in KNOWN.items() if name in card.facts]
    written = [text for value in card.facts.values() for text in _in_language(value, language)]
    return tuple(fact for fact in (*known[:1], f"{sleeps} {cots}".strip(), *written, *known[1:]) if fact)


def _in_language(value: Any, language: str) -> tuple[str, ...]:
    """Return what a fact says in a language; facts without languages say nothing here."""
    if not isinstance(value, Mapping) or language not in value:
        return ()
    text = value[language]
    return (text,) if isinstance(text, str) else tuple(text)
