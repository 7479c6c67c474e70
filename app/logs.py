"""Write what happened as lines of JSON, without a word about anybody (security rules 8.2).

A request is logged by the rule of its address, never by the address: links carry tokens, searches carry names.
A fault is logged by its kind and places, never by its message: databases quote what they refuse.
"""

from __future__ import annotations

import json
import logging
import time
import traceback
from datetime import UTC, datetime
from typing import Any

from flask import Flask, Response, g, request

EXTRAS = ("rule", "method", "status", "milliseconds", "user_id", "endpoint", "incident")

_log = logging.getLogger("app.requests")


class JsonLines(logging.Formatter):
    """Format a record as one line of JSON: instant, level, logger, message, and known extras only."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; control characters arrive encoded."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "message": record.getMessage(),
        }
        line.update({name: getattr(record, name) for name in EXTRAS if hasattr(record, name)})
        if record.exc_info and record.exc_info[0]:
            line["fault"] = record.exc_info[0].__name__
            line["places"] = [
                f"{frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])
            ]
        return json.dumps(line, ensure_ascii=True)


def install(app: Flask) -> None:
    """Send what the house logs to standard error, one line a request."""
    house_log = logging.getLogger("app")
    if not any(isinstance(handler.formatter, JsonLines) for handler in house_log.handlers):
        handler = logging.StreamHandler()
        handler.setFormatter(JsonLines())
        house_log.addHandler(handler)
        house_log.setLevel(logging.INFO)
    app.before_request(_start)
    app.after_request(_finish)


def _start() -> None:
    g.started_at = time.perf_counter()


def _finish(response: Response) -> Response:
    if request.endpoint != "static":
        _log.info(
            "request",
            extra={
                "rule": request.url_rule.rule if request.url_rule else None,
                "method": request.method,
                "status": response.status_code,
                "milliseconds": round(
                    (time.perf_counter() - g.get("started_at", time.perf_counter())) * 1000, 1
                ),
            },
        )
    return response
