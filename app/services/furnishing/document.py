"""Reading the file of a house key by key: what it has and a grid has not."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import time
from fractions import Fraction

from pricing.document import Table
from pricing.refusal import GridInvalid

HOUR = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


class HouseTable(Table):
    """Read hours, numbers from 0, fractions, and words by language; faults are those of every Table."""

    def hour(self, key: str) -> time:
        """Take a local time, written as text: "15:00"."""
        text = self.text(key)
        if not HOUR.fullmatch(text):
            raise GridInvalid(
                "not_an_hour", self.at(key), f'a time such as "15:00" is expected, not {text!r}'
            )
        return time.fromisoformat(text)

    def count(self, key: str) -> int:
        """Take a whole number; which ones make sense is said by the value that it goes into."""
        return int(self._take(key, int))

    def fraction(self, key: str, below: int) -> Fraction:
        """Take a fraction, written as text: "0.04" for 4 %."""
        fraction = self.number(key)
        if not 0 <= fraction < below:
            raise GridInvalid("not_a_fraction", self.at(key), "a fraction is expected: 0.04 for 4 %")
        return fraction

    def one_of(self, key: str, known: Collection[str]) -> str:
        """Take one of the known texts."""
        text = self.text(key)
        if text not in known:
            raise GridInvalid("unknown_word", self.at(key), f"{' or '.join(known)} is expected, not {text!r}")
        return text

    def words(self, key: str) -> Mapping[str, str]:
        """Take a text by language, in as many languages as the house writes."""
        with self.table(key) as texts:
            return {language: texts.text(language) for language in texts.unread()}

    def texts(self, key: str) -> tuple[str, ...]:
        """Take a list of texts."""
        texts = self._take(key, list)
        for place, text in enumerate(texts, 1):
            if not isinstance(text, str):
                raise GridInvalid(
                    "wrong_type", f"{self.at(key)}[{place}]", f"a text is expected, not {text!r}"
                )
        return tuple(texts)
