"""What letters tell of nights wanted twice: room, nights, and both sides without the name of a guest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.models import Letter, Property
from app.services import conflicts
from app.web.night_words import nights_words, side_words


@dataclass(frozen=True, slots=True)
class ConflictTold:
    """One conflict in words."""

    room_name: str
    nights: str
    had_by: str
    wanted_by: str


def tell_conflicts(house: Property, letter: Letter) -> tuple[ConflictTold, ...]:
    """Put into words the conflicts that came up with this letter, as far as nobody has settled them since."""
    return tuple(
        ConflictTold(
            room_name=card.room_name,
            nights=nights_words(card.missing, letter.language),
            had_by=", ".join(side_words(party) for party in card.had_by),
            wanted_by=side_words(card.wanted_by),
        )
        for card in conflicts.list_told(property_id=house.id, at=letter.created_at)
    )


def sentence_of(told: Sequence[ConflictTold]) -> str:
    """Say it in one sentence, as short as a text message."""
    if not told:
        return _("A night of a room was wanted twice; it may be settled already.")
    places = "; ".join(f"{each.room_name}, {each.nights}" for each in told)
    return _("Wanted twice: %(places)s. Please settle it today.", places=places)
