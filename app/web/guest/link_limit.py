"""How many links may be mailed: nobody fills a stranger's mailbox through this house (decision 21)."""

from __future__ import annotations

from datetime import datetime

from werkzeug.exceptions import TooManyRequests

from app.services import throttles
from app.services.tokens import fingerprint
from app.web.guest.door import config, house
from app.web.network import network_key

WINDOW_MINUTES = 60


def count_link(email: str, at: datetime) -> None:
    """Count a link that somebody asks for, by network and by address, before anything is looked up.

    Raises: TooManyRequests.
    """
    address = fingerprint(config().secret_key, "find", f"{house().id}:{email.casefold()}")
    for key in (f"find:{network_key()}", f"find:{address}"):
        if not throttles.allow(key, limit=config().links_per_hour, window_minutes=WINDOW_MINUTES, now=at):
            raise TooManyRequests
