"""Tell browsers what our pages may do, and caches what they may keep (security rules 8.2)."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request

from config import Config

CHECKOUT = "https://checkout.stripe.com"
A_YEAR = 365 * 24 * 3600
VERSIONED = (".css", ".js")

FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def install(app: Flask) -> None:
    """Put the headers on every answer, and the digest of each style sheet and script into its address."""
    policy = content_policy(app.config["HOUSE"])
    digests = _digests(Path(app.static_folder or ""))
    app.after_request(lambda response: _add_headers(response, policy))
    app.url_defaults(lambda endpoint, values: _add_digest(endpoint, values, digests))


def content_policy(config: Config) -> str:
    """Return the Content-Security-Policy: nothing inline, nobody else, forms to us and the payment page only."""
    targets = ["'self'", CHECKOUT]
    if config.stripe_api_base:
        stand_in = urlsplit(config.stripe_api_base)
        targets.append(f"{stand_in.scheme}://{stand_in.netloc}")
    return "; ".join(
        (
            "default-src 'none'",
            "img-src 'self'",
            "style-src 'self'",
            "script-src 'self'",
            "font-src 'self'",
            "connect-src 'self'",
            f"form-action {' '.join(targets)}",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "object-src 'none'",
        )
    )


def _add_headers(response: Response, policy: str) -> Response:
    response.headers.update(FIXED)
    response.headers["Content-Security-Policy"] = policy
    is_link = request.blueprint in ("links", "feeds")
    response.headers["Referrer-Policy"] = "no-referrer" if is_link else "strict-origin-when-cross-origin"
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
    if request.endpoint == "static":
        _let_keep(response)
    elif response.cache_control.max_age is None:  # every page is personal until it says otherwise
        response.headers["Cache-Control"] = "no-store"
    return response


def _let_keep(response: Response) -> None:
    if response.status_code == 200 and ("v" in request.args or request.path.endswith(".woff2")):
        response.cache_control.no_cache = None
        response.cache_control.public = True
        response.cache_control.max_age = A_YEAR
        response.cache_control.immutable = True


def _digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()[:8]
        for path in folder.rglob("*")
        if path.suffix in VERSIONED
    }


def _add_digest(endpoint: str, values: dict[str, object], digests: dict[str, str]) -> None:
    digest = digests.get(str(values.get("filename"))) if endpoint == "static" else None
    if digest and not current_app.debug:
        values["v"] = digest
