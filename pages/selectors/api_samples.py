"""Samples of requests and responses, made from the schemas of the OpenAPI document.

So that they can't say what the API doesn't.
"""

import datetime as dt
import re
from typing import Any
from urllib.parse import urlencode

from common import clock

# For what a shape alone doesn't tell; words that people wrote stay dots.
BY_NAME = {
    "reference": "7K3M9QXW2A",
    "center": "330482",
    "code": "330482",
    "parent": None,
    "planned_ends_at": None,
    "next": None,
    "previous": None,
    "phone": "199********",
    "count": 1,
    "capacity": 30,
    "headcount": 20,
    "q": "huodong",
    "space": 12,
    "id": 12,
    "start": "09:00",
    "end": "11:00",
    "longest_minutes": 240,
    "turnaround_minutes": 30,
}
DOTS = "…"
# Three days from now somebody may well book.
AHEAD = dt.timedelta(days=3)
# Days before the use begins: what happened or is due earlier.
BEFORE = {"created_at": 3, "at": 3, "decide_by": 2, "cancel_by": 1}
# What an example asks for, where an address takes more than one would write.
ASKED = ("day", "start", "end", "headcount", "first", "last")


def resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Resolve the schema's references; keys beside a reference override those it refers to."""
    parts = [*schema.get("allOf", []), *([{"$ref": schema["$ref"]}] if "$ref" in schema else [])]
    parts += [choice for choice in schema.get("oneOf", []) if "$ref" in choice][:1]
    whole: dict[str, Any] = {}
    for part in parts:
        found = document["components"]["schemas"][part["$ref"].rpartition("/")[2]] if "$ref" in part else part
        whole |= resolved(document, found)
    return whole | {key: value for key, value in schema.items() if key not in ("allOf", "$ref", "oneOf")}


class Sampler:
    """Generator of sample values for the schemas of one document."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.day = clock.today() + AHEAD

    def address(self, path: str, parameters: list[dict[str, Any]]) -> str:
        """The path with its places filled, asking for what an example needs."""
        filled = re.sub(r"{(\w+)}", lambda place: str(BY_NAME.get(place[1], DOTS)), path)
        query = {
            one["name"]: self.value(one["schema"], one["name"])
            for one in parameters
            if one["in"] == "query" and (one["name"] in ASKED or one.get("required"))
        }
        in_order = {name: query[name] for name in (*ASKED, *query) if name in query}
        return f"{filled}?{urlencode(in_order, safe=':')}" if in_order else filled

    def value(self, schema: dict[str, Any], name: str = "") -> Any:
        """Sample value of this schema."""
        whole = resolved(self.document, schema)
        kind = whole.get("type")
        if kind == "array":
            return [self.value(whole["items"], name)]
        if "properties" in whole:
            return {key: self.value(inner, key) for key, inner in whole["properties"].items()}
        if whole.get("enum"):
            return whole["enum"][0]
        if name in BY_NAME and BY_NAME[name] is None:
            return None
        if whole.get("format") in ("date", "date-time"):
            return self._time(whole["format"], name)
        if name in BY_NAME and isinstance(BY_NAME[name], int) == (kind == "integer"):
            return BY_NAME[name]
        return {"boolean": False, "integer": 1, "number": 0.0, "object": {}}.get(str(kind), DOTS)

    def _time(self, shape: str, name: str) -> str:
        if shape == "date":
            return (self.day + AHEAD if name == "last" else self.day).isoformat()
        hour = 11 if name in ("end", "ends_at", "until") else 9
        day = self.day - dt.timedelta(days=BEFORE.get(name, 0))
        return clock.at(day, dt.time(hour)).isoformat()
