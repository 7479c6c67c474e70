"""Stays and ledgers for the tests of the fund."""

from datetime import date

from hypothesis import strategies as st

from pricing.fund import Entry, Kind, Ledger, Settlement
from pricing.money import Money

DAY = date(2027, 3, 1)


def settlement(
    stay: str, paid: str, *, aids: str = "0", cost: str = "78.36", variable: str = "28.36"
) -> Settlement:
    return Settlement(stay, Money.of(cost), Money.of(variable), Money.of(paid), Money.of(aids))


def amounts(most: int = 30_000) -> st.SearchStrategy[Money]:
    return st.integers(0, most).map(Money)


@st.composite
def settlements(draw: st.DrawFn) -> Settlement:
    cost = draw(amounts())
    variable = draw(amounts(cost.minor))
    return Settlement(str(draw(st.integers(1, 8))), cost, variable, draw(amounts()), draw(amounts()))


def with_stays(ledger: Ledger, day: date, *, above: int = 0, under: int = 0) -> Ledger:
    """Settle stays of one day, each with an amount of its own so that sums tell who is in them."""
    start = len(ledger.entries)
    added = tuple(
        Entry(
            number + 1,
            day,
            Kind.STAY,
            stay_for(number, number < start + above).stay_postings(),
            f"stay-{number}",
        )
        for number in range(start, start + above + under)
    )
    return Ledger(ledger.entries + added)


def stay_for(number: int, is_above: bool) -> Settlement:
    paid = f"{100 + number}.{number % 100:02}" if is_above else f"{number % 50}.{number % 97:02}"
    return settlement(f"stay-{number}", paid, variable="0")
