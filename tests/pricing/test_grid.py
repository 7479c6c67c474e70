"""A grid reads as it writes, has one hash, and is refused with the place of its fault."""

from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pricing
from pricing.grid import Grid, GridInvalid, UnknownRoomType, example_house
from pricing.review.refusals import REFUSALS

FILE = Path(pricing.__file__).parent / "grids" / "example_house.toml"
TEXT = example_house().dumps()
PREVIOUS = f'previous_hash = "{"0" * 64}"\n'


def test_writes_what_it_read() -> None:
    again = Grid.loads(TEXT)

    assert again.dumps() == again.text == TEXT
    assert again == example_house()
    assert hash(again) == hash(example_house())
    assert again.hash == sha256(TEXT.encode()).hexdigest()


def test_bears_the_hash_of_the_document_that_was_read() -> None:
    read = FILE.read_text(encoding="utf-8")

    assert example_house().text == read != TEXT  # its comments
    assert example_house().hash == sha256(read.encode()).hexdigest()


def test_does_not_hand_its_document_on_to_a_grid_made_from_it() -> None:
    second = replace(example_house(), version=2)

    assert second.text == second.dumps() == TEXT.replace("version = 1", "version = 2", 1)
    assert second.hash == sha256(second.text.encode()).hexdigest()


def test_gives_every_other_grid_another_hash() -> None:
    dearer = Grid.loads(TEXT.replace('slope = "0.025"', 'slope = "0.026"'))
    relaid = Grid.loads("# the same, with a comment\n" + TEXT.replace('slope = "0.025"', 'slope = "0.0250"'))

    assert len({dearer.hash, relaid.hash, example_house().hash}) == 3
    assert dearer != example_house()
    assert relaid == example_house()


def test_keeps_what_a_name_may_contain() -> None:
    odd = TEXT.replace('fr = "haute saison"', 'fr = "haute \\"saison\\" \\\\ \\u0007 été"')

    assert Grid.loads(Grid.loads(odd).dumps()) == Grid.loads(odd)
    assert Grid.loads(odd) != example_house()


def test_reads_the_same_text_once() -> None:
    assert Grid.loads(TEXT) is Grid.loads(TEXT)


def test_cannot_be_changed() -> None:
    grid = example_house()

    with pytest.raises(AttributeError):
        grid.version = 2  # type: ignore[misc]
    with pytest.raises(TypeError):
        grid.room_factors["double"] = 2  # type: ignore[index]


def test_knows_its_types_of_room_only() -> None:
    with pytest.raises(UnknownRoomType, match="castle"):
        example_house().room_factor("castle")


