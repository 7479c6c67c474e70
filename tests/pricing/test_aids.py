"""Aids lower what the guest pays and never the rate; the law's figures are those of the shared scale."""

import json
from datetime import date
from fractions import Fraction
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.aids import (
    Aid,
    AidInvalid,
    AidTwice,
    NoAid,
    NotEligible,
    Payer,
    Reason,
    describe_reason,
    employer_aid,
    national_aid,
    partner_voucher,
    pay_with,
)
from pricing.aids.national import read_aids
from pricing.fund import Settlement
from pricing.grid import example_house
from pricing.money import CurrencyMismatch, Money
from pricing.quote import RoomRequest, quote
from pricing.refusal import GridInvalid
from pricing.scale import Scale
from pricing.words import NO_BREAK, THIN
from tests.pricing.stays import parties, stays

GRID = example_house()
ANCV = "ancv_depart_18_25"
SCALE_FILE = Path(__file__).parent / "scale" / "files" / f"g09_{ANCV}.json"
SCALE = Scale.loads(SCALE_FILE.read_text(encoding="utf-8"))
EXAMPLES = json.loads(SCALE_FILE.read_text(encoding="utf-8"))["examples"]
NAMES = {"fr": "La ville", "en": "The town"}
PRICES = st.integers(0, 60_000).map(Money)
DEPARTURE = national_aid(ANCV, date(2027, 5, 1)).claim(Reason.YOUNG_WITH_LOW_INCOME, 22)
HALF = employer_aid(Fraction(1, 2), Money.of(80))
VOUCHER = partner_voucher(Money.of(30))


def aids() -> st.SearchStrategy[list[Aid]]:
    amounts = st.none() | st.integers(0, 30_000).map(Money)
    shares = st.fractions(Fraction(1, 100), 1)
    kinds = st.builds(
        Aid, st.sampled_from("abcdef"), st.sampled_from(Payer), st.just(NAMES), shares, amounts, amounts
    )
    return st.lists(kinds, max_size=5, unique_by=lambda aid: aid.code)


@pytest.mark.parametrize("example", EXAMPLES)
def test_pays_what_the_shared_scale_of_the_ancv_pays(example: dict[str, dict[str, str]]) -> None:
    asked, expected = example["input"], example["expected"]
    version = national_aid(ANCV, date.fromisoformat(asked["date"]))
    price, age = Money.of(asked["stay"]), int(asked["age"])

    if int(expected["aid"]) or price < Money.of(50):
        is_poor = Money.of(asked["tax_income"]) < version.tax_income_below
        reason = Reason.YOUNG_WITH_LOW_INCOME if is_poor else Reason.YOUNG_WITH_STATUS
        account = pay_with(price, [version.claim(reason, age)])
        assert account.aided == Money.of(expected["aid"])
        assert account.to_pay == Money.of(expected.get("guest_pays", account.to_pay.decimal))
    elif 18 <= age <= 25:
        assert Money.of(asked["tax_income"]) >= version.tax_income_below  # and no status
    else:
        with pytest.raises(NotEligible, match="18 to 25"):
            version.claim(Reason.YOUNG_WITH_STATUS, age)


@given(PRICES, st.integers(17, 26), st.dates(date(2021, 1, 1), date(2030, 1, 1)))
def test_agrees_with_the_interpreter_of_scales_on_every_price(price: Money, age: int, day: date) -> None:
    asked = {"stay": str(price.decimal), "age": age, "tax_income": "0", "date": day.isoformat()}
    paid = Money.of(SCALE.price(asked).as_json()["results"]["aid"])

    try:
        aid = national_aid(ANCV, day).claim(Reason.YOUNG_WITH_LOW_INCOME, age)
    except NotEligible:
        assert paid == Money.zero()
    else:
        assert pay_with(price, [aid]).aided == paid


@pytest.mark.parametrize(
    ("day", "cap"),
    [(date(2021, 1, 1), 200), (date(2021, 12, 31), 200), (date(2022, 1, 1), 250), (date(2030, 1, 1), 250)],
)
def test_takes_the_version_that_is_in_force_on_the_day_of_arrival(day: date, cap: int) -> None:
    version = national_aid(ANCV, day)

    assert version.aid.cap == Money.of(cap)
    assert version.source


