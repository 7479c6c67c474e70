"""Publish a draft: it becomes the next version, takes over on a day to come, and never changes again.

Whatever was quoted or booked keeps the version it was made under; nothing here touches a booking.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app.database import session
from app.models import Feed, GridDraft, GridVersion, Property, Room, RoomType
from app.services.events import record
from app.services.grids.drafting import lock_draft, newest_version
from pricing.grid import Grid
from pricing.invariants import broken_invariants
from pricing.refusal import GridInvalid


class PublicationRefused(Exception):
    """A draft cannot become a version as it stands."""


class EffectiveTooEarly(PublicationRefused):
    """A version takes over on a day to come, and not before the newest one."""

    def __init__(self, earliest: date) -> None:
        super().__init__(f"the earliest day is {earliest}")
        self.earliest = earliest


class OutsideItsCalendar(PublicationRefused):
    """The grid has no price for the day on which it would take over."""

    def __init__(self, first_night: date, horizon: date) -> None:
        super().__init__(f"this grid prices {first_night} to {horizon}")
        self.first_night = first_night
        self.horizon = horizon


class RoomTypesUnpriced(PublicationRefused):
    """The house sells rooms of types for which the grid has no factor."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(", ".join(names))
        self.names = names


class OtherCurrency(PublicationRefused):
    """The grid is written in another currency than the house sells in."""


class PromisesBroken(PublicationRefused):
    """The validator refuses the grid."""

    def __init__(self, refusals: tuple[GridInvalid, ...]) -> None:
        super().__init__("; ".join(map(str, refusals)))
        self.refusals = refusals


class NumberTaken(PublicationRefused):
    """Another version was published since this number was shown."""


@dataclass(frozen=True, slots=True)
class Publication:
    """What the house votes: the number it becomes, the day it takes over, who publishes it, and which vote says so."""

    number: int
    effective_from: date
    author: str
    vote_reference: str


def next_number(house: Property) -> int:
    """Return the number that the next version will have."""
    newest = newest_version(house)
    return newest.number + 1 if newest else 1


def earliest_day(house: Property, today: date) -> date:
    """Return the first day on which a version published today may take over."""
    newest = newest_version(house)
    tomorrow = today + timedelta(1)
    return max(tomorrow, newest.effective_from) if newest else tomorrow


def publish(
    *,
    house: Property,
    draft_id: int,
    revision: int,
    publication: Publication,
    actor: str,
    today: date,
    now: datetime,
) -> GridVersion:
    """Publish the draft as it was at `revision` under the number that was announced. Commits.

    Of two publications that announced the same number one wins, by the unique number of the database.

    Raises: PublicationRefused (one of its kinds), DraftChanged, DraftNotFound.
    """
    draft = lock_draft(house, draft_id, revision)
    newest = newest_version(house)
    if newest is None or publication.number != newest.number + 1:
        raise NumberTaken(str(publication.number))
    grid = _voted(draft, newest, publication)
    _check(house, grid, today)
    version = GridVersion(
        property_id=house.id,
        number=grid.version,
        document=grid.text,
        digest=grid.hash,
        effective_from=grid.effective_from,
        author=publication.author,
        vote_reference=publication.vote_reference,
        created_at=now,
    )
    session.add(version)
    session.delete(draft)
    _open_season(house, grid.horizon, now)
    try:
        session.flush()
    except IntegrityError:
        session.rollback()
        raise NumberTaken(str(publication.number)) from None
    record(
        property_id=house.id,
        actor=actor,
        verb="publish",
        noun="grid_version",
        noun_id=version.id,
        now=now,
    )
    session.commit()
    return version


def _open_season(house: Property, horizon: date, now: datetime) -> None:
    """Sell up to a later night; the platforms' calendars are read again at once, for they may have sold it already."""
    if house.horizon is not None and horizon <= house.horizon:
        return
    house.horizon = horizon
    is_well = Feed.fault_code == ""  # who fails comes back at the hour that its server named
    session.execute(
        update(Feed)
        .where(Feed.property_id == house.id, Feed.due_at.is_not(None), is_well)
        .values(due_at=now, attempted_at=None)
    )


def unpriced_types(house: Property, grid: Grid) -> tuple[str, ...]:
    """Return the codes of the types that the house sells and the grid does not price."""
    sold = session.scalars(
        select(RoomType.code)
        .where(RoomType.property_id == house.id, RoomType.id.in_(select(Room.type_id)))
        .order_by(RoomType.position, RoomType.id)
    )
    return tuple(code for code in sold if code not in grid.room_factors)


def _voted(draft: GridDraft, newest: GridVersion, publication: Publication) -> Grid:
    """Return the grid as it will stand for ever. Raises: PromisesBroken for a head that does not fit."""
    try:
        grid = replace(
            Grid.read(draft.document),
            version=publication.number,
            effective_from=publication.effective_from,
            author=publication.author,
            vote_reference=publication.vote_reference or None,
            previous_hash=newest.digest,
        )
        return Grid.read(grid.dumps())
    except GridInvalid as refusal:
        raise PromisesBroken((refusal,)) from None


def _check(house: Property, grid: Grid, today: date) -> None:
    earliest = earliest_day(house, today)
    if grid.effective_from < earliest:
        raise EffectiveTooEarly(earliest)
    if grid.currency != house.currency:
        raise OtherCurrency(grid.currency)
    if not grid.calendar.first_night <= grid.effective_from <= grid.horizon:
        raise OutsideItsCalendar(grid.calendar.first_night, grid.horizon)
    if missing := unpriced_types(house, grid):
        raise RoomTypesUnpriced(missing)
    if refusals := tuple(broken_invariants(grid.rate_rule)):
        raise PromisesBroken(refusals)
