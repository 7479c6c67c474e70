"""Facts: what is known while a scale is computed: the inputs, then the lines from top to bottom."""

from collections.abc import Mapping

from pricing.scale.amount import Amount
from pricing.scale.faults import CannotPrice

Value = Amount | str | bool


class Facts:
    """Keep the value of each name; None is an input not given or an absent line."""

    def __init__(self, inputs: Mapping[str, Value | None]) -> None:
        self._values = dict(inputs)

    def learn(self, name: str, value: Value | None) -> None:
        """Add the value of a line."""
        self._values[name] = value

    def find(self, name: str) -> Value | None:
        """Return a value, None where nothing is given."""
        return self._values[name]

    def given(self, name: str) -> Value:
        """Return a value that is needed. Raises: CannotPrice (missing_input)."""
        value = self._values[name]
        if value is None:
            raise CannotPrice("missing_input", f"{name} is needed and is not given")
        return value

    def number(self, name: str) -> Amount:
        """Return a number that is needed; the validator has seen that it is one."""
        value = self.given(name)
        assert isinstance(value, Amount)
        return value

    def class_of(self, name: str) -> str:
        """Return the class that a table has to look up: a text, "true" or "false", a count in digits."""
        value = self.given(name)
        if isinstance(value, bool):
            return "true" if value else "false"
        return str(value)
