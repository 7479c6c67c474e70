"""The commands of the house and its people: migrate the database, make a house, take people in."""

from __future__ import annotations

import secrets
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from flask_migrate import upgrade
from flask_security.utils import hash_password

from app import clock
from app.gateways.sealing import Vault
from app.models import Property, RoleName
from app.schema import MIGRATIONS
from app.services import channels, furnishing, houses, users
from app.web.language import LANGUAGES
from app.web.signing_in import SHORTEST_PASSWORD

ACTOR = "system"

house_commands = AppGroup("house", help="The house itself: its database, its name, its host names.")
user_commands = AppGroup("user", help="The people of a house.")


@house_commands.command("migrate")
def migrate() -> None:
    """Bring the database to the schema of this release; whoever comes second waits, and finds it done."""
    upgrade(directory=str(MIGRATIONS))
    click.echo("The database is at the schema of this release.")


@house_commands.command("reseal")
def reseal() -> None:
    """Seal the addresses of all feeds with the newest of FEED_KEYS; the older keys are not needed after that."""
    done = channels.reseal_addresses(vault=Vault(current_app.config["HOUSE"].vault_keys))
    click.echo(f"Addresses sealed with the newest key: {done.count}.")
    if done.lost:
        raise click.ClickException(
            f"Addresses that none of the keys opens: {done.lost}. Add the missing key, or enter them again."
        )


@house_commands.command("create")
@click.option("--code", prompt="Code of the house (small letters, for commands)")
@click.option("--name", prompt="Name of the house")
@click.option("--host", "hosts", multiple=True, help="Host name; may be repeated.")
@click.option("--timezone", default="Europe/Paris", prompt="Time zone")
@click.option("--currency", default="EUR", prompt="Currency")
@click.option(
    "--language", "languages", multiple=True, type=click.Choice(list(LANGUAGES)), help="May be repeated."
)
@click.option("--telephone", prompt="Telephone")
@click.option("--email", prompt="E-mail address of the house")
@click.option("--address", prompt="Postal address (one line, parts between commas)")
@click.option("--manager-name", prompt="Name of its manager")
@click.option("--manager-email", prompt="E-mail address of its manager")
def create_house(
    code: str,
    name: str,
    hosts: tuple[str, ...],
    timezone: str,
    currency: str,
    languages: tuple[str, ...],
    telephone: str,
    email: str,
    address: str,
    manager_name: str,
    manager_email: str,
) -> None:
    """Make a house and its manager."""
    names = hosts or tuple(click.prompt("Host names, between spaces", default="localhost 127.0.0.1").split())
    spoken = languages or tuple(LANGUAGES)
    lines = "\n".join(part.strip() for part in address.split(","))
    try:
        details = houses.HouseDetails(code, name, timezone, currency, spoken, telephone, email, lines)
        house = houses.create_house(details=details, hosts=names, actor=ACTOR, now=clock.now())
    except (houses.HouseInvalid, houses.HostTaken) as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(f"{house.name} answers under {', '.join(houses.list_hosts(house))}.")
    _take_in(house, manager_email, manager_name, (RoleName.MANAGER, RoleName.RECEPTION), None)


@house_commands.command("furnish")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--house", "code", default="", help="Code of the house; needed where there are several.")
def furnish_house(file: Path, code: str) -> None:
    """Give a house its hours, rooms, grid and tourist tax from FILE; docs/house.toml is one to copy."""
    house = _house(code) if code else _only_house()
    try:
        furnished = furnishing.furnish(
            house=house,
            plan=furnishing.read_plan(file),
            actor=ACTOR,
            now=clock.now(),
            today=clock.today(house),
        )
    except furnishing.PlanInvalid as refusal:
        raise click.ClickException(f"Nothing was changed. {refusal}") from None
    click.echo(f"{house.name} is furnished as {file} says.")
    for words, names in (("Added", furnished.added_rooms), ("Removed", furnished.removed_rooms)):
        if names:
            click.echo(f"{words}: {', '.join(names)}.")
    if furnished.grid_number:
        click.echo(
            f"Added: version {furnished.grid_number} of the grid, in force from {furnished.grid_from}."
        )
    if furnished.tax_from:
        click.echo(f"Added: a tourist tax, valid from {furnished.tax_from}.")
    click.echo(f"The last night with a price is that of {house.horizon}.")


@house_commands.command("hosts")
@click.argument("code")
@click.option("--add", "added", multiple=True, help="Host name to answer under.")
@click.option("--remove", "removed", multiple=True, help="Host name not to answer under any more.")
def change_hosts(code: str, added: tuple[str, ...], removed: tuple[str, ...]) -> None:
    """List the host names of a house, or change them."""
    house = _house(code)
    if added or removed:
        try:
            houses.change_hosts(house=house, added=added, removed=removed, actor=ACTOR, now=clock.now())
        except (houses.HouseInvalid, houses.HostTaken) as refusal:
            raise click.ClickException(str(refusal)) from None
    for host in houses.list_hosts(house):
        click.echo(host)


@user_commands.command("create")
@click.argument("code")
@click.option("--email", prompt="E-mail address")
@click.option("--name", prompt="Name")
@click.option(
    "--role", "roles", multiple=True, required=True, type=click.Choice([role.value for role in RoleName])
)
@click.option("--ask-password", is_flag=True, help="Ask for the password instead of making one.")
def create_user(code: str, email: str, name: str, roles: tuple[str, ...], ask_password: bool) -> None:
    """Take somebody in; a password is made and shown once."""
    password = click.prompt("Password", hide_input=True, confirmation_prompt=True) if ask_password else None
    _take_in(_house(code), email, name, tuple(RoleName(role) for role in roles), password)


def _take_in(
    house: Property, email: str, name: str, roles: tuple[RoleName, ...], password: str | None
) -> None:
    if password is not None and len(password) < SHORTEST_PASSWORD:
        raise click.ClickException(f"A password has at least {SHORTEST_PASSWORD} characters.")
    made = secrets.token_urlsafe(12)
    hashed = hash_password(password or made)
    language = house.languages[0]
    try:
        users.create_user(
            house=house,
            email=email,
            name=name,
            password_hash=hashed,
            roles=roles,
            language=language,
            actor=ACTOR,
            now=clock.now(),
        )
    except users.EmailTaken:
        raise click.ClickException(f"Somebody has an account with {email} already.") from None
    click.echo(
        f"{name} signs in with {email}" + ("." if password else f" and this password, shown once: {made}")
    )


def _only_house() -> Property:
    codes = houses.list_codes()
    if len(codes) != 1:
        raise click.ClickException(f"Which house? --house {'|'.join(codes) or 'CODE, after house create'}")
    return _house(codes[0])


def _house(code: str) -> Property:
    house = houses.find_house(code)
    if house is None:
        raise click.ClickException(f"There is no house with the code {code!r}.")
    return house
