"""What the manager and reception see of the platforms: connected on day one, watched, adjusted, looked up."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from app.database import session
from app.models import ChannelStay, Feed, Room
from tests.browser.gallery.shots import Shot, Show, at, press, then
from tests.browser.visitor import Visitor
from tests.cast import NOW, TODAY

CONNECTED, NEW = "La Bibliothèque", "Le Jardin"


def of_feed(room_name: str, page: str = "") -> Show:
    """Show the feed of a room, or a page behind it."""
    return lambda visitor: visitor.open(f"/desk/channels/{feed_of(visitor, room_name)}{page}")


def feed_of(visitor: Visitor, room_name: str) -> int:
    """Return the id of the feed of a room."""
    with visitor.house.app.app_context():
        feed_id = session.scalars(
            select(Feed.id).join(Room, Room.id == Feed.room_id).where(Room.name == room_name)
        ).one()
        session.rollback()
    return feed_id


def in_doubt(visitor: Visitor) -> None:
    """Show a feed that has lost most of its stays, and lists two nights of ours."""
    feed_id = feed_of(visitor, CONNECTED)
    ours = [[(TODAY + timedelta(days=day)).isoformat() for day in (30, 32)] + ["block"]]
    changes = {"fault_code": "mass_disappearance", "fault": '{"lost": 5, "known": 7}', "echoes": ours}
    _write(visitor, feed_id, changes, missed_count=1)
    visitor.open(f"/desk/channels/{feed_id}")
    _write(visitor, feed_id, {"fault_code": "", "fault": "", "echoes": []}, missed_count=0)


def _write(visitor: Visitor, feed_id: int, changes: dict[str, object], *, missed_count: int) -> None:
    with visitor.house.app.app_context():
        session.execute(update(Feed).where(Feed.id == feed_id).values(**changes))
        session.execute(
            update(ChannelStay)
            .where(ChannelStay.feed_id == feed_id)
            .values(missed_count=missed_count, missing_since=NOW if missed_count else None)
        )
        session.commit()


def history_of(room_name: str) -> Show:
    """Show what feeds changed in a room."""
    return lambda visitor: (
        visitor.open("/desk/channels"),
        visitor.page.locator(".channel-room", has_text=room_name).locator("a").first.click(),
    )


def private_address(visitor: Visitor) -> None:
    """Paste an address that leads into the house."""
    visitor.open("/desk/channels/connect/vrbo")
    visitor.page.locator("#rooms-title ~ ul summary").first.click()
    visitor.field("Their address for this room").fill("http://10.0.0.1/calendar.ics")
    visitor.button("Save").click()


def _shot(endpoint: str, template: str, show: Show, variant: str = "", who: str = "Samir") -> Shot:
    return Shot(f"desk.{endpoint}", f"desk/{template}.html", show, variant, who)


CHANNELS = (
    _shot("channels", "channels", at("/desk/channels")),
    _shot("channels", "channels", at("/desk/channels"), "manager", "Marie"),
    _shot("platforms", "platforms", at("/desk/channels/connect"), who="Marie"),
    *(
        _shot("connect", "connect", at(f"/desk/channels/connect/{channel}"), channel, "Marie")
        for channel in ("airbnb", "booking", "google")
    ),
    _shot("connect_room", "connect", private_address, "errors", "Marie"),
    _shot("first_import", "first_import", of_feed(NEW, "/first")),
    _shot("answer_first_import", "first_import", then(of_feed(NEW, "/first"), press("Go on")), "errors"),
    _shot("feed", "feed", of_feed(CONNECTED)),
    _shot("feed", "feed", in_doubt, "in_doubt"),
    _shot(
        "check_address", "address_check", then(of_feed(CONNECTED), press("Can platforms reach our address?"))
    ),
    _shot("preview_feed", "feed_preview", then(of_feed(CONNECTED), press("What does it say now?"))),
    _shot("room_history", "room_history", history_of(CONNECTED)),
)
