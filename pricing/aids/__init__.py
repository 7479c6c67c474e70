"""Aids: what others pay of a guest's price; they lower what the guest pays and never the rate (decision 13).

`aid.py` says what one aid pays, `national.py` which ones the law of a country knows on a day and who may claim them,
by a closed list of reasons; `account.py` combines those of a stay in a stated order.
"""

from pricing.aids.account import AidedPrice, AidLine, AidTwice, pay_with
from pricing.aids.aid import Aid, AidInvalid, Payer, employer_aid, partner_voucher
from pricing.aids.national import NationalAid, NoAid, NotEligible, Reason, describe_reason, national_aid

__all__ = [
    "Aid", "AidInvalid", "AidLine", "AidTwice", "AidedPrice", "NationalAid", "NoAid", "NotEligible", "Payer", "Reason",
    "describe_reason", "employer_aid", "national_aid", "partner_voucher", "pay_with",
]  # fmt: skip
