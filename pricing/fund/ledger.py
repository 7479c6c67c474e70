"""The ledger of the fund: entries one after the other, only ever added to, that add up to its balance."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Self

from pricing.fund.entries import OF_A_STAY, Account, Entry, FundInvalid, Kind, Posting
from pricing.fund.settlement import Settlement
from pricing.money import Money
from pricing.refusal import Refusal


class StayAlreadySettled(Refusal):
    """Say that a stay stands in the fund already: undo it first."""


class StayNotSettled(Refusal):
    """Say that a stay does not stand in the fund, or was undone."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Hold the entries of one house's fund in the order in which they were written.

    Nothing is changed in it: each method returns the longer ledger. An empty fund refuses nobody; see alert.py.

    >>> fund = Ledger().grant(Money.of(100), date(2027, 1, 4), memo="Town of Lens")
    >>> stay = Settlement("B7", Money.of(60), variable=Money.of(20), paid=Money.of(12), aids=Money.zero())
    >>> fund = fund.settle(stay, date(2027, 2, 1))
    >>> [(entry.kind.value, str(entry.movement)) for entry in fund.entries], str(fund.balance)
    ([('grant', '100.00 EUR'), ('voucher', '-8.00 EUR'), ('stay', '-40.00 EUR')], '52.00 EUR')
    >>> str(fund.cancel("B7", date(2027, 2, 3)).balance)
    '100.00 EUR'

    Raises: FundInvalid for a gap in the numbers, a day before the last one, a second currency, an undoing of what is
    not there or was undone, a stay settled twice, a voucher without its stay.
    """

    entries: tuple[Entry, ...] = ()
    currency: str = "EUR"

    def __post_init__(self) -> None:
        Money.zero(self.currency)  # refuses a currency that the house does not know
        if [entry.number for entry in self.entries] != list(range(1, len(self.entries) + 1)):
            raise FundInvalid("entries are numbered from 1 up without a gap")
        if any(earlier.day > later.day for earlier, later in pairwise(self.entries)):
            raise FundInvalid("a ledger is written day after day: no entry is dated before the one above it")
        if any(entry.currency != self.currency for entry in self.entries):
            raise FundInvalid(f"the fund is kept in {self.currency} alone")
        self._check_reversals()
        self._check_stays()

    def _check_reversals(self) -> None:
        undone: set[int] = set()
        for entry in self.entries:
            if entry.reverses is None:
                continue
            if not 1 <= entry.reverses < entry.number or entry.reverses in undone:
                raise FundInvalid(f"entry {entry.number} undoes what is not there, or was undone already")
            original = self.entries[entry.reverses - 1]
            if original.kind == Kind.REVERSAL or entry != original.reversed_as(entry.number, entry.day):
                raise FundInvalid(f"entry {entry.number} is not the mirror of entry {entry.reverses}")
            undone.add(entry.reverses)

    def _check_stays(self) -> None:
        standing = self.standing()
        stays = [entry.stay for entry in standing if entry.kind == Kind.STAY]
        if len(set(stays)) != len(stays):
            raise FundInvalid("a stay is settled once")
        vouchers = Counter[str]()
        for entry in standing:
            vouchers[entry.stay] += entry.into(Account.VOUCHERS).minor
        if loose := sorted(stay for stay, left in vouchers.items() if left):
            raise FundInvalid(f"the voucher of stay {loose[0]} is not what the stay was settled with")

    def settle(self, settlement: Settlement, day: date) -> Self:
        """Write down a stay, and before it the voucher for its gap under the variable cost, if any.

        Raises: StayAlreadySettled.
        """
        if any(entry.stay == settlement.stay for entry in self.standing()):
            raise StayAlreadySettled(f"stay {settlement.stay} stands in the fund already: undo it first")
        kinds = zip(
            (Kind.VOUCHER, Kind.STAY),
            (settlement.voucher_postings(), settlement.stay_postings()),
            strict=True,
        )
        return self._with(
            [(kind, postings) for kind, postings in kinds if postings], day, stay=settlement.stay
        )

    def cancel(self, stay: str, day: date) -> Self:
        """Undo all that a stay did, by entries that mirror its own. Raises: StayNotSettled."""
        own = [entry for entry in self.standing() if entry.kind in OF_A_STAY and entry.stay == stay]
        if not own:
            raise StayNotSettled(f"stay {stay} does not stand in the fund")
        start = len(self.entries) + 1
        undone = [entry.reversed_as(start + place, day) for place, entry in enumerate(reversed(own))]
        return type(self)(self.entries + tuple(undone), self.currency)

    def grant(self, amount: Money, day: date, *, memo: str) -> Self:
        """Write down money that a town or foundation gave to the fund."""
        return self._receive(Kind.GRANT, Account.GRANTS, amount, day, memo)

    def give(self, amount: Money, day: date, *, memo: str = "") -> Self:
        """Write down a gift: somebody else's night, paid on top of one's own or by itself."""
        return self._receive(Kind.GIFT, Account.GIFTS, amount, day, memo)

    @property
    def balance(self) -> Money:
        """Return what the fund holds; negative when it gave more than it had."""
        return self.into(Account.FUND)

    def into(self, account: Account) -> Money:
        """Return what all entries together put into an account."""
        return sum_of(self.entries, account, self.currency)

    def standing(self) -> tuple[Entry, ...]:
        """List the entries that were not undone, without those that undo."""
        undone = {entry.reverses for entry in self.entries}
        return tuple(
            entry for entry in self.entries if entry.kind != Kind.REVERSAL and entry.number not in undone
        )

    def movement_of(self, stay: str) -> Money:
        """Return what a stay moved the fund by, all its entries together."""
        return sum(
            (entry.movement for entry in self.entries if entry.stay == stay), Money.zero(self.currency)
        )

    def told_by(self, entry: Entry) -> tuple[Entry, int]:
        """Return what an entry tells and 1, or what it takes back and -1."""
        return (entry, 1) if entry.reverses is None else (self.entries[entry.reverses - 1], -1)

    def _receive(self, kind: Kind, source: Account, amount: Money, day: date, memo: str) -> Self:
        if amount <= Money.zero(self.currency):
            raise FundInvalid(f"a {kind} is more than nothing, not {amount}")
        return self._with([(kind, (Posting(source, -amount), Posting(Account.FUND, amount)))], day, memo=memo)

    def _with(
        self,
        written: Iterable[tuple[Kind, tuple[Posting, ...]]],
        day: date,
        *,
        stay: str = "",
        memo: str = "",
    ) -> Self:
        start = len(self.entries) + 1
        added = tuple(
            Entry(start + place, day, kind, postings, stay, memo=memo)
            for place, (kind, postings) in enumerate(written)
        )
        return type(self)(self.entries + added, self.currency)


def sum_of(entries: Iterable[Entry], account: Account, currency: str) -> Money:
    """Return what these entries together put into an account."""
    return sum((entry.into(account) for entry in entries), Money.zero(currency))
