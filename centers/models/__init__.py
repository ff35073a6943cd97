"""The network: its tree, its roles, its opening hours, and the versions of what is cached of it."""

from centers.models.hours import CalendarOverride, CalendarYear, Closure, SpecialDay, WeeklyHours
from centers.models.network import Center, CenterAncestor, CenterParent, FunctionalArea, Level, LevelRule
from centers.models.roles import CenterRole
from centers.models.snapshot_version import SnapshotVersion

__all__ = [
    "CalendarOverride",
    "CalendarYear",
    "Center",
    "CenterAncestor",
    "CenterParent",
    "CenterRole",
    "Closure",
    "FunctionalArea",
    "Level",
    "LevelRule",
    "SnapshotVersion",
    "SpecialDay",
    "WeeklyHours",
]
