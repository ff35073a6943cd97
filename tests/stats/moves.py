"""Moves of centers in the tree, after October."""

import datetime as dt

from django.db.backends.postgresql.psycopg_any import DateRange

from centers.models import Center, CenterParent
from centers.services import tree

MOVED_ON = dt.date(2026, 11, 1)


def move_to(center: Center, parent: Center) -> None:
    """Let a center stand under another from November on."""
    CenterParent.objects.filter(center=center).update(valid=DateRange(None, MOVED_ON, "[)"))
    CenterParent.objects.create(center=center, parent=parent, valid=DateRange(MOVED_ON, None, "[)"))
    tree.rebuild()
