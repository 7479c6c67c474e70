"""What the tourist tax may refuse."""

from pricing.refusal import Refusal


class TaxInvalid(Refusal):
    """Say why a tax, or a night that is to be taxed, cannot be."""


class NoTaxRate(TaxInvalid):
    """Say that nobody has entered a rate for a night."""
