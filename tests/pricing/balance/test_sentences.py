"""One sentence for each outcome, in both languages, its amounts as readers write them."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from pricing.balance import phrases
from pricing.balance.evolution import Draft, Unchanged, evolve
from pricing.balance.forecast import Forecast, Target
from pricing.balance.sensitivity import GrantWorth, worth_of_grant
from pricing.balance.sentences import describe_solution, describe_worth, reason
from pricing.balance.solver import Balanced, solve
from pricing.money import Money
from pricing.words import UnknownLanguage
from tests.pricing.balance.years import FORECAST, GRID, needing

TODAY = date(2026, 11, 22)

SOLUTIONS = [
    (
        "188486",
        "en",
        (
            "A slope of €3.13 for each €100 of monthly standard of living balances the year: the nights bring the "
            "€188,486 that are needed."
        ),
    ),
    (
        "188486",
        "fr",
        (
            "Une pente de 3,13 € pour chaque tranche de 100 € de niveau de vie par mois équilibre l’année : les "
            "nuits "
            "rapportent les 188 486 € qu’il faut."
        ),
    ),
    (
        "300000",
        "en",
        (
            "€300,000 are needed and the nights can bring no more than €282,425.64: €17,574.36 are missing, and "
            "would "
            "just be found by a ceiling of €87.15 a night for one person, 6.23% more nights or a grant of €17,574.36."
        ),
    ),
    (
        "300000",
        "fr",
        (
            "Il faut 300 000 €, et les nuits ne peuvent rapporter que 282 425,64 € : il manque 17 574,36 €, que "
            "comblerait tout juste un plafond de 87,15 € par nuit pour une personne, 6,23 % de nuits en plus ou une "
            "subvention de 17 574,36 €."
        ),
    ),
    (
        "40000",
        "en",
        (
            "Even if everybody paid no more than the floor the nights would bring €43,322.61 where €40,000 are "
            "enough: "
            "the floor can come down to €11.08."
        ),
    ),
    (
        "40000",
        "fr",
        (
            "Même si tout le monde ne payait que le plancher, les nuits rapporteraient 43 322,61 € alors que 40 "
            "000 € "
            "suffisent : le plancher peut descendre à 11,08 €."
        ),
    ),
]

REASONS = [
    (
        "166366.33",
        "en",
        (
            "Nothing changes: the stays of these last months and the fund call for €2.50, too near to the €2.50 of "
            "today for each €100 of monthly standard of living."
        ),
    ),
    (
        "166366.33",
        "fr",
        (
            "Rien ne change : les séjours de ces derniers mois et la caisse demandent 2,50 €, trop près des 2,50 € "
            "d’aujourd’hui pour chaque tranche de 100 € de niveau de vie par mois."
        ),
    ),
    (
        "200000",
        "en",
        (
            "From 1 January 2027, €2.58 instead of €2.50 for each €100 of monthly standard of living: the stays "
            "of these "
            "last months and the fund call for €3.53, and a rate moves by no more than 3% a month."
        ),
    ),
    (
        "200000",
        "fr",
        (
            "À partir du 1er janvier 2027, 2,58 € au lieu de 2,50 € pour chaque tranche de 100 € de niveau de "
            "vie par "
            "mois : les séjours de ces derniers mois et la caisse demandent 3,53 €, et un tarif ne bouge pas de "
            "plus de "
            "3 % par mois."
        ),
    ),
    (
        "169000",
        "en",
        (
            "From 1 January 2027, €2.57 instead of €2.50 for each €100 of monthly standard of living (2.67%): "
            "the stays "
            "of these last months and the fund call for €2.57."
        ),
    ),
    (
        "400000",
        "en",
        (
            "From 1 January 2027, €2.58 instead of €2.50 for each €100 of monthly standard of living: even the "
            "highest "
            "rate would leave €117,574.36 a year unpaid, and a rate moves by no more than 3% a month."
        ),
    ),
    (
        "40000",
        "fr",
        (
            "À partir du 1er janvier 2027, 2,43 € au lieu de 2,50 € pour chaque tranche de 100 € de niveau de "
            "vie par "
            "mois : un plancher de 11,08 € suffirait à lui seul, et un tarif ne bouge pas de plus de 3 % par mois."
        ),
    ),
]


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def look(need: str) -> Draft | Unchanged:
    return evolve(
        grid=GRID,
        forecast=FORECAST,
        months=(),
        target=needing(need),
        fund=Money.of(0),
        today=TODAY,
    )


@pytest.mark.parametrize(("need", "language", "said"), SOLUTIONS)
def test_says_what_the_solver_found(need: str, language: str, said: str) -> None:
    assert plain(describe_solution(solve(GRID, FORECAST, needing(need)), "EUR", language)) == said


@pytest.mark.parametrize(("need", "language", "said"), REASONS)
def test_gives_the_reason_of_a_step_in_one_sentence(need: str, language: str, said: str) -> None:
    assert plain(reason(look(need), language)) == said


def test_does_not_call_near_what_is_out_of_reach() -> None:
    steepest = replace(GRID, curve=replace(GRID.curve, slope=Fraction("0.4666")))

    kept = evolve(
        grid=steepest, forecast=FORECAST, months=(), target=needing(300_000), fund=Money.of(0), today=TODAY
    )

    assert isinstance(kept, Unchanged)
    assert plain(reason(kept, "en")) == (
        "Nothing changes: even the highest rate would leave €17,574.36 a year unpaid, and a steeper slope would "
        "not change that."
    )


def test_names_only_the_levers_that_work() -> None:
    poor = Forecast.spread({"neutral": Fraction(100)}, [Fraction(1)], Fraction(1))
    target = Target.of(Money.of(5000), night_cost=Money.of(12))

    said = plain(describe_solution(solve(GRID, poor, target), "EUR", "en"))

    assert said.endswith("are missing, and would just be found by a grant of €3,800.")


def test_says_what_a_grant_is_worth() -> None:
    balanced = solve(GRID, FORECAST, needing(175_000))
    assert isinstance(balanced, Balanced)

    worth = worth_of_grant(GRID, FORECAST, balanced, Money.of(1000))

    assert plain(describe_worth(worth, "en")) == (
        "A grant of €1,000 takes €0.04 a night for one person off bracket 2, the lowest that follows the slope, "
        "or else allows the floor to fall by €0.31."
    )
    assert plain(describe_worth(worth, "fr")).startswith("Une subvention de 1 000 € enlève 0,04 € par nuit")


@pytest.mark.parametrize(
    ("floor", "said"),
    [
        (Fraction(1), "A grant of €100 allows the floor to fall by €1."),
        (None, "A grant of €100 lowers no price without a lower ceiling."),
    ],
)
def test_says_where_a_grant_moves_no_slope(floor: Fraction | None, said: str) -> None:
    worth = GrantWorth(Money.of(100), (Fraction(0),), (Fraction(0),), floor, is_exact=False)

    assert plain(describe_worth(worth, "en")) == said


def test_speaks_no_other_language() -> None:
    with pytest.raises(UnknownLanguage):
        reason(look("1000"), "nl")


def test_says_everything_in_both_languages() -> None:
    said = {
        name: phrase for name, phrase in vars(phrases).items() if isinstance(phrase, dict) and name.isupper()
    }

    assert len(said) > 10
    assert all(set(phrase) == {"fr", "en"} for phrase in said.values())
