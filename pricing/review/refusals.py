"""Why a grid is refused, in the words of people who write grids: one sentence for each code, by language."""

from collections.abc import Mapping

_FR_EN: Mapping[str, tuple[str, str]] = {
    # the text
    "not_toml": ("Ce texte n’est pas du TOML.", "This text is not TOML."),
    "unknown_form": ("Cette forme de grille n’est pas connue.", "This form of grid is not known."),
    "unknown_key": ("Rien n’est connu sous ce nom.", "Nothing is known under this name."),
    "missing_key": ("Il manque une valeur.", "A value is missing."),
    "wrong_type": ("Une valeur d’un autre genre est attendue.", "A value of another kind is expected."),
    "empty_text": ("Un texte est attendu.", "A text is expected."),
    "not_positive": ("Un nombre au-dessus de zéro est attendu.", "A number above zero is expected."),
    "not_a_number": (
        "Un nombre décimal écrit entre guillemets est attendu.",
        "A decimal number written as text is expected.",
    ),
    "not_an_amount": (
        "Un montant comme «\u00a012.50\u00a0» est attendu.",
        "An amount such as “12.50” is expected.",
    ),
    "not_a_decimal": (
        "Ce nombre ne s’écrit pas avec un nombre fini de décimales.",
        "This number has no finite decimal form.",
    ),
    "not_a_hash": ("Une empreinte a 64 chiffres hexadécimaux.", "A hash has 64 hexadecimal digits."),
    "unknown_currency": ("Cette monnaie n’est pas connue.", "This currency is not known."),
    "unknown_unit": (
        "Les revenus s’écrivent en monnaie ou en multiples de l’indice.",
        "Incomes are in currency or multiples of the index.",
    ),
    "dates_order": (
        "Les dates se suivent, et aucune n’est écrite deux fois.",
        "Dates ascend, and none stands twice.",
    ),
    # the curve
    "unknown_kind": ("Ce genre de courbe n’est pas connu.", "This kind of curve is not known."),
    "unknown_edge": (
        "Dites quel bord d’une marche en fait partie.",
        "Say which edge of a step belongs to it.",
    ),
    "floor_not_positive": ("Le plancher est au-dessus de zéro.", "The floor is above zero."),
    "ceiling_below_floor": ("Le plafond est sous le plancher.", "The ceiling is below the floor."),
    "ceiling_order": (
        "Le prix maximal d’une chambre est sous le plafond.",
        "The hard ceiling is below the ceiling.",
    ),
    "off_step": (
        "Le prix maximal est un nombre entier de pas.",
        "The hard ceiling is a whole number of price steps.",
    ),
    "income_negative": ("Un revenu n’est pas négatif.", "An income is not negative."),
    "curve_falls": (
        "Qui a davantage paierait moins.",
        "Who has more would pay less.",
    ),
    "curve_gap": ("La courbe a un trou.", "The curve has a hole."),
    "curve_order": ("Les revenus de la courbe se suivent.", "The incomes of the curve ascend."),
    # the brackets and the index
    "no_bracket": ("Une grille a au moins une tranche.", "A grid has at least one bracket."),
    "too_many_brackets": ("Une grille a cent tranches au plus.", "A grid has a hundred brackets at most."),
    "bracket_gap": ("Un revenu n’est dans aucune tranche.", "No bracket holds some income."),
    "bracket_overlap": ("Un revenu est dans deux tranches.", "Two brackets hold the same income."),
    "bracket_order": ("Les tranches montent.", "Brackets ascend."),
    "bracket_open": (
        "La dernière tranche, et elle seule, est ouverte.",
        "The last bracket, and no other, is open.",
    ),
    "point_outside": (
        "Le point qui représente la tranche est dehors.",
        "The point that stands for the bracket is outside it.",
    ),
    "no_index": ("Il n’y a pas d’indice.", "There is no index."),
    "index_too_early": (
        "Un indice paraît après l’année dont il parle.",
        "An index comes out after its year.",
    ),
    "index_too_late": (
        "L’indice a paru après l’entrée en vigueur de la grille.",
        "The index came out after the grid took effect.",
    ),
    "protection_order": (
        "La protection commence avant de finir.",
        "The protection begins before it ends.",
    ),
    # people, rooms, costs, stays
    "weight_not_positive": ("Le premier adulte compte.", "The first adult counts."),
    "weight_order": (
        "Personne ne compte plus que plus âgé que soi.",
        "Nobody counts more than who is older.",
    ),
    "weight_without_unit": (
        "Qui compte dans un prix compte aussi dans un revenu.",
        "Who counts in a price also counts in an income.",
    ),
    "no_room_type": ("Une grille a au moins un type de chambre.", "A grid has at least one type of room."),
    "factor_not_positive": ("Un coefficient est au-dessus de zéro.", "A factor is above zero."),
    "cost_negative": ("Un coût n’est pas négatif.", "A cost is not negative."),
    "costs_disagree": (
        "Le coût d’une nuit n’est pas la part de l’année.",
        "The cost of a night is not its share of the year.",
    ),
    "length_from_first": (
        "Un séjour long commence après sa première nuit.",
        "A long stay begins after its first night.",
    ),
    "fraction_range": ("Une part est entre 0 et 1.", "A fraction lies between 0 and 1."),
    "nights_order": (
        "Une année contient au moins un séjour des plus longs.",
        "A year holds at least one longest stay.",
    ),
    "quote_days_range": (
        "Un prix annoncé est tenu de 1 à 366\u00a0jours.",
        "A price that was shown is honoured for 1 to 366 days.",
    ),
    # the invariants
    "limit_negative": ("Une limite n’est pas négative.", "A bound is not negative."),
    "price_falls": ("Qui a davantage paierait moins.", "Who has more would pay less."),
    "cliff": (
        "Le tarif monte plus vite que permis.",
        "The rate rises faster than it may.",
    ),
    "jump": ("Une marche entre deux tranches est trop haute.", "A step between two brackets is too high."),
    "jump_unbounded": (
        "Une courbe en marches dit leur plus grande hauteur.",
        "A curve of steps says how high they may be.",
    ),
    "out_of_bounds": (
        "Un prix n’est pas entre plancher et plafond.",
        "A price is not between floor and ceiling.",
    ),
    "effort": (
        "Une nuit prendrait une trop grande part du revenu d’un jour.",
        "A night would take too large a part of a day’s income.",
    ),
    "squeezed_middle": (
        "L’effort de ceux du milieu dépasserait celui de la médiane.",
        "Those in the middle would make a larger effort than at the median.",
    ),
    "season_unsafe": (
        "Une saison serait plus chère sous le seuil de pauvreté.",
        "A season would be dearer below the poverty line.",
    ),
    "index_changes": (
        "Deux fois plus d’argent ne ferait pas deux fois le prix.",
        "Twice the money would not be twice the price.",
    ),
    # the calendar
    "horizon": (
        "L’horizon vient au plus dix ans après la première nuit.",
        "The horizon is up to ten years after the first night.",
    ),
    "nights_without_season": ("Des nuits n’ont pas de saison.", "Some nights have no season."),
    "unknown_season": ("Cette saison n’existe pas.", "There is no such season."),
    "season_twice": ("Deux saisons ont le même code.", "Two seasons have the same code."),
    "rule_twice": ("Deux règles ont le même code.", "Two rules have the same code."),
    "rule_empty": ("Cette règle ne prend aucune nuit.", "This rule takes no night."),
    "too_many_rules": ("Il y a trop de règles.", "There are too many rules."),
    "selector_empty": ("Ce choix de nuits est vide.", "This choice of nights is empty."),
    "selector_keys": ("Un choix de nuits n’a qu’une clé.", "A choice of nights has one key."),
    "unknown_selector": (
        "Cette façon de choisir des nuits n’est pas connue.",
        "This way to choose nights is not known.",
    ),
    "too_deep": ("Trop de choix sont emboîtés.", "Too many choices are nested."),
    "no_such_day": ("Ce jour n’existe pas.", "There is no such day."),
    "period_order": ("Une période finit après son début.", "A period ends after it begins."),
    "range_overlap": ("Deux périodes se recouvrent.", "Two periods overlap."),
    "event_empty": ("Cet événement n’a pas de date.", "This event has no date."),
    "event_twice": ("Deux événements ont le même code.", "Two events have the same code."),
    "unknown_event": ("Cet événement n’existe pas.", "There is no such event."),
    "unknown_zone": ("Cette zone de vacances n’existe pas.", "There is no such holiday zone."),
    "holiday_outside": (
        "Ces vacances sortent des années connues.",
        "These holidays are outside the known years.",
    ),
    "school_holidays_unknown": (
        "Les vacances scolaires ne sont pas connues jusqu’à l’horizon.",
        "School holidays are not known up to the horizon.",
    ),
}

REFUSALS: Mapping[str, Mapping[str, str]] = {
    code: {"fr": french, "en": english} for code, (french, english) in _FR_EN.items()
}
