"""Letters: what stands in each mail, written when it is sent, in the language of whoever reads it."""

from app.web.letters.composing import compose
from app.web.letters.links import NoPublicAddress

__all__ = ["NoPublicAddress", "compose"]
