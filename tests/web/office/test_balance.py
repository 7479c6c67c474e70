"""The balance page says what a year costs and what follows for the rate; people adopt it as a draft, or leave it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import pytest
import time_machine
from flask.testing import FlaskClient

from app.models import Property
from app.services import balance, grids
from pricing.money import Money
from tests.cast import NOW
from tests.services.balance.test_balance import enter

PAGE, YEAR = "/en/office/balance", "/en/office/balance/year"
TYPED = {
    "fixed": "95 000",
    "night_cost": "16",
    "reserve": "2000",
    "grants": "6000",
    "weight": "1.5",
    **{f"nights_{place}": nights for place, nights in enumerate(("526", "551", "619", "5"))},
    **{f"share_{number}": "12.5" for number in range(1, 9)},
}

SignedIn = Callable[[str], FlaskClient]


@pytest.fixture(autouse=True)
def _still() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize("name", ["samir", "odile", "karim"])
@pytest.mark.parametrize("page", [PAGE, YEAR])
def test_keeps_the_others_out_of_the_balance(
    house: Property, signed_in: SignedIn, name: str, page: str
) -> None:
    assert signed_in(name).get(page).status_code == 403


def test_asks_for_a_year_first(house: Property, signed_in: SignedIn) -> None:
    jeanne = signed_in("jeanne")

    assert "Enter once what a year costs" in jeanne.get(PAGE).text
    assert 'value="78200"' in jeanne.get(YEAR).text


def test_takes_a_year_and_says_what_follows(house: Property, signed_in: SignedIn) -> None:
    jeanne = signed_in("jeanne")

    page = jeanne.submit(YEAR, TYPED, follow_redirects=True)

    assert page.request.path == PAGE
    assert "balances the year" in page.text
    assert "risk of a deficit" in page.text
    assert "Adopt as a draft" not in page.text  # the manager governs prices
    card = balance.current_budget(house)
    assert card is not None
    assert (card.plan.fixed, card.plan.weight, card.author) == (Money.of(95_000), Fraction(3, 2), "Jeanne")
    assert 'value="95000"' in jeanne.get(YEAR).text


@pytest.mark.parametrize("language", ["fr", "en"])
def test_lets_the_manager_adopt_the_step_as_a_draft(
    house: Property, signed_in: SignedIn, language: str
) -> None:
    enter(house, fixed=Money.of(95_000))
    marie, page = signed_in("marie"), f"/{language}/office/balance"

    answer = marie.submit(page, {}, to=f"{page}/adopt", follow_redirects=True)

    (draft,) = grids.list_drafts(house)
    assert answer.request.path == f"/{language}/office/prices/drafts/{draft.id}"
    assert answer.status_code == 200
    assert draft.author == "Marie"


def test_adopts_nothing_when_nothing_is_proposed(house: Property, signed_in: SignedIn) -> None:
    answer = signed_in("marie").submit("/en/office/prices", {}, to=f"{PAGE}/adopt", follow_redirects=True)

    assert "nothing to adopt" in answer.text
    assert grids.list_drafts(house) == ()


def test_leaves_adopting_to_the_manager(house: Property, signed_in: SignedIn) -> None:
    enter(house, fixed=Money.of(95_000))

    assert signed_in("jeanne").submit(YEAR, {}, to=f"{PAGE}/adopt").status_code == 403


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"fixed": ""}, "A number is needed"),
        ({"fixed": "-5"}, "not less than nothing"),
        ({"fixed": "much"}, "in figures"),
        ({"fixed": "999999999"}, "more than our books hold"),
        ({"nights_0": "100000"}, "more than our books hold"),
        ({"weight": "0"}, "weighs more than nothing"),
        ({f"nights_{place}": "0" for place in range(4)}, "A year has some nights"),
        ({f"share_{number}": "0" for number in range(1, 9)}, "Somebody comes"),
    ],
)
def test_says_beside_the_field_what_is_wrong_with_a_year(
    house: Property, signed_in: SignedIn, wrong: dict[str, str], message: str
) -> None:
    answer = signed_in("jeanne").submit(YEAR, TYPED | wrong)

    assert answer.status_code == 422
    assert message in answer.text
    assert 'value="2000"' in answer.text
    assert balance.current_budget(house) is None


def test_says_when_the_year_does_not_fit_the_grid(house: Property, signed_in: SignedIn) -> None:
    enter(house, nights={"monsoon": Fraction(100)})

    assert "does not fit the seasons" in signed_in("marie").get(PAGE).text
