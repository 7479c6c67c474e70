"""Names of inputs and lines: small letters, digits and underscores, each used once."""

import re

from pricing.scale.faults import brief
from pricing.scale.place import Place, Reader, text

RESERVED = frozenset({"date", "error"})
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def is_written_like_a_name(word: str) -> bool:
    """Tell whether a text could be a name."""
    return _NAME.fullmatch(word) is not None


def check_name(name: str) -> Reader[str]:
    """Return a reader that accepts a name, which stands as a key of the place."""

    def read(place: Place) -> str:
        if not is_written_like_a_name(name) or name in RESERVED:
            place.refuse(
                "bad_value", f"{brief(name)} is no name: letters a-z, digits, _, and never date or error"
            )
        return name

    return read


def new_name(place: Place) -> str:
    """Read the name that a line gives itself."""
    return check_name(text(place))(place)
