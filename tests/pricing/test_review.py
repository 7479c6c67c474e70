"""Before a grid is voted, the house knows its largest cliff, its efforts, its crowds, and what was refused."""

import ast
from fractions import Fraction
from pathlib import Path

import pytest

import pricing
from pricing.__main__ import main
from pricing.grid import Grid, GridInvalid, UnknownRoomType, example_house
from pricing.money import Money
from pricing.review import (
    HOUSEHOLDS,
    ExpectedNights,
    count_crowds,
    describe,
    describe_refusal,
    review,
    review_text,
)
from pricing.review.phrases import HOUSEHOLDS as HOUSEHOLD_WORDS
from pricing.review.refusals import REFUSALS
from pricing.words import LANGUAGES, NO_BREAK, THIN

GRID = example_house()
TEXT = GRID.dumps()
REPORT = review(GRID)


def plain(text: str) -> str:
    return text.replace(NO_BREAK, " ").replace(THIN, " ")


def test_names_the_largest_cliff_and_the_steepest_place() -> None:
    assert REPORT.is_accepted
    assert REPORT.cliff is not None
    assert (REPORT.cliff.amount, REPORT.cliff.edge) == (Fraction("19.32"), 2750)
    assert (REPORT.cliff.upper_bracket, REPORT.cliff.season_factor) == (7, Fraction("1.2"))
    assert REPORT.steepest is not None
    assert REPORT.steepest.income == 2146


def test_knows_no_cliff_where_there_is_one_bracket() -> None:
    head, _, rest = TEXT.partition("[[brackets]]")
    one = f'{head}[[brackets]]\nfrom = "0"\npoint = "1494"\n\n[[seasons]]{rest.partition("[[seasons]]")[2]}'

    assert review_text(one).cliff is None
    assert not any("step between" in said for said in describe(review_text(one), "en"))


def test_tells_the_effort_of_each_household_in_each_season() -> None:
    rows = {(row.household, row.season.code): row for row in REPORT.efforts}

    assert len(rows) == len(HOUSEHOLDS) * 4
    single = rows["one", "neutral"]
    days = Fraction(1461, 48)
    assert single.by_bracket == tuple(
        price * days / point
        for price, point in zip(
            (12, 16, 24, 33, 44, 57, 73, 82),
            (500, 800, 1119, 1494, Fraction("1923.5"), Fraction("2448.5"), Fraction("3092.5"), 4500),
            strict=True,
        )
    )
    assert single.most == 12 * days / 500
    # a baby eats from the income and sleeps for nothing: 18 of 500 x 1.8 a month
    assert rows["two_and_baby", "neutral"].by_bracket[0] == 18 * days / 900
    assert rows["two", "high"].by_bracket[6] == 132 * days / (Fraction("3092.5") * Fraction("1.5"))


def test_lets_the_caller_say_where_a_household_sleeps() -> None:
    family = next(
        row
        for row in review(GRID, rooms={"two_and_children": "family"}).efforts
        if row.household == "two_and_children" and row.season.code == "neutral"
    )

    assert family.room_type == "family"
    assert family.by_bracket[7] == Fraction(198 * 1461, 48 * 4500) / Fraction("2.1")  # 82 x 2.1 x 1.15
    with pytest.raises(UnknownRoomType):
        review(GRID, rooms={"one": "castle"})


def test_skips_the_effort_of_who_has_nothing() -> None:
    grid = Grid.loads(TEXT.replace('point = "500"', 'point = "0"'))

    assert {row.by_bracket[0] for row in review(grid).efforts} == {None}
    assert review(grid).is_accepted


def test_counts_the_nights_that_share_each_price() -> None:
    assert REPORT.crowds is not None
    crowds = {str(crowd.price): crowd.nights_a_month for crowd in REPORT.crowds.prices}

    assert len(crowds) == 8
    assert crowds["12.00 EUR"] == Fraction(2405 * 56, 12_000)  # the rarest 11 (spec 7)
    assert REPORT.crowds.smallest.price == Money.of(12)
    assert REPORT.crowds.failing == ()
    assert REPORT.crowds.if_exact == Fraction(2405, 12 * 70)  # 2.9 each


def test_finds_more_nights_for_each_price_in_larger_steps() -> None:
    wide = Grid.loads(TEXT.replace('price_step = "1.00"', 'price_step = "5.00"'))

    assert count_crowds(wide).if_exact == Fraction(2405, 12 * 14)  # 14 each


