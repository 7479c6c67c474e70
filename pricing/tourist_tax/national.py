"""The national brackets within which authorities vote: good for doubting a typed figure, never for charging one.

The law re-indexes the highest figures each year; those of 2025 and later were not found. A warning says its year.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pricing.money import Money
from pricing.tourist_tax.classification import Category
from pricing.tourist_tax.rates import TaxRate
from pricing.tourist_tax.tariffs import UnclassifiedTax
from pricing.tourist_tax.words import OUTSIDE_BRACKET
from pricing.words import amount, check_language, percent

LEAST_SHARE, GREATEST_SHARE = Fraction(1, 100), Fraction(5, 100)
_SMALL = (Category.STARS_1, Category.HOLIDAY_VILLAGE_1_3, Category.GUEST_HOUSE, Category.COLLECTIVE_HOSTEL)
_MIDDLE = (Category.STARS_2, Category.HOLIDAY_VILLAGE_4_5)
# Lowest and highest voted sum in euros, by year (rules and screens, section 1.3).
BRACKETS = {
    2023: {
        Category.PALACE: ("0.70", "4.30"),
        Category.STARS_5: ("0.70", "3.10"),
        Category.STARS_4: ("0.70", "2.40"),
        Category.STARS_3: ("0.50", "1.50"),
        **dict.fromkeys(_MIDDLE, ("0.30", "0.90")),
        **dict.fromkeys(_SMALL, ("0.20", "0.80")),
    },
    2024: {
        Category.PALACE: ("0.70", "4.60"),
        Category.STARS_5: ("0.70", "3.30"),
        Category.STARS_4: ("0.70", "2.50"),
        Category.STARS_3: ("0.50", "1.60"),
        **dict.fromkeys(_MIDDLE, ("0.30", "1.00")),
        **dict.fromkeys(_SMALL, ("0.20", "0.80")),
    },
}


@dataclass(frozen=True, slots=True)
class OutsideBracket:
    """Hold a doubt: a rate lies outside the national bracket of a year."""

    rate: TaxRate
    year: int
    least: Money | Fraction
    greatest: Money | Fraction

    def sentence(self, language: str) -> str:
        """Say it to who entered the rate. Raises: UnknownLanguage."""
        least, greatest = (_written(bound, language) for bound in (self.least, self.greatest))
        text = OUTSIDE_BRACKET[check_language(language)]
        return text.format(
            rate=_written(_asked(self.rate), language), least=least, greatest=greatest, year=self.year
        )


def outside_bracket(rate: TaxRate) -> OutsideBracket | None:
    """Return a doubt when a rate lies outside the latest known bracket of its year or before; None is no proof.

    An authority that asks nothing raises no doubt, and one in another currency is not compared.
    """
    year = max((year for year in BRACKETS if year <= rate.valid_from.year), default=min(BRACKETS))
    asked = _asked(rate)
    if not asked or rate.tax.currency != "EUR":
        return None
    if isinstance(asked, Fraction):
        least, greatest = LEAST_SHARE, GREATEST_SHARE
        return None if least <= asked <= greatest else OutsideBracket(rate, year, least, greatest)
    low, high = (Money.of(Decimal(bound)) for bound in BRACKETS[year][rate.category])
    return None if not asked.minor or low <= asked <= high else OutsideBracket(rate, year, low, high)


def _asked(rate: TaxRate) -> Money | Fraction:
    return rate.tax.rate if isinstance(rate.tax, UnclassifiedTax) else rate.tax.amount


def _written(bound: Money | Fraction, language: str) -> str:
    return percent(bound, language) if isinstance(bound, Fraction) else amount(bound, language)
