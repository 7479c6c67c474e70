"""Let staff sign in: Flask-Security's views, our forms, limits and counts before any password is weighed.

Hashing holds no transaction: the session is let go of before, whatever the account (decision 16).
"""

from __future__ import annotations

import logging
from typing import Any

from flask import Flask, current_app, g
from flask_babel import lazy_gettext as _l
from flask_security.core import Security
from flask_security.datastore import SQLAlchemySessionUserDatastore
from flask_security.forms import Form, LoginForm, VerifyForm
from flask_security.utils import hash_password, verify_password
from werkzeug.exceptions import TooManyRequests
from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired, Length

from app import clock
from app.database import session
from app.models import Role, User
from app.services import throttles, users
from app.services.tokens import fingerprint
from app.web.language import UNDER_A_LANGUAGE
from app.web.network import network_key
from app.web.transactions import reads
from config import Config

WINDOW_MINUTES = 15
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 256
LONGEST_ADDRESS = 254

_log = logging.getLogger("app.signing_in")

WRONG = _l("This e-mail address and this password do not go together.")


def _address() -> EmailField:
    rules = [InputRequired(_l("Write your e-mail address.")), Length(max=LONGEST_ADDRESS)]
    return EmailField(_l("E-mail address"), validators=rules)


def _password() -> PasswordField:
    rules = [InputRequired(_l("Write your password.")), Length(max=LONGEST_PASSWORD)]
    return PasswordField(_l("Password"), validators=rules)


class SignInForm(LoginForm):
    """Ask for an address and a password; the answer is the same whether or not the account exists."""

    email = _address()
    password = _password()
    remember = None  # type: ignore[assignment]  # WTForms' way to drop a field: its cookie outlives our sessions

    def validate(self, **kwargs: Any) -> bool:
        """Count the attempt, then weigh the password."""
        if not Form.validate(self, **kwargs):
            return False
        email, password = str(self.email.data), str(self.password.data)
        _count_attempt(email)
        self.user = _find_account(email, password)
        if self.user is None:
            _log.warning("sign-in refused")
            self.form_errors.append(WRONG)
            return False
        _log.info("signed in", extra={"user_id": self.user.id})
        throttles.forgive(_account_key(email))
        return True


class VerifyAgainForm(VerifyForm):
    """Ask somebody who is signed in for the password again; counted like signing in."""

    password = _password()

    def validate(self, **kwargs: Any) -> bool:
        """Count the attempt, then weigh the password."""
        if not Form.validate(self, **kwargs):
            return False
        email, stored = self.user.email, self.user.password
        _count_attempt(email)
        if not _is_right(str(self.password.data), stored):
            self.form_errors.append(WRONG)
            return False
        throttles.forgive(_account_key(email))
        return True


def install(app: Flask) -> None:
    """Open login, logout and verify, and nothing else of Flask-Security: no tokens, no remembering."""
    config: Config = app.config["HOUSE"]
    app.config.from_mapping(security_settings(config))
    security = Security(
        app,
        SQLAlchemySessionUserDatastore(session, User, Role),
        login_form=SignInForm,
        verify_form=VerifyAgainForm,
    )
    security.want_json(lambda _request: False)
    security.login_manager.request_loader(lambda _request: None)
    for endpoint in ("security.login", "security.verify"):
        app.view_functions[endpoint] = reads(app.view_functions[endpoint])


def security_settings(config: Config) -> dict[str, Any]:
    """Return Flask-Security's settings: argon2id as the rules give it (8.2), pages under /<language>/desk."""
    return {
        "SECURITY_URL_PREFIX": f"{UNDER_A_LANGUAGE}/desk",
        "SECURITY_STATIC_FOLDER": None,
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_PASSWORD_SINGLE_HASH": {"argon2"},
        "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {
            "argon2__type": "ID",
            "argon2__memory_cost": config.hash_memory_kib,
            "argon2__time_cost": 2,
            "argon2__parallelism": 1,
        },
        "SECURITY_PASSWORD_LENGTH_MIN": SHORTEST_PASSWORD,
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_POST_LOGIN_VIEW": "desk.today",
        "SECURITY_POST_LOGOUT_VIEW": "guest.home",
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
    }


def _count_attempt(email: str) -> None:
    config: Config = current_app.config["HOUSE"]
    counts = (
        (f"login:{network_key()}", config.logins_per_network),
        (_account_key(email), config.logins_per_account),
    )
    for key, limit in counts:
        if not throttles.allow(key, limit=limit, window_minutes=WINDOW_MINUTES, now=clock.now()):
            raise TooManyRequests


def _account_key(email: str) -> str:
    secret = current_app.config["HOUSE"].secret_key
    return f"login:{fingerprint(secret, 'account', f'{g.house.id}:{email.strip().lower()}')}"


def _find_account(email: str, password: str) -> User | None:
    user = users.find_by_email(g.house.id, email)
    user_id, stored = (user.id, user.password) if user and user.active else (None, None)
    if not _is_right(password, stored) or user_id is None:
        return None
    _renew_hash(user_id, password, str(stored))
    return session.get(User, user_id)


def _is_right(password: str, stored: str | None) -> bool:
    normal = _normal(password)
    session.rollback()  # nobody waits for a transaction while a password is weighed
    if stored is None:
        hash_password(normal)  # takes as long as weighing one
        return False
    return bool(verify_password(normal, stored))


def _renew_hash(user_id: int, password: str, stored: str) -> None:
    if current_app.extensions["security"].pwd_context.needs_update(stored):
        users.keep_hash(user_id=user_id, password_hash=hash_password(_normal(password)))


def _normal(password: str) -> str:
    return str(current_app.extensions["security"].password_util.normalize(password))
