"""Send the jobs on their errands to the card processor as soon as a booking has been answered or ended."""

from __future__ import annotations

from flask import current_app

from app.jobs import wake


def follow_cards() -> None:
    """Have done at once what an answer, a cancellation or a payment means for a card; call it after the commit.

    The jobs call the processor, nobody waits for it; where they are out of order, their next sweep finds the same.
    """
    if current_app.config["HOUSE"].takes_cards:
        wake("payments")
