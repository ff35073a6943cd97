"""Permissions on reports: roles mapped to verbs, and who reviews and who locks, as the centers stood in that month."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Sequence

from accounts.models import User
from centers.access import Viewer, roles_at
from centers.choices import MANAGING, WORKING
from centers.domain import hours
from centers.models import Center, CenterAncestor, CenterRole
from common import clock
from stats.models import CenterReport, MonthCenter, ReopenGrant
from stats.values.deadlines import WORKDAYS_TO_REVIEW


def can_submit(actor: Viewer, center: Center | int) -> bool:
    """Allow those who manage the center, or one above it; where nobody manages it by a role there, who works there.

    Many a village has one worker, and no manager.
    """
    if not isinstance(actor, User):
        return False
    if not roles_at(actor, center).isdisjoint(MANAGING):
        return True
    pk = center.pk if isinstance(center, Center) else center
    works_there = CenterRole.objects.on(clock.today()).filter(user=actor, center=pk, role__in=WORKING)
    return works_there.exists() and not officers([pk])[pk]


def lineage_of(report: CenterReport) -> list[int]:
    """Ids from the root down to the center itself, as it stood at the end of the month. One query.

    In a month whose centers were never placed, as it stands today.
    """
    placed = MonthCenter.objects.filter(month=report.month, center=report.center_id).values_list("lineage", flat=True)
    if lineage := placed.first():
        return list(lineage)
    above = CenterAncestor.objects.on(clock.today()).filter(center=report.center_id).order_by("-depth")
    return list(above.values_list("ancestor", flat=True))


def reviewing_node(lineage: Sequence[int]) -> int:
    """Center that reviews: the one above, or at the root itself, whose report another of its people approves."""
    return lineage[-2] if len(lineage) > 1 else lineage[0]


def locking_node(lineage: Sequence[int]) -> int:
    """Center that locks, decides late changes and reopens: the root."""
    return lineage[0]


def officers(nodes: Collection[int]) -> dict[int, set[int]]:
    """Ids of the people who manage each of these centers today by a role there, and not one above. One query."""
    held: dict[int, set[int]] = {node: set() for node in nodes}
    roles = CenterRole.objects.on(clock.today()).filter(center__in=nodes, role__in=MANAGING, user__is_active=True)
    for node, user in roles.values_list("center", "user"):
        held[node].add(user)
    return held


def acting_node(report: CenterReport, lineage: Sequence[int], held: dict[int, set[int]]) -> int:
    """Center whose people review this report today: the nearest from the reviewing one up that has somebody for it.

    Whoever submitted it isn't somebody for it. Where nobody is left, the reviewing one, and the report waits.
    """
    above = list(reversed(lineage[:-1])) or [lineage[0]]
    able = (node for node in above if held.get(node, set()) - {report.submitted_by_id})
    return next(able, reviewing_node(lineage))


def manages(user: Viewer, node: int) -> bool:
    """Whether `user` manages this very center today, by a role there. One query."""
    return isinstance(user, User) and user.pk in officers([node])[node]


@dataclasses.dataclass(frozen=True)
class Capacity:
    """Capacity in which somebody acts on a report: as its reviewer or who stands in, as who locks it.

    `by_post`: whether they are of the center that reviews, where it isn't they who submitted.
    """

    reviews: bool
    locks: bool
    by_post: bool


def capacity_of(actor: User, report: CenterReport) -> Capacity:
    """Capacity of `actor` for this report, as it stood in its month. Two queries."""
    lineage = lineage_of(report)
    held = officers(lineage)
    acting = acting_node(report, lineage, held)
    nodes = (acting, locking_node(lineage), reviewing_node(lineage))
    return Capacity(*(actor.pk in held[node] for node in nodes))


def last_review_day(report: CenterReport) -> dt.date:
    """The last day that belongs to who reviews: that of the lock; of a reopened month some working days."""
    if report.submitted_at and ReopenGrant.objects.running().filter(report=report).exists():
        return hours.workday_after(report.center_id, clock.local(report.submitted_at).date(), WORKDAYS_TO_REVIEW)
    return report.deadlines.lock_on
