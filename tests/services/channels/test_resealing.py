"""After a change of keys every address is sealed anew, and none is lost on the way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.database import session
from app.gateways.sealing import Vault
from app.models import ChannelName, Feed, Property, Room
from app.services import channels
from tests.cast import NOW
from tests.conftest import Stage
from tests.platforms import SECRET, VAULT
from tests.services.channels.conftest import open_feed

NEW = "a new text of 32 characters that seals"
URL = "https://www.airbnb.fr/calendar/ical/12.ics?s=a-very-secret-word"


@pytest.fixture
def sealed(house: Property, room: Room) -> Feed:
    """Return a feed whose address is sealed with the key of the tests."""
    return open_feed(house, room, URL)


def test_needs_the_old_key_no_more(sealed: Feed) -> None:
    done = channels.reseal_addresses(vault=Vault((NEW, SECRET)))

    assert done == channels.Resealed(count=1)
    assert Vault((NEW,)).open(sealed.sealed_url) == URL
    assert sealed.url_mark == Vault((NEW,)).mark(URL)


def test_leaves_alone_what_no_key_opens(sealed: Feed) -> None:
    before = sealed.sealed_url

    done = channels.reseal_addresses(vault=Vault((NEW,)))

    assert done == channels.Resealed(lost=1)
    assert sealed.sealed_url == before


def test_finds_a_second_use_while_the_keys_change(house: Property, sealed: Feed) -> None:
    other = session.scalars(
        select(Room).where(Room.property_id == house.id, Room.id != sealed.room_id)
    ).first()
    assert other is not None

    with pytest.raises(channels.FeedUsedElsewhere):
        channels.save_feed(
            house=house,
            room_id=other.id,
            channel=ChannelName.AIRBNB,
            url=URL,
            vault=Vault((NEW, SECRET)),
            check_address=lambda _: None,
            actor="user:1",
            now=NOW,
        )


def test_is_one_command(sealed: Feed, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    done = run(stage.app, monkeypatch, (NEW, SECRET))
    again = run(stage.app, monkeypatch, (NEW,))
    lost = run(stage.app, monkeypatch, (SECRET,))

    assert (done.exit_code, done.output) == (0, "Addresses sealed with the newest key: 1.\n")
    assert again.exit_code == 0
    assert (lost.exit_code, "none of the keys opens: 1" in lost.output) == (1, True)
    assert "airbnb" not in done.output + lost.output
    session.expire_all()
    assert VAULT.mark(URL) != session.get_one(Feed, sealed.id).url_mark


def run(app: Flask, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...]) -> Any:
    """Run `flask house reseal` with these keys."""
    monkeypatch.setitem(app.config, "HOUSE", replace(app.config["HOUSE"], feed_keys=keys))
    session.commit()
    return app.test_cli_runner().invoke(args=["house", "reseal"])
