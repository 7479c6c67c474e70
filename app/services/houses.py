"""Make a house, and say under which host names it answers (decision 19)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select

from app.database import session
from app.models import Property, PropertyHost
from app.services import events

LONGEST_HOST = 253
HOST = re.compile(r"\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
CODE = re.compile(r"[a-z][a-z0-9-]{1,39}")


class HouseInvalid(ValueError):
    """A house cannot be made of this; the sentence says of what."""


class HostTaken(ValueError):
    """A house answers under this host name already."""


@dataclass(frozen=True, slots=True)
class HouseDetails:
    """What a new house needs to be one. Raises: HouseInvalid."""

    code: str
    name: str
    timezone: str
    currency: str
    languages: tuple[str, ...]
    telephone: str
    email: str
    address: str

    def __post_init__(self) -> None:
        """Refuse what would only fail on a guest's page."""
        if not CODE.fullmatch(self.code):
            raise HouseInvalid(f"the code {self.code!r} is not made of small letters, digits and dashes")
        if not self.name.strip():
            raise HouseInvalid("a house has a name")
        if not self.languages:
            raise HouseInvalid("a house speaks at least one language")
        try:
            ZoneInfo(self.timezone)
        except (KeyError, ValueError, OSError):
            raise HouseInvalid(f"{self.timezone!r} is no time zone; Europe/Paris is one") from None


def create_house(*, details: HouseDetails, hosts: Iterable[str], actor: str, now: datetime) -> Property:
    """Make a house that answers under `hosts`. Raises: HouseInvalid, HostTaken."""
    if session.scalar(select(Property.id).where(Property.code == details.code)) is not None:
        raise HouseInvalid(f"there is a house with the code {details.code!r} already")
    names = _free(hosts)
    house = Property(
        code=details.code,
        name=details.name,
        timezone=details.timezone,
        currency=details.currency,
        languages=list(details.languages),
        telephone=details.telephone,
        email=details.email,
        address=details.address,
        created_at=now,
    )
    session.add(house)
    session.flush()
    session.add_all(PropertyHost(host=name, property_id=house.id) for name in names)
    events.record(
        property_id=house.id, actor=actor, verb="create", noun="property", noun_id=house.id, now=now
    )
    session.commit()
    return house


def find_house(code: str) -> Property | None:
    """Return the house with this code."""
    return session.scalars(select(Property).where(Property.code == code)).first()


def list_codes() -> list[str]:
    """Return the codes of all houses of this installation, in order."""
    return list(session.scalars(select(Property.code).order_by(Property.code)))


def list_hosts(house: Property) -> list[str]:
    """Return the host names of a house, in order."""
    statement = (
        select(PropertyHost.host).where(PropertyHost.property_id == house.id).order_by(PropertyHost.host)
    )
    return list(session.scalars(statement))


def change_hosts(
    *, house: Property, added: Iterable[str] = (), removed: Iterable[str] = (), actor: str, now: datetime
) -> None:
    """Let a house answer under more names, or fewer. Raises: HouseInvalid, HostTaken."""
    names = _free(added)
    left = [host.lower() for host in removed]
    session.execute(
        delete(PropertyHost).where(PropertyHost.property_id == house.id, PropertyHost.host.in_(left))
    )
    session.add_all(PropertyHost(host=name, property_id=house.id) for name in names)
    events.record(
        property_id=house.id,
        actor=actor,
        verb="change",
        noun="property",
        noun_id=house.id,
        field_names=["hosts"],
        now=now,
    )
    session.commit()


def _free(hosts: Iterable[str]) -> list[str]:
    names = list(dict.fromkeys(host.strip().lower().rstrip(".") for host in hosts))
    for name in names:
        if len(name) > LONGEST_HOST or not HOST.fullmatch(name):
            raise HouseInvalid(
                f"{name!r} is no host name: write it as in an address, without https:// and port"
            )
    taken = session.scalars(select(PropertyHost.host).where(PropertyHost.host.in_(names))).first()
    if taken is not None:
        raise HostTaken(f"a house answers under {taken} already")
    return names
