"""The cast of the tests: the example house, its people, and a second house that must never appear.

The other house is built first, so that no number of one fits the other by accident. Everything in it is called
"Lac" or "Lucie": `assert "Lac" not in page` is worth a line in any test of a list.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache

from flask_security.utils import hash_password

from app.database import session
from app.models import (
    BookedNight,
    BookedRoom,
    Booking,
    BookingStatus,
    Claim,
    ClaimKind,
    Folio,
    GridVersion,
    Property,
    PropertyHost,
    Role,
    RoleName,
    Room,
    RoomNight,
    RoomType,
    Source,
    TouristTaxRate,
    User,
)
from pricing.grid import example_house

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)  # ten in the morning in Lens, a Sunday

HOUSE_HOST = "localhost"
OTHER_HOST = "lac.test"
PASSWORD = "un lit, une lampe, un jardin"

# code: names, sleeps, cots, facts, rooms
TYPES: dict[str, tuple[tuple[str, str], int, int, int, tuple[str, ...]]] = {
    "single": (("Chambre simple", "Single room"), 1, 0, 11, ("Le Cabinet", "La Lingerie")),
    "double": (("Chambre double", "Double room"), 2, 0, 16, ("La Bibliothèque", "Le Terril", "Le Jardin")),
    "family": (("Chambre familiale", "Family room"), 4, 0, 24, ("Les Corons", "Le Verger")),
    "accessible": (("Chambre accessible", "Accessible room"), 2, 1, 20, ("La Rotonde",)),
}

PEOPLE = {
    "marie": RoleName.MANAGER,
    "samir": RoleName.RECEPTION,
    "odile": RoleName.VOLUNTEER,
    "karim": RoleName.HOUSEKEEPER,
    "jeanne": RoleName.TREASURER,
}


def build_cast() -> Property:
    """Build both houses and return ours; commits."""
    roles = {name: Role(name=name.value) for name in RoleName}
    session.add_all(roles.values())
    _build_other_house(roles)
    house = _add_property("maison", "La Maison d'Ingénieur", HOUSE_HOST)
    _add_rooms(house, TYPES)
    add_rules(house)
    for name, role in PEOPLE.items():
        _add_user(house, name, f"{name}@maison.test", roles[role])
    session.commit()
    return house


def _build_other_house(roles: dict[RoleName, Role]) -> None:
    lac = _add_property("lac", "Hôtel du Lac", OTHER_HOST)
    rooms = _add_rooms(lac, {"double": (("Lac double", "Lac double"), 2, 0, 16, ("Lac 1", "Lac 2"))})
    version = add_rules(lac)
    _add_user(lac, "lucie", "lucie@lac.test", roles[RoleName.RECEPTION])
    _add_stay(lac, rooms[0], version)


def _add_property(code: str, name: str, host: str) -> Property:
    house = Property(
        code=code,
        name=name,
        timezone="Europe/Paris",
        currency="EUR",
        languages=["fr", "en"],
        telephone="+33 3 21 00 00 00",
        email=f"bonjour@{code}.test",
        address="12 rue de l'Ingénieur\n62300 Lens",
        horizon=date(2028, 8, 31),
        is_example=True,
        created_at=NOW,
    )
    session.add(house)
    session.flush()
    session.add(PropertyHost(host=host, property_id=house.id))
    return house


def _add_rooms(
    house: Property, types: dict[str, tuple[tuple[str, str], int, int, int, tuple[str, ...]]]
) -> list[Room]:
    rooms = []
    for position, (code, (names, sleeps, cots, floor_area, room_names)) in enumerate(types.items()):
        room_type = RoomType(
            property_id=house.id,
            code=code,
            names={"fr": names[0], "en": names[1]},
            descriptions={"fr": f"{names[0]}, {floor_area} m².", "en": f"{names[1]}, {floor_area} m²."},
            facts={"floor_area": floor_area},
            sleeps=sleeps,
            cots=cots,
            position=position,
        )
        session.add(room_type)
        session.flush()
        for name in room_names:
            rooms.append(Room(property_id=house.id, type_id=room_type.id, name=name, position=len(rooms)))
    session.add_all(rooms)
    session.flush()
    return rooms


def add_rules(house: Property) -> GridVersion:
    """Give a house the grid and the tourist tax of the example; the benchmarks' hotel has them too."""
    grid = example_house()
    version = GridVersion(
        property_id=house.id,
        number=grid.version,
        document=grid.text,
        digest=grid.hash,
        effective_from=grid.effective_from,
        author="Marie",
        created_at=NOW,
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
    session.flush()
    return version


def _add_user(house: Property, name: str, email: str, role: Role) -> None:
    session.add(
        User(
            property_id=house.id,
            email=email,
            name=name.capitalize(),
            password=_hashed_password(),
            fs_uniquifier=f"key-of-{name}",
            roles=[role],
        )
    )


def _add_stay(house: Property, room: Room, version: GridVersion) -> None:
    arrival, departure = TODAY, TODAY + timedelta(days=30)
    claim = Claim(
        property_id=house.id,
        room_id=room.id,
        kind=ClaimKind.BOOKED_ROOM,
        arrival=arrival,
        departure=departure,
        created_at=NOW,
    )
    booking = Booking(
        property_id=house.id,
        reference="LACLACLAC2",
        status=BookingStatus.CONFIRMED,
        source=Source.WEB,
        arrival=arrival,
        departure=departure,
        guest_name="Lac Neverseen",
        guest_email="neverseen@lac.test",
        language="fr",
        currency="EUR",
        grid_version_id=version.id,
        created_at=NOW,
        confirmed_at=NOW,
    )
    session.add_all([claim, booking])
    session.flush()
    booked_room = BookedRoom(
        property_id=house.id,
        booking_id=booking.id,
        type_id=room.type_id,
        room_id=room.id,
        claim_id=claim.id,
        arrival=arrival,
        departure=departure,
        adults=2,
    )
    session.add(booked_room)
    session.add(Folio(property_id=house.id, booking_id=booking.id, currency="EUR", opened_at=NOW))
    session.flush()
    for offset in range((departure - arrival).days):
        night = arrival + timedelta(days=offset)
        session.add(RoomNight(property_id=house.id, room_id=room.id, night=night, claim_id=claim.id))
        session.add(
            BookedNight(
                property_id=house.id,
                booked_room_id=booked_room.id,
                night=night,
                reference_minor=6200,
                due_minor=5000,
                chosen_minor=5000,
            )
        )


@cache
def _hashed_password() -> str:
    return str(hash_password(PASSWORD))
