"""Walk every road of the Stripe gateway past a strict checker; exit 1 on any request Stripe would refuse.

    python -m tests.stripe_house.checked_walk PATH/stripe_spec_check.py

The checker listens between gateway and stand-in and holds each request against Stripe's own description.
It is not part of the project.
"""

from __future__ import annotations

import argparse
import json
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from app.gateways.payments import CheckoutRequest, Snapshot
from app.gateways.stripe import StripeGateway, checkout_params
from tests.stripe_house.process import SECRET_KEY, WEBHOOK_SECRET, StripeHouse

NOW = datetime.now(UTC)


def main() -> int:
    """Walk, print what was found, return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("checker", type=Path)
    checker = parser.parse_args().checker
    with StripeHouse() as house, checked(checker, house.url) as address:
        _walk(house, StripeGateway(SECRET_KEY, webhook_secret=WEBHOOK_SECRET, api_base=address))
        return print_findings(address)


def print_findings(address: str) -> int:
    """Print what the checker found; return 1 when it found anything, or was never asked."""
    with urllib.request.urlopen(f"{address}/_check/report", timeout=10) as answer:
        report = json.load(answer)
    for found in report["violations"]:
        print(json.dumps(found))
    asked, refused = len(report["requests"]), len(report["violations"])
    print(f"{asked} requests to Stripe, {refused} that it would refuse")
    return 1 if refused or not asked else 0


def _walk(house: StripeHouse, gateway: StripeGateway) -> None:
    paid = _pay(house, gateway, "walk-1", is_hold=False, email="ada@example.org")
    gateway.refund(paid.intent_id or "", amount_minor=2_000, reference="r1", key="walk-r1")
    gateway.list_refunds(paid.intent_id or "")
    held = _pay(house, gateway, "walk-2", is_hold=True, email=None)
    gateway.capture(held.intent_id or "", amount_minor=9_000, key="walk-2-capture")
    held = _pay(house, gateway, "walk-3", is_hold=True, email=None)
    gateway.release(held.intent_id or "", key="walk-3-release")
    gateway.fetch_intent(held.intent_id or "")
    gateway.expire(gateway.start(_request("walk-4", is_hold=False, email=None)).session_id)


def _pay(house: StripeHouse, gateway: StripeGateway, name: str, **changes: Any) -> Snapshot:
    started = gateway.start(_request(name, **changes))
    house.pay(started.url, "declined")
    house.pay(started.url)
    return gateway.fetch_session(started.session_id)


def _request(name: str, *, is_hold: bool, email: str | None) -> CheckoutRequest:
    params = checkout_params(
        attempt=name,
        booking="KX7P2M",
        purpose="full",
        environment="test",
        amount_minor=12_000,
        currency="EUR",
        line_name="Juste Nuit, 3 nuits",
        locale="fr",
        is_hold=is_hold,
        email=email,
        success_url="http://127.0.0.1/back?session={CHECKOUT_SESSION_ID}",
        cancel_url="http://127.0.0.1/review",
        expires_at=NOW + timedelta(minutes=35),
    )
    return CheckoutRequest(params, f"{name}-session")


@contextmanager
def checked(checker: Path, upstream: str) -> Iterator[str]:
    """Run the checker in front of the stand-in; yield its address. What Stripe would refuse is not passed on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        listen = f"127.0.0.1:{free.getsockname()[1]}"
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            str(checker),
            "serve",
            "--listen",
            listen,
            "--upstream",
            upstream,
            "--enforce",
        ]
        process = subprocess.Popen(
            [*command, "--log", f"{folder}/violations.json"], stdout=subprocess.PIPE, text=True
        )
        try:
            assert process.stdout is not None
            process.stdout.readline()
            yield f"http://{listen}"
        finally:
            process.terminate()
            process.wait(timeout=10)


if __name__ == "__main__":
    sys.exit(main())
