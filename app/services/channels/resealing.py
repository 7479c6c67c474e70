"""Seal every address of a feed anew, after the keys of the installation have changed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app.database import session
from app.gateways.sealing import Vault
from app.models import Feed
from calendars.fetch import FetchRefused


@dataclass(frozen=True, slots=True)
class Resealed:
    """How many addresses are sealed with the newest key now, and how many none of the keys opens."""

    count: int = 0
    lost: int = 0


def reseal_addresses(*, vault: Vault) -> Resealed:
    """Seal and mark each address with the first key of the vault; one that cannot be opened stays as it is. Commits."""
    count = lost = 0
    for feed in session.scalars(
        select(Feed).where(Feed.sealed_url != "").order_by(Feed.id).with_for_update()
    ):
        try:
            url = vault.open(feed.sealed_url)
        except FetchRefused:
            lost += 1
            continue
        feed.sealed_url, feed.url_mark = vault.seal(url), vault.mark(url)
        count += 1
    session.commit()
    return Resealed(count, lost)
