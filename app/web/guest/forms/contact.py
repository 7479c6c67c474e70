"""What an e-mail address looks like, as far as a form can tell; whether it is somebody's, only a letter finds out."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import Field, Form
from wtforms.validators import ValidationError

from app.services.letters import is_plain_address

LONGEST_ADDRESS = 254
INCOMPLETE = _l("Something is missing in this address. It looks like this: name@example.org.")


def refuse_odd_address(_form: Form, field: Field) -> None:
    """Refuse an address that no letter would reach. Raises: ValidationError."""
    text = field.data or ""
    local, _at, domain = text.rpartition("@")
    if not is_plain_address(text) or not local or "." not in domain.strip("."):
        raise ValidationError(str(INCOMPLETE))
