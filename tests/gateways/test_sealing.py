"""The house keeps the addresses of feeds sealed, and finds them again without opening them."""

from __future__ import annotations

import pytest

from app.gateways.feeds import FeedReader
from app.gateways.sealing import Vault
from calendars.fetch import FetchRefused, Validators
from config import Config, ConfigInvalid, read_config

OLD, NEW = "an old text of 32 characters that seals", "a new text of 32 characters that seals"
URL = "https://www.airbnb.fr/calendar/ical/12.ics?s=a-very-secret-word"


def test_gives_back_what_it_sealed_and_nothing_readable_between() -> None:
    vault = Vault((OLD,))

    sealed = vault.seal(URL)

    assert vault.open(sealed) == URL
    assert "airbnb" not in sealed
    assert sealed != vault.seal(URL)


def test_opens_what_an_older_key_sealed_and_seals_with_the_newest() -> None:
    both = Vault((NEW, OLD))

    assert both.open(Vault((OLD,)).seal(URL)) == URL
    assert Vault((NEW,)).open(both.seal(URL)) == URL


@pytest.mark.parametrize(
    "spoil", [lambda sealed: sealed[:-4] + "AAA=", lambda _: "", lambda _: URL, lambda _: "é"]
)
def test_opens_nothing_that_was_touched(spoil: object) -> None:
    vault = Vault((OLD,))

    with pytest.raises(FetchRefused) as refusal:
        vault.open(spoil(vault.seal(URL)))  # type: ignore[operator]

    assert refusal.value.code == "sealed"
    assert "secret" not in str(refusal.value)


def test_says_what_to_do_when_the_key_is_lost() -> None:
    with pytest.raises(FetchRefused, match="enter it again"):
        Vault((NEW,)).open(Vault((OLD,)).seal(URL))


def test_marks_an_address_the_same_each_time_and_differently_under_each_key() -> None:
    assert Vault((OLD,)).mark(URL) == Vault((OLD,)).mark(URL)
    assert Vault((OLD,)).mark(URL) != Vault((NEW,)).mark(URL)
    assert Vault((OLD,)).mark(URL) != Vault((OLD,)).mark(f"{URL}x")
    assert Vault((OLD,)).mark(URL) in Vault((NEW, OLD)).marks(URL)
    assert "airbnb" not in Vault((OLD,)).mark(URL)


def test_never_prints_a_key() -> None:
    reader = FeedReader("bonjour@maison.test", Vault((OLD,)))

    assert "old text" not in f"{reader!r} {Vault((OLD,))!r} {Config(secret_key=OLD, feed_keys=(NEW,))!r}"


def test_goes_nowhere_with_an_address_that_it_cannot_open() -> None:
    reader = FeedReader("bonjour@maison.test", Vault((NEW,)))

    with pytest.raises(FetchRefused) as refusal:
        reader.fetch(Vault((OLD,)).seal(URL), Validators())

    assert refusal.value.code == "sealed"


def test_seals_with_the_secret_key_until_there_are_others() -> None:
    plain = read_config({"SECRET_KEY": OLD})
    rotated = read_config({"SECRET_KEY": OLD, "FEED_KEYS": f" {NEW} , {OLD} "})

    assert plain.vault_keys == (OLD,)
    assert rotated.vault_keys == (NEW, OLD)
    assert Vault(rotated.vault_keys).open(Vault(plain.vault_keys).seal(URL)) == URL


def test_refuses_a_short_key() -> None:
    with pytest.raises(ConfigInvalid, match="FEED_KEYS"):
        read_config({"SECRET_KEY": OLD, "FEED_KEYS": f"{NEW},short"})


def test_needs_a_key() -> None:
    with pytest.raises(ValueError, match="key"):
        Vault(())