def test_counts_brackets_together_that_pay_the_same() -> None:
    wide = Grid.loads(TEXT.replace('price_step = "1.00"', 'price_step = "20.00"'))
    expected = ExpectedNights(tuple(Fraction(12 * nights) for nights in (1, 2, 3, 4, 5, 6, 7, 8)))

    crowds = count_crowds(wide, expected)

    assert [(crowd.price.minor // 100, crowd.brackets) for crowd in crowds.prices] == [
        (20, (1, 2, 3)), (40, (4, 5)), (60, (6,)), (80, (7, 8)),
    ]  # fmt: skip
    assert [crowd.nights_a_month for crowd in crowds.prices] == [6, 9, 6, 15]


@pytest.mark.parametrize(("nights", "fails"), [(60, False), (59, True)])
def test_fails_a_price_that_fewer_than_five_nights_a_month_share(nights: int, fails: bool) -> None:
    rare = ExpectedNights((Fraction(nights), *(Fraction(600) for _ in range(7))))

    report = review(GRID, rare)

    assert report.crowds is not None
    assert [crowd.price for crowd in report.crowds.failing] == ([Money.of(12)] if fails else [])
    assert any("point at" in said and "€12" in said for said in describe(report, "en")) is fails
    assert report.is_accepted  # a warning


def test_reviews_what_is_asked_where_the_real_cost_bounds_it() -> None:
    capped = Grid.loads(TEXT.replace("most_nights = 60", "caps_at_cost = true\nmost_nights = 60"))

    report = review(capped)

    assert report.crowds is not None
    assert report.crowds.prices[-1].price == Money.of(57)  # 46 + 6 + 5
    assert report.crowds.prices[-1].brackets == (6, 7, 8)
    single = next(row for row in report.efforts if (row.household, row.season.code) == ("one", "neutral"))
    assert single.by_bracket[7] == Fraction(57 * 1461, 48 * 4500)


def test_refuses_nights_that_cannot_be_expected() -> None:
    with pytest.raises(ValueError, match="0 nights"):
        ExpectedNights((Fraction(-1),))
    with pytest.raises(ValueError, match="shorter|longer"):
        review(GRID, ExpectedNights((Fraction(1),)))


def test_expects_equal_shares_where_there_are_not_eight_brackets() -> None:
    assert ExpectedNights.usual(4, 1200).by_bracket == (300, 300, 300, 300)
    assert ExpectedNights.usual(8).a_month == Fraction(2405, 12)


def test_reports_every_invariant_that_is_broken() -> None:
    report = review_text(
        TEXT.replace('slope = "0.05"', 'slope = "0.01"').replace('effort = "1"', 'effort = "0.5"')
    )

    assert not report.is_accepted
    assert [refusal.code for refusal in report.refusals] == ["cliff", "effort"]
    assert describe(report, "en")[:2] == (
        "The rate rises faster than it may. (limits.slope)",
        "A night would take too large a part of a day’s income. (limits.effort)",
    )
    assert report.cliff is not None


def test_reports_a_text_that_is_no_grid() -> None:
    report = review_text(TEXT.replace('from = "650"', 'from = "660"'))

    assert (report.grid, report.efforts, report.crowds) == (None, (), None)
    assert describe(report, "fr") == ("Un revenu n’est dans aucune tranche. (brackets[2].from)",)


def test_says_a_refusal_without_words_of_its_own_as_it_came() -> None:
    assert describe_refusal(GridInvalid("new_fault", "somewhere", "it is wrong"), "fr") == (
        "it is wrong (somewhere)"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_says_the_report_in_sentences(language: str) -> None:
    said = [plain(sentence) for sentence in describe(REPORT, language)]

    assert len(said) == 6
    parts = {
        "fr": ("Rien n’est refusé", "19,32 €", "4,15 €", "86,61 %", "11,22 nuits", "2,86 nuits"),
        "en": ("Nothing is refused", "€19.32", "€4.15", "86.61%", "11.22 nights", "2.86 nights"),
    }[language]
    for sentence, part in zip(said, parts, strict=True):
        assert part in sentence
        assert "{" not in sentence


def test_has_words_for_every_household_and_every_refusal_of_a_grid() -> None:
    raised = {code for module in Path(pricing.__file__).parent.rglob("*.py") for code in _codes(module)}

    assert len(raised) > 50
    assert raised <= set(REFUSALS)
    for language in LANGUAGES:
        assert set(HOUSEHOLD_WORDS[language]) == set(HOUSEHOLDS)
        assert all(said[language].strip() for said in REFUSALS.values())


def _codes(module: Path) -> set[str]:
    calls = [node for node in ast.walk(ast.parse(module.read_text("utf-8"))) if isinstance(node, ast.Call)]
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "GridInvalid"
        if isinstance(call.args[0], ast.Constant)
    }


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [("", "", 0), ('effort = "1"', 'effort = "0.5"', 2), ('slope = "0.025"', "", 2)],
)
def test_prints_the_report_of_a_file(
    old: str, new: str, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "grid.toml"
    file.write_text(TEXT.replace(old, new, 1) if old else TEXT, encoding="utf-8")

    assert main(["review", str(file), "--language", "fr"]) == code

    printed = capsys.readouterr().out
    assert ("Rien n’est refusé" in printed) is (code == 0)


def test_reviews_the_example_and_says_which_file_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review"]) == 0
    assert "two adults and one baby, high season" in capsys.readouterr().out
    assert main(["review", "nowhere.toml"]) == 2
    assert "nowhere.toml" in capsys.readouterr().err


def test_warns_of_a_price_that_too_few_share(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edges = "".join(
        f'[[brackets]]\nfrom = "{n}"\nbelow = "{n + 30}"\npoint = "{n + 15}"\n\n'
        for n in range(650, 3050, 30)
    )
    head, _, rest = TEXT.partition("[[brackets]]")
    first = '[[brackets]]\nfrom = "0"\nbelow = "650"\npoint = "500"\n\n'
    last = '[[brackets]]\nfrom = "3050"\npoint = "4500"\n\n'
    file = tmp_path / "fine.toml"
    file.write_text(
        f"{head}{first}{edges}{last}[[seasons]]{rest.partition('[[seasons]]')[2]}", encoding="utf-8"
    )

    assert main(["review", str(file)]) == 1

    assert "would point at who pays it" in capsys.readouterr().out
