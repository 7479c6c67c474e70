"""Servers that are ill or hostile: each failure has its name, comes in time and tells nobody the address."""

from collections.abc import Callable
from threading import Event

import pytest

from calendars.fetch import FetchFailed, FetchRefused, Limits, check_url, fetch
from tests.calendars.fetch.hostile import ANSWERS, REDIRECTS, SLOW
from tests.calendars.fetch.visits import AGENT, BODY, PATH, QUICK, SECRET, failure_of, moved, visit, whole
from tests.calendars.stranger import Conversation, Stranger

INSIDE = "127.0.0.1"


def test_meets_at_least_sixty_strangers_that_are_not_to_be_trusted() -> None:
    assert len(ANSWERS) + len(REDIRECTS) + len(SLOW) >= 100


@pytest.mark.parametrize(("answer", "code"), ANSWERS.values(), ids=ANSWERS)
def test_names_what_is_wrong_with_an_answer(stranger: Stranger, answer: bytes, code: str) -> None:
    stranger.answers(answer, path=PATH)

    failure = failure_of(stranger)

    assert isinstance(failure, FetchFailed)
    assert failure.code == code
    assert len(stranger.requests) == 1


@pytest.mark.parametrize(("location", "code"), REDIRECTS.values(), ids=REDIRECTS)
def test_follows_no_redirect_to_where_it_would_not_go(stranger: Stranger, location: bytes, code: str) -> None:
    stranger.answers(moved(location), path=PATH)

    refusal = failure_of(stranger)

    assert isinstance(refusal, FetchRefused)
    assert refusal.code == code
    assert len(stranger.requests) == 1


@pytest.mark.parametrize("script", SLOW.values(), ids=SLOW)
def test_hangs_up_at_the_deadline(stranger: Stranger, script: Callable[[Conversation], None]) -> None:
    stranger.scripts[PATH] = script

    # The server would go on until the test ends: that the visit comes back at all is what is shown.
    assert failure_of(stranger, limits=QUICK).code == "timeout"


def test_waits_for_no_resolver_beyond_the_deadline() -> None:
    is_over = Event()

    def slow(host: str, port: int) -> list[str]:
        is_over.wait(30)
        return []

    try:
        with pytest.raises(FetchFailed) as failure:
            fetch("https://calendars.example/a.ics", user_agent=AGENT, limits=QUICK, resolver=slow)
    finally:
        is_over.set()
    assert failure.value.code == "timeout"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_follows_redirects(stranger: Stranger, status: int) -> None:
    stranger.answers(moved(b"../b/c.ics?x=1#part", status), path=PATH)
    stranger.answers(whole(BODY), path="/b/c.ics?x=1")

    assert visit(stranger).body == BODY


def test_follows_five_redirects_and_no_sixth(stranger: Stranger) -> None:
    for number in range(7):
        stranger.answers(moved(b"/%d" % (number + 1)), path=f"/{number}")
    stranger.answers(whole(BODY), path="/6")

    assert visit(stranger, "/1").body == BODY
    assert failure_of(stranger, "/0").code == "too_many_redirects"


def test_runs_in_no_circle(stranger: Stranger) -> None:
    stranger.answers(moved(PATH.encode()), path=PATH)

    assert failure_of(stranger).code == "too_many_redirects"
    assert len(stranger.requests) == 6


def test_connects_to_the_address_that_it_checked(stranger: Stranger) -> None:
    answers = iter(([INSIDE], ["10.0.0.1"]))
    stranger.answers(whole(BODY))

    fetched = fetch(
        f"http://calendars.example:{stranger.port}/feed.ics",
        user_agent=AGENT,
        allowed_test_hosts=frozenset((f"calendars.example:{stranger.port}",)),
        resolver=lambda host, port: next(answers),
    )

    assert fetched.body == BODY
    assert next(answers) == ["10.0.0.1"]  # asked once
    assert f"Host: calendars.example:{stranger.port}".encode() in stranger.requests[0]


def test_goes_nowhere_when_a_name_has_turned_inwards_since_it_was_saved(stranger: Stranger) -> None:
    answers = iter((["93.184.215.14"], [INSIDE]))
    url = f"http://calendars.example/{SECRET}.ics"

    check_url(url, resolver=lambda host, port: next(answers))
    with pytest.raises(FetchRefused) as refusal:
        fetch(url, user_agent=AGENT, resolver=lambda host, port: next(answers))

    assert refusal.value.code == "not_public"
    assert stranger.calls == 0


def test_asks_again_before_each_redirect(stranger: Stranger) -> None:
    answers = iter(([INSIDE], ["10.0.0.1"]))
    stranger.answers(moved(b"/again"), path=PATH)

    assert failure_of(stranger, resolver=lambda host, port: next(answers)).code == "not_public"


def test_tries_the_next_address_when_one_is_dead(stranger: Stranger) -> None:
    stranger.answers(whole(BODY), path=PATH)

    assert visit(stranger, resolver=lambda host, port: ["::1", INSIDE]).body == BODY


def test_says_when_nobody_answers(stranger: Stranger) -> None:
    stranger.close()

    assert failure_of(stranger).code == "unreachable"


@pytest.mark.parametrize(
    "nonsense", [{"total_seconds": 0}, {"connect_seconds": -1}, {"max_bytes": 0}, {"max_redirects": -1}]
)
def test_refuses_limits_that_are_none(nonsense: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="some time"):
        Limits(**nonsense)


def test_keeps_the_limits_of_its_rules() -> None:
    assert Limits() == Limits(
        connect_seconds=5, total_seconds=20, max_bytes=10 * 1024 * 1024, max_redirects=5
    )
