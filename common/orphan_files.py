"""Orphan files in a storage: written, and then left without a row that names them."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable

from django.core.files.storage import Storage

# A file that has no row by then was left by an upload that was cut off.
ORPHAN_AFTER = dt.timedelta(days=1)

Named = Callable[[Collection[str]], Iterable[str]]


def delete_orphans(storage: Storage, named: Named, *, now: dt.datetime) -> int:
    """Delete files that no row names and that are a day old. Returns how many.

    `named`: of these names of files, those that a row has.
    """
    _folders, names = storage.listdir("")
    old = [name for name in names if storage.get_modified_time(name) < now - ORPHAN_AFTER]
    known = set(named(old))
    orphans = [name for name in old if name not in known]
    for name in orphans:
        storage.delete(name)
    return len(orphans)