@pytest.mark.parametrize(
    ("old", "new", "code", "path"),
    [
        ('from = "650"', 'from = "660"', "bracket_gap", "brackets[2].from"),
        ('from = "650"', 'from = "640"', "bracket_overlap", "brackets[2].from"),
        ('from = "0"', 'from = "1"', "bracket_gap", "brackets[1].from"),
        ('from = "950"\nbelow = "1288"', 'from = "950"\nbelow = "950"', "bracket_order", "brackets[3].below"),
        ('below = "650"\n', "", "bracket_open", "brackets[1].below"),
        ('from = "3435"\n', 'from = "3435"\nbelow = "9000"\n', "bracket_open", "brackets[8].below"),
        ('point = "500"', 'point = "650"', "point_outside", "brackets[1].point"),
        ('point = "800"', 'point = "649"', "point_outside", "brackets[2].point"),
        ('slope = "0.025"', 'slope = "-0.025"', "curve_falls", "curve.slope"),
        ('ceiling = "82"', 'ceiling = "11"', "ceiling_below_floor", "curve.ceiling"),
        ('floor = "12"', 'floor = "0"', "floor_not_positive", "curve.floor"),
        ('kind = "affine"', 'kind = "magic"', "unknown_kind", "curve.kind"),
        ('low = "1288"', 'low = "2147"', "protection_order", "protection"),
        ('hard_ceiling = "200.00"', 'hard_ceiling = "81.00"', "ceiling_order", "hard_ceiling"),
        ('hard_ceiling = "200.00"', 'hard_ceiling = "200.50"', "off_step", "hard_ceiling"),
        ('price_step = "1.00"', 'price_step = "0.00"', "not_positive", "price_step"),
        ('price_step = "1.00"', 'price_step = "0.001"', "not_an_amount", "price_step"),
        ('room = "6.00"', 'room = "-6.00"', "cost_negative", "costs.room"),
        ('child = "3.00"', 'child = "3.00"\nby_season = { low = "-1" }', "cost_negative", "costs.by_season.low"),
        ('child = "3.00"', 'child = "3.00"\nby_season = { mud = "1" }', "unknown_season", "costs.by_season.mud"),
        ('child = "3.00"', 'child = "3.00"\nfixed = "46"', "unknown_key", "costs.fixed"),
        ('fixed_yearly = "78200.00"', 'fixed_yearly = "-1.00"', "cost_negative", "costs.fixed_yearly"),
        ('room_nights_yearly = "1700"', 'room_nights_yearly = "0"', "not_positive", "costs.room_nights_yearly"),
        ('"single" = "0.9"', '"single" = "0"', "factor_not_positive", "room_factors.single"),
        ('slope = "0.025"', "slope = 0.025", "wrong_type", "curve.slope"),
        ('slope = "0.025"', 'slope = "a lot"', "not_a_number", "curve.slope"),
        ('slope = "0.025"', 'slope = "1e3"', "not_a_number", "curve.slope"),
        ('slope = "0.025"', 'slope = "٣"', "not_a_number", "curve.slope"),
        ('slope = "0.025"', 'slope = "0.025"\nsloop = "1"', "unknown_key", "curve.sloop"),
        ('slope = "0.025"\n', "", "missing_key", "curve.slope"),
        ("version = 1", "version = 0", "not_positive", "version"),
        ("version = 1", "version = true", "wrong_type", "version"),
        ("version = 1", "version = [", "not_toml", "document"),
        ('currency = "EUR"', 'currency = "ECU"', "unknown_currency", "currency"),
        ("pricing-grid/2", "pricing-grid/9", "unknown_form", "form"),
        ("horizon = 2028-08-31", "horizon = 2026-08-31", "horizon", "calendar.horizon"),
        ("horizon = 2028-08-31", "horizon = 9999-08-31", "horizon", "calendar.horizon"),
        ("horizon = 2028-08-31", "horizon = 2028-08-31T12:00:00", "wrong_type", "calendar.horizon"),
        ("public_holidays = [2026-11-01, 2026-11-11", "public_holidays = [2026-11-11, 2026-11-01", "dates_order",
         "calendar.public_holidays"),
        ('base = "neutral"', 'base = "monsoon"', "unknown_season", "calendar.base"),
        ('code = "low"', 'code = "high"', "season_twice", "seasons"),
        ('factor = "0.85"', 'factor = "0"', "factor_not_positive", "seasons.low"),
        ('previous_hash = "', 'previous_hash = "A', "not_a_hash", "previous_hash"),
        ("most_nights_a_year = 90", "most_nights_a_year = 59", "nights_order", "most_nights_a_year"),
        ('yearly = "25760"', 'yearly = "0"', "not_positive", "index.yearly"),
        ("published = 2025-07-07", "published = 2022-12-31", "index_too_early", "index.published"),
        ("published = 2025-07-07", "published = 2026-09-02", "index_too_late", "index.published"),
        ('currency = "EUR"', 'currency = "EUR"\nincomes_in = "francs"', "unknown_unit", "incomes_in"),
        ('weights = { first_adult = "1"', 'weights = { first_adult = "0.4"', "weight_order",
         "household.weights.first_adult"),
        ('weights = { first_adult = "1", other = "0.5"', 'weights = { first_adult = "1", other = "0.2"',
         "weight_order", "household.weights.first_adult"),
        ('child = "0.3", baby = "0" }', 'child = "0.3", baby = "-0.1" }', "weight_order",
         "household.weights.first_adult"),
        ('weights = { first_adult = "1", other = "0.5", child = "0.3"',
         'weights = { first_adult = "0", other = "0", child = "0"', "weight_not_positive",
         "household.weights.first_adult"),
        ('child = "0.3", baby = "0.3" }', 'child = "0", baby = "0" }', "weight_without_unit", "household"),
        ("[residents]", '[length]\nfrom_night = 1\nfraction_off = "0.1"\n\n[residents]', "length_from_first",
         "length.from_night"),
        ("[residents]", '[length]\nfrom_night = 4\nfraction_off = "1"\n\n[residents]', "fraction_range",
         "length.fraction_off"),
        ("[residents]", '[length]\nfrom_night = 4\nfraction_off = "0"\n\n[residents]', "fraction_range",
         "length.fraction_off"),
        ('effort = "1"', 'effort = "-1"', "limit_negative", "limits.effort"),
        ('en = "high season"', 'en = " "', "empty_text", "seasons[3].names.en"),
        ('fr = "haute saison", ', "", "missing_key", "seasons[3].names.fr"),
    ],
)  # fmt: skip
def test_refuses_a_faulty_grid_and_says_where(old: str, new: str, code: str, path: str) -> None:
    text = TEXT.replace("most_nights =", f"{PREVIOUS}most_nights =")
    assert old in text

    with pytest.raises(GridInvalid) as refusal:
        Grid.loads(text.replace(old, new, 1))

    assert (refusal.value.code, refusal.value.path) == (code, path)


