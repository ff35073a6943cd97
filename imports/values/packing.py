"""Values of a row as they are kept with it (JSON)."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from imports.values.reading import Values


def pack_values(values: Values | None) -> dict[str, Any] | None:
    """Values for JSON."""
    if values is None:
        return None
    packed = dict(values.__dict__)
    return {
        **packed,
        "kind": str(values.kind),
        "line": str(values.line),
        "day": values.day.isoformat(),
        "starts_at": values.starts_at.isoformat(),
        "ends_at": values.ends_at.isoformat(),
    }


def unpack_values(packed: Mapping[str, Any]) -> Values:
    """Values of JSON as they were read."""
    moments = {name: dt.datetime.fromisoformat(packed[name]) for name in ("starts_at", "ends_at")}
    return Values(**{**packed, **moments, "day": dt.date.fromisoformat(packed["day"])})
