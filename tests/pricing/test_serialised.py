"""What leaves the program as text, quotes and choices apart: amounts as strings, and never what somebody earns."""

import json
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest

from pricing import balance, fund
from pricing.grid import example_house
from pricing.money import Money
from pricing.tourist_tax.record import to_record
from pricing.tourist_tax.stay_tax import TaxedNight
from tests.pricing.fund.stays import DAY, settlement
from tests.pricing.tourist_tax.rates import FIRST, fixed, rate_of

SHARES = [Fraction(1, 8)] * 8
YEAR = balance.Forecast.spread(
    {"low": Fraction(500), "neutral": Fraction(1500)}, SHARES, weight=Fraction(3, 2)
)
SOLUTION = balance.solve(example_house(), YEAR, balance.Target.of(Money.of(100_000)))
LEDGER = fund.Ledger().grant(Money.of(50), DAY, memo="Town").settle(settlement("A", "18", aids="10"), DAY)
TAXED = TaxedNight(FIRST, rate_of(fixed("1")), Money.of(50), Fraction(0), 2)

WRITTEN = {
    "forecast": json.loads(balance.dumps(YEAR)),
    "solution": json.loads(balance.dumps(SOLUTION)),
    "ledger": json.loads(fund.dumps(LEDGER)),
    "tourist tax": json.loads(json.dumps(to_record(TAXED))),
}


def leaves(document: Any, key: str = "") -> Iterator[tuple[str, object]]:
    match document:
        case dict():
            for name, value in document.items():
                yield from leaves(value, name)
        case list():
            for value in document:
                yield from leaves(value, key)
        case _:
            yield key, document


@pytest.mark.parametrize("what", WRITTEN)
def test_writes_no_income_and_no_binary_fraction(what: str) -> None:
    found = list(leaves(WRITTEN[what]))

    assert found
    for key, value in found:
        assert not any(
            word in key.lower() for word in ("income", "revenu", "living", "earn", "declar", "quotient")
        )
        assert not isinstance(value, float)


def test_writes_of_a_stay_in_the_fund_neither_bracket_nor_rung() -> None:
    keys = {key for key, _ in leaves(WRITTEN["ledger"])}

    assert not keys & {"bracket", "due", "rung", "household", "guest", "name"}
