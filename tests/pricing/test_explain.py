"""The explanation adds up, speaks both languages, and never tells a guest's income."""

import re
from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.explain import Explanation, describe_income, explain, explain_amounts, explain_rule
from pricing.grid import Grid, example_house
from pricing.money import Money
from pricing.quote import RoomRequest, quote
from pricing.stay import Stay
from pricing.words import LANGUAGES, UnknownLanguage
from tests.pricing.stays import parties, stays

GRID = example_house()
FAMILY = quote(GRID, Stay(date(2027, 6, 30), date(2027, 7, 2)), [RoomRequest("family", 2, (4, 6, 1))])
APRIL = quote(GRID, Stay(date(2027, 4, 9), date(2027, 4, 11)), [RoomRequest("double", 2)])


def plain(text: str) -> str:
    return re.sub("[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]", " ", text)


def texts(account: Explanation) -> list[str]:
    lines = [line.label for line in (*account.nights, *account.costs)]
    return [*lines, account.sentence]


@given(stays(), parties, st.sampled_from(LANGUAGES), st.integers(0, 50_000))
def test_accounts_for_every_cent(stay: Stay, party: list[RoomRequest], language: str, more: int) -> None:
    priced = quote(GRID, stay, party)

    account = explain(GRID, priced, priced.choose(amount=priced.minimum + Money(more)), language)

    assert sum((line.amount for line in account.nights), Money.zero()) == account.total
    assert sum((line.amount for line in account.costs), Money.zero()) == account.cost == priced.cost
    assert len(account.nights) == stay.length * len(party)
    assert not re.search(r"[{}]", "".join(texts(account)))


def test_says_floor_slope_and_ceiling_in_one_sentence() -> None:
    assert plain(explain_rule(GRID, "en")) == (
        "€12 a night for one person, plus €2.50 for each €100 of monthly standard of living above €650, "
        "€82 at most."
    )
    assert plain(explain_rule(GRID, "fr")) == (
        "12 € par nuit pour une personne, plus 2,50 € pour chaque tranche de 100 € de niveau de vie "
        "au-dessus de 650 € par mois, 82 € au plus."
    )


def test_says_what_every_amount_of_a_stay_is_made_from() -> None:
    said = plain(explain_amounts(GRID, FAMILY, "fr"))

    for part in (
        "12 € par nuit",
        "Un enfant de 3 à 13 ans",
        "1,15 pour cette chambre",
        "Haute saison (juillet et août)",
    ):
        assert part in said


def test_tells_the_nights_in_french() -> None:
    account = explain(GRID, FAMILY, FAMILY.choose(bracket=4), "fr")

    assert [(line.label, line.amount) for line in account.nights] == [
        ("Mercredi 30 juin, saison douce", Money.of(80)),
        ("Jeudi 1er juillet, haute saison", Money.of(84)),
    ]
    assert plain(account.seasons) == (
        "Saison douce : elle ne change rien au prix. Haute saison (juillet et août) : jusqu’à 20 % de plus, "
        "rien en dessous de 1 288 € de niveau de vie par mois, en plein à partir de 2 147 €."
    )
    assert plain(account.people) == (
        "La première personne compte pour un, les autres à partir de 14 ans pour moitié. "
        "Un enfant de 3 à 13 ans compte pour trois dixièmes. Les moins de 3 ans ne comptent pas."
    )
    assert "multiplié par 1,15 pour cette chambre" in account.rooms
    assert plain(account.choice) == "Vous avez choisi 164 € ; ce séjour coûte 149,80 € à la maison."


def test_tells_the_nights_in_english() -> None:
    account = explain(GRID, APRIL, APRIL.choose(bracket=3), "en")

    assert [line.label for line in account.nights] == [
        "Friday 9 April, mild season",
        "Saturday 10 April, mild season",
    ]
    assert [plain(line.label) for line in account.costs] == [
        "The house: roof, heating, team",
        "The room: cleaning, linen",
        "The people: water, energy",
    ]
    assert plain(account.choice) == "You chose €72; this stay costs the house €124."


@pytest.mark.parametrize("language", LANGUAGES)
def test_says_what_was_decided_in_each_case(language: str) -> None:
    said = {
        explain(GRID, APRIL, choice, language).choice
        for choice in (
            APRIL.choose(),
            APRIL.choose(bracket=3),
            APRIL.choose(amount=Money.of(75)),
            APRIL.choose(amount=APRIL.cost),
        )
    }

    assert len(said) == 4
    assert all("124" in sentence for sentence in said)


def test_says_what_rooms_seasons_and_the_neighbourhood_change() -> None:
    party = [RoomRequest("single", 1), RoomRequest("double", 1, is_beyond_fewest=True)]
    stay = Stay(date(2026, 12, 31), date(2027, 1, 5))
    priced = quote(GRID, stay, party, is_resident=True)

    account = explain(GRID, priced, priced.choose(), "en")

    assert "Room 2 is one more than you need: it adds €6 a night." in plain(account.rooms)
    assert "multiplied by 0.9 for room 1" in plain(account.rooms)
    assert "nothing more for people of the neighbourhood" in account.seasons
    assert "Low season (November to March): 15% less for everybody." in plain(account.seasons)
    assert account.nights[1].label == "Thursday 31 December, high season, room 2"


def test_tells_when_the_hard_ceiling_limits_the_real_cost() -> None:
    dear = Grid.loads(GRID.dumps().replace('fixed_yearly = "78200.00"', 'fixed_yearly = "510000.00"'))
    priced = quote(dear, APRIL.stay, APRIL.rooms)

    assert "limited to €400" in plain(explain(dear, priced, priced.choose(), "en").choice)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("bracket", range(1, 9))
def test_never_tells_the_income_that_a_bracket_stands_for(bracket: int, language: str) -> None:
    account = explain(GRID, APRIL, APRIL.choose(bracket=bracket), language)

    told = {
        int(figure) for figure in re.findall(r"\d+", re.sub(r"(?<=\d)[\s,](?=\d{3})", "", account.sentence))
    }
    everybodys = {12, 2, 50, 100, 650, 82, 1, 14, 200, 124}  # the rule, the ages, the cost
    assert told <= everybodys | {int(account.total.decimal)}
    assert "bracket" not in {field.name for field in fields(account)}


@pytest.mark.parametrize(
    ("place", "english", "french"),
    [
        (0, "under €975 a month", "moins de 975 € par mois"),
        (1, "from €975 to €1,425 a month", "de 975 € à 1 425 € par mois"),
        (4, "", ""),
        (-1, "€5,155 a month and more", "5 155 € par mois et plus"),
    ],
)
def test_describes_a_rung_in_neutral_words(place: int, english: str, french: str) -> None:
    rung = APRIL.ladder[place]

    assert plain(describe_income(rung, "en")) == english
    assert plain(describe_income(rung, "fr")) == french


def test_refuses_another_language_and_another_grid() -> None:
    other = Grid.loads(GRID.dumps().replace("version = 1", "version = 2"))

    with pytest.raises(UnknownLanguage):
        explain(GRID, APRIL, APRIL.choose(), "nl")
    with pytest.raises(ValueError, match="another grid"):
        explain(other, APRIL, APRIL.choose(), "fr")
