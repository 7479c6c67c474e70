"""The rules TS-23 to TS-26: surcharges of the night, and how they round."""

from datetime import date
from fractions import Fraction

import pytest

from pricing.money import Money
from pricing.tourist_tax import (
    Category,
    RentThreshold,
    Surcharge,
    TaxInvalid,
    TaxRate,
    TaxTable,
    outside_bracket,
    tax_of_stay,
    voted_rate,
    voted_tariff,
)
from tests.pricing.tourist_tax.cases import HOSTEL
from tests.pricing.tourist_tax.rates import (
    ADULT,
    DEPARTMENT,
    FIRST,
    TOWN,
    fixed,
    night,
    rate_of,
    share,
    table_of,
)


@pytest.mark.parametrize(
    ("on", "due"),
    [
        (date(2027, 6, 30), "0.88"),
        (date(2027, 7, 1), "1.15"),
        (date(2027, 12, 31), "1.15"),
        (date(2028, 1, 1), "0.88"),
    ],
)
def test_adds_the_surcharges_of_the_night_ts_23_ts_24(on: date, due: str) -> None:
    railway = Surcharge("railway", Fraction(34, 100), "Region", date(2027, 7, 1), date(2028, 1, 1))
    table = table_of(rate_of(fixed("0.80", DEPARTMENT, railway)))

    assert tax_of_stay(table, HOSTEL, [night(on, "30", ADULT)]).total == Money.of(due)  # 0.272 is 0.27


def test_reads_a_rate_that_is_shown_with_its_surcharges_ts_25() -> None:
    assert voted_rate(Fraction("0.044"), [DEPARTMENT]) == Fraction("0.04")
    assert voted_tariff(Money.of("0.61"), [DEPARTMENT]) == Money.of("0.55")
    assert voted_tariff(Money.of("0.60"), [], "single_round") == Money.of("0.60")
    with pytest.raises(TaxInvalid, match="0 possible"):
        voted_tariff(Money.of("0.05"), [Surcharge("double", Fraction(2))])  # 0.01 shows 0.03, 0.02 shows 0.06


def test_rounds_each_surcharge_as_the_table_of_paris_does_ts_26() -> None:
    both = (Surcharge("department", Fraction(10, 100)), Surcharge("region", Fraction(15, 100)))

    shown = [fixed(voted, *both).tariff(Money(0), 1) for voted in ("2.30", "1.50", "0.90")]

    assert [str(tariff.total.decimal) for tariff in shown] == ["2.88", "1.88", "1.13"]
    assert shown[0].surcharges == (("department", Money(23)), ("region", Money(35)))


@pytest.mark.parametrize(
    ("rate", "is_odd"),
    [
        (rate_of(fixed("0.80")), False),
        (rate_of(fixed("0.20")), False),
        (rate_of(fixed("0.19")), True),
        (rate_of(fixed("0.81")), True),
        (rate_of(fixed("0.00")), False),
        (rate_of(fixed("1.60"), category=Category.STARS_3), False),
        (rate_of(fixed("1.60"), date(2023, 1, 1), Category.STARS_3), True),
        (rate_of(fixed("1.60"), date(2019, 1, 1), Category.STARS_3), True),
        (rate_of(share("0.05")), False),
        (rate_of(share("0.01")), False),
        (rate_of(share("0.051")), True),
        (rate_of(share("0.009")), True),
    ],
)
def test_doubts_a_rate_outside_the_national_bracket(rate: TaxRate, is_odd: bool) -> None:
    assert (outside_bracket(rate) is not None) is is_odd


def test_says_the_year_of_a_doubt() -> None:
    odd = outside_bracket(rate_of(fixed("8.00")))
    share_odd = outside_bracket(rate_of(share("0.5")))

    assert odd is not None
    assert share_odd is not None
    assert "2024 (€0.20 to €0.80" in odd.sentence("en")
    assert "2024 (0,20\u00a0€ à 0,80\u00a0€" in odd.sentence("fr")
    assert share_odd.sentence("en").startswith("50% is outside the national bracket of 2024 (1% to 5%")


def test_takes_surcharges_up_to_three_times_the_tax_ts_24() -> None:
    assert fixed("1.00", Surcharge("all", Fraction(3))).tariff(Money(0), 1).total == Money.of(4)
    with pytest.raises(TaxInvalid):
        Surcharge("all", Fraction(301, 100))


def test_refuses_a_table_that_cannot_be() -> None:
    elsewhere = TaxRate("Elsewhere", Category.COLLECTIVE_HOSTEL, FIRST, fixed("1"))
    threshold = RentThreshold(FIRST, Money(100))

    for rates, thresholds in (
        ((elsewhere,), ()),
        ((), (threshold, threshold)),
        ((rate_of(fixed("1")),), (RentThreshold(FIRST, Money(1, "CHF")),)),
    ):
        with pytest.raises(TaxInvalid):
            TaxTable(TOWN, rates, thresholds)
    with pytest.raises(TaxInvalid):
        Surcharge("railway", Fraction(1, 10), "", FIRST, FIRST)
    with pytest.raises(TaxInvalid, match="depends on the night"):
        fixed("1", Surcharge("railway", Fraction(1, 10), "", FIRST)).tariff(Money(100), 1)