@pytest.mark.parametrize(
    ("code", "day", "country"),
    [(ANCV, date(2020, 12, 31), "fr"), ("other", date(2027, 1, 1), "fr"), (ANCV, date(2027, 1, 1), "xx")],
)
def test_invents_no_aid(code: str, day: date, country: str) -> None:
    with pytest.raises(NoAid):
        national_aid(code, day, country)


@pytest.mark.parametrize("age", [17, 26, 20.5, True, "22"])
def test_gives_an_aid_to_those_of_its_ages_alone(age: object) -> None:
    with pytest.raises(NotEligible):
        national_aid(ANCV, date(2027, 1, 1)).claim(Reason.YOUNG_WITH_STATUS, age)  # type: ignore[arg-type]


def test_knows_a_closed_list_of_reasons() -> None:
    version = national_aid(ANCV, date(2027, 1, 1))

    assert version.reasons == tuple(Reason)
    with pytest.raises(NotEligible, match="nice"):
        version.claim("nice", 22)  # type: ignore[arg-type]


def test_says_who_may_claim_an_aid() -> None:
    version = national_aid(ANCV, date(2027, 1, 1))

    said = {
        language: describe_reason(version, Reason.YOUNG_WITH_LOW_INCOME, language)
        for language in ("fr", "en")
    }
    assert (
        said["en"]
        == "From 18 to 25 years old, with a reference tax income under €17,280 a year for one tax part."
    )
    assert said["fr"].replace(NO_BREAK, " ").replace(THIN, " ") == (
        "De 18 à 25 ans, avec un revenu fiscal de référence de moins de 17 280 € par an pour une part."
    )
    assert describe_reason(version, Reason.YOUNG_WITH_STATUS, "en").endswith("whatever the income.")


@given(PRICES, aids())
def test_never_pays_more_than_is_due_nor_less_than_nothing(price: Money, claimed: list[Aid]) -> None:
    account = pay_with(price, claimed)

    assert account.price == price
    assert Money.zero() <= account.to_pay <= price
    assert sum((line.amount for line in account.lines), account.to_pay) == price
    assert account.aided == price - account.to_pay
    by_code = {aid.code: aid for aid in claimed}
    for line in account.lines:
        aid = by_code[line.code]
        assert line.amount.minor > 0
        assert aid.cap is None or line.amount <= aid.cap
        assert account.to_pay >= (aid.left_to_pay or Money.zero())
    places = [list(Payer).index(line.payer) for line in account.lines]
    assert places == sorted(places)


@given(PRICES, aids(), st.randoms(use_true_random=False))
def test_reckons_in_one_order_however_the_aids_are_named(
    price: Money, claimed: list[Aid], luck: object
) -> None:
    mixed = list(claimed)
    luck.shuffle(mixed)  # type: ignore[attr-defined]

    assert pay_with(price, mixed) == pay_with(price, claimed)


@pytest.mark.parametrize("claimed", list(permutations([DEPARTURE, HALF, VOUCHER])))
def test_combines_a_national_aid_an_employer_and_a_voucher(claimed: tuple[Aid, ...]) -> None:
    account = pay_with(Money.of(400), list(claimed))

    # 80 % of 400 is 320, at most 250; half of the 150 left is 75; the voucher may leave no less than 50: 25
    assert [(line.code, line.amount) for line in account.lines] == [
        (ANCV, Money.of(250)),
        ("employer", Money.of(75)),
        ("voucher", Money.of(25)),
    ]
    assert account.to_pay == Money.of(50)


@pytest.mark.parametrize(
    ("price", "claimed", "paid", "left"),
    [
        ("25", [VOUCHER], ["25"], "0"),
        ("30", [VOUCHER], ["30"], "0"),
        ("30.01", [VOUCHER], ["30"], "0.01"),
        ("0.01", [HALF], ["0.01"], "0"),  # half a cent, half up
        ("160.01", [HALF], ["80"], "80.01"),
        ("40", [DEPARTURE], [], "40"),  # at most what is above 50: nothing, and then it wants nothing left
        ("40", [DEPARTURE, VOUCHER], ["30"], "10"),
        ("50.01", [DEPARTURE, VOUCHER], ["0.01"], "50"),
        ("0", [DEPARTURE, HALF, VOUCHER], [], "0"),
        ("72", [], [], "72"),
    ],
)
def test_makes_a_line_for_each_aid_that_pays(
    price: str, claimed: list[Aid], paid: list[str], left: str
) -> None:
    account = pay_with(Money.of(price), claimed)

    assert [line.amount for line in account.lines] == [Money.of(amount) for amount in paid]
    assert account.to_pay == Money.of(left)