def test_takes_a_grid_of_which_every_text_of_this_table_is_a_fault() -> None:
    assert Grid.loads(TEXT.replace("most_nights =", f"{PREVIOUS}most_nights =")).previous_hash == "0" * 64


@pytest.mark.parametrize(
    "text",
    ["", "\x00", TEXT.replace("Marie", "\ud800"), "[" * 5000, 'form = "pricing-grid/1"', "a = {b = " * 5000],
)
def test_refuses_a_text_that_is_no_grid(text: str) -> None:
    with pytest.raises(GridInvalid):
        Grid.loads(text)


def test_refuses_a_grid_without_brackets_or_types_of_room() -> None:
    head, _, rest = TEXT.partition("[[brackets]]")
    no_brackets = f"brackets = []\n{head}[[seasons]]{rest.partition('[[seasons]]')[2]}"
    no_rooms = TEXT.replace(TEXT.partition("[room_factors]")[2].partition("[[brackets]]")[0], "\n")

    for text, code in ((no_brackets, "no_bracket"), (no_rooms, "no_room_type")):
        with pytest.raises(GridInvalid) as refusal:
            Grid.loads(text)
        assert refusal.value.code == code


def test_refuses_more_brackets_than_a_person_could_read() -> None:
    head, _, rest = TEXT.partition("[[brackets]]")
    edges = "".join(
        f'[[brackets]]\nfrom = "{n}"\nbelow = "{n + 1}"\npoint = "{n}.5"\n\n' for n in range(500, 600)
    )
    first = '[[brackets]]\nfrom = "0"\nbelow = "500"\npoint = "499"\n\n'
    last = '[[brackets]]\nfrom = "600"\npoint = "600"\n\n'
    seasons = f"[[seasons]]{rest.partition('[[seasons]]')[2]}"

    with pytest.raises(GridInvalid) as refusal:
        Grid.loads(f"{head}{first}{edges}{last}{seasons}")
    assert refusal.value.code == "too_many_brackets"


def loaded(text: str) -> tuple[Grid, GridInvalid | None]:
    try:
        return Grid.loads(text), None
    except GridInvalid as refusal:
        return example_house(), refusal


@settings(max_examples=150)
@given(st.data())
def test_answers_any_damaged_text_with_a_refusal(data: st.DataObject) -> None:
    lines = TEXT.splitlines()
    place = data.draw(st.integers(0, len(lines) - 1))
    other = data.draw(st.sampled_from(lines))
    odd = st.sampled_from(
        ['""', "0", "-1", '"-1"', '"0"', "[]", "{}", "true", '"9"', "1979-05-27", '"é"', "nan"]
    )
    key, equals, _ = lines[place].partition(" = ")
    damaged = data.draw(
        st.sampled_from(
            [
                [*lines[:place], *lines[place + 1 :]],
                [*lines[:place], f"{key} = {data.draw(odd)}" if equals else other, *lines[place + 1 :]],
                [*lines[:place], other, *lines[place:]],
            ]
        )
    )

    grid, refusal = loaded("\n".join(damaged))

    if refusal:
        assert refusal.path
        assert refusal.code in REFUSALS
    else:
        assert Grid.loads(grid.dumps()) == grid


def test_prices_a_season_without_rules_by_its_base() -> None:
    head, _, _ = TEXT.partition("[calendar.school_holidays]")
    plain = Grid.loads(head + "rules = []\n")

    assert plain.calendar.hit(date(2027, 8, 1)).code == "neutral"
    assert Grid.loads(plain.dumps()) == plain
