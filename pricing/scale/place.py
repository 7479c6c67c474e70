"""Place: a value of the file and its path; Record: an object read key by key, each fault noted on the way.

A reader is a function from a `Place` to what stands there; it stops at a fault by `place.refuse`. `Record.read` and
`each` note that fault and go on, so that one reading tells all the faults of a file. After a fault `Record.read`
returns a stand-in, which nobody uses: a kind checks its promises only when it was read without fault, and
`Faults.raise_any` refuses the file.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import NoReturn, TypeVar, cast

from pricing.scale.amount import Amount, is_decimal
from pricing.scale.faults import Broken, Fault, Faults, FileCode, brief
from pricing.scale.sorts import Sort

T = TypeVar("T")
Reader = Callable[["Place"], T]


@dataclass(frozen=True, slots=True)
class Context:
    """Know what a reader needs from elsewhere: names in scope, and `bounds` or why there are none to read rows by."""

    faults: Faults
    names: Mapping[str, Sort]
    bounds: str | Fault

    def knowing(self, names: Mapping[str, Sort]) -> "Context":
        """Return the same context with other names in scope."""
        return replace(self, names=names)


@dataclass(frozen=True, slots=True)
class Place:
    """Stand at one value of the file."""

    value: object
    path: str
    context: Context

    def refuse(self, code: FileCode, text: str) -> NoReturn:
        """Stop reading here. Raises: Broken."""
        raise Broken(Fault(self.path, code, text))

    def note(self, code: FileCode, text: str) -> None:
        """Note a fault and go on."""
        self.context.faults.note(Fault(self.path, code, text))

    def key(self, key: str) -> "Place":
        """Go to a value of this object."""
        return Place(cast("dict[str, object]", self.value)[key], f"{self.path}.{key}", self.context)

    def items(self) -> list["Place"]:
        """Go to each item of this list, which is never empty."""
        if not isinstance(self.value, list):
            self.refuse("bad_value", f"a list is expected, not {brief(self.value)}")
        if not self.value:
            self.refuse("bad_value", "an empty list says nothing: leave the key out, or fill it")
        return [Place(item, f"{self.path}[{index}]", self.context) for index, item in enumerate(self.value)]

    def entries(self) -> dict[str, "Place"]:
        """Go to each value of this object, whose keys are free."""
        if not isinstance(self.value, dict):
            self.refuse("bad_value", f"an object is expected, not {brief(self.value)}")
        return {key: self.key(key) for key in self.value}

    def within(self, context: Context) -> "Place":
        """Stand at the same value with another context."""
        return replace(self, context=context)


class Record:
    """Read an object whose keys are given: unknown ones are told first, then missing ones, then what they hold."""

    def __init__(self, place: Place, required: Collection[str] = (), optional: Collection[str] = ()) -> None:
        self.place = place
        self._places = place.entries()
        for key, entry in self._places.items():
            if key not in required and key not in optional:
                entry.note("unknown_key", "nothing is known under this name")
        for key in required:
            if key not in self._places:
                place.note("missing_key", f"`{key}` is missing")

    def has(self, key: str) -> bool:
        """Tell whether a key is there."""
        return key in self._places

    def at(self, key: str) -> Place:
        """Go to a key that is there."""
        return self._places[key]

    def read(self, key: str, reader: Reader[T]) -> T:
        """Read a required key; a fault is noted."""
        return cast("T", self.maybe(key, reader))

    def maybe(self, key: str, reader: Reader[T]) -> T | None:
        """Read an optional key, None where it is left out; a fault is noted."""
        return noting(reader, self._places[key]) if key in self._places else None


def noting(reader: Reader[T], place: Place) -> T | None:
    """Read a place, or note why it cannot be read."""
    try:
        return reader(place)
    except Broken as broken:
        place.context.faults.note(broken.fault)
        return None


def each(reader: Reader[T]) -> Reader[tuple[T, ...]]:
    """Read every item of a list; one that cannot be read is noted and left out."""

    def read_all(place: Place) -> tuple[T, ...]:
        found = [noting(reader, item) for item in place.items()]
        return tuple(item for item in found if item is not None)

    return read_all


def text(place: Place) -> str:
    """Read any text."""
    if not isinstance(place.value, str):
        place.refuse("bad_value", f"a text is expected, not {brief(place.value)}")
    return place.value


def flag(place: Place) -> bool:
    """Read true or false."""
    if not isinstance(place.value, bool):
        place.refuse("bad_value", f"true or false is expected, not {brief(place.value)}")
    return place.value


def word(words: Collection[str]) -> Reader[str]:
    """Read one of some words."""

    def read_word(place: Place) -> str:
        if text(place) not in words:
            place.refuse("bad_value", f"one of {', '.join(words)} is expected, not {brief(place.value)}")
        return text(place)

    return read_word


def plain_decimal(place: Place) -> Amount:
    """Read a decimal written as text."""
    if not is_decimal(place.value):
        place.refuse("bad_amount", f'a decimal is written as text, "12.50", not {brief(place.value)}')
    return Amount.read(text(place))
