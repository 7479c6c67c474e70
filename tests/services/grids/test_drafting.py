"""The house writes its next grid in drafts, which price nothing."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.database import session
from app.models import Event, Property
from app.services import grids
from app.services.rates import NoGrid, current_grid
from pricing.grid import Grid, GridInvalid, example_house
from tests.cast import NOW, TODAY
from tests.services.grids.conftest import Begin, steeper


def other_house() -> Property:
    return session.scalars(select(Property).where(Property.code == "lac")).one()


def save(house: Property, draft_id: int, revision: int, document: str) -> None:
    grids.save_draft(
        house=house,
        draft_id=draft_id,
        revision=revision,
        document=document,
        reason="less for the middle",
        actor="user:1",
        now=NOW,
    )


def verbs() -> list[str]:
    return list(session.scalars(select(Event.verb).where(Event.noun == "grid_draft").order_by(Event.id)))


def test_begins_a_draft_in_the_newest_form(house: Property, begin: Begin) -> None:
    draft = begin()

    grid = Grid.loads(draft.document)
    assert (grid.form, grid.version, grid.author, grid.vote_reference) == ("pricing-grid/2", 2, "Marie", None)
    assert grid.curve.floor == 14
    assert grids.list_drafts(house)[0].base_number == 1
    assert current_grid(house, TODAY).grid == example_house()


def test_keeps_a_draft_that_can_be_read(house: Property, begin: Begin) -> None:
    draft_id = begin().id

    save(house, draft_id, 1, steeper(steeper(example_house())).dumps())

    kept = grids.find_draft(house, draft_id)
    assert Grid.read(kept.document).curve.floor == 16
    assert kept.revision == 2
    assert verbs() == ["start", "change"]


def test_keeps_no_draft_that_cannot_be_read(house: Property, begin: Begin) -> None:
    draft = begin()
    before = draft.document

    with pytest.raises(GridInvalid):
        save(house, draft.id, 1, "floor = ")

    assert grids.find_draft(house, draft.id).document == before


def test_writes_over_nothing_that_was_not_seen(house: Property, begin: Begin) -> None:
    draft_id = begin().id
    save(house, draft_id, 1, example_house().dumps())

    with pytest.raises(grids.DraftChanged):
        save(house, draft_id, 1, steeper(example_house()).dumps())
    with pytest.raises(grids.DraftChanged):
        grids.discard_draft(house=house, draft_id=draft_id, revision=1, actor="user:1", now=NOW)


def test_drops_a_draft(house: Property, begin: Begin) -> None:
    draft_id = begin().id

    grids.discard_draft(house=house, draft_id=draft_id, revision=1, actor="user:1", now=NOW)

    assert grids.list_drafts(house) == ()
    assert verbs() == ["start", "discard"]
    with pytest.raises(grids.DraftNotFound):
        grids.find_draft(house, draft_id)


def test_knows_no_draft_of_another_house(house: Property, begin: Begin) -> None:
    foreign = begin(on=other_house())

    assert grids.list_drafts(house) == ()
    with pytest.raises(grids.DraftNotFound):
        grids.find_draft(house, foreign.id)
    with pytest.raises(grids.DraftNotFound):
        save(house, foreign.id, 1, example_house().dumps())


def test_begins_nothing_without_a_first_version(house: Property, begin: Begin) -> None:
    bare = Property(
        code="bare",
        name="Bare",
        timezone="Europe/Paris",
        currency="EUR",
        languages=["fr"],
        telephone="",
        email="",
        address="",
        created_at=NOW,
    )
    session.add(bare)
    session.flush()

    with pytest.raises(NoGrid):
        begin(on=bare)
