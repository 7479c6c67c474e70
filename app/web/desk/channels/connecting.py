"""Connect a platform on the first day: where its address is found, which price to type there, then room by room."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, current_app, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.models import ChannelName, RoleName
from app.services import channels
from app.services.availability import list_type_cards
from app.services.rates import NoGrid, current_grid
from app.web.desk.channels.cost_table import CostTable, cost_table
from app.web.desk.channels.forms import TheirAddressForm
from app.web.desk.channels.panel import FeedPanel, panel_of
from app.web.desk.channels.platforms import list_platforms, show_platform
from app.web.desk.channels.saving import read_at_once, save
from app.web.desk.door import UNPROCESSABLE, Page, desk, house, now, today
from app.web.guards import staff

for_the_manager = staff(RoleName.MANAGER)


@dataclass(frozen=True, slots=True)
class RoomLine:
    """A room on the page of a platform: its feed there, if there is one yet, and the field for their address."""

    id: int
    name: str
    feed: FeedPanel | None
    form: TheirAddressForm


@desk.get("/channels/connect")
@for_the_manager
def platforms() -> Page:
    """Ask which platform is to be connected."""
    return render_template("desk/platforms.html", platforms=list_platforms())


@desk.get("/channels/connect/<channel>")
@for_the_manager
def connect(channel: str) -> Page:
    """Show how a platform is connected, and the rooms of the house with their addresses."""
    return _page(_channel_or_404(channel))


@desk.post("/channels/connect/<channel>/<int:room_id>")
@for_the_manager
def connect_room(channel: str, room_id: int) -> Page:
    """Save the address of one room, or make ours alone; a saved one is read at once, and shown (R8)."""
    name = _channel_or_404(channel)
    form = _form(room_id)
    if form.validate():
        feed_id = save(room_id, name, form.url)
        if feed_id is not None:
            return _go_on(name, room_id, feed_id, is_read=bool(form.url.data))
    return _page(name, room_id, form), UNPROCESSABLE


def _go_on(channel: ChannelName, room_id: int, feed_id: int, *, is_read: bool) -> Response:
    if not is_read:
        return redirect(url_for("desk.connect", channel=channel, _anchor=f"room-{room_id}"))
    read_at_once(feed_id)
    return redirect(url_for("desk.first_import", feed_id=feed_id))


def _page(
    channel: ChannelName, refused_id: int | None = None, refused: TheirAddressForm | None = None
) -> str:
    platform = show_platform(channel)
    return render_template(
        "desk/connect.html",
        platform=platform,
        rooms=_rooms(channel, refused_id, refused),
        costs=_costs() if platform.asks_price else None,
        form=refused,
        is_demo=current_app.config["HOUSE"].is_demo,
    )


def _rooms(
    channel: ChannelName, refused_id: int | None, refused: TheirAddressForm | None
) -> tuple[RoomLine, ...]:
    cards = channels.list_feeds(property_id=house().id, now=now())
    feeds = {card.room_id: panel_of(card, now()) for card in cards if card.channel is channel}
    return tuple(
        RoomLine(
            room_id,
            name,
            feeds.get(room_id),
            refused
            if refused is not None and room_id == refused_id
            else TheirAddressForm(prefix=_prefix(room_id)),
        )
        for room_id, name in channels.list_rooms(house().id)
    )


def _costs() -> CostTable | None:
    try:
        grid = current_grid(house(), today()).grid
    except NoGrid:
        return None
    return cost_table(grid, list_type_cards(house().id), today=today(), language=g.language)


def _form(room_id: int) -> TheirAddressForm:
    return TheirAddressForm(request.form, prefix=_prefix(room_id))


def _prefix(room_id: int) -> str:
    return f"room-{room_id}"


def _channel_or_404(channel: str) -> ChannelName:
    try:
        return ChannelName(channel)
    except ValueError:
        abort(404)
