"""Ask the house and the floor in turns, and keep what came of it: pages alone and together, bookings together."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from statistics import median

from benchmarks import hotel
from benchmarks.client import ask_all, page_size
from benchmarks.timing import percentile
from pricing.stay import Stay
from tests.cast import TODAY
from tests.races.runs import OrderRun, Outcome
from tests.races.server import Server
from tests.races.visitor import Visitor

HOST = "localhost"
CONNECTIONS = 8
WARM_SECONDS, ALONE_SECONDS, TOGETHER_SECONDS, BOOKING_SECONDS = 1.0, 2.0, 4.0, 8.0
TRIPS = 500


@dataclass
class Pages:
    """The search page of one server, over all rounds."""

    bytes: int = 0
    alone: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """Return the middle of the answers to one client, in seconds."""
        return median(self.alone)

    @property
    def p95(self) -> float:
        """Return the time that nineteen of twenty answers to one client did not exceed, in seconds."""
        return percentile(self.alone, 0.95)

    @property
    def rate(self) -> float:
        """Return the requests a second over eight connections: the middle of the rounds."""
        return median(self.rates)


@dataclass
class Bookings:
    """The booking flow of one server, eight guests at a time."""

    flows: list[float] = field(default_factory=list)
    rate: float = 0.0
    failed: list[str] = field(default_factory=list)


def measure_pages(server: Server, address: str, pages: Pages) -> None:
    """Measure one round of the page at `address`, for one client and for eight connections."""
    paths = [f"{address}?{_dates(trip)}&adults=2" for trip in hotel.draw_trips(TRIPS)]
    pages.bytes = page_size(server.port, HOST, paths[0])
    ask_all(server.port, HOST, paths, connections=CONNECTIONS, seconds=WARM_SECONDS)
    alone, _took = ask_all(server.port, HOST, paths, connections=1, seconds=ALONE_SECONDS)
    pages.alone += alone
    together, took = ask_all(server.port, HOST, paths, connections=CONNECTIONS, seconds=TOGETHER_SECONDS)
    pages.rates.append(len(together) / took)


def measure_bookings(book: Callable[[int], str]) -> Bookings:
    """Let eight guests book one after the other, each a night of a room, until the time is over."""
    done, numbers = Bookings(), count()
    start = time.perf_counter()

    def book_on(_guest: int) -> None:
        while time.perf_counter() - start < BOOKING_SECONDS:
            begun = time.perf_counter()
            told = book(next(numbers))
            if told == Outcome.WON:
                done.flows.append(time.perf_counter() - begun)
            else:
                done.failed.append(told)

    with ThreadPoolExecutor(CONNECTIONS) as guests:
        list(guests.map(book_on, range(CONNECTIONS)))
    done.rate = len(done.flows) / (time.perf_counter() - start)
    return done


def book_in_house(server: Server) -> Callable[[int], str]:
    """Return what one guest does in the house: seven requests from the search to the order."""
    return lambda number: OrderRun(server.port, "double", _night(number), f"guest{number}").prepare()()


def book_on_floor(server: Server) -> Callable[[int], str]:
    """Return what one guest does on the floor: the search, and one form."""

    def book(number: int) -> str:
        guest, night = Visitor(server.port), _night(number)
        guest.get(f"/search?{_dates(night)}")
        form = {"arrival": night.arrival.isoformat(), "departure": night.departure.isoformat()}
        answer = guest.post("/book", {**form, "type": "double", "name": f"Guest {number}"})
        guest.hang_up()
        return Outcome.WON if answer.status == 302 else f"{answer.status}"

    return book


def form_medians(server: Server) -> dict[str, float]:
    """Return the middle time of the forms that write, in milliseconds, as the server's own log says it."""
    times: defaultdict[str, list[float]] = defaultdict(list)
    for line in server.log.read_text(encoding="utf-8").splitlines():
        if '"method": "POST"' not in line:
            continue
        said = json.loads(line)
        if said.get("status") == 302:
            times[str(said["rule"]).rsplit("/", 1)[-1]].append(said["milliseconds"])
    return {rule: median(taken) for rule, taken in sorted(times.items())}


def _night(number: int) -> Stay:
    """Return the night that the guest with this number wants, anywhere in the coming year."""
    arrival = TODAY + timedelta(days=30 + number * 7 % 330)
    return Stay(arrival, arrival + timedelta(days=1))


def _dates(stay: Stay) -> str:
    return f"arrival={stay.arrival.isoformat()}&departure={stay.departure.isoformat()}"


def first_failures(bookings: Sequence[Bookings]) -> list[str]:
    """Return some of what went wrong, for whoever looks into it."""
    return [told for one in bookings for told in one.failed[:3]]
