"""The guests of the example who have a name of their own, and what waits for somebody at the desk today."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import time, timedelta
from functools import partial

from sqlalchemy import select

from app.database import session
from app.demo import steps
from app.demo.steps import Scene, Wanted
from app.models import Booking, PaymentMethod, Room
from app.services import blocks
from app.services.bookings import GuestDetails, PriceChoice
from app.services.inventory import RoomNotAvailable
from pricing.household import Household
from pricing.stay import Stay

ANSWER_OPEN_FOR = timedelta(minutes=40)
DAYS_TO_TRY = 10


def let_them_book(scene: Scene) -> tuple[Booking, Booking]:
    """Write down everybody whom the description of the example names; return who is in the house today. Commits."""
    artists, bob = _artists(scene), _bob(scene)
    _charlie(scene)
    _alice(scene)
    _peeters(scene)
    return artists, bob


def let_them_in(scene: Scene, artists: Booking, bob: Booking) -> None:
    """Give their keys to those who are in the house today, once those before them have left. Commits."""
    steps.check_in(scene, artists, hour=17)
    paid_at = scene.at(artists.arrival, 17, 20)
    steps.pay(scene, artists, PaymentMethod.CHEQUE, paid_at=paid_at, note="bourse de création")
    steps.check_in(scene, bob)


def fill_the_desk(scene: Scene) -> None:
    """Leave reception something to do: a late guest, requests, a call to make, holds, an open price. Commits."""
    _who_is_late(scene)
    _who_waits_for_an_answer(scene)
    _who_is_still_choosing(scene)


def close_rooms(scene: Scene) -> None:
    """Take two rooms out of sale for some nights. Commits."""
    for room_name, first, nights, reason, note in (
        ("Le Verger", 20, 2, "repair", "Le plombier vient pour la douche."),
        ("La Lingerie", 41, 3, "house_use", "Veillées du conseil de la maison."),
    ):
        statement = select(Room.id).where(Room.property_id == scene.house.id, Room.name == room_name)
        blocks.block(
            house=scene.house,
            room_id=session.scalars(statement).one(),
            stay=_from(scene, first, nights),
            reason=reason,
            note=note,
            actor=scene.desk,
            now=scene.at(scene.today - timedelta(days=6), 11),
        )


def _where_free(wanted: Wanted, keys: Iterable[str], book: Callable[[Wanted], Booking]) -> Booking:
    """Book the first of these offers that is free, a day later if none is: the platforms sell double rooms too."""
    for days in range(DAYS_TO_TRY):
        for key in keys:
            try:
                return book(replace(wanted, stay=wanted.stay.shifted(days), offer_key=key))
            except RoomNotAvailable:
                continue
    raise RoomNotAvailable(wanted.stay)


def _from(scene: Scene, days: int, nights: int) -> Stay:
    arrival = scene.today + timedelta(days=days)
    return Stay(arrival, arrival + timedelta(days=nights))


def _artists(scene: Scene) -> Booking:
    """House four artists for three weeks, paid by a grant: who pays does not change the rung (decision 13)."""
    wanted = Wanted(
        stay=_from(scene, -8, 21),
        party=Household(4),
        offer_key="family",
        choice=PriceChoice(bracket=2),
        guest=GuestDetails(
            name="Collectif Gaillette",
            email="collectif.gaillette@courrier.example",
            message="Résidence de trois semaines ; la bourse règle tout à l'arrivée.",
        ),
    )
    return steps.book_online(scene, wanted, asked_at=scene.at(scene.today - timedelta(days=40), 14, 10))


def _bob(scene: Scene) -> Booking:
    """Lodge Bob Wright, here for the Louvre-Lens: he would rather not choose, and pays the real cost when he leaves."""
    wanted = Wanted(
        stay=_from(scene, -2, 2),
        party=Household(1),
        offer_key="single",
        choice=PriceChoice(),
        guest=GuestDetails(name="Bob Wright", email="bob.wright@post.example"),
        language="en",
    )
    return steps.book_online(scene, wanted, asked_at=scene.at(scene.today - timedelta(days=16), 20, 5))


def _charlie(scene: Scene) -> None:
    """Expect Charlie late tonight; there is no e-mail, only a telephone."""
    wanted = Wanted(
        stay=_from(scene, 0, 2),
        party=Household(1),
        offer_key="single",
        choice=PriceChoice(bracket=4),
        guest=GuestDetails(
            name="Charlie Morel",
            telephone="+33 6 39 98 41 07",
            message="Mon train arrive à 22 h 30.",
            arrival_time=time(22, 45),
        ),
    )
    steps.book_online(scene, wanted, asked_at=scene.at(scene.today - timedelta(days=4), 12, 30))


def _alice(scene: Scene) -> None:
    """Expect Alice Delattre, a neighbour, for the two nights before she goes to hospital."""
    wanted = Wanted(
        stay=_from(scene, 1, 2),
        party=Household(1),
        offer_key="accessible",
        choice=PriceChoice(bracket=1),
        guest=GuestDetails(
            name="Alice Delattre",
            email="alice.delattre@courrier.example",
            message="Je suis attendue à l'hôpital à sept heures et demie.",
            arrival_time=time(18),
        ),
    )
    steps.book_online(scene, wanted, asked_at=scene.at(scene.today - timedelta(days=9), 9, 40))


def _peeters(scene: Scene) -> None:
    """Expect the Peeters of Ghent: five people, two rooms."""
    wanted = Wanted(
        stay=_from(scene, 5, 3),
        party=Household(2, (4, 7, 11)),
        offer_key="double+family",
        choice=PriceChoice(bracket=5),
        guest=GuestDetails(
            name="Famille Peeters",
            email="peeters.gent@post.example",
            message="We come by bicycle. Is there a shed?",
            arrival_time=time(17, 30),
        ),
        language="en",
    )
    asked_at = scene.at(scene.today - timedelta(days=21), 21, 15)
    keys = ("double+family", "accessible+family", "single+family")
    _where_free(wanted, keys, partial(steps.book_online, scene, asked_at=asked_at))


def _who_is_late(scene: Scene) -> None:
    """Expect somebody since yesterday who has not come."""
    wanted = Wanted(
        stay=_from(scene, -1, 2),
        party=Household(2),
        offer_key="family",
        choice=PriceChoice(bracket=6),
        guest=GuestDetails(name="Maxime Tison", telephone="+33 6 39 98 12 80"),
    )
    steps.book_by_telephone(scene, wanted, asked_at=scene.at(scene.today - timedelta(days=5), 15))


def _who_waits_for_an_answer(scene: Scene) -> None:
    """Leave three requests open: one nearly due, one fresh, one from somebody who can only be called."""
    nearly_due = scene.now + ANSWER_OPEN_FOR - timedelta(days=1) - steps.TO_OPEN_THE_LINK
    fresh = scene.now - timedelta(minutes=50)
    to_call = scene.now - timedelta(minutes=25)
    rooms = (
        (9, 2, "double", Household(2), 3, "Nadia Lefebvre", "nadia.lefebvre@courrier.example", nearly_due),
        (16, 4, "family", Household(2, (1, 6)), 7, "Tom Verhaeghe", "tom.verhaeghe@post.example", fresh),
        (11, 1, "single", Household(1), 2, "René Kaczmarek", "", to_call),
    )
    for first, nights, key, party, bracket, name, email, asked_at in rooms:
        guest = GuestDetails(name=name, email=email, telephone="" if email else "+33 6 39 98 77 15")
        wanted = Wanted(_from(scene, first, nights), party, key, PriceChoice(bracket=bracket), guest)
        _where_free(wanted, [key], partial(steps.request, scene, asked_at=asked_at))


def _who_is_still_choosing(scene: Scene) -> None:
    """Keep nights for one who has the review page open, one with a link to open, one who has a price to choose."""
    party, choice = Household(2), PriceChoice(bracket=4)
    looking = GuestDetails(name="Sacha Renard", email="sacha.renard@courrier.example")
    linked = GuestDetails(name="Lotte Claes", email="lotte.claes@post.example")
    called = GuestDetails(name="Simone Carlier", email="simone.carlier@courrier.example")
    _where_free(
        Wanted(_from(scene, 25, 2), party, "double", choice, looking),
        ["double"],
        partial(steps.hold, scene, asked_at=scene.now - timedelta(minutes=1)),
    )
    _where_free(
        Wanted(_from(scene, 30, 3), party, "double", choice, linked, "en"),
        ["double"],
        partial(steps.order, scene, asked_at=scene.now - timedelta(minutes=12)),
    )
    steps.book_by_telephone(
        scene,
        Wanted(_from(scene, 13, 2), party, "accessible", choice, called),
        asked_at=scene.now - timedelta(hours=2),
        is_price_open=True,
    )