@given(stays(), parties, st.integers(1, 8), aids())
def test_never_changes_the_rate_and_reconciles_with_the_fund(
    stay: object, party: list[RoomRequest], bracket: int, claimed: list[Aid]
) -> None:
    priced = quote(GRID, stay, party)  # type: ignore[arg-type]
    choice = priced.choose(bracket=bracket)
    before = (priced.bracket_amounts, choice.amount, choice.nights)

    account = pay_with(choice.amount, claimed)

    assert (priced.bracket_amounts, choice.amount, choice.nights) == before
    variable = sum((line.amount for line in priced.cost_lines if line.code != "fixed"), Money.zero())
    settled = Settlement("A", priced.cost, variable, paid=account.to_pay, aids=account.aided)
    assert settled.over_cost == choice.amount - priced.cost


def test_refuses_an_aid_that_cannot_be() -> None:
    with pytest.raises(AidTwice):
        pay_with(Money.of(100), [VOUCHER, VOUCHER])
    for share in (Fraction(0), Fraction(-1, 2), Fraction(101, 100)):
        with pytest.raises(AidInvalid, match="part of a price"):
            employer_aid(share)
    assert employer_aid(Fraction(1)).amount(Money.of(9)) == Money.of(9)
    with pytest.raises(AidInvalid, match="bounds nothing"):
        partner_voucher(Money(-1))
    with pytest.raises(AidInvalid, match="bounds nothing"):
        Aid("town", Payer.PARTNER, NAMES, left_to_pay=Money(-1))
    with pytest.raises(CurrencyMismatch):
        pay_with(Money.of(100, "CHF"), [VOUCHER])


RULES = """
form = "pricing-aids/1"
currency = "EUR"
[[aids]]
code = "town"
names = { fr = "La ville", en = "The town" }
[[aids.versions]]
from = 2026-01-01
until = 2027-01-01
share = "0.5"
reasons = ["young_with_status"]
age_from = 18
age_to = 25
tax_income_below = "17280"
source = "a vote"
[[aids.versions]]
from = 2027-01-01
share = "0.6"
reasons = ["young_with_status"]
age_from = 18
age_to = 25
tax_income_below = "17280"
source = "a vote"
"""


def test_reads_versions_that_follow_one_another() -> None:
    assert [version.aid.share for version in read_aids(RULES)] == [Fraction(1, 2), Fraction(3, 5)]


@pytest.mark.parametrize(
    ("old", "new", "code", "path"),
    [
        ('form = "pricing-aids/1"', 'form = "pricing-aids/2"', "unknown_form", "form"),
        ("until = 2027-01-01\n", "", "versions_order", "aids[1].versions[2].from"),
        ("until = 2027-01-01", "until = 2027-01-02", "versions_order", "aids[1].versions[2].from"),
        ("until = 2027-01-01", "until = 2026-01-01", "versions_order", "aids[1].versions[1].until"),
        ('share = "0.5"', 'share = "1.5"', "aid_invalid", "aids[1].versions[1]"),
        ('["young_with_status"]', '["kind"]', "unknown_reason", "aids[1].versions[1].reasons"),
        ('share = "0.5"', "share = 0.5", "wrong_type", "aids[1].versions[1].share"),
        ('share = "0.5"', 'share = "0.5"\nextra = 1', "unknown_key", "aids[1].versions[1].extra"),
        ('source = "a vote"', "", "missing_key", "aids[1].versions[1].source"),
    ],
)
def test_refuses_national_rules_that_leave_a_doubt(old: str, new: str, code: str, path: str) -> None:
    with pytest.raises(GridInvalid) as refusal:
        read_aids(RULES.replace(old, new, 1))

    assert (refusal.value.code, refusal.value.path) == (code, path)
