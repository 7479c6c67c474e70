"""Whether a house may open for sale: what keeps it from it, and how that is said."""

from dataclasses import replace
from datetime import date

import pytest

from pricing.money import Money
from pricing.stay import Stay
from pricing.tourist_tax import (
    Category,
    Classification,
    Lack,
    RentThreshold,
    TaxTable,
    example_tax,
    is_complete,
    what_is_missing,
)
from tests.pricing.tourist_tax.rates import FIRST, TOWN, fixed, rate_of, share, table_of

HORIZON = Stay(FIRST, date(2028, 9, 1))
WHOLE = table_of(rate_of(share()))


def lacks(table: TaxTable, *decisions: Classification, horizon: Stay = HORIZON) -> list[tuple[str, date]]:
    return [(one.lack.value, one.night) for one in what_is_missing(table, decisions, horizon)]


def test_may_open_with_rates_of_its_own() -> None:
    assert lacks(WHOLE) == []
    assert is_complete(WHOLE, [], HORIZON)


@pytest.mark.parametrize(
    ("change", "lack"),
    [
        ({"entered_by": " "}, "not_entered"),
        ({"decided_on": None}, "no_source"),
        ({"tax": replace(share(), source="")}, "no_source"),
        ({"tax": replace(share(), is_example=True)}, "example"),
        ({"are_surcharges_settled": False}, "surcharges_unknown"),
    ],
)
def test_may_not_open_with_a_rate_of_unknown_origin(change: dict[str, object], lack: str) -> None:
    table = table_of(replace(rate_of(share()), **change))  # type: ignore[arg-type]

    assert lacks(table) == [(lack, FIRST)]
    assert not is_complete(table, [], HORIZON)


def test_may_not_open_with_the_rates_of_the_example_house() -> None:
    assert "example" in {lack for lack, _ in lacks(table_of(rate_of(example_tax())))}


def test_names_the_first_night_without_a_rate() -> None:
    assert lacks(TaxTable(TOWN)) == [("no_rate", FIRST), ("threshold_unknown", FIRST)]
    assert lacks(WHOLE, horizon=Stay(date(2026, 12, 30), FIRST)) == [
        ("no_rate", date(2026, 12, 30)), ("threshold_unknown", date(2026, 12, 30)),
    ]  # fmt: skip


def test_needs_the_unclassified_rate_once_the_stars_have_ended() -> None:
    stars = Classification(Category.STARS_3, date(2023, 1, 1), date(2028, 1, 1))
    table = table_of(rate_of(fixed("1.00"), category=Category.STARS_3))

    assert lacks(table, stars) == [("no_rate", date(2028, 1, 1))]
    assert lacks(table, stars, horizon=Stay(FIRST, date(2028, 1, 1))) == []


def test_asks_for_the_source_of_each_rate_once() -> None:
    table = table_of(rate_of(share(), entered_by=""), rate_of(share("0.04"), date(2028, 1, 1), entered_by=""))

    assert lacks(table) == [("not_entered", FIRST), ("not_entered", date(2028, 1, 1))]


def test_asks_for_a_threshold_with_a_source() -> None:
    invented = RentThreshold(FIRST, Money.of(15), source="Vote", is_example=True)

    assert lacks(replace(WHOLE, thresholds=())) == [("threshold_unknown", FIRST)]
    assert lacks(replace(WHOLE, thresholds=(invented,))) == [("threshold_example", FIRST)]
    assert lacks(replace(WHOLE, thresholds=(RentThreshold(FIRST, Money.of(15)),))) == [
        ("threshold_example", FIRST)
    ]


def test_says_what_is_missing_in_both_languages() -> None:
    missing = what_is_missing(TaxTable(TOWN), [], HORIZON)[0]

    assert missing.sentence("en") == (
        "The tourist tax rate is missing for the night of Friday 1 January 2027 (unclassified lodging)."
    )
    assert missing.sentence("fr") == (
        "Le tarif de la taxe de séjour manque pour la nuit du vendredi 1er janvier 2027 (hébergement non classé)."
    )


@pytest.mark.parametrize("lack", Lack)
@pytest.mark.parametrize("category", Category)
def test_has_words_for_everything_that_may_be_missing(lack: Lack, category: Category) -> None:
    missing = replace(what_is_missing(TaxTable(TOWN), [], HORIZON)[0], lack=lack, category=category)

    assert missing.sentence("fr") != missing.sentence("en")
