"""A ledger as text: canonical JSON with amounts as strings, and read back with every check of the ledger."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from pricing.fund.entries import Account, Entry, FundInvalid, Kind, Posting
from pricing.fund.ledger import Ledger
from pricing.money import Money
from pricing.refusal import Refusal

SCHEMA = "pricing-fund/1"
ENTRY_KEYS = {"number", "day", "kind", "postings", "stay", "reverses", "memo"}


def dumps(ledger: Ledger) -> str:
    """Write a ledger.

    >>> print(dumps(Ledger().give(Money.of("12.50"), date(2027, 3, 1))))
    {"currency":"EUR","entries":[{"day":"2027-03-01","kind":"gift","memo":"","number":1,\
"postings":{"fund":"12.50","gifts":"-12.50"},"reverses":null,"stay":""}],"schema":"pricing-fund/1"}
    """
    document = {
        "schema": SCHEMA,
        "currency": ledger.currency,
        "entries": [_written(entry) for entry in ledger.entries],
    }
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def loads(text: str) -> Ledger:
    """Read a ledger. Raises: FundInvalid."""
    try:
        document = json.loads(
            text, object_pairs_hook=_once, parse_float=_no_number, parse_constant=_no_number
        )
    except (ValueError, RecursionError) as fault:
        raise FundInvalid(f"this is no ledger: {fault}") from None
    if not isinstance(document, dict) or document.keys() != {"schema", "currency", "entries"}:
        raise FundInvalid("a ledger has a schema, a currency and entries")
    if document["schema"] != SCHEMA or not isinstance(document["entries"], list):
        raise FundInvalid(f"a ledger is a {SCHEMA}, with a list of entries")
    currency = _text(document["currency"])
    return _sound(lambda: Ledger(tuple(_read(entry, currency) for entry in document["entries"]), currency))


def _written(entry: Entry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "day": entry.day.isoformat(),
        "kind": entry.kind.value,
        "postings": {posting.account.value: f"{posting.amount.decimal:f}" for posting in entry.postings},
        "stay": entry.stay,
        "reverses": entry.reverses,
        "memo": entry.memo,
    }


def _read(told: Any, currency: str) -> Entry:
    if not isinstance(told, dict) or told.keys() != ENTRY_KEYS or not isinstance(told["postings"], dict):
        raise FundInvalid(f"an entry has {', '.join(sorted(ENTRY_KEYS))}")
    if told["reverses"] is not None and type(told["reverses"]) is not int:
        raise FundInvalid("an entry undoes another by its number")
    postings = {
        Account(account): Money.of(_text(amount), currency) for account, amount in told["postings"].items()
    }
    return Entry(
        told["number"],
        date.fromisoformat(_text(told["day"])),
        Kind(told["kind"]),
        tuple(Posting(account, postings[account]) for account in Account if account in postings),
        _text(told["stay"]),
        told["reverses"],
        _text(told["memo"]),
    )


def _sound(make: Callable[[], Ledger]) -> Ledger:
    try:
        return make()
    except FundInvalid:
        raise
    except (Refusal, ValueError) as fault:
        raise FundInvalid(str(fault)) from None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise FundInvalid(f"{value!r} should be text")
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a key stands twice")
    return dict(pairs)


def _no_number(digits: str) -> None:
    raise ValueError(f"{digits} is no whole number: an amount is text")
