"""A worker in a process of its own that reads one feed once."""

from __future__ import annotations

from pathlib import Path

from app import create_app
from app.services import channels
from config import Config
from tests.cast import NOW
from tests.platforms import Platform
from tests.services.channels.conftest import RHYTHM


def import_once(database_url: str, var_dir: str, feed_id: int, port: int) -> int:
    """Import the feed and return how many stays were new."""
    secret = "a secret for tests and for nothing else"
    config = Config(secret_key=secret, var_dir=Path(var_dir), database_url=database_url)
    with create_app(config).app_context():
        fetch = Platform(port=port).reader.fetch
        return channels.import_feed(feed_id=feed_id, fetch=fetch, now=NOW, rhythm=RHYTHM).added
