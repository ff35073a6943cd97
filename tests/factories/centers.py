"""Centers for tests: the real register, trees of any shape, roles."""

import datetime as dt
import itertools
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateRange

from centers.choices import CenterStatus, Role
from centers.models import Center, CenterParent, CenterRole, Level, LevelRule
from centers.services import tree
from centers.services.register import Report, import_register


def load_pinghu() -> Report:
    """The product's own register; cheap where it is loaded already."""
    return import_register(settings.BASE_DIR / "data")


def make_levels(codes: Sequence[str]) -> list[Level]:
    """Levels of their own (`t-…`), each under the one before, out of the way of the register's."""
    base = 1000 + Level.objects.count() * 10
    levels = [
        Level.objects.create(code=f"t-{code}", name=code, name_en=code.title(), rank=base + place)
        for place, code in enumerate(codes)
    ]
    LevelRule.objects.bulk_create(LevelRule(parent=above, child=below) for above, below in itertools.pairwise(levels))
    return levels


def make_tree(*widths: int, prefix: str = "t", levels: Sequence[Level] | None = None) -> list[list[Center]]:
    """A tree with one root and `widths[i]` children under each center of level i.

    Returned level by level, in register order.

    `make_tree(2, 3)` is a root, two below it, three below each of those.
    """
    chosen = list(levels or make_levels([f"{prefix}{depth}" for depth in range(len(widths) + 1)]))
    rows = [[_make(f"{prefix}-0", chosen[0])]]
    for depth, width in enumerate(widths, start=1):
        made = [
            (parent, _make(f"{parent.code}-{number}", chosen[depth])) for parent in rows[-1] for number in range(width)
        ]
        CenterParent.objects.bulk_create(
            CenterParent(center=child, parent=parent, valid=DateRange(None, None, "[)")) for parent, child in made
        )
        rows.append([child for _parent, child in made])
    tree.rebuild()
    return rows


def _make(code: str, level: Level) -> Center:
    order = 10_000 + Center.objects.count()
    return Center.objects.create(
        code=code,
        official_name=f"{code}居委会",
        name=f"{code}党群服务中心",
        level=level,
        status=CenterStatus.OPERATING,
        order=order,
    )


def grant(
    user: Any, center: Center, role: Role, first: dt.date | None = None, last: dt.date | None = None
) -> CenterRole:
    """Give `user` a role at `center`, without asking whether anybody may.

    Always, or from `first` to `last` (included).
    """
    until = last + dt.timedelta(days=1) if last else None
    return CenterRole.objects.create(user=user, center=center, role=role, valid=DateRange(first, until, "[)"))
