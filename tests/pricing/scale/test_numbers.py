"""Numbers are exact, rounded as each line says, and printed as the language says."""

import decimal
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.scale.amount import Amount, is_decimal, shortest
from pricing.scale.rounding import MODES, Quantum
from tests.pricing.scale.drafts import EXACT, draft, faults_of, line, price

DECIMAL_MODES = {
    "half_up": decimal.ROUND_HALF_UP,
    "half_even": decimal.ROUND_HALF_EVEN,
    "up": decimal.ROUND_UP,
    "down": decimal.ROUND_DOWN,
}
decimals = st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=4)
quanta = st.sampled_from(["0.01", "0.05", "0.1", "0.50", "1", "5", "25", "0.0025"])


@pytest.mark.parametrize("mode", MODES)
@given(number=decimals, quantum=quanta)
def test_rounds_as_decimal_arithmetic_does(mode: str, number: Decimal, quantum: str) -> None:
    with decimal.localcontext(decimal.Context(prec=60)):
        steps = (number / Decimal(quantum)).to_integral_value(DECIMAL_MODES[mode])
        expected = steps * Decimal(quantum)

    rounded = Quantum(mode, Amount.read(quantum)).apply(Fraction(number))

    assert Decimal(str(rounded)) == expected
    assert len(str(rounded).partition(".")[2]) == len(quantum.partition(".")[2])


@pytest.mark.parametrize(
    ("mode", "values"),
    [
        ("half_up", {"0.5": "1", "1.5": "2", "2.5": "3", "-0.5": "-1", "-2.5": "-3", "2.4999": "2"}),
        ("half_even", {"0.5": "0", "1.5": "2", "2.5": "2", "-0.5": "0", "-1.5": "-2", "2.51": "3"}),
        ("up", {"0.0001": "1", "-0.0001": "-1", "2": "2", "-2": "-2", "2.5": "3"}),
        ("down", {"0.9999": "0", "-0.9999": "0", "2": "2", "-2.9": "-2"}),
    ],
)
def test_moves_halves_as_the_mode_says(mode: str, values: dict[str, str]) -> None:
    for value, rounded in values.items():
        lines = line("sum", plus=["qf"], round={"mode": mode, "quantum": "1"})
        assert price(lines, qf=value) == rounded


@pytest.mark.parametrize(
    ("value", "quantum", "printed"),
    [
        ("1", "0.01", "1.00"),
        ("1.234", "0.05", "1.25"),
        ("1.234", "0.050", "1.250"),
        ("12.5", "25", "25"),
        ("-0.004", "0.01", "0.00"),
        ("0.049", "0.1", "0.0"),
        ("-12.345", "0.01", "-12.35"),
        ("7", "3", "6"),
        ("0.1", "0.03", "0.09"),
    ],
)
def test_prints_the_decimals_of_the_quantum(value: str, quantum: str, printed: str) -> None:
    lines = line("sum", plus=["qf"], round={"mode": "half_up", "quantum": quantum})

    assert price(lines, qf=value) == printed


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        (Fraction(5, 2), "2.5"),
        (Fraction(100), "100"),
        (Fraction(-3, 2), "-1.5"),
        (Fraction(2, 3), "0.666666666667"),
        (Fraction(-2, 3), "-0.666666666667"),
        (Fraction(1, 2 * 10**12), "0.000000000001"),
        (Fraction(-1, 2 * 10**12), "-0.000000000001"),
        (Fraction(1, 10**13), "0"),
        (Fraction(-1, 10**13), "0"),
        (Fraction(0), "0"),
    ],
)
def test_prints_an_exact_number_as_the_shortest_decimal(number: Fraction, printed: str) -> None:
    assert shortest(number) == printed


@given(decimals)
def test_reads_what_it_prints(number: Decimal) -> None:
    printed = shortest(Fraction(number))

    assert is_decimal(printed)
    assert Amount.read(printed).exact == Fraction(number)


@pytest.mark.parametrize(
    "text",
    ["0", "-0", "12", "12.50", "-0.5", "0.000", "9" * 6000, "0." + "1" * 6000, "-" + "7" * 6000 + ".5"],
)
def test_reads_plain_decimals_of_any_length(text: str) -> None:
    assert price(line("value", value=text)) == text
    assert price(line("value", value="qf"), qf=text) == text


@pytest.mark.parametrize(
    "text",
    ["", " 1", "1 ", "1\n", "+1", "01", "-01", ".5", "5.", "1e3", "1,5", "1_000", "١٢", "0x1", "NaN", "Infinity",
     "--1", "1.2.3", "−1", "1/2", None, 1, 1.5, True, [], ["1"]],
)  # fmt: skip
def test_refuses_every_other_writing(text: Any) -> None:
    assert faults_of(draft(line("value", value=text))) == [("bad_amount", "$.versions[0].lines[0].value")]


def test_loses_no_digit_between_roundings() -> None:
    third = {"name": "third", "kind": "product", "of": ["1"], "divide_by": ["3"], "round": EXACT}
    whole = line("product", of=["third", "3"], round=EXACT)
    huge = "1" + "0" * 5000

    assert price(third, whole) == "1"
    assert price(line("product", of=["qf", huge], round=EXACT), qf=huge) == "1" + "0" * 10000
    assert price(line("sum", plus=["people"], round=EXACT), people=10**5000) == huge


@pytest.mark.parametrize(
    ("rounding", "code", "below"),
    [
        ("exactly", "bad_value", ""),
        (None, "bad_value", ""),
        ({}, "missing_key", ""),
        ({"mode": "half_up"}, "missing_key", ""),
        ({"mode": "half_down", "quantum": "1"}, "bad_value", ".mode"),
        ({"mode": ["up"], "quantum": "1"}, "bad_value", ".mode"),
        ({"mode": "up", "quantum": "0"}, "bad_value", ".quantum"),
        ({"mode": "up", "quantum": "-0.01"}, "bad_value", ".quantum"),
        ({"mode": "up", "quantum": 0.01}, "bad_amount", ".quantum"),
        ({"mode": "up", "quantum": "cent"}, "bad_amount", ".quantum"),
        ({"mode": "up", "quantum": "1", "to": "1"}, "unknown_key", ".to"),
    ],
)
def test_refuses_a_rounding_that_it_does_not_know(rounding: Any, code: str, below: str) -> None:
    found = faults_of(draft(line("sum", plus=["1"], round=rounding)))

    assert found[0] == (code, f"$.versions[0].lines[0].round{below}")
