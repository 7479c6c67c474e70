"""Drafts of scales for tests: a whole file around the lines, the inputs or the version that a test is about."""

import json
from typing import Any

from pricing.scale import CannotPrice, Scale, ScaleInvalid

INPUTS: dict[str, Any] = {
    "qf": {"type": "amount", "unit": "EUR per month", "optional": True},
    "other": {"type": "amount", "unit": "EUR", "optional": True},
    "people": {"type": "count", "optional": True},
    "pupils": {"type": "count", "min": 1, "max": 2, "optional": True},
    "town": {"type": "choice", "options": ["here", "nearby"], "optional": True},
    "member": {"type": "flag", "optional": True},
}
EXACT = "exact"
CENTS = {"mode": "half_up", "quantum": "0.01"}
LINE = {"name": "price", "kind": "value", "value": "1.75"}


def draft(*lines: Any, **changes: Any) -> dict[str, Any]:
    """Return a file with these lines in its only version; a change replaces a key, None leaves it out."""
    document: dict[str, Any] = {
        "schema": "pricing-scale/1",
        "id": "draft",
        "title": "A draft",
        "unit": "EUR",
        "sources": ["invented for this test"],
        "bounds": "from_below",
        "inputs": INPUTS,
        "versions": [{"from": None, "to": None, "lines": list(lines or [LINE])}],
        "examples": [{"input": {}, "expected": {}, "provenance": "illustration"}],
    }
    names = [line.get("name") for line in document["versions"][0]["lines"] if isinstance(line, dict)]
    document["results"] = [name for name in names if isinstance(name, str)][-1:]
    document |= changes
    return {key: value for key, value in document.items() if value is not None}


def line(kind: str, **keys: Any) -> dict[str, Any]:
    """Return a line called price."""
    return {"name": "price", "kind": kind, **keys}


def read(document: Any) -> Scale:
    return Scale.loads(json.dumps(document))


def faults_of(document: Any) -> list[tuple[str, str]]:
    """Return code and path of every fault, none for a sound file."""
    try:
        read(document)
    except ScaleInvalid as invalid:
        return [(fault.code, fault.path) for fault in invalid.faults]
    return []


def answer(document: Any, /, **values: Any) -> dict[str, Any]:
    """Return all lines as they are printed, or the error."""
    try:
        lines: Any = read(document).price(values).as_json()["lines"]
    except CannotPrice as refusal:
        return {"error": refusal.code}
    return dict(lines)


def price(*lines: Any, **values: Any) -> Any:
    """Return the value of the last line for a household, or the code of the error."""
    return list(answer(draft(*lines), **values).values())[-1]
