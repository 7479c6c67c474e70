"""Each platform in plain words: where its address is found, where ours is pasted, what it cannot do (R54).

Menus change: the words say what to look for, not where to click.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext as _

from app.models import ChannelName
from app.web.desk.words import CHANNELS


@dataclass(frozen=True, slots=True)
class PlatformShown:
    """What the page of a platform says."""

    channel: ChannelName
    name: str
    sentence: str
    find_theirs: tuple[str, ...]
    paste_ours: tuple[str, ...]
    limits: tuple[str, ...]
    asks_price: bool = True


def show_platform(channel: ChannelName) -> PlatformShown:
    """Return the words for a platform in this request's language."""
    return _PAGES[channel]()


def list_platforms() -> tuple[PlatformShown, ...]:
    """Return every platform in the order in which they are offered."""
    return tuple(page() for page in _PAGES.values())


def _airbnb() -> PlatformShown:
    return PlatformShown(
        channel=ChannelName.AIRBNB,
        name=str(CHANNELS[ChannelName.AIRBNB]),
        sentence=_("One listing for each room. Airbnb reads our calendar about every three hours."),
        find_theirs=(
            _("Open the calendar of the listing, then its settings of availability."),
            _("Look for the place where calendars are connected with another website."),
            _("Airbnb shows an address of its own there: it ends in .ics. Copy it."),
        ),
        paste_ours=(
            _("In the same place, Airbnb asks for the address of the other calendar: paste ours."),
            _(
                "Where it asks for a name, write the name of the house: you will see it beside the closed nights."
            ),
        ),
        limits=(
            _("Airbnb takes only addresses that begin with https and end in .ics. Ours do."),
            _("Besides every three hours, a button there fetches our calendar at once."),
            _(
                "Nights that Airbnb closes by its own rules (notice, longest advance) come with its calendar and"
                " move every day. “Stays only”, on the page of the calendar, leaves them out."
            ),
            _("Only dates come: you write the name and the price when you complete the stay."),
        ),
    )


def _booking() -> PlatformShown:
    return PlatformShown(
        channel=ChannelName.BOOKING,
        name=str(CHANNELS[ChannelName.BOOKING]),
        sentence=_("Only where each kind of room there has a single unit: one kind, one room."),
        find_theirs=(
            _("In the extranet, look under rates and availability for the synchronisation of calendars."),
            _("Choose the room, then to export its calendar."),
            _(
                "Asked what to export, choose the booked dates alone if you close rooms only in this house, else booked"
                " and closed dates."
            ),
            _("Copy the address that it makes. It need not end in .ics."),
        ),
        paste_ours=(
            _("In the same place, choose to import a calendar for the same room, and paste ours."),
            _(
                "Booking.com may show “activating” until we have read its calendar: saving its address below does"
                " that at once."
            ),
        ),
        limits=(
            _(
                "Booking.com connects calendars only for houses with at most 20 kinds of rooms and one unit of each."
                " With several rooms under one kind, make a kind for each room there, or do not connect it."
            ),
            _("Booking.com does not connect calendars beside a channel manager."),
            _(
                "Booking.com does not tell how often it reads: count on some hours before it has seen a change."
            ),
            _(
                "Booking.com does not say whether a night is booked or closed: both arrive as “guest or closure?”,"
                " and you say which when you complete the stay."
            ),
            _("When a guest changes the dates there, look here whether the new ones have come."),
        ),
    )


def _vrbo() -> PlatformShown:
    return PlatformShown(
        channel=ChannelName.VRBO,
        name=str(CHANNELS[ChannelName.VRBO]),
        sentence=_(
            "One listing for each room. Vrbo does not tell how often it reads: from an hour to a day."
        ),
        find_theirs=(
            _("Open the calendar of the listing."),
            _("Look for importing and exporting calendars, and there for the address to export."),
            _("Asked about requests that are not confirmed, leave them in: a night promised twice is worse."),
        ),
        paste_ours=(
            _(
                "In the same place, choose to import a calendar, paste ours, and give it the name of the house."
            ),
        ),
        limits=(
            _("Closed nights that came from elsewhere come back with its calendar. We recognise our own."),
            _("When dates change there, the stay comes under a new number: we recognise it by its nights."),
            _(
                "A cancelled stay is simply no longer there. Its nights come free once two readings have said so."
            ),
        ),
    )


def _google() -> PlatformShown:
    return PlatformShown(
        channel=ChannelName.GOOGLE,
        name=_("Google Calendar"),
        sentence=_(
            "A view for yourselves, or closures written by hand. Not a way to sell: Google reads ours once or twice a"
            " day."
        ),
        find_theirs=(
            _("On a computer, open the settings of the calendar in question: one calendar for each room."),
            _("Look for its addresses, and there for the secret address in iCal form. Copy that one."),
        ),
        paste_ours=(_("Beside “other calendars”, choose to add one by its address, and paste ours."),),
        limits=(
            _("Google reads our calendar every 8 to 24 hours, sometimes later, and no button hurries it."),
            _(
                "What somebody writes there as “all day” is often marked “free”. Here it closes the room all the same,"
                " unless you say otherwise on the page of the calendar."
            ),
            _("Titles and descriptions are read, but not kept."),
        ),
        asks_price=False,
    )


def _gites() -> PlatformShown:
    return PlatformShown(
        channel=ChannelName.GITES,
        name=str(CHANNELS[ChannelName.GITES]),
        sentence=_("The local office imports our calendar when you ask it to."),
        find_theirs=(
            _("In the owner’s space, open the planning, and look for exporting calendars."),
            _("Copy the address of the accommodation in question."),
        ),
        paste_ours=(
            _("Send our address to your local office, with the name of the room, and ask it to import it."),
            _("Ask it to write back when that is done: until then it sells nights that we have sold."),
        ),
        limits=(
            _("Nobody says how often the office reads: ask it."),
            _("Its closures may be nothing but ours on their way back: “stays only” leaves them out."),
        ),
    )


def _other() -> PlatformShown:
    return PlatformShown(
        channel=ChannelName.OTHER,
        name=_("Another system"),
        sentence=_("Whatever gives and takes a calendar in iCal form."),
        find_theirs=(
            _("Look for “iCal”, “ICS” or “export calendar”, for one room."),
            _("The address begins with https:// or webcal://. Copy it whole: its last letters are its key."),
        ),
        paste_ours=(
            _("Look for “import a calendar” or “external calendar”, for the same room, and paste ours."),
        ),
        limits=(
            _("Hostelworld neither gives nor takes such calendars: it cannot be connected this way."),
            _(
                "If it repeats the stays of other platforms, connect these platforms there or here, not in both, or say"
                " so on the page of the calendar."
            ),
            _("Some systems call the last night the end of a stay. The first reading asks you."),
        ),
    )


_PAGES: dict[ChannelName, Callable[[], PlatformShown]] = {
    ChannelName.AIRBNB: _airbnb,
    ChannelName.BOOKING: _booking,
    ChannelName.VRBO: _vrbo,
    ChannelName.GITES: _gites,
    ChannelName.GOOGLE: _google,
    ChannelName.OTHER: _other,
}
