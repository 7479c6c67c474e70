"""`python -m pricing eval FILE --input JSON` prints what one household pays by one scale, as one JSON object.

Exit codes: 0 for a price, 1 for {"error": …}, 2 if the file is no scale.
"""

import argparse
import json
from pathlib import Path

from pricing.commands.scales import INVALID, load
from pricing.scale import CannotPrice
from pricing.scale.json_text import JsonInvalid, parse

NO_PRICE = 1


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and its options."""
    command = commands.add_parser("eval", help="what one household pays by a price scale, line by line")
    command.add_argument("file", type=Path, metavar="FILE", help="a scale in pricing-scale/1")
    command.add_argument(
        "--input", default="{}", metavar="JSON", help='what the household tells, as {"qf": "800"}'
    )
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Print the answer; return the exit code."""
    scale = load(asked.file)
    if scale is None:
        return INVALID
    try:
        answer = {"id": scale.id, **scale.price(_values(asked.input)).as_json()}
    except CannotPrice as refusal:
        print(json.dumps({"error": refusal.code, "detail": refusal.detail}, ensure_ascii=False))
        return NO_PRICE
    print(json.dumps(answer, ensure_ascii=False))
    return 0


def _values(text: str) -> dict[str, object]:
    try:
        values = parse(text)
    except JsonInvalid as fault:
        raise CannotPrice("bad_input", f"the input is no JSON object: {fault}") from None
    if not isinstance(values, dict):
        raise CannotPrice("bad_input", "the input is no JSON object")
    return values
