"""The curve in one sentence, by language; gaps in braces are filled by each family."""

from fractions import Fraction

from pricing import words
from pricing.money import Money

HUNDRED = Fraction(100)

AFFINE = {
    "fr": (
        "{floor} par nuit pour une personne, plus {slope} pour chaque tranche de {hundred} de niveau de vie "
        "au-dessus de {protected} par mois, {ceiling} au plus."
    ),
    "en": (
        "{floor} a night for one person, plus {slope} for each {hundred} of monthly standard of living "
        "above {protected}, {ceiling} at most."
    ),
}

LINEAR = {
    "fr": (
        "{rate} du niveau de vie d’un mois par nuit pour une personne, {floor} au moins et {ceiling} au plus."
    ),
    "en": (
        "{rate} of a month’s standard of living a night for one person, {floor} at least and {ceiling} at most."
    ),
}

STEPS = {
    "fr": "Une nuit pour une personne, selon le niveau de vie par mois\u00a0: {steps}.",
    "en": "A night for one person, by monthly standard of living: {steps}.",
}
STEP_FROM = {"fr": "{price} à partir de {income}", "en": "{price} from {income}"}
STEP_ABOVE = {"fr": "{price} au-dessus de {income}", "en": "{price} above {income}"}

KNOTS = {
    "fr": (
        "{first} par nuit pour une personne jusqu’à {income} de niveau de vie par mois, puis un prix qui monte "
        "régulièrement\u00a0: {knots}, et plus rien de plus au-delà."
    ),
    "en": (
        "{first} a night for one person up to {income} of monthly standard of living, then a price that rises "
        "steadily: {knots}, and no more beyond."
    ),
}
KNOT = {"fr": "{price} à {income}", "en": "{price} at {income}"}
ONE_PRICE = {"fr": "{first} par nuit pour une personne.", "en": "{first} a night for one person."}

BANDS = {
    "fr": (
        "{base} par nuit pour une personne, plus, pour chaque tranche de {hundred} de niveau de vie par mois, "
        "{bands}\u00a0; {ceiling} au plus."
    ),
    "en": (
        "{base} a night for one person, plus, for each {hundred} of monthly standard of living, "
        "{bands}; {ceiling} at most."
    ),
}
BAND_BETWEEN = {"fr": "{slope} entre {low} et {high}", "en": "{slope} between {low} and {high}"}
BAND_ABOVE = {"fr": "{slope} au-dessus de {low}", "en": "{slope} above {low}"}


def amount(value: Fraction, language: str, currency: str) -> str:
    """Write an exact number of major units as an amount, to the cent."""
    return words.amount(Money.nearest(value, currency), language)
