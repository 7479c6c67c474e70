"""The sentences of the balance, by language; gaps in braces are filled by sentences.py.

French puts a no-break space before a colon, a semicolon and a percent sign.
"""

BALANCED = {
    "fr": (
        "Une pente de {slope} pour chaque tranche de {hundred} de niveau de vie par mois équilibre l’année\u00a0: "
        "les nuits rapportent les {target} qu’il faut."
    ),
    "en": (
        "A slope of {slope} for each {hundred} of monthly standard of living balances the year: "
        "the nights bring the {target} that are needed."
    ),
}
OUT_OF_REACH = {
    "fr": (
        "Il faut {target}, et les nuits ne peuvent rapporter que {most}\u00a0: il manque {missing}, "
        "que comblerait tout juste {levers}."
    ),
    "en": (
        "{target} are needed and the nights can bring no more than {most}: {missing} are missing, "
        "and would just be found by {levers}."
    ),
}
LEVER_CEILING = {
    "fr": "un plafond de {ceiling} par nuit pour une personne",
    "en": "a ceiling of {ceiling} a night for one person",
}
LEVER_OCCUPANCY = {"fr": "{more} de nuits en plus", "en": "{more} more nights"}
LEVER_GRANT = {"fr": "une subvention de {grant}", "en": "a grant of {grant}"}
OR = {"fr": " ou ", "en": " or "}
FLOOR_TOO_HIGH = {
    "fr": (
        "Même si tout le monde ne payait que le plancher, les nuits rapporteraient {least} alors que {target} "
        "suffisent\u00a0: le plancher peut descendre à {floor}."
    ),
    "en": (
        "Even if everybody paid no more than the floor the nights would bring {least} where {target} are enough: "
        "the floor can come down to {floor}."
    ),
}

NEEDS_SLOPE = {
    "fr": "les séjours de ces derniers mois et la caisse demandent {slope}",
    "en": "the stays of these last months and the fund call for {slope}",
}
NEEDS_MORE = {
    "fr": "même au plus haut tarif il manquerait {missing} par an",
    "en": "even the highest rate would leave {missing} a year unpaid",
}
NEEDS_LOWER_FLOOR = {
    "fr": "un plancher de {floor} suffirait à lui seul",
    "en": "a floor of {floor} would do by itself",
}
KEEP = {
    "fr": (
        "Rien ne change\u00a0: {need}, trop près des {now} d’aujourd’hui pour chaque tranche de {hundred} de "
        "niveau de vie par mois."
    ),
    "en": (
        "Nothing changes: {need}, too near to the {now} of today for each {hundred} of monthly standard "
        "of living."
    ),
}
KEEP_AT_THE_END = {
    "fr": "Rien ne change\u00a0: {need}, et une pente plus forte n’y changerait rien.",
    "en": "Nothing changes: {need}, and a steeper slope would not change that.",
}
KEEP_WITHIN_LIMITS = {
    "fr": "Rien ne change\u00a0: {need}, mais les limites que la maison a données à ses règles n’admettent pas ce pas.",
    "en": "Nothing changes: {need}, but the limits that the house has set to its own rules do not allow the step.",
}
STEP = {
    "fr": (
        "À partir du {day}, {next} au lieu de {now} pour chaque tranche de {hundred} de niveau de vie par mois "
        "({change})\u00a0: {need}."
    ),
    "en": (
        "From {day}, {next} instead of {now} for each {hundred} of monthly standard of living ({change}): {need}."
    ),
}
PART_OF_THE_WAY = {
    "fr": (
        "À partir du {day}, {next} au lieu de {now} pour chaque tranche de {hundred} de niveau de vie par mois\u00a0: "
        "{need}, et un tarif ne bouge pas de plus de {change} par mois."
    ),
    "en": (
        "From {day}, {next} instead of {now} for each {hundred} of monthly standard of living: "
        "{need}, and a rate moves by no more than {change} a month."
    ),
}
FIRST = {"fr": "1er", "en": "1"}

GRANT = {"fr": "Une subvention de {grant} {effect}.", "en": "A grant of {grant} {effect}."}
OFF_THE_SLOPE = {
    "fr": (
        "enlève {price} par nuit pour une personne à la tranche\u00a0{bracket}, la plus basse qui suive la pente"
    ),
    "en": "takes {price} a night for one person off bracket {bracket}, the lowest that follows the slope",
}
OFF_THE_FLOOR = {
    "fr": "permet d’abaisser le plancher de {floor}",
    "en": "allows the floor to fall by {floor}",
}
OR_ELSE = {"fr": ", ou bien ", "en": ", or else "}
NO_EFFECT = {
    "fr": "ne baisse aucun prix sans un plafond plus bas",
    "en": "lowers no price without a lower ceiling",
}
