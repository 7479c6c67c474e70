"""Put a measured table into benchmarks/README.md, between its two marks; everything around them stays."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

README = Path(__file__).with_name("README.md")


class MarksMissing(LookupError):
    """The report has no place for this table."""


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table of Markdown, its columns as wide as their widest cell."""
    lines = [list(head), *(list(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join("| " + " | ".join(_cells(line, widths)) + " |" for line in lines)


def write_section(name: str, body: str, path: Path = README) -> None:
    """Replace what stands between `<!-- name -->` and `<!-- /name -->`. Raises: MarksMissing."""
    start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    text = path.read_text(encoding="utf-8")
    if start not in text or end not in text:
        raise MarksMissing(f"{path.name} has no marks {start} … {end}")
    before, rest = text.split(start, 1)
    after = rest.split(end, 1)[1]
    path.write_text(f"{before}{start}\n\n{body.strip()}\n\n{end}{after}", encoding="utf-8")


def circumstances() -> str:
    """Return when and on what was measured, without saying where."""
    day = datetime.now(UTC).date().isoformat()
    return f"{day}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def _cells(line: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [cell.ljust(width) for cell, width in zip(line, widths, strict=True)]
