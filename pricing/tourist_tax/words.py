"""The sentences of the tourist tax, by language; gaps in braces are filled where they are said."""

OUTSIDE_BRACKET = {
    "fr": (
        "{rate} sort de la fourchette nationale de {year} ({least} à {greatest}, part locale). Avez-vous saisi le "
        "tarif voté, sans les taxes additionnelles\u00a0?"
    ),
    "en": (
        "{rate} is outside the national bracket of {year} ({least} to {greatest}, local share). Did you enter the "
        "rate as voted, without the additional taxes?"
    ),
}

MISSING = {
    "fr": {
        "no_rate": "Le tarif de la taxe de séjour manque pour la nuit du {night} ({category}).",
        "example": (
            "Le tarif en vigueur le {night} est un exemple inventé\u00a0: saisissez celui que votre collectivité "
            "a voté."
        ),
        "no_source": "Le tarif en vigueur le {night} ne dit pas de quelle délibération il vient, ni sa date.",
        "not_entered": "Le tarif en vigueur le {night} ne dit pas qui l’a saisi.",
        "surcharges_unknown": (
            "Personne n’a dit si le département ou la région ajoute une taxe au tarif en vigueur le {night}."
        ),
        "threshold_unknown": (
            "Le loyer sous lequel personne ne doit la taxe manque pour la nuit du {night}\u00a0; saisissez zéro si "
            "votre collectivité n’en a pas fixé."
        ),
        "threshold_example": "Le loyer minimal en vigueur le {night} est un exemple inventé, ou n’a pas de source.",
    },
    "en": {
        "no_rate": "The tourist tax rate is missing for the night of {night} ({category}).",
        "example": "The rate in force on {night} is an invented example: enter the one that your authority has voted.",
        "no_source": "The rate in force on {night} does not say which decision it comes from, or of which date.",
        "not_entered": "The rate in force on {night} does not say who entered it.",
        "surcharges_unknown": "Nobody has said whether department or region add a tax to the rate in force on {night}.",
        "threshold_unknown": (
            "The rent under which nobody owes the tax is missing for the night of {night}; enter zero if your "
            "authority has set none."
        ),
        "threshold_example": "The lowest rent in force on {night} is an invented example, or has no source.",
    },
}

CATEGORIES = {
    "fr": {
        "palace": "palace", "stars_5": "5\u00a0étoiles", "stars_4": "4\u00a0étoiles", "stars_3": "3\u00a0étoiles",
        "stars_2": "2\u00a0étoiles", "stars_1": "1\u00a0étoile",
        "holiday_village_4_5": "village de vacances 4 ou 5\u00a0étoiles",
        "holiday_village_1_3": "village de vacances 1 à 3\u00a0étoiles", "guest_house": "chambre d’hôtes",
        "collective_hostel": "auberge collective", "unclassified": "hébergement non classé",
    },
    "en": {
        "palace": "palace", "stars_5": "5 stars", "stars_4": "4 stars", "stars_3": "3 stars", "stars_2": "2 stars",
        "stars_1": "1 star", "holiday_village_4_5": "holiday village with 4 or 5 stars",
        "holiday_village_1_3": "holiday village with 1 to 3 stars", "guest_house": "guest house",
        "collective_hostel": "collective hostel", "unclassified": "unclassified lodging",
    },
}  # fmt: skip
