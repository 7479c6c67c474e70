"""Why this price? The whole account of a booking for its guest: night by night, rule, weights, seasons, costs, choice.

The same in ten years: it is computed again from the grid that was frozen with the booking, and from what is stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import abort, g, render_template

from app.services.correspondence import tell
from app.web.drawings.portrait import plot_curve
from app.web.guest.access import own_booking
from app.web.guest.door import Page, guest, now
from app.web.guest.priced import Priced, explain_booking, price_of_booking
from pricing.explain import Explanation
from pricing.money import Money


@dataclass(frozen=True, slots=True)
class NightShown:
    """One night: its season, why it is in it and rather than in which, what it costs the house, what was agreed."""

    night: date
    season: str
    reason: str
    cost: Money
    agreed: Money


@guest.get("/bookings/<reference>/why")
def why(reference: str) -> Page:
    """Account for the agreed price of a booking; a price still to be chosen has nothing to account for."""
    found = own_booking(reference)
    priced = price_of_booking(found, g.language) if found.grid_version_id else None
    explanation = explain_booking(found, priced, g.language) if priced else None
    if priced is None or explanation is None:
        abort(404)
    return render_template(
        "guest/why.html",
        told=tell(found, now()),
        explanation=explanation,
        nights=_nights(priced, explanation, g.language),
        curve=plot_curve(priced.grid, g.language),
        rooms=priced.rooms,
        version=priced.grid.version,
        valid_from=priced.grid.effective_from,
        vote=priced.grid.vote_reference,
    )


def _nights(priced: Priced, explanation: Explanation, language: str) -> tuple[NightShown, ...]:
    return tuple(
        NightShown(
            night=quoted.night,
            season=quoted.season.names[language],
            reason=quoted.season.reason(language),
            cost=quoted.reference,
            agreed=line.amount,
        )
        for quoted, line in zip(priced.quote.nights, explanation.nights, strict=True)
    )
