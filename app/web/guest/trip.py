"""A trip: the dates, the party and the rooms that travel in the address of every page before the hold.

Never an amount: what somebody can pay stands in no address (decision 15).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import request, url_for

from app.web.guest.door import house, today
from app.web.guest.forms.search import SearchForm
from pricing.household import Household
from pricing.stay import Stay

NAMES = ("arrival", "departure", "adults", "children", "rooms")


class TripUnclear(ValueError):
    """The address does not say a stay and a party that could be looked for."""


@dataclass(frozen=True, slots=True)
class Trip:
    """Dates, people, and the key of the offer once one has been picked."""

    stay: Stay
    party: Household
    rooms: str = ""

    def query(self) -> dict[str, str]:
        """Return the part of an address that says this trip.

        >>> from datetime import date
        >>> Trip(Stay(date(2027, 4, 9), date(2027, 4, 11)), Household(2, (4, 7))).query()
        {'arrival': '2027-04-09', 'departure': '2027-04-11', 'adults': '2', 'children': '4,7'}
        """
        said = {
            "arrival": self.stay.arrival.isoformat(),
            "departure": self.stay.departure.isoformat(),
            "adults": str(self.party.adults),
            "children": ",".join(str(age) for age in self.party.children),
            "rooms": self.rooms,
        }
        return {name: value for name, value in said.items() if value}

    def without_rooms(self) -> Trip:
        """Return the same dates and people, before an offer is picked."""
        return replace(self, rooms="")

    def moved_to(self, stay: Stay) -> Trip:
        """Return the same people on other dates."""
        return Trip(stay, self.party)


def trip_of(form: SearchForm) -> Trip:
    """Return the trip of a form that has been found valid."""
    if form.arrival.data is None or form.departure.data is None or form.adults.data is None:
        raise TripUnclear
    return Trip(
        Stay(form.arrival.data, form.departure.data), Household(form.adults.data, form.children.data or ())
    )


def trip_of_address() -> Trip:
    """Return the trip with its rooms that the address of this request says. Raises: TripUnclear."""
    form = SearchForm(request.args, today=today(), house=house())
    rooms = request.args.get("rooms", "")
    if not rooms or not form.validate():
        raise TripUnclear
    return replace(trip_of(form), rooms=rooms)


def address(endpoint: str, query: Mapping[str, str]) -> str:
    """Return the address of a page of the journey with the trip in it, and nothing else of the query."""
    known = {name: query[name] for name in NAMES if name in query}
    return f"{url_for(endpoint)}?{urlencode(known)}" if known else url_for(endpoint)
