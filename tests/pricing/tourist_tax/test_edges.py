"""Where a tariff is rounded, capped and refused: on the edge and beside it."""

from fractions import Fraction

import pytest

from pricing.money import Money
from pricing.tourist_tax import (
    Exemption,
    FixedTax,
    Sleeper,
    Surcharge,
    TaxInvalid,
    TaxRounding,
    UnclassifiedTax,
    example_tax,
)
from pricing.tourist_tax.one_rate import TaxableNight, tax_for_night
from pricing.tourist_tax.stay_tax import TaxedNight
from pricing.tourist_tax.surcharges import voted_tariff, with_surcharges
from tests.pricing.tourist_tax.rates import FIRST, fixed, rate_of

TENTH = Surcharge("department", Fraction(1, 10))


@pytest.mark.parametrize(
    ("base", "local", "added"),
    [("4.5", 5, 1), ("2.5", 3, 0), ("4.49", 4, 0), ("44.5", 45, 5), ("24.5", 25, 3), ("0.5", 1, 0)],
)
def test_rounds_each_component_half_up(base: str, local: int, added: int) -> None:
    tariff = with_surcharges(Fraction(base), [TENTH], TaxRounding.PER_COMPONENT, "EUR")

    assert (tariff.local.minor, tariff.surcharges[0][1].minor) == (local, added)


@pytest.mark.parametrize(
    ("base", "total"),
    [("5", 6), ("15", 17), ("25", 28), ("4", 4), ("6", 7), ("0.4", 0), ("35", 39), ("45", 50)],
)
def test_rounds_the_sum_once_half_up(base: str, total: int) -> None:
    tariff = with_surcharges(Fraction(base), [TENTH], TaxRounding.SINGLE_ROUND, "EUR")

    assert tariff.total.minor == total  # 5.5, 16.5, 27.5, 4.4, 6.6, 0.44, 38.5, 49.5
    assert tariff.local.minor + tariff.surcharges[0][1].minor == total


@pytest.mark.parametrize("rounding", list(TaxRounding))
@pytest.mark.parametrize("voted", [1, 5, 20, 230, 455])
def test_finds_the_tariff_behind_what_a_table_shows(voted: int, rounding: TaxRounding) -> None:
    halves = [TENTH, Surcharge("region", Fraction(15, 100)), Surcharge("line", Fraction(34, 100))]
    shown = with_surcharges(Fraction(voted), halves, rounding, "EUR").total

    assert voted_tariff(shown, halves, rounding) == Money(voted)


def test_takes_a_cap_of_nothing_and_not_less() -> None:
    assert UnclassifiedTax(Fraction(1, 20), Money(0)).per_person_night(Money.of(50), 1) == Money(0)
    assert FixedTax(Money(0)).tariff(Money.of(50), 1).total == Money(0)
    for refused in (lambda: UnclassifiedTax(Fraction(1, 20), Money(-1)), lambda: FixedTax(Money(-1))):
        with pytest.raises(TaxInvalid):
            refused()


@pytest.mark.parametrize(("vat", "minor"), [("0", 200), ("0.1", 182), ("0.25", 160)])
def test_takes_no_vat_off_a_price_unless_told(vat: str, minor: int) -> None:
    tax = UnclassifiedTax(Fraction(1, 25), Money.of(9))

    assert tax.per_person_night(Money.of(50), 1, vat=Fraction(vat)) == Money(minor)
    assert tax.tariff(Money.of(50), 1).total == tax.per_person_night(Money.of(50), 1) == Money(200)


@pytest.mark.parametrize(("price", "people", "vat"), [(-1, 1, "0"), (1, 0, "0"), (1, 1, "-0.01")])
def test_refuses_a_night_that_cannot_be_taxed(price: int, people: int, vat: str) -> None:
    with pytest.raises(TaxInvalid):
        example_tax().per_person_night(Money(price), people, vat=Fraction(vat))


def test_adds_a_tenth_to_the_example() -> None:
    assert [one.fraction for one in example_tax().surcharges] == [Fraction(1, 10)]
    assert example_tax().per_person_night(Money.of(500), 1) == Money.of("2.75")


def test_finds_nothing_behind_nothing() -> None:
    assert voted_tariff(Money(0), [TENTH]) == Money(0)


@pytest.mark.parametrize("count", [0, -1, 3])
def test_exempts_no_fewer_than_one_and_no_more_than_sleep_there(count: int) -> None:
    with pytest.raises(TaxInvalid, match="cannot be exempt"):
        TaxedNight(
            FIRST, rate_of(fixed("1")), Money.of(50), Fraction(0), 2, exempt=((Exemption.MINOR, count),)
        )


@pytest.mark.parametrize("age", [0, 17, 18, 130])
def test_takes_every_age_that_one_can_have(age: int) -> None:
    assert Sleeper.of_age(age).exemption_on(FIRST) == (Exemption.MINOR if age < 18 else None)


@pytest.mark.parametrize("age", [-1, 131])
def test_refuses_an_age_that_nobody_has(age: int) -> None:
    with pytest.raises(TaxInvalid, match="no age"):
        Sleeper.of_age(age)


def test_takes_no_vat_off_one_night_unless_told() -> None:
    night = TaxableNight(Money.of(36), occupants=2, liable=2)  # 72 cents, and 7 for the department

    assert tax_for_night(example_tax(), night).amount == Money.of("1.58")
    assert tax_for_night(example_tax(), night, vat=Fraction(1, 5)).amount == Money.of("1.32")
