"""Inputs: what a household tells; each has a type, and says what an absent one means."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Protocol

from pricing.scale.amount import Amount, is_decimal
from pricing.scale.facts import Value
from pricing.scale.faults import CannotPrice, FileCode, brief
from pricing.scale.sorts import FLAG, NUMBER, Form, Sort


class Type(Protocol):
    """Say how an input is written and which values it may take."""

    code: ClassVar[FileCode]

    @property
    def sort(self) -> Sort:
        """Return what the name of such an input stands for."""

    def read(self, value: object) -> Value | None:
        """Return a JSON value as a fact, None if it is not of this type."""

    def allows(self, value: Value) -> bool:
        """Tell whether a value of this type is in the range or among the options."""


@dataclass(frozen=True, slots=True)
class Range:
    """Hold the least and the most of a number, both included."""

    least: Amount | None
    most: Amount | None

    def allows(self, value: Value) -> bool:
        """Tell whether a number is within the range."""
        assert isinstance(value, Amount)
        return (self.least is None or value.exact >= self.least.exact) and (
            self.most is None or value.exact <= self.most.exact
        )


@dataclass(frozen=True, slots=True)
class AmountType(Range):
    """A decimal written as text."""

    code: ClassVar[FileCode] = "bad_amount"

    @property
    def sort(self) -> Sort:
        """Return a number."""
        return NUMBER

    def read(self, value: object) -> Value | None:
        """Return the amount."""
        return Amount.read(value) if isinstance(value, str) and is_decimal(value) else None


@dataclass(frozen=True, slots=True)
class CountType(Range):
    """A whole number from 0."""

    code: ClassVar[FileCode] = "bad_value"

    @property
    def sort(self) -> Sort:
        """Return a count, with its span where it is bounded."""
        if self.least is None or self.most is None:
            return Sort(Form.COUNT)
        return Sort(Form.COUNT, span=(int(self.least.exact), int(self.most.exact)))

    def read(self, value: object) -> Value | None:
        """Return the number."""
        return Amount.of_count(value) if type(value) is int and value >= 0 else None


@dataclass(frozen=True, slots=True)
class FlagType:
    """True or false."""

    code: ClassVar[FileCode] = "bad_value"

    @property
    def sort(self) -> Sort:
        """Return a flag."""
        return FLAG

    def read(self, value: object) -> Value | None:
        """Return the flag."""
        return value if isinstance(value, bool) else None

    def allows(self, _value: Value) -> bool:
        """Allow both."""
        return True


@dataclass(frozen=True, slots=True)
class ChoiceType:
    """One of some texts."""

    options: tuple[str, ...]
    code: ClassVar[FileCode] = "bad_value"

    @property
    def sort(self) -> Sort:
        """Return a choice of the options."""
        return Sort.choice(self.options)

    def read(self, value: object) -> Value | None:
        """Return the text."""
        return value if isinstance(value, str) else None

    def allows(self, value: Value) -> bool:
        """Allow the options."""
        return value in self.options


@dataclass(frozen=True, slots=True)
class Input:
    """Hold the type of an input and what stands for an absent one."""

    type: Type
    default: Value | None
    is_optional: bool

    def take(self, name: str, value: object) -> Value | None:
        """Return a value of the household as a fact. Raises: CannotPrice (bad_input, missing_input)."""
        if value is None:
            if self.default is None and not self.is_optional:
                raise CannotPrice("missing_input", f"{name} is needed and is not given")
            return self.default
        fact = self.type.read(value)
        if fact is None or not self.type.allows(fact):
            raise CannotPrice("bad_input", f"{name} cannot be {brief(value)}")
        return fact


def take_all(inputs: Mapping[str, Input], values: Mapping[str, object]) -> dict[str, Value | None]:
    """Take the values of a household. Raises: CannotPrice (unknown_input, bad_input, missing_input)."""
    for name in values:
        if name not in inputs:
            raise CannotPrice("unknown_input", f"this scale asks for no {brief(name)}")
    told = {name: inputs[name].take(name, value) for name, value in values.items() if value is not None}
    return {name: told[name] if name in told else entry.take(name, None) for name, entry in inputs.items()}
