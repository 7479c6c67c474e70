"""What the commands about scales share: a file becomes a scale, or lines on standard error."""

import sys
from pathlib import Path

from pricing.scale import Fault, Scale, ScaleInvalid
from pricing.scale.faults import on_one_line

INVALID = 2


def load(file: Path) -> Scale | None:
    """Read a scale; print one line per fault, and return None, where it is none."""
    try:
        return Scale.loads(file.read_bytes())
    except OSError as fault:
        faults: tuple[Fault, ...] = (Fault("$", "not_json", f"cannot be read: {fault.strerror}"),)
    except ScaleInvalid as invalid:
        faults = invalid.faults
    print(*(f"{on_one_line(str(file))}: {fault}" for fault in faults), sep="\n", file=sys.stderr)
    return None
