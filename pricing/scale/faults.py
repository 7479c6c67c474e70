"""What can be wrong: faults of a file, told one a line with code and path, and a price that cannot be computed."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pricing.refusal import Refusal
from pricing.scale.json_text import Unquoted

FileCode = Literal[
    "not_json", "duplicate_key", "bad_schema", "unknown_key", "missing_key", "missing_round", "bad_amount",
    "bad_value", "unknown_kind", "unknown_name", "wrong_type", "duplicate_name", "incomplete_table",
    "mixed_bounds", "gap", "overlap", "bad_order", "not_monotone", "version_order",
]  # fmt: skip
PriceCode = Literal["missing_input", "unknown_input", "bad_input", "no_version", "out_of_domain"]

_BRIEF = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """Hold one fault of a file: where it is, which one, and what to do about it."""

    path: str
    code: FileCode
    text: str

    def __str__(self) -> str:
        return on_one_line(f"{self.path}: {self.code}: {self.text}")


class ScaleInvalid(Refusal):
    """Say that a file is no scale, with all the faults that were found."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


class Broken(Exception):
    """Leave a part of the file that cannot be read further; whoever reads the whole notes the fault and goes on."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


class CannotPrice(Refusal):
    """Say why a sound scale has no price for this household on this day."""

    def __init__(self, code: PriceCode, detail: str) -> None:
        super().__init__(f"{detail} [{code}]")
        self.code = code
        self.detail = on_one_line(detail)


class Faults:
    """Gather the faults of one file in the order in which they are found, none twice."""

    def __init__(self) -> None:
        self._found: dict[Fault, None] = {}
        self._noted = 0

    def note(self, fault: Fault) -> None:
        """Keep a fault, unless the same one was noted before."""
        self._noted += 1
        self._found[fault] = None

    def since(self, before: int) -> bool:
        """Tell whether anything was noted, even a second time, since there were so many notes."""
        return self._noted > before

    @property
    def noted(self) -> int:
        """Return how many notes there are."""
        return self._noted

    def raise_any(self) -> None:
        """Refuse the file if anything is wrong. Raises: ScaleInvalid."""
        if self._found:
            raise ScaleInvalid(tuple(self._found))


def on_one_line(text: str) -> str:
    r"""Write what no line of text can show as an escape.

    >>> print(on_one_line("été\n"))
    été\n
    """
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in text
    )


def brief(value: object) -> str:
    """Quote a value of the file in a message, however long it is."""
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    if type(value) is int and abs(value) >= 10**_BRIEF:
        return "a very long number"
    said = value.written if isinstance(value, Unquoted) else json.dumps(value, ensure_ascii=False)
    return said if len(said) <= _BRIEF else f"{said[:_BRIEF]}…"
