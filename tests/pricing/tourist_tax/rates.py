"""An invented authority, its votes, and guests for the tests of the tourist tax."""

from datetime import date
from fractions import Fraction

from pricing.money import Money
from pricing.tourist_tax import (
    Category,
    Exemption,
    FixedTax,
    RentThreshold,
    RoomNight,
    Sleeper,
    Surcharge,
    Tax,
    TaxRate,
    TaxRounding,
    TaxTable,
    UnclassifiedTax,
)

TOWN = "Town of the tests"
DEPARTMENT = Surcharge("department", Fraction(1, 10), beneficiary="Department")
FIRST = date(2027, 1, 1)
ADULT, CHILD = Sleeper(), Sleeper.of_age(10)
RESIDENT = Sleeper(Exemption.DOMICILED_IN_COMMUNE)


def fixed(amount: str, *surcharges: Surcharge) -> FixedTax:
    return FixedTax(Money.of(amount), surcharges or (DEPARTMENT,), source="Vote of 4 June 2026")


def share(
    rate: str = "0.05", cap: str = "3", *surcharges: Surcharge, rounding: str = TaxRounding.PER_COMPONENT
) -> UnclassifiedTax:
    added = surcharges or (DEPARTMENT,)
    return UnclassifiedTax(Fraction(rate), Money.of(cap), added, rounding, source="Vote of 4 June 2026")


def rate_of(
    tax: Tax, valid_from: date = FIRST, category: Category | None = None, *, entered_by: str = "Zoé"
) -> TaxRate:
    kind = Category.UNCLASSIFIED if isinstance(tax, UnclassifiedTax) else Category.COLLECTIVE_HOSTEL
    return TaxRate(
        TOWN, category or kind, valid_from, tax, date(2026, 6, 4), entered_by, are_surcharges_settled=True
    )


def table_of(*rates: TaxRate, threshold: str = "0") -> TaxTable:
    return TaxTable(TOWN, rates, (RentThreshold(FIRST, Money.of(threshold), source="Vote of 4 June 2026"),))


def night(day: date, price: str, *sleepers: Sleeper) -> RoomNight:
    return RoomNight(day, Money.of(price), sleepers)
