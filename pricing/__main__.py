"""The command line: `python -m pricing COMMAND …`; every command stands in a file of pricing/commands."""

import argparse
import io
import sys
from collections.abc import Sequence

from pricing.commands import check, quote, review, risk, simulate, solve
from pricing.commands import eval as evaluate

COMMANDS = (quote, review, check, evaluate, solve, simulate, risk)


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer one question and return the exit code: each command says what its codes mean."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a strange name in a file never stops an answer
    asked = _parser().parse_args(arguments)
    return int(asked.run(asked))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m pricing", description="What a stay costs.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_to(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
