"""The example house itself: its card, its rooms, its grid, its tourist tax."""

from __future__ import annotations

from datetime import date, datetime, time

from app.models import Property
from app.services import furnishing, houses
from app.services.furnishing import RoomPlan, TypePlan
from pricing.grid import Grid
from pricing.tourist_tax import example_tax

CODE = "maison-ingenieur"
HOSTS = ("localhost", "127.0.0.1")
DETAILS = houses.HouseDetails(
    code=CODE,
    name="La Maison d'Ingénieur",
    timezone="Europe/Paris",
    currency="EUR",
    languages=("fr", "en"),
    telephone="+33 3 53 01 62 30",  # of the range that is kept for fiction
    email="accueil@maison-ingenieur.example",
    address="12 rue de l'Ingénieur\n62300 Lens",
)
HOURS = furnishing.Hours(
    check_in_from=time(15),
    check_in_until=time(20),
    check_out_until=time(11),
    desk_opens=time(9),
    desk_closes=time(20),
)
TERMS = furnishing.Terms(free_cancellation_days=2, free_cancellation_until=time(18), most_nights_of_a_stay=60)
TYPES = (
    TypePlan(
        code="single",
        names={"fr": "Chambre simple", "en": "Single room"},
        descriptions={
            "fr": "Petite et calme, un lit, un bureau sous la fenêtre, de quoi lire.",
            "en": "Small and quiet: a bed, a desk under the window, something to read.",
        },
        facts={"floor_area": 11, "beds": {"fr": "un lit simple", "en": "one single bed"}},
        sleeps=1,
        rooms=(
            RoomPlan("Le Cabinet", "cabinet.svg"),
            RoomPlan("La Lingerie", "lingerie.svg"),
        ),
    ),
    TypePlan(
        code="double",
        names={"fr": "Chambre double", "en": "Double room"},
        descriptions={
            "fr": "Un grand lit ou deux petits, des livres, la vue sur le jardin ou sur le terril.",
            "en": "One large bed or two small ones, books, a view of the garden or of the slag heap.",
        },
        facts={
            "floor_area": 16,
            "beds": {"fr": "un grand lit ou deux lits simples", "en": "a double bed or two single beds"},
        },
        sleeps=2,
        rooms=(
            RoomPlan("La Bibliothèque", "bibliotheque.svg"),
            RoomPlan("Le Terril", "terril.svg"),
            RoomPlan("Le Jardin", "jardin.svg"),
        ),
    ),
    TypePlan(
        code="family",
        names={"fr": "Chambre familiale", "en": "Family room"},
        descriptions={
            "fr": "Un grand lit, deux petits, et la place de jouer par terre.",
            "en": "A large bed, two small ones, and a floor to play on.",
        },
        facts={
            "floor_area": 24,
            "beds": {"fr": "un grand lit et deux lits simples", "en": "a double bed and two single beds"},
        },
        sleeps=4,
        rooms=(
            RoomPlan("Les Corons", "corons.svg"),
            RoomPlan("Le Verger", "verger.svg"),
        ),
    ),
    TypePlan(
        code="accessible",
        names={"fr": "Chambre accessible", "en": "Accessible room"},
        descriptions={
            "fr": "De plain-pied sur le jardin, une douche sans seuil, de la place pour tourner.",
            "en": "Level with the garden, a shower without a sill, room to turn.",
        },
        facts={
            "floor_area": 20,
            "is_step_free": True,
            "door_width_cm": 90,
            "has_roll_in_shower": True,
            "beds": {"fr": "un grand lit ou deux lits simples", "en": "a double bed or two single beds"},
        },
        sleeps=2,
        rooms=(RoomPlan("La Rotonde", "rotonde.svg"),),
        cots=1,
    ),
)


def build_house(*, grid: Grid, actor: str, now: datetime, today: date) -> Property:
    """Make the house with its rooms and rules; it answers under no host name yet, so nobody can enter. Commits."""
    house = houses.create_house(details=DETAILS, hosts=(), actor=actor, now=now)
    house.is_example = True
    plan = furnishing.HousePlan(
        hours=HOURS,
        terms=TERMS,
        types=TYPES,
        grid=furnishing.GridPlan(grid, author="Marie", vote_reference="example"),
        tax=furnishing.TaxPlan(date(2026, 1, 1), example_tax()),
    )
    furnishing.furnish(house=house, plan=plan, actor=actor, now=now, today=today)
    return house
