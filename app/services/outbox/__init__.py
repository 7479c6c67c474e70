"""The outbox: letters leave it at least once each, and those that cannot are shown to the desk."""

from app.services.outbox.sending import LEASE, MOST_TRIES, PAUSES, Drained, drain
from app.services.outbox.undelivered import (
    LetterNotFound,
    Undelivered,
    count_undelivered,
    list_undelivered,
    retry,
    set_aside,
)

__all__ = [
    "LEASE",
    "MOST_TRIES",
    "PAUSES",
    "Drained",
    "LetterNotFound",
    "Undelivered",
    "count_undelivered",
    "drain",
    "list_undelivered",
    "retry",
    "set_aside",
]
