"""What every kind of line knows: to read itself, to check its promises, to compute itself."""

from abc import ABC, abstractmethod
from typing import ClassVar, Self

from pricing.scale.facts import Facts, Value
from pricing.scale.place import Place, Record
from pricing.scale.sorts import NUMBER, Sort


class Kind(ABC):
    """Compute one line from the facts.

    A subclass is a frozen dataclass in a file of its own, named in `kinds/__init__.py`: nothing else knows it.
    """

    __slots__ = ()

    required: ClassVar[tuple[str, ...]] = ()
    optional: ClassVar[tuple[str, ...]] = ()
    is_rounded: ClassVar[bool] = False
    takes_overrides: ClassVar[bool] = True

    @classmethod
    @abstractmethod
    def read(cls, record: Record) -> Self:
        """Read the keys of this kind; faults are noted."""

    def check(self, place: Place) -> None:  # noqa: B027 - most kinds promise nothing
        """Note what is wrong between the keys of a line that was read without fault."""

    @property
    def sort(self) -> Sort:
        """Return what the name of such a line stands for."""
        return NUMBER

    @abstractmethod
    def compute(self, facts: Facts) -> Value:
        """Return the value. Raises: CannotPrice."""
