"""How the command line says who sleeps where, what each household chooses, and who else pays."""

import argparse
import re
from datetime import date
from fractions import Fraction

from pricing.aids import Aid, NotEligible, Reason, employer_aid, national_aid, partner_voucher
from pricing.group import GroupRoom, Sleepers
from pricing.household import HouseholdInvalid
from pricing.money import Money
from pricing.quoted import Quote

ANCV = "ancv_depart_18_25"
UNDECIDED = "-"
_ROOM = re.compile(r"(\w+)=(.+)", re.ASCII)
_SLEEPERS = re.compile(r"([0-9]{1,3}):([0-9]{1,3})(?:\+([0-9]{1,3}(?:,[0-9]{1,3})*))?", re.ASCII)
_SHARE = re.compile(r"([01](?:\.[0-9]{1,6})?)(?::([0-9.]+))?", re.ASCII)
_CLAIM = re.compile(r"(\w+):([0-9]{1,3})", re.ASCII)
ROOM_FORM = (
    "a room is written family=1:2+4,6/2:1 (of household 1 two adults, children of 4 and 6; of 2 one adult)"
)


def day(text: str) -> date:
    """Read a date."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"a date is written 2027-07-02, not {text!r}") from None


def ages(text: str) -> tuple[int, ...]:
    """Read the ages of children."""
    try:
        return tuple(int(age) for age in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"ages are written 4,6, not {text!r}") from None


def room(text: str) -> GroupRoom:
    """Read a room of a group and who sleeps there, household by household."""
    written = _ROOM.fullmatch(text)
    if not written:
        raise argparse.ArgumentTypeError(f"{ROOM_FORM}, not {text!r}")
    try:
        return GroupRoom(written[1], tuple(_sleepers(who, text) for who in written[2].split("/")))
    except HouseholdInvalid as refusal:
        raise argparse.ArgumentTypeError(str(refusal)) from None


def room_beyond(text: str) -> GroupRoom:
    """Read a room beyond the fewest that hold the group."""
    needed = room(text)
    return GroupRoom(needed.type_code, needed.sleepers, is_beyond_fewest=True)


def _sleepers(who: str, text: str) -> Sleepers:
    written = _SLEEPERS.fullmatch(who)
    if not written:
        raise argparse.ArgumentTypeError(f"{ROOM_FORM}, not {text!r}")
    return Sleepers(int(written[1]), int(written[2]), ages(written[3]) if written[3] else ())


def numbers(text: str) -> tuple[int, ...]:
    """Read the numbers of households."""
    if not re.fullmatch(r"[0-9]{1,3}(,[0-9]{1,3})*", text, re.ASCII):
        raise argparse.ArgumentTypeError(f"households are written 1,3, not {text!r}")
    return tuple(int(number) for number in text.split(","))


def choices(text: str) -> tuple[str, ...]:
    """Read what households choose: brackets, or - for who would rather not choose."""
    if not re.fullmatch(r"([0-9]{1,3}|-)(,([0-9]{1,3}|-))*", text, re.ASCII):
        raise argparse.ArgumentTypeError(f"choices are written 4,-,1, not {text!r}")
    return tuple(text.split(","))


def bracket_of(choice: str) -> int | None:
    """Return the bracket of a choice, None for who would rather not choose."""
    return None if choice == UNDECIDED else int(choice)


def employer(text: str) -> tuple[Fraction, str | None]:
    """Read the share that an employer pays, and the most."""
    written = _SHARE.fullmatch(text)
    if not written:
        raise argparse.ArgumentTypeError(f"an employer's part is written 0.5 or 0.5:100, not {text!r}")
    return Fraction(written[1]), written[2]


def claim(text: str) -> tuple[str, int]:
    """Read the reason and the age by which somebody claims an aid."""
    written = _CLAIM.fullmatch(text)
    if not written:
        raise argparse.ArgumentTypeError(f"a claim is written {Reason.YOUNG_WITH_STATUS}:22, not {text!r}")
    return written[1], int(written[2])


def aids_of(asked: argparse.Namespace, priced: Quote) -> list[Aid]:
    """Return the aids that are asked for. Raises: NoAid, NotEligible, AidInvalid, AmountInvalid."""
    currency = priced.cost.currency
    aids: list[Aid] = []
    if asked.ancv:
        reason, age = asked.ancv
        if reason not in list(Reason):
            raise NotEligible(f"{reason!r} opens no right; what does: {', '.join(Reason)}")
        aids.append(national_aid(ANCV, priced.stay.arrival).claim(Reason(reason), age))
    if asked.employer:
        share, most = asked.employer
        aids.append(employer_aid(share, None if most is None else Money.of(most, currency)))
    if asked.voucher:
        aids.append(partner_voucher(Money.of(asked.voucher, currency)))
    return aids
