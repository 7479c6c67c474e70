"""What the desk types about a conflict: another room, a reason, another house, and who is told at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, Form, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length

from app.services.conflicts import OtherHouse, Target
from app.services.letters import is_plain_address
from app.services.urgent_recipients import MOST_RECIPIENTS
from app.web.guest.forms.contact import LONGEST_ADDRESS

LONGEST_NOTE = 500
LONGEST_NAME = 120
LONGEST_TELEPHONE = 40


def _stripped(text: str | None) -> str:
    return (text or "").strip()


def rename(form: Form, suffix: str) -> None:
    """Give the fields of a form ids of their own: several such forms stand on one page."""
    for field in form:
        field.id = f"{field.id}-{suffix}"
        field.label.field_id = field.id


class SettleForm(Form):
    """Ask why both sides stay where they are, for the colleagues."""

    note = TextAreaField(
        _l("What was agreed"),
        [
            DataRequired(_l("Write in a few words what was agreed.")),
            Length(max=LONGEST_NOTE, message=_l("A few words are enough: 500 characters at most.")),
        ],
        filters=[_stripped],
        render_kw={"rows": "2", "maxlength": str(LONGEST_NOTE)},
    )


class OtherRoomForm(Form):
    """Ask for another room for one side. One that has just been taken may still be sent: the service decides."""

    room = SelectField(
        _l("Another room"), [InputRequired(_l("Choose a room."))], coerce=int, validate_choice=False
    )
    may_break_promise = BooleanField(_l("The guest knows, and agrees to change"))

    def __init__(self, *args: Any, targets: Sequence[Target] = (), language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.room.choices = [
            (target.room_id, f"{target.name} ({type_name(target, language)})") for target in targets
        ]

    def refuse_room(self, words: str) -> None:
        """Say beside the rooms why this one cannot be given."""
        self.room.data = None
        self.room.errors = (words,)

    def refuse_promise(self) -> None:
        """Ask for the tick without which a promised room is not changed."""
        self.may_break_promise.errors = (
            _("This room was promised. Ask the guest before, then tick this box."),
        )


class RoomForm(Form):
    """Take the number of a room that a button names."""

    room = SelectField(validators=[InputRequired()], coerce=int, choices=[], validate_choice=False)


class OtherHouseForm(Form):
    """Ask where a guest sleeps instead, and what our house pays for it."""

    name = StringField(
        _l("Name of the other house"),
        [
            DataRequired(_l("Write the name of the house.")),
            Length(max=LONGEST_NAME, message=_l("This is too long for a name.")),
        ],
        filters=[_stripped],
        render_kw={"autocomplete": "off"},
    )
    address = TextAreaField(
        _l("Its address"),
        [
            DataRequired(_l("Write the address, so that the guest finds it.")),
            Length(max=LONGEST_NOTE, message=_l("A few lines are enough: 500 characters at most.")),
        ],
        filters=[_stripped],
        render_kw={"rows": "3", "autocomplete": "off"},
    )
    telephone = StringField(
        _l("Its telephone"),
        [
            DataRequired(_l("Write the telephone, in case the guest does not find it.")),
            Length(max=LONGEST_TELEPHONE, message=_l("This is too long for a telephone number.")),
        ],
        filters=[_stripped],
        render_kw={"inputmode": "tel", "autocomplete": "off"},
    )
    way = TextAreaField(
        _l("How to get there"),
        [Length(max=LONGEST_NOTE, message=_l("A few lines are enough: 500 characters at most."))],
        filters=[_stripped],
        render_kw={"rows": "3"},
    )
    pays_difference = BooleanField(_l("Our house pays if it costs more there"))
    pays_transport = BooleanField(_l("Our house pays the way there"))

    def other_house(self) -> OtherHouse:
        """Return what was written."""
        return OtherHouse(
            name=self.name.data or "",
            address="\n".join((self.address.data or "").splitlines()),
            telephone=self.telephone.data or "",
            way="\n".join((self.way.data or "").splitlines()),
            pays_difference=bool(self.pays_difference.data),
            pays_transport=bool(self.pays_transport.data),
        )


class UrgentForm(Form):
    """Ask who is told at once, one address a line."""

    addresses = TextAreaField(
        _l("Also to these addresses, one a line"),
        filters=[_stripped],
        render_kw={"rows": "3", "inputmode": "email"},
    )

    def list_addresses(self) -> list[str]:
        """Return what was written, each address once."""
        lines = (line.strip() for line in (self.addresses.data or "").splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def validate_addresses(self, _field: Field) -> None:
        """Refuse what no letter would reach, and name it. Raises: ValidationError."""
        addresses = self.list_addresses()
        if len(addresses) > MOST_RECIPIENTS:
            raise ValidationError(_("Ten addresses at most."))
        for address in addresses:
            local, _at, domain = address.rpartition("@")
            is_odd = not is_plain_address(address) or not local or "." not in domain.strip(".")
            if is_odd or len(address) > LONGEST_ADDRESS:
                raise ValidationError(
                    _(
                        "“%(address)s” is not an address: it looks like name@example.org.",
                        address=address[:80],
                    )
                )


def type_name(target: Target, language: str) -> str:
    """Return what kind of room a target is, in a language, else in the first one."""
    return target.type_names.get(language) or next(iter(target.type_names.values()), "")
