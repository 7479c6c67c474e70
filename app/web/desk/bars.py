"""The rows of the planning as its template prints them: plain words and addresses, looked up once for each page.

Two hundred rooms have some thousand bars: a translation or an address is never asked for twice.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache

from flask import g, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.models import BookingStatus, ClaimKind
from app.services.planning import Bar, Cell, PlannedRoom, lay_out
from app.web.desk.words import ACCOUNTS, BLOCK_REASONS, CHANNELS, STATUSES
from app.web.filters import date_range, date_short
from pricing.stay import Stay

SHORT_HALVES, TINY_HALVES = 8, 4
# Given up here, and the platform still lists it: the nights are the platform's, and are drawn so.
GIVEN_UP = (BookingStatus.CANCELLED, BookingStatus.NO_SHOW)


@dataclass(frozen=True, slots=True)
class BarShown:
    """A bar: how it looks, what it says in its width, in full, and in words beside the colour; where it leads."""

    classes: str
    short_name: str
    name: str
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class CellShown:
    """A cell: a bar, or a free night with the address of a new booking, or an empty half day."""

    span: int
    bar: BarShown | None = None
    new_url: str = ""
    new_words: str = ""


@dataclass(frozen=True, slots=True)
class RoomShown:
    """A room with its rows of cells; `history_url` leads to what feeds changed in it, empty where there is none."""

    name: str
    type_name: str
    url: str
    history_url: str
    rows: tuple[tuple[CellShown, ...], ...]


class Drawing:
    """One page of the planning in one language."""

    def __init__(self, window: Stay, today: date, connected: Collection[int] = ()) -> None:
        """Look up once what every bar may need; `connected` are the rooms that a platform shows."""
        self.window, self.today, self.connected = window, today, connected
        self._new_url = url_for("desk.new_booking")
        self._booking_url = url_for("desk.booking", reference="")
        self._conflicts_url = url_for("desk.conflicts")
        self._stay_url = url_for("desk.platform_stay", stay_id=0).removesuffix("0")
        self._history_url = url_for("desk.room_history", room_id=0)
        self._urls = {
            ClaimKind.BLOCK: url_for("desk.blocks"),
            ClaimKind.CHANNEL_STAY: url_for("desk.channels"),
        }
        self._statuses = {status: str(words) for status, words in STATUSES.items()}
        self._accounts = {account: str(words) for account, words in ACCOUNTS.items()}
        self._days = {night: date_short(night, g.language) for night in window.nights}
        self._people = cache(lambda count: str(ngettext("%(num)d person", "%(num)d people", count)))
        self._closed, self._platform, self._nameless = _("out of order"), _("platform"), _("Without a name")
        self._shut = _("closed: %(channel)s", channel="%(channel)s")
        self._missing = _("conflict: somebody else has these nights")
        self._torn = _("conflict: some nights are missing")

    def room(self, room: PlannedRoom) -> RoomShown:
        """Show a room."""
        book = _("Book %(room)s", room=room.name)
        return RoomShown(
            name=room.name,
            type_name=room.type_names.get(g.language) or next(iter(room.type_names.values()), ""),
            url=f"{self._urls[ClaimKind.BLOCK]}?room={room.id}",
            history_url=self._history_url.replace("/0/", f"/{room.id}/") if room.id in self.connected else "",
            rows=tuple(
                tuple(self._cell(cell, room.id, book) for cell in lane.cells)
                for lane in lay_out(room.bars, self.window)
            ),
        )

    def _cell(self, cell: Cell, room_id: int, book: str) -> CellShown:
        if cell.bar is not None:
            return CellShown(cell.span, bar=self._bar(cell, cell.bar))
        if cell.night is None or cell.night < self.today:
            return CellShown(cell.span)
        return CellShown(
            cell.span,
            new_url=f"{self._new_url}?room={room_id}&arrival={cell.night.isoformat()}",
            new_words=f"{book}, {self._days[cell.night]}",
        )

    def _bar(self, cell: Cell, bar: Bar) -> BarShown:
        name = self._name(bar)
        particular = (
            ("from-before", cell.begins_before),
            ("goes-on", cell.goes_on),
            ("is-short", cell.span < TINY_HALVES),
        )
        is_short = bar.guest_name and cell.span < SHORT_HALVES
        return BarShown(
            classes=" ".join([f"is-{_look(bar)}", *(words for words, holds in particular if holds)]),
            short_name=bar.guest_name.split()[-1] if is_short else name,
            name=name,
            words=", ".join((*self._words(bar), date_range(bar.whole, g.language))),
            url=self._url(bar),
        )

    def _name(self, bar: Bar) -> str:
        if bar.reference and bar.status in GIVEN_UP:
            return f"{CHANNELS.get(bar.channel, bar.channel)} · {self._statuses[bar.status]}"
        if bar.reference:
            return bar.guest_name or self._nameless
        if bar.kind == ClaimKind.BLOCK:
            return f"{self._closed} · {BLOCK_REASONS.get(bar.reason, bar.reason)}"
        if bar.kind == ClaimKind.CHANNEL_STAY:
            channel = str(CHANNELS.get(bar.channel, bar.channel))
            return self._shut.replace("%(channel)s", channel) if bar.is_closure else channel
        return bar.guest_name or self._nameless

    def _words(self, bar: Bar) -> list[str]:
        words = []
        if bar.status is not None and bar.account is not None:
            words += [self._statuses[bar.status], self._people(bar.people), self._accounts[bar.account]]
        if bar.kind == ClaimKind.CHANNEL_STAY:
            words.append(str(CHANNELS.get(bar.channel, bar.channel)) if bar.reference else self._platform)
        if bar.is_in_conflict:
            words.append(self._missing if bar.is_missing else self._torn)
        return words

    def _url(self, bar: Bar) -> str:
        if bar.reference:
            return self._booking_url + bar.reference
        if bar.is_in_conflict:
            return self._conflicts_url
        return f"{self._stay_url}{bar.stay_id}" if bar.stay_id else self._urls[bar.kind]


def _look(bar: Bar) -> str:
    if bar.is_missing:
        return "conflict"
    if bar.status is not None and bar.status not in GIVEN_UP:
        return bar.status.value
    return "block" if bar.kind == ClaimKind.BLOCK else "channel"
