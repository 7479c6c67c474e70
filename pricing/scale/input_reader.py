"""From the `inputs` of a file to Input: their types, ranges, options and defaults."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from pricing.scale.amount import Amount
from pricing.scale.facts import Value
from pricing.scale.faults import brief
from pricing.scale.inputs import AmountType, ChoiceType, CountType, FlagType, Input, Type
from pricing.scale.names import check_name
from pricing.scale.place import Place, Reader, Record, flag, noting, plain_decimal, text, word

_COMMON = ("default", "optional", "note")
_REQUIRED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"amount": ("unit",), "count": (), "flag": (), "choice": ("options",)}
)
_OPTIONAL: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"amount": ("min", "max"), "count": ("min", "max", "unit"), "flag": (), "choice": ()}
)


def read_inputs(place: Place) -> dict[str, Input | None]:
    """Read all inputs by name; None is one with a fault, which is noted."""
    return {name: noting(_named(name), entry) for name, entry in place.entries().items()}


def _named(name: str) -> Reader[Input | None]:
    def read(place: Place) -> Input | None:
        noting(check_name(name), place)
        faults = place.context.faults
        before = faults.noted
        entry = _input(place)
        return None if faults.since(before) else entry

    return read


def _input(place: Place) -> Input | None:
    entries = place.entries()
    if "type" not in entries:
        Record(
            place, ("type",), ("unit", "options", "min", "max", *_COMMON)
        )  # a misspelt `type` is told first
        place.refuse("missing_key", "`type` is missing")
    kind = word(_REQUIRED)(entries["type"])
    record = Record(place, ("type", *_REQUIRED[kind]), (*_OPTIONAL[kind], *_COMMON))
    record.maybe("note", text)
    record.maybe("unit", text)
    before = place.context.faults.noted
    type_ = _TYPES[kind](record)
    if place.context.faults.since(before):
        return None
    return Input(type_, record.maybe("default", _default(type_)), record.maybe("optional", flag) or False)


def _amount_type(record: Record) -> Type:
    least, most = record.maybe("min", plain_decimal), record.maybe("max", plain_decimal)
    _check_range(record, least, most)
    return AmountType(least, most)


def _count_type(record: Record) -> Type:
    least, most = record.maybe("min", _whole), record.maybe("max", _whole)
    _check_range(record, least, most)
    return CountType(least, most)


def _flag_type(_record: Record) -> Type:
    return FlagType()


def _choice_type(record: Record) -> Type:
    return ChoiceType(record.maybe("options", _options) or ())


_TYPES: Mapping[str, Callable[[Record], Type]] = MappingProxyType(
    {"amount": _amount_type, "count": _count_type, "flag": _flag_type, "choice": _choice_type}
)


def _check_range(record: Record, least: Amount | None, most: Amount | None) -> None:
    if least is not None and most is not None and least.exact > most.exact:
        record.at("max").note("bad_value", "the most is under the least")


def _whole(place: Place) -> Amount:
    if type(place.value) is not int or place.value < 0:
        place.refuse("bad_value", f"a count is a whole number from 0, not {brief(place.value)}")
    return Amount.of_count(place.value)


def _options(place: Place) -> tuple[str, ...]:
    options: list[str] = []
    for item in place.items():
        option = noting(text, item)
        if option in options:
            item.note("bad_value", f"{brief(option)} is an option already")
        options.append(option or "")
    return tuple(options)


def _default(type_: Type) -> Reader[Value]:
    def read(place: Place) -> Value:
        value = type_.read(place.value)
        if value is None:
            place.refuse(type_.code, f"{brief(place.value)} is not of the type of this input")
        if not type_.allows(value):
            place.refuse("bad_value", f"{brief(place.value)} is not in the range of this input")
        return value

    return read
