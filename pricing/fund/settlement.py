"""A settled stay: what it cost, who paid what, and what it therefore gives to the fund or takes from it."""

from dataclasses import dataclass

from pricing.fund.entries import Account, FundInvalid, Posting
from pricing.money import Money


@dataclass(frozen=True, slots=True)
class Settlement:
    """Hold the account of one stay, with its cost as frozen when it was booked (spec 5.6).

    `stay` is the reference under which the house knows it; `variable` is the part of the cost that would not have
    been spent without it; `paid` comes from the guest, `aids` from others (a partner's voucher, ANCV, an employer).

    >>> cost, variable = Money.of("78.36"), Money.of(30)
    >>> rich = Settlement("A", cost, variable, paid=Money.of(123), aids=Money.zero())
    >>> poor = Settlement("B", cost, variable, paid=Money.of(18), aids=Money.of(10))
    >>> str(rich.contribution), str(poor.support), str(poor.voucher), str(rich.over_cost + poor.over_cost)
    ('44.64 EUR', '50.36 EUR', '2.00 EUR', '-5.72 EUR')

    Raises: FundInvalid for a negative amount or a variable cost above the cost, CurrencyMismatch.
    """

    stay: str
    cost: Money
    variable: Money
    paid: Money
    aids: Money

    def __post_init__(self) -> None:
        if not self.stay.strip():
            raise FundInvalid("a settled stay has a reference")
        nothing = Money.zero(self.cost.currency)
        if min(self.cost, self.variable, self.paid, self.aids) < nothing or self.variable > self.cost:
            raise FundInvalid(f"stay {self.stay}: amounts from nothing up, the variable cost within the cost")

    @property
    def over_cost(self) -> Money:
        """Return paid + aids - cost: what the stay moves the fund by, its voucher included."""
        return self.paid + self.aids - self.cost

    @property
    def contribution(self) -> Money:
        """Return what the stay gives beyond its cost."""
        return max(Money.zero(self.cost.currency), self.over_cost)

    @property
    def support(self) -> Money:
        """Return what the stay receives from the others, its voucher included."""
        return max(Money.zero(self.cost.currency), -self.over_cost)

    @property
    def voucher(self) -> Money:
        """Return the gap under the variable cost: money that the house would really lack (decision 10)."""
        return max(Money.zero(self.cost.currency), self.variable - self.paid - self.aids)

    @property
    def movement(self) -> Money:
        """Return paid + aids + voucher - cost: what remains for the fund once the voucher has been paid out."""
        return self.paid + self.aids + self.voucher - self.cost

    def voucher_postings(self) -> tuple[Posting, ...]:
        """Return the voucher as double entry; nothing when there is no gap."""
        if not self.voucher.minor:
            return ()
        return (Posting(Account.VOUCHERS, self.voucher), Posting(Account.FUND, -self.voucher))

    def stay_postings(self) -> tuple[Posting, ...]:
        """Return the stay as double entry: whoever paid, what it cost, and the movement of the fund."""
        return (
            Posting(Account.GUESTS, -self.paid),
            Posting(Account.AIDS, -self.aids),
            Posting(Account.VOUCHERS, -self.voucher),
            Posting(Account.COSTS, self.cost),
            Posting(Account.FUND, self.movement),
        )
