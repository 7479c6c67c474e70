"""The lot that decides who else comes to the example house: for how long, how many, at which price, asked when."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from app.demo.names import draw_guest
from app.demo.steps import Scene, Wanted
from app.models import PaymentMethod
from app.services.bookings import PriceChoice
from pricing.household import Household
from pricing.money import Money
from pricing.stay import Stay

Thing = TypeVar("Thing")

LENGTHS = {1: 30, 2: 34, 3: 18, 4: 9, 5: 4, 7: 5}
BRACKETS = {1: 10, 2: 12, 3: 15, 4: 17, 5: 16, 6: 13, 7: 10, 8: 7}
LEAD_DAYS = (1, 35)
METHODS = {PaymentMethod.CASH: 5, PaymentMethod.CHEQUE: 3, PaymentMethod.HOLIDAY_VOUCHER: 2}
PARTIES: Mapping[str, dict[Household, int]] = {
    "single": {Household(1): 1},
    "double": {Household(2): 6, Household(1): 2, Household(1, (8,)): 1},
    "family": {Household(2, (5, 9)): 4, Household(1, (3, 6)): 2, Household(2, (1, 4)): 2, Household(4): 1},
    "accessible": {Household(2): 3, Household(1): 2, Household(2, (0,)): 1},
}
WRITES, SPEAKS_ENGLISH = 0.45, 0.2
REAL_COST, OWN_AMOUNT = 0.12, 0.2
EUROS_A_PERSON = (22, 38)  # above the least that any night may cost


@dataclass(frozen=True, slots=True)
class Lot:
    """The dice of one day's example: the same day, the same throws. Nobody asked before `first_day`."""

    scene: Scene
    first_day: date
    dice: random.Random

    def wish(self, type_code: str, arrival: date) -> Wanted:
        """Draw who wants a room of this type from a day on."""
        nights, party = self.one_of(LENGTHS), self.one_of(PARTIES[type_code])
        return Wanted(
            stay=Stay(arrival, arrival + timedelta(days=nights)),
            party=party,
            offer_key=type_code,
            choice=self._choice(nights, party),
            guest=draw_guest(self.dice, has_email=self.dice.random() < WRITES),
            language="en" if self.dice.random() < SPEAKS_ENGLISH else "fr",
        )

    def asked_at(self, arrival: date, *, days_ago: int = 1) -> datetime:
        """Draw when they asked: some days before they come, and `days_ago` at the latest."""
        latest = self.scene.today - timedelta(days=days_ago)
        day = max(min(arrival - timedelta(days=self.dice.randint(*LEAD_DAYS)), latest), self.first_day)
        return self.scene.at(day, self.dice.randint(8, 20), self.dice.randrange(60))

    def one_of(self, weights: Mapping[Thing, int]) -> Thing:
        """Draw one of these things, by weight."""
        return self.dice.choices(list(weights), list(weights.values()))[0]

    def _choice(self, nights: int, party: Household) -> PriceChoice:
        """Draw a rung for most, the real cost for some, an amount of their own for a few."""
        lot = self.dice.random()
        if lot < REAL_COST:
            return PriceChoice()
        if lot < OWN_AMOUNT:
            return PriceChoice(amount=Money.of(nights * party.size * self.dice.randint(*EUROS_A_PERSON)))
        return PriceChoice(bracket=self.one_of(BRACKETS))
