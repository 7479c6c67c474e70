"""Who may claim an aid, by language; gaps in braces are filled by national.py."""

AGES = {"fr": "De {low} à {high}\u00a0ans, ", "en": "From {low} to {high} years old, "}

REASONS = {
    "fr": {
        "young_with_low_income": "avec un revenu fiscal de référence de moins de {income} par an pour une part.",
        "young_with_status": "avec un statut qui ouvre ce droit quel que soit le revenu.",
    },
    "en": {
        "young_with_low_income": "with a reference tax income under {income} a year for one tax part.",
        "young_with_status": "with a status that opens the right whatever the income.",
    },
}
