"""From JSON text to plain values: no key twice, no binary fraction, numbers of any length."""

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NoReturn


class JsonInvalid(ValueError):
    """Say that a text is not JSON, or writes a key twice in an object."""

    def __init__(self, code: Literal["not_json", "duplicate_key"], message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Unquoted:
    """Keep a JSON number with a fraction or an exponent as it is written: the language takes none."""

    written: str


def parse(text: str | bytes) -> object:
    """Read a JSON text (bytes are UTF-8): objects, lists, texts, whole numbers, flags, null and `Unquoted`.

    >>> parse('{"rate": 0.1, "nights": 2}')
    {'rate': Unquoted(written='0.1'), 'nights': 2}

    Raises: JsonInvalid.
    """
    twice: list[str] = []

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        values: dict[str, object] = {}
        for key, value in pairs:
            if key in values:
                twice.append(key)
            values[key] = value
        return values

    try:
        value: object = json.loads(
            text.decode("utf-8") if isinstance(text, bytes) else text,
            object_pairs_hook=once,
            parse_float=Unquoted,
            parse_int=_whole,
            parse_constant=_refuse_constant,
        )
    except RecursionError:
        raise JsonInvalid("not_json", "this is nested too deeply to be read") from None
    except ValueError as fault:
        raise JsonInvalid("not_json", str(fault)) from None
    if twice:
        raise JsonInvalid("duplicate_key", f"{twice[0]!r} is written twice in an object")
    return value


def _whole(digits: str) -> int:
    """Read a whole number through Decimal, which has no limit of digits."""
    return int(Decimal(digits))


def _refuse_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is no JSON number")
