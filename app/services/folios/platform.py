"""The money of a platform's stay: what the platform says, and what it took for the house (decision 13)."""

from __future__ import annotations

from app.database import session
from app.models import Booking, PlatformTerms, Source, TaxCollector

# What the platform took of the guest, as a payment of its own; the reception never takes or gives it back.
PAID_TO_PLATFORM = "platform"
# E12: the channel collects the tax. The account says so, with nothing to pay.
TAX_BY_CHANNEL = "tax_by_channel"


def terms_of(booking: Booking) -> PlatformTerms | None:
    """Return what the platform said of a booking; None for every other one."""
    if booking.source != Source.CHANNEL:
        return None
    return session.get(PlatformTerms, booking.id)


def taken_by_platform(terms: PlatformTerms | None) -> int:
    """Return what the platform took for the lodging, in minor units; 0 where it took nothing or does not say."""
    if terms is None or terms.is_paid_to_house:
        return 0
    return terms.gross_minor or 0


def owes_tax(terms: PlatformTerms | None) -> bool:
    """Tell whether the house collects the tourist tax: always, but of a platform's stay only where that is known."""
    return terms is None or terms.tax_collector == TaxCollector.HOUSE


def is_tax_by_channel(terms: PlatformTerms | None) -> bool:
    """Tell whether the platform collects the tourist tax."""
    return terms is not None and terms.tax_collector == TaxCollector.CHANNEL
