"""A line that was kept: it says its inputs, and a damaged one is refused."""

import json
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.money import Money
from pricing.tourist_tax import (
    Category,
    Classification,
    Mandate,
    Surcharge,
    TaxInvalid,
    from_record,
    tax_of_stay,
    to_record,
)
from tests.pricing.tourist_tax.rates import ADULT, CHILD, fixed, night, rate_of, share, table_of

RAILWAY = Surcharge("railway", Fraction(34, 100), "Region", date(2027, 1, 1), date(2028, 1, 1))
LINE = tax_of_stay(
    table_of(rate_of(share("0.05", "3", RAILWAY))),
    [],
    [night(date(2027, 7, 2), "54", ADULT, CHILD)],
    vat=Fraction(1, 10),
    mandate=Mandate("Channel", "M1", date(2027, 1, 1)),
).lines[0]
RECORD = to_record(LINE)


def test_keeps_every_input_beside_the_amount() -> None:
    assert json.loads(json.dumps(RECORD)) == RECORD
    assert (RECORD["price"], RECORD["vat"], RECORD["occupants"], RECORD["exempt"]) == (
        "54.00",
        "1/10",
        2,
        {"minor": 1},
    )
    assert RECORD["rate"]["valid_from"] == "2027-01-01"
    assert RECORD["rate"]["rounding"] == "per_component"
    assert RECORD["amount"] == "1.65"  # 54 / 1.1 / 2 x 5 % is 1.227: 1.23; 34 % of it is 0.4182: 0.42
    assert from_record(RECORD).amount == Money.of("1.65")


def test_keeps_a_fixed_rate_as_well() -> None:
    hostel = [Classification(Category.COLLECTIVE_HOSTEL, date(2020, 1, 1))]
    line = tax_of_stay(
        table_of(rate_of(fixed("0.80"))), hostel, [night(date(2027, 7, 2), "54", ADULT)]
    ).lines[0]

    record = to_record(line)

    assert (record["rate"]["fixed"], record["amount"]) == ("0.80", "0.88")
    assert to_record(from_record(record)) == record


def changed(path: tuple[str | int, ...], value: object) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(json.dumps(RECORD))
    place: Any = record
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return record


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), "tourist-tax-line/2"),
        (("amount",), "1.66"),
        (("amount",), 1.65),
        (("price",), "5.40"),
        (("price",), "54.001"),
        (("price",), "-54"),
        (("vat",), "1/0"),
        (("vat",), "-1/10"),
        (("vat",), "1e999999999"),
        (("vat",), "1/" + "9" * 100),
        (("occupants",), 0),
        (("occupants",), True),
        (("exempt",), {"minor": 3}),
        (("exempt",), {"minor": -1}),
        (("exempt",), {"poor": 1}),
        (("exempt",), ["minor"]),
        (("is_free",), "no"),
        (("is_free",), True),
        (("currency",), "XYZ"),
        (("night",), "2027-07-32"),
        (("night",), 20270702),
        (("night",), "2029-07-02"),
        (("collected_by",), None),
        (("rate",), None),
        (("rate", "category"), "stars_3"),
        (("rate", "rounding"), "upwards"),
        (("rate", "share"), "0.05e9999999"),
        (("rate", "surcharges"), [None]),
        (("rate", "surcharges", 0, "fraction"), "35/100"),
        (("rate", "surcharges", 0, "valid_until"), "2020-01-01"),
    ],
)
def test_refuses_a_line_that_was_tampered_with(path: tuple[str | int, ...], value: object) -> None:
    with pytest.raises(TaxInvalid):
        from_record(changed(path, value))


@given(st.sampled_from(sorted(RECORD)))
def test_refuses_a_line_with_a_gap(key: str) -> None:
    with pytest.raises(TaxInvalid):
        from_record({name: value for name, value in RECORD.items() if name != key})


JUNK = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2), st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(st.sampled_from(sorted(RECORD)), JUNK)
def test_reads_a_damaged_line_soundly_or_not_at_all(key: str, junk: object) -> None:
    try:
        line = from_record({**RECORD, key: junk})
    except TaxInvalid:
        return
    assert to_record(line)["amount"] == RECORD["amount"]
