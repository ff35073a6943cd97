"""Reports of centers for October 2026, on a small network with people in every post."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from accounts.models import User
from activities.choices import ActivityState
from activities.models import Activity, ActivityRecord
from centers.choices import Role
from centers.models import Center
from common import clock
from common.months import Month
from stats.choices import ReportState
from stats.models import CenterReport, LateChange, ReopenGrant
from stats.services import late_changes, locking, reports, review
from stats.services.closing import close
from tests.factories.activities import make_activity
from tests.factories.centers import grant, make_tree
from tests.support.time import TestClock

OCTOBER = Month(dt.date(2026, 10, 1))
WORDS = "没有开展活动，场地整修。"


def at(month: int, day: int, hour: int = 12, minute: int = 0, second: int = 0, year: int = 2026) -> dt.datetime:
    return clock.at(dt.date(year, month, day), dt.time(hour, minute, second))


def held(center: Center, ends_at: dt.datetime, people: int = 10, **fields: Any) -> Activity:
    """A recorded activity of an hour that ends at a moment, with the reason why there is no photo."""
    made = make_activity(center, state=ActivityState.RECORDED, attendance=people, day=ends_at.date(), **fields)
    Activity.objects.filter(pk=made.pk).update(starts_at=ends_at - dt.timedelta(hours=1), ends_at=ends_at)
    ActivityRecord.objects.create(activity=made, key=uuid.uuid4(), no_photo_reason="演示", recorded_at=ends_at)
    return made


@dataclasses.dataclass(frozen=True)
class Network:
    """A city, two towns, two villages under each; managers by the name of their center."""

    city: Center
    east: Center
    west: Center
    village: Center
    neighbour: Center
    far: Center
    people: dict[str, User]

    def __getitem__(self, name: str) -> User:
        return self.people[name]


def make_network() -> Network:
    [[city], [east, west], [village, neighbour, far, _last]] = make_tree(2, 2)
    people = {}
    for name, center in (
        ("city", city),
        ("second", city),
        ("east", east),
        ("west", west),
        ("village", village),
        ("neighbour", neighbour),
        ("far", far),
    ):
        people[name] = User.objects.create(username=f"post-{name}", name=name)
        grant(people[name], center, Role.ADMIN if center in (city, east, west) else Role.MANAGER)
    return Network(city, east, west, village, neighbour, far, people)


def submit(network: Network, name: str = "village", **more: Any) -> CenterReport:
    """Submit October of a center by its own people, explaining whatever is asked."""
    explained = dict.fromkeys(("W1", "W2", "W3", "W4", "W5", "W6", "W7"), WORDS)
    return reports.submit_report(
        **{
            "actor": network[name],
            "center": getattr(network, name),
            "month": OCTOBER,
            "explanations": explained,
            "zero_confirmed": True,
            **more,
        }
    )


def approve(network: Network, report: CenterReport) -> CenterReport:
    return review.approve_report(actor=network["east"], report=report)


def lock(network: Network) -> list[CenterReport]:
    return locking.lock_month(actor=network["city"], root=network.city, month=OCTOBER)


def locked_report(network: Network) -> CenterReport:
    """October of the village, submitted, approved and locked."""
    approve(network, submit(network))
    [report] = lock(network)
    return report


def found_late_changes() -> list[LateChange]:
    """Late changes after a closing has counted the records anew."""
    close(OCTOBER)
    late_changes.find_late_changes(now=clock.now())
    return list(LateChange.objects.order_by("pk"))


OPEN, SUBMITTED, UNDER_REVIEW, RETURNED, APPROVED, LOCKED, MISSING, REOPENED = ReportState


def in_state(network: Network, state: ReportState, test_clock: TestClock) -> CenterReport:
    """October of the village, brought into a state by its people."""
    if state in (OPEN, MISSING):
        close(OCTOBER)
        locking.open_reports(now=clock.now())
        if state == MISSING:
            test_clock.move_to(at(11, 11, 0))
            locking.mark_missing(now=clock.now())
        return CenterReport.objects.get(center=network.village)
    report = submit(network)
    if state == UNDER_REVIEW:
        review.start_review(actor=network["east"], report=report)
    elif state == RETURNED:
        review.return_report(actor=network["east"], report=report, reason="请核对")
    elif state == APPROVED:
        approve(network, report)
    elif state in (LOCKED, REOPENED):
        approve(network, report)
        lock(network)
    if state == REOPENED:
        reopen(network, report)
    return CenterReport.objects.get(pk=report.pk)


def reopen(network: Network, report: CenterReport, **more: Any) -> ReopenGrant:
    given = {"reason": "补记一场", "expires_on": clock.today() + dt.timedelta(days=1)}
    return locking.grant_reopen(actor=network["city"], report=report, **{**given, **more})


Act = Callable[[Network, CenterReport], Any]
ACTS: dict[str, Act] = {
    "submit": lambda network, report: submit(network),
    "withdraw": lambda network, report: reports.withdraw_report(actor=network["village"], report=report),
    "start review": lambda network, report: review.start_review(actor=network["east"], report=report),
    "return": lambda network, report: review.return_report(actor=network["east"], report=report, reason="请核对"),
    "approve": lambda network, report: review.approve_report(actor=network["east"], report=report),
    "reopen": reopen,
    "revoke": lambda network, report: locking.revoke_grant(actor=network["city"], report=report),
}
