"""The house sends its style sheets, scripts and drawings compressed, and its pages as they are."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import brotli
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

STATIC = Path(__file__).parents[2] / "app" / "static"
PAGE_BUDGET_BYTES = 100_000  # decision 23
TEXTS = ["css/base.css", "js/stay-dates.js", "img/house.svg"]
BROWSER = "gzip, deflate, br, zstd"
NAMED = re.compile(r'(?:href|src|srcset)="(/static/[^"]+)"')


def fetch(client: FlaskClient, path: str, accept: str = BROWSER, **headers: str) -> TestResponse:
    with client.get(path, headers={"Accept-Encoding": accept, **headers}) as answer:
        answer.get_data()
        return answer


@pytest.mark.parametrize("name", TEXTS)
def test_sends_static_text_small(client: FlaskClient, name: str) -> None:
    answer = fetch(client, f"/static/{name}")

    assert answer.headers["Content-Encoding"] == "br"
    assert brotli.decompress(answer.data) == (STATIC / name).read_bytes()
    assert len(answer.data) < (STATIC / name).stat().st_size * 0.6


@pytest.mark.parametrize("name", TEXTS)
def test_sends_it_to_older_browsers_too(client: FlaskClient, name: str) -> None:
    zipped, plain = fetch(client, f"/static/{name}", "gzip"), fetch(client, f"/static/{name}", "")

    assert gzip.decompress(zipped.data) == plain.data == (STATIC / name).read_bytes()
    assert "Content-Encoding" not in plain.headers


def test_keeps_the_versions_of_a_file_apart(client: FlaskClient) -> None:
    path = "/static/css/base.css?v=12345678"
    small, plain = fetch(client, path), fetch(client, path, "")

    assert small.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert small.headers["ETag"] != plain.headers["ETag"]
    assert small.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("accept", [BROWSER, ""])
def test_sends_nothing_that_a_browser_has(client: FlaskClient, accept: str) -> None:
    path = "/static/css/base.css"
    known = fetch(client, path, accept).headers["ETag"]

    again = fetch(client, path, accept, **{"If-None-Match": known})

    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Vary"] == "Accept-Encoding"
    assert "Content-Encoding" not in again.headers


def test_cuts_a_part_out_of_the_file_as_it_is(client: FlaskClient) -> None:
    part = fetch(client, "/static/css/base.css", Range="bytes=0-9")

    assert part.status_code == 206
    assert part.data == (STATIC / "css/base.css").read_bytes()[:10]


@pytest.mark.parametrize("path", ["/fr/", "/fr/find", "/fr/desk/login", "/static/nowhere.css"])
def test_leaves_its_pages_as_they_are(client: FlaskClient, path: str) -> None:
    assert "Content-Encoding" not in fetch(client, path).headers


def test_leaves_its_fonts_as_they_are(client: FlaskClient) -> None:
    assert "Content-Encoding" not in fetch(client, "/static/fonts/fraunces.woff2").headers


@pytest.mark.parametrize("accept", ["gzip", BROWSER])
@pytest.mark.parametrize("path", ["/fr/", "/en/"])
def test_weighs_little_at_the_door(client: FlaskClient, path: str, accept: str) -> None:
    page = fetch(client, path, accept)
    addresses = set(NAMED.findall(page.text))

    weights = {address: len(fetch(client, address, accept).data) for address in addresses}

    assert any(".woff2" in address for address in addresses)
    assert len(page.data) + sum(weights.values()) < PAGE_BUDGET_BYTES
