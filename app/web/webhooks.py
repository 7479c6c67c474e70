"""Take what the card processor tells: verify the very bytes, keep them, answer at once (payments 4.7)."""

from __future__ import annotations

import logging

from flask import Blueprint, abort, current_app, request

from app import clock
from app.gateways.payments import NotificationInvalid
from app.gateways.stripe.notifications import LARGEST_NOTIFICATION
from app.services import payments
from app.web.card_errands import follow_cards
from app.web.cards import processor_of

webhooks = Blueprint("webhooks", __name__, url_prefix="/webhooks")

_log = logging.getLogger(__name__)


@webhooks.post("/stripe")
def receive() -> tuple[str, int]:
    """Keep a signed notice, known object or not, and have it applied; nothing unsigned leaves a trace."""
    processor = processor_of(current_app.config["HOUSE"])
    if processor is None:
        abort(404)
    request.max_content_length = LARGEST_NOTIFICATION
    raw, signature, now = (
        request.get_data(cache=False),
        request.headers.get("Stripe-Signature", ""),
        clock.now(),
    )
    try:
        notification = processor.gateway.parse_notification(raw, signature, now=now)
    except NotificationInvalid as refusal:
        _log.warning("a notice was refused: %s", refusal)
        return "", 400
    if payments.keep(notification=notification, gateway=processor.gateway, now=now):
        follow_cards()
    return "", 200
