"""The guests' door: from the dates to the stay, and the pages that may be read by everyone."""

from app.web.guest import (
    booking,
    cancel,
    find,
    how_prices,
    keep,
    letters,
    payment,
    price,
    reading,
    review,
    search,
    who,
    why,
    word,
)
from app.web.guest.door import guest

__all__ = [
    "booking",
    "cancel",
    "find",
    "guest",
    "how_prices",
    "keep",
    "letters",
    "payment",
    "price",
    "reading",
    "review",
    "search",
    "who",
    "why",
    "word",
]
