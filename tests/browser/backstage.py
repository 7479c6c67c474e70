"""What happens behind the pages: make the database, load the example, then run the sweeps at each line that comes in.

Started by `OpenHouse` as a process of its own; a sweep that fails ends it, with the fault on its standard error.
"""

from __future__ import annotations

import sys

from tests.browser.house_app import app
from tests.browser.open_house import READY


def main() -> None:
    """Prepare the house, then serve the bell until it falls silent."""
    runner = app.test_cli_runner()
    for command in (["house", "migrate"], ["demo", "load"]):
        done = runner.invoke(args=command)
        if done.exit_code:
            sys.exit(done.output)
    print(READY, flush=True)
    jobs = app.extensions["jobs"]
    for _line in sys.stdin:
        for name in jobs.sweeps:
            jobs.run(name)
        print(READY, flush=True)


if __name__ == "__main__":
    main()
