"""The solidarity fund: who paid more than the cost of a stay, and whom it carried, kept as a double-entry ledger.

Entries are only ever added (`ledger.py`); a cancelled stay is undone by mirror entries. Each stay's paid + aids +
vouchers - cost is its movement, to the cent (`settlement.py`). The treasurer reads exact sums (`statement.py`), the
manager alone is told that the fund ran dry (`alert.py`), the public sees sums that give no stay away
(`publication.py`).
"""

from pricing.fund.alert import FundAlert, alert_of
from pricing.fund.document import dumps, loads
from pricing.fund.entries import Account, Entry, FundInvalid, Kind, Posting
from pricing.fund.ledger import Ledger, StayAlreadySettled, StayNotSettled
from pricing.fund.publication import Publication, PublicSums, publications, publish
from pricing.fund.settlement import Settlement
from pricing.fund.statement import Statement, statement

__all__ = [
    "Account",
    "Entry",
    "FundAlert",
    "FundInvalid",
    "Kind",
    "Ledger",
    "Posting",
    "PublicSums",
    "Publication",
    "Settlement",
    "Statement",
    "StayAlreadySettled",
    "StayNotSettled",
    "alert_of",
    "dumps",
    "loads",
    "publications",
    "publish",
    "statement",
]
