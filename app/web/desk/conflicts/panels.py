"""A conflict in plain words, with what can be done about each of its sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import g
from flask_babel import gettext as _

from app.models import ClaimKind, Resolution
from app.services.conflicts import ConflictCard, Party, Readiness, Settled, Target
from app.web.desk.channels.panel import ago
from app.web.desk.conflicts.forms import OtherRoomForm, SettleForm, rename, type_name
from app.web.desk.words import CHANNELS, person_words
from app.web.night_words import nights_words, side_words
from pricing.stay import Stay


@dataclass(frozen=True, slots=True)
class LaterRoom:
    """A room that a platform sells too: to be closed there first, or closed already and waiting."""

    room_id: int
    name: str
    words: str
    block_id: int | None


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a conflict in words; a booking can be opened by its reference. `form` moves it, None: it stays."""

    claim_id: int
    words: str
    stay: Stay
    reference: str
    has_nights: bool
    is_block: bool
    is_closure: bool
    is_promised: bool
    is_relocatable: bool
    form: OtherRoomForm | None
    later: tuple[LaterRoom, ...]


@dataclass(frozen=True, slots=True)
class ConflictPanel:
    """What a template prints of a conflict."""

    id: int
    room_name: str
    nights: str
    opened_at: datetime
    sides: tuple[Side, ...]
    form: SettleForm


@dataclass(frozen=True, slots=True)
class Refused:
    """A form that was sent and could not be done, to be shown again where it stood."""

    conflict_id: int
    form: SettleForm | OtherRoomForm
    claim_id: int = 0


def panel_of(
    card: ConflictCard,
    targets: dict[int, tuple[Target, ...]],
    refused: Refused | None,
    today: date,
    now: datetime,
) -> ConflictPanel:
    """Put a conflict into the words of this request's language."""
    mine = refused if refused is not None and refused.conflict_id == card.id else None
    form = mine.form if mine is not None and isinstance(mine.form, SettleForm) else SettleForm()
    rename(form, str(card.id))
    return ConflictPanel(
        id=card.id,
        room_name=card.room_name,
        nights=nights_words(card.missing, g.language),
        opened_at=card.opened_at,
        sides=tuple(
            _side(party, card, targets.get(party.claim_id, ()), mine, today, now) for party in card.sides
        ),
        form=form,
    )


def full_words(party: Party) -> str:
    """Name one side to reception: the guest where we know them."""
    if party.kind == ClaimKind.CHANNEL_STAY and party.guest_name:
        return f"{party.guest_name} ({side_words(party)})"
    return party.guest_name or side_words(party)


def settled_words(settled: Settled) -> str:
    """Say how a conflict ended."""
    who = settled.who
    if who in CHANNELS:
        who = _("the guest (%(channel)s)", channel=CHANNELS[who])
    match settled.resolution:
        case Resolution.MOVED:
            return _("%(who)s moved to %(room)s", who=who, room=settled.where)
        case Resolution.RELOCATED:
            return _("%(who)s sleeps at %(house)s", who=who, house=settled.where)
        case _:
            return settled.note or _("the nights came free by themselves")


def who_words(settled: Settled) -> str:
    """Say who settled a conflict."""
    return person_words(settled.actor, settled.person)


def _side(
    party: Party,
    card: ConflictCard,
    targets: Sequence[Target],
    refused: Refused | None,
    today: date,
    now: datetime,
) -> Side:
    ready = [target for target in targets if target.readiness is Readiness.READY]
    form = None
    if party.is_movable(today):
        is_refused = (
            refused is not None
            and refused.claim_id == party.claim_id
            and isinstance(refused.form, OtherRoomForm)
        )
        given = refused.form if is_refused and refused is not None else None
        form = (
            given if isinstance(given, OtherRoomForm) else OtherRoomForm(targets=ready, language=g.language)
        )
        rename(form, f"{card.id}-{party.claim_id}")
    return Side(
        claim_id=party.claim_id,
        words=full_words(party),
        stay=Stay(party.arrival, party.departure),
        reference=party.reference,
        has_nights=party is not card.wanted_by,
        is_block=party.kind == ClaimKind.BLOCK,
        is_closure=party.is_closure,
        is_promised=party.is_promised,
        is_relocatable=party.is_relocatable(today),
        form=form,
        later=tuple(_later(target, now) for target in targets if target.readiness is not Readiness.READY),
    )


def _later(target: Target, now: datetime) -> LaterRoom:
    return LaterRoom(
        room_id=target.room_id,
        name=f"{target.name} ({type_name(target, g.language)})",
        words="; ".join(_unread_words(target, now)),
        block_id=target.kept.block_id if target.kept else None,
    )


def _unread_words(target: Target, now: datetime) -> list[str]:
    words = []
    for reader in target.unread:
        channel = str(CHANNELS.get(reader.channel, reader.channel))
        if reader.served_at is None:
            words.append(_("%(channel)s has never read our calendar of this room", channel=channel))
        elif target.kept:
            last = ago(reader.served_at, now)
            words.append(
                _("waiting until %(channel)s has read it (last read %(ago)s)", channel=channel, ago=last)
            )
        else:
            words.append(_("%(channel)s could sell these nights", channel=channel))
    return words
