"""What a house is to the tourist tax on a night: a category by an official decision, which ends, or unclassified."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pricing.tourist_tax.refusal import TaxInvalid

YEARS_OF_A_DECISION = 5
DAYS_OF_WARNING = 90


class Category(StrEnum):
    """Name the categories for which authorities vote a rate (TS-21)."""

    PALACE = "palace"
    STARS_5 = "stars_5"
    STARS_4 = "stars_4"
    STARS_3 = "stars_3"
    STARS_2 = "stars_2"
    STARS_1 = "stars_1"
    HOLIDAY_VILLAGE_4_5 = "holiday_village_4_5"
    HOLIDAY_VILLAGE_1_3 = "holiday_village_1_3"
    GUEST_HOUSE = "guest_house"
    COLLECTIVE_HOSTEL = "collective_hostel"
    UNCLASSIFIED = "unclassified"


WITHOUT_STARS = {
    Category.GUEST_HOUSE,
    Category.COLLECTIVE_HOSTEL,
}  # these are what they are, without a decision


@dataclass(frozen=True, slots=True)
class Classification:
    """Hold a decision on the house's category: in force from a day up to, not including, `valid_until`.

    Stars hold for five years at most (C. tourisme D311-5 to D311-9); a guest house or hostel remains one, so its
    `valid_until` may be missing. `reference` is that of the decision.

    Raises: TaxInvalid.
    """

    category: Category
    decided_on: date
    valid_until: date | None = None
    reference: str = ""

    def __post_init__(self) -> None:
        if self.category == Category.UNCLASSIFIED:
            raise TaxInvalid(
                "nobody decides that a house is unclassified: it is, where no decision is in force"
            )
        if self.category not in WITHOUT_STARS and self.valid_until is None:
            raise TaxInvalid(f"a decision on {self.category} ends after {YEARS_OF_A_DECISION} years at most")
        if self.valid_until is None:
            return
        if not self.decided_on < self.valid_until <= _years_after(self.decided_on):
            raise TaxInvalid(f"a decision of {self.decided_on} does not hold until {self.valid_until}")

    def holds_on(self, night: date) -> bool:
        """Tell whether the decision is in force on a night."""
        return self.decided_on <= night and (self.valid_until is None or night < self.valid_until)


def category_on(decisions: Iterable[Classification], night: date) -> Category:
    """Return the category of a night by the latest decision in force, or unclassified without one (TS-20).

    >>> stars = Classification(Category.STARS_3, date(2022, 5, 1), date(2027, 5, 1))
    >>> [category_on([stars], date(2027, month, day)).value for month, day in ((4, 30), (5, 1))]
    ['stars_3', 'unclassified']
    """
    holding = [decision for decision in decisions if decision.holds_on(night)]
    latest = max(holding, key=lambda decision: decision.decided_on, default=None)
    return Category.UNCLASSIFIED if latest is None else latest.category


def ending_soon(decisions: Iterable[Classification], today: date) -> Classification | None:
    """Return the decision in force that ends within 90 days with none to follow it: somebody should renew it."""
    known = list(decisions)
    for decision in known:
        ending = decision.valid_until
        if ending is None or not decision.holds_on(today) or ending - today > timedelta(DAYS_OF_WARNING):
            continue
        if category_on(known, ending) == Category.UNCLASSIFIED:
            return decision
    return None


def _years_after(day: date) -> date:
    year = day.year + YEARS_OF_A_DECISION
    # A decision of 29 February ends with February.
    return date(year, 3, 1) if (day.month, day.day) == (2, 29) else day.replace(year=year)
