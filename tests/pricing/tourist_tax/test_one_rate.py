"""The tourist tax of unclassified lodging, with the worked examples of the rules (E3 to E7, E10)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.money import CurrencyMismatch, Money
from pricing.tourist_tax import (
    Surcharge,
    TaxableNight,
    TaxInvalid,
    TaxRounding,
    UnclassifiedTax,
    example_tax,
    tax_for_night,
    tax_for_stay,
)

DEPARTMENT = Surcharge("department", Fraction(1, 10))
FIVE_PERCENT = UnclassifiedTax(Fraction(5, 100), Money.of(3), (DEPARTMENT,))
ROUNDED_ONCE = UnclassifiedTax(Fraction(5, 100), Money.of(3), (DEPARTMENT,), TaxRounding.SINGLE_ROUND)
TENTH = Fraction(1, 10)


@pytest.mark.parametrize(
    ("price", "vat", "occupants", "liable", "nights", "tariff", "due"),
    [
        ("54", TENTH, 3, 2, 2, "0.90", "3.60"),  # E3: 49.0909 / 3 = 16.3636; 0.82 + 0.08; x 2 x 2
        ("54", Fraction(0), 3, 2, 2, "0.99", "3.96"),  # E4: 18.00; 0.90 + 0.09; x 4
        ("12", Fraction(0), 1, 1, 3, "0.66", "1.98"),  # E5: 0.60 + 0.06; x 3
        ("120", Fraction(0), 1, 1, 1, "3.30", "3.30"),  # E6: 6.00, capped at 3.00; + 0.30
        ("54", Fraction(0), 3, 0, 2, "0.99", "0.00"),  # E7: nobody owes it
        ("11.50", Fraction(0), 1, 1, 1, "0.64", "0.64"),  # E10: 0.575 is 0.58; + 0.06
        ("10.91", Fraction(0), 1, 1, 1, "0.61", "0.61"),  # 0.5455 is 0.55; + 0.055, which is 0.06
        ("0", Fraction(0), 2, 2, 1, "0.00", "0.00"),  # TS-06: a free stay
    ],
)
def test_taxes_the_worked_examples(
    price: str, vat: Fraction, occupants: int, liable: int, nights: int, tariff: str, due: str
) -> None:
    night = TaxableNight(Money.of(price), occupants, liable)

    stay = tax_for_stay(FIVE_PERCENT, [night] * nights, vat=vat)

    assert stay.total == Money.of(due)
    assert {line.per_person for line in stay.lines} == {Money.of(tariff)}


@pytest.mark.parametrize(
    ("price", "occupants", "liable", "nights", "due"),
    [
        ("40", 1, 1, 1, "1.60"),
        ("60", 2, 2, 1, "2.40"),
        ("80", 4, 2, 3, "4.80"),
        ("100", 2, 2, 2, "8.00"),
        ("101", 2, 2, 1, "4.00"),  # the cap
        ("18", 2, 2, 1, "0.72"),
        ("23.64", 3, 2, 2, "1.28"),
    ],
)
def test_taxes_the_examples_of_a_town_without_surcharge(
    price: str, occupants: int, liable: int, nights: int, due: str
) -> None:
    tax = UnclassifiedTax(Fraction(4, 100), Money.of(2))

    assert tax_for_stay(tax, [TaxableNight(Money.of(price), occupants, liable)] * nights).total == Money.of(
        due
    )


def test_rounds_once_where_the_house_has_decided_so() -> None:
    assert ROUNDED_ONCE.per_person_night(Money.of("11.50"), 1) == Money.of("0.63")  # E10: 0.6325


def test_taxes_each_night_on_its_own_price() -> None:
    nights = [TaxableNight(Money.of(price), 2, 2) for price in (36, 48)]

    due = tax_for_stay(example_tax(), nights)

    assert [line.amount for line in due.lines] == [Money.of("1.58"), Money.of("2.12")]  # 0.72+0.07, 0.96+0.10
    assert due.total == Money.of("3.70")


def test_marks_the_invented_tax_as_an_example() -> None:
    tax = example_tax()

    assert tax.is_example
    assert tax.per_person_night(Money.of(200), 1) == Money.of("2.75")  # 8.00, capped at 2.50; + 0.25


@given(st.integers(0, 10**6), st.integers(1, 8), st.data(), st.sampled_from([FIVE_PERCENT, ROUNDED_ONCE]))
def test_never_passes_the_cap_with_its_surcharges(
    minor: int, occupants: int, data: st.DataObject, tax: UnclassifiedTax
) -> None:
    liable = data.draw(st.integers(0, occupants))

    line = tax_for_night(tax, TaxableNight(Money(minor), occupants, liable))

    assert Money(0) <= line.per_person <= Money.of("3.30")
    assert line.amount == line.per_person * liable
    assert abs(FIVE_PERCENT.per_person_night(Money(minor), occupants).minor - line.per_person.minor) <= 1


def test_taxes_a_stay_without_nights_at_nothing() -> None:
    assert tax_for_stay(FIVE_PERCENT, []).total == Money(0)


def test_refuses_a_tax_or_a_night_that_cannot_be() -> None:
    for make in (
        lambda: TaxableNight(Money(100), 2, 3),
        lambda: TaxableNight(Money(100), 0, 0),
        lambda: TaxableNight(Money(100), 2, -1),
        lambda: UnclassifiedTax(Fraction(4), Money(250)),
        lambda: UnclassifiedTax(Fraction(-1, 100), Money(250)),
        lambda: UnclassifiedTax(Fraction(1, 100), Money(-1)),
        lambda: UnclassifiedTax(Fraction(1, 100), Money(250), rounding="as you like"),
        lambda: Surcharge("department", 0.1),  # type: ignore[arg-type]
        lambda: FIVE_PERCENT.per_person_night(Money(-1), 1),
        lambda: FIVE_PERCENT.per_person_night(Money(1), 0),
    ):
        with pytest.raises(TaxInvalid):
            make()
    with pytest.raises(CurrencyMismatch):
        FIVE_PERCENT.per_person_night(Money(100, "CHF"), 1)
