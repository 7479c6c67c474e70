"""Grids that are being written: begun from a version, kept while they can be read, dropped without a trace of price."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from app.database import session
from app.models import GridDraft, GridVersion, Property
from app.services.events import record
from app.services.rates import NoGrid
from pricing.grid import Grid

LONGEST_REASON = 500


class DraftNotFound(LookupError):
    """The house has no draft of this number: it was published, or dropped."""


class DraftChanged(Exception):
    """Somebody has kept another text of the draft since this one was opened."""


@dataclass(frozen=True, slots=True)
class DraftCard:
    """A draft as the office shows it; `base_number` is the version it was begun from."""

    id: int
    base_number: int
    reason: str
    author: str
    changed_at: datetime


def start_draft(
    *, house: Property, grid: Grid, reason: str, author: str, actor: str, now: datetime
) -> GridDraft:
    """Begin a draft with the rules of `grid`; it follows the newest version of the house. Commits.

    Raises: NoGrid before the house has any version.
    """
    newest = newest_version(house)
    if newest is None:
        raise NoGrid(house.code)
    begun = replace(grid, version=newest.number + 1, author=author, vote_reference=None, previous_hash=None)
    draft = GridDraft(
        property_id=house.id,
        base_version_id=newest.id,
        document=begun.dumps(),
        reason=reason[:LONGEST_REASON],
        author=author,
        created_at=now,
        changed_at=now,
    )
    session.add(draft)
    session.flush()
    _remember(draft, "start", actor, now)
    session.commit()
    return draft


def save_draft(
    *, house: Property, draft_id: int, revision: int, document: str, reason: str, actor: str, now: datetime
) -> GridDraft:
    """Keep another text of a draft that was opened at `revision`. Commits.

    The text must be a grid that can be read; whether it keeps what a grid promises is asked when it is published.

    Raises: GridInvalid, DraftChanged, DraftNotFound.
    """
    Grid.read(document)
    draft = lock_draft(house, draft_id, revision)
    draft.document = document
    draft.reason = reason[:LONGEST_REASON]
    draft.changed_at = now
    draft.revision += 1
    _remember(draft, "change", actor, now, ("document", "reason"))
    session.commit()
    return draft


def discard_draft(*, house: Property, draft_id: int, revision: int, actor: str, now: datetime) -> None:
    """Drop a draft that was opened at `revision`. Commits. Raises: DraftChanged, DraftNotFound."""
    draft = lock_draft(house, draft_id, revision)
    _remember(draft, "discard", actor, now)
    session.delete(draft)
    session.commit()


def find_draft(house: Property, draft_id: int) -> GridDraft:
    """Return a draft of the house. Raises: DraftNotFound."""
    draft = session.scalars(select(GridDraft).filter_by(property_id=house.id, id=draft_id)).first()
    if draft is None:
        raise DraftNotFound(str(draft_id))
    return draft


def lock_draft(house: Property, draft_id: int, revision: int) -> GridDraft:
    """Return a draft for writing, while nobody else may. Raises: DraftChanged, DraftNotFound."""
    draft = session.scalars(
        select(GridDraft)
        .filter_by(property_id=house.id, id=draft_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if draft is None:
        raise DraftNotFound(str(draft_id))
    if draft.revision != revision:
        raise DraftChanged(str(draft_id))
    return draft


def list_drafts(house: Property) -> tuple[DraftCard, ...]:
    """Return the drafts of the house, the one that was changed last first."""
    rows = session.execute(
        select(GridDraft, GridVersion.number)
        .join(GridVersion, GridVersion.id == GridDraft.base_version_id)
        .where(GridDraft.property_id == house.id)
        .order_by(GridDraft.changed_at.desc(), GridDraft.id.desc())
    )
    return tuple(
        DraftCard(draft.id, number, draft.reason, draft.author, draft.changed_at) for draft, number in rows
    )


def newest_version(house: Property) -> GridVersion | None:
    """Return the version that was published last, in force or to come."""
    return session.scalars(
        select(GridVersion).filter_by(property_id=house.id).order_by(GridVersion.number.desc()).limit(1)
    ).first()


def _remember(
    draft: GridDraft, verb: str, actor: str, now: datetime, field_names: tuple[str, ...] = ()
) -> None:
    record(
        property_id=draft.property_id,
        actor=actor,
        verb=verb,
        noun="grid_draft",
        noun_id=draft.id,
        now=now,
        field_names=field_names,
    )
