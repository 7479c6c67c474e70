"""The commands of the example house: load it, say its logins, play its booking platforms."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from flask_security.utils import hash_password

from app import clock, demo
from app.demo.channels import save_feeds
from app.demo.house import DETAILS
from app.demo.people import draw_passwords, hash_all, write_logins
from app.demo_channels import PORT, open_server
from app.gateways.sealing import Vault
from app.models import Property
from config import Config

demo_commands = AppGroup("demo", help="The example house, for a look around.")


@demo_commands.command("load")
def load() -> None:
    """Load the example house into an empty database; where it stands already, leave it as it is."""
    try:
        house = demo.find_example() or _load()
    except (demo.HouseInTheWay, demo.ExampleNotPossible) as refusal:
        raise click.ClickException(str(refusal)) from None
    save_feeds(house=house, port=_feed_port(), vault=_vault(), actor="system", now=clock.now())


def _load() -> Property:
    click.echo("Loading the example house …")
    passwords = draw_passwords()
    hashes = hash_all(passwords, hash_password)
    stage = demo.Stage(
        now=clock.now(),
        today=clock.today(DETAILS),
        feed_port=_feed_port(),
        vault=_vault(),
        password_hashes=hashes,
    )
    house = demo.load(stage)
    write_logins(_logins(), passwords)
    return house


@demo_commands.command("logins")
def logins() -> None:
    """Print who may sign in to the example, and with which password."""
    if not _logins().exists():
        raise click.ClickException(f"There are no logins of an example in {_logins()}.")
    click.echo("Sign in under /fr/desk/login:")
    click.echo(_logins().read_text(encoding="utf-8"), nl=False)


@demo_commands.command("channels")
def channels() -> None:
    """Play the booking platforms of the example on loopback, until stopped."""
    with open_server(today=lambda: clock.today(DETAILS), port=_feed_port()) as server:
        server.serve_forever()


def _logins() -> Path:
    return _config().var_dir / "demo-logins.txt"


def _feed_port() -> int:
    """Return the port of the address that FEED_TEST_HOSTS allows."""
    for host in sorted(_config().feed_test_hosts):
        return int(host.rpartition(":")[2])
    return PORT


def _vault() -> Vault:
    return Vault(_config().vault_keys)


def _config() -> Config:
    config = current_app.config["HOUSE"]
    assert isinstance(config, Config)
    return config
