"""One cent more, one cent less, one entry too far: what the fund's ledger still takes and what it refuses."""

import pytest

from pricing.fund import Account, Entry, FundInvalid, Kind, Ledger, Posting, Settlement
from pricing.money import Money
from tests.pricing.fund.stays import DAY, settlement


def posted(*amounts: tuple[Account, int]) -> tuple[Posting, ...]:
    return tuple(Posting(account, Money(minor)) for account, minor in amounts)


def test_takes_a_stay_whose_whole_cost_is_variable_and_no_more() -> None:
    assert settlement("A", "0", cost="10", variable="10").voucher == Money.of(10)
    for cost, variable in (("10", "10.01"), ("10", "-0.01"), ("-0.01", "-0.01")):
        with pytest.raises(FundInvalid):
            settlement("A", "0", cost=cost, variable=variable)
    with pytest.raises(FundInvalid):
        Settlement("A", Money(1), Money(0), paid=Money(-1), aids=Money(0))


@pytest.mark.parametrize(
    "postings",
    [
        posted((Account.GUESTS, 1), (Account.FUND, -1)),
        posted((Account.AIDS, 1), (Account.FUND, -1)),
        posted((Account.COSTS, -1), (Account.FUND, 1)),
    ],
)
def test_takes_not_a_cent_from_a_cost_and_gives_none_to_a_giver(postings: tuple[Posting, ...]) -> None:
    with pytest.raises(FundInvalid, match="nothing is taken from a cost"):
        Entry(1, DAY, Kind.STAY, postings, "A")


def test_writes_an_entry_of_nothing() -> None:
    nothing = Entry(1, DAY, Kind.GRANT, posted((Account.FUND, 0)))

    assert (nothing.currency, nothing.movement) == ("EUR", Money(0))
    with pytest.raises(FundInvalid):
        Entry(0, DAY, Kind.GRANT, posted((Account.FUND, 0)))


@pytest.mark.parametrize("undone", [0, -1, 2, 3])
def test_undoes_only_what_stands_above(undone: int) -> None:
    given = Entry(1, DAY, Kind.GIFT, posted((Account.GIFTS, -5), (Account.FUND, 5)))
    undoing = Entry(2, DAY, Kind.REVERSAL, posted((Account.GIFTS, 5), (Account.FUND, -5)), reverses=undone)

    with pytest.raises(FundInvalid, match="undoes what is not there"):
        Ledger((given, undoing))


def test_tells_which_entry_was_undone() -> None:
    ledger = Ledger().give(Money(5), DAY).settle(settlement("A", "100", variable="0"), DAY).cancel("A", DAY)
    gift, stay, undoing = ledger.entries

    assert ledger.told_by(undoing) == (stay, -1)
    assert ledger.told_by(stay) == (stay, 1)
    assert ledger.told_by(gift) == (gift, 1)


def test_gives_a_cent_and_not_nothing() -> None:
    assert Ledger().give(Money(1), DAY).balance == Money(1)
    for minor in (0, -1):
        with pytest.raises(FundInvalid):
            Ledger().give(Money(minor), DAY)
