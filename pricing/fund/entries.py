"""An entry of the fund's ledger: what happened on a day, as amounts that add up to nothing."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pricing.money import Money
from pricing.refusal import Refusal


class FundInvalid(Refusal):
    """Say why an entry cannot stand in the ledger."""


class Account(StrEnum):
    """Name where an amount comes from (it is negative there) or goes to (positive).

    `vouchers` is a passage: the fund pays a voucher into it and the stay takes it out again.
    """

    GUESTS = "guests"
    AIDS = "aids"
    GRANTS = "grants"
    GIFTS = "gifts"
    VOUCHERS = "vouchers"
    COSTS = "costs"
    FUND = "fund"


class Kind(StrEnum):
    """Name what an entry tells: a settled stay, the fund's voucher for it, money given, or an undoing."""

    STAY = "stay"
    VOUCHER = "voucher"
    GRANT = "grant"
    GIFT = "gift"
    REVERSAL = "reversal"


ACCOUNTS = {
    Kind.STAY: {Account.GUESTS, Account.AIDS, Account.VOUCHERS, Account.COSTS, Account.FUND},
    Kind.VOUCHER: {Account.FUND, Account.VOUCHERS},
    Kind.GRANT: {Account.GRANTS, Account.FUND},
    Kind.GIFT: {Account.GIFTS, Account.FUND},
}
OF_A_STAY = (Kind.STAY, Kind.VOUCHER)
SOURCES = (Account.GUESTS, Account.AIDS, Account.GRANTS, Account.GIFTS)


@dataclass(frozen=True, slots=True)
class Posting:
    """Hold an amount put into an account, or taken out of it when negative."""

    account: Account
    amount: Money


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one entry: double, dated with the day on which it was written, never changed.

    `stay` names the stay that it settles, `reverses` the number of the entry that it undoes, `memo` says in a few
    words where a grant comes from. No name of a guest, no bracket and no income belongs here.

    Raises: FundInvalid when it does not add up to nothing, or tells what its kind cannot.
    """

    number: int
    day: date
    kind: Kind
    postings: tuple[Posting, ...]
    stay: str = ""
    reverses: int | None = None
    memo: str = ""

    def __post_init__(self) -> None:
        if type(self.number) is not int or self.number < 1 or type(self.day) is not date:
            raise FundInvalid(
                f"an entry has a number from 1 up and a plain day, not {self.number!r}, {self.day!r}"
            )
        self._check_sum()
        if (self.kind == Kind.REVERSAL) != (self.reverses is not None):
            raise FundInvalid(f"entry {self.number}: a reversal, and nothing else, names what it undoes")
        if self.kind != Kind.REVERSAL:
            self._check_kind()

    def _check_sum(self) -> None:
        accounts = [posting.account for posting in self.postings]
        if not accounts or accounts != [account for account in Account if account in accounts]:
            raise FundInvalid(f"entry {self.number}: accounts stand in their order, each of them once")
        if len({posting.amount.currency for posting in self.postings}) > 1:
            raise FundInvalid(f"entry {self.number} is in two currencies")
        if left := sum(posting.amount.minor for posting in self.postings):
            raise FundInvalid(f"entry {self.number} leaves {left} minor units without a place")

    def _check_kind(self) -> None:
        if (self.kind in OF_A_STAY) != bool(self.stay):
            raise FundInvalid(f"entry {self.number}: a stay is named where one is settled, and there alone")
        if stray := {posting.account for posting in self.postings} - ACCOUNTS[self.kind]:
            raise FundInvalid(f"entry {self.number}: a {self.kind} does not touch {', '.join(sorted(stray))}")
        if any(self.into(source).minor > 0 for source in SOURCES) or self.into(Account.COSTS).minor < 0:
            raise FundInvalid(f"entry {self.number}: nothing is taken from a cost or given to a giver")

    @property
    def currency(self) -> str:
        """Return the currency of its amounts."""
        return self.postings[0].amount.currency

    def into(self, account: Account) -> Money:
        """Return what it puts into an account; nothing when it does not touch it."""
        found = (posting.amount for posting in self.postings if posting.account == account)
        return next(found, Money.zero(self.currency))

    @property
    def movement(self) -> Money:
        """Return what it does to the fund."""
        return self.into(Account.FUND)

    @property
    def over_cost(self) -> Money:
        """Return what guest and aids paid beyond the cost of a stay (negative when under it)."""
        return -(self.into(Account.GUESTS) + self.into(Account.AIDS) + self.into(Account.COSTS))

    def reversed_as(self, number: int, day: date) -> "Entry":
        """Return the entry that undoes this one."""
        undone = tuple(Posting(posting.account, -posting.amount) for posting in self.postings)
        return Entry(number, day, Kind.REVERSAL, undone, self.stay, reverses=self.number, memo=self.memo)
