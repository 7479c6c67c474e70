"""The rules TS-29 to TS-35: what is declared of a period, and who collected it."""

from datetime import date

import pytest

from pricing.money import Money
from pricing.periods import Period
from pricing.tourist_tax import (
    Category,
    Exemption,
    Mandate,
    TaxInvalid,
    declare,
    tax_of_stay,
)
from tests.pricing.tourist_tax.cases import HOSTEL
from tests.pricing.tourist_tax.rates import (
    ADULT,
    CHILD,
    FIRST,
    RESIDENT,
    fixed,
    night,
    rate_of,
    table_of,
)


def test_declares_a_period_without_a_name_ts_29_to_31() -> None:
    table = table_of(rate_of(fixed("1.00"), category=Category.COLLECTIVE_HOSTEL))
    family = tax_of_stay(
        table, HOSTEL, [night(date(2027, 7, day), "60", ADULT, ADULT, CHILD) for day in (30, 31)]
    )
    local = tax_of_stay(table, HOSTEL, [night(date(2027, 7, 3), "60", RESIDENT)])
    free = tax_of_stay(table, HOSTEL, [night(date(2027, 7, 4), "0", ADULT, CHILD)])
    sold = tax_of_stay(
        table, HOSTEL, [night(date(2027, 7, 5), "60", ADULT)], mandate=Mandate("Channel", "M1", FIRST)
    )
    august = tax_of_stay(table, HOSTEL, [night(date(2027, 8, 1), "60", ADULT)])
    lines = [line for stay in (family, local, free, sold, august) for line in stay.lines]

    told = declare(lines, Period.month(2027, 7))

    assert (told.person_nights, told.taxable, told.free) == (10, 4, 2)
    assert told.exempt == ((Exemption.DOMICILED_IN_COMMUNE, 1), (Exemption.MINOR, 2))
    assert (told.local, told.surcharges) == (Money.of(4), (("department", Money.of("0.40")),))
    assert told.total == family.total == Money.of("4.40")
    assert told.collected_by_channels == Money.of("1.10")
    assert declare(lines, Period.quarter(2027, 3)).total == Money.of("5.50")


def test_declares_nothing_when_nobody_came_ts_31() -> None:
    told = declare([], Period.of_year(2027), "CHF")

    assert (told.total, told.person_nights, told.surcharges) == (Money(0, "CHF"), 0, ())


def test_lets_a_channel_collect_by_a_signed_mandate_alone_ts_34_ts_35() -> None:
    table = table_of(rate_of(fixed("1.00")))
    nights = [night(date(2027, 7, day), "60", ADULT) for day in (1, 2)]

    tax = tax_of_stay(table, HOSTEL, nights, mandate=Mandate("Channel", "M1", date(2027, 7, 2)))

    assert [line.collected_by for line in tax.lines] == ["", "Channel"]
    assert (tax.total, tax.collected_by_channel) == (Money.of("1.10"), Money.of("1.10"))
    assert [tax.owed_after(Money(minor)).minor for minor in (110, 0, 120)] == [0, 110, -10]
    for channel, reference in (("", "M1"), ("Channel", " ")):
        with pytest.raises(TaxInvalid):
            Mandate(channel, reference, FIRST)
