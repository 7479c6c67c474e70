"""The first question: when, and who."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from wtforms import Form, IntegerField, ValidationError
from wtforms.validators import InputRequired
from wtforms.widgets import NumberInput

from app.models import Property
from app.web.guest.forms.fields import AgesField, DayField

MOST_ADULTS = 10
FAR_YEARS = 10


class _CountInput(NumberInput):
    """A native number control; plain text when it holds something that the control would throw away."""

    def __call__(self, field: Any, **attributes: Any) -> Markup:
        if field.raw_data and field.data is None:
            attributes["type"] = "text"
        return super().__call__(field, **attributes)


class CountField(IntegerField):
    """A number of people; its own words for what is no number."""

    widget = _CountInput()

    def process_formdata(self, valuelist: Any) -> None:
        """Read the number. Raises: ValueError, with a sentence for the guest."""
        self.data = None
        text = valuelist[0].strip() if valuelist else ""
        if not text:
            return
        if not (text.isascii() and text.isdigit() and len(text) <= 3):
            raise ValueError(_("Write the number of adults in figures: 2."))
        self.data = int(text)


class SearchForm(Form):
    """Ask for the dates and the people; `today` and `house` say what can be asked for."""

    arrival = DayField(_l("Arrival"), [InputRequired(_l("Tell us the day you arrive."))])
    departure = DayField(_l("Departure"), [InputRequired(_l("Tell us the day you leave."))])
    adults = CountField(_l("Adults"), [InputRequired(_l("Tell us how many adults are coming."))], default=2)
    children = AgesField(_l("Children (ages)"), default=())

    def __init__(self, *args: Any, today: date, house: Property, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today, self._house = today, house
        self.arrival.render_kw = {"min": today.isoformat()}
        self.adults.render_kw = {"min": "1", "max": str(MOST_ADULTS), "inputmode": "numeric"}
        self.children.render_kw = {"inputmode": "text", "autocomplete": "off", "maxlength": "60"}

    def validate_arrival(self, field: DayField) -> None:
        """Refuse a day that is over, and one that nobody means."""
        if field.data is None:
            return
        if field.data < self._today:
            raise ValidationError(_("This day is over. Choose today or a later day."))
        self._refuse_far(field.data)

    def validate_departure(self, field: DayField) -> None:
        """Refuse a stay without a night."""
        if field.data is None:
            return
        if field.data <= self._today:
            raise ValidationError(_("This day is over. Choose a day after today."))
        if self.arrival.data is not None and field.data <= self.arrival.data:
            raise ValidationError(_("The departure comes after the arrival: a stay has at least one night."))
        self._refuse_far(field.data)

    def validate_adults(self, field: CountField) -> None:
        """Refuse a party without an adult, and one that a form cannot house."""
        if field.data is None:
            return
        if field.data < 1:
            raise ValidationError(_("At least one adult sleeps in the house."))
        if field.data > MOST_ADULTS:
            raise ValidationError(
                _(
                    "Up to %(most)d adults book here. For a larger group, call us: %(telephone)s.",
                    most=MOST_ADULTS,
                    telephone=self._house.telephone,
                )
            )

    def _refuse_far(self, day: date) -> None:
        if day.year > self._today.year + FAR_YEARS:
            raise ValidationError(_("Look at the year: we do not plan that far ahead."))
