"""What a house is furnished with: values that refuse nonsense, and say under which key it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time
from fractions import Fraction
from typing import Any

from pricing.grid import Grid
from pricing.tourist_tax import UnclassifiedTax

CODE = re.compile(r"[a-z][a-z0-9_-]{0,39}")
LONGEST_ROOM_NAME = 80
LONGEST_AUTHOR = LONGEST_VOTE = 120
LONGEST_SOURCE = 200
MOST_DECIMALS = 6  # of a fraction of the tourist tax, which is kept as a decimal text


class PlanInvalid(ValueError):
    """A house cannot be furnished like this; `path` leads to the faulty key ("types[2].sleeps")."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = message


class StandsDifferently(PlanInvalid):
    """The house stands differently from its plan, and somebody relies on how it stands."""


@contextmanager
def under(path: str) -> Iterator[None]:
    """Prefix the fault that a value found in itself with the path of the place that is being read."""
    try:
        yield
    except PlanInvalid as fault:
        raise PlanInvalid(f"{path}.{fault.path}", fault.message) from None


@dataclass(frozen=True, slots=True)
class Hours:
    """When guests come and go, and when somebody answers; local times. Raises: PlanInvalid."""

    check_in_from: time
    check_in_until: time
    check_out_until: time
    desk_opens: time
    desk_closes: time

    def __post_init__(self) -> None:
        """Refuse a day that ends before it begins."""
        if self.check_in_until <= self.check_in_from:
            raise PlanInvalid("check_in_until", "check-in ends after it begins, on the same day")
        if self.check_out_until > self.check_in_from:
            raise PlanInvalid("check_out_until", "a room is left before the next guests may come in")
        if self.desk_closes <= self.desk_opens:
            raise PlanInvalid("desk_closes", "the desk closes after it opens, on the same day")


@dataclass(frozen=True, slots=True)
class Terms:
    """Until when cancelling costs nothing, and how long a stay may be booked online. Raises: PlanInvalid."""

    free_cancellation_days: int
    free_cancellation_until: time
    most_nights_of_a_stay: int

    def __post_init__(self) -> None:
        """Refuse terms that no calendar has room for."""
        if not 0 <= self.free_cancellation_days <= 365:
            raise PlanInvalid("free_cancellation_days", "a number of days from 0 to 365 is expected")
        if not 1 <= self.most_nights_of_a_stay <= 365:
            raise PlanInvalid("most_nights_of_a_stay", "a number of nights from 1 to 365 is expected")


@dataclass(frozen=True, slots=True)
class RoomPlan:
    """A room, and its drawn picture below static/img/rooms/ if it has one."""

    name: str
    picture: str = ""


@dataclass(frozen=True, slots=True)
class TypePlan:
    """A room type in the words of the house, by language, and its rooms. Raises: PlanInvalid."""

    code: str
    names: Mapping[str, str]
    descriptions: Mapping[str, str]
    facts: Mapping[str, Any]
    sleeps: int
    rooms: tuple[RoomPlan, ...]
    cots: int = 0
    is_instant: bool = False

    def __post_init__(self) -> None:
        """Refuse a type that nobody could be offered."""
        if not CODE.fullmatch(self.code):
            raise PlanInvalid("code", f"{self.code!r} is not made of small letters, digits, - and _")
        if self.sleeps < 1:
            raise PlanInvalid("sleeps", "a room sleeps somebody")
        if self.cots < 0:
            raise PlanInvalid("cots", "a number of cots from 0 up is expected")
        if not self.rooms:
            raise PlanInvalid("rooms", "a type has at least one room")
        for place, room in enumerate(self.rooms, 1):
            check_text(f"rooms[{place}]", room.name, LONGEST_ROOM_NAME)


@dataclass(frozen=True, slots=True)
class GridPlan:
    """A version of the grid, and who has voted it. Raises: PlanInvalid."""

    grid: Grid
    author: str
    vote_reference: str

    def __post_init__(self) -> None:
        """Refuse rules that nobody stands for."""
        check_text("author", self.author, LONGEST_AUTHOR)
        check_text("vote_reference", self.vote_reference, LONGEST_VOTE)


@dataclass(frozen=True, slots=True)
class TaxPlan:
    """The tourist tax from a day on, and where it is written (TS-02, TS-04). Raises: PlanInvalid."""

    valid_from: date
    tax: UnclassifiedTax

    def __post_init__(self) -> None:
        """Refuse a tax without a source, or finer than any authority votes."""
        check_text("source", self.tax.source, LONGEST_SOURCE)
        _check_decimals("rate", self.tax.rate)
        for place, surcharge in enumerate(self.tax.surcharges, 1):
            _check_decimals(f"surcharges[{place}].fraction", surcharge.fraction)


@dataclass(frozen=True, slots=True)
class HousePlan:
    """All that a house needs in order to sell; `tax` is None where nobody levies one. Raises: PlanInvalid."""

    hours: Hours
    terms: Terms
    types: tuple[TypePlan, ...]
    grid: GridPlan
    tax: TaxPlan | None

    def __post_init__(self) -> None:
        """Refuse what does not fit together: a name given twice, a type without rate, a stay without price."""
        if not self.types:
            raise PlanInvalid("types", "a house has at least one type of room")
        self._check_names()
        for place, plan in enumerate(self.types, 1):
            check_factor(self.grid.grid, plan.code, f"types[{place}].code")
        longest = self.grid.grid.most_nights
        if self.terms.most_nights_of_a_stay > longest:
            raise PlanInvalid(
                "stays.most_nights_of_a_stay", f"the grid prices stays of {longest} nights at most"
            )

    def _check_names(self) -> None:
        codes: set[str] = set()
        rooms: set[str] = set()
        for place, plan in enumerate(self.types, 1):
            if plan.code in codes:
                raise PlanInvalid(f"types[{place}].code", f"{plan.code!r} stands twice")
            codes.add(plan.code)
            for number, room in enumerate(plan.rooms, 1):
                if room.name in rooms:
                    raise PlanInvalid(f"types[{place}].rooms[{number}]", f"{room.name!r} stands twice")
                rooms.add(room.name)


def check_text(path: str, text: str, longest: int) -> None:
    """Refuse a text that is empty or longer than its column. Raises: PlanInvalid."""
    if not text.strip():
        raise PlanInvalid(path, "a text is expected")
    if len(text) > longest:
        raise PlanInvalid(path, f"{longest} characters are enough")


def check_factor(grid: Grid, type_code: str, path: str) -> None:
    """Refuse a type that a grid has no price for. Raises: PlanInvalid."""
    if type_code not in grid.room_factors:
        known = ", ".join(sorted(grid.room_factors))
        message = f"grid version {grid.version} has no room factor for {type_code!r}; it has for {known}"
        raise PlanInvalid(path, message)


def _check_decimals(path: str, fraction: Fraction) -> None:
    if (fraction * 10**MOST_DECIMALS).denominator != 1:
        raise PlanInvalid(path, f"{MOST_DECIMALS} decimals are enough")
