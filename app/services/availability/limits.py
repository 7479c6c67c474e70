"""Refuse stays that the house does not sell: in the past, or too long for a form."""

from __future__ import annotations

from datetime import date

from app.models import Property
from pricing.stay import Stay


class ArrivalInThePast(ValueError):
    """The arrival lies before today."""


class StayTooLong(ValueError):
    """More nights than the house sells online; carries the most."""

    def __init__(self, most_nights: int) -> None:
        super().__init__(f"more than {most_nights} nights")
        self.most_nights = most_nights


def check_stay(house: Property, stay: Stay, today: date) -> None:
    """Refuse what no form sells. Raises: ArrivalInThePast, StayTooLong. The horizon is the grid's (NoRateForNight)."""
    if stay.arrival < today:
        raise ArrivalInThePast(stay.arrival)
    if stay.length > house.most_nights_of_a_stay:
        raise StayTooLong(house.most_nights_of_a_stay)
