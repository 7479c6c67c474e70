"""What a platform says that an event is: a guest's stay or a closure. Only for showing, never for deciding to block."""

from __future__ import annotations

import re
from enum import StrEnum


class Kind(StrEnum):
    """Tell a guest's stay from nights closed by the host or the platform, where the platform tells."""

    RESERVATION = "reservation"
    BLOCK = "block"
    UNKNOWN = "unknown"


# Booking.com writes one summary for stays and closures; Guesty calls other channels' stays blocked.
_ENOUGH_LETTERS = 300
_UNTOLD = re.compile(r"closed - not available|blocked by guesty", re.IGNORECASE)
_CLOSED = re.compile(
    r"not available|unavailable|indisponible|non disponible|no disponible|non disponibile|nicht verfügbar"
    r"|niet beschikbaar|\bblocked\b|\bbloqué|\bbloqueado|\bbloccato|\bblockiert|\bgeblokkeerd|\bclosed\b|\bclosure\b"
    r"|\bfermé|\bfermeture\b|\bgesperrt\b"
    r"|^\[c\]",
    re.IGNORECASE,
)
_STAY = re.compile(
    r"\breserved\b|\breservation\b|\bbooked\b|\bbooking\b|\bréservé|\bréservation|\bprovisoire\b|\btentative\b|\breservad[oa]\b"
    r"|\breserviert|\bgebucht|\briservat|\bprenotat|\bgereserveerd|\bgeboekt|^\[b\]",
    re.IGNORECASE,
)


def kind_of(summary: str, maker: str) -> Kind:
    """Read the kind from a summary, in the languages that hosts' accounts are set to, and the feed's maker.

    >>> kind_of("Réservée - A.", "-//HomeAway.com, Inc.//EN").value
    'reservation'
    """
    summary = summary[:_ENOUGH_LETTERS]
    if "booking.com" in maker.casefold() or _UNTOLD.search(summary):
        return Kind.UNKNOWN
    if _CLOSED.search(summary):
        return Kind.BLOCK
    return Kind.RESERVATION if _STAY.search(summary) else Kind.UNKNOWN
