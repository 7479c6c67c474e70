"""The rules that a grid may add: long stays, residents, a bound at the real cost, dear nights to heat, an index."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.curve import Curve
from pricing.explain import explain, explain_amounts, explain_rule
from pricing.grid import Grid, example_house
from pricing.money import Money
from pricing.quote import NoResidentRule, Quote, RoomRequest, quote
from pricing.stay import Stay
from pricing.words import NO_BREAK
from tests.pricing.stays import parties, stays

TEXT = example_house().dumps()
RESIDENTS = "[residents]\n"
JUNE = Stay(date(2027, 6, 8), date(2027, 6, 14))  # six neutral nights
TURN = Stay(date(2027, 10, 21), date(2027, 10, 24))  # a neutral night of Thursday and Friday, a dear one


def changed(*pairs: tuple[str, str]) -> Grid:
    text = TEXT
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return Grid.loads(text)


LONG = changed((RESIDENTS, f'[length]\nfrom_night = 4\nfraction_off = "0.1"\n\n{RESIDENTS}'))
CAPPED = changed(("most_nights = 60", "caps_at_cost = true\nmost_nights = 60"))
HEATED = changed(('child = "3.00"', 'child = "3.00"\nby_season = { high = "2.50" }'))
OTHERS = TEXT.replace(TEXT.partition("[residents]")[2].partition("[costs]")[0], "\n").replace(RESIDENTS, "")


def couple(grid: Grid, stay: Stay) -> Quote:
    return quote(grid, stay, [RoomRequest("double", 2)])


def dues(priced: Quote, bracket: int) -> list[int]:
    return [night.dues[bracket - 1].minor // 100 for night in priced.nights]


def test_takes_off_from_the_fourth_night_on_what_is_above_the_floor() -> None:
    priced = couple(LONG, JUNE)

    # 33.10: 12 + 21.10 x 0.9 = 30.99; two people 46.485
    assert dues(priced, 4) == [50, 50, 50, 46, 46, 46]
    assert dues(priced, 1) == [18] * 6
    assert dues(priced, 8) == [123, 123, 123, 113, 113, 113]  # (12 + 70 x 0.9) x 1.5 = 112.50


def test_asks_nothing_less_of_a_stay_that_is_not_long() -> None:
    three = Stay(JUNE.arrival, date(2027, 6, 11))

    assert couple(LONG, three).bracket_amounts == couple(example_house(), three).bracket_amounts


@given(stays(), parties)
def test_never_asks_more_of_a_long_stay_nor_less_than_the_floor(stay: Stay, party: list[RoomRequest]) -> None:
    long, plain = quote(LONG, stay, party), quote(example_house(), stay, party)

    assert all(less <= more for less, more in zip(long.bracket_amounts, plain.bracket_amounts, strict=True))
    assert list(long.bracket_amounts) == sorted(long.bracket_amounts, key=lambda amount: amount.minor)
    assert long.bracket_amounts[0] == plain.bracket_amounts[0]
    assert (long.cost, long.nights[0].dues) == (plain.cost, plain.nights[0].dues)


def test_says_the_length_rule_only_to_whom_it_applies() -> None:
    long = couple(LONG, JUNE)
    short = couple(LONG, Stay(JUNE.arrival, date(2027, 6, 11)))

    said = explain(LONG, long, long.choose(bracket=4), "fr")
    assert (
        said.length.replace(NO_BREAK, " ") == "À partir de la 4e nuit, 10 % de moins sur ce qui dépasse 12 €."
    )
    assert said.length in said.sentence
    assert explain(LONG, short, short.choose(bracket=4), "en").length == ""
    assert "From night 4 on, 10% less on what is above €12." in explain_amounts(LONG, long, "en")


def test_names_the_residents_as_the_grid_does() -> None:
    grid = changed(('en = "people of the neighbourhood"', 'en = "people of Lens"'))
    summer = Stay(date(2027, 7, 10), date(2027, 7, 11))

    local = quote(grid, summer, [RoomRequest("double", 2)], is_resident=True)

    assert dues(local, 8) == [123]
    assert "nothing more for people of Lens" in explain(grid, local, local.choose(bracket=8), "en").seasons


def test_knows_no_residents_where_the_grid_names_none() -> None:
    grid = Grid.loads(OTHERS)

    assert grid.residents is None
    with pytest.raises(NoResidentRule, match="version 1"):
        quote(grid, JUNE, [RoomRequest("double", 2)], is_resident=True)


def test_asks_nobody_for_more_than_the_real_cost_where_the_grid_says_so() -> None:
    priced = couple(CAPPED, Stay(JUNE.arrival, date(2027, 6, 9)))

    assert [rung.amount for rung in priced.ladder] == [Money.of(e) for e in (18, 24, 36, 50, 62)]
    assert (priced.ladder[-1].bracket, priced.ladder[-1].is_real_cost) == (5, True)
    assert priced.choose(amount=Money.of(100)).amount == Money.of(100)  # unless they choose to
    assert explain_rule(CAPPED, "en").endswith("Nobody is asked for more than the night costs the house.")
    assert "Personne" in explain_rule(CAPPED, "fr")


@given(stays(), parties)
def test_keeps_every_night_at_the_lesser_of_rung_and_cost(stay: Stay, party: list[RoomRequest]) -> None:
    capped, plain = quote(CAPPED, stay, party), quote(example_house(), stay, party)

    for low, high in zip(capped.nights, plain.nights, strict=True):
        assert low.dues == tuple(min(due, high.reference) for due in high.dues)


def test_counts_what_a_season_costs_more_in_costs_minimum_and_supplement() -> None:
    more = [RoomRequest("double", 2), RoomRequest("double", 1, is_beyond_fewest=True)]

    plain, heated = quote(example_house(), TURN, more), quote(HEATED, TURN, more)

    assert [night.season.code for night in heated.nights[::2]] == ["neutral", "neutral", "high"]
    assert heated.cost - plain.cost == Money.of("5.00")  # two rooms, one dear night
    assert [line.amount.minor for line in heated.cost_lines if line.code == "room"] == [3600 + 500]
    assert heated.nights[5].dues[0] == Money.of(15)  # half a weight, 6.00, and 8.50 more
    assert plain.nights[5].dues[0] == Money.of(12)
    assert "€6 / €8.50" in explain_amounts(HEATED, heated, "en")
    few = [RoomRequest("double", 1)]
    dear = Stay(date(2027, 10, 23), date(2027, 10, 24))
    assert quote(HEATED, dear, few).minimum == min(Money.of("13.50"), Money.of(12))


def test_weighs_people_by_the_scale_of_the_grid() -> None:
    grid = changed(('child = "0.3", baby = "0" }', 'child = "0.4", baby = "0.1" }'))
    family = [RoomRequest("double", 2, (8, 1))]

    priced = quote(grid, Stay(JUNE.arrival, date(2027, 6, 9)), family)

    assert dues(priced, 1) == [24]  # 12 x (1 + 0.5 + 0.4 + 0.1)
    people = explain(grid, priced, priced.choose(bracket=1), "fr").people.replace(NO_BREAK, " ")
    assert people.endswith(
        "Un enfant de 3 à 13 ans compte pour 0,4. Un enfant de moins de 3 ans compte pour 0,1."
    )


def test_ties_brackets_and_protection_to_a_published_index() -> None:
    edges = {650: "0.3", 950: "0.45", 1288: "0.6", 1700: "0.75", 2147: "1", 2750: "1.3", 3435: "1.6"}
    text = TEXT.replace("most_nights = 60", 'incomes_in = "index"\nmost_nights = 60')
    text = text.replace('low = "1288"\nhigh = "2147"', 'low = "0.6"\nhigh = "1"')
    for edge, multiple in edges.items():
        text = text.replace(f'from = "{edge}"', f'from = "{multiple}"')
        text = text.replace(f'below = "{edge}"', f'below = "{multiple}"')
    for point, multiple in zip(
        ("500", "800", "1119", "1494", "1923.5", "2448.5", "3092.5", "4500"),
        ("0.2", "0.4", "0.5", "0.7", "0.9", "1.1", "1.4", "2"),
        strict=True,
    ):
        text = text.replace(f'point = "{point}"', f'point = "{multiple}"')

    grid = Grid.loads(text)

    assert grid.index is not None
    assert [bracket.lower for bracket in grid.brackets] == [
        Fraction(multiple) * Fraction(25760, 12) for multiple in ("0", *edges.values())
    ]
    assert (grid.brackets[3].lower, grid.protection.low) == (1288, 1288)
    assert grid.dumps() == text.replace('incomes_in = "index"\nmost_nights = 60', "most_nights = 60").replace(
        'price_step = "1.00"\n', 'price_step = "1.00"\nincomes_in = "index"\n'
    )
    assert Grid.loads(grid.dumps()) == grid


@pytest.mark.parametrize(
    "curve",
    [
        'kind = "linear"\nfloor = "12"\nrate = "0.024"\nceiling = "82"',
        'kind = "piecewise"\nknots = [{ income = "650", price = "12" }, { income = "3450", price = "82" }]',
        'kind = "marginal"\nfloor = "12"\nbands = [{ from = "650", slope = "0.025" }]\nceiling = "82"',
    ],
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_prices_and_explains_a_stay_by_any_family_of_curves(curve: str, language: str) -> None:
    standing = TEXT.partition("[curve]\n")[2].partition("\n\n[protection]")[0]
    grid = changed((standing, curve))

    priced = couple(grid, JUNE)

    same = 'kind = "linear"' not in curve
    assert (priced.bracket_amounts == couple(example_house(), JUNE).bracket_amounts) == same
    assert explain_rule(grid, language) == _said(grid.curve, language)
    assert Grid.loads(grid.dumps()) == grid


def _said(curve: Curve, language: str) -> str:
    return curve.explain(language, "EUR")


@given(st.integers(2, 60))
def test_counts_the_nights_of_a_stay_from_one(first: int) -> None:
    grid = changed((RESIDENTS, f'[length]\nfrom_night = {first}\nfraction_off = "0.1"\n\n{RESIDENTS}'))

    assert [grid.is_long(night) for night in (first - 1, first, first + 1)] == [False, True, True]
