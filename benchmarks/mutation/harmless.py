"""Mutants that change no answer at all: what was changed, and why nobody could notice.

The program complains about a line here whose mutant is not made any more, or is noticed.
"""

HARMLESS: dict[tuple[str, str, str], str] = {
    (
        "pricing.money",
        "steps * step_minor if exact >= 0 else -steps * step_minor",
        "steps * step_minor if exact > 0 else -steps * step_minor",
    ): "nothing is nothing with either sign",
    (
        "pricing.money",
        "whole, sign = (sum(weights), -1 if total.minor < 0 else 1)",
        "whole, sign = (sum(weights), -1 if total.minor <= 0 else 1)",
    ): "nothing is nothing with either sign",
    ("pricing.money", "total.minor < 0", "total.minor < 1"): "nothing is nothing with either sign",
    ("pricing.protection", "factor <= 1", "factor < 1"): "a factor of 1 adds nothing to fade in",
    (
        "pricing.curve.piecewise",
        "income <= self.knots[0].income",
        "income < self.knots[0].income",
    ): "the line begins at the price of its knot",
    (
        "pricing.curve.piecewise",
        "income <= following.income",
        "income < following.income",
    ): "the next line begins at the price where this one ends",
    (
        "pricing.seasons.nights",
        "(1 << high - low) - 1 << low if low < high else 0",
        "(1 << high - low) - 1 << low if low <= high else 0",
    ): "no bits from a place to itself",
    (
        "pricing.seasons.periods",
        "self.start < self.end",
        "self.start <= self.end",
    ): "a time of the year that ends where it begins is refused",
    (
        "pricing.room_request",
        "split(amount, [1] * self.parts)",
        "split(amount, [2] * self.parts)",
    ): "equal parts are equal whatever they weigh",
    (
        "pricing.quote",
        "steps = grid.hard_ceiling.minor // grid.price_step.minor // room.parts",
        "steps = -(-grid.hard_ceiling.minor // grid.price_step.minor) // room.parts",
    ): "the hard ceiling is a whole number of price steps",
    ("pricing.quote", "counted[0]", "counted[-1]"): "one currency in a quote",
    ("pricing.quoted", "amounts[0]", "amounts[-1]"): "one currency in a quote",
    ("pricing.group", "shared[0]", "shared[-1]"): "they share one night",
    ("pricing.group", "same[0]", "same[-1]"): "lines of one code",
    ("pricing.fund.entries", "self.postings[0]", "self.postings[-1]"): "one currency in an entry",
    (
        "pricing.balance.forecast",
        "ForecastNights(1, season, many, Fraction(weighed[season], many))",
        "ForecastNights(2, season, many, Fraction(weighed[season], many))",
    ): "the bracket is replaced by whoever takes the line",
    (
        "pricing.tourist_tax.surcharges",
        "around = round_half_up(shown.minor * share)",
        "around = rounded_otherwise('down', round_half_up, shown.minor * share)",
    ): "where a search begins, wider than any rounding",
    (
        "pricing.tourist_tax.surcharges",
        "around = round_half_up(shown.minor * share)",
        "around = rounded_otherwise('up', round_half_up, shown.minor * share)",
    ): "where a search begins, wider than any rounding",
    (
        "pricing.tourist_tax.surcharges",
        "around = round_half_up(shown.minor * share)",
        "around = rounded_otherwise('half even', round_half_up, shown.minor * share)",
    ): "where a search begins, wider than any rounding",
    (
        "pricing.tourist_tax.surcharges",
        "around = round_half_up(shown.minor * share)",
        "around = rounded_otherwise('half down', round_half_up, shown.minor * share)",
    ): "where a search begins, wider than any rounding",
    (
        "pricing.tourist_tax.surcharges",
        "max(0, around - len(surcharges) - 1)",
        "min(0, around - len(surcharges) - 1)",
    ): "how far a search goes, wider than any rounding",
    (
        "pricing.tourist_tax.surcharges",
        "max(0, around - len(surcharges) - 1)",
        "max(-1, around - len(surcharges) - 1)",
    ): "how far a search goes, wider than any rounding",
    (
        "pricing.tourist_tax.surcharges",
        "range(max(0, around - len(surcharges) - 1), around + len(surcharges) + 2)",
        "range(max(0, around - len(surcharges) - 1), around + len(surcharges) + 3)",
    ): "how far a search goes, wider than any rounding",
    (
        "pricing.tourist_tax.surcharges",
        "range(max(0, around - len(surcharges) - 1), around + len(surcharges) + 2)",
        "range(max(0, around - len(surcharges) - 1), around + len(surcharges) + 1)",
    ): "how far a search goes, wider than any rounding",
    (
        "pricing.tourist_tax.surcharges",
        "max(0, around - len(surcharges) - 1)",
        "max(0, around - len(surcharges) - 2)",
    ): "how far a search goes, wider than any rounding",
    (
        "pricing.tourist_tax.surcharges",
        "max(0, around - len(surcharges) - 1)",
        "max(0, around - len(surcharges) - 0)",
    ): "how far a search goes, wider than any rounding",
    (
        "pricing.tourist_tax.tariffs",
        "Fraction(0)",
        "Fraction(1)",
    ): "a fixed tariff does not look at the price",
    (
        "pricing.tourist_tax.surcharges",
        "parts = 1",
        "parts = 2",
    ): "shares in proportion are what they are at any size",
    ("pricing.tourist_tax.surcharges", "fitting[0]", "fitting[-1]"): "there is exactly one",
}
