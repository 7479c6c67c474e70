"""The house mails a lost link to the mailbox it belongs to, and tells whoever asks nothing."""

from __future__ import annotations

import pytest

from app.database import session
from app.models import Letter, LetterKind
from tests.web.guest.conftest import Guest, words


def links_posted() -> list[str]:
    return [letter.recipient for letter in session.query(Letter).filter_by(kind=LetterKind.LINK)]


def test_mails_the_link_to_the_address_of_the_booking(guest: Guest) -> None:
    booking = guest.order()
    typed = f" {booking.reference[:5].lower()} {booking.reference[5:]} "

    guest.client.submit("/en/find", {"reference": typed, "email": "Alice@Example.org"})

    assert links_posted() == ["alice@example.org"]


@pytest.mark.parametrize(
    ("reference", "email"),
    [
        ("right", "mallory@example.org"),
        ("AAAAAAAAAA", "alice@example.org"),
        ("LACLACLAC2", "neverseen@lac.test"),
    ],
)
def test_tells_nobody_whether_a_booking_exists(guest: Guest, reference: str, email: str) -> None:
    booking = guest.order()
    right = guest.client.submit("/en/find", {"reference": booking.reference, "email": "alice@example.org"})
    posted = links_posted()

    wrong = guest.client.submit(
        "/en/find", {"reference": booking.reference if reference == "right" else reference, "email": email}
    )

    assert wrong.status_code == right.status_code == 200
    assert wrong.text.replace(email, "") == right.text.replace("alice@example.org", "")
    assert links_posted() == posted


@pytest.mark.parametrize(
    "email",
    [
        "alice",
        "alice@example",
        "@example.org",
        "alice@.",
        "alice example.org",
        "a@b.org, c@d.org",
        "a@b.org\nBcc: c@d",
    ],
)
def test_says_beside_the_field_that_an_address_is_none(guest: Guest, email: str) -> None:
    booking = guest.order()

    for reference in (booking.reference, "AAAAAAAAAA"):  # and tells nothing about the number
        page = guest.client.submit("/en/find", {"reference": reference, "email": email})

        assert page.status_code == 422
        assert 'id="email-error"' in page.text
        assert "looks like this: name@example.org" in words(page)
    assert links_posted() == []


def test_reads_an_address_between_blanks(guest: Guest) -> None:
    booking = guest.order()

    guest.client.submit("/en/find", {"reference": booking.reference, "email": " alice@example.org "})

    assert links_posted() == ["alice@example.org"]


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"reference": "", "email": "a@b.org"}, "Write your booking number"),
        ({"reference": "A" * 41, "email": "a@b.org"}, "ten letters and digits"),
        ({"reference": "AAAAAAAAAA", "email": ""}, "Write the e-mail address"),
        ({"reference": "AAAAAAAAAA", "email": "a" * 255}, "too long"),
    ],
)
def test_says_what_is_missing(guest: Guest, form: dict[str, str], message: str) -> None:
    page = guest.client.submit("/en/find", form)

    assert page.status_code == 422
    assert message in words(page)


def test_answers_so_many_questions_an_hour(guest: Guest) -> None:
    answers = [
        guest.client.submit(
            "/en/find", {"reference": f"AAAAAAAA{n:02}", "email": f"{n}@example.org"}
        ).status_code
        for n in range(12)
    ]

    assert answers == [200] * 10 + [429] * 2
