"""The account of a booking as the payment page prints it: lines, running balance, and who posted them.

The only page of the desk that says sums (decision 15): agreed sums, never what a rung asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate

from app.models import Booking, LineKind
from app.services.folios import AT_THE_DESK, is_undoable, list_lines
from app.services.sheets import name_people
from pricing.money import Money


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One posting. `is_repayment`: money that went back to the guest; `is_void`: it was reversed, or reverses another.

    `is_reversible`: a payment of the desk that stands, and whose money has not gone back.
    """

    id: int
    code: str
    night: date | None
    amount: Money
    balance: Money
    posted_at: datetime
    actor: str
    person: str
    note: str
    is_payment: bool
    is_repayment: bool
    is_void: bool
    is_reversible: bool


@dataclass(frozen=True, slots=True)
class Ledger:
    """The lines in the order in which they were posted, and what is still to pay (negative: to give back)."""

    lines: tuple[LedgerLine, ...]
    balance: Money

    @property
    def standing(self) -> tuple[LedgerLine, ...]:
        """Return the lines that count; a line and its reversal cancel each other."""
        return tuple(line for line in self.lines if not line.is_void)


def read_ledger(booking: Booking) -> Ledger:
    """Return the account of a booking; without lines before it is confirmed."""
    lines = list_lines(booking)
    people = name_people({line.actor for line in lines})
    reversed_ids = {line.reverses_id for line in lines if line.reverses_id is not None}
    sums = list(accumulate(line.amount_minor for line in lines))
    rows = []
    for line, sum_minor in zip(lines, sums, strict=True):
        is_void = line.id in reversed_ids or line.reverses_id is not None
        is_payment = line.kind == LineKind.PAYMENT
        rows.append(
            LedgerLine(
                id=line.id,
                code=line.code,
                night=line.night,
                amount=Money(line.amount_minor, booking.currency),
                balance=Money(sum_minor, booking.currency),
                posted_at=line.posted_at,
                actor=line.actor,
                person=people.get(line.actor, ""),
                note=line.note,
                is_payment=is_payment,
                is_repayment=is_payment and not is_void and line.amount_minor > 0,
                is_void=is_void,
                is_reversible=is_payment
                and not is_void
                and line.code in AT_THE_DESK
                and is_undoable(booking, line),
            )
        )
    return Ledger(tuple(rows), Money(sums[-1] if sums else 0, booking.currency))
