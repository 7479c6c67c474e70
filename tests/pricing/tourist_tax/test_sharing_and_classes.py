"""The rules TS-17 to TS-21: divided by all, charged to the liable, by the class of the night."""

from datetime import date

import pytest

from pricing.money import Money
from pricing.tourist_tax import (
    Category,
    Classification,
    RoomNight,
    Sleeper,
    TaxInvalid,
    category_on,
    ending_soon,
    tax_of_stay,
)
from tests.pricing.tourist_tax.cases import DAY, HOSTEL, STARS
from tests.pricing.tourist_tax.rates import (
    ADULT,
    CHILD,
    FIRST,
    RESIDENT,
    fixed,
    night,
    rate_of,
    share,
    table_of,
)


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
