"""The whole text of an account, word for word: today, and ten years later from what was stored."""

import re
from datetime import date
from pathlib import Path

import pytest

from pricing.aids import pay_with
from pricing.explain import explain, written
from pricing.grid import Grid, example_house
from pricing.quote import RoomRequest, quote
from pricing.stay import Stay
from pricing.stored import dump_choice, dump_quote, load_choice, load_quote
from pricing.words import LANGUAGES
from tests.pricing.accounts import ACCOUNTS

FOLDER = Path(__file__).parent / "explained"
GRID = example_house()
VERSION_1 = (FOLDER / "grid_1.toml").read_text(encoding="utf-8")


def golden(name: str, language: str) -> str:
    return (FOLDER / f"{name}.{language}.txt").read_text(encoding="utf-8")


def version_9(first: Grid) -> Grid:
    """Return a later version in which nothing is as it was."""
    text = first.dumps()
    for old, new in (
        ("version = 1\n", "version = 9\n"),
        ('vote_reference = "example"', f'vote_reference = "AG 2035"\nprevious_hash = "{first.hash}"'),
        ("effective_from = 2026-09-01", "effective_from = 2026-10-01"),
        ('floor = "12"', 'floor = "15"'),
        ('slope = "0.025"', 'slope = "0.03"'),
        ('ceiling = "82"', 'ceiling = "95"'),
        ('factor = "1.2"', 'factor = "1.1"'),
        ('fr = "haute saison", en = "high season"', 'fr = "belle saison", en = "fine season"'),
        ('fr = "juillet et août", en = "July and August"', 'fr = "l’été", en = "summer"'),
        ('"family" = "1.15"', '"family" = "1.25"'),
        ('price_step = "1.00"', 'price_step = "0.50"'),
        ('room = "6.00"', 'room = "7.00"'),
        ("[residents]", '[length]\nfrom_night = 2\nfraction_off = "0.1"\n\n[residents]'),
    ):
        assert old in text, old
        text = text.replace(old, new)
    return Grid.loads(text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ACCOUNTS)
def test_writes_the_account_word_for_word(name: str, language: str) -> None:
    assert ACCOUNTS[name].text(Grid.loads(VERSION_1), language) == golden(name, language)


@pytest.mark.parametrize("name", ACCOUNTS)
def test_explains_an_old_booking_as_on_its_first_day_once_version_9_is_in_force(name: str) -> None:
    account, first = ACCOUNTS[name], Grid.loads(VERSION_1)
    priced = account.quoted(first)
    stored = first.text, dump_quote(priced), dump_choice(account.chosen(priced))

    Grid.loads.cache_clear()  # another process, ten years later
    later = version_9(Grid.loads(stored[0]))
    assert account.text(later, "fr") != golden(name, "fr")
    old = Grid.loads(stored[0])
    again, choice = load_quote(stored[1], old), load_choice(stored[2])

    for language in LANGUAGES:
        told = account.text_of(old, again, choice, language)
        assert told.encode() == golden(name, language).encode()


def test_refuses_to_explain_an_old_quote_under_the_new_version() -> None:
    priced = ACCOUNTS["family"].quoted(GRID)

    with pytest.raises(ValueError, match="another grid than version 9"):
        explain(version_9(GRID), priced, priced.choose(), "fr")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ACCOUNTS)
def test_names_floor_slope_ceiling_season_choice_and_cost(name: str, language: str) -> None:
    text = golden(name, language)

    figures = ("12", "2,50" if language == "fr" else "2.50", "82")
    assert all(re.search(rf"(?<![\d,.]){re.escape(figure)}(?![\d,.]\d)", text) for figure in figures)
    priced = ACCOUNTS[name].quoted(GRID)
    for night in priced.nights:
        assert night.season.names[language] in text
        assert night.season.reason(language) in text
    words = ("coût", "prix", "Vous avez") if language == "fr" else ("cost", "price", "You ")
    assert all(word in text for word in words)  # the last begins the sentence of the choice
    assert "{" not in text


def test_says_the_same_kind_words_to_everybody() -> None:
    priced = quote(GRID, Stay(date(2027, 6, 8), date(2027, 6, 10)), [RoomRequest("double", 2)])

    said = {
        re.sub(r"€\d+", "€", explain(GRID, priced, priced.choose(bracket=bracket), "en").plainly)
        for bracket in range(1, 9)
    }

    same = (
        "You sleep here for 2 nights. Each night costs you €: € in all. These nights cost the house €. "
        "Everyone pays according to their means, and together it is enough."
    )
    assert said == {same}


def test_counts_the_nights_of_three_seasons_the_most_frequent_first() -> None:
    priced = quote(GRID, Stay(date(2027, 10, 21), date(2027, 11, 9)), [RoomRequest("double", 2)])

    plainly = explain(GRID, priced, priced.choose(bracket=8), "en").plainly

    assert plainly.startswith(
        "You sleep here for 19 nights: 16 nights at €148, 2 nights at €123 and one night at €105. "
        "That makes €2,719 in all."
    )


def test_keeps_to_the_total_where_nights_differ_too_much() -> None:
    later = version_9(GRID)
    stay = Stay(date(2027, 10, 20), date(2027, 11, 18))
    priced = quote(later, stay, [RoomRequest("double", 2)])

    plainly = explain(later, priced, priced.choose(bracket=7), "en").plainly

    assert len({night.dues[6] for night in priced.nights}) > 3
    assert plainly.startswith("You sleep here for 29 nights and pay €")


def test_tells_what_was_agreed_when_the_bracket_has_been_erased() -> None:
    priced = ACCOUNTS["family"].quoted(GRID)
    stored = dump_choice(priced.choose(bracket=4)).replace('"bracket":4', '"bracket":null')

    account = explain(GRID, priced, load_choice(stored), "en")

    assert account.choice == "The price agreed is €332; this stay costs the house €299.60."


def test_refuses_aids_that_were_reckoned_on_another_price() -> None:
    account = ACCOUNTS["young"]
    priced = account.quoted(GRID)
    from_another = ACCOUNTS["family"].quoted(GRID).choose()

    with pytest.raises(ValueError, match="these aids"):
        explain(GRID, priced, priced.choose(), "fr", pay_with(from_another.amount, account.aids))


def test_writes_columns_under_one_another() -> None:
    lines = golden("feast", "en").split("\n\n", maxsplit=1)[0].splitlines()

    assert len({len(line) for line in lines}) == 1
    assert "room 1" in lines[1]
    young = ACCOUNTS["young"].quoted(GRID)
    assert "room 1" not in written(explain(GRID, young, young.choose(), "en"), "en")
