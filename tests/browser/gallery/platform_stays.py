"""What reception sees of a platform's stay: told, asked about, completed, corrected, given another room."""

from __future__ import annotations

from sqlalchemy import select

from app.database import session
from app.models import ClaimKind, Property, Room
from app.services import bookings, inventory
from calendars.feed import Kind
from tests.browser.gallery.shots import Shot, Show, fresh_trip, press, then
from tests.browser.visitor import Visitor
from tests.cast import NOW
from tests.services.platform_stays.told import TONIGHT, completed, ended_by_feed, told


def _house() -> Property:
    return session.scalars(select(Property)).one()


def _read(kind: Kind = Kind.RESERVATION, page: str = "") -> Show:
    """Show a stay that a feed has just told, or a page behind it."""

    def show(visitor: Visitor) -> None:
        with visitor.house.app.app_context():
            stay_id = told(_house(), fresh_trip()[0], kind=kind, room="Le Jardin").id
        visitor.open(f"/desk/platform-stays/{stay_id}{page}")

    return show


def _complete(page: str = "", *, is_cancelled: str = "") -> Show:
    """Show a completed stay, or a page behind it; cancelled by the house or by the platform."""

    def show(visitor: Visitor) -> None:
        with visitor.house.app.app_context():
            house = _house()
            stay = told(house, fresh_trip()[0], room="Le Jardin")
            booking = completed(house, stay)
            if is_cancelled == "house":
                bookings.cancel(house=house, booking=booking, actor="user:1", reason="leak", now=NOW)
            elif is_cancelled == "platform":
                ended_by_feed(stay)
            reference = booking.reference
        visitor.open(f"/desk/bookings/{reference}{page}")

    return show


def _expected_today(path: str) -> Show:
    """Show a list on a day on which a platform's guest comes, whom nobody has completed."""

    def show(visitor: Visitor) -> None:
        with visitor.house.app.app_context():
            told(_house(), TONIGHT, kind=Kind.UNKNOWN, room="La Rotonde")
        visitor.open(path)

    return show


def _wrong_amount(visitor: Visitor) -> None:
    visitor.field("Price of the stay, in euros").fill("two hundred")
    visitor.button("Save").click()


def _due(visitor: Visitor) -> None:
    """Show a stay whose guest stands at the counter."""
    with visitor.house.app.app_context():
        stay_id = told(_house(), TONIGHT, room="La Rotonde").id
    visitor.open(f"/desk/platform-stays/{stay_id}")


def _every_room_taken(visitor: Visitor) -> None:
    """Choose a room that somebody takes in the meantime."""
    with visitor.house.app.app_context():
        house = _house()
        stay = fresh_trip()[0]
        read_id = told(house, stay, room="Le Jardin").id
    visitor.open(f"/desk/platform-stays/{read_id}/move")
    with visitor.house.app.app_context():
        for room in session.scalars(select(Room).where(Room.name != "Le Jardin")).all():
            inventory.take_free(
                property_id=room.property_id, room_id=room.id, kind=ClaimKind.BLOCK, stay=stay, now=NOW
            )
        session.commit()
    visitor.page.get_by_role("radio").first.check()
    visitor.button("Give this room").click()


def _shot(endpoint: str, template: str, show: Show, variant: str = "") -> Shot:
    return Shot(f"desk.{endpoint}", f"desk/{template}.html", show, variant, "Samir")


PLATFORM_STAYS = (
    _shot("today", "today", _expected_today("/desk/"), "platform"),
    _shot("bookings", "bookings", _expected_today("/desk/bookings?q=airbnb"), "platform"),
    _shot("rooms", "rooms", _expected_today("/desk/rooms"), "platform"),
    _shot("platform_stay", "platform_stay", _due, "due"),
    _shot("platform_stay", "platform_stay", _read()),
    _shot("platform_stay", "platform_stay", _read(Kind.UNKNOWN), "unknown"),
    _shot("platform_stay", "platform_stay", _read(Kind.BLOCK), "closure"),
    _shot("complete_stay", "platform_stay", then(_read(), press("Complete the stay")), "errors"),
    _shot("move_platform_stay", "platform_stay_move", _read(page="/move")),
    _shot("move_platform_stay", "platform_stay_move", _every_room_taken, "errors"),
    _shot("platform_money", "platform_money", _complete("/platform")),
    _shot("platform_money", "platform_money", then(_complete("/platform"), _wrong_amount), "errors"),
    _shot("booking", "booking", _complete(), "platform"),
    _shot("booking", "booking", _complete(is_cancelled="house"), "platform_given_up"),
    _shot("booking", "booking", _complete(is_cancelled="platform"), "platform_cancelled"),
    _shot("cancel", "cancel", _complete("/cancel"), "platform"),
    _shot("payment", "payment", _complete("/payment"), "platform"),
)
