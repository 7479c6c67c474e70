"""The addresses that letters carry: computed when a letter is sent, stored nowhere (decision 20)."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import select
from werkzeug.routing import MapAdapter

from app.database import session
from app.models import Booking, Property, PropertyHost, WaitingHold
from app.services.tokens import link_token
from config import Config

BOOKING_LINK = "booking"
HOLD_LINK = "hold"
HOLD_LINK_VERSION = 1  # it lasts a day, and nobody has to take it back


class NoPublicAddress(LookupError):
    """The house has no address that a letter could point to: set PUBLIC_URL or give the house a host name."""


def origin_of(house: Property, config: Config) -> tuple[str, str]:
    """Return the scheme and the host (with its port) under which guests reach this house.

    PUBLIC_URL where it is one of the house's own names, else the house's first name: two houses on one
    installation each point to themselves.

    Raises: NoPublicAddress.
    """
    public = urlsplit(config.public_url)
    hosts = session.scalars(
        select(PropertyHost.host).where(PropertyHost.property_id == house.id).order_by(PropertyHost.host)
    ).all()
    if public.hostname and (public.hostname in hosts or not hosts):
        return public.scheme, public.netloc
    if not hosts:
        raise NoPublicAddress(house.code)
    port = f":{public.port}" if public.port else ""
    return public.scheme or "https", f"{hosts[0]}{port}"


class Links:
    """The addresses of one house in one language."""

    def __init__(self, house: Property, language: str, config: Config) -> None:
        """Find out where the house stands."""
        scheme, host = origin_of(house, config)
        self._language = language
        self._secret = config.secret_key
        self._addresses: MapAdapter = current_app.url_map.bind(host, url_scheme=scheme)

    def _build(self, endpoint: str, **values: str) -> str:
        return self._addresses.build(endpoint, values, force_external=True)

    def home(self) -> str:
        """Return where a guest looks for another room."""
        return self._build("guest.home", language=self._language)

    def booking(self, booking: Booking) -> str:
        """Return the guest's own link to a booking; raising its link version makes it useless."""
        token = link_token(self._secret, BOOKING_LINK, booking.reference, booking.link_version)
        return self._build("links.open", reference=booking.reference, token=token)

    def hold(self, waiting: WaitingHold) -> str:
        """Return the link that keeps a room for whoever has the mail in hand."""
        token = link_token(self._secret, HOLD_LINK, waiting.reference, HOLD_LINK_VERSION)
        return self._build("links.open_hold", reference=waiting.reference, token=token)

    def desk_booking(self, booking: Booking) -> str:
        """Return the booking's page at the desk, which asks who is there."""
        return self._build("desk.booking", language=self._language, reference=booking.reference)

    def desk_channels(self) -> str:
        """Return the desk's list of feeds."""
        return self._build("desk.channels", language=self._language)

    def desk_conflicts(self) -> str:
        """Return the desk's list of conflicts."""
        return self._build("desk.conflicts", language=self._language)
