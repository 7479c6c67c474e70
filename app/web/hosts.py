"""Choose the house by the host name of the request, and refuse a name that is nobody's (decision 19)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from flask import Flask, Response, g, request
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.database import db, reading
from app.models import Property, PropertyHost

MISDIRECTED = 421

# Every request asks this: it is written once.
HOUSE_OF_A_HOST = (
    select(Property)
    .join(PropertyHost, PropertyHost.property_id == Property.id)
    .where(PropertyHost.host == bindparam("host"))
)


@dataclass(frozen=True, slots=True)
class HouseCard:
    """What every page may say about the house."""

    name: str
    telephone: str
    email: str
    address: str
    address_lines: tuple[str, ...]
    timezone: str
    check_in_from: time
    check_in_until: time
    check_out_until: time
    desk_opens: time
    desk_closes: time
    is_example: bool


def install(app: Flask) -> None:
    """Set `g.house` before every request, and give its card to every template as `property`."""
    app.before_request(_choose_house)
    app.context_processor(lambda: {"property": _card(g.house) if "house" in g else None})


def find_house(host: str) -> Property | None:
    """Return the house that answers under a host name.

    Read on a connection of its own and detached: the request's transaction has not begun, and no view can
    change the house by accident.
    """
    with reading(), Session(db.engine, expire_on_commit=False) as own_session:
        return own_session.scalars(HOUSE_OF_A_HOST, {"host": host}).first()


def host_of(address: str) -> str:
    """Return the host name of a Host header, in small letters and without its port.

    >>> host_of("Example.ORG:8000"), host_of("[::1]:8000"), host_of("localhost.")
    ('example.org', '[::1]', 'localhost')
    """
    name, _, port = address.rpartition(":")
    bare = name if name and port.isdigit() else address
    return bare.lower().rstrip(".")


def _choose_house() -> Response | None:
    house = find_house(host_of(request.host))
    if house is None:
        return Response("No house answers under this name.\n", MISDIRECTED, mimetype="text/plain")
    g.house = house
    return None


def _card(house: Property) -> HouseCard:
    return HouseCard(
        name=house.name,
        telephone=house.telephone,
        email=house.email,
        address=house.address,
        address_lines=tuple(line for line in house.address.splitlines() if line.strip()),
        timezone=house.timezone,
        check_in_from=house.check_in_from,
        check_in_until=house.check_in_until,
        check_out_until=house.check_out_until,
        desk_opens=house.desk_opens,
        desk_closes=house.desk_closes,
        is_example=house.is_example,
    )
