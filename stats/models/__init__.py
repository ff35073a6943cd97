"""Models of stats."""

from stats.models.closings import ClosingRun, ReportingMonth
from stats.models.facts import Fact, MonthCenter, Rollup, WeekProfile

__all__ = ["ClosingRun", "Fact", "MonthCenter", "ReportingMonth", "Rollup", "WeekProfile"]
