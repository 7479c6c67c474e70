"""Translate the house's Config into what Flask and its extensions read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from config import Config

LARGEST_REQUEST_BYTES = 1024 * 1024


def flask_settings(config: Config) -> dict[str, Any]:
    """Return Flask's settings; the Config itself stands under `HOUSE`."""
    if not config.database_url:
        Path(config.var_dir).mkdir(mode=0o700, parents=True, exist_ok=True)
    return {
        "HOUSE": config,
        "SECRET_KEY": config.secret_key,
        "SQLALCHEMY_DATABASE_URI": config.sqlalchemy_url,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(config),
        "MAX_CONTENT_LENGTH": LARGEST_REQUEST_BYTES,
        "WTF_CSRF_TIME_LIMIT": None,  # a form lives as long as its session
        "WTF_CSRF_SSL_STRICT": False,  # our pages send no referrer from links; Sec-Fetch-Site and Origin decide
        "BABEL_DEFAULT_LOCALE": "en",  # the language that the texts in the code are written in
    }


def _engine_options(config: Config) -> dict[str, Any]:
    options: dict[str, Any] = {
        "hide_parameters": True,  # what a statement was given stays out of messages and logs
        "pool_size": config.web_threads,
        "max_overflow": config.web_threads,  # what has a short transaction of its own holds a second connection
    }
    if not config.sqlalchemy_url.startswith("sqlite"):
        options["pool_pre_ping"] = True
    return options
