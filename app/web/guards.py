"""Let only the right people of this house through a staff door."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import abort, g, redirect, request, url_for
from flask_login import current_user

from app.models import RoleName

View = TypeVar("View", bound=Callable[..., Any])
MARK = "staff_roles"

_log = logging.getLogger("app.guards")


def staff(*roles: RoleName) -> Callable[[View], View]:
    """Guard a view: strangers are led to the login, staff without one of the roles or of another house refused."""
    if not roles:
        raise ValueError("a guard names the roles that it lets through")

    def guard(view: View) -> View:
        @wraps(view)
        def enter(*args: Any, **kwargs: Any) -> Any:
            if not current_user.is_authenticated:
                return redirect(
                    url_for("security.login", next=request.path if request.method == "GET" else None)
                )
            if not _belongs_here() or not any(current_user.has_role(role) for role in roles):
                _log.warning("refused", extra={"user_id": current_user.id, "endpoint": request.endpoint})
                abort(403)
            return view(*args, **kwargs)

        setattr(enter, MARK, roles)
        return enter  # type: ignore[return-value]  # wraps keeps the view's signature

    return guard


def _belongs_here() -> bool:
    return bool(current_user.property_id == g.house.id)
