"""Load the example into an empty database, in the order in which a house comes to life."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select, update

from app.database import session
from app.demo import guests
from app.demo.bookings import DAYS_AHEAD, fill
from app.demo.books import keep_books
from app.demo.channels import book_beside_platform, let_platforms_read, read_today, save_feeds, trust
from app.demo.draws import Lot
from app.demo.house import HOSTS, build_house
from app.demo.hurry import hurried
from app.demo.people import take_in
from app.demo.steps import Scene
from app.gateways.sealing import Vault
from app.models import Letter, Property
from app.services import houses
from pricing.grid import Grid, example_house

ACTOR = "system"
RECEPTION = "Samir"
TREASURER = "Jeanne"
EARLIEST_REQUEST_DAYS = 40  # the artists asked so many days ago


class HouseInTheWay(RuntimeError):
    """The example goes into an empty database only; the sentence says what stands there."""


class ExampleNotPossible(RuntimeError):
    """The rules of the example do not reach as far as this day; the sentence says from when to when they do."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What the doors hand over: the hour, the played platforms, what seals their addresses, the hashed passwords."""

    now: datetime
    today: date
    feed_port: int
    vault: Vault
    password_hashes: Mapping[str, str]


def find_example() -> Property | None:
    """Return the example house if it stands here whole, or None in an empty database.

    Raises: HouseInTheWay for any other house, or an example whose loading was interrupted.
    """
    house = session.scalars(select(Property).order_by(Property.id)).first()
    if house is None:
        return None
    if not house.is_example:
        raise HouseInTheWay(
            f"{house.name} lives in this database. The example needs an empty one: VAR_DIR=var-example bin/serve"
        )
    if not houses.list_hosts(house):
        raise HouseInTheWay(
            "The loading of the example was interrupted: remove its database, and start again."
        )
    return house


def load(stage: Stage) -> Property:
    """Build the house, its people, its feeds and its guests; its doors open last. Commits many times.

    Raises: ExampleNotPossible.
    """
    grid = example_house()
    _refuse_unknown_days(grid, stage.today)
    with hurried():
        return _build(stage, grid)


def _build(stage: Stage, grid: Grid) -> Property:
    house = build_house(grid=grid, actor=ACTOR, now=stage.now, today=stage.today)
    people = take_in(house=house, hashes=stage.password_hashes, actor=ACTOR, now=stage.now)
    scene = Scene(house, f"user:{people[RECEPTION]}", stage.now, stage.today)
    feed_ids = save_feeds(
        house=house, port=stage.feed_port, vault=stage.vault, actor=scene.desk, now=stage.now
    )
    book_beside_platform(scene)
    read_today(scene, feed_ids)
    artists, bob = guests.let_them_book(scene)
    guests.close_rooms(scene)
    guests.fill_the_desk(scene)
    fill(Lot(scene, grid.effective_from, random.Random(stage.today.isoformat())))
    guests.let_them_in(scene, artists, bob)
    let_platforms_read(scene, feed_ids)
    trust(scene, feed_ids)
    keep_books(scene, grid, treasurer=TREASURER, actor=f"user:{people[TREASURER]}")
    _post_old_letters(stage)
    houses.change_hosts(house=house, added=HOSTS, actor=ACTOR, now=stage.now)
    return house


def _refuse_unknown_days(grid: Grid, today: date) -> None:
    first = grid.effective_from + timedelta(days=EARLIEST_REQUEST_DAYS)
    last = grid.horizon - timedelta(days=DAYS_AHEAD + 10)
    if not first <= today <= last:
        raise ExampleNotPossible(
            f"The grid of the example is voted from {first} to {last}, and today is {today}. "
            "Start a house of your own with: bin/serve --empty"
        )


def _post_old_letters(stage: Stage) -> None:
    """Count the letters of days gone by as sent; those of today lie in the outbox, and leave it as any other."""
    session.execute(
        update(Letter)
        .where(Letter.due_at < stage.now - timedelta(hours=1))
        .values(sent_at=Letter.due_at, tries=1)
        .execution_options(synchronize_session=False)
    )
    session.commit()
