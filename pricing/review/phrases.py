"""The sentences of the report, by language; gaps in braces are filled by sentences.py."""

HOUSEHOLDS = {
    "fr": {
        "one": "une personne",
        "one_and_child": "un adulte et un enfant",
        "two": "deux adultes",
        "two_and_child": "deux adultes et un enfant",
        "two_and_children": "deux adultes et deux enfants",
        "two_and_baby": "deux adultes et un bébé",
    },
    "en": {
        "one": "one person",
        "one_and_child": "one adult and one child",
        "two": "two adults",
        "two_and_child": "two adults and one child",
        "two_and_children": "two adults and two children",
        "two_and_baby": "two adults and one baby",
    },
}

ACCEPTED = {
    "fr": "Rien n’est refusé\u00a0: cette grille tient ses promesses.",
    "en": "Nothing is refused: this grid keeps its promises.",
}
REFUSED = {"fr": "{said} ({path})", "en": "{said} ({path})"}

CLIFF = {
    "fr": (
        "La plus grande marche entre deux tranches est de {amount} par nuit pour une personne, "
        "à {edge} de niveau de vie par mois, {season}."
    ),
    "en": (
        "The largest step between two brackets is {amount} a night for one person, "
        "at {edge} of monthly standard of living, {season}."
    ),
}
SLOPE = {
    "fr": (
        "Là où le tarif monte le plus, {hundred} de plus par mois font {amount} de plus par nuit\u00a0: "
        "vers {income}, {season}."
    ),
    "en": (
        "Where the rate is steepest, {hundred} more a month make {amount} more a night: around {income}, {season}."
    ),
}
NEUTRAL = {"fr": "hors saison", "en": "in a neutral season"}
SEASON = {"fr": "quand la saison compte pour {factor}", "en": "when the season counts {factor}"}

EFFORT = {
    "fr": (
        "Le plus grand effort est de {effort} du revenu d’un jour\u00a0: {household}, tranche\u00a0{bracket}, {season}."
    ),
    "en": "The largest effort is {effort} of a day’s income: {household}, bracket {bracket}, {season}.",
}

CROWDS = {
    "fr": (
        "Chaque prix est partagé par au moins {nights} nuits par mois\u00a0: aucun ne désigne qui le paie."
    ),
    "en": "Every price is shared by at least {nights} nights a month: none points at who pays it.",
}
NO_CROWD = {
    "fr": (
        "Le prix de {price} n’est attendu que pour {nights} nuits par mois, moins de {least}\u00a0: il "
        "désignerait qui le paie."
    ),
    "en": (
        "The price of {price} is expected for {nights} nights a month only, fewer than {least}: it would point at "
        "who pays it."
    ),
}
IF_EXACT = {
    "fr": "Sans tranches, chaque prix n’aurait que {nights} nuits par mois.",
    "en": "Without brackets every price would have {nights} nights a month.",
}
