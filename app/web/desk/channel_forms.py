"""What the desk types about a conflict: how it was settled."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import Form, TextAreaField
from wtforms.validators import DataRequired, Length

from app.web.desk.channels.forms import stripped

LONGEST_NOTE = 500


class SettleForm(Form):
    """Ask how a conflict was settled, for the colleagues."""

    note = TextAreaField(
        _l("What was done"),
        [
            DataRequired(_l("Write in a few words what was done.")),
            Length(max=LONGEST_NOTE, message=_l("A few words are enough: 500 characters at most.")),
        ],
        filters=[stripped],
        render_kw={"rows": "2", "maxlength": str(LONGEST_NOTE)},
    )
