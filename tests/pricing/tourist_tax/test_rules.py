"""The rules TS-01 to TS-38 that can be computed, each by its number."""

from datetime import date
from fractions import Fraction

import pytest

from pricing.money import Money
from pricing.periods import Period
from pricing.tourist_tax import (
    Category,
    Classification,
    Exemption,
    Mandate,
    NoTaxRate,
    Regime,
    RentThreshold,
    RoomNight,
    Sleeper,
    Surcharge,
    TaxInvalid,
    TaxRate,
    TaxTable,
    category_on,
    declare,
    ending_soon,
    outside_bracket,
    tax_of_stay,
    voted_rate,
    voted_tariff,
)
from tests.pricing.tourist_tax.rates import (
    ADULT,
    CHILD,
    DEPARTMENT,
    FIRST,
    RESIDENT,
    TOWN,
    fixed,
    night,
    rate_of,
    share,
    table_of,
)

DAY = date(2027, 7, 2)
HOSTEL = [Classification(Category.COLLECTIVE_HOSTEL, date(2020, 1, 1))]
STARS = Classification(Category.STARS_3, date(2022, 9, 1), date(2027, 9, 1))


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


def test_divides_by_all_and_charges_the_liable_ts_17_to_19() -> None:
    table = table_of(rate_of(share()))

    alone = tax_of_stay(table, [], [night(DAY, "54", ADULT)])
    three = tax_of_stay(table, [], [night(DAY, "54", ADULT, CHILD, RESIDENT)])

    assert alone.total == Money.of("2.97")  # 2.70 + 0.27
    assert three.total == Money.of("0.99")  # 0.90 + 0.09, once


def test_is_unclassified_once_the_decision_has_ended_ts_20() -> None:
    table = table_of(rate_of(fixed("1.00"), category=Category.STARS_3), rate_of(share()))

    tax = tax_of_stay(
        table, [STARS], [night(day, "40", ADULT) for day in (date(2027, 8, 31), date(2027, 9, 1))]
    )

    assert [line.category for line in tax.lines] == [Category.STARS_3, Category.UNCLASSIFIED]
    assert [line.amount for line in tax.lines] == [Money.of("1.10"), Money.of("2.20")]


@pytest.mark.parametrize(
    ("today", "is_told"),
    [
        (date(2027, 6, 2), False),
        (date(2027, 6, 3), True),
        (date(2027, 8, 31), True),
        (date(2027, 9, 1), False),
    ],
)
def test_warns_ninety_days_before_stars_end_ts_20(today: date, is_told: bool) -> None:
    renewed = Classification(Category.STARS_2, date(2027, 8, 1), date(2032, 8, 1))

    assert (ending_soon([STARS], today) == STARS) is is_told
    assert ending_soon([STARS, renewed], today) is None


def test_keeps_a_hostel_a_hostel_without_a_decision_that_ends_ts_21() -> None:
    assert category_on(HOSTEL, date(2099, 1, 1)) == Category.COLLECTIVE_HOSTEL
    assert category_on([*HOSTEL, STARS], DAY) == Category.STARS_3  # the later decision
    with pytest.raises(TaxInvalid, match="share|pay by"):
        rate_of(share(), category=Category.COLLECTIVE_HOSTEL)
    with pytest.raises(TaxInvalid, match="pay by"):
        rate_of(fixed("1"), category=Category.UNCLASSIFIED)


@pytest.mark.parametrize(
    ("category", "decided_on", "valid_until"),
    [
        (Category.UNCLASSIFIED, FIRST, None),
        (Category.STARS_3, FIRST, None),
        (Category.STARS_3, FIRST, FIRST),
        (Category.STARS_3, FIRST, date(2032, 1, 2)),
        (Category.PALACE, date(2028, 2, 29), date(2033, 3, 2)),
    ],
)
def test_refuses_a_decision_that_cannot_be_ts_20(
    category: Category, decided_on: date, valid_until: date | None
) -> None:
    with pytest.raises(TaxInvalid):
        Classification(category, decided_on, valid_until)


def test_counts_stars_from_the_day_of_the_decision_ts_20() -> None:
    assert category_on([STARS], date(2022, 9, 1)) == Category.STARS_3
    assert category_on([STARS], date(2022, 8, 31)) == Category.UNCLASSIFIED


def test_takes_a_decision_of_five_years_ts_20() -> None:
    assert Classification(Category.STARS_3, FIRST, date(2032, 1, 1)).holds_on(date(2031, 12, 31))
    assert Classification(Category.PALACE, date(2028, 2, 29), date(2033, 3, 1)).holds_on(date(2033, 2, 28))


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


def test_refuses_a_room_night_or_a_sleeper_that_cannot_be() -> None:
    for make in (
        lambda: night(DAY, "-1", ADULT),
        lambda: night(DAY, "1"),
        lambda: RoomNight("2027-07-02", Money(1), (ADULT,)),  # type: ignore[arg-type]
        lambda: Sleeper(until=DAY),
        lambda: Sleeper.of_age(-1),
        lambda: Sleeper.of_age(131),
        lambda: Sleeper.of_age(True),
        lambda: fixed("-0.01"),
    ):
        with pytest.raises(TaxInvalid):
            make()
