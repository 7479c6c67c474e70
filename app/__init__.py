"""The hotel's application."""

from __future__ import annotations

import os

from flask import Flask
from flask_migrate import Migrate

from app import cli, errors, jobs, logs
from app.database import db, install_transactions
from app.schema import MIGRATIONS
from app.web import (
    compression,
    csrf,
    doors,
    filters,
    headers,
    hosts,
    language,
    network,
    sessions,
    settings,
    signing_in,
    transactions,
)
from config import Config, read_config


def create_app(config: Config | None = None) -> Flask:
    """Wire the application together; settings come from the environment unless they are given."""
    house_config = config or read_config(os.environ)
    app = Flask(__name__, template_folder="../templates")
    app.config.from_mapping(settings.flask_settings(house_config))
    app.session_interface = sessions.HouseSessions()
    network.trust_proxies(app, house_config.trusted_proxy_count)
    _open_database(app)
    # Before a request in this order, after it in the reverse one.
    for part in (
        transactions,
        logs,
        compression,
        headers,
        hosts,
        language,
        csrf,
        signing_in,
        filters,
        errors,
    ):
        part.install(app)
    doors.open_doors(app)
    jobs.install(app)
    cli.install(app)
    return app


def _open_database(app: Flask) -> None:
    db.init_app(app)
    Migrate(app, db, directory=str(MIGRATIONS))
    with app.app_context():
        install_transactions(db.engine)
