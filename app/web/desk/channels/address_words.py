"""What was found about our address, a sentence for each point: why it is well, or what to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext as _

from app.services.channels import Finding, Point
from calendars.words import say


@dataclass(frozen=True, slots=True)
class FindingShown:
    """A line of the page: the sign beside the words, and the words."""

    sign: str
    words: str


def show_findings(findings: tuple[Finding, ...], language: str) -> tuple[FindingShown, ...]:
    """Put what was found into words."""
    well, amiss = _well(), _amiss(language)
    return tuple(
        FindingShown("is-confirmed", well[finding.point])
        if finding.is_well
        else FindingShown("is-conflict", amiss[finding.point](finding))
        for finding in findings
    )


def _well() -> dict[Point, str]:
    return {
        Point.PUBLIC_URL: _("The house knows its own public address."),
        Point.HTTPS: _("The address is on https."),
        Point.PUBLIC: _("The address leads to a public server."),
        Point.NAME: _("The address ends in .ics."),
        Point.ANSWER: _("It answers."),
        Point.REDIRECT: _("It leads nowhere else."),
        Point.TYPE: _("It says that it is a calendar."),
        Point.CALENDAR: _("The calendar can be read."),
        Point.COOKIE: _("It asks readers to keep nothing (no cookie)."),
        Point.ETAG: _("A reader who has it already is told that nothing has changed."),
        Point.HEAD: _("It answers the short question, too (HEAD)."),
        Point.CLOCK: _("The clock of the server is right."),
    }


def _amiss(language: str) -> dict[Point, Callable[[Finding], str]]:
    return {
        Point.PUBLIC_URL: lambda _found: _(
            "PUBLIC_URL is not set: until it is, the address depends on how you have come to this page. Whoever looks"
            " after the server writes https:// and the name of the house there."
        ),
        Point.HTTPS: lambda _found: _(
            "The address is on http: some platforms refuse it, and anybody on the way could read it. The server needs"
            " a certificate, and PUBLIC_URL must begin with https://."
        ),
        Point.PUBLIC: lambda found: f"{say(found.code, language)} " + _("Platforms cannot reach it."),
        Point.NAME: lambda _found: _(
            "The address does not end in .ics: Airbnb refuses it. Something in front of the server has changed it."
        ),
        Point.ANSWER: _silence,
        Point.REDIRECT: lambda found: _(
            "It sends its readers elsewhere (%(status)d): some platforms do not follow. PUBLIC_URL must be the address"
            " at which the house answers in the end.",
            status=found.status,
        ),
        Point.TYPE: lambda _found: _(
            "It does not say that it is a calendar (text/calendar): something in front of the server changes the"
            " answer."
        ),
        Point.CALENDAR: lambda _found: _(
            "What comes back is no calendar: look whether a page of the host or of a firewall stands in front of it."
        ),
        Point.COOKIE: lambda _found: _(
            "It sends a cookie: something in front of the server adds it. Ask your host to leave /feeds/ alone."
        ),
        Point.ETAG: lambda _found: _(
            "It sends everything each time (no ETag, no 304): it works, and costs more. Something in front of the"
            " server takes the mark away."
        ),
        Point.HEAD: lambda _found: _(
            "It does not answer the short question (HEAD): some platforms ask it first. Ask your host to let HEAD pass."
        ),
        Point.CLOCK: lambda _found: _(
            "The clock of the server is wrong by more than two minutes: platforms may take an old calendar for a new"
            " one."
        ),
    }


def _silence(found: Finding) -> str:
    if found.code == "certificate":
        return _("The certificate of the server is not trusted: platforms refuse it. It must be renewed.")
    if found.code == "status":
        return _(
            "It answers with error %(status)d instead of the calendar: look whether something stands in front of the"
            " server.",
            status=found.status,
        )
    return _(
        "Nobody answers at this address: look whether its name is right and the server reachable from outside."
    )
