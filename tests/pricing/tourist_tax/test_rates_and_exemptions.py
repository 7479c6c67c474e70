"""The rules TS-02 to TS-16: which rate holds, and who pays nothing, each by its number."""

from datetime import date
from fractions import Fraction

import pytest

from pricing.money import Money
from pricing.tourist_tax import (
    Category,
    Exemption,
    NoTaxRate,
    Regime,
    RentThreshold,
    Sleeper,
    TaxInvalid,
    TaxTable,
    tax_of_stay,
)
from tests.pricing.tourist_tax.cases import DAY, HOSTEL
from tests.pricing.tourist_tax.rates import (
    ADULT,
    CHILD,
    FIRST,
    TOWN,
    fixed,
    night,
    rate_of,
    share,
    table_of,
)


def test_only_supersedes_a_rate_ts_02() -> None:
    table = table_of(rate_of(fixed("0.80")))

    longer = table.superseded_by(rate_of(fixed("0.90"), date(2028, 1, 1)))

    assert longer.rate_on(Category.COLLECTIVE_HOSTEL, date(2027, 12, 31)).tax == fixed("0.80")
    assert longer.rate_on(Category.COLLECTIVE_HOSTEL, date(2028, 1, 1)).tax == fixed("0.90")
    with pytest.raises(TaxInvalid, match="superseded"):
        table.superseded_by(rate_of(fixed("0.85")))


def test_computes_no_flat_sum_ts_03() -> None:
    table = TaxTable(TOWN, (rate_of(fixed("0.80")),), regime=Regime.FLAT)

    with pytest.raises(TaxInvalid, match="flat"):
        tax_of_stay(table, HOSTEL, [night(DAY, "30", ADULT)])


def test_charges_nothing_that_nobody_has_entered_ts_04() -> None:
    with pytest.raises(NoTaxRate):
        tax_of_stay(TaxTable(TOWN), HOSTEL, [night(DAY, "30", ADULT)])
    with pytest.raises(NoTaxRate):
        tax_of_stay(table_of(rate_of(fixed("0.80"))), HOSTEL, [night(date(2026, 12, 31), "30", ADULT)])


@pytest.mark.parametrize("table", [table_of(rate_of(fixed("0.80"))), table_of(rate_of(fixed("0.00")))])
def test_asks_nothing_for_a_free_stay_but_for_a_discount_ts_06(table: TaxTable) -> None:
    free = tax_of_stay(table, HOSTEL, [night(DAY, "0", ADULT, ADULT)])
    three_for_two = tax_of_stay(
        table, HOSTEL, [night(DAY, price, ADULT, ADULT) for price in ("30", "30", "0")]
    )

    each = table.rate_on(Category.COLLECTIVE_HOSTEL, DAY).tax.tariff(Money(0), 2).total
    assert free.total == Money(0)
    assert free.lines[0].is_free
    assert three_for_two.total == each * 6


def test_asks_nothing_where_nobody_slept_ts_07_ts_38() -> None:
    assert tax_of_stay(table_of(), HOSTEL, []).total == Money(0)


def test_takes_no_reason_that_is_not_on_the_list_ts_11_ts_14() -> None:
    assert {Exemption.of(reason) for reason in Exemption} == set(Exemption)
    for reason in (
        "low_income",
        "disabled",
        "civil_servant",
        "artist",
        "business",
        "",
        "Minor",
        "other: aunt",
    ):
        with pytest.raises(TaxInvalid):
            Exemption.of(reason)
    with pytest.raises(TaxInvalid):
        Sleeper("minor")  # type: ignore[arg-type]


@pytest.mark.parametrize(("age", "is_exempt"), [(0, True), (17, True), (18, False), (80, False)])
def test_exempts_minors_ts_12(age: int, is_exempt: bool) -> None:
    assert (Sleeper.of_age(age).exemption_on(DAY) is not None) is is_exempt


@pytest.mark.parametrize(("price", "due"), [("14.99", "0"), ("15.00", "0.37"), ("20.00", "0.50")])
def test_compares_the_rent_as_charged_with_the_threshold_ts_13(price: str, due: str) -> None:
    table = table_of(rate_of(share()), threshold="15")

    tax = tax_of_stay(table, [], [night(DAY, price, ADULT, CHILD)], vat=Fraction(1, 10))

    below = (Exemption.RENT_BELOW_THRESHOLD, 1)
    assert (tax.lines[0].exempt == ((Exemption.MINOR, 1), below)) is (due == "0")
    assert tax.total == Money.of(
        due
    )  # 15 / 1.1 / 2 x 5 % is 0.34, + 0.03; 20 / 1.1 / 2 x 5 % is 0.45, + 0.05


def test_takes_the_threshold_of_the_night_ts_13() -> None:
    table = TaxTable(
        TOWN,
        (rate_of(fixed("1.00")),),
        (RentThreshold(FIRST, Money.of(10)), RentThreshold(date(2028, 1, 1), Money.of(20))),
    )

    tax = tax_of_stay(
        table, HOSTEL, [night(day, "15", ADULT) for day in (date(2027, 12, 31), date(2028, 1, 1))]
    )

    assert [line.amount for line in tax.lines] == [Money.of("1.10"), Money(0)]
    assert table.threshold_on(date(2026, 1, 1)) is None


def test_lets_a_guest_claim_neither_a_threshold_nor_emergency_housing_ts_16() -> None:
    assert {reason for reason in Exemption if reason.is_set_at_desk} == {
        Exemption.EMERGENCY_HOUSING,
        Exemption.RENT_BELOW_THRESHOLD,
    }
    with pytest.raises(TaxInvalid, match="price"):
        Sleeper(Exemption.RENT_BELOW_THRESHOLD)
    assert tax_of_stay(
        table_of(rate_of(share())), [], [night(DAY, "60", Sleeper(Exemption.EMERGENCY_HOUSING))]
    ).total == Money(0)
