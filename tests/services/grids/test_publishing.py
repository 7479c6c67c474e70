"""The house publishes a grid: on a day to come, under the next number, and never against its own promises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import current_app
from sqlalchemy import func, select

from app.database import session
from app.models import Event, GridDraft, GridVersion, Property, Room
from app.services import grids
from app.services.availability import search
from app.services.grids import Publication
from app.services.rates import current_grid
from pricing.curve import AffineCurve
from pricing.grid import Grid, example_house
from pricing.household import Household
from pricing.limits import Limits
from pricing.stay import Stay
from tests.cast import NOW, TODAY
from tests.services.channels.conftest import open_feed
from tests.services.grids.conftest import TOMORROW, Begin

Publish = Callable[..., GridVersion]


@pytest.fixture
def publish(house: Property) -> Publish:
    """Return a publisher of drafts: as the next version, from tomorrow on, unless told otherwise."""

    def publish_draft(draft: GridDraft, today: date = TODAY, **said: Any) -> GridVersion:
        known = {
            "number": grids.next_number(house),
            "effective_from": TOMORROW,
            "author": "Marie",
            "vote_reference": "assembly of 20 November",
        }
        return grids.publish(
            house=house,
            draft_id=draft.id,
            revision=draft.revision,
            publication=Publication(**{**known, **said}),
            actor="user:1",
            today=today,
            now=NOW,
        )

    return publish_draft


def test_makes_a_version_of_a_draft(house: Property, begin: Begin, publish: Publish) -> None:
    version = publish(begin())

    grid = Grid.loads(version.document)
    assert (grid.version, grid.effective_from, grid.author) == (2, TOMORROW, "Marie")
    assert grid.vote_reference == "assembly of 20 November"
    assert grid.previous_hash == example_house().hash
    assert version.digest == grid.hash
    assert grids.list_drafts(house) == ()
    assert session.scalars(select(Event.verb).where(Event.noun == "grid_version")).all() == ["publish"]


def test_takes_over_on_its_day(house: Property, begin: Begin, publish: Publish) -> None:
    publish(begin())

    assert current_grid(house, TODAY).grid.version == 1
    assert current_grid(house, TOMORROW).grid.version == 2


@pytest.mark.parametrize("day", [TODAY, TODAY - timedelta(days=1)])
def test_publishes_for_no_day_that_has_begun(begin: Begin, publish: Publish, day: date) -> None:
    with pytest.raises(grids.EffectiveTooEarly) as refused:
        publish(begin(), effective_from=day)

    assert refused.value.earliest == TOMORROW


def test_publishes_for_no_day_before_the_newest(begin: Begin, publish: Publish) -> None:
    later = TOMORROW + timedelta(days=30)
    publish(begin(), effective_from=later)

    with pytest.raises(grids.EffectiveTooEarly) as refused:
        publish(begin(), effective_from=later - timedelta(days=1))

    assert refused.value.earliest == later
    assert publish(begin(), effective_from=later).number == 3


def test_publishes_no_grid_that_leaves_out_a_room(begin: Begin, publish: Publish) -> None:
    without = {code: factor for code, factor in example_house().room_factors.items() if code != "family"}

    with pytest.raises(grids.RoomTypesUnpriced, match="family"):
        publish(begin(replace(example_house(), room_factors=without)))


def test_publishes_no_grid_that_breaks_its_promises(begin: Begin, publish: Publish) -> None:
    curve = example_house().curve
    assert isinstance(curve, AffineCurve)
    steep = replace(example_house(), curve=replace(curve, slope=Fraction("0.045")))

    with pytest.raises(grids.PromisesBroken) as refused:
        publish(begin(steep))

    assert "cliff" in {refusal.code for refusal in refused.value.refusals}


def test_publishes_what_a_looser_promise_allows(begin: Begin, publish: Publish) -> None:
    curve = example_house().curve
    assert isinstance(curve, AffineCurve)
    steep = replace(
        example_house(),
        curve=replace(curve, slope=Fraction("0.045")),
        limits=Limits(slope=Fraction("0.1"), effort=Fraction(2), squeeze=Fraction(1)),
    )

    assert publish(begin(steep)).number == 2


def test_publishes_for_no_day_that_the_grid_does_not_price(begin: Begin, publish: Publish) -> None:
    with pytest.raises(grids.OutsideItsCalendar):
        publish(begin(), effective_from=date(2028, 9, 1))


def test_publishes_nothing_that_was_changed_since(house: Property, begin: Begin, publish: Publish) -> None:
    draft = begin()
    seen = GridDraft(id=draft.id, revision=draft.revision)
    grids.save_draft(
        house=house,
        draft_id=draft.id,
        revision=1,
        document=example_house().dumps(),
        reason="",
        actor="user:2",
        now=NOW,
    )

    with pytest.raises(grids.DraftChanged):
        publish(seen)


def test_gives_a_number_once(house: Property, begin: Begin, publish: Publish) -> None:
    first, second = begin(), begin()
    announced = grids.next_number(house)
    publish(first, number=announced)

    with pytest.raises(grids.NumberTaken):
        publish(second, number=announced)

    assert len(grids.list_drafts(house)) == 1


def test_lets_one_of_two_publications_win(house: Property, begin: Begin) -> None:
    app = current_app._get_current_object()
    drafts = [(draft.id, draft.revision) for draft in (begin(), begin())]
    outcomes: list[str] = []
    barrier = Barrier(2)

    def race(draft_id: int, revision: int) -> None:
        with app.app_context():
            ours = session.scalars(select(Property).where(Property.code == "maison")).one()
            session.rollback()
            barrier.wait()
            try:
                grids.publish(
                    house=ours,
                    draft_id=draft_id,
                    revision=revision,
                    publication=Publication(2, TOMORROW, "Marie", ""),
                    actor="user:1",
                    today=TODAY,
                    now=NOW,
                )
                outcomes.append("won")
            except grids.NumberTaken:
                session.rollback()
                outcomes.append("lost")
            session.remove()

    session.commit()
    racers = [Thread(target=race, args=draft) for draft in drafts]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join(timeout=30)

    assert sorted(outcomes) == ["lost", "won"]
    published = select(func.count()).where(GridVersion.property_id == house.id, GridVersion.number == 2)
    assert session.scalar(published) == 1


def test_shows_the_new_prices_to_who_searches_then(house: Property, begin: Begin, publish: Publish) -> None:
    publish(begin())
    stay = Stay(date(2027, 4, 9), date(2027, 4, 11))

    def lowest(today: date) -> int:
        found = search(house=house, stay=stay, party=Household(2), now=NOW + (today - TODAY), today=today)
        return found.offers[0].quote.ladder[0].amount.minor

    assert (lowest(TODAY), lowest(TOMORROW)) == (3600, 4200)


def test_reads_the_platforms_again_before_it_sells_a_later_season(
    house: Property, begin: Begin, publish: Publish
) -> None:
    room = session.scalars(select(Room).where(Room.property_id == house.id)).first()
    assert room is not None
    feed = open_feed(house, room, "http://127.0.0.1:1/calendar.ics")
    feed.due_at, feed.attempted_at = NOW + timedelta(minutes=15), NOW
    house.horizon = TODAY + timedelta(days=30)
    session.commit()

    publish(begin())

    session.refresh(feed)
    assert house.horizon == example_house().horizon
    assert (feed.due_at, feed.attempted_at) == (NOW, None)
