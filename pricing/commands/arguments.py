"""What the commands read their arguments as, where argparse has no word for it."""

import argparse
import re
from collections.abc import Callable


def number_up_to(most: int) -> Callable[[str], int]:
    """Return a reader of whole numbers from 1 to a bound; the reader raises ArgumentTypeError."""

    def read(text: str) -> int:
        if not re.fullmatch("[0-9]{1,9}", text) or not 1 <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"a number from 1 to {most} is expected, not {text!r}")
        return int(text)

    return read
