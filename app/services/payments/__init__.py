"""Payments by card: frozen before they are asked for, believed only from the processor's own objects.

start             lead the guest to the processor's page
look_at_booking   the guest is back: read what became of the page
close             nobody may pay on this page any more
follow_booking    the booking was answered or cancelled: capture, release or refund, after its commit
keep              a webhook came; `apply_notices` and `recheck` are the sweeps that need nobody
apply             what all of them end in
"""

from app.services.payments.applying import apply
from app.services.payments.attempts import CardNotOffered, PaymentPage, TooManyAttempts, amount_due
from app.services.payments.following import follow
from app.services.payments.looking import close, follow_booking, look, look_at_booking
from app.services.payments.notices import apply_notices, keep
from app.services.payments.processor import Processor, Reading
from app.services.payments.starting import start
from app.services.payments.sweeping import recheck

__all__ = [
    "CardNotOffered",
    "PaymentPage",
    "Processor",
    "Reading",
    "TooManyAttempts",
    "amount_due",
    "apply",
    "apply_notices",
    "close",
    "follow",
    "follow_booking",
    "keep",
    "look",
    "look_at_booking",
    "recheck",
    "start",
]
