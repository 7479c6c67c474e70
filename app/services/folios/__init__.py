"""The account of a booking: charges, payments, and what is still to pay; lines are only ever added."""

from app.services.folios.account import (
    LineReversed,
    NoFolio,
    balance,
    find_folio,
    find_or_open,
    has_payments,
    list_lines,
    reverse_line,
)
from app.services.folios.charges import (
    first_night,
    open_folio,
    post_fee,
    reverse_stay,
    rewrite_stay,
    stay_charges,
    tax_of,
)
from app.services.folios.payments import (
    AT_THE_DESK,
    AmountNotPositive,
    give_back,
    reverse_payment,
    take_payment,
    take_payment_at_desk,
)

__all__ = [
    "AT_THE_DESK",
    "AmountNotPositive",
    "LineReversed",
    "NoFolio",
    "balance",
    "find_folio",
    "find_or_open",
    "first_night",
    "give_back",
    "has_payments",
    "list_lines",
    "open_folio",
    "post_fee",
    "reverse_line",
    "reverse_payment",
    "reverse_stay",
    "rewrite_stay",
    "stay_charges",
    "take_payment",
    "take_payment_at_desk",
    "tax_of",
]
