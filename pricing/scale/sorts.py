"""Sort: what a name stands for, and so where it may be used: a number, a count, a flag, or a choice of classes."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from typing import Self

from pricing.scale.amount import Amount


class Form(Enum):
    """Name the sorts; UNSURE is a line with a fault: no use of it is blamed a second time."""

    NUMBER = "a number"
    COUNT = "a count"
    FLAG = "a flag"
    CHOICE = "a choice"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Sort:
    """Hold the form of a name, the classes of a choice, the least and the most of a bounded count."""

    form: Form
    options: frozenset[str] = frozenset()
    span: tuple[int, int] | None = None

    @classmethod
    def choice(cls, options: Collection[str]) -> Self:
        """Make the sort of a choice of texts."""
        return cls(Form.CHOICE, frozenset(options))

    @property
    def is_number(self) -> bool:
        """Tell whether the name may stand where a number is expected."""
        return self.form in (Form.NUMBER, Form.COUNT, Form.UNSURE)

    @property
    def is_count(self) -> bool:
        """Tell whether the name may stand where a count is expected."""
        return self.form in (Form.COUNT, Form.UNSURE)

    @property
    def has_classes(self) -> bool:
        """Tell whether a table may be `by` this name."""
        return self.form is not Form.NUMBER and not (self.form is Form.COUNT and self.span is None)

    def are_its_classes(self, words: Collection[str]) -> bool:
        """Tell whether these are exactly the classes of the name."""
        if self.form is Form.UNSURE:
            return True
        if self.span is not None:
            least, most = self.span
            # Counted before it is listed: a span may be astronomically wide.
            return len(words) == most - least + 1 and set(words) == {
                str(Amount.of_count(number)) for number in range(least, most + 1)
            }
        return set(words) == self.options


NUMBER = Sort(Form.NUMBER)
FLAG = Sort(Form.FLAG, frozenset({"true", "false"}))
UNSURE = Sort(Form.UNSURE)
