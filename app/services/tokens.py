"""Compute the secret part of an address from what it opens, so that it is stored nowhere (decision 20)."""

from __future__ import annotations

import hmac
from base64 import b32encode
from hashlib import sha256

TOKEN_BYTES = 16


class LinkNotValid(LookupError):
    """A mailed link opens nothing: it is wrong, was replaced by a newer one, or its time is over; never says which."""


def link_token(secret: str, purpose: str, public_id: str, version: int) -> str:
    """Return the token of one link: 128 bits in 26 small letters and digits.

    Raising `version` makes every earlier link useless; another purpose never opens the same door.
    """
    return _letters(_mac(secret, "link", purpose, public_id, str(version))[:TOKEN_BYTES])


def matches(secret: str, purpose: str, public_id: str, version: int, token: str) -> bool:
    """Tell, in constant time, whether `token` is the one of this link."""
    expected = link_token(secret, purpose, public_id, version)
    return hmac.compare_digest(expected.encode(), token.encode("utf-8", "replace"))


def fingerprint(secret: str, purpose: str, value: str) -> str:
    """Return what may be stored in the place of an address, a network or a contact.

    Keyed, because networks and addresses are few enough to try them all against a plain digest.
    """
    return _letters(_mac(secret, "fingerprint", purpose, value)[:TOKEN_BYTES])


def _mac(secret: str, *parts: str) -> bytes:
    # Each part is preceded by its length, so that no two lists of parts read alike.
    message = b"".join(len(part.encode()).to_bytes(4) + part.encode() for part in parts)
    return hmac.digest(secret.encode(), message, sha256)


def _letters(raw: bytes) -> str:
    return b32encode(raw).decode().rstrip("=").lower()
