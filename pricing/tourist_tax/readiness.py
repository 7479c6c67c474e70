"""Whether a house may open for sale: a person has entered its own rates, with their source, for every night."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pricing.stay import Stay
from pricing.tourist_tax.classification import Category, Classification, category_on
from pricing.tourist_tax.rates import RentThreshold, TaxRate, TaxTable
from pricing.tourist_tax.refusal import NoTaxRate
from pricing.tourist_tax.words import CATEGORIES, MISSING
from pricing.words import check_language
from pricing.words import day as written_day


class Lack(StrEnum):
    """Name what may be missing (TS-04, TS-13, TS-23)."""

    NO_RATE = "no_rate"
    EXAMPLE = "example"
    NO_SOURCE = "no_source"
    NOT_ENTERED = "not_entered"
    SURCHARGES_UNKNOWN = "surcharges_unknown"
    THRESHOLD_UNKNOWN = "threshold_unknown"
    THRESHOLD_EXAMPLE = "threshold_example"


@dataclass(frozen=True, slots=True)
class Missing:
    """Hold one thing that is missing, and the first night for which it is."""

    lack: Lack
    night: date
    category: Category

    def sentence(self, language: str) -> str:
        """Say it to the manager. Raises: UnknownLanguage."""
        text = MISSING[check_language(language)][self.lack]
        night = f"{written_day(self.night, language)} {self.night.year}"
        night = night.lower() if language == "fr" else night
        return text.format(night=night, category=CATEGORIES[language][self.category])


def what_is_missing(
    table: TaxTable, decisions: Iterable[Classification], horizon: Stay
) -> tuple[Missing, ...]:
    """List what keeps a house from opening for sale, once per rate or threshold; empty when nothing does.

    `horizon` runs from the first night that is sold up to, not including, the day after the last. A house in a place
    without a tax says so by a rate of nothing, with its source. Raises: TaxInvalid where a flat sum is levied.
    """
    known = tuple(decisions)
    found: dict[object, Missing] = {}
    for night in horizon.nights:
        category = category_on(known, night)
        for about, lack in _lacks(table, category, night):
            found.setdefault((about, lack), Missing(lack, night, category))
    return tuple(found.values())


def is_complete(table: TaxTable, decisions: Iterable[Classification], horizon: Stay) -> bool:
    """Tell whether the house's own rates stand for every night of a horizon."""
    return not what_is_missing(table, decisions, horizon)


def _lacks(table: TaxTable, category: Category, night: date) -> Iterator[tuple[object, Lack]]:
    try:
        rate = table.rate_on(category, night)
    except NoTaxRate:
        yield category, Lack.NO_RATE
    else:
        yield from ((rate.key, lack) for lack in _lacks_of(rate))
    threshold = table.threshold_on(night)
    if threshold is None:
        yield "threshold", Lack.THRESHOLD_UNKNOWN
    elif _is_invented(threshold):
        yield threshold.valid_from, Lack.THRESHOLD_EXAMPLE


def _lacks_of(rate: TaxRate) -> Iterator[Lack]:
    if rate.tax.is_example:
        yield Lack.EXAMPLE
    if not rate.tax.source.strip() or rate.decided_on is None:
        yield Lack.NO_SOURCE
    if not rate.entered_by.strip():
        yield Lack.NOT_ENTERED
    if not rate.are_surcharges_settled:
        yield Lack.SURCHARGES_UNKNOWN


def _is_invented(threshold: RentThreshold) -> bool:
    return threshold.is_example or not threshold.source.strip()
