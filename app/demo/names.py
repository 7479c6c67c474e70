"""Names for the guests of the example, put together by lot; every address and number is of those kept for fiction."""

from __future__ import annotations

import random
import unicodedata

from app.services.bookings import GuestDetails

GIVEN = (
    "Aïcha", "Antoine", "Brigitte", "Camille", "Chloé", "Daniel", "Élodie", "Fatima", "Gérard", "Hélène", "Hugo",
    "Inès", "Jacek", "Josiane", "Karine", "Lamia", "Léon", "Lotte", "Manon", "Marek", "Mehdi", "Monique", "Nadia",
    "Noé", "Pauline", "Piet", "René", "Rosa", "Sacha", "Simone", "Thérèse", "Tom", "Wanda", "Yann", "Zoé",
)  # fmt: skip
FAMILY = (
    "Baudry", "Benali", "Carlier", "Claes", "Cordier", "Debruyne", "Delcourt", "Dhaene", "Dubois", "Dufour",
    "Fontaine", "Gosselin", "Haddad", "Jansen", "Kaczmarek", "Lambert", "Leclercq", "Legrand", "Maes", "Marchand",
    "Martel", "Nowak", "Ouali", "Petit", "Quesnel", "Renard", "Rousseau", "Salmon", "Tison", "Vasseur", "Verhaeghe",
    "Wauters", "Wojcik",
)  # fmt: skip
NUMBERS = "+33 6 39 98"  # never given to anybody


def draw_guest(dice: random.Random, *, has_email: bool) -> GuestDetails:
    """Draw somebody who can be written to, or called."""
    name = f"{dice.choice(GIVEN)} {dice.choice(FAMILY)}"
    if has_email:
        return GuestDetails(name=name, email=f"{_plain(name)}@courrier.example")
    return GuestDetails(name=name, telephone=f"{NUMBERS} {dice.randrange(100):02} {dice.randrange(100):02}")


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFD", name.lower().replace(" ", "."))
    return "".join(letter for letter in letters if letter.isascii())
