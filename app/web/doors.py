"""Open the doors: which blueprint stands under which address."""

from __future__ import annotations

from flask import Flask

from app.web.csrf import protection
from app.web.desk import desk
from app.web.feeds import feeds
from app.web.guest import guest
from app.web.language import UNDER_A_LANGUAGE
from app.web.links import links
from app.web.office import office
from app.web.webhooks import webhooks


def open_doors(app: Flask) -> None:
    """Register every door; screens stand under a language, what machines and mails know does not."""
    app.register_blueprint(guest, url_prefix=UNDER_A_LANGUAGE)
    app.register_blueprint(desk, url_prefix=f"{UNDER_A_LANGUAGE}/desk")
    app.register_blueprint(office, url_prefix=f"{UNDER_A_LANGUAGE}/office")
    app.register_blueprint(links)
    app.register_blueprint(feeds)
    app.register_blueprint(webhooks)
    protection.exempt(webhooks)  # a processor has no form of ours; it signs every byte instead
