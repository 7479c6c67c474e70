# SPDX-License-Identifier: GPL-3.0-or-later
# This file starts localstripe (GPL-3.0-or-later) and carries its licence, unlike the rest of the project.
"""Serve the stand-in on loopback and print its address: `python -m tests.stripe_house --port 0`."""

from __future__ import annotations

import argparse
import asyncio
import sys
from contextlib import suppress

from aiohttp import web

from tests.stripe_house.application import create


async def serve(port: int, *, until_input_ends: bool) -> None:
    """Serve on 127.0.0.1 only, until stopped, or until whoever started it is gone."""
    runner = web.AppRunner(create(), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port, shutdown_timeout=0.1)
    await site.start()
    host, bound = runner.addresses[0][:2]
    print(f"http://{host}:{bound}", flush=True)
    if until_input_ends:
        await asyncio.to_thread(sys.stdin.read)
    else:
        await asyncio.Event().wait()
    await runner.cleanup()


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8420)
    parser.add_argument("--until-input-ends", action="store_true", help="stop when standard input closes")
    arguments = parser.parse_args()
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(arguments.port, until_input_ends=arguments.until_input_ends))


if __name__ == "__main__":
    main()
