"""The house computes the secret part of an address, and stores it nowhere (decision 20)."""

from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st

from app.services.tokens import fingerprint, link_token, matches

SECRET = "a secret of the house, long enough"
TEXT = st.text(max_size=20)
LINK = st.tuples(TEXT, TEXT, st.integers(0, 10**6))


def test_gives_128_bits_in_letters_that_survive_any_mail() -> None:
    token = link_token(SECRET, "booking", "ABCDEFGHJK", 1)

    assert len(token) == 26
    assert set(token) <= set(string.ascii_lowercase + "234567")


@given(LINK, LINK)
def test_opens_one_door_with_one_token(link: tuple[str, str, int], other: tuple[str, str, int]) -> None:
    assert matches(SECRET, *other, token=link_token(SECRET, *link)) == (link == other)


@given(LINK, st.text(max_size=40))
def test_believes_no_invented_token(link: tuple[str, str, int], invented: str) -> None:
    assert not matches(SECRET, *link, token=invented)


def test_keeps_tokens_and_fingerprints_apart() -> None:
    assert fingerprint(SECRET, "network", "192.0.2.7") != fingerprint(SECRET, "account", "192.0.2.7")
    assert fingerprint(SECRET, "network", "192.0.2.7") != fingerprint(SECRET + "!", "network", "192.0.2.7")
