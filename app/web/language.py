"""Speak the language that the address says; French first, never guessed from where somebody is (WEB-04)."""

from __future__ import annotations

from typing import Any

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask_babel import Babel, get_locale, get_translations
from werkzeug.wrappers import Response

LANGUAGES = {"fr": "Français", "en": "English"}
DEFAULT_LANGUAGE = "fr"
UNDER_A_LANGUAGE = f"/<any({', '.join(LANGUAGES)}):language>"

_babel = Babel()


def install(app: Flask) -> None:
    """Read the language before every request, hand it to addresses, translations and templates."""
    _babel.init_app(app, locale_selector=current_language)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of Jinja's own i18n extension
        gettext=lambda text: _catalogue().ugettext(text),
        ngettext=lambda one, many, count: _catalogue().ungettext(one, many, count),
        newstyle=True,
    )
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_add_language)
    app.before_request(_refuse_unspoken)
    app.context_processor(_words)
    app.add_url_rule("/", "front_door", front_door)


def current_language() -> str:
    """Return the language of this request."""
    return str(g.get("language", DEFAULT_LANGUAGE))


def languages_of_house() -> dict[str, str]:
    """Return the languages that this house speaks: code to own name, in the house's order."""
    spoken = g.house.languages if "house" in g else list(LANGUAGES)
    return {code: LANGUAGES[code] for code in spoken if code in LANGUAGES}


def front_door() -> Response:
    """Lead whoever typed the bare address to the page in the language that their browser asks for."""
    spoken = list(languages_of_house()) or [DEFAULT_LANGUAGE]
    response = redirect(
        url_for("guest.home", language=request.accept_languages.best_match(spoken, spoken[0]))
    )
    response.vary.add("Accept-Language")
    return response


def switch_url(language: str) -> str:
    """Return the address of this very page in another language."""
    if request.endpoint is None or request.url_rule is None or "GET" not in (request.url_rule.methods or ()):
        return f"/{language}/"
    address = url_for(request.endpoint, **(request.view_args or {}), language=language)
    query = request.query_string.decode("ascii", "ignore")
    return f"{address}?{query}" if query else address


def _catalogue() -> Any:
    """Return the texts of the language spoken now: a page asks for dozens, so they are looked up once for it."""
    spoken = str(getattr(get_locale(), "language", ""))
    known: dict[str, Any] = g.setdefault("catalogues", {})
    if spoken not in known:
        known[spoken] = get_translations()
    return known[spoken]


def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    language = (values or {}).pop("language", None)
    if language is None:  # an address without language, or none of ours: the first part may still say it
        start = request.path.split("/", 2)[1]
        language = (
            start if start in LANGUAGES else request.accept_languages.best_match(LANGUAGES, DEFAULT_LANGUAGE)
        )
    g.language = language


def _refuse_unspoken() -> None:
    if current_language() not in languages_of_house() and current_app.url_map.is_endpoint_expecting(
        request.endpoint or "front_door", "language"
    ):
        abort(404)


def _add_language(endpoint: str, values: dict[str, Any]) -> None:
    if "language" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "language"):
        values["language"] = current_language()


def _words() -> dict[str, Any]:
    return {"language": current_language(), "languages": languages_of_house(), "switch_url": switch_url}
