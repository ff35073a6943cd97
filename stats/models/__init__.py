"""Models of stats."""

from stats.models.closings import ClosingRun, ReportingMonth
from stats.models.facts import Fact, MonthCenter, Rollup, WeekProfile
from stats.models.published import LateChange, PublishedFact, PublishedRecord
from stats.models.reports import LONGEST_REASON, REPORT_ONCE, CenterReport, ReopenGrant, ReportEvent, RuleHit
from stats.models.triggers import LOCKED_STAYS, PUBLISHED_STAYS

__all__ = [
    "LOCKED_STAYS",
    "LONGEST_REASON",
    "PUBLISHED_STAYS",
    "REPORT_ONCE",
    "CenterReport",
    "ClosingRun",
    "Fact",
    "LateChange",
    "MonthCenter",
    "PublishedFact",
    "PublishedRecord",
    "ReopenGrant",
    "ReportEvent",
    "ReportingMonth",
    "Rollup",
    "RuleHit",
    "WeekProfile",
]
