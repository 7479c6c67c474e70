"""The question of the table for the counter: which kind of room, in which season, for whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, SelectField, ValidationError
from wtforms.validators import InputRequired

from app.services.availability import TypeCard
from app.services.parties import Sleepers
from app.web.guest.forms.fields import AgesField
from app.web.guest.forms.search import MOST_ADULTS, CountField
from pricing.grid import Grid

USUAL_ADULTS = 2


class CounterForm(Form):
    """Ask for room, season and party; a party that the room does not hold is refused."""

    type = SelectField(_l("Room"), [InputRequired()])
    season = SelectField(_l("Season"), [InputRequired()])
    adults = CountField(_l("Adults"), [InputRequired(_l("Tell us how many adults are coming."))])
    children = AgesField(_l("Children (ages)"), default=())

    def __init__(
        self, *args: Any, cards: Sequence[TypeCard], grid: Grid, language: str, **kwargs: Any
    ) -> None:
        usual = next(
            (card for card in cards if card.beds.sleeps >= USUAL_ADULTS), cards[0] if cards else None
        )
        if usual is not None:  # the page that nobody has asked for yet shows people who have a bed
            kwargs |= {"type": usual.code, "adults": min(USUAL_ADULTS, usual.beds.sleeps)}
        kwargs.setdefault("season", grid.calendar.usual_season.code)
        super().__init__(*args, **kwargs)
        self._cards = {card.code: card for card in cards}
        self.type.choices = [(card.code, card.name(language)) for card in cards]
        self.season.choices = [(season.code, season.names[language]) for season in grid.calendar.seasons]
        self.adults.render_kw = {"min": "1", "max": str(MOST_ADULTS), "inputmode": "numeric"}

    def validate_adults(self, field: CountField) -> None:
        """Refuse a party without an adult, and one for which the room has no beds."""
        if field.data is None:
            return
        if field.data < 1:
            raise ValidationError(_("At least one adult sleeps in the house."))
        card = self._cards.get(self.type.data or "")
        if card is not None and not card.beds.hold(Sleepers(field.data, self.children.data or ())):
            raise ValidationError(_("This room has no beds for so many."))
