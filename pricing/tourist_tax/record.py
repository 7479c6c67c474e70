"""A taxed night as plain text values to keep with a note, from which its tax is computed again years later (TS-28)."""

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from pricing.money import Money
from pricing.refusal import Refusal
from pricing.tourist_tax.classification import Category
from pricing.tourist_tax.exemptions import Exemption
from pricing.tourist_tax.rates import TaxRate
from pricing.tourist_tax.refusal import TaxInvalid
from pricing.tourist_tax.stay_tax import TaxedNight
from pricing.tourist_tax.surcharges import Surcharge
from pricing.tourist_tax.tariffs import FixedTax, Tax, UnclassifiedTax

SCHEMA = "tourist-tax-line/1"
_PLAIN_FRACTION = re.compile(r"[0-9]{1,18}(/[0-9]{1,18})?")


def to_record(line: TaxedNight) -> dict[str, Any]:
    """Return a line's inputs and its amount as JSON values; amounts and fractions are text, never numbers."""
    return {
        "schema": SCHEMA,
        "night": line.night.isoformat(),
        "currency": line.price.currency,
        "price": f"{line.price.decimal:f}",
        "vat": str(line.vat),
        "occupants": line.occupants,
        "exempt": {reason.value: count for reason, count in line.exempt},
        "is_free": line.is_free,
        "collected_by": line.collected_by,
        "rate": _rate_record(line.rate),
        "amount": f"{line.amount.decimal:f}",
    }


def from_record(record: Mapping[str, Any]) -> TaxedNight:
    """Read a line and compute its tax again.

    Raises: TaxInvalid when it is damaged, or its tax is not what it says.
    """
    try:
        line, amount = _read(record)
    except TaxInvalid:
        raise
    except (Refusal, ValueError, TypeError, KeyError, AttributeError, ZeroDivisionError) as fault:
        raise TaxInvalid(f"this is no line of tourist tax: {fault!r}") from None
    if line.amount != amount:
        raise TaxInvalid(f"the tax of {line.night} is {line.amount}, not {amount}")
    return line


def _read(record: Mapping[str, Any]) -> tuple[TaxedNight, Money]:
    if (
        record["schema"] != SCHEMA
        or type(record["is_free"]) is not bool
        or type(record["occupants"]) is not int
    ):
        raise TaxInvalid(f"a line is a {SCHEMA}")
    currency = record["currency"]
    exempt = {Exemption.of(reason): count for reason, count in record["exempt"].items()}
    line = TaxedNight(
        date.fromisoformat(record["night"]),
        _rate(record["rate"], currency),
        Money.of(_text(record["price"]), currency),
        _fraction(record["vat"]),
        record["occupants"],
        tuple(sorted(exempt.items())),
        record["is_free"],
        _text(record["collected_by"]),
    )
    return line, Money.of(_text(record["amount"]), currency)


def _rate_record(rate: TaxRate) -> dict[str, Any]:
    tax = rate.tax
    asked = (
        {"share": str(tax.rate), "cap": f"{tax.cap.decimal:f}"}
        if isinstance(tax, UnclassifiedTax)
        else {"fixed": f"{tax.amount.decimal:f}"}
    )
    return {
        "authority": rate.authority,
        "category": rate.category.value,
        "valid_from": rate.valid_from.isoformat(),
        **asked,
        "surcharges": [_surcharge_record(surcharge) for surcharge in tax.surcharges],
        "rounding": str(tax.rounding),
        "is_example": tax.is_example,
        "source": tax.source,
    }


def _rate(record: Mapping[str, Any], currency: str) -> TaxRate:
    surcharges = tuple(_surcharge(surcharge) for surcharge in record["surcharges"])
    ending = (surcharges, _text(record["rounding"]), bool(record["is_example"]), _text(record["source"]))
    tax: Tax
    if "share" in record:
        tax = UnclassifiedTax(_fraction(record["share"]), Money.of(_text(record["cap"]), currency), *ending)
    else:
        tax = FixedTax(Money.of(_text(record["fixed"]), currency), *ending)
    valid_from = date.fromisoformat(record["valid_from"])
    return TaxRate(_text(record["authority"]), Category(record["category"]), valid_from, tax)


def _surcharge_record(surcharge: Surcharge) -> dict[str, Any]:
    return {
        "name": surcharge.name,
        "fraction": str(surcharge.fraction),
        "beneficiary": surcharge.beneficiary,
        "valid_from": surcharge.valid_from.isoformat() if surcharge.valid_from else None,
        "valid_until": surcharge.valid_until.isoformat() if surcharge.valid_until else None,
    }


def _surcharge(record: Mapping[str, Any]) -> Surcharge:
    first, end = record["valid_from"], record["valid_until"]
    return Surcharge(
        _text(record["name"]),
        _fraction(record["fraction"]),
        _text(record["beneficiary"]),
        None if first is None else date.fromisoformat(first),
        None if end is None else date.fromisoformat(end),
    )


def _fraction(text: object) -> Fraction:
    # Fraction would read "1e999999999" too, and work on it for hours.
    if not _PLAIN_FRACTION.fullmatch(_text(text)):
        raise TaxInvalid(f"{text!r} is no plain fraction such as 1/10")
    return Fraction(_text(text))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TaxInvalid(f"{value!r} should be text")
    return value
