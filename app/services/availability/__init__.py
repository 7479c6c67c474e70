"""What is free for a stay, at which prices, and what comes nearest when nothing is."""

from app.services.availability.alternatives import Alternative
from app.services.availability.assignment import choose_room
from app.services.availability.cards import TypeCard, list_type_cards
from app.services.availability.limits import ArrivalInThePast, StayTooLong, check_stay
from app.services.availability.offers import (
    Offer,
    OfferedRoom,
    OfferNotFound,
    SearchResult,
    offer_for,
    search,
)

__all__ = [
    "Alternative",
    "ArrivalInThePast",
    "Offer",
    "OfferNotFound",
    "OfferedRoom",
    "SearchResult",
    "StayTooLong",
    "TypeCard",
    "check_stay",
    "choose_room",
    "list_type_cards",
    "offer_for",
    "search",
]
