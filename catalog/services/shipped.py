"""Services that the product ships, added where they are missing."""

import csv
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from catalog import exceptions as refused
from catalog.models import Service
from catalog.services.publishing import create_service
from centers.models import Center

FILE = "services.csv"
SEVERAL = ("audience", "channels")


@transaction.atomic
def add_shipped_services(folder: Path) -> list[Service]:
    """Add the services of `services.csv` in `folder` that were never added; all or nothing. Returns those added.

    What people changed, switched off or withdrew since stays so. Rows of centers that this portal doesn't have are
    left out. Raises ShippedFileError.
    """
    known = set(Service.objects.exclude(key="").values_list("key", flat=True))
    with (folder / FILE).open(encoding="utf-8-sig", newline="") as file:
        rows = [(number, row) for number, row in enumerate(csv.DictReader(file), start=2) if row["key"] not in known]
    centers = {center.code: center for center in Center.objects.filter(code__in={row["center"] for _n, row in rows})}
    return [_add(number, row, centers[row["center"]]) for number, row in rows if row["center"] in centers]


def _add(number: int, row: dict[str, str], center: Center) -> Service:
    words: dict[str, Any] = {name: row[name] for name in ("function", "title", "title_en")}
    words |= {name: row[name].split() for name in SEVERAL}
    try:
        return create_service(actor=None, center=center, key=row["key"], **words)
    except (ValidationError, refused.CatalogError) as error:
        fault = "; ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        raise refused.ShippedFileError(file=FILE, line=number, fault=fault) from error
