"""Money adds up to the cent, refuses nonsense, and rounds in one way."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.money import MINOR_DIGITS, AmountInvalid, CurrencyMismatch, Money, round_half_up, split

CENTS = st.integers(-(10**12), 10**12)
WEIGHTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=40).filter(any)


@pytest.mark.parametrize(
    ("amount", "minor"),
    [("12", 1200), ("12.5", 1250), ("-0.01", -1), (7, 700), (Decimal("218.52"), 21852), (Fraction(3, 4), 75)],
)
def test_reads_an_amount_exactly(amount: str | int | Decimal | Fraction, minor: int) -> None:
    assert Money.of(amount) == Money(minor)


@pytest.mark.parametrize(
    "text", ["", " 1", "1,50", "1e3", "NaN", "inf", "1_000", "١٢", "0.005", "+1", "1.", "--1", "9" * 5000]
)
def test_refuses_a_text_that_is_no_amount(text: str) -> None:
    with pytest.raises(AmountInvalid):
        Money.of(text)


@pytest.mark.parametrize("amount", [1.5, True, None, b"1"])
def test_refuses_a_float_and_whatever_is_no_number(amount: object) -> None:
    with pytest.raises(TypeError):
        Money.of(amount)  # type: ignore[arg-type]


@pytest.mark.parametrize("minor", [1.0, True, "1", Decimal(1)])
def test_holds_whole_minor_units_only(minor: object) -> None:
    with pytest.raises(TypeError):
        Money(minor)  # type: ignore[arg-type]


def test_knows_currencies_without_cents_and_refuses_unknown_ones() -> None:
    assert Money.of("1500", "XOF") == Money(1500, "XOF")
    assert str(Money.of("1.234", "TND")) == "1.234 TND"
    for currency in ("eur", "EURO", ""):
        with pytest.raises(AmountInvalid):
            Money(1, currency)


@pytest.mark.parametrize(
    ("currency", "coins"),
    [
        *(
            (code, 2)
            for code in (
                "EUR",
                "BGN",
                "CAD",
                "CHF",
                "CZK",
                "DKK",
                "GBP",
                "HUF",
                "MAD",
                "NOK",
                "PLN",
                "RON",
                "SEK",
                "USD",
            )
        ),
        *((code, 0) for code in ("JPY", "XAF", "XOF")),
        ("TND", 3),
    ],
)
def test_knows_the_smallest_coin_of_each_currency(currency: str, coins: int) -> None:
    assert MINOR_DIGITS[currency] == coins  # ISO 4217
    assert Money.nearest(Fraction(10), currency).minor == 10 ** (coins + 1)


@pytest.mark.parametrize(("left", "right"), [(1, 2), (2, 2), (3, 2)])
def test_orders_amounts_that_are_next_to_each_other(left: int, right: int) -> None:
    one, two = Money(left), Money(right)

    assert (one < two, one <= two, one > two, one >= two) == (
        left < right,
        left <= right,
        left > right,
        left >= right,
    )


def test_never_mixes_currencies() -> None:
    euro, franc = Money(1), Money(1, "CHF")

    for meeting in (
        lambda: euro + franc,
        lambda: euro - franc,
        lambda: euro < franc,
        lambda: max(euro, franc),
        lambda: sum([franc], Money.zero()),
    ):
        with pytest.raises(CurrencyMismatch):
            meeting()
    assert euro != franc


def test_multiplies_by_whole_numbers_only() -> None:
    assert Money(150) * 3 == 3 * Money(150) == Money(450)
    with pytest.raises(TypeError):
        Money(150) * 0.5  # type: ignore[operator]


@given(CENTS, CENTS)
def test_adds_and_orders_like_its_minor_units(left: int, right: int) -> None:
    assert Money(left) + Money(right) - Money(right) == Money(left)
    assert (Money(left) < Money(right)) == (left < right)
    assert (Money(left) >= Money(right)) == (left >= right)
    assert Money(left) + -Money(left) == Money.zero()


@given(CENTS)
def test_writes_and_reads_back_the_same_amount(minor: int) -> None:
    money = Money(minor)

    assert Money.of(money.decimal) == Money.of(f"{money.decimal:f}") == money


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4), st.sampled_from([1, 5, 50, 100, 500]))
def test_rounds_half_up_like_a_decimal(value: Decimal, step: int) -> None:
    expected = (value / step).quantize(Decimal(1), ROUND_HALF_UP) * step

    assert round_half_up(value, step) == round_half_up(Fraction(value), step) == expected


@pytest.mark.parametrize(
    ("value", "step", "expected"),
    [
        ("2.5", 1, 3),
        ("2.4999", 1, 2),
        ("-2.5", 1, -3),
        ("50", 100, 100),
        ("49.9999", 100, 0),
        ("250", 500, 500),
    ],
)
def test_moves_a_tie_away_from_zero(value: str, step: int, expected: int) -> None:
    assert round_half_up(Decimal(value), step) == expected


@pytest.mark.parametrize(
    ("amount", "minor"),
    [("1.004999", 100), ("1.005", 101), ("1.015", 102), ("-1.005", -101), ("1.0149", 101)],
)
def test_rounds_an_amount_to_the_cent_unless_told_otherwise(amount: str, minor: int) -> None:
    assert Money.nearest(Fraction(amount)) == Money(minor)
    assert round_half_up(Fraction(amount) * 100) == minor


@pytest.mark.parametrize("step", [0, -1])
def test_refuses_a_step_of_nothing(step: int) -> None:
    with pytest.raises(ValueError, match="at least one minor unit"):
        round_half_up(1, step)


@given(CENTS, WEIGHTS)
def test_shares_a_sum_without_losing_a_cent(minor: int, weights: list[int]) -> None:
    shares = split(Money(minor), weights)

    assert sum(share.minor for share in shares) == minor
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share.minor - Fraction(minor * weight, sum(weights))) < 1


def test_gives_the_cents_left_over_to_the_largest_remainders_then_the_earliest() -> None:
    assert [share.minor for share in split(Money(100), [1, 1, 1])] == [34, 33, 33]
    assert [share.minor for share in split(Money(101), [1, 1, 1])] == [34, 34, 33]
    assert [share.minor for share in split(Money(10), [1, 3, 2])] == [2, 5, 3]  # 1.67, 5, 3.33
    assert [share.minor for share in split(Money(-100), [1, 1, 1])] == [-34, -33, -33]


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1], [2, -1]])
def test_refuses_to_share_over_nothing(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="shared over weights"):
        split(Money(100), weights)
