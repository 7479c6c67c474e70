"""Who read our calendar, and what they were answered, in words (R50)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from app.services.channels import ReadingCard
from app.web.desk.words import moment_words

READ, UNCHANGED, TOO_MANY = 200, 304, 429


@dataclass(frozen=True, slots=True)
class ReadingShown:
    """A reading: when, the answer in words, the program and the network that asked."""

    at: datetime
    words: str
    reader: str
    network: str


def show_readings(readings: Iterable[ReadingCard]) -> tuple[ReadingShown, ...]:
    """Put readings into words, the latest first."""
    words = {
        READ: _("read it"),
        UNCHANGED: _("asked; nothing was new"),
        TOO_MANY: _("asked too often, and was told to wait"),
    }
    return tuple(
        ReadingShown(
            at=reading.at,
            words=words.get(reading.status) or _("was answered %(status)d", status=reading.status),
            reader=reading.user_agent or _("a reader without a name"),
            network=reading.network,
        )
        for reading in readings
    )


def old_address_words(until: datetime | None, now: datetime) -> str:
    """Say until when our former address is answered, empty when it is not."""
    if until is None or until <= now:
        return ""
    return _("The former address is answered until %(moment)s.", moment=moment_words(until))
