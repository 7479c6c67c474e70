"""Open the queue of wake-up calls: a file of its own beside an embedded database, tables beside a PostgreSQL one."""

from __future__ import annotations

import json
from typing import Any

from huey import Huey, PostgresHuey, SqliteHuey
from huey.registry import Message
from huey.serializer import Serializer
from sqlalchemy import make_url

from config import Config

QUEUE_NAME = "justenuit"
SQLITE_BUSY_SECONDS = 15


class CallTooRich(TypeError):
    """A sweep is woken by its name alone; this call carries more."""


class NameOnly(Serializer):
    """Write a wake-up call as `{"id": …, "name": …}`: unlike huey's pickles, reading one back runs nothing."""

    def _serialize(self, data: Any) -> bytes:
        if (
            not isinstance(data, Message)
            or data.args
            or data.kwargs
            or data.eta
            or data.on_complete
            or data.on_error
        ):
            raise CallTooRich("A sweep takes no argument, gives no result and is woken now.")
        return json.dumps({"id": data.id, "name": data.name}).encode()

    def _deserialize(self, data: bytes) -> Message:
        call = json.loads(bytes(data))
        return Message(id=str(call["id"]), name=str(call["name"]), args=(), kwargs={})


def open_queue(config: Config) -> Huey:
    """Open the queue where the house's database lives, creating it when it is new."""
    url = make_url(config.sqlalchemy_url)
    if url.get_backend_name() == "sqlite":
        config.var_dir.mkdir(parents=True, exist_ok=True)
        return SqliteHuey(
            QUEUE_NAME,
            filename=str(config.var_dir.resolve() / "jobs.sqlite3"),
            fsync=True,
            timeout=SQLITE_BUSY_SECONDS,
            results=False,
            serializer=NameOnly(),
        )
    dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
    return PostgresHuey(QUEUE_NAME, dsn=dsn, results=False, serializer=NameOnly())
