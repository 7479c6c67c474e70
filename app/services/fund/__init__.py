"""The solidarity fund of the house: settled stays, gifts and grants, entry by entry, and the sums that may be told."""

from app.services.fund.grants import (
    Grant,
    GrantCard,
    GrantNotFound,
    GrantReversed,
    enter_grant,
    list_grants,
    reverse_grant,
)
from app.services.fund.reading import (
    alert,
    balance,
    ledger_of,
    months,
    published,
    twelve_months,
    years,
)
from app.services.fund.settling import cost_of, received, settle

__all__ = [
    "Grant",
    "GrantCard",
    "GrantNotFound",
    "GrantReversed",
    "alert",
    "balance",
    "cost_of",
    "enter_grant",
    "ledger_of",
    "list_grants",
    "months",
    "published",
    "received",
    "reverse_grant",
    "settle",
    "twelve_months",
    "years",
]
