"""Keep the addresses of feeds as secrets: sealed where they lie, compared by a mark, opened only where they leave.

Whoever knows the address that a platform gave us reads its guests' stays. Each text of FEED_KEYS makes a pair of keys,
one that seals and one that marks; the first of them is used, the others are still understood, until
`flask house reseal` has come by.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from calendars.fetch import FetchRefused

KEY_BYTES = 32


class Vault:
    """Seals and marks with the first of its keys, opens and recognises with any of them."""

    __slots__ = ("_fernet", "_mark_keys")

    def __init__(self, keys: Sequence[str]) -> None:
        """Derive what seals and what marks from each key. Raises: ValueError for no key."""
        if not keys:
            raise ValueError("a vault needs a key")
        self._fernet = MultiFernet([Fernet(urlsafe_b64encode(_derive(key, b"seal"))) for key in keys])
        self._mark_keys = tuple(_derive(key, b"mark") for key in keys)

    def __repr__(self) -> str:
        """Say nothing of the keys."""
        return "<Vault>"

    def seal(self, url: str) -> str:
        """Return an address as it may be stored: another text each time."""
        return self._fernet.encrypt(url.encode()).decode()

    def open(self, sealed: str) -> str:
        """Return the address itself; for the gateway that goes there, and for `reseal`.

        Raises: FetchRefused when none of the keys has sealed it: a person has to enter it again.
        """
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise FetchRefused("sealed") from None

    def reseal(self, sealed: str) -> str:
        """Return what an address is stored as once it is sealed with the first key. Raises: as `open`."""
        return self.seal(self.open(sealed))

    def mark(self, url: str) -> str:
        """Return by what an address is found again without being opened: the same text each time."""
        return _mark(self._mark_keys[0], url)

    def marks(self, url: str) -> tuple[str, ...]:
        """Return every mark under which an address may stand, the newest first."""
        return tuple(_mark(key, url) for key in self._mark_keys)


def _mark(key: bytes, url: str) -> str:
    return hmac.digest(key, url.encode(), sha256).hex()


def _derive(key: str, purpose: bytes) -> bytes:
    made = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"juste-nuit feed address " + purpose)
    return made.derive(key.encode())
