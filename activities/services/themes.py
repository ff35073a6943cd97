"""Themes and campaigns: entered and changed by the city, and those that the product ships added where missing."""

import csv
import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction

from activities import exceptions as refused
from activities import permissions
from activities.models import CAMPAIGN_ONCE, THEME_ONCE, Campaign, Theme, ThemeDays
from activities.values.theme_days import DaySpan
from centers.access import Actor
from common.database import violates

THEMES, DAYS, CAMPAIGNS = "themes.csv", "theme_days.csv", "campaigns.csv"


def save_theme(
    *,
    actor: Actor,
    theme: Theme | None = None,
    name: str,
    name_en: str = "",
    yearly_from: str = "",
    yearly_until: str = "",
    is_active: bool = True,
    days: Sequence[DaySpan] = (),
    key: str = "",
) -> Theme:
    """Enter a theme, or change one; `days` are all that it has. What was held under it keeps it.

    Raises ActivityNotAllowed, ThemeNameTaken, YearlyDaysReversed.
    """
    if not permissions.can_manage_themes(actor):
        raise refused.ActivityNotAllowed
    if yearly_until and not yearly_from <= yearly_until:
        raise refused.YearlyDaysReversed
    theme = theme or Theme(key=key)
    theme.name, theme.name_en, theme.is_active = name, name_en, is_active
    theme.yearly_from, theme.yearly_until = yearly_from, yearly_until
    with transaction.atomic():
        _save(theme, THEME_ONCE)
        wanted = {(span.first, span.last) for span in days}
        for row in theme.days.all():
            if (row.first, row.last) in wanted:
                wanted.remove((row.first, row.last))
            else:
                row.delete()
        ThemeDays.objects.bulk_create(ThemeDays(theme=theme, first=first, last=last) for first, last in sorted(wanted))
    return theme


def save_campaign(
    *,
    actor: Actor,
    campaign: Campaign | None = None,
    name: str,
    name_en: str = "",
    first: dt.date | None = None,
    last: dt.date | None = None,
    key: str = "",
) -> Campaign:
    """Enter a campaign, or change one. Raises ActivityNotAllowed, ThemeNameTaken, DaysReversed."""
    if not permissions.can_manage_themes(actor):
        raise refused.ActivityNotAllowed
    if first and last and last < first:
        raise refused.DaysReversed
    campaign = campaign or Campaign(key=key)
    campaign.name, campaign.name_en, campaign.first, campaign.last = name, name_en, first, last
    _save(campaign, CAMPAIGN_ONCE)
    return campaign


@transaction.atomic
def add_shipped_themes(folder: Path) -> tuple[int, int]:
    """Add the themes and campaigns of `folder` that were never added. Returns how many of each.

    One of the same name that somebody entered is taken for the shipped one; what people made of it stays.
    """
    days: dict[str, list[DaySpan]] = {}
    for row in _rows(folder / DAYS):
        span = DaySpan(dt.date.fromisoformat(row["first"]), dt.date.fromisoformat(row["last"]))
        days.setdefault(row["key"], []).append(span)
    themes, campaigns = list(_missing(Theme, folder / THEMES)), list(_missing(Campaign, folder / CAMPAIGNS))
    for row in themes:
        save_theme(
            actor=None,
            key=row["key"],
            name=row["name"],
            name_en=row["name_en"],
            yearly_from=row["from"],
            yearly_until=row["until"],
            days=days.get(row["key"], ()),
        )
    for row in campaigns:
        first, last = (dt.date.fromisoformat(row[name]) if row[name] else None for name in ("first", "last"))
        save_campaign(actor=None, key=row["key"], name=row["name"], name_en=row["name_en"], first=first, last=last)
    return len(themes), len(campaigns)


def _missing(model: type[Theme] | type[Campaign], path: Path) -> list[dict[str, str]]:
    known = set(model._default_manager.exclude(key="").values_list("key", flat=True))
    rows = [row for row in _rows(path) if row["key"] not in known]
    for row in rows:
        model._default_manager.filter(name=row["name"], key="").update(key=row["key"])
    entered = set(model._default_manager.filter(key__in=[row["key"] for row in rows]).values_list("key", flat=True))
    return [row for row in rows if row["key"] not in entered]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _save(row: Any, once: str) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if violates(error, once):
            raise refused.ThemeNameTaken from error
        raise
