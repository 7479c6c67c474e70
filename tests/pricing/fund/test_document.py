"""The ledger as text: it comes back as it was, and nothing odd is read."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.fund import FundInvalid, Ledger, dumps, loads
from pricing.money import Money
from tests.pricing.fund.stays import DAY, settlement
from tests.pricing.fund.test_ledger import STEPS, build

LEDGER = (
    Ledger()
    .grant(Money.of(100), DAY, memo="Ville de Lens")
    .settle(settlement("B", "18", aids="1"), DAY)
    .cancel("B", DAY)
)
TEXT = dumps(LEDGER)


@given(STEPS)
def test_reads_back_what_it_wrote(steps: list[tuple[str, object]]) -> None:
    ledger = build(steps)

    assert loads(dumps(ledger)) == ledger


def test_writes_no_number_for_an_amount() -> None:
    assert '"guests":"-18.00"' in TEXT


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"100.00"', "100.00"),
        ('"100.00"', '"100.001"'),
        ('"100.00"', '"1e2"'),
        ('"100.00"', '"99.00"'),
        ('"100.00"', "100"),
        ('"100.00"', "NaN"),
        ('"number":1', '"number":"1"'),
        ('"number":1', '"number":true'),
        ('"number":1', '"number":1,"number":1'),
        ('"kind":"grant"', '"kind":"loan"'),
        ('"kind":"grant"', '"kind":[]'),
        ('"day":"2027-03-01"', '"day":"2027-02-30"'),
        ('"day":"2027-03-01"', '"day":null'),
        ('"memo":"Ville de Lens"', '"memo":3'),
        ('"memo":"Ville de Lens"', '"note":""'),
        ('"reverses":3', '"reverses":"3"'),
        ('"reverses":3', '"reverses":2.0'),
        ('"reverses":3', '"reverses":' + "9" * 5000),
        ('"grants"', '"loans"'),
        ('"currency":"EUR"', '"currency":"XYZ"'),
        ('"currency":"EUR"', '"currency":4'),
        ("pricing-fund/1", "pricing-fund/2"),
        ("{", "[" * 100_000),
    ],
)
def test_refuses_a_text_that_was_tampered_with(old: str, new: str) -> None:
    assert old in TEXT

    with pytest.raises(FundInvalid):
        loads(TEXT.replace(old, new, 1))


@given(st.integers(0, len(TEXT) - 1), st.text(max_size=3), st.integers(0, 3))
def test_reads_a_damaged_text_soundly_or_not_at_all(place: int, put: str, dropped: int) -> None:
    try:
        ledger = loads(TEXT[:place] + put + TEXT[place + dropped :])
    except FundInvalid:
        return
    assert loads(dumps(ledger)) == ledger


@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=4)),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(
                st.sampled_from(["schema", "currency", "entries", "day", "x"]), inner, max_size=4
            ),
        ),
        max_leaves=12,
    )
)
def test_refuses_any_other_document(document: object) -> None:
    whole = {"schema": "pricing-fund/1", "currency": "EUR", "entries": [document]}

    for text in (json.dumps(document), json.dumps(whole)):
        with pytest.raises(FundInvalid):
            loads(text)
