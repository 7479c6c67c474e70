"""The sentences of the explanation, by language; gaps in braces are filled by explain/.

French puts a no-break space before a colon, a semicolon and a percent sign.
"""

from fractions import Fraction

COSTS = {
    "fr": {
        "fixed": "La maison\u00a0: toit, chauffage, équipe",
        "room": "La chambre\u00a0: ménage, linge",
        "persons": "Les personnes\u00a0: eau, énergie",
    },
    "en": {
        "fixed": "The house: roof, heating, team",
        "room": "The room: cleaning, linen",
        "persons": "The people: water, energy",
    },
}

COST_AT_MOST = {
    "fr": "Personne ne se voit demander plus que ce que la nuit coûte à la maison.",
    "en": "Nobody is asked for more than the night costs the house.",
}

INCOMES = {  # by whether there is a lower, and an upper, edge
    "fr": {
        (False, False): "",
        (False, True): "moins de {high} par mois",
        (True, True): "de {low} à {high} par mois",
        (True, False): "{low} par mois et plus",
    },
    "en": {
        (False, False): "",
        (False, True): "under {high} a month",
        (True, True): "from {low} to {high} a month",
        (True, False): "{low} a month and more",
    },
}

PARTS = {
    "fr": {Fraction(1): "un", Fraction(1, 2): "moitié", Fraction(3, 10): "trois dixièmes"},
    "en": {Fraction(1): "one", Fraction(1, 2): "half", Fraction(3, 10): "three tenths"},
}
OTHER_ADULTS = {
    "fr": "La première personne compte pour {first}, les autres à partir de 14\u00a0ans pour {part}.",
    "en": "The first person counts for {first}, others from the age of 14 for {part}.",
}
CHILDREN = {
    "fr": "Un enfant de 3 à 13\u00a0ans compte pour {part}.",
    "en": "A child from 3 to 13 counts for {part}.",
}
BABIES = {
    "fr": "Un enfant de moins de 3\u00a0ans compte pour {part}.",
    "en": "A child under 3 counts for {part}.",
}
FREE_BABIES = {
    "fr": "Les moins de 3\u00a0ans ne comptent pas.",
    "en": "Those under 3 do not count.",
}

ROOM = {"fr": "chambre\u00a0{number}", "en": "room {number}"}
THE_ROOM = {"fr": "la chambre\u00a0{number}", "en": "room {number}"}
THIS_ROOM = {"fr": "cette chambre", "en": "this room"}
ROOM_FACTOR = {
    "fr": "Le prix est multiplié par {factor} pour {room}.",
    "en": "The price is multiplied by {factor} for {room}.",
}
ROOM_BEYOND = {
    "fr": "{room} vient en plus des chambres nécessaires\u00a0: elle ajoute {supplement} par nuit.",
    "en": "{room} is one more than you need: it adds {supplement} a night.",
}
ROOM_SHARED = {
    "fr": (
        "{room} est partagée par {count}\u00a0foyers\u00a0: chacun paie pour les siens, et porte une part égale de ce "
        "qu’elle coûte et du prix le plus haut."
    ),
    "en": (
        "{room} is shared by {count} households: each pays for its own people, and bears an equal part of what it "
        "costs and of the highest price."
    ),
}
ROUNDING = {
    "fr": "Chaque nuit est arrondie à {step} près, {hard_ceiling} au plus par chambre.",
    "en": "Each night is rounded to {step}, with {hard_ceiling} at most a room.",
}

SEASON_SAME = {
    "fr": "{season}\u00a0: elle ne change rien au prix.",
    "en": "{season}: it changes nothing.",
}
SEASON_LESS = {
    "fr": "{season}\u00a0: {change} de moins pour tout le monde.",
    "en": "{season}: {change} less for everybody.",
}
SEASON_MORE = {
    "fr": (
        "{season}\u00a0: jusqu’à {change} de plus, rien en dessous de {low} de niveau de vie par mois, "
        "en plein à partir de {high}."
    ),
    "en": (
        "{season}: up to {change} more, nothing below {low} of monthly standard of living, "
        "in full from {high} on."
    ),
}
SEASON_RESIDENT = {
    "fr": "{season}\u00a0: rien de plus pour {residents}.",
    "en": "{season}: nothing more for {residents}.",
}

LENGTH = {
    "fr": "À partir de la {night}e\u00a0nuit, {change} de moins sur ce qui dépasse {floor}.",
    "en": "From night {night} on, {change} less on what is above {floor}.",
}

TABLE = {
    "fr": {
        "night": "nuit",
        "room": "chambre",
        "season": "saison",
        "change": "change",
        "reason": "parce que",
        "cost": "coût",
        "price": "prix",
        "total": "total",
        "real_cost": "coût réel",
        "agreed": "prix convenu",
        "to_pay": "reste à payer",
    },
    "en": {
        "night": "night",
        "room": "room",
        "season": "season",
        "change": "changes",
        "reason": "because of",
        "cost": "cost",
        "price": "price",
        "total": "total",
        "real_cost": "real cost",
        "agreed": "price agreed",
        "to_pay": "left to pay",
    },
}
AT_MOST = {"fr": "+{percent} au plus", "en": "+{percent} at most"}

CHOSE_RUNG = {
    "fr": "Vous avez choisi {amount}\u00a0; ce séjour coûte {cost} à la maison.",
    "en": "You chose {amount}; this stay costs the house {cost}.",
}
CHOSE_AMOUNT = {
    "fr": (
        "Vous avez fixé le prix à {amount}, réparti sur les nuits\u00a0; ce séjour coûte {cost} à la maison."
    ),
    "en": "You set the price at {amount}, spread over the nights; this stay costs the house {cost}.",
}
CHOSE_COST = {
    "fr": "Vous avez choisi de payer ce que ce séjour coûte à la maison, {cost}.",
    "en": "You chose to pay what this stay costs the house, {cost}.",
}
DID_NOT_CHOOSE = {
    "fr": "Vous avez préféré ne pas choisir\u00a0: le prix est ce que ce séjour coûte à la maison, {cost}.",
    "en": "You would rather not choose: the price is what this stay costs the house, {cost}.",
}
AGREED = {
    "fr": "Le prix convenu est de {amount}\u00a0; ce séjour coûte {cost} à la maison.",
    "en": "The price agreed is {amount}; this stay costs the house {cost}.",
}
CAPPED = {
    "fr": "Le prix est limité à {amount}.",
    "en": "The price is limited to {amount}.",
}
