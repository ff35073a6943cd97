"""Versions of what is cached in processes, renewed by statement triggers on the tables behind it."""

import uuid
from collections.abc import Sequence

import pgtrigger
from django.db import models


class SnapshotVersion(models.Model):
    """Version of one group of tables: a random value that every statement which writes to one of them renews.

    Random and not counted: a transaction that is rolled back takes its value with it, and the next writer can't repeat
    it.
    """

    name = models.CharField(max_length=20, primary_key=True)
    value = models.UUIDField(default=uuid.uuid4)

    def __str__(self) -> str:
        return f"{self.name} {self.value}"


def renews_version(*names: str) -> Sequence[pgtrigger.Trigger]:
    """Trigger for the `Meta.triggers` of a model: whatever writes to its table renews these versions, raw SQL too."""
    listed = ", ".join(f"'{name}'" for name in names)
    return [
        pgtrigger.Trigger(
            name="renews_snapshot_version",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete | pgtrigger.Truncate,
            func=f"""
                UPDATE centers_snapshotversion SET value = gen_random_uuid() WHERE name IN ({listed});
                RETURN NULL;
            """,  # noqa: S608 (names of our own groups alone)
        )
    ]
