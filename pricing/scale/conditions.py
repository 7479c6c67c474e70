"""Conditions: data, never a text to be evaluated; all tests of an object hold, or those of one object of a list."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Protocol

from pricing.scale.amount import Amount
from pricing.scale.facts import Facts
from pricing.scale.faults import brief
from pricing.scale.operands import Constant, Operand, operand
from pricing.scale.place import Place, Reader, Record, each, flag, noting, text
from pricing.scale.sorts import Form, Sort

LIMITS: Mapping[str, Callable[[Fraction, Fraction], bool]] = MappingProxyType(
    {"from": operator.ge, "above": operator.gt, "below": operator.lt, "up_to": operator.le}
)
LOW, HIGH = frozenset({"from", "above"}), frozenset({"below", "up_to"})


class Test(Protocol):
    """Say something of one name."""

    def holds(self, facts: Facts) -> bool:
        """Tell whether it is so."""


@dataclass(frozen=True, slots=True)
class IsGiven:
    """Something is given, or is not."""

    name: str
    wanted: bool

    def holds(self, facts: Facts) -> bool:
        """Tell whether it is so."""
        return (facts.find(self.name) is not None) is self.wanted


@dataclass(frozen=True, slots=True)
class IsOneOf:
    """A flag, a class or a count is among some; what is not given is not."""

    name: str
    wanted: frozenset[str]

    def holds(self, facts: Facts) -> bool:
        """Tell whether it is so."""
        return facts.find(self.name) is not None and facts.class_of(self.name) in self.wanted


@dataclass(frozen=True, slots=True)
class IsWithin:
    """A number keeps all its limits; what is not given keeps none."""

    name: str
    limits: Mapping[str, Operand]

    def holds(self, facts: Facts) -> bool:
        """Tell whether it is so. Raises: CannotPrice where a limit is not given."""
        if facts.find(self.name) is None:
            return False
        quantity = facts.number(self.name).exact
        return all(LIMITS[word](quantity, limit.value(facts).exact) for word, limit in self.limits.items())


@dataclass(frozen=True, slots=True)
class Condition:
    """Hold if all the tests of one of its alternatives hold."""

    alternatives: tuple[tuple[Test, ...], ...]

    def holds(self, facts: Facts) -> bool:
        """Tell whether the condition holds."""
        return any(all(test.holds(facts) for test in tests) for tests in self.alternatives)


def condition(place: Place) -> Condition:
    """Read an object of tests, or a list of such objects."""
    if isinstance(place.value, list):
        return Condition(each(_all_of)(place))
    return Condition((_all_of(place),))


def _all_of(place: Place) -> tuple[Test, ...]:
    tests = place.entries()
    if not tests:
        place.refuse("bad_value", "a condition without a test says nothing")
    return tuple(test for test in (noting(_test_of(name), entry) for name, entry in tests.items()) if test)


def _test_of(name: str) -> Reader[Test]:
    def read(place: Place) -> Test:
        sort = place.context.names.get(name)
        if sort is None:
            place.refuse("unknown_name", f"no input and no line above is called {brief(name)}")
        if isinstance(place.value, dict):
            return _given(name, place) if "given" in place.value else _limits(name, sort, place)
        return IsOneOf(name, _wanted(sort, place))

    return read


def _given(name: str, place: Place) -> Test:
    return IsGiven(name, Record(place, required=("given",)).read("given", flag))


def _limits(name: str, sort: Sort, place: Place) -> Test:
    if not sort.is_number:
        place.refuse("wrong_type", f"{name} is no number: it has no limits")
    record = Record(place, optional=tuple(LIMITS))
    words = [word for word in LIMITS if record.has(word)]
    if not words or len(LOW & set(words)) > 1 or len(HIGH & set(words)) > 1:
        place.refuse("bad_value", "limits are one of from or above, one of below or up_to, or both")
    reader = _whole_limit if sort.form is Form.COUNT else operand
    limits = {word: record.read(word, reader) for word in words}
    if _is_empty(limits):
        place.refuse("bad_order", "nothing is within these limits")
    return IsWithin(name, limits)


def _is_empty(limits: Mapping[str, Operand]) -> bool:
    """Tell whether two plain limits leave nothing between them."""
    if len(limits) < 2 or not all(isinstance(limit, Constant) for limit in limits.values()):
        return False
    low, high = (limit.amount.exact for limit in limits.values() if isinstance(limit, Constant))
    return low > high or (low == high and set(limits) != {"from", "up_to"})


def _whole_limit(place: Place) -> Operand:
    return Constant(_whole(place))


def _whole(place: Place) -> Amount:
    if type(place.value) is not int:
        place.refuse("bad_value", f"a count is compared with a whole number, not {brief(place.value)}")
    return Amount.of_count(place.value)


def _wanted(sort: Sort, place: Place) -> frozenset[str]:
    """Read what a flag, a count or a choice shall be."""
    if sort.form is Form.FLAG:
        return frozenset({"true" if flag(place) else "false"})
    if sort.form is Form.COUNT:
        return frozenset({str(_whole(place))})
    if sort.form is Form.CHOICE:
        return _classes(sort, place)
    if sort.form is Form.NUMBER:
        place.refuse("bad_value", f"an amount is compared with limits, not {brief(place.value)}")
    return frozenset()  # its line is refused already


def _classes(sort: Sort, place: Place) -> frozenset[str]:
    def one_class(place: Place) -> str:
        if text(place) not in sort.options:
            place.refuse("bad_value", f"{brief(place.value)} is none of its classes")
        return text(place)

    return frozenset(each(one_class)(place) if isinstance(place.value, list) else (one_class(place),))
