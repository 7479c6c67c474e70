"""Quotes and choices as text and back, exactly, for as long as a house keeps them."""

from pricing.stored.choices import CHOICE_SCHEMA, dump_choice, load_choice
from pricing.stored.quotes import QUOTE_SCHEMA, dump_quote, load_quote
from pricing.stored.values import QuoteInvalid

__all__ = [
    "CHOICE_SCHEMA",
    "QUOTE_SCHEMA",
    "QuoteInvalid",
    "dump_choice",
    "dump_quote",
    "load_choice",
    "load_quote",
]
