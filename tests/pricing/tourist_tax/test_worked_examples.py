"""The worked examples E1 to E12 of the rules, each with the sum beside the number."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

import pytest

from pricing.money import Money
from pricing.tourist_tax import (
    Category,
    Classification,
    Exemption,
    Mandate,
    RoomNight,
    Sleeper,
    StayTax,
    Surcharge,
    Tax,
    TaxRounding,
    from_record,
    tax_of_stay,
    to_record,
)
from tests.pricing.tourist_tax.rates import ADULT, CHILD, RESIDENT, fixed, night, rate_of, share, table_of

JULY = date(2027, 7, 2)
CATEGORIES = {
    Category.STARS_3: [Classification(Category.STARS_3, date(2026, 1, 1), date(2031, 1, 1))],
    Category.COLLECTIVE_HOSTEL: [Classification(Category.COLLECTIVE_HOSTEL, date(2020, 1, 1))],
    Category.UNCLASSIFIED: [],
}


@dataclass(frozen=True)
class Example:
    tax: Tax
    price: str
    sleepers: tuple[Sleeper, ...]
    nights: int
    due: str
    category: Category = Category.UNCLASSIFIED
    vat: Fraction = Fraction(0)
    arrival: date = JULY
    later: tuple[tuple[date, Tax], ...] = ()
    mandate: Mandate | None = None
    memo: str = "0"
    reasons: frozenset[Exemption] = field(default=frozenset())


HOSTEL, STARS = Category.COLLECTIVE_HOSTEL, Category.STARS_3
FAMILY = (ADULT, ADULT, CHILD)
MANDATE = Mandate("Channel", "M-12", date(2027, 1, 15))
GROWING_UP = Sleeper.of_age(17, adult_from=date(2027, 7, 3))
MINOR, LOCAL = frozenset({Exemption.MINOR}), frozenset({Exemption.DOMICILED_IN_COMMUNE})

EXAMPLES = {
    "E1": Example(fixed("1.00"), "90", FAMILY, 3, "6.60", STARS, reasons=MINOR),  # 1.10 x 2 x 3
    "E2": Example(fixed("0.80"), "50", (ADULT,), 2, "1.76", HOSTEL),  # 0.88 x 2
    "E3": Example(share(), "54.00", FAMILY, 2, "3.60", vat=Fraction(1, 10), reasons=MINOR),  # 0.90 x 2 x 2
    "E4": Example(share(), "54.00", FAMILY, 2, "3.96", reasons=MINOR),  # 0.99 x 4
    "E5": Example(share(), "12.00", (ADULT,), 3, "1.98"),  # 0.66 x 3
    "E6": Example(share(), "120.00", (ADULT,), 1, "3.30"),  # 6.00, capped at 3.00; + 0.30
    "E7 resident": Example(share(), "54.00", (RESIDENT,), 2, "0", reasons=LOCAL),
    "E7 free stay": Example(fixed("1.00"), "0", (ADULT, ADULT), 2, "0", STARS),
    "E7 child alone": Example(fixed("1.00"), "54.00", (CHILD,), 2, "0", STARS, reasons=MINOR),
    "E8": Example(fixed("0.55"), "30", (ADULT,), 1, "0.61", HOSTEL),  # 0.055 is 0.06
    "E9": Example(  # 0.88 x 2 + 0.99
        fixed("0.80"), "30", (ADULT,), 3, "2.75", HOSTEL,
        arrival=date(2027, 12, 30), later=((date(2028, 1, 1), fixed("0.90")),),
    ),
    "E10": Example(share(), "11.50", (ADULT,), 1, "0.64"),  # 0.575 is 0.58; + 0.06
    "E10 once": Example(share(rounding=TaxRounding.SINGLE_ROUND), "11.50", (ADULT,), 1, "0.63"),  # 0.6325
    "E11": Example(fixed("1.00"), "30", (GROWING_UP,), 3, "2.20", HOSTEL, reasons=MINOR),  # 1.10 x 2
    "E12": Example(fixed("1.00"), "90", FAMILY, 3, "0", STARS, mandate=MANDATE, memo="6.60", reasons=MINOR),
}  # fmt: skip


def taxed(example: Example) -> StayTax:
    rates = [rate_of(example.tax, category=example.category)]
    rates += [rate_of(tax, day, example.category) for day, tax in example.later]
    nights: list[RoomNight] = [
        night(example.arrival + timedelta(place), example.price, *example.sleepers)
        for place in range(example.nights)
    ]
    decisions = CATEGORIES[example.category]
    return tax_of_stay(table_of(*rates), decisions, nights, vat=example.vat, mandate=example.mandate)


@pytest.mark.parametrize("name", EXAMPLES)
def test_taxes_the_worked_examples(name: str) -> None:
    example = EXAMPLES[name]

    tax = taxed(example)

    assert tax.total == Money.of(example.due)
    assert tax.collected_by_channel == Money.of(example.memo)
    assert {reason for line in tax.lines for reason, _ in line.exempt} == example.reasons


@pytest.mark.parametrize("name", EXAMPLES)
def test_recomputes_an_old_note_from_what_was_kept_with_it(name: str) -> None:
    tax = taxed(EXAMPLES[name])

    for line in tax.lines:
        kept = from_record(to_record(line))
        assert (kept.amount, kept.due, kept.liable) == (line.amount, line.due, line.liable)


@pytest.mark.parametrize(
    ("price", "occupants", "liable", "nights", "due"),
    [
        ("40", 1, 1, 1, "1.60"), ("60", 2, 2, 1, "2.40"), ("80", 4, 2, 3, "4.80"), ("100", 2, 2, 2, "8.00"),
        ("101", 2, 2, 1, "4.00"), ("18", 2, 2, 1, "0.72"), ("23.64", 3, 2, 2, "1.28"),
    ],
)  # fmt: skip
def test_taxes_the_examples_of_a_town_of_2025(
    price: str, occupants: int, liable: int, nights: int, due: str
) -> None:
    without = share("0.04", "2", Surcharge("none", Fraction(0)))
    sleepers = (ADULT,) * liable + (CHILD,) * (occupants - liable)

    tax = taxed(Example(without, price, sleepers, nights, due))

    assert tax.total == Money.of(due)
