"""What the fund did over a period, to the cent: for those who keep the books, not for the public."""

from dataclasses import dataclass

from pricing.fund.entries import Account, Kind
from pricing.fund.ledger import Ledger, sum_of
from pricing.money import Money
from pricing.periods import Period


@dataclass(frozen=True, slots=True)
class Statement:
    """Hold the sums of a period and the fund's balance before and after it.

    `vouchers` is what the fund paid towards variable costs: a part of what it gave, not one more expense.
    """

    period: Period
    opening: Money
    paid: Money
    aids: Money
    grants: Money
    gifts: Money
    cost: Money
    vouchers: Money
    closing: Money

    @property
    def change(self) -> Money:
        """Return how the fund changed: paid + aids + grants + gifts - cost (invariant I12).

        The fund's own vouchers come out of it and go into the stay, so they cancel; those of others are aids.
        """
        return self.paid + self.aids + self.grants + self.gifts - self.cost


def statement(ledger: Ledger, period: Period) -> Statement:
    """Return the sums of a period."""
    within = [entry for entry in ledger.entries if period.contains(entry.day)]
    before = [entry for entry in ledger.entries if entry.day < period.start]
    told = [ledger.told_by(entry) for entry in within]
    nothing = Money.zero(ledger.currency)
    opening = sum_of(before, Account.FUND, ledger.currency)
    return Statement(
        period,
        opening,
        paid=-sum_of(within, Account.GUESTS, ledger.currency),
        aids=-sum_of(within, Account.AIDS, ledger.currency),
        grants=-sum_of(within, Account.GRANTS, ledger.currency),
        gifts=-sum_of(within, Account.GIFTS, ledger.currency),
        cost=sum_of(within, Account.COSTS, ledger.currency),
        vouchers=sum((-entry.movement * sign for entry, sign in told if entry.kind == Kind.VOUCHER), nothing),
        closing=opening + sum_of(within, Account.FUND, ledger.currency),
    )
