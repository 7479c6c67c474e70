"""Who else is told at once of a night sold twice: addresses that the manager keeps, one a line.

Many telephones receive such mails as text messages, so what is sent there is one sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.database import session
from app.models import Property
from app.services.events import record

MOST_RECIPIENTS = 10


def list_recipients(house: Property) -> tuple[str, ...]:
    """Return the addresses, each once, in the manager's order."""
    lines = (line.strip() for line in house.urgent_recipients.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))


def save_recipients(*, house: Property, addresses: Sequence[str], actor: str, now: datetime) -> None:
    """Keep other addresses. Commits."""
    session.get_one(Property, house.id).urgent_recipients = "\n".join(
        addresses
    )  # that of a request is detached
    record(
        property_id=house.id,
        actor=actor,
        verb="save",
        noun="property",
        noun_id=house.id,
        field_names=["urgent_recipients"],
        now=now,
    )
    session.commit()
