"""Save the address of a feed and read it at once; every refusal as a sentence beside the field (R8)."""

from __future__ import annotations

import random
from datetime import timedelta

from flask import current_app, flash, g
from flask_babel import gettext as _
from wtforms import StringField

from app.database import session
from app.gateways.feeds import FeedReader
from app.gateways.sealing import Vault
from app.models import ChannelName, RoleName
from app.services import channels
from app.services.channels import FeedIsOurOwn, FeedIsRead, FeedUsedElsewhere, Rhythm
from app.web.desk.channels.panel import imported_words
from app.web.desk.door import actor, house, now
from app.web.guards import staff
from calendars.fetch import FetchError
from config import Config

FEED_ROLES = (RoleName.MANAGER, RoleName.RECEPTION)
may_change = staff(*FEED_ROLES)


def save(room_id: int, channel: ChannelName, field: StringField) -> int | None:
    """Save a feed and return its id; None, with a sentence beside the field, when its address will not do."""
    try:
        return channels.save_feed(
            house=house(),
            room_id=room_id,
            channel=channel,
            url=field.data or "",
            vault=feed_reader().vault,
            check_address=feed_reader().check,
            actor=actor(),
            now=now(),
            test_hosts=settings().feed_test_hosts,
        ).id
    except FetchError as refusal:
        words = refusal.words(g.language)
    except FeedIsOurOwn:
        words = _("This is a calendar of this very house: it would feed us our own nights.")
    except FeedIsRead:
        words = _(
            "A calendar is read here already. To take its address away, which frees its nights, choose “Adjust…” above."
        )
    except FeedUsedElsewhere as refusal:
        words = _(
            "This calendar is read for %(room)s already: one of the two is wrong.", room=refusal.room_name
        )
    session.rollback()
    field.errors = [words]
    return None


def read_at_once(feed_id: int, *, is_confirmed: bool = False) -> None:
    """Read a feed now, and say what came of it."""
    config = settings()
    done = channels.import_feed(
        feed_id=feed_id,
        fetch=feed_reader().fetch,
        now=now(),
        rhythm=Rhythm(timedelta(minutes=config.feed_minutes), random.random),
        is_confirmed=is_confirmed,
    )
    if done.fault_code:
        flash(_("The calendar could not be read to the end; the reason stands below."), "error")
    elif done.verdict is not None:
        flash(imported_words(done), "success")
    if done.conflicts:
        flash(_("Some of its nights are taken already: look at the conflicts."), "warning")


def feed_reader() -> FeedReader:
    """Return who reads strangers' calendars for this house."""
    config = settings()
    contact = config.public_url or config.mail_from or house().email
    return FeedReader(contact, Vault(config.vault_keys), config.feed_test_hosts)


def settings() -> Config:
    """Return the settings of this installation."""
    ours: Config = current_app.config["HOUSE"]
    return ours
