"""Rows of imports that a constraint refuses, by the name of what refuses."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.db import models

from common import clock
from imports.models import IDENTITY_ONCE, Import, ImportRow, MappingMemory
from tests.factories.activities import make_activity

Rows = Iterable[models.Model]


def sheet(world: Any, **changes: Any) -> Import:
    fields = {"center": world.center, "uploaded_by": world.user, "file_name": "a.xlsx", "sha256": "0" * 64}
    return Import(**{**fields, "heading_row": 1, "headings": [], "fingerprint": "f", "columns": [], **changes})


def row(world: Any, *changes: dict[str, Any]) -> Rows:
    one = sheet(world)
    one.save()
    fields = {"sheet": one, "cells": [], "verdict": "new"}
    return [ImportRow(**{**fields, "number": number, **change}) for number, change in enumerate(changes)]


def standing(world: Any, **changes: Any) -> dict[str, Any]:
    return {"identity": "x", "activity": make_activity(world.center), "written_at": clock.now(), **changes}


def remembered_twice(world: Any) -> Rows:
    fields = {"center": world.center, "fingerprint": "f", "columns": [], "used_at": clock.now()}
    return [MappingMemory(**fields) for _ in range(2)]


REFUSED: dict[str, Callable[[Any], Rows]] = {
    "import_state_known": lambda world: [sheet(world, state="lost")],
    "import_kind_known": lambda world: [sheet(world, kind="party")],
    "import_row_once": lambda world: row(world, {"number": 5}, {"number": 5}),
    "import_row_verdict_known": lambda world: row(world, {"verdict": "maybe"}),
    IDENTITY_ONCE: lambda world: row(world, standing(world), standing(world)),
    "import_row_written_has_activity": lambda world: row(world, standing(world, activity=None)),
    "import_row_undone_if_written": lambda world: row(world, standing(world, written_at=None, undone_at=clock.now())),
    "mapping_once_a_center": remembered_twice,
}


def may_stand(world: Any) -> Rows:
    """Rows on the right side of each bound: one that was taken back makes room for another of the same identity."""
    later = clock.now() + dt.timedelta(minutes=1)
    return row(world, standing(world, undone_at=later), standing(world), {"identity": "x"})
