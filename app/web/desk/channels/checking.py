"""Check our own address of a feed from outside: what a platform would meet there, a line for each point."""

from __future__ import annotations

from flask import g, render_template

from app.database import session
from app.gateways.own_address import OwnDoor
from app.services import channels
from app.web.desk.channels.address_words import show_findings
from app.web.desk.channels.panel import card_or_404, panel_of
from app.web.desk.channels.saving import feed_reader, may_change, settings
from app.web.desk.door import Page, desk, house, now
from app.web.feeds import own_check_mark
from app.web.transactions import reads


@desk.post("/channels/<int:feed_id>/check")
@may_change
@reads
def check_address(feed_id: int) -> Page:
    """Ring at our own door as a platform would, and tell what came back."""
    card = card_or_404(feed_id)
    panel = panel_of(card, now())
    session.commit()  # nothing is held while we wait for ourselves
    findings = channels.check_address(
        panel.address,
        public_url=settings().public_url,
        check_public=feed_reader().check,
        ring=OwnDoor(own_check_mark(card.public_id, card.token_version)).ring,
        house=house(),
        now=now(),
    )
    return render_template(
        "desk/address_check.html",
        card=panel,
        findings=show_findings(findings, g.language),
        is_well=all(finding.is_well for finding in findings),
    )
