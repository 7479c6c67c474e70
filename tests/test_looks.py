"""What the house looks like, as far as arithmetic can judge: contrast, and nothing the browser would refuse."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parents[1]
STATIC = ROOT / "app" / "static"
GROUNDS = ("paper", "card", "sand", "brick-wash", "garden-wash", "lamp-wash", "slate-wash")
INKS = ("ink", "soft", "brick", "brick-deep", "garden", "lamp-ink", "slate")
FILLS = ("brick-fill", "garden-fill", "slate-fill")
COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]{6})")


def colours(scheme: str) -> dict[str, str]:
    light, dark = (
        (STATIC / "css/tokens.css").read_text(encoding="utf-8").split("@media (prefers-color-scheme: dark)")
    )
    return dict(COLOUR.findall(light)) | (dict(COLOUR.findall(dark)) if scheme == "dark" else {})


def luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2.2 defines it, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_keeps_every_text_readable(scheme: str) -> None:
    palette = colours(scheme)

    pairs = [(ink, ground) for ink in INKS for ground in GROUNDS] + [("on-fill", fill) for fill in FILLS]

    assert [pair for pair in pairs if contrast(palette[pair[0]], palette[pair[1]]) < 4.5] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_shows_where_a_field_begins(scheme: str) -> None:
    palette = colours(scheme)

    assert [ground for ground in GROUNDS if contrast(palette["edge"], palette[ground]) < 3] == []


@pytest.mark.parametrize("path", sorted(STATIC.glob("img/**/*.svg")), ids=lambda path: path.stem)
def test_draws_pictures_that_only_stand_still(path: Path) -> None:
    elements = list(ElementTree.parse(path).getroot().iter())

    names = {element.tag.rpartition("}")[2] for element in elements}
    attributes = {
        (key.rpartition("}")[2], value) for element in elements for key, value in element.attrib.items()
    }

    assert not names & {"script", "style", "foreignObject", "image", "animate"}
    assert not [key for key, _ in attributes if key == "style" or key.startswith("on")]
    assert not [value for key, value in attributes if key == "href" and not value.startswith("#")]


@pytest.mark.parametrize(
    "path",
    sorted(path for path in (ROOT / "templates").rglob("*.html") if "email" not in path.parts),
    ids=lambda path: str(path.relative_to(ROOT / "templates")),
)
def test_writes_no_style_and_no_script_into_its_pages(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    assert not re.search(
        r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<script(?![^>]*\ssrc=)|javascript:", source
    )
