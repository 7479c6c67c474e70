"""The example house itself: its card, its rooms, its grid, its tourist tax."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from app.database import session
from app.models import GridVersion, Property, Room, RoomType, TouristTaxRate
from app.services import houses
from pricing.grid import Grid

CODE = "maison-ingenieur"
HOSTS = ("localhost", "127.0.0.1")
DETAILS = houses.HouseDetails(
    code=CODE,
    name="La Maison d'Ingénieur",
    timezone="Europe/Paris",
    currency="EUR",
    languages=("fr", "en"),
    telephone="+33 3 53 01 62 30",  # of the range that is kept for fiction
    email="accueil@maison-ingenieur.example",
    address="12 rue de l'Ingénieur\n62300 Lens",
)


@dataclass(frozen=True, slots=True)
class TypePlan:
    """A room type of the example, and the names of its rooms with their pictures."""

    code: str
    names: dict[str, str]
    descriptions: dict[str, str]
    facts: dict[str, Any]
    sleeps: int
    rooms: dict[str, str]
    cots: int = field(default=0)


TYPES = (
    TypePlan(
        code="single",
        names={"fr": "Chambre simple", "en": "Single room"},
        descriptions={
            "fr": "Petite et calme, un lit, un bureau sous la fenêtre, de quoi lire.",
            "en": "Small and quiet: a bed, a desk under the window, something to read.",
        },
        facts={"floor_area": 11, "beds": {"fr": "un lit simple", "en": "one single bed"}},
        sleeps=1,
        rooms={"Le Cabinet": "cabinet.svg", "La Lingerie": "lingerie.svg"},
    ),
    TypePlan(
        code="double",
        names={"fr": "Chambre double", "en": "Double room"},
        descriptions={
            "fr": "Un grand lit ou deux petits, des livres, la vue sur le jardin ou sur le terril.",
            "en": "One large bed or two small ones, books, a view of the garden or of the slag heap.",
        },
        facts={
            "floor_area": 16,
            "beds": {"fr": "un grand lit ou deux lits simples", "en": "a double bed or two single beds"},
        },
        sleeps=2,
        rooms={"La Bibliothèque": "bibliotheque.svg", "Le Terril": "terril.svg", "Le Jardin": "jardin.svg"},
    ),
    TypePlan(
        code="family",
        names={"fr": "Chambre familiale", "en": "Family room"},
        descriptions={
            "fr": "Un grand lit, deux petits, et la place de jouer par terre.",
            "en": "A large bed, two small ones, and a floor to play on.",
        },
        facts={
            "floor_area": 24,
            "beds": {"fr": "un grand lit et deux lits simples", "en": "a double bed and two single beds"},
        },
        sleeps=4,
        rooms={"Les Corons": "corons.svg", "Le Verger": "verger.svg"},
    ),
    TypePlan(
        code="accessible",
        names={"fr": "Chambre accessible", "en": "Accessible room"},
        descriptions={
            "fr": "De plain-pied sur le jardin, une douche sans seuil, de la place pour tourner.",
            "en": "Level with the garden, a shower without a sill, room to turn.",
        },
        facts={
            "floor_area": 20,
            "is_step_free": True,
            "door_width_cm": 90,
            "has_roll_in_shower": True,
            "beds": {"fr": "un grand lit ou deux lits simples", "en": "a double bed or two single beds"},
        },
        sleeps=2,
        rooms={"La Rotonde": "rotonde.svg"},
        cots=1,
    ),
)


def build_house(*, grid: Grid, actor: str, now: datetime) -> Property:
    """Make the house with its rooms and rules; it answers under no host name yet, so nobody can enter. Commits."""
    house = houses.create_house(details=DETAILS, hosts=(), actor=actor, now=now)
    house.is_example = True
    house.horizon = grid.horizon
    _add_rooms(house)
    _add_rules(house, grid, now)
    session.commit()
    return house


def _add_rooms(house: Property) -> None:
    place = 0
    for position, plan in enumerate(TYPES):
        room_type = RoomType(
            property_id=house.id,
            code=plan.code,
            names=plan.names,
            descriptions=plan.descriptions,
            facts=plan.facts,
            sleeps=plan.sleeps,
            cots=plan.cots,
            position=position,
        )
        session.add(room_type)
        session.flush()
        for name, picture in plan.rooms.items():
            session.add(
                Room(property_id=house.id, type_id=room_type.id, name=name, picture=picture, position=place)
            )
            session.flush()  # one by one, so that rooms are numbered in the house's order
            place += 1


def _add_rules(house: Property, grid: Grid, now: datetime) -> None:
    version = GridVersion(
        property_id=house.id,
        number=grid.version,
        document=grid.dumps(),
        digest=grid.hash,
        effective_from=grid.effective_from,
        author="Marie",
        vote_reference="example",
        created_at=now,
    )
    tax = TouristTaxRate(
        property_id=house.id,
        valid_from=date(2026, 1, 1),
        fraction="0.04",
        cap_minor=250,
        surcharges=[{"name": "département", "fraction": "0.10"}],
        source="example",
        is_example=True,
    )
    session.add_all([version, tax])
