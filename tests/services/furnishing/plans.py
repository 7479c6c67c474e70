"""A house of one's own, written as a file: what the tests of furnishing share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import func, select

from app.database import session
from app.models import Booking, Property, Room
from app.services import bookings, furnishing, houses
from pricing.household import Household
from pricing.stay import Stay

ROOT = Path(__file__).resolve().parents[3]
TEMPLATE = ROOT / "docs" / "house.toml"
GRID = ROOT / "pricing" / "grids" / "example_house.toml"
NOW = datetime(2027, 4, 1, 10, tzinfo=UTC)
TODAY = NOW.date()
NIGHT = Stay(date(2027, 4, 9), date(2027, 4, 10))
Write = Callable[..., Path]
Changes = tuple[tuple[str, str], ...]
VOTED = ("example = true", "")  # somebody has entered the figures of the town: the house may sell
FAMILY = """
[[types]]
code = "family"
names = { fr = "Chambre familiale", en = "Family room" }
descriptions = { fr = "De la place.", en = "Room for all." }
sleeps = 4
rooms = ["Chambre 7"]
"""


def create(code: str, name: str) -> Property:
    """Open a house with a name and nothing in it."""
    details = houses.HouseDetails(
        code,
        name,
        "Europe/Paris",
        "EUR",
        ("fr", "en"),
        "+33 3 53 01 62 30",
        f"{code}@example.org",
        "1 rue Haute",
    )
    return houses.create_house(details=details, hosts=(), actor="test", now=NOW)


def changed(file: Path, changes: Changes) -> str:
    """Return the text of a file with some words in the place of others."""
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, f"{file.name} has no {old}"
        text = text.replace(old, new, 1)
    return text


def furnish(house: Property, file: Path, today: date = TODAY) -> furnishing.Furnished:
    plan = furnishing.read_plan(file)
    return furnishing.furnish(house=house, plan=plan, actor="test", now=NOW, today=today)


def book(house: Property, key: str = "double") -> Booking:
    guest = bookings.GuestDetails("Alice Delattre", "alice@example.org")
    return bookings.book_at_desk(
        house=house,
        stay=NIGHT,
        party=Household(1),
        offer_key=key,
        choice=bookings.PriceChoice(),
        guest=guest,
        language="fr",
        actor="test",
        now=NOW,
        today=TODAY,
    )


def rooms_of(house: Property) -> list[str]:
    return list(
        session.scalars(select(Room.name).filter_by(property_id=house.id).order_by(Room.position, Room.id))
    )


def count(model: type, house: Property) -> int:
    return session.scalar(select(func.count()).select_from(model).filter_by(property_id=house.id)) or 0
